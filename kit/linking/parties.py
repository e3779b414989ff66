"""Listed entries as they are compared: names, territories, numbers, dates of birth, who lists them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pyarrow as pa

from kit.dates import parse_date
from kit.errors import ValueFormError
from kit.linking.numbers import Numbers, read_numbers
from kit.model import DatePrecision, NameKind, Schema

_BIRTH = re.compile(r"(?:date of birth|birth ?date|born)\s*:?\s*(?:EXACT\s+)?([0-9][0-9./-]{7,9})", re.IGNORECASE)
_FOREIGN_INN = "9909"  # Russian tax numbers of foreign organizations (order of the tax service MMV-7-6/435@, 2012)
_PART_OF = {"HK": "CN", "MO": "CN"}  # lists name either for one address


class PartyKind(StrEnum):
    """What can be linked to what."""

    PERSON = "person"
    FIRM = "firm or body"
    VESSEL = "vessel"
    AIRCRAFT = "aircraft"


KINDS = {
    Schema.PERSON: PartyKind.PERSON, Schema.COMPANY: PartyKind.FIRM, Schema.ORGANIZATION: PartyKind.FIRM,
    Schema.LEGAL_ENTITY: PartyKind.FIRM, Schema.VESSEL: PartyKind.VESSEL, Schema.AIRPLANE: PartyKind.AIRCRAFT,
}  # fmt: skip


@dataclass(frozen=True)
class Party:
    """One entry of one list.

    `source` is the list and its authorities: entries of one source are never linked to each other directly, as
    the list itself keeps them apart. `names` has no weak aliases. `births` are exact days.
    """

    entity_id: str
    source: str
    kind: PartyKind
    name: str
    names: tuple[str, ...]
    territories: frozenset[str]
    numbers: Numbers
    births: frozenset[str]

    def shared_territories(self, other: Party) -> list[str]:
        """Territories that both entries name; Hong Kong and Macau also stand under China."""
        mine, theirs = widened(self.territories), widened(other.territories)
        shared = mine & theirs
        return sorted(code for code in shared if not any(_PART_OF.get(part) == code for part in shared))


def widened(territories: frozenset[str]) -> frozenset[str]:
    """The territories, and those that they are a part of."""
    return territories | {_PART_OF[code] for code in territories if code in _PART_OF}


def read_parties(tables: Mapping[str, pa.Table]) -> list[Party]:
    """Gather what is known of each entry, in order of `entity_id`; entries that are only an address are left out.

    Args:
        tables: ENTITIES, NAMES, ADDRESSES, IDENTIFIERS, SANCTIONS of all lists.
    """
    names = _by_entity(tables["names"], lambda row: row["name"] if row["kind"] != NameKind.WEAK_ALIAS else None)
    addresses = _by_entity(tables["addresses"], lambda row: row["territory"])
    numbers = _by_entity(tables["identifiers"], lambda row: (row["kind"], row["value"]))
    authorities = _by_entity(tables["sanctions"], lambda row: row["authority"])
    out = []
    for row in tables["entities"].to_pylist():
        if row["is_address_only"] or Schema(row["schema"]) not in KINDS:
            continue
        key, kind = row["entity_id"], KINDS[Schema(row["schema"])]
        read = read_numbers(numbers.get(key, ()), is_vessel=kind is PartyKind.VESSEL)
        own = {*(row["countries"] or ()), *addresses.get(key, ())}
        if len(own) == 0 and any(_is_home(number) for number in read.of("inn") | read.of("ogrn")):
            own = {"RU"}  # who has a Russian tax number is registered there
        source = f"{row['list_id']} ({', '.join(sorted(set(authorities.get(key, ()))))})"
        births = _births(row["remarks"] or "") if kind is PartyKind.PERSON else frozenset()
        spelled = tuple(dict.fromkeys([row["name"], *names.get(key, ())]))
        out.append(Party(key, source, kind, row["name"], spelled, frozenset(own), read, births))
    return sorted(out, key=lambda party: party.entity_id)


def _is_home(number: str) -> bool:
    """Whether a Russian number is of somebody registered there: foreign organizations get an INN of their own kind."""
    return not (len(number) == 10 and number.startswith(_FOREIGN_INN))


def _by_entity(table: pa.Table, take: Any) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in table.to_pylist():
        value = take(row)
        if value is not None:
            found[row["entity_id"]].append(value)
    return found


def _births(remarks: str) -> frozenset[str]:
    """Exact days of birth that the remarks give; years and months are left out."""
    out = set()
    for text in _BIRTH.findall(remarks):
        try:
            read = parse_date(text.strip(".-/"), day_first=True)
        except ValueFormError:
            continue  # a year or a span: no exact day to compare
        if read.precision is DatePrecision.DAY:
            out.add(read.day.isoformat())
    return frozenset(out)
