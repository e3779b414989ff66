"""The Consolidated List of the UN Security Council, as the XML that it publishes.

One element is one person or entity. The name of an entity stands in FIRST_NAME;
that of a person in up to four parts. An alias of quality "Low" is a weak one.
The list says under which regime a party is listed and since when, not which measure applies.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

from kit.errors import counted
from kit.files.xml_records import Record
from kit.lists.building import ListBuilder, Listing
from kit.lists.editions import edition_said
from kit.lists.identifiers import label_kind, read_identifier
from kit.lists.naming import is_fragment, name_number, unique
from kit.lists.places import territory_codes_in
from kit.lists.programs import SourceList, source_lists
from kit.lists.spans import iso_day
from kit.lists.spoken import spoken_names
from kit.lists.telling import some_of
from kit.lists.xml_lists import child_text, has_root, read_elements, the_root, whole_text
from kit.model import ColumnUse, NameKind, Schema
from kit.tables import ReadResult

NAME = "un_xml"
ROOT = "CONSOLIDATED_LIST"
SOURCE_URL = "https://main.un.org/securitycouncil/en/content/un-sc-consolidated-list"
SCHEMAS = {"INDIVIDUAL": Schema.PERSON, "ENTITY": Schema.ORGANIZATION}
QUALITIES = {
    "": NameKind.ALIAS,
    "good": NameKind.ALIAS,
    "a.k.a.": NameKind.ALIAS,
    "low": NameKind.WEAK_ALIAS,
    "f.k.a.": NameKind.PREVIOUS_NAME,
}
NAME_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
PLACE_PARTS = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE")
USES: tuple[tuple[str, str | None, str], ...] = (
    ("FIRST_NAME … FOURTH_NAME", "name", "joined by blanks; an entity has the first only"),
    ("NAME_ORIGINAL_SCRIPT", "name", "alias in its own script"),
    ("ALIAS", "name", "quality Low is a weak alias, f.k.a. a previous name; an empty alias is none"),
    ("ADDRESS", "address", "street, city, province, postal code and country; a country alone is a territory"),
    ("NATIONALITY", "countries", "nationality"),
    ("DOCUMENT", "identifiers", "passports and national numbers"),
    ("REFERENCE_NUMBER", "entity_id", "the list's own number; also the citation"),
    ("UN_LIST_TYPE", "program_id", "regime"),
    ("LISTED_ON", "listing_date", "exact day"),
    ("COMMENTS1", "remarks", "also IMO numbers"),
    ("DESIGNATION, TITLE, DATE_OF_BIRTH, PLACE_OF_BIRTH", "remarks", "said beside the entity"),
    ("SORT_KEY, VERSIONNUM, LAST_DAY_UPDATED", None, "the publisher's own"),
)
_SEVERAL = re.compile(r"\s*;\s*|\s+[b-h]\)\s+")
_IMO = re.compile(r"\bIMO(?:\s*(?:number|no\.?|ID))?\s*[:#]?\s*(\d{7})\b", re.IGNORECASE)


def recognizes(path: Path) -> bool:
    """Whether the file is XML whose outermost element is CONSOLIDATED_LIST.

    Raises:
        FileError: If it is XML that cannot be read or has a document type declaration.
    """
    return has_root(path, ROOT)


def read(path: Path, *, list_id: str | None = None, list_version: str | None = None, is_confidential: bool = False) -> ReadResult:
    """Read the UN list into the list tables, one element at a time.

    Args:
        path: The XML file.
        list_id: Short name; without it `un_sc`.
        list_version: Edition; without it the date in the file name, else the day the file was made.
        is_confidential: The list may not leave the case.

    Returns:
        The tables; `source_row` is the line on which the element begins.

    Raises:
        FileError: If the XML is damaged, cut off, or declares a document type.
        FormatError: If it is another XML file.
    """
    root = the_root(path, ROOT, "Give the UN list as its publisher has it.")
    day = iso_day(root.attributes.get("dateGenerated", ""))
    made = edition_said(path, day, list_id=list_id, list_version=list_version, is_confidential=is_confidential)
    build = ListBuilder(made)
    reading = Reading(build, source_lists()["UN-SC"])
    read_elements(path, SCHEMAS, reading, reading.party)
    return build.finish(NAME, [ColumnUse(*use) for use in USES])


@dataclass
class Reading:
    """One pass over the elements."""

    build: ListBuilder
    source: SourceList
    empty_aliases: int = 0
    undated: int = 0
    qualities: Counter[str] = field(default_factory=Counter)

    def party(self, record: Record) -> bool:
        """Read one person or entity, or reject it with its reason; says which."""
        build, element = self.build, record.element
        name = " ".join(part for part in (child_text(element, tag) for tag in NAME_PARTS) if part != "")
        if name == "" or is_fragment(name):
            reason = "the element has no name" if name == "" else f"the name {name!r} is a fragment, no name"
            build.reject(record.line, reason, whole_text(element))
            return False
        schema = SCHEMAS[element.tag]
        countries = build.territories.codes(_values(element, "NATIONALITY"))
        number = child_text(element, "REFERENCE_NUMBER") or child_text(element, "DATAID") or name_number(name, countries)
        entity_id = build.entity(
            list_id=build.edition.list_id or self.source.list_id,
            number=number,
            schema=schema,
            name=name,
            topics=self.source.topics,
            source_row=record.line,
            countries=countries,
            remarks=_remarks(element),
        )
        self._names(entity_id, name, element)
        for address in element.iterfind(f"{element.tag}_ADDRESS"):
            self._address(entity_id, address)
        for document in element.iterfind(f"{element.tag}_DOCUMENT"):
            self._document(entity_id, document, countries)
        for imo in _IMO.findall(child_text(element, "COMMENTS1")):
            build.identifier(entity_id, "imo", imo)
        self._sanction(entity_id, element, record.line)
        return True

    def _names(self, entity_id: str, name: str, element: Element) -> None:
        build = self.build
        build.name(entity_id, name)
        for piece in _SEVERAL.split(name):
            build.name(entity_id, piece, NameKind.ALIAS)
        original = child_text(element, "NAME_ORIGINAL_SCRIPT")
        if original != "":
            build.name(entity_id, original, NameKind.ALIAS)
        for alias in element.iterfind(f"{element.tag}_ALIAS"):
            said, quality = child_text(alias, "ALIAS_NAME"), child_text(alias, "QUALITY")
            kind = QUALITIES.get(quality.casefold())
            if said == "":
                self.empty_aliases += 1
                continue
            if kind is None:
                self.qualities[quality] += 1
                kind = NameKind.WEAK_ALIAS
            for piece in [said] if _is_one(said) else _SEVERAL.split(said):
                for part, closer in spoken_names(piece, kind):
                    build.name(entity_id, part, closer)

    def _address(self, entity_id: str, address: Element) -> None:
        build, country = self.build, child_text(address, "COUNTRY")
        codes = build.territories.codes([country])
        build.add_countries(entity_id, codes)
        said = [part for part in (child_text(address, tag) for tag in PLACE_PARTS) if part != ""]
        if len(said) > 0 and len(territory_codes_in(", ".join(said))) == 0:
            whole = ", ".join([*said, *([country] if country != "" else [])])
            build.address(entity_id, whole, codes[0] if len(codes) > 0 else None)

    def _document(self, entity_id: str, document: Element, countries: list[str]) -> None:
        number = child_text(document, "NUMBER")
        kinds = [label_kind(child_text(document, tag).strip(" :.")) for tag in ("TYPE_OF_DOCUMENT", "TYPE_OF_DOCUMENT2")]
        words = " ".join(child_text(document, tag) for tag in ("TYPE_OF_DOCUMENT", "TYPE_OF_DOCUMENT2")).casefold()
        kind = (
            "passport"
            if "passe" in words or "passport" in words or "pasaporte" in words
            else next((k for k in kinds if k), "other")
        )
        if any(c.isdigit() for c in number):
            found = read_identifier(kind, number, countries)
            self.build.identifier(entity_id, found.kind, found.value)

    def _sanction(self, entity_id: str, element: Element, line: int) -> None:
        number = child_text(element, "REFERENCE_NUMBER")
        listing = Listing(
            authority=self.source.authority,
            program_id=child_text(element, "UN_LIST_TYPE") or None,
            listing_date=self._day(child_text(element, "LISTED_ON"), line),
            citation=f"UN reference number {number}" if number != "" else None,
            source_url=SOURCE_URL,
        )
        self.build.sanction(entity_id, listing)

    def _day(self, text: str, line: int) -> dt.date | None:
        if text == "":
            self.undated += 1
            return None
        day = iso_day(text)
        if day is None:
            self.build.reject(line, "only the value is refused, the element is read: LISTED_ON is no day", text)
        return day

    def notes(self) -> list[str]:
        """What held nothing or was unknown, one sentence each."""
        said = []
        if self.empty_aliases > 0:
            said.append(f"{counted(self.empty_aliases, 'alias is', 'aliases are')} empty in the file and left out")
        if self.undated > 0:
            said.append(f"{counted(self.undated, 'party has', 'parties have')} no listing date: the date is unknown")
        if self.qualities.total() > 0:
            shown = some_of(self.qualities)
            said.append(f"aliases of an unknown quality ({shown}) were taken as weak: they never match alone")
        return said


def _values(element: Element, tag: str) -> list[str]:
    return [" ".join(value.text.split()) for value in element.iterfind(f"{tag}/VALUE") if value.text is not None]


def _is_one(text: str) -> bool:
    """Whether the ";" of a text stands inside its bracket only: the text is one name with others in the bracket."""
    return _SEVERAL.search(re.sub(r"\([^()]*\)", "", text)) is None


def _remarks(element: Element) -> str | None:
    born = [
        " ".join(
            part
            for part in (child_text(date, tag) for tag in ("TYPE_OF_DATE", "DATE", "YEAR", "FROM_YEAR", "TO_YEAR"))
            if part != ""
        )
        for date in element.iterfind("INDIVIDUAL_DATE_OF_BIRTH")
    ]
    places = [
        ", ".join(part for part in (child_text(place, tag) for tag in ("CITY", "STATE_PROVINCE", "COUNTRY")) if part != "")
        for place in element.iterfind("INDIVIDUAL_PLACE_OF_BIRTH")
    ]
    labelled = (
        ("title", _values(element, "TITLE")),
        ("position", _values(element, "DESIGNATION")),
        ("date of birth", born),
        ("place of birth", places),
    )
    said = [f"{label}: {value}" for label, values in labelled for value in unique(values) if value != ""]
    comment = child_text(element, "COMMENTS1")
    return "; ".join([*said, *([comment] if comment != "" else [])]) or None
