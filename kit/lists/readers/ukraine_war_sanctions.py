"""The portal War & Sanctions of Ukrainian defence intelligence, as JSON that its interface gives.

One answer holds one kind of record of one section: persons, companies, ships
or ship managers. The kind is read from the keys, the section from the file's
name ("uav_companies.json"). An entry is a recommendation, no legal measure,
and has no date.

No file was at hand. Keys and sections are known from the code of a public
reader (opensanctions/opensanctions, datasets/ua/war_sanctions/api).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kit.errors import FormatError
from kit.lists.building import ListBuilder, Listing
from kit.lists.editions import edition
from kit.lists.identifiers import read_identifier
from kit.lists.json_records import Broken, Record, coded, first_record, json_document, objects, record_text, text_of, texts
from kit.lists.naming import is_fragment, unique
from kit.lists.places import address_territory, split_addresses
from kit.lists.programs import SourceList, source_lists
from kit.lists.spoken import spoken_names
from kit.model import ColumnUse, NameKind, Schema, Topic
from kit.reference import read_reference
from kit.tables import ReadResult

NAME = "ukraine_war_sanctions"
SOURCE_URL = "https://war-sanctions.gur.gov.ua/"
KINDS: tuple[tuple[frozenset[str], Schema, str], ...] = (
    (frozenset({"id", "name_en", "name_uk", "itn"}), Schema.PERSON, "person"),
    (frozenset({"id", "name", "imo", "mmsi", "callsign"}), Schema.VESSEL, "vessel"),
    (frozenset({"id", "name", "short", "reg", "itn"}), Schema.ORGANIZATION, "entity"),
    (frozenset({"id", "name", "country", "imo"}), Schema.COMPANY, "entity"),
)
NAMES = ("name_en", "name", "name_uk", "name_ru")
NUMBERS = {"itn": "tax", "reg": "registration", "imo": "imo", "mmsi": "other"}
REMARKS = ("date_bd", "date_death", "city_bd", "position", "positions", "positions_main", "positions_other")
SHIP = ("type", "year", "callsign", "info")
PARTIES = ("owner", "commerce_manager", "security_manager")
USES: tuple[tuple[str, str | None, str], ...] = (
    ("id", "entity_id", "the portal's own number, with the kind of record"),
    ("name, name_en, name_uk, name_ru", "name", "the first is the name, others are aliases"),
    ("short", "name", "alias"),
    ("old_data", "name", "previous names of a ship; its flags are remarks"),
    ("itn, reg, imo, mmsi", "identifiers", "kind by key and check digits"),
    ("country, citizenships, flag", "countries", "territories"),
    ("address", "address", "as the portal writes it"),
    ("reason", "reason", "as the portal writes it"),
    ("links", "source_url", "the first"),
    ("owner, commerce_manager, security_manager", "remarks", "numbers of companies in another file of the portal"),
    ("photo, logo, documents", None, "pictures and papers"),
)


def recognizes(path: Path) -> bool:
    """Whether the first record has the keys of one of the portal's kinds.

    Raises:
        FileError: If there is no such file or it cannot be opened.
    """
    return _kind(first_record(path)) is not None


def read(path: Path, *, list_id: str | None = None, list_version: str | None = None, is_confidential: bool = False) -> ReadResult:
    """Read one answer of the portal's interface into the list tables.

    Args:
        path: The answer as it came, or its list `data`.
        list_id: Short name; without it made of section and kind (`ua_war_sanctions_uav_entity`): an answer is a list of its own.
        list_version: Edition; without it the date in the file name or the file's hash.
        is_confidential: The list may not leave the case.

    Returns:
        The tables; `source_row` is the number of the record in the file.

    Raises:
        FileError: If the JSON is broken.
        FormatError: If its records have other keys.
    """
    first = first_record(path)
    kind = _kind(first)
    if kind is None:
        expected = "persons, companies, ships or ship managers of War & Sanctions"
        raise FormatError.unknown(path, sorted(first), expected)
    build = ListBuilder(edition(path, list_id=list_id, list_version=list_version, is_confidential=is_confidential))
    source, (section, program, is_military) = source_lists()["ua_war_sanctions"], section_in_name(path.name)
    own = "_".join(part for part in (source.list_id, section, kind[1]) if part != "")
    reading = Reading(build, source, list_id or own, kind, program, is_military)
    for number, record in enumerate(json_document(path), 1):
        reading.party(number, record)
    build.notes.extend(reading.notes())
    return build.finish(NAME, [ColumnUse(*use) for use in USES])


def section_in_name(name: str) -> tuple[str, str | None, bool]:
    """The section that a file's name holds, its program, and whether it is of the arms industry.

    >>> section_in_name("uav_companies.json"), section_in_name("answer.json")
    (('uav', 'UA-WS-UAVS', True), ('', None, False))
    """
    words = set(re.split(r"[^a-z]+", name.casefold()))
    for row in read_reference("lookups", "war_sanctions_sections.csv"):
        if row["section"] in words:
            return row["section"], row["program"], row["is_military"] == "yes"
    return "", None, False


@dataclass
class Reading:
    """One pass over the records."""

    build: ListBuilder
    source: SourceList
    list_id: str
    kind: tuple[Schema, str]
    program: str | None
    is_military: bool

    def party(self, number: int, record: Record | Broken) -> None:
        """Read one party, or reject it with its reason."""
        build, list_id = self.build, self.list_id
        names = [name for key in NAMES for name in texts(record, key)] if not isinstance(record, Broken) else []
        if isinstance(record, Broken) or len(names) == 0 or is_fragment(names[0]):
            problem = record.reason if isinstance(record, Broken) else f"no name of a party: {' '.join(names)!r}"
            build.reject(number, problem, record_text(record))
            return
        schema, word = _kind(record) or self.kind  # single records may lack a key
        own = f"{word}-{text_of(record.get('id'))}"
        if own.endswith("-") or build.known(list_id, own) is not None:
            build.reject(number, f"number {own!r} is empty or stands in an earlier record as well", record_text(record))
            return
        countries = build.territories.codes(_territories(record))
        entity_id = build.entity(
            list_id=list_id,
            number=own,
            schema=schema,
            name=names[0],
            topics=unique([*self.source.topics, *([Topic.MILITARY.value] if self.is_military else [])]),
            source_row=number,
            countries=countries,
            remarks=_remarks(record, schema),
        )
        self._names(entity_id, names, record)
        for address in [piece for text in texts(record, "address") for piece in split_addresses(text)]:
            build.address(entity_id, address, address_territory(address))
        for key, said in NUMBERS.items():
            for value in texts(record, key):
                found = read_identifier(said, value, countries)
                build.identifier(entity_id, found.kind, found.value)
        listing = Listing(
            authority=self.source.authority,
            reason="; ".join(texts(record, "reason")) or None,
            source_url=next(iter(texts(record, "links")), SOURCE_URL),
        )
        build.sanction(entity_id, listing, [self.program] if self.program is not None else [])
        build.rows_read += 1

    def _names(self, entity_id: str, names: list[str], record: Record) -> None:
        self.build.name(entity_id, names[0])
        for text in [*names, *texts(record, "short")]:
            for name, kind in spoken_names(text):
                self.build.name(entity_id, name, kind)
        for old in objects(record, "old_data"):
            for name in texts(old, "name"):
                self.build.name(entity_id, name, NameKind.PREVIOUS_NAME)

    def notes(self) -> list[str]:
        """What is not known, one sentence each."""
        said = ["an entry is a recommendation of the portal, no legal measure; it has no date"]
        if self.program is None:
            said.append("the file's name holds no section of the portal (uav, components, tools, …): the program is empty")
        return said


def _kind(record: Record) -> tuple[Schema, str] | None:
    """Schema and word of the first kind whose keys a record has."""
    return next(((schema, word) for keys, schema, word in KINDS if set(record) >= keys), None)


def _territories(record: Record) -> list[str]:
    """Territories of a record; a cell may join several."""
    said = [text for key in ("country", "citizenships", "flag") for text in coded(record, key)]
    return [part for text in said for part in re.split(r"[,;/]", text)]


def _remarks(record: Record, schema: Schema) -> str | None:
    keys = SHIP if schema is Schema.VESSEL else REMARKS
    said = [f"{key.replace('_', ' ')}: {', '.join(texts(record, key))}" for key in keys if len(texts(record, key)) > 0]
    for key in PARTIES:
        for party in objects(record, key):
            since = f" since {text_of(party.get('date'))}" if text_of(party.get("date")) != "" else ""
            said.append(f"{key.replace('_', ' ')}: entity-{text_of(party.get('id'))}{since}")
    said += [f"previous flag: {flag}" for old in objects(record, "old_data") for flag in texts(old, "flag")]
    if record.get("is_shadow") in (True, 1, "1"):
        said.append("shadow fleet, as the portal says")
    return "; ".join(unique(said)) or None
