"""The Australian Sanctions Consolidated List of DFAT: one row a name, as XLSX, XLS or CSV.

Rows "8577", "8577a", "8577b" are the names of one party: its primary name, its
aliases, its name in its own script. Older editions repeat the bare number. A
number that comes again further down with a primary name is another party: the
list has reused numbers by mistake.

No file was at hand. The columns are known from the code of public readers
(opensanctions/opensanctions, datasets/au/dfat_sanctions; others name all 19
columns of the edition of 2025, which added strength, instrument and measures).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from kit.dates import date_form
from kit.errors import FileError, FormatError, counted, listed
from kit.files import Sheet, read_dates, read_sheet, sheet_names
from kit.lists.building import ListBuilder, Listing, row_text
from kit.lists.columns import schema_of
from kit.lists.editions import edition
from kit.lists.heads import header_cells
from kit.lists.identifiers import read_identifier
from kit.lists.naming import is_fragment, unique
from kit.lists.places import address_territory, territory_codes_in
from kit.lists.programs import SourceList, source_lists
from kit.lists.spans import Span, span_of
from kit.lists.telling import most_of
from kit.model import ColumnUse, NameKind, Schema
from kit.numbers import is_null
from kit.reference import read_reference
from kit.tables import ReadResult, distinct

NAME = "australia_dfat"
NUMBER, WHO, KIND = "reference", "name of individual or entity", "name type"
MARKS = frozenset({NUMBER, WHO, KIND, "committees", "control date"})
MEASURES = {
    "targeted financial sanction": "targeted financial sanction",
    "travel ban": "travel ban",
    "arms embargo": "arms embargo",
    "maritime restriction": "maritime restriction",
}
NO = frozenset({"", "0", "false", "no", "n"})
DAY_FIRST = "25/12/2022"
SOURCE_URL = "https://www.dfat.gov.au/international-relations/security/sanctions/consolidated-list"
USES: dict[str, tuple[str | None, str]] = {
    NUMBER: ("entity_id", "its digits; a letter behind them numbers the name"),
    WHO: ("name", "one row a name"),
    "type": ("schema", "Individual, Entity or Vessel; empty or unknown is a party of unknown kind"),
    KIND: ("name", "kinds from data/lookups/au_name_types.csv; an unknown one is a weak alias"),
    "alias strength": ("name", "Weak is a weak alias"),
    "date of birth": ("remarks", "as the list writes it"),
    "place of birth": ("remarks", "as the list writes it"),
    "citizenship": ("countries", "joined by commas"),
    "address": ("address", "joined by ';' or 'a)', 'b)'; a territory alone is no address"),
    "additional information": ("remarks", "also IMO numbers"),
    "listing information": ("remarks", "under which act or decision, in words"),
    "imo number": ("identifiers", "IMO number"),
    "committees": ("program_id", "UN committee or autonomous regime"),
    "control date": ("listing_date", "day from which the party is listed; the earliest of its rows"),
    "instrument of designation": ("citation", "legal act"),
    **dict.fromkeys(MEASURES, ("provisions", "which measures apply")),
}
REMARKS = ("date of birth", "place of birth", "additional information", "listing information")
_NUMBERED = re.compile(r"^(\d+)\s*([a-z]{0,3})$", re.IGNORECASE)
_IMO = re.compile(r"\bIMO(?:\s*(?:number|no\.?|ID))?\s*[:#]?\s*(\d{7})\b", re.IGNORECASE)
_SPLIT = re.compile(r"\s*(?:_x000D_|[;\n\r])[\s,]*|(?:^|\s)(?:[a-j]|i{1,3}|iv|v|vi)\)\s+")
_BLANKS = re.compile(r"[^\S\r\n]+")
Row = Mapping[str, str]


def recognizes(path: Path) -> bool:
    """Whether the file has the columns of the Australian list."""
    return {cell.casefold() for cell in header_cells(path)} >= MARKS


def read(path: Path, *, list_id: str | None = None, list_version: str | None = None, is_confidential: bool = False) -> ReadResult:
    """Read the Australian list into the list tables.

    Args:
        path: XLSX, XLS or CSV; every sheet that has the columns is read.
        list_id: Short name; without it `au_dfat`.
        list_version: Edition; without it the date in the file name or the file's hash.
        is_confidential: The list may not leave the case.

    Returns:
        The tables. `rows_read` counts rows, of which a party has one a name;
        `source_row` of a party is that of its first row.

    Raises:
        FileError: If the file cannot be read.
        FormatError: If no sheet has the columns.
    """
    sheets, others = _sheets(path)
    build = ListBuilder(edition(path, list_id=list_id, list_version=list_version, is_confidential=is_confidential))
    reading = Reading(build, source_lists()["AU-DFAT"])
    for sheet in sheets:
        reading.rows(sheet)
    reading.finish()
    build.notes.extend([*unique([note for sheet in sheets for note in sheet.notes]), *others, *reading.notes()])
    columns = [ColumnUse(name, *USES.get(name.casefold(), (None, "not used"))) for name in sheets[0].columns]
    return build.finish(NAME, columns, [sheet.rejects for sheet in sheets])


def _sheets(path: Path) -> tuple[list[Sheet], list[str]]:
    """Every table of the file that has the list's columns, and which sheets were not read."""
    names = sheet_names(path)
    if len(names) < 2:
        return [_fitting(path, read_sheet(path))], []
    found, others = [], []
    for name in names:
        try:
            found.append(_fitting(path, read_sheet(path, sheet=name)))
        except (FileError, FormatError):
            others.append(name)  # an empty sheet, or a note beside the list
    if len(found) == 0:
        return [_fitting(path, read_sheet(path))], []
    return found, [f"sheets without the list's columns were not read: {listed(others)}"] if len(others) > 0 else []


def _fitting(path: Path, sheet: Sheet) -> Sheet:
    missing = MARKS - {name.casefold() for name in sheet.columns}
    if len(missing) > 0:
        raise FormatError.lacks(path, NAME, missing, sheet.columns)
    return sheet


@dataclass
class Party:
    """The rows of one number that stand together, and what they say of when it was listed."""

    number: str
    rows: list[tuple[int, Row]] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)


@dataclass
class Reading:
    """One pass over the rows, which puts those of a party together."""

    build: ListBuilder
    source: SourceList
    parties: list[Party] = field(default_factory=list)
    latest: dict[str, Party] = field(default_factory=dict)
    apart: int = 0
    undated: int = 0
    date_notes: list[str] = field(default_factory=list)
    unread_dates: list[str] = field(default_factory=list)
    unknown_kinds: Counter[str] = field(default_factory=Counter)
    unknown_types: Counter[str] = field(default_factory=Counter)

    def rows(self, sheet: Sheet) -> None:
        """Take in the rows of a sheet; one without a number or a name is refused."""
        names = {name: name.casefold() for name in sheet.columns}
        spans = self._spans(sheet, names)
        before = ""
        for place, raw in enumerate(sheet.rows.to_pylist()):
            source_row = int(raw.pop("source_row"))
            row = {names[key]: value if value is not None and not is_null(value) else "" for key, value in raw.items()}
            found = _NUMBERED.match(row[NUMBER].removesuffix(".0"))
            if found is None or row[WHO] == "" or is_fragment(row[WHO]):
                reason = (
                    "the row has no name" if found is not None else f"reference {row[NUMBER]!r} is no number such as 12 or 12a"
                )
                self.build.reject(source_row, reason, row_text(raw))
                continue
            party = self._party_of(found[1].lstrip("0") or "0", before, row)
            party.rows.append((source_row, row))
            party.spans.append(spans[place])
            before = party.number
            self.build.rows_read += 1

    def _party_of(self, number: str, before: str, row: Row) -> Party:
        """The party that a row belongs to; a number that comes again with a primary name is another one."""
        held = self.latest.get(number)
        is_new = held is None or (before != number and _kind(row) is NameKind.NAME)
        if held is None or is_new:
            self.apart += 1 if held is not None else 0
            held = self.latest[number] = Party(number)
            self.parties.append(held)
        return held

    def finish(self) -> None:
        """Turn the rows of each party into an entity."""
        for party in self.parties:
            self._entity(party)

    def _entity(self, party: Party) -> None:
        build, first = self.build, party.rows[0][1]
        rows = [row for _, row in party.rows]
        main = next((row for row in rows if _kind(row) is NameKind.NAME), first)
        countries = build.territories.codes(value for row in rows for value in row.get("citizenship", "").split(","))
        addresses = unique([piece for row in rows for piece in _pieces(row.get("address", ""))])
        places = [code for address in addresses for code in territory_codes_in(address) or [address_territory(address)]]
        entity_id = build.entity(
            list_id=build.edition.list_id or self.source.list_id,
            number=party.number,
            schema=self._schema(rows),
            name=main[WHO],
            topics=self.source.topics,
            source_row=party.rows[0][0],
            countries=[*countries, *(code for code in places if code is not None)],
            remarks=_remarks(rows),
        )
        build.name(entity_id, main[WHO])
        for row in rows:
            build.name(entity_id, row[WHO], self._closer(row))
        for address in addresses:
            if len(territory_codes_in(address)) == 0:
                build.address(entity_id, address, address_territory(address))
        for row in rows:
            numbers = [*re.findall(r"\d{7}", row.get("imo number", "")), *_IMO.findall(row.get("additional information", ""))]
            for number in numbers:
                build.identifier(entity_id, "imo", read_identifier("imo", number).value)
        self._sanction(entity_id, rows, party.spans)

    def _schema(self, rows: Sequence[Row]) -> Schema:
        for row in rows:
            said = row.get("type", "")
            schema = schema_of(said) if said != "" else None
            if schema is not None:
                return schema
            if said != "":
                self.unknown_types[said] += 1
        return Schema.LEGAL_ENTITY

    def _closer(self, row: Row) -> NameKind:
        """The kind of a name; one whose kind is unknown is weak and never matches alone."""
        kind = _kind(row)
        if kind is None:
            self.unknown_kinds[row[KIND]] += 1
        if kind is None or row.get("alias strength", "").casefold() in ("weak", "low"):
            return NameKind.WEAK_ALIAS
        return NameKind.ALIAS if kind is NameKind.NAME else kind

    def _sanction(self, entity_id: str, rows: Sequence[Row], spans: Sequence[Span]) -> None:
        dated = sorted((span for span in spans if _start(span) is not None), key=lambda span: str(_start(span)))
        span = dated[0] if len(dated) > 0 else Span()
        self.undated += 1 if len(dated) == 0 else 0
        measures = [said for column, said in MEASURES.items() if any(row.get(column, "").casefold() not in NO for row in rows)]
        listing = Listing(
            authority=self.source.authority,
            provisions="; ".join(measures) or None,
            listing_date=span.day,
            not_before=span.first,
            not_after=span.last,
            citation="; ".join(_values(rows, "instrument of designation")) or None,
            source_url=SOURCE_URL,
        )
        self.build.sanction(entity_id, listing, _values(rows, "committees"))

    def _spans(self, sheet: Sheet, names: Mapping[str, str]) -> list[Span]:
        """The control date of each row; in a text file "2/2/26" has the day first, as Australia writes it."""
        column = sheet.rows.column(next(name for name, low in names.items() if low == "control date"))
        values = distinct(column)
        form = date_form(values)
        if form.form is None and form.day_first is None:
            form = date_form([*values, DAY_FIRST])  # stays undecided where a value shows that the month is first
            form = replace(form, note="day before month, as Australia writes dates") if form.day_first is True else form
        read = read_dates(column, form)
        self.unread_dates.extend(read.faults)
        if form.day_first is not None and "/" in "".join(values):
            self.date_notes.append(f"control dates: {form.note}")
        return [span_of(day, at) for day, at in zip(read.days.to_pylist(), read.precision.to_pylist(), strict=True)]

    def notes(self) -> list[str]:
        """What was assumed or unknown, one sentence each."""
        said = [
            f"{counted(len(self.parties), 'party', 'parties')} in {counted(self.build.rows_read, 'row')}: a row is a name",
            *unique(self.date_notes),
        ]
        if self.apart > 0:
            said.append(
                f"{counted(self.apart, 'number comes', 'numbers come')} again further down with a primary name: another party"
            )
        if self.undated > 0:
            said.append(f"{counted(self.undated, 'party has', 'parties have')} no control date: the date is unknown")
        for words, values in (
            ("control dates could not be read and were left empty", Counter(self.unread_dates)),
            ("kinds of name are unknown, so the names never match alone", self.unknown_kinds),
            ("kinds of party are unknown", self.unknown_types),
        ):
            if len(values) > 0:
                shown = most_of(values)
                said.append(f"{words}: {shown}")
        return said


@cache
def _kinds() -> dict[str, NameKind]:
    return {row["word"]: NameKind(row["kind"]) for row in read_reference("lookups", "au_name_types.csv")}


def _kind(row: Row) -> NameKind | None:
    return _kinds().get(" ".join(row[KIND].casefold().split()))


def _start(span: Span) -> object:
    return span.day if span.day is not None else span.first


def _values(rows: Iterable[Row], column: str) -> list[str]:
    """What the rows of a party say in a column, each once."""
    said = (" ".join(row.get(column, "").replace("_x000D_", " ").split()) for row in rows)
    return unique([value for value in said if value != ""])


def _pieces(text: str) -> list[str]:
    """The addresses in one cell.

    >>> _pieces("a) 1 Plum Road, Testville, Iran b) 2 Plum Road, Testville;Iran_x000D_")
    ['1 Plum Road, Testville, Iran', '2 Plum Road, Testville', 'Iran']
    """
    single = _BLANKS.sub(" ", text)  # a run of blanks would be tried from each of its places
    return [piece.strip(" ,") for piece in _SPLIT.split(single) if any(c.isalnum() for c in piece)]


def _remarks(rows: Sequence[Row]) -> str | None:
    return "; ".join(f"{column}: {value}" for column in REMARKS for value in _values(rows, column)) or None
