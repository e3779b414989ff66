"""Proposes where each column of an own spreadsheet goes, by its header and by its values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from kit.dates import date_form
from kit.errors import MappingError, ValueFormError
from kit.files import Sheet
from kit.lists.headers import header_meaning, targets
from kit.lists.identifiers import is_inn, is_lei, is_ogrn
from kit.lists.places import territory_codes_in
from kit.model import ColumnUse, Schema, Topic
from kit.names import split_legal_form
from kit.numbers import is_null
from kit.reference import read_reference
from kit.tables import distinct

SAMPLE = 400
Test = Callable[[Sequence[str]], float]


def propose_columns(sheet: Sheet) -> tuple[ColumnUse, ...]:
    """Say what each column of a list is, and why; nothing is read yet.

    Headers are compared with `data/lookups/list_column_names.csv` (English,
    Russian, Ukrainian, Turkish, Chinese, Spanish) and then held against the
    values: a column "Country" without territories is kept as a remark. A column
    whose header says nothing is recognized by its values alone where these are plain.

    Returns:
        One `ColumnUse` a column. Targets are `name`, `alias`, `address`,
        `country`, `inn`, …; `remarks` is kept beside the entity; None is not used.
    """
    samples = {name: sample(sheet, name) for name in sheet.columns}
    uses = [_by_header(name, samples[name], sheet) for name in sheet.columns]
    uses = [use if use.target is not None else _by_values(use, samples[use.source]) for use in uses]
    return tuple(_one_name(_whole_names(uses), samples))


def corrected(proposed: Sequence[ColumnUse], mapping: Mapping[str, str | None]) -> tuple[ColumnUse, ...]:
    """The proposal with the user's corrections; a name given by the user makes the proposed one an alias.

    Raises:
        MappingError: With every fault: a column that the file lacks, a meaning that does not exist.
    """
    has = {use.source for use in proposed}
    faults = [f"no column {name!r} in the file; it has {', '.join(sorted(has))}" for name in mapping if name not in has]
    wrong = [target for target in mapping.values() if target is not None and target not in targets()]
    faults += [f"no meaning {target!r}; expected one of {', '.join(sorted(targets()))}" for target in wrong]
    if len(faults) > 0:
        raise MappingError.faults("of this list", faults)
    named = "name" in mapping.values()
    out = []
    for use in proposed:
        if use.source in mapping:
            out.append(ColumnUse(use.source, mapping[use.source], "as given by the user"))
        elif named and use.target == "name":
            out.append(replace(use, target="alias", reason="another name: the user gave the column of names"))
        else:
            out.append(use)
    return tuple(out)


def looks_like_trade(columns: Iterable[str]) -> bool:
    """Whether the headers are those of trade records: a goods code, or two others such as a side and a value.

    >>> looks_like_trade(["HS Code", "Exporter"]), looks_like_trade(["Name", "Country"])
    (True, False)
    """
    found = [word.target for word in map(header_meaning, columns) if word is not None]
    return "goods_code" in found or found.count("trade") + found.count("party") >= 2


@cache
def party_types() -> dict[str, str]:
    """Schema by word for a kind of party; an empty schema is no party (`data/lookups/party_types.csv`)."""
    return {row["word"]: row["schema"] for row in read_reference("lookups", "party_types.csv")}


@cache
def schema_of(text: str) -> Schema | None:
    """The schema of a word such as "Physical person"; None if it is unknown or no party.

    >>> schema_of("Юридическое лицо").value, schema_of("Asset") is None
    ('Organization', True)
    """
    word = party_types().get(text.strip().casefold(), text.strip())
    try:
        return Schema(word)
    except ValueError:
        return None


def sample(sheet: Sheet, column: str) -> list[str]:
    """The first distinct values of a column that are not empty."""
    return [value for value in distinct(sheet.rows.column(column)) if not is_null(value)][:SAMPLE]


def _by_header(name: str, values: Sequence[str], sheet: Sheet) -> ColumnUse:
    word = header_meaning(name)
    if word is None:
        return ColumnUse(name, None, "")
    reason = f"header {name!r} means: {word.why}"
    if word.target == "ordinal":
        return ColumnUse(name, None, "running number; it changes when rows are added")
    if word.target == "contact":
        return ColumnUse(name, None, f"header {name!r} means: {word.why}")
    if word.target in ("trade", "goods_code"):
        return ColumnUse(name, "remarks", f"header {name!r} is one of trade records; kept beside the entity")
    if word.target == "number" and not _is_unique(sheet, name):
        return ColumnUse(name, "remarks", f"header {name!r} reads like the list's own number, but values repeat or are empty")
    target = "name" if word.target == "party" else word.target
    test = TESTS.get(target)
    share = test(values) if test is not None and len(values) > 0 else 1.0
    if share < 0.5:
        return ColumnUse(name, "remarks", f"{reason}; but only {share:.0%} of its values are that, so it is kept as remark")
    return ColumnUse(name, target, reason)


def _by_values(use: ColumnUse, values: Sequence[str]) -> ColumnUse:
    """What the values alone say, where nearly all of them say the same."""
    if use.reason != "":
        return use
    if len(values) > 0:
        for target, words, test in VALUE_TESTS:
            share = test(values)
            if share >= 0.8:
                return replace(use, target=target, reason=f"{share:.0%} of its values are {words}")
    return replace(use, target="remarks", reason="the header says nothing known; kept beside the entity")


def _whole_names(uses: Sequence[ColumnUse]) -> list[ColumnUse]:
    """Family and given names are parts of the name, unless a column holds it whole; a given name alone is the name."""
    targets_in = {use.target for use in uses}
    out = []
    for use in uses:
        if use.target in ("family_name", "given_name") and "name" in targets_in:
            out.append(replace(use, target="remarks", reason=f"{use.reason}, which another column holds whole"))
        elif use.target == "family_name" or (use.target == "given_name" and "family_name" not in targets_in):
            out.append(replace(use, target="name"))
        else:
            out.append(use)
    return out


def _one_name(uses: Sequence[ColumnUse], samples: Mapping[str, Sequence[str]]) -> list[ColumnUse]:
    """Keep the first column of names; further ones are aliases. Without one, take aliases or firms by their legal forms."""
    named = [use.source for use in uses if use.target == "name"]
    if len(named) > 0:
        first = named[0]
        return [
            replace(use, target="alias", reason=f"{use.reason}; {first!r} is the name already, so this is another name")
            if use.target == "name" and use.source != first
            else use
            for use in uses
        ]
    aliases = [use.source for use in uses if use.target == "alias"]
    firms = [use.source for use in uses if use.target == "remarks" and legal_share(samples[use.source]) >= 0.5]
    chosen = (firms + aliases)[:1]
    reason = "no header means a name; most values hold a legal form" if len(firms) > 0 else "no header means a name but this one"
    return [replace(use, target="name", reason=reason) if use.source in chosen else use for use in uses]


def _is_unique(sheet: Sheet, name: str) -> bool:
    column = sheet.rows.column(name)
    return column.null_count == 0 and len(distinct(column)) == len(column)


def _share(values: Sequence[str], holds: Callable[[str], bool]) -> float:
    return sum(holds(value) for value in values) / len(values) if len(values) > 0 else 0.0


def legal_share(values: Sequence[str]) -> float:
    """The share of values that hold a legal form such as LLC or ООО."""
    return _share(values, lambda value: any(c.isalpha() for c in value) and len(split_legal_form(value).forms) > 0)


def _dates(values: Sequence[str]) -> float:
    form = date_form(values)

    def reads(value: str) -> bool:
        try:
            form.read(value)
        except ValueFormError:
            return False
        return True

    return _share(values, reads)


def _address(value: str) -> bool:
    return len(value) > 15 and any(c.isdigit() for c in value) and ("," in value or value.count(" ") >= 3)


def _names(values: Sequence[str]) -> float:
    return _share(values, lambda value: sum(c.isalpha() for c in value) >= 2)


def _countries(values: Sequence[str]) -> float:
    return _share(values, lambda value: len(territory_codes_in(value)) > 0)


TESTS: dict[str, Test] = {
    "name": _names,
    "alias": _names,
    "country": _countries,
    "listing_date": _dates,
    "end_date": _dates,
    "type": lambda values: _share(values, lambda v: v.strip().casefold() in party_types() or schema_of(v) is not None),
    "topics": lambda values: _share(values, lambda v: any(piece.strip() in set(Topic) for piece in v.split(";"))),
    "source_url": lambda values: _share(values, lambda v: "://" in v or v.startswith("www.")),
}
VALUE_TESTS: tuple[tuple[str, str, Test], ...] = (
    ("inn", "Russian taxpayer numbers with right check digits", lambda values: _share(values, is_inn)),
    ("ogrn", "Russian registration numbers with right check digits", lambda values: _share(values, is_ogrn)),
    ("lei", "legal entity identifiers with right check digits", lambda values: _share(values, is_lei)),
    ("country", "territories", _countries),
    ("source_url", "web addresses", lambda values: _share(values, lambda v: v.startswith(("http://", "https://")))),
    ("address", "long texts with numbers and commas, as addresses are", lambda values: _share(values, _address)),
)
