"""OpenSanctions' `targets.simple.csv`: one row a party, several values in a cell.

A cell with several values is a small CSV line with ";" between values and its
own quoting. The data are CC BY-NC 4.0 unless licensed: for work, not for shipping.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from kit.errors import FormatError
from kit.files import read_sheet
from kit.lists.building import ListBuilder, Listing, row_text
from kit.lists.editions import Edition, edition_said
from kit.lists.ftm import PARTIES
from kit.lists.heads import header_cells
from kit.lists.identifiers import closer_kind, is_inn, read_identifier
from kit.lists.naming import unique
from kit.lists.places import address_territory
from kit.lists.programs import dataset_list_id, source_lists
from kit.lists.spans import iso_day
from kit.model import ColumnUse, NameKind, Schema, Topic
from kit.tables import ReadResult

NAME = "opensanctions_simple"
MARKS = frozenset({"id", "schema", "name", "aliases", "countries", "identifiers", "sanctions", "dataset", "first_seen"})
USES: dict[str, tuple[str | None, str]] = {
    "id": ("entity_id", "OpenSanctions' own id"),
    "schema": ("schema", "FollowTheMoney name"),
    "name": ("name", "as the list spells it"),
    "aliases": ("name", "aliases, a small CSV in the cell"),
    "birth_date": ("remarks", "said beside the entity"),
    "countries": ("countries", "ISO codes in lower case; special codes are left out"),
    "addresses": ("address", "a small CSV in the cell"),
    "identifiers": ("identifiers", "kind by prefix (IMO) or check digits (INN, OGRN)"),
    "sanctions": ("reason", "free text"),
    "program_ids": ("program_id", "one row of sanctions a program"),
    "dataset": ("authority", "who lists"),
    "first_seen": ("listed_not_after", "the party was on the list by this day; it may have been for years"),
    "last_seen": ("list_version", "if the file name has no date"),
    "last_change": (None, "when OpenSanctions changed the row"),
    "phones": (None, "contact, not an identifier"),
    "emails": (None, "contact, not an identifier"),
}
Row = dict[str, str]


def recognizes(path: Path) -> bool:
    """Whether the file has the columns of `targets.simple.csv`."""
    return set(header_cells(path)) >= MARKS


def read(path: Path, *, list_id: str | None = None, list_version: str | None = None, is_confidential: bool = False) -> ReadResult:
    """Read `targets.simple.csv` into the list tables.

    `first_seen` says when OpenSanctions first saw the party, which is no
    listing date: it is kept as upper bound only.

    Args:
        path: The file.
        list_id: Short name; without it that of the dataset, or `opensanctions` for a collection.
        list_version: Edition; without it the date in the file name, else the latest `last_seen`.
        is_confidential: The list may not leave the case.

    Raises:
        FileError: If the file cannot be read.
        FormatError: If it lacks one of the format's columns.
    """
    sheet = read_sheet(path)
    if not set(sheet.columns) >= MARKS:
        raise FormatError.lacks(path, NAME, MARKS - set(sheet.columns), sheet.columns)
    rows = sheet.rows.to_pylist()
    made = _edition(path, [row.get("last_seen") for row in rows], list_id, list_version, is_confidential)
    datasets = unique([row["dataset"] for row in rows if row["dataset"] is not None])
    reading = Reading(ListBuilder(made), list_id or dataset_list_id(datasets))
    for raw in rows:
        source_row = int(raw.pop("source_row"))
        reading.row({key: value if value is not None else "" for key, value in raw.items()}, source_row)
    reading.build.notes.extend([*sheet.notes, *reading.notes()])
    columns = [ColumnUse(name, *USES.get(name, (None, "unknown to this reader"))) for name in sheet.columns]
    return reading.build.finish(NAME, columns, [sheet.rejects])


def cells(text: str) -> list[str]:
    """The values in one cell, taken apart with its own quoting; empty ones are left out.

    >>> cells('"Concern ""Plum; Pear"" JSC";Plum Pear')
    ['Concern "Plum; Pear" JSC', 'Plum Pear']
    >>> cells('""')
    []
    """
    values = [value.strip() for row in csv.reader(io.StringIO(text, newline=""), delimiter=";") for value in row]
    return [value for value in values if value != ""]


@dataclass
class Reading:
    """One pass over the rows."""

    build: ListBuilder
    list_id: str
    assumed_topics: int = 0

    def row(self, row: Row, source_row: int) -> None:
        """Read one row, or reject it with its reason."""
        schema = PARTIES.get(row["schema"])
        problem = None
        if schema is None:
            problem = f"schema {row['schema']!r} is no party; expected {', '.join(PARTIES)}"
        elif row["name"] == "" or row["id"] == "":
            problem = "the row has no name or no id"
        elif self.build.known(self.list_id, row["id"]) is not None:
            problem = f"id {row['id']!r} stands in an earlier row as well"
        if problem is not None or schema is None:
            self.build.reject(source_row, problem or "", row_text(row))
            return
        self._party(row, source_row, schema)
        self.build.rows_read += 1

    def _party(self, row: Row, source_row: int, schema: Schema) -> None:
        build = self.build
        countries = build.territories.codes(cells(row["countries"]))
        entity_id = build.entity(
            list_id=self.list_id,
            number=row["id"],
            schema=schema,
            name=row["name"],
            topics=self._topics(row),
            source_row=source_row,
            countries=countries,
            remarks=f"birth date: {', '.join(cells(row['birth_date']))}" if row.get("birth_date", "") != "" else None,
        )
        build.name(entity_id, row["name"])
        for alias in cells(row["aliases"]):
            build.name(entity_id, alias, NameKind.ALIAS)
        for address in cells(row.get("addresses", "")):
            build.address(entity_id, address, address_territory(address))
        for value in cells(row["identifiers"]):
            build.identifier(entity_id, *_identifier(value, countries))
        self._sanction(entity_id, row)

    def _topics(self, row: Row) -> list[str]:
        """Topics of the row's programs and dataset; "sanction" where no table says more."""
        marks = [*cells(row.get("program_ids", "")), *cells(row["dataset"])]
        known = [source_lists()[mark] for mark in marks if mark in source_lists()]
        if len(known) == 0:
            self.assumed_topics += 1
            return [Topic.SANCTION.value]
        return unique([topic for source in known for topic in source.topics])

    def _sanction(self, entity_id: str, row: Row) -> None:
        datasets = cells(row["dataset"])
        known = [source_lists()[name].authority for name in datasets if name in source_lists()]
        listing = Listing(
            authority="; ".join(known if len(known) > 0 else datasets) or "OpenSanctions",
            reason="; ".join(cells(row["sanctions"])) or None,
            not_after=iso_day(row["first_seen"]),
        )
        self.build.sanction(entity_id, listing, unique(cells(row.get("program_ids", ""))))

    def notes(self) -> list[str]:
        """What was assumed."""
        said = ["the file gives no listing dates; first_seen is kept as the day by which a party was listed"]
        if self.assumed_topics > 0:
            said.append(f"{self.assumed_topics:,} parties got the topic 'sanction': the file names none")
        return said


def _identifier(value: str, countries: list[str]) -> tuple[str, str]:
    """Kind and value: the file mixes tax, register and ship numbers."""
    if is_inn(value) and "RU" in countries:
        return "inn", value
    imo = re.fullmatch(r"IMO(\d{7})", value)
    found = read_identifier("other", f"IMO {imo[1]}" if imo is not None else value, countries)
    return closer_kind(found.kind, found.value, countries), found.value


def _edition(path: Path, seen: list[str | None], list_id: str | None, version: str | None, is_confidential: bool) -> Edition:
    last = max((text for text in seen if text is not None), default="")
    return edition_said(path, iso_day(last), list_id=list_id, list_version=version, is_confidential=is_confidential)
