"""Puts the rows of a list together: one entity with its names, addresses, identifiers, sanctions."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from kit.lists.editions import Edition
from kit.lists.naming import is_fragment
from kit.lists.places import TerritoryReader
from kit.model import LIST_TABLES, ColumnUse, FileRole, NameKind, Schema
from kit.names import script_of
from kit.tables import ReadResult, from_rows, reject


@dataclass(frozen=True)
class Listing:
    """Why and since when an entity is listed: one row of SANCTIONS."""

    authority: str
    program_id: str | None = None
    provisions: str | None = None
    reason: str | None = None
    listing_date: dt.date | None = None
    not_before: dt.date | None = None
    not_after: dt.date | None = None
    end_date: dt.date | None = None
    citation: str | None = None
    source_url: str | None = None


class ListBuilder:
    """Collects what one list file says; `finish` turns it into the tables."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.territories = TerritoryReader()
        self.rejected: list[dict[str, Any]] = []
        self.notes: list[str] = []
        self.rows_read = 0
        self.fragments: Counter[str] = Counter()
        self._rows: dict[str, list[dict[str, Any]]] = {table: [] for table in LIST_TABLES}
        self._entities: dict[str, dict[str, Any]] = {}
        self._seen: set[tuple[str, ...]] = set()
        self._repeats: dict[str, int] = {}

    def entity(
        self,
        *,
        list_id: str,
        number: str,
        schema: Schema,
        name: str,
        topics: Sequence[str],
        source_row: int,
        countries: Iterable[str] = (),
        is_address_only: bool = False,
        remarks: str | None = None,
    ) -> str:
        """Add an entity; a number that was there before gets "-2": same hash is not the same party.

        Returns:
            The entity_id.
        """
        wanted = f"{list_id}:{number}"
        count = self._repeats.get(wanted, 0) + 1
        self._repeats[wanted] = count
        entity_id = wanted if count == 1 else f"{wanted}-{count}"
        row = {
            "entity_id": entity_id,
            "schema": schema.value,
            "name": name,
            "topics": list(topics),
            "countries": list(dict.fromkeys(countries)),
            "list_id": list_id,
            "list_version": self.edition.version,
            "is_address_only": is_address_only,
            "is_confidential": self.edition.is_confidential,
            "remarks": remarks,
            "source_file": self.edition.source_file,
            "source_row": source_row,
        }
        self._rows["entities"].append(row)
        self._entities[entity_id] = row
        return entity_id

    def known(self, list_id: str, number: str) -> str | None:
        """The entity_id of a list's own number, if a row before brought it."""
        entity_id = f"{list_id}:{number}"
        return entity_id if entity_id in self._entities else None

    def add_countries(self, entity_id: str, codes: Iterable[str]) -> None:
        """Add territories of a further address or row."""
        held = self._entities[entity_id]["countries"]
        held.extend(code for code in dict.fromkeys(codes) if code not in held)

    def name(self, entity_id: str, name: str, kind: NameKind = NameKind.NAME) -> None:
        """Add a name once; one that is there as a stronger kind is not added again, a fragment ("Text of image") never."""
        if kind is not NameKind.NAME and is_fragment(name):
            self.fragments[name] += 1
            return
        if self._first("name", entity_id, name):
            row = {
                "entity_id": entity_id,
                "name": name,
                "kind": kind.value,
                "script": "Latin" if _is_plain(name) else script_of(name),
            }
            self._rows["names"].append(row)

    def address(self, entity_id: str, address: str, territory: str | None) -> None:
        """Add an address once."""
        if self._first("address", entity_id, address):
            self._rows["addresses"].append({"entity_id": entity_id, "address": address, "territory": territory})

    def identifier(self, entity_id: str, kind: str, value: str) -> None:
        """Add an identifier once."""
        if value != "" and self._first("identifier", entity_id, kind, value):
            self._rows["identifiers"].append({"entity_id": entity_id, "kind": kind, "value": value})

    def sanction(self, entity_id: str, listing: Listing, programs: Sequence[str] = ()) -> None:
        """Add why the entity is listed, one row a program; without programs one row."""
        for program in programs if len(programs) > 0 else (listing.program_id,):
            row = {
                "entity_id": entity_id,
                "authority": listing.authority,
                "program_id": program,
                "provisions": listing.provisions,
                "reason": listing.reason,
                "listing_date": listing.listing_date,
                "listed_not_before": listing.not_before,
                "listed_not_after": listing.not_after,
                "end_date": listing.end_date,
                "citation": listing.citation,
                "source_url": listing.source_url,
            }
            self._rows["sanctions"].append(row)

    def reject(self, source_row: int, reason: str, content: str = "", *, source_file: str | None = None) -> None:
        """Keep a row that could not be read."""
        self.rejected.append(reject(source_file or self.edition.source_file, source_row, reason, content))

    def finish(self, reader: str, columns: Sequence[ColumnUse], rejects: Sequence[pa.Table] = ()) -> ReadResult:
        """Turn everything into conformed tables."""
        own = from_rows("rejects", self.rejected)
        return ReadResult(
            role=FileRole.LIST,
            reader=reader,
            tables={table: from_rows(table, rows) for table, rows in self._rows.items()},
            rejects=pa.concat_tables([*rejects, own]),
            columns=tuple(columns),
            rows_read=self.rows_read,
            version=self.edition.version,
            notes=(self.edition.note, *self.notes, *self.territories.notes(), *self._fragment_notes()),
        )

    def _fragment_notes(self) -> list[str]:
        if len(self.fragments) == 0:
            return []
        shown = ", ".join(f"{text!r} ({count})" for text, count in self.fragments.most_common(5))
        return [f"texts among the aliases that are no names were left out: {shown}"]

    def _first(self, *key: str) -> bool:
        if key in self._seen:
            return False
        self._seen.add(key)
        return True


def _is_plain(name: str) -> bool:
    """Whether a name has English letters only, as most have; saves looking at each letter."""
    return name.isascii() and name[:1].isalpha()


def row_text(row: dict[str, Any]) -> str:
    """A source row as it stood, for the reject table."""
    return " | ".join(str(value) for key, value in row.items() if key != "source_row" and value is not None)
