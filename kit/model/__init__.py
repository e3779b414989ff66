"""The nouns of the kit and the column contract of each table.

A table is named in capitals. `data/README.md` says the same in prose, with
units, and a test holds the two together.
"""

from __future__ import annotations

from kit.model.columns import Column, ColumnUse
from kit.model.nouns import (
    Band,
    DatePrecision,
    Direction,
    DropKind,
    FileRole,
    Judgement,
    LinkBasis,
    ListingStatus,
    NameKind,
    PartyStatus,
    RecordKind,
    RecordLevel,
    Schema,
    Topic,
)
from kit.model.of_lists import ADDRESSES, ENTITIES, IDENTIFIERS, LINKS, NAMES, SANCTIONS
from kit.model.of_trade import DECLARATIONS, DOCUMENTED_FLOWS, DROPPED, FLOWS, PARTY_ROLES
from kit.model.of_work import CANDIDATES, JUDGEMENTS, MOVEMENTS, PARTIES, REJECTS

TABLES: dict[str, tuple[Column, ...]] = {
    "entities": ENTITIES,
    "names": NAMES,
    "addresses": ADDRESSES,
    "identifiers": IDENTIFIERS,
    "sanctions": SANCTIONS,
    "declarations": DECLARATIONS,
    "dropped": DROPPED,
    "flows": FLOWS,
    "documented_flows": DOCUMENTED_FLOWS,
    "candidates": CANDIDATES,
    "judgements": JUDGEMENTS,
    "rejects": REJECTS,
    "parties": PARTIES,
    "links": LINKS,
    "movements": MOVEMENTS,
}

LIST_TABLES = ("entities", "names", "addresses", "identifiers", "sanctions")

__all__ = [
    "ADDRESSES",
    "CANDIDATES",
    "DECLARATIONS",
    "DOCUMENTED_FLOWS",
    "DROPPED",
    "ENTITIES",
    "FLOWS",
    "IDENTIFIERS",
    "JUDGEMENTS",
    "LINKS",
    "LIST_TABLES",
    "MOVEMENTS",
    "NAMES",
    "PARTIES",
    "PARTY_ROLES",
    "REJECTS",
    "SANCTIONS",
    "TABLES",
    "Band",
    "Column",
    "ColumnUse",
    "DatePrecision",
    "Direction",
    "DropKind",
    "FileRole",
    "Judgement",
    "LinkBasis",
    "ListingStatus",
    "NameKind",
    "PartyStatus",
    "RecordKind",
    "RecordLevel",
    "Schema",
    "Topic",
]
