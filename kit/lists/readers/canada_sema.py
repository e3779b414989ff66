"""The Consolidated Canadian Autonomous Sanctions List, as the XML of Global Affairs Canada.

Flat records without ids. The tags changed in 2026: `Country` became
`Country-Pays`, `TitleOrShip` became `TitleOrShipType-TitreOuTypeDeNavire`, and
so on; both are read. The element Country names the regime ("Russia / Russie"),
not where a party is from: many parties of that regime are elsewhere.

No file was at hand. The tags are known from the code of public readers
(opensanctions/opensanctions, datasets/ca/dfatd; others for the tags of 2026).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

from kit.dates import parse_date
from kit.errors import ValueFormError, counted
from kit.files.xml_records import Record, xml_records
from kit.lists.building import ListBuilder, Listing
from kit.lists.editions import edition
from kit.lists.identifiers import read_identifier
from kit.lists.naming import alternatives, is_fragment, name_number, read_alias
from kit.lists.programs import SourceList, source_lists
from kit.lists.spans import Span, span_of
from kit.lists.spoken import is_legal_form, spoken_names
from kit.lists.telling import most_of
from kit.lists.xml_lists import has_root, read_elements, the_root
from kit.model import ColumnUse, NameKind, Schema
from kit.tables import ReadResult

NAME = "canada_sema"
ROOT = "data-set"
RECORD = "record"
MARKS = frozenset({"Country", "Item", "DateOfListing", "Schedule", "EntityOrShip", "LastName", "GivenName"})
SOURCE_URL = (
    "https://www.international.gc.ca/world-monde/international_relations-relations_internationales/sanctions/"
    "consolidated-consolide.aspx?lang=eng"
)
USES: tuple[tuple[str, str | None, str], ...] = (
    ("EntityOrShip", "name", "the whole name of an entity or ship"),
    ("GivenName, LastName", "name", "joined by a blank; the parts of a person's name"),
    ("Aliases", "name", "joined by ';', ',' or '/'; one word alone is a weak alias of a person"),
    ("Country", "program_id", "the regime in English; it is no territory of the party"),
    ("Schedule, Item", "citation", "with the regime also the entity_id"),
    ("DateOfListing", "listing_date", "a month or year alone is kept as interval"),
    ("ShipIMONumber", "identifiers", "IMO number; it makes the party a vessel"),
    ("TitleOrShip", "remarks", "title of a person, type of a ship"),
    ("DateOfBirthOrShipBuildDate", "remarks", "as the list writes it"),
)
_ALIAS_WORD = re.compile(r"^\s*alias(?:es)?\s*:\s*", re.IGNORECASE)
_SEMICOLON = re.compile(r"\s*(?:;|\||\n)\s*")
_COMMA = re.compile(r"\s*,\s+|\s*/\s*(?=[^\W\d_]{2})(?<![^\W\d_]/)|\s+/\s*")
_OR = re.compile(r"\s+or\s+", re.IGNORECASE)
_INITIALS = re.compile(r"\(([A-Z]{3,})\)")
_SHIP = re.compile(r"\b(?:vessel|ship|tanker|carrier|cargo|tug)\b", re.IGNORECASE)
Cells = Mapping[str, str]


def recognizes(path: Path) -> bool:
    """Whether the file is XML whose outermost element is data-set and whose first record has the list's tags.

    Raises:
        FileError: If it is XML that cannot be read or has a document type declaration.
    """
    if not has_root(path, ROOT):
        return False
    first = next(iter(xml_records(path, {RECORD})), None)
    return first is not None and len(MARKS & set(_cells(first.element))) >= 3


def read(path: Path, *, list_id: str | None = None, list_version: str | None = None, is_confidential: bool = False) -> ReadResult:
    """Read the Canadian list into the list tables, one record at a time.

    Args:
        path: The XML file.
        list_id: Short name; without it `ca_sema`.
        list_version: Edition; without it the date in the file name or the file's hash: the file does not say it.
        is_confidential: The list may not leave the case.

    Returns:
        The tables; `source_row` is the line on which the record begins.
        Without an id of the publisher the entity_id is regime, schedule and
        item; a record that lacks an item gets the hash of its name.

    Raises:
        FileError: If the XML is damaged, cut off, or declares a document type.
        FormatError: If it is another XML file.
    """
    the_root(path, ROOT)
    build = ListBuilder(edition(path, list_id=list_id, list_version=list_version, is_confidential=is_confidential))
    reading = Reading(build, source_lists()["CA-SEMA"])
    read_elements(path, {RECORD}, reading, reading.party)
    return build.finish(NAME, [ColumnUse(*use) for use in USES])


@dataclass
class Reading:
    """One pass over the records."""

    build: ListBuilder
    source: SourceList
    undated: int = 0
    without_item: int = 0
    unknown: Counter[str] = field(default_factory=Counter)

    def party(self, record: Record) -> bool:
        """Read one record, or reject it with its reason; says which."""
        cells = _cells(record.element)
        person = " ".join(cells[tag] for tag in ("GivenName", "LastName") if tag in cells)
        name = cells.get("EntityOrShip", person)
        if name == "" or is_fragment(name):
            reason = "the record has no name" if name == "" else f"the name {name!r} is a fragment, no name"
            self.build.reject(record.line, reason, " | ".join(cells.values()))
            return False
        self.unknown.update(cells.keys() - KNOWN)
        regime = _english(cells.get("Country", ""))
        schema = _schema(cells)
        entity_id = self.build.entity(
            list_id=self.build.edition.list_id or self.source.list_id,
            number=self._number(regime, cells, name),
            schema=schema,
            name=name,
            topics=self.source.topics,
            source_row=record.line,
            remarks=_remarks(cells, schema),
        )
        self._names(entity_id, name, cells.get("Aliases", ""), schema)
        if "ShipIMONumber" in cells:
            found = read_identifier("imo", cells["ShipIMONumber"].upper().removeprefix("IMO").strip(" .:"))
            self.build.identifier(entity_id, found.kind, found.value)
        self._sanction(entity_id, regime, cells, record.line)
        return True

    def _number(self, regime: str, cells: Cells, name: str) -> str:
        if "Item" not in cells or regime == "":
            self.without_item += 1
            return name_number(f"{regime} {cells.get('Schedule', '')} {name}", [])
        short = _INITIALS.search(regime)  # "… Corrupt Foreign Officials Regulations (JVCFOR)"
        parts = (short[1] if short is not None else regime, cells.get("Schedule", ""), cells["Item"])
        return "-".join(_slug(part) for part in parts if _slug(part) != "")

    def _names(self, entity_id: str, name: str, aliases: str, schema: Schema) -> None:
        self.build.name(entity_id, name)
        if schema is Schema.ORGANIZATION:
            for piece in [*alternatives(name), *(name.split(" / ") if " / " in name else [])]:
                self._alias(entity_id, piece, NameKind.ALIAS)
        for text in _SEMICOLON.split(_ALIAS_WORD.sub("", aliases)):
            for spoken, kind in spoken_names(text):
                for piece in _pieces(spoken, schema):
                    is_weak = schema is Schema.PERSON and " " not in piece
                    self._alias(entity_id, piece, NameKind.WEAK_ALIAS if is_weak else kind)

    def _alias(self, entity_id: str, text: str, kind: NameKind) -> None:
        alias = read_alias(text, quotes_are_weak=False)
        if alias is not None and not is_legal_form(alias[0]):
            self.build.name(entity_id, alias[0], alias[1] if alias[1] is not NameKind.ALIAS else kind)

    def _sanction(self, entity_id: str, regime: str, cells: Cells, line: int) -> None:
        span = self._span(cells.get("DateOfListing", ""), line)
        schedule = cells.get("Schedule", "")
        cited = [f"schedule {schedule}" if schedule != "" else "", f"item {cells['Item']}" if "Item" in cells else ""]
        listing = Listing(
            authority=self.source.authority,
            program_id=regime or None,
            listing_date=span.day,
            not_before=span.first,
            not_after=span.last,
            citation=", ".join(part for part in cited if part != "") or None,
            source_url=SOURCE_URL,
        )
        self.build.sanction(entity_id, listing)

    def _span(self, text: str, line: int) -> Span:
        if text == "":
            self.undated += 1
            return Span()
        try:
            found = parse_date(text)
        except ValueFormError:
            self.build.reject(line, "only the value is refused, the record is read: DateOfListing is no day", text)
            return Span()
        return span_of(found.day, found.precision)

    def notes(self) -> list[str]:
        """What was assumed or unknown, one sentence each."""
        said = ["the list names the regime, not where a party is: territories are empty"]
        if self.undated > 0:
            said.append(f"{counted(self.undated, 'party has', 'parties have')} no listing date: the date is unknown")
        if self.without_item > 0:
            said.append(
                f"{counted(self.without_item, 'record has', 'records have')} no item or regime: the id is the hash of the name"
            )
        if len(self.unknown) > 0:
            shown = most_of(self.unknown)
            said.append(f"elements that this reader does not know were left out: {shown}")
        return said


KNOWN = MARKS | {"Aliases", "ShipIMONumber", "TitleOrShip", "DateOfBirthOrShipBuildDate"}


def _cells(record: Element) -> dict[str, str]:
    """The texts of a record by the English half of their tags; what is empty, or "N/A", is left out."""
    found: dict[str, str] = {}
    for child in record:
        tag = child.tag.split("-", 1)[0].replace("TitleOrShipType", "TitleOrShip")
        text = "\n".join(" ".join(line.split()) for line in "".join(child.itertext()).strip().splitlines())
        if text not in ("", "N/A"):
            found.setdefault(tag, text if tag == "Aliases" else " ".join(text.split()))
    return found


def _english(text: str) -> str:
    """The English half of "Russia / Russie".

    >>> _english("Russia / Russie"), _english("Ukraine")
    ('Russia', 'Ukraine')
    """
    return text.split("/")[0].strip()


def _slug(text: str) -> str:
    return re.sub(r"[^\w.]+", "-", text.casefold()).strip("-")


def _schema(cells: Cells) -> Schema:
    """A ship by its IMO number or type, a person by the parts of a name, else an organization."""
    title = cells.get("TitleOrShip", "")
    if "ShipIMONumber" in cells or ("EntityOrShip" in cells and _SHIP.search(title) is not None):
        return Schema.VESSEL
    return Schema.ORGANIZATION if "EntityOrShip" in cells else Schema.PERSON


def _pieces(text: str, schema: Schema) -> list[str]:
    """Names joined by commas or slashes; a legal form behind a comma stays with its name.

    >>> _pieces("Plum Trade Co., Ltd., Pear Trade", Schema.ORGANIZATION)
    ['Plum Trade Co., Ltd.', 'Pear Trade']
    """
    found: list[str] = []
    for piece in _COMMA.split(text):
        if len(found) > 0 and is_legal_form(piece):
            found[-1] = f"{found[-1]}, {piece}"
        elif piece != "":
            found.append(piece)
    return [one for piece in found for one in (_OR.split(piece) if schema is Schema.PERSON else [piece])]


def _remarks(cells: Cells, schema: Schema) -> str | None:
    is_ship, is_person = schema is Schema.VESSEL, schema is Schema.PERSON
    born = "year built" if is_ship else "date of birth" if is_person else "founded or born"
    labelled = (("ship type" if is_ship else "title", "TitleOrShip"), (born, "DateOfBirthOrShipBuildDate"))
    return "; ".join(f"{label}: {cells[tag]}" for label, tag in labelled if tag in cells) or None
