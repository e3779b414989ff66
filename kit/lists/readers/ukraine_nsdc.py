"""Ukraine's State Register of Sanctions (NSDC), as JSON that its interface gives: a list of subjects.

The interface gives individuals and legal persons in two answers without
saying in a record which it is, and the acts against a subject in a third.
Persons and organizations are told apart by the file's name ("individual",
"legal"); without it a subject is a party of unknown kind. Acts are read where
they were put beside the subject under `actions`.

No file was at hand. Keys are known from the code of a public reader
(opensanctions/opensanctions, datasets/ua/nsdc_sanctions).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kit.dates import parse_date
from kit.errors import ValueFormError, counted
from kit.lists.aliases import add_alias
from kit.lists.building import ListBuilder, Listing
from kit.lists.editions import edition
from kit.lists.identifiers import read_identifier
from kit.lists.json_records import (
    Broken,
    Record,
    coded,
    first_record,
    json_document,
    objects,
    record_text,
    require_keys,
    text_of,
    texts,
)
from kit.lists.naming import is_fragment, unique
from kit.lists.places import address_territory, split_addresses, territory_code
from kit.lists.programs import SourceList, source_lists
from kit.lists.spans import Span, span_of
from kit.lists.spoken import spoken_names
from kit.lists.telling import most_of
from kit.model import ColumnUse, NameKind, Schema
from kit.reference import read_reference
from kit.tables import ReadResult

NAME = "ukraine_nsdc"
MARKS = frozenset({"sid", "name", "translit", "identifiers", "attributes"})
SOURCE_URL = "https://drs.nsdc.gov.ua/"
OCCUPIED = {"DN": "UA", "LN": "UA"}  # the register's codes for occupied parts of Donetsk and Luhansk regions
PARTS = {Schema.PERSON: "_individual", Schema.ORGANIZATION: "_legal", Schema.LEGAL_ENTITY: ""}
USES: tuple[tuple[str, str | None, str], ...] = (
    ("sid", "entity_id", "the register's own number"),
    ("name", "name", "Ukrainian; spellings in brackets are aliases"),
    ("translit, aliases", "name", "aliases"),
    ("citizenships", "countries", "citizenship, or where a legal person is registered"),
    ("identifiers", "identifiers", "kinds from data/lookups/nsdc_fields.csv"),
    ("attributes", "address", "addresses, names and numbers by data/lookups/nsdc_fields.csv; all others are remarks"),
    ("actions", "provisions", "acts with their decree, dates and restrictions, if the file holds them"),
    ("bd, dd, status", "remarks", "as the register writes them"),
)
_THREE = re.compile(r"^([^()]+)\(([^(),]+),([^(),]+)\)$")
_CODED = re.compile(r"^(.+?)\s*\[([A-Z]{2})\].*$")


def recognizes(path: Path) -> bool:
    """Whether the first record has the register's keys.

    Raises:
        FileError: If there is no such file or it cannot be opened.
    """
    return set(first_record(path)) >= MARKS


def read(path: Path, *, list_id: str | None = None, list_version: str | None = None, is_confidential: bool = False) -> ReadResult:
    """Read the register's subjects into the list tables.

    Args:
        path: One answer of the interface, as it came.
        list_id: Short name; without it `ua_nsdc_individual`, `ua_nsdc_legal` or `ua_nsdc`: an answer is a list of its own.
        list_version: Edition; without it the date in the file name or the file's hash.
        is_confidential: The list may not leave the case.

    Returns:
        The tables; `source_row` is the number of the record in the file.

    Raises:
        FileError: If the JSON is broken.
        FormatError: If its records have other keys.
    """
    require_keys(path, NAME, MARKS)
    build = ListBuilder(edition(path, list_id=list_id, list_version=list_version, is_confidential=is_confidential))
    reading = Reading(build, source_lists()["UA-NSDC"], schema_in_name(path.name))
    for number, record in enumerate(json_document(path), 1):
        reading.subject(number, record)
    build.notes.extend(reading.notes())
    return build.finish(NAME, [ColumnUse(*use) for use in USES])


def schema_in_name(name: str) -> Schema:
    """What kind of subjects a file holds, by its name.

    >>> schema_in_name("subjects_legal.json").value, schema_in_name("subjects.json").value
    ('Organization', 'LegalEntity')
    """
    low = name.casefold()
    if "individual" in low or "person" in low:
        return Schema.PERSON
    return Schema.ORGANIZATION if "legal" in low else Schema.LEGAL_ENTITY


@dataclass
class Reading:
    """One pass over the records."""

    build: ListBuilder
    source: SourceList
    schema: Schema
    undated: int = 0
    unknown: Counter[str] = field(default_factory=Counter)
    unread_dates: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)

    def subject(self, number: int, record: Record | Broken) -> None:
        """Read one subject, or reject it with its reason."""
        build = self.build
        name = text_of(record.get("name")) if not isinstance(record, Broken) else ""
        sid = text_of(record.get("sid")) if not isinstance(record, Broken) else ""
        list_id = build.edition.list_id or f"{self.source.list_id}{PARTS[self.schema]}"
        problem = record.reason if isinstance(record, Broken) else None
        if problem is None and (sid == "" or name == "" or is_fragment(name)):
            problem = "the subject has no number or no name"
        elif build.known(list_id, sid) is not None:
            problem = f"number {sid!r} stands in an earlier record as well"
        if problem is not None or isinstance(record, Broken):
            build.reject(number, problem or "", record_text(record))
            return
        countries = unique([code for code in map(self._territory, coded(record, "citizenships")) if code is not None])
        entity_id = build.entity(
            list_id=list_id,
            number=sid,
            schema=self.schema,
            name=name,
            topics=self.source.topics,
            source_row=number,
            countries=countries,
            remarks=_remarks(record),
        )
        self._names(entity_id, [name, *texts(record, "translit")], texts(record, "aliases"))
        self._identifiers(entity_id, record, countries)
        for attribute in objects(record, "attributes"):
            self._attribute(entity_id, text_of(attribute.get("key")).rstrip(" :"), text_of(attribute.get("value")), countries)
        self.statuses.update(texts(record, "status"))
        self._sanctions(entity_id, record)
        build.rows_read += 1

    def _names(self, entity_id: str, whole: Iterable[str], aliases: Iterable[str]) -> None:
        self.build.name(entity_id, next(iter(whole)))
        for text in whole:
            parts = _THREE.match(text)
            found = [(part, NameKind.ALIAS) for part in parts.groups()] if parts is not None else spoken_names(text)
            for name, kind in found:
                add_alias(self.build, entity_id, name, kind)
        for text in aliases:
            for piece in text.split(";"):
                for name, kind in spoken_names(piece):
                    add_alias(self.build, entity_id, name, kind)

    def _identifiers(self, entity_id: str, record: Record, countries: list[str]) -> None:
        for item in objects(record, "identifiers"):
            said, value = text_of(item.get("id")), text_of(item.get("code"))
            coded = _CODED.match(value)  # "1149102085714 [RU] …"
            value = coded[1] if coded is not None else value
            kind = "registration" if said == "" else _target("identifier", said)
            if kind is None:
                self.unknown[said] += 1
            if value != "":
                found = read_identifier(kind or "other", value, countries)
                self.build.identifier(entity_id, found.kind, found.value)

    def _attribute(self, entity_id: str, key: str, value: str, countries: list[str]) -> None:
        target = _target("attribute", key)
        if value == "" or target == "":
            return
        if target == "address":
            for address in split_addresses(value):
                territory = address_territory(address) or territory_code(address.split(",")[0].strip())
                self.build.address(entity_id, address, territory)
        elif target in ("alias", "previous_name"):
            add_alias(self.build, entity_id, value, NameKind(target))
        elif target is not None:
            found = read_identifier(target, value, countries)
            self.build.identifier(entity_id, found.kind, found.value)
        else:
            self.build.remark(entity_id, f"{key}: {value}")

    def _sanctions(self, entity_id: str, record: Record) -> None:
        actions = objects(record, "actions")
        for action in actions:
            decree = next(iter(objects(action, "decree")), {})
            start, end = self._span(texts(decree, "date")), self._span(texts(action, "endDate"))
            self.undated += 1 if start == Span() else 0
            measures = [text for item in objects(action, "restrictions") for text in texts(item, "restriction")]
            listing = Listing(
                authority=self.source.authority,
                program_id=next(iter(texts(decree, "number")), None),
                provisions="; ".join(measures) or None,
                reason="; ".join([*texts(action, "reason"), *texts(action, "reasons")]) or None,
                listing_date=start.day,
                not_before=start.first,
                not_after=start.last,
                end_date=end.day if end.day is not None else end.last,
                citation="; ".join(texts(action, "aid")) or None,
                source_url=next(iter(texts(decree, "link")), SOURCE_URL),
            )
            self.build.sanction(entity_id, listing)
        if len(actions) == 0:
            self.undated += 1
            self.build.sanction(entity_id, Listing(self.source.authority, source_url=SOURCE_URL))

    def _span(self, values: list[str]) -> Span:
        for text in values[:1]:
            try:
                found = parse_date(text)
                return span_of(found.day, found.precision)
            except ValueFormError:
                self.unread_dates[text] += 1
        return Span()

    def _territory(self, text: str) -> str | None:
        code = OCCUPIED.get(text)
        return code if code is not None else next(iter(self.build.territories.codes([text])), None)

    def notes(self) -> list[str]:
        """What was assumed or unknown, one sentence each."""
        said = []
        if self.schema is Schema.LEGAL_ENTITY:
            said.append("the file's name does not say whether it holds individuals or legal persons: all count as persons")
        if self.undated > 0:
            said.append(
                f"{counted(self.undated, 'party or act has', 'parties or acts have')} no date in this file: the date is unknown"
            )
        lines = (
            (self.statuses, "statuses that the register gives, kept as remarks"),
            (self.unknown, "kinds of number that this reader does not know were kept as 'other'"),
            (self.unread_dates, "dates that could not be read were left empty"),
        )
        for counts, words in lines:
            if len(counts) > 0:
                said.append(f"{words}: {most_of(counts)}")
        return said


@cache
def _fields(field_name: str) -> dict[str, str]:
    rows = read_reference("lookups", "nsdc_fields.csv")
    return {row["word"].casefold(): row["target"] for row in rows if row["field"] == field_name}


def _target(field_name: str, word: str) -> str | None:
    """What a word of the register means: whole, else by its beginning up to the colon; None if it is unknown."""
    known = _fields(field_name)
    low = word.casefold()
    return known.get(low, known.get(low.split(":")[0] + ":"))


def _remarks(record: Record) -> str | None:
    labels = (("bd", "born or founded"), ("dd", "died or dissolved"), ("status", "status"))
    return "; ".join(f"{label}: {', '.join(texts(record, key))}" for key, label in labels if len(texts(record, key)) > 0) or None
