"""The US Consolidated Screening List as CSV: 29 columns, the older 27 or 28, and the extract of 11.

One row is one party of one of twelve source lists, so a file gives several
lists: `us_sdn`, `us_el`, … An entry named "Address 01" lists an address; it
never becomes a name. Federal Register notices give a year, kept as interval.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from kit.dates import parse_date
from kit.errors import FormatError, ValueFormError
from kit.files import read_sheet
from kit.lists.building import ListBuilder, Listing, row_text
from kit.lists.citations import listing_interval
from kit.lists.editions import edition
from kit.lists.heads import header_cells
from kit.lists.identifiers import label_kind, read_identifier
from kit.lists.naming import alternatives, is_address_placeholder, name_number, read_alias, split_aliases, unique, without_tail
from kit.lists.places import address_territory, split_addresses
from kit.lists.programs import SourceList, source_list
from kit.model import ColumnUse, NameKind, Schema
from kit.tables import ReadResult

NAME = "csl"
MARKS = frozenset({"source", "entity_number", "name", "alt_names", "federal_register_notice", "source_list_url"})
SCHEMAS = {
    "Individual": Schema.PERSON,
    "Entity": Schema.ORGANIZATION,
    "Vessel": Schema.VESSEL,
    "Aircraft": Schema.AIRPLANE,
    "": Schema.LEGAL_ENTITY,
}
USES: dict[str, tuple[str | None, str]] = {
    "source": ("list_id", "names the source list; authority and topics from data/lookups/list_topics.csv"),
    "entity_number": ("entity_id", "the list's own number"),
    "type": ("schema", "an empty type is a party of unknown kind"),
    "programs": ("program_id", "one row of sanctions a program"),
    "name": ("name", "as the list spells it"),
    "alt_names": ("name", "aliases, joined by ';'"),
    "addresses": ("address", "joined by '; ' or '; and '"),
    "address_countries": ("countries", "extract without addresses"),
    "nationalities": ("countries", "nationality"),
    "citizenships": ("countries", "citizenship"),
    "federal_register_notice": ("citation", "its volume gives a year where no start date is given"),
    "start_date": ("listing_date", "exact day"),
    "end_date": ("end_date", "exact day"),
    "license_requirement": ("provisions", "first part"),
    "license_policy": ("provisions", "second part"),
    "source_list_url": ("source_url", "official address of the list"),
    "ids": ("identifiers", "labels from data/lookups/identifier_labels.csv"),
    "_id": (None, "the publisher's row id; it changes between editions"),
    "source_information_url": (None, "general page about the list"),
    "standard_order": (None, "whether a denial order is the standard one"),
    "vessel_flag": ("remarks", "said beside the entity"),
    "call_sign": ("remarks", "said beside the entity"),
}
REMARKS = ("title", "remarks", "dates_of_birth", "places_of_birth", "vessel_type", "vessel_flag", "vessel_owner", "call_sign")
Row = dict[str, str]


def recognizes(path: Path) -> bool:
    """Whether the file has the columns of the Consolidated Screening List."""
    return set(header_cells(path)) >= MARKS


def read(path: Path, *, list_id: str | None = None, list_version: str | None = None, is_confidential: bool = False) -> ReadResult:
    """Read a Consolidated Screening List into the list tables.

    Rows of one source list with one entity number are one entity. All others
    stay apart, also where they have the same name.

    Args:
        path: The CSV file, any of the three layouts.
        list_id: Put all entities under this list; without it each source list has its own.
        list_version: Edition; without it the date in the file name or the file's hash.
        is_confidential: The list may not leave the case.

    Raises:
        FileError: If the file cannot be read.
        FormatError: If it lacks one of the list's columns.
    """
    sheet = read_sheet(path)
    if not set(sheet.columns) >= MARKS:
        raise FormatError.lacks(path, NAME, MARKS - set(sheet.columns), sheet.columns)
    reading = Reading(ListBuilder(edition(path, list_id=list_id, list_version=list_version, is_confidential=is_confidential)))
    for raw in sheet.rows.to_pylist():
        source_row = int(raw.pop("source_row"))
        reading.row({key: value if value is not None else "" for key, value in raw.items()}, source_row)
    reading.builder.notes.extend([*sheet.notes, *reading.notes()])
    columns = [ColumnUse(name, *USES.get(name, ("remarks", "said beside the entity"))) for name in sheet.columns]
    return reading.builder.finish(NAME, columns, [sheet.rejects])


@dataclass(frozen=True)
class Parts:
    """What an entry has several of: the CSV joins them in one cell, the JSON has lists."""

    addresses: list[str]
    aliases: list[tuple[str, NameKind]]
    ids: list[str]

    @classmethod
    def of(cls, row: Row) -> Parts:
        """Take the cells of the CSV apart."""
        ids = [piece.strip() for piece in row.get("ids", "").split("; ") if piece.strip() != ""]
        return cls(split_addresses(row.get("addresses", "")), split_aliases(row["alt_names"]), ids)


@dataclass
class Reading:
    """One pass over the rows, and the counts that its notes give."""

    builder: ListBuilder
    placeholders_without_address: int = 0
    continued: int = 0
    interval_only: int = 0
    undated: int = 0
    unknown_ids: int = 0
    unreadable_dates: int = 0

    def row(self, row: Row, source_row: int, parts: Parts | None = None) -> None:
        """Read one row, or reject it with its reason; `parts` are given where they need no taking apart."""
        source = source_list(row["source"])
        schema = SCHEMAS.get(row.get("type", ""))
        problem = None
        if source is None:
            problem = f"source list {row['source']!r} is unknown; expected one of data/lookups/list_topics.csv"
        elif schema is None:
            problem = f"type {row['type']!r} is unknown; expected Individual, Entity, Vessel, Aircraft or nothing"
        elif row["name"] == "":
            problem = "the row has no name"
        if problem is not None or source is None or schema is None:
            self.builder.reject(source_row, problem or "", row_text(row))
            return
        self._party(row, source_row, source, schema, parts if parts is not None else Parts.of(row))
        self.builder.rows_read += 1

    def _party(self, row: Row, source_row: int, source: SourceList, schema: Schema, parts: Parts) -> None:
        build, addresses = self.builder, parts.addresses
        is_address = is_address_placeholder(row["name"])
        at = build.territories.codes(row.get("address_countries", "").split(";"))
        at = unique([*at, *(code for code in map(address_territory, addresses) if code is not None)])
        of = build.territories.codes([*row.get("nationalities", "").split(";"), *row.get("citizenships", "").split(";")])
        list_id = build.edition.list_id or source.list_id
        number = row["entity_number"] or name_number(row["name"], at)
        if build.edition.list_id is not None:
            number = f"{source.list_id}-{number}"
        entity_id = build.known(list_id, number) if row["entity_number"] != "" else None
        if entity_id is None:
            entity_id = build.entity(
                list_id=list_id,
                number=number,
                schema=Schema.ADDRESS if is_address else schema,
                name=addresses[0] if is_address and len(addresses) > 0 else row["name"],
                topics=source.topics,
                source_row=source_row,
                is_address_only=is_address,
                remarks=_remarks(row),
            )
        else:
            self.continued += 1
        build.add_countries(entity_id, unique([*at, *of]))
        if is_address:
            self.placeholders_without_address += 1 if len(addresses) == 0 else 0
        else:
            self._names(entity_id, row["name"], parts.aliases)
        for address in addresses:
            if "," in address or len(address) > 2:
                build.address(entity_id, address, address_territory(address))
        self._ids(entity_id, parts.ids, at)
        self._sanction(entity_id, row, source)

    def _names(self, entity_id: str, name: str, aliases: list[tuple[str, NameKind]]) -> None:
        """The name as the list spells it, then what else it may be called."""
        self.builder.name(entity_id, name)
        plain = without_tail(name)
        if plain != name:
            self.builder.name(entity_id, plain, NameKind.ALIAS)
        inside = [alias for alias in map(read_alias, alternatives(plain)) if alias is not None]
        for alias, kind in [*inside, *aliases]:
            self.builder.name(entity_id, alias, kind)

    def _ids(self, entity_id: str, pieces: list[str], territories: list[str]) -> None:
        """Identifiers: "Passport, 836238033, KP", or "KP, 836238033, Passport" in the older layout."""
        for piece in pieces:
            found = _labelled(piece)
            if found is None:
                self.unknown_ids += 1
            elif found[0] != "":
                identifier = read_identifier(found[0], found[1], [found[2]] if found[2] is not None else territories)
                self.builder.identifier(entity_id, identifier.kind, identifier.value)

    def _sanction(self, entity_id: str, row: Row, source: SourceList) -> None:
        citation = row["federal_register_notice"]
        start, end = self._day(row.get("start_date", "")), self._day(row.get("end_date", ""))
        interval = listing_interval(citation, newest_year=_year(self.builder.edition.version)) if start is None else None
        self.interval_only += 1 if interval is not None else 0
        self.undated += 1 if start is None and interval is None else 0
        listing = Listing(
            authority=source.authority,
            program_id=source.program,
            provisions=_provisions(row),
            listing_date=start,
            not_before=interval[0] if interval is not None else None,
            not_after=interval[1] if interval is not None else None,
            end_date=end,
            citation=citation or None,
            source_url=row["source_list_url"] or None,
        )
        programs = unique([p.strip() for p in row.get("programs", "").split(";") if p.strip() != ""])
        self.builder.sanction(entity_id, listing, programs)

    def _day(self, text: str) -> dt.date | None:
        """An exact day, or None where the list gives none or one that is not a day."""
        if text == "":
            return None
        try:
            return parse_date(text, form="%Y-%m-%d").day
        except ValueFormError:
            self.unreadable_dates += 1
            return None

    def notes(self) -> list[str]:
        """What was assumed or left out, one sentence each."""
        said = (
            (self.placeholders_without_address, "entries list an address that this file does not hold; they can match nothing"),
            (self.continued, "rows continue an entity of an earlier row (same list, same number)"),
            (
                self.interval_only,
                "entries have no start date; the Federal Register volume gives the year of their first notice "
                "(an order may be some weeks older than its notice)",
            ),
            (self.undated, "entries have no listing date and no notice: their date is unknown"),
            (self.unreadable_dates, "dates could not be read and were left empty"),
            (self.unknown_ids, "ids have a label that data/lookups/identifier_labels.csv lacks; they were left out"),
        )
        return [f"{count:,} {words}" for count, words in said if count > 0]


def _labelled(piece: str) -> tuple[str, str, str | None] | None:
    """Kind, value and territory of one id in either order, or None if no label is known."""
    parts = [part.strip() for part in piece.split(", ")]
    first, last = label_kind(parts[0]), label_kind(parts[-1])
    if first is not None:
        rest = parts[1:]
        territory = rest.pop() if len(rest) > 1 and _is_code(rest[-1]) else None
        return first, ", ".join(rest), territory
    if last is not None:
        rest = parts[:-1]
        territory = rest.pop(0) if len(rest) > 1 and _is_code(rest[0]) else None
        return last, ", ".join(rest), territory
    return None


def _is_code(text: str) -> bool:
    return len(text) == 2 and text.isalpha() and text.isupper()


def _remarks(row: Row) -> str | None:
    said = [f"{name.replace('_', ' ')}: {row[name]}" for name in REMARKS if row.get(name, "") != ""]
    return "; ".join(said) if len(said) > 0 else None


def _provisions(row: Row) -> str | None:
    parts = (("License requirement", "license_requirement"), ("License policy", "license_policy"))
    said = [f"{title}: {row[name]}" for title, name in parts if row.get(name, "") != ""]
    return " ".join(text if text.endswith((".", ")")) else f"{text}." for text in said) if len(said) > 0 else None


def _year(version: str) -> int | None:
    """The year of an edition that is a date, else None."""
    return int(version[:4]) if len(version) == 10 and version[4] == "-" else None
