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
from kit.lists.telling import most_of
from kit.model import LIST_TABLES, ColumnUse, FileRole, NameKind, Schema
from kit.names import script_of
from kit.tables import ReadResult, arrow_schema, conform, from_rows, reject


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
        self._rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in LIST_TABLES}  # values in the contract's order
        self._countries: dict[str, list[str]] = {}  # of each entity; the list is the one in its row
        self._remarks: dict[str, list[str]] = {}
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
        made, held = self.edition, list(dict.fromkeys(countries))
        flags = (is_address_only, made.is_confidential)
        row = (
            entity_id,
            schema.value,
            name,
            list(topics),
            held,
            list_id,
            made.version,
            *flags,
            remarks,
            made.source_file,
            source_row,
        )
        self._rows["entities"].append(row)
        self._countries[entity_id] = held
        return entity_id

    def known(self, list_id: str, number: str) -> str | None:
        """The entity_id of a list's own number, if a row before brought it."""
        entity_id = f"{list_id}:{number}"
        return entity_id if entity_id in self._countries else None

    def add_countries(self, entity_id: str, codes: Iterable[str]) -> None:
        """Add territories of a further address or row."""
        held = self._countries[entity_id]
        held.extend(code for code in dict.fromkeys(codes) if code not in held)

    def remark(self, entity_id: str, text: str) -> None:
        """Say something more beside an entity, once."""
        held = self._remarks.setdefault(entity_id, [])
        if text not in held:
            held.append(text)

    def countries(self, entity_id: str) -> list[str]:
        """The territories that an entity has so far."""
        return list(self._countries[entity_id])

    def name(self, entity_id: str, name: str, kind: NameKind = NameKind.NAME) -> None:
        """Add a name once; one that is there as a stronger kind is not added again, a fragment ("Text of image") never."""
        if kind is not NameKind.NAME and is_fragment(name):
            self.fragments[name] += 1
            return
        if self._first("name", entity_id, name):
            self._rows["names"].append((entity_id, name, kind.value, "Latin" if _is_plain(name) else script_of(name)))

    def address(self, entity_id: str, address: str, territory: str | None) -> None:
        """Add an address once."""
        if self._first("address", entity_id, address):
            self._rows["addresses"].append((entity_id, address, territory))

    def identifier(self, entity_id: str, kind: str, value: str) -> None:
        """Add an identifier once."""
        if value != "" and self._first("identifier", entity_id, kind, value):
            self._rows["identifiers"].append((entity_id, kind, value))

    def sanction(self, entity_id: str, listing: Listing, programs: Sequence[str] = ()) -> None:
        """Add why the entity is listed, one row a program; without programs one row."""
        for program in programs if len(programs) > 0 else (listing.program_id,):
            row = (entity_id, listing.authority, program, listing.provisions, listing.reason, listing.listing_date)
            until = (listing.not_before, listing.not_after, listing.end_date)
            self._rows["sanctions"].append((*row, *until, listing.citation, listing.source_url))

    def reject(self, source_row: int, reason: str, content: str = "", *, source_file: str | None = None) -> None:
        """Keep a row that could not be read."""
        self.rejected.append(reject(source_file or self.edition.source_file, source_row, reason, content))

    def finish(self, reader: str, columns: Sequence[ColumnUse], rejects: Sequence[pa.Table] = ()) -> ReadResult:
        """Turn everything into conformed tables."""
        own = from_rows("rejects", self.rejected)
        return ReadResult(
            role=FileRole.LIST,
            reader=reader,
            tables={table: self._table(table) for table in self._rows},
            rejects=pa.concat_tables([*rejects, own]),
            columns=tuple(columns),
            rows_read=self.rows_read,
            version=self.edition.version,
            notes=(self.edition.note, *self.notes, *self.territories.notes(), *self._fragment_notes()),
        )

    def _table(self, table: str) -> pa.Table:
        """The rows of a table, with the remarks that were said later."""
        rows, schema = self._rows[table], arrow_schema(table)
        columns = (
            dict(zip(schema.names, zip(*rows, strict=True), strict=True)) if len(rows) > 0 else dict.fromkeys(schema.names, ())
        )
        if table == "entities" and len(self._remarks) > 0:
            further = (self._remarks.get(entity_id, []) for entity_id in columns["entity_id"])
            said = zip(columns["remarks"], further, strict=True)
            columns["remarks"] = tuple(
                "; ".join([*([first] if first is not None else []), *more]) or None for first, more in said
            )
        return conform(table, pa.table([pa.array(columns[f.name], f.type) for f in schema], schema=schema))

    def _fragment_notes(self) -> list[str]:
        if len(self.fragments) == 0:
            return []
        shown = most_of(self.fragments)
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
