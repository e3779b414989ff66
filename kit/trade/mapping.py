"""Mapping files: where each column of a trade layout goes.

A layout that is only a matter of column names is no module but a TOML file in
`data/mappings/`. `data/mappings/README.md` explains every key; `standard.toml`
is the shortest complete example.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from kit.errors import FileError, MappingError
from kit.model import TABLES
from kit.reference import data_path
from kit.trade.mapping_form import check, column_names

RATES = ("usd_rate", "usd_rate_date", "usd_rate_source")
"""Columns that no source fills: the kit adds them where it converts."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")  # signs that TOML holds in escaped form only


class MappingKind(StrEnum):
    """What the rows of a layout are."""

    DECLARATIONS = "declarations"
    STATISTICS = "statistics"


class KnownBy(StrEnum):
    """How the columns of a layout are known."""

    SEEN = "seen"  # a file with rows was read
    DOCUMENTED = "documented"  # a document or a public program names the columns
    PROPOSED = "proposed"  # the recognizer proposed it for a file at hand
    OWN = "own"  # the user wrote it, or the kit's own columns


@dataclass(frozen=True)
class ColumnMap:
    """Where one standard column comes from.

    `sources` are spellings of one source column: the first that the file has is
    read. `fallback` columns are read in rows where that one is empty. `join`
    puts several columns together with `separator`. `factor` turns the source's
    unit into the standard one; `unit_source` with `unit_factors` does so row by row.
    `choices` turns the source's words into the standard's. `pattern` keeps the
    part of a cell in its first group. `zero_is_missing` says that the source
    writes 0 for "not stated".
    """

    target: str
    sources: tuple[str, ...]
    fallback: tuple[str, ...] = ()
    join: tuple[str, ...] = ()
    separator: str = " "
    factor: float = 1.0
    unit_source: tuple[str, ...] = ()
    unit_factors: Mapping[str, float] = field(default_factory=dict)
    form: str | None = None
    day_first: bool | None = None
    decimal: str | None = None
    codes: str | None = None
    digits: int | None = None
    pattern: str | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    zero_is_missing: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Spread:
    """A measure that the layout spreads over columns: each such column becomes rows of its own.

    `column` names one source column, `pattern` many by a regular expression;
    `sets` gives standard columns a fixed value in those rows; `header_to` puts
    the header itself (such as a year) into a standard column.
    """

    column: str = ""
    pattern: str = ""
    value_to: str = "value"
    factor: float = 1.0
    sets: Mapping[str, str] = field(default_factory=dict)
    header_to: str = ""


@dataclass(frozen=True)
class Repeats:
    """Which source columns tell one record from another, and which of two states of it is the newer.

    `key` names a record together; of rows with the same key only those of the highest `revision` count.
    `is_unique` says that the key is unique among all records of one reporter, so that two files can be compared by it.
    """

    key: tuple[str, ...] = ()
    revision: str = ""
    is_unique: bool = False


@dataclass(frozen=True)
class TradeMapping:
    """One trade layout: how it is recognized and where its columns go.

    `requires` must all be among the columns of a file, `absent` none of them.
    `file_name` is a regular expression on the file's name, for layouts whose
    columns do not name the reporter. `keep` maps a source column to the values
    of rows that are read (rows of other values are left out, and listed).
    `leave_out` maps a source column to a regular expression on the values of
    rows that are not read (sums over what stands beside them).
    `covers` names the columns of a master bill (`whole`) and of its house bills
    (`part`): a row with the first alone covers the rows that have both; its
    `kind` is "master bill", or "header total" for totals beside lines.
    `repeats` tells which rows are states of one record.
    """

    layout: str
    title: str
    kind: MappingKind
    known_by: KnownBy
    source: str
    requires: tuple[str, ...]
    columns: tuple[ColumnMap, ...]
    absent: tuple[str, ...] = ()
    file_name: str = ""
    first_word: bool = False
    header_row: int | None = None
    sheet: str | None = None
    fixed: Mapping[str, str] = field(default_factory=dict)
    null_marks: tuple[str, ...] = ()
    keep: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    leave_out: Mapping[str, str] = field(default_factory=dict)
    covers: Mapping[str, str] = field(default_factory=dict)
    repeats: Repeats = Repeats()
    spread: tuple[Spread, ...] = ()
    unused: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def table(self) -> str:
        """The contract that rows of this layout keep: `declarations` or `flows`."""
        return table_of(self.kind)

    def column(self, target: str) -> ColumnMap | None:
        """The map of a standard column, or None if the layout does not have it."""
        return next((c for c in self.columns if c.target == target), None)


def table_of(kind: MappingKind) -> str:
    """The contract of a kind of layout."""
    return "declarations" if kind is MappingKind.DECLARATIONS else "flows"


def targets_of(kind: MappingKind) -> tuple[str, ...]:
    """The standard columns that a mapping may fill, in the order of the contract."""
    made_here = {"hs_level", "date_precision", "repeat_of", "layout", "source_file", "source_row"}
    return tuple(c.name for c in TABLES[table_of(kind)] if c.name not in made_here and c.name not in RATES)


def header_key(name: str, *, first_word: bool = False) -> str:
    """The form in which headers are compared: case, blanks and underscores do not count.

    With `first_word` only the leading code counts, as in "G022 (Наименование отправителя)".

    >>> header_key("HS CODE_2"), header_key("hs_code 2"), header_key("G31_11 (Фирма)", first_word=True)
    ('hscode2', 'hscode2', 'g3111')
    """
    text = name.strip().casefold()
    if first_word:
        found = re.match(r"[a-z]*[0-9_a-z]*", text)
        text = found[0] if found is not None and found[0] != "" else text
    return "".join(c for c in text if not c.isspace() and c != "_")


def read_mapping(path: Path | str) -> TradeMapping:
    """Read and check one mapping file.

    Raises:
        FileError: If there is no such file or it is no TOML.
        MappingError: With every fault of the mapping at once.
    """
    path = Path(path)
    if not path.is_file():
        raise FileError.missing(path)
    try:
        text = path.read_text(encoding="utf-8")
        return mapping_from(tomllib.loads(text), name=path.name)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        advice = "data/mappings/README.md shows the form."
        raise FileError.unreadable(path, str(problem), "a TOML mapping file in UTF-8", advice) from problem


def mapping_from(content: Mapping[str, Any], *, name: str) -> TradeMapping:
    """Make a mapping of the content of a TOML file.

    Raises:
        MappingError: With every fault of the mapping at once.
    """
    kind_text = str(content.get("kind", ""))
    known = targets_of(MappingKind(kind_text)) if kind_text in set(MappingKind) else ()
    faults = check(content, known)
    if len(faults) > 0:
        raise MappingError.faults(name, faults)
    rule = content.get("recognize", {})
    return TradeMapping(
        layout=content["layout"],
        title=content["title"],
        kind=MappingKind(kind_text),
        known_by=KnownBy(content["known_by"]),
        source=content["source"],
        requires=tuple(rule.get("columns", ())),
        absent=tuple(rule.get("absent", ())),
        file_name=rule.get("file_name", ""),
        first_word=rule.get("first_word", False),
        header_row=content.get("header_row"),
        sheet=content.get("sheet"),
        columns=tuple(_column(target, spec) for target, spec in content.get("columns", {}).items()),
        fixed=dict(content.get("fixed", {})),
        null_marks=tuple(content.get("null_marks", ())),
        keep={column: tuple(values) for column, values in content.get("keep", {}).items()},
        leave_out=dict(content.get("leave_out", {})),
        covers=dict(content.get("covers", {})),
        repeats=_repeats(content.get("repeats", {})),
        spread=tuple(Spread(**spec) for spec in content.get("spread", ())),
        unused=dict(content.get("unused", {})),
        notes=tuple(content.get("notes", ())),
    )


def _repeats(content: Mapping[str, Any]) -> Repeats:
    options = {key: value for key, value in content.items() if key != "key"}
    return Repeats(key=column_names(content.get("key", ())), **options)


def _column(target: str, spec: Any) -> ColumnMap:
    if isinstance(spec, (str, list)):
        return ColumnMap(target, column_names(spec))
    lists = {"from": "sources", "fallback": "fallback", "join": "join", "unit_from": "unit_source"}
    found: dict[str, Any] = {lists[key]: column_names(spec[key]) for key in lists if key in spec}
    found |= {key: value for key, value in spec.items() if key not in lists}
    found.setdefault("sources", ())
    return ColumnMap(target, **found)


@cache
def load_mappings() -> tuple[TradeMapping, ...]:
    """Every mapping that the kit ships, in the order of their file names.

    Raises:
        MappingError: If one of them is faulty.
    """
    return tuple(read_mapping(path) for path in sorted(data_path("mappings").glob("*.toml")))


@cache
def shipped_mapping(layout: str) -> TradeMapping:
    """The mapping that the kit ships for one layout, for readers that lay out a file themselves."""
    return read_mapping(data_path("mappings") / f"{layout}.toml")


def write_mapping(mapping: TradeMapping, path: Path | str) -> None:
    """Write a mapping as a TOML file that `read_mapping` reads back unchanged."""
    Path(path).write_text(to_toml(mapping), encoding="utf-8")


def to_toml(mapping: TradeMapping) -> str:
    """The text of a mapping file."""
    lines = [f"{key} = {_toml(getattr(mapping, key))}" for key in ("layout", "title", "kind", "known_by", "source")]
    lines += [f"{key} = {_toml(value)}" for key, value in _options(mapping, ("header_row", "sheet", "null_marks", "notes"))]
    rule = {
        "columns": mapping.requires,
        "absent": mapping.absent,
        "file_name": mapping.file_name,
        "first_word": mapping.first_word,
    }
    lines += _section("recognize", {key: value for key, value in rule.items() if value not in ((), "", False)})
    for section in ("fixed", "keep", "leave_out", "covers", "unused"):
        lines += _section(section, getattr(mapping, section))
    lines += _section("repeats", dict(_options(mapping.repeats, ("key", "revision", "is_unique"))))
    names = {"sources": "from", "unit_source": "unit_from"}
    options = tuple(ColumnMap.__dataclass_fields__)[1:]
    for column in mapping.columns:
        lines += _section(f"columns.{column.target}", {names.get(key, key): value for key, value in _options(column, options)})
    for spread in mapping.spread:
        lines += ["", "[[spread]]"]
        lines += [f"{key} = {_toml(value)}" for key, value in _options(spread, tuple(Spread.__dataclass_fields__))]
    return "\n".join(lines) + "\n"


def _options(thing: object, names: Sequence[str]) -> list[tuple[str, Any]]:
    """The attributes that differ from their defaults."""
    fields = type(thing).__dataclass_fields__  # type: ignore[attr-defined]
    out = []
    for name in names:
        value = getattr(thing, name)
        default = fields[name].default
        if value != default and not (isinstance(value, (tuple, Mapping)) and len(value) == 0):
            out.append((name, value))
    return out


def _section(name: str, content: Mapping[str, Any]) -> list[str]:
    if len(content) == 0:
        return []
    return ["", f"[{name}]", *(f"{_key(key)} = {_toml(value)}" for key, value in content.items())]


def _key(text: str) -> str:
    return text if re.fullmatch(r"[A-Za-z0-9_-]+", text) is not None else _toml(text)


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {_toml(part)}" for key, part in value.items()) + " }"
    if isinstance(value, (tuple, list)):
        return "[" + ", ".join(_toml(part) for part in value) + "]"
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    whole = _CONTROL.sub(lambda found: "\\u%04x" % ord(found[0]), escaped)  # noqa: UP031  no backslash in an f-string
    return f'"{whole}"'
