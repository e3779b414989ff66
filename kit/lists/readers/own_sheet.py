"""Any own spreadsheet or CSV with a column of names: a letter's list, a colleague's table.

Asked only when no other reader knows the file and its columns are not those of
trade records. Where each column goes is proposed with its reason and can be
corrected by a mapping.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kit.errors import FileError, FormatError, MappingError
from kit.files import FileKind, Sheet, kind_of, read_sheet
from kit.files.columns import read_dates
from kit.lists.building import ListBuilder, Listing, row_text
from kit.lists.citations import listing_interval
from kit.lists.columns import corrected, looks_like_trade, propose_columns, schema_of
from kit.lists.editions import edition
from kit.lists.identifiers import read_identifier, read_labelled
from kit.lists.naming import alternatives, is_address_placeholder, is_note, name_number, read_alias, unique, without_tail
from kit.lists.places import address_territory, split_addresses, territory_codes_in
from kit.lists.spans import Span, span_of
from kit.lists.tops import list_sheet
from kit.model import ColumnUse, NameKind, Schema, Topic
from kit.numbers import is_null
from kit.tables import ReadResult

NAME = "own_sheet"
IS_FALLBACK = True
KINDS = (FileKind.CSV, FileKind.XLSX, FileKind.XLS, FileKind.ODS, FileKind.PARQUET)
IDENTIFIER_TARGETS = ("inn", "ogrn", "kpp", "imo", "lei", "tax", "registration", "passport", "identifier")
PLACES = ("city", "region", "postal_code")
NAME_TARGETS = {
    "alias": NameKind.ALIAS,
    "weak_alias": NameKind.WEAK_ALIAS,
    "previous_name": NameKind.PREVIOUS_NAME,
}
ASSUMED_TOPIC = Topic.EXPORT_RISK
EXPECTED = "a column of names (headers such as Name, Company, Наименование, Unvan, 名称)"
_BREAK = re.compile(r"\s*[;\n|]\s*")
Cells = dict[str, list[str]]


def recognizes(path: Path) -> bool:
    """Whether the file is a table with a column of names and not of trade records."""
    if kind_of(path) not in KINDS:
        return False
    try:
        sheet = list_sheet(path)
    except FileError:
        return False
    return not looks_like_trade(sheet.columns) and "name" in {use.target for use in propose_columns(sheet)}


def read(
    path: Path,
    *,
    list_id: str | None = None,
    list_version: str | None = None,
    is_confidential: bool = False,
    mapping: Mapping[str, str | None] | None = None,
) -> ReadResult:
    """Read an own list into the list tables.

    One row is one entity, also where two rows have the same name. The list's
    own number is used as id only if no two rows share it; running numbers are not.

    Args:
        path: CSV, XLSX, XLS, ODS or Parquet.
        list_id: Short name; without it made from the file name.
        list_version: Edition; without it the date in the file name or the file's hash.
        is_confidential: The list may not leave the case.
        mapping: Corrections, source column to meaning (`name`, `alias`, `address`, …); None leaves a column out.

    Returns:
        The tables; `columns` says where each column went and why.

    Raises:
        FileError: If the file cannot be read.
        FormatError: If no column holds names; the message names the columns.
        MappingError: If the mapping names an unknown column or meaning.
    """
    sheet = _sheet(path, mapping)
    uses = propose_columns(sheet)
    if mapping is not None:
        uses = corrected(uses, mapping)
    if "name" not in {use.target for use in uses}:
        if mapping is not None:
            raise MappingError.faults("of this list", [f"no column is the name; the file has {', '.join(sheet.columns)}"])
        raise FormatError.unknown(path, sheet.columns, EXPECTED)
    made = edition(path, list_id=list_id, list_version=list_version, is_confidential=is_confidential)
    reading = Reading(ListBuilder(made), list_id or slug(path.stem), uses)
    reading.rows(sheet)
    reading.build.notes.extend([*sheet.notes, *reading.notes()])
    return reading.build.finish(NAME, uses, [sheet.rejects])


def _sheet(path: Path, mapping: Mapping[str, str | None] | None) -> Sheet:
    """The table of the list; the one whose columns a mapping names, if that is another."""
    sheet = list_sheet(path)
    if mapping is None or set(mapping) <= set(sheet.columns):
        return sheet
    plain = read_sheet(path)
    return plain if set(mapping) <= set(plain.columns) else sheet


def slug(stem: str) -> str:
    """A short name for a list from its file name, without its date.

    >>> slug("Letter list (2024-03-01)"), slug("Список")
    ('letter_list', 'список')
    """
    return re.sub(r"[^\w]+|_+", "_", re.sub(r"20\d\d[-_.]?\d\d[-_.]?\d\d", "", stem.casefold())).strip("_") or "own_list"


@dataclass
class Reading:
    """One pass over the rows of a sheet."""

    build: ListBuilder
    list_id: str
    uses: tuple[ColumnUse, ...]
    assumed_topics: int = 0
    unknown_types: dict[str, int] = field(default_factory=dict)
    unread_dates: dict[str, str] = field(default_factory=dict)
    date_notes: list[str] = field(default_factory=list)

    def rows(self, sheet: Sheet) -> None:
        """Read every row; one without a name is refused."""
        starts, ends = self._spans(sheet, "listing_date"), self._spans(sheet, "end_date")
        for place, raw in enumerate(sheet.rows.to_pylist()):
            source_row = int(raw.pop("source_row"))
            cells: Cells = {}
            for use in self.uses:
                value = raw[use.source]
                if use.target is not None and value is not None and not is_null(value):
                    label = f"{use.source}: {value}" if use.target == "remarks" else value
                    cells.setdefault(use.target, []).append(label)
            if "given_name" in cells:
                cells["name"] = [", ".join([*cells.get("name", []), " ".join(cells.pop("given_name"))])]
            problem = self._problem(cells)
            if problem is not None:
                self.build.reject(source_row, problem, row_text(raw))
                continue
            self._party(cells, source_row, starts[place], ends[place])
            self.build.rows_read += 1

    def _problem(self, cells: Cells) -> str | None:
        if "name" not in cells:
            return "the row has no name; if it continues the row above, write the name again"
        if cells.keys() == {"name"} and is_note(cells["name"][0]):
            return "a note beside the table, no party"
        for word in cells.get("type", []):
            if schema_of(word) is None:
                if word.strip().casefold() in ("asset", "cryptowallet", "security"):
                    return f"type {word!r} is no party"
                self.unknown_types[word] = self.unknown_types.get(word, 0) + 1
        return None

    def _party(self, cells: Cells, source_row: int, start: Span, end: Span) -> None:
        build, name = self.build, cells["name"][0]
        addresses = _addresses(cells)
        is_address = is_address_placeholder(name) or self._schema(cells) is Schema.ADDRESS
        countries = unique([code for cell in cells.get("country", []) for code in self._codes(cell)])
        tails = [code for code in map(address_territory, addresses) if code is not None]
        at = unique([*countries, *tails])
        shown = addresses[0] if is_address and len(addresses) > 0 else name
        entity_id = build.entity(
            list_id=self.list_id,
            number=cells["number"][0] if "number" in cells else name_number(shown, countries or at),
            schema=Schema.ADDRESS if is_address else self._schema(cells),
            name=shown,
            topics=self._topics(cells),
            source_row=source_row,
            countries=at,
            is_address_only=is_address,
            remarks="; ".join(cells.get("remarks", [])) or None,
        )
        if not is_address:
            self._names(entity_id, cells)
        for address in addresses:
            if not is_address and len(territory_codes_in(address)) > 0:
                continue  # a territory alone is no address; it counts among the countries
            territory = address_territory(address)
            build.address(entity_id, address, territory or (countries[0] if len(countries) == 1 else None))
        self._identifiers(entity_id, cells, at)
        self._sanction(entity_id, cells, start, end)

    def _names(self, entity_id: str, cells: Cells) -> None:
        """The name, what it may be called besides, and the cells of aliases taken apart."""
        name = cells["name"][0]
        self.build.name(entity_id, name)
        plain = without_tail(name)
        if plain != name:
            self.build.name(entity_id, plain, NameKind.ALIAS)
        for piece in alternatives(name):
            self._alias(entity_id, piece, NameKind.ALIAS)
        for target, kind in NAME_TARGETS.items():
            for cell in cells.get(target, []):
                for piece in _BREAK.split(cell):
                    for one in alternatives(piece) or [piece]:
                        self._alias(entity_id, one, kind)

    def _alias(self, entity_id: str, text: str, kind: NameKind) -> None:
        alias = read_alias(text, quotes_are_weak=False)
        if alias is not None:
            self.build.name(entity_id, alias[0], alias[1] if alias[1] is not NameKind.ALIAS else kind)

    def _identifiers(self, entity_id: str, cells: Cells, territories: list[str]) -> None:
        for target in IDENTIFIER_TARGETS:
            kind = "other" if target == "identifier" else target
            for cell in cells.get(target, []):
                for piece in re.split(r"[;\n]\s*|,\s+(?=[^,]*\d)", cell):
                    labelled = read_labelled(piece)
                    said, value = (kind, piece) if labelled is None or labelled[0] == "" else labelled
                    found = read_identifier(said, value, territories)
                    self.build.identifier(entity_id, found.kind, found.value)

    def _sanction(self, entity_id: str, cells: Cells, start: Span, end: Span) -> None:
        citation = "; ".join(cells.get("citation", [])) or None
        if start.day is None and start.first is None and citation is not None:
            interval = listing_interval(citation)
            start = Span(None, *interval) if interval is not None else start
        listing = Listing(
            authority="; ".join(cells.get("authority", [])) or self.list_id,
            provisions="; ".join(cells.get("provisions", [])) or None,
            reason="; ".join(cells.get("reason", [])) or None,
            listing_date=start.day,
            not_before=start.first,
            not_after=start.last,
            end_date=end.day,
            citation=citation,
            source_url=next(iter(cells.get("source_url", [])), None),
        )
        programs = [piece for cell in cells.get("program", []) for piece in _BREAK.split(cell) if piece != ""]
        self.build.sanction(entity_id, listing, unique(programs))

    def _schema(self, cells: Cells) -> Schema:
        found = (schema_of(word) for word in cells.get("type", []))
        return next((schema for schema in found if schema is not None), Schema.LEGAL_ENTITY)

    def _topics(self, cells: Cells) -> list[str]:
        said = [piece.strip() for cell in cells.get("topics", []) for piece in cell.split(";")]
        known = [piece for piece in said if piece in set(Topic)]
        if len(known) == 0:
            self.assumed_topics += 1
            return [ASSUMED_TOPIC.value]
        return unique(known)

    def _codes(self, cell: str) -> list[str]:
        codes = territory_codes_in(cell)
        return list(codes) if len(codes) > 0 else self.build.territories.codes(_BREAK.split(cell.replace(",", ";")))

    def _spans(self, sheet: Sheet, target: str) -> list[Span]:
        """Dates of the first column with that meaning, one a row."""
        columns = [use.source for use in self.uses if use.target == target]
        if len(columns) == 0:
            return [Span()] * len(sheet.rows)
        read = read_dates(sheet.rows.column(columns[0]))
        self.unread_dates.update(dict.fromkeys(read.faults, columns[0]))
        if read.form.day_first is not None:
            self.date_notes.append(f"dates in {columns[0]!r}: {read.form.note}")
        days: list[dt.date | None] = read.days.to_pylist()
        return [span_of(day, precision) for day, precision in zip(days, read.precision.to_pylist(), strict=True)]

    def notes(self) -> list[str]:
        """What was assumed and what could not be read."""
        said = [*self.date_notes]
        if self.assumed_topics > 0:
            said.append(f"{self.assumed_topics:,} parties got the topic {ASSUMED_TOPIC.value!r}: the list names none")
        if len(self.unread_dates) > 0:
            shown = ", ".join(repr(text) for text in list(self.unread_dates)[:5])
            said.append(f"{len(self.unread_dates)} dates could not be read and were left empty: {shown}")
        if len(self.unknown_types) > 0:
            shown = ", ".join(repr(text) for text in list(self.unknown_types)[:5])
            said.append(f"kinds of party that are unknown, so the party is of unknown kind: {shown}")
        return said


def _addresses(cells: Cells) -> list[str]:
    """Addresses of a row; beside a city, region or postal code several columns of address are lines of a single one."""
    written = cells.get("address", [])
    parts = [part for target in PLACES for part in cells.get(target, [])]
    if len(parts) > 0 and len(written) > 1:
        return [", ".join(" ".join(line.split()) for line in [*written, *parts])]
    found = [address for cell in written for address in split_addresses(cell.replace("\n", "; "))]
    if len(parts) > 0 and len(found) <= 1:
        return [", ".join([*found, *parts])]
    return unique([*found, *([", ".join(parts)] if len(parts) > 0 else [])])
