"""FollowTheMoney entities: what stands beside a party in entities of its own, and how it is joined.

A list in this model is a graph: a Sanction names the party that it is about, a
party names its Address entities, an Identification its holder, an Ownership
both ends. In `targets.nested.json` the same entities stand inside each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from sys import intern

from kit.dates import parse_date
from kit.errors import ValueFormError
from kit.lists.json_records import Record, text_of, texts
from kit.lists.places import territory_code
from kit.lists.spans import Span, span_of
from kit.model import Schema
from kit.reference import read_reference

PARTIES = {
    "Person": Schema.PERSON,
    "Company": Schema.COMPANY,
    "Organization": Schema.ORGANIZATION,
    "PublicBody": Schema.ORGANIZATION,
    "LegalEntity": Schema.LEGAL_ENTITY,
    "Vessel": Schema.VESSEL,
    "Airplane": Schema.AIRPLANE,
}
DOCUMENTS = ("Identification", "Passport")
STREET = ("postOfficeBox", "street", "street2", "city", "postalCode", "region", "state")


@dataclass(frozen=True)
class Relation:
    """A schema that joins two parties: its two properties, and what it says at each end."""

    schema: str
    from_property: str
    to_property: str
    from_says: str
    to_says: str


@dataclass(frozen=True)
class Designation:
    """What one Sanction says."""

    authority: str
    programs: tuple[str, ...]
    provisions: str
    reason: str
    start: Span
    end: Span
    number: str
    url: str


@dataclass(frozen=True)
class Place:
    """What one Address says."""

    text: str
    territory: str | None


@cache
def relations() -> Mapping[str, Relation]:
    """Relations by schema, from `data/lookups/ftm_relations.csv`."""
    keys = ("schema", "from_property", "to_property", "from_says", "to_says")
    return {row["schema"]: Relation(*(row[key] for key in keys)) for row in read_reference("lookups", "ftm_relations.csv")}


def fault_of(record: Record) -> str | None:
    """Why a record is no entity, or None."""
    if text_of(record.get("id")) == "" or text_of(record.get("schema")) == "":
        return "the entity has no id or no schema"
    return None if isinstance(record.get("properties"), dict) else "the entity has no properties"


def properties(record: Record) -> Record:
    """The properties of an entity that has some."""
    held = record.get("properties")
    return held if isinstance(held, dict) else {}


def unnested(record: Record) -> Iterator[tuple[Record, str]]:
    """An entity and all that stand inside it, each with the id of the one that holds it."""
    waiting: list[tuple[Record, str]] = [(record, "")]
    while len(waiting) > 0:
        inner, holder = waiting.pop()
        yield inner, holder
        own = text_of(inner.get("id"))
        for values in properties(inner).values():
            for value in values if isinstance(values, list) else [values]:
                if isinstance(value, dict) and fault_of(value) is None:
                    waiting.append((value, own))


def linked(record: Record, key: str) -> list[str]:
    """Ids that a property names, also where it holds the entity itself."""
    held = properties(record).get(key)
    values = held if isinstance(held, list) else [held]
    ids = [text_of(value.get("id")) if isinstance(value, dict) else text_of(value) for value in values]
    return [one for one in ids if one != ""]


@dataclass
class Links:
    """Everything that is joined to parties, gathered in a first pass."""

    designations: dict[str, list[Designation]] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    documents: dict[str, list[tuple[str, str, str | None]]] = field(default_factory=dict)
    ties: list[tuple[str, str, str, str]] = field(default_factory=list)  # schema, from, to, role
    names: dict[str, str] = field(default_factory=dict)  # of nested parties; other ends get theirs in the second pass
    counts: Counter[str] = field(default_factory=Counter)
    unread_dates: Counter[str] = field(default_factory=Counter)

    def take(self, record: Record, holder: str) -> bool:
        """Keep an entity that says something about another; False if it is a party or of no use here."""
        schema = text_of(record.get("schema"))
        if schema == "Sanction":
            designation = self._designation(properties(record))
            for party in linked(record, "entity") or [holder]:
                self.designations.setdefault(party, []).append(designation)
        elif schema == "Address":
            self._place(record)
        elif schema in DOCUMENTS:
            self._document(record, schema, holder)
        elif schema in relations():
            self._tie(record, schema, holder)
        else:
            if holder != "" and schema in PARTIES:
                self.names[text_of(record.get("id"))] = name_of(record)
            return False
        self.counts[schema] += 1
        return True

    def ends(self) -> set[str]:
        """The ids at either end of a relation."""
        return {one for _, start, end, _ in self.ties for one in (start, end)}

    def span(self, values: list[str], *, is_end: bool = False) -> Span:
        """The earliest of some dates, of end dates the latest; whole or partial. What is no date is counted."""
        found = []
        for text in values:
            try:
                found.append(parse_date(text[:10]))
            except ValueFormError:
                self.unread_dates[text] += 1
        chosen = (max if is_end else min)(found, key=lambda date: date.day, default=None)
        return span_of(chosen.day, chosen.precision) if chosen is not None else Span()

    def _designation(self, said: Record) -> Designation:
        listed = texts(said, "listingDate")
        return Designation(
            authority=intern("; ".join(texts(said, "authority"))),
            programs=tuple(intern(text) for text in texts(said, "programId") or texts(said, "program")),
            provisions=intern("; ".join(texts(said, "provisions"))),
            reason="; ".join([*texts(said, "reason"), *texts(said, "summary")]),
            start=self.span(listed if len(listed) > 0 else texts(said, "startDate")),
            end=self.span(texts(said, "endDate"), is_end=True),
            number=", ".join([*texts(said, "authorityId"), *texts(said, "unscId")]),
            url=intern(next(iter(texts(said, "sourceUrl")), "")),
        )

    def _place(self, record: Record) -> None:
        said = properties(record)
        codes = [territory_code(text) for text in texts(said, "country")]
        whole = texts(said, "full") or [", ".join(part for key in STREET for part in texts(said, key))]
        self.places[text_of(record.get("id"))] = Place(whole[0], codes[0] if len(codes) > 0 else None)

    def _document(self, record: Record, schema: str, holder: str) -> None:
        said = properties(record)
        kinds = " ".join([schema, *texts(said, "type")]).casefold()
        kind = "passport" if "passport" in kinds else "other"
        territory = next((code for code in map(territory_code, texts(said, "country")) if code is not None), None)
        for number in texts(said, "number") or texts(said, "passportNumber"):
            for party in linked(record, "holder") or [holder]:
                self.documents.setdefault(party, []).append((kind, number, territory))

    def _tie(self, record: Record, schema: str, holder: str) -> None:
        kind = relations()[schema]
        role = ", ".join([*texts(properties(record), "role"), *texts(properties(record), "relationship")])
        for start in linked(record, kind.from_property) or [holder]:
            for end in linked(record, kind.to_property) or [holder]:
                self.ties.append((schema, start, end, role))


def name_of(record: Record) -> str:
    """The name of a party: its caption if that is one of its names, else the first name."""
    names = texts(properties(record), "name")
    caption = text_of(record.get("caption"))
    return caption if caption in names else next(iter(names), "")
