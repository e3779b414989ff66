"""The whole list of sanctions of the Swiss State Secretariat for Economic Affairs (SECO), as XML.

Programs, targets and places stand side by side and point to each other by
number, so the file is read twice. A target is a person, an entity or an object
(a vessel). Its names are made of parts in an order, each with spellings in
other letters or languages. The file keeps its history: targets that were
de-listed stay in it, and each modification repeats earlier states of a target,
which are passed over.

No file was at hand. Elements and attributes are known from public readers
(opensanctions/opensanctions, datasets/ch/seco_sanctions) and samples.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

from kit.errors import counted
from kit.files.xml_records import Record, xml_records
from kit.lists.building import ListBuilder, Listing
from kit.lists.editions import edition_said
from kit.lists.identifiers import read_identifier, read_labelled
from kit.lists.naming import is_fragment, unique
from kit.lists.programs import SourceList, source_lists
from kit.lists.seco_history import STEPS, Step, periods
from kit.lists.seco_names import Name, spelled
from kit.lists.spans import iso_day
from kit.lists.telling import some_of
from kit.lists.xml_lists import child_text, has_root, own_text, read_elements, the_root, whole_text
from kit.model import ColumnUse, NameKind, Schema
from kit.tables import ReadResult

NAME = "swiss_seco"
ROOT = "swiss-sanctions-list"
TARGET, PROGRAM, PLACE = "target", "sanctions-program", "place"
SCHEMAS = {"individual": Schema.PERSON, "entity": Schema.ORGANIZATION, "object": Schema.VESSEL}
OBJECTS = {"vessel": Schema.VESSEL, "ship": Schema.VESSEL, "aircraft": Schema.AIRPLANE}
KINDS = {"primary-name": NameKind.ALIAS, "alias": NameKind.ALIAS, "formerly-known-as": NameKind.PREVIOUS_NAME}
PASSPORTS = frozenset({"passport", "diplomatic-passport", "service-passport"})
GOOD = ("", "good")  # any other quality makes a name weak
QUALITIES = (*GOOD, "low")
ENGLISH = "eng"
SOURCE_URL = "https://www.sesam.search.admin.ch/sesam-search-web/pages/search.xhtml?lang=en"
USES: tuple[tuple[str, str | None, str], ...] = (
    ("target/@ssid", "entity_id", "the list's own number"),
    ("individual, entity, object", "schema", "an object is a vessel or aircraft by its type"),
    ("name-part", "name", "joined in their order, without the title; quality low is a weak alias"),
    ("spelling-variant", "name", "aliases, put together by language and script"),
    ("address, place", "address", "details, box, postal code, place, area, country; a country alone is a territory"),
    ("nationality", "countries", "two letters, else the name"),
    ("identification-document", "identifiers", "passports and others"),
    ("other-information", "identifiers", "what begins with a known label; the rest is kept in remarks"),
    ("sanctions-set-id", "program_id", "the program of that set, in English"),
    ("sanctions-set", "provisions", "the article, in English"),
    ("justification", "reason", "as the list says"),
    ("modification", "listing_date", "day of the first listing; of de-listing where the last one is that"),
    ("foreign-identifier", "citation", "number of the UN or EU"),
    ("day-month-year, place-of-birth, relation", "remarks", "said beside the entity"),
)
_NUMBER = re.compile(
    r"^(?:[A-ZА-Яа-я/]+/main )?(?:State |Business |Tax )?(registration number|Registration number)\s*:\s*", re.IGNORECASE
)


def recognizes(path: Path) -> bool:
    """Whether the file is XML whose outermost element is swiss-sanctions-list.

    Raises:
        FileError: If it is XML that cannot be read or has a document type declaration.
    """
    return has_root(path, ROOT)


def read(path: Path, *, list_id: str | None = None, list_version: str | None = None, is_confidential: bool = False) -> ReadResult:
    """Read the Swiss list into the list tables.

    Args:
        path: The XML file.
        list_id: Short name; without it `ch_seco`.
        list_version: Edition; without it the date in the file name, else the date of the list.
        is_confidential: The list may not leave the case.

    Returns:
        The tables; `source_row` is the line on which the target begins. A target that was de-listed has an `end_date`.

    Raises:
        FileError: If the XML is damaged, cut off, or declares a document type.
        FormatError: If it is another XML file.
    """
    root = the_root(path, ROOT, "Give the Swiss list as its publisher has it.")
    day = iso_day(root.attributes.get("date", ""))
    made = edition_said(path, day, list_id=list_id, list_version=list_version, is_confidential=is_confidential)
    build = ListBuilder(made)
    reading = Reading(build, source_lists()["CH-SECO"], *_looked_up(path))
    if root.attributes.get("list-type", "whole-list") != "whole-list":
        build.notes.append(f"the file is no whole list but {root.attributes['list-type']!r}: parties outside it are not shown")
    read_elements(path, {TARGET}, reading, reading.target)
    return build.finish(NAME, [ColumnUse(*use) for use in USES])


@dataclass(frozen=True)
class Measure:
    """A set of sanctions: its program and article in English."""

    program: str
    article: str


def _looked_up(path: Path) -> tuple[dict[str, Measure], dict[str, Element]]:
    """Sets of sanctions and places by their numbers, wherever they stand in the file."""
    sets: dict[str, Measure] = {}
    places: dict[str, Element] = {}
    for record in xml_records(path, {PROGRAM, PLACE, TARGET}):
        element = record.element
        if element.tag == PLACE:
            places[element.get("ssid", "")] = element
        elif element.tag == PROGRAM:
            program = _english(element, "program-key") or _english(element, "program-name")
            numbers = unique([node.get("ssid", "") for node in element.iterfind("sanctions-set")])
            for number in numbers:
                nodes = [node for node in element.iterfind("sanctions-set") if node.get("ssid", "") == number]
                sets[number] = Measure(program, _of_language(nodes))
        else:
            places |= {place.get("ssid", ""): place for place in element.iterfind(PLACE)}
    return sets, places


@dataclass
class Reading:
    """One pass over the targets."""

    build: ListBuilder
    source: SourceList
    sets: dict[str, Measure]
    places: dict[str, Element]
    delisted: int = 0
    undated: int = 0
    words: Counter[str] = field(default_factory=Counter)

    def target(self, record: Record) -> bool:
        """Read one target, or reject it with its reason; says which."""
        element, build = record.element, self.build
        node = next((child for child in element if child.tag in SCHEMAS), None)
        number = element.get("ssid", "").strip()
        schema = None
        if node is not None:
            schema = OBJECTS.get(node.get("object-type", "vessel").casefold()) if node.tag == "object" else SCHEMAS[node.tag]
        names = self._names(node) if node is not None else []
        problem = None
        if number == "":
            problem = "the target has no number (ssid)"
        elif node is None:
            problem = "the target is neither individual, entity nor object"
        elif schema is None:
            problem = f"object type {node.get('object-type', '')!r} is unknown; expected vessel or aircraft"
        elif len(names) == 0:
            problem = "the target has no name"
        if problem is not None or node is None or schema is None:
            build.reject(record.line, problem or "", whole_text(element))
            return False
        entity_id = build.entity(
            list_id=build.edition.list_id or self.source.list_id,
            number=number,
            schema=schema,
            name=names[0].text,
            topics=self.source.topics,
            source_row=record.line,
            countries=build.territories.codes(_nations(node)),
            remarks=self._remarks(node),
        )
        build.name(entity_id, names[0].text)
        for name in names:
            build.name(entity_id, name.text, name.kind)
        for address in node.iterfind("identity/address"):
            self._address(entity_id, address)
        self._numbers(entity_id, node)
        self._sanctions(entity_id, element, node, record.line)
        return True

    def _names(self, node: Element) -> list[Name]:
        """All names of a target: the primary name of its main identity first."""
        identities = sorted(node.iterfind("identity"), key=lambda identity: identity.get("main") != "true")
        found: list[Name] = []
        for identity in identities:
            for element in sorted(identity.iterfind("name"), key=lambda name: name.get("name-type") != "primary-name"):
                kind, quality = element.get("name-type", ""), element.get("quality", "")
                self.words.update([kind] if kind not in KINDS else [])
                self.words.update([quality] if quality not in QUALITIES else [])
                found += spelled(element, KINDS.get(kind, NameKind.ALIAS) if quality in GOOD else NameKind.WEAK_ALIAS)
        strong = [name for name in found if name.kind is NameKind.ALIAS and not is_fragment(name.text)]
        first = strong[:1]
        return [*first, *(name for name in found if name not in first and not is_fragment(name.text))]

    def _place(self, element: Element) -> dict[str, str]:
        """The parts of an address, those of its place below its own."""
        out: dict[str, str] = {}
        place = self.places.get(element.get("place-id", ""))
        for node in (place, element):
            for child in node if node is not None else ():
                text = own_text(child)
                if text != "":
                    out[child.tag] = text
                if child.tag == "country" and child.get("iso-code") is not None:
                    out["iso-code"] = child.get("iso-code", "")
        return out

    def _address(self, entity_id: str, element: Element) -> None:
        parts = self._place(element)
        country = parts.get("country", parts.get("iso-code", ""))
        codes = self.build.territories.codes([parts.get("iso-code", country)] if country != "" else [])
        self.build.add_countries(entity_id, codes)
        box = f"P.O. Box {parts['p-o-box']}" if "p-o-box" in parts else ""
        said = [parts.get("c-o", ""), parts.get("address-details", ""), box, parts.get("zip-code", "")]
        said = unique([text for text in [*said, parts.get("location", ""), parts.get("area", "")] if text != ""])
        if len(said) > 0:
            whole = ", ".join([*said, *([country] if country != "" else [])])
            self.build.address(entity_id, whole, codes[0] if len(codes) > 0 else None)

    def _numbers(self, entity_id: str, node: Element) -> None:
        codes = self.build.territories.codes(_nations(node))
        at = self.build.countries(entity_id)
        for document in node.iterfind("identity/identification-document"):
            number = child_text(document, "number")
            if any(c.isdigit() for c in number):
                issuer = document.find("issuer")
                of = self.build.territories.codes([issuer.get("code") or issuer.text or ""]) if issuer is not None else codes
                kind = "passport" if document.get("document-type", "") in PASSPORTS else "other"
                found = read_identifier(kind, number, of)
                self.build.identifier(entity_id, found.kind, found.value)
        for text in _texts(node, "other-information"):
            labelled = _labelled(text)
            if labelled is not None and any(c.isdigit() for c in labelled[1]):
                found = read_identifier(*labelled, at)
                self.build.identifier(entity_id, found.kind, found.value)

    def _remarks(self, node: Element) -> str | None:
        said = []
        for date in node.iterfind("identity/day-month-year"):
            parts = [date.get(key, "").zfill(width) for key, width in (("year", 4), ("month", 2), ("day", 2)) if date.get(key)]
            label = "date of birth" if node.tag == "individual" else "founded or built"
            said.append(f"{label}{_doubt(date)}: {'-'.join(parts)}")
        for place in node.iterfind("identity/place-of-birth"):
            born = self._place(place)
            said.append("place of birth: " + ", ".join(born[key] for key in ("location", "area", "country") if key in born))
        for relation in node.iterfind("relation"):
            said.append(f"relation: {relation.get('relation-type', '')} {self.source.list_id}:{relation.get('target-id', '')}")
        said += _texts(node, "other-information")
        return "; ".join(unique([text for text in said if text.strip(": -") != ""])) or None

    def _sanctions(self, entity_id: str, element: Element, node: Element, line: int) -> None:
        steps = [step for step in (self._step(change, line) for change in element.iterfind("modification")) if step is not None]
        times = periods(steps)
        self.delisted += 1 if times[-1].end is not None else 0
        self.undated += 1 if times[0].start is None and times[0].not_after is None else 0
        ids = unique([element.get("sanctions-set-id", ""), *_texts(element, "sanctions-set-id")])
        foreign = ", ".join(_texts(element, "foreign-identifier"))
        for number in [number for number in ids if number != ""] or [""]:
            measure = self.sets.get(number, Measure("", ""))
            if number != "" and number not in self.sets:
                self.words[f"sanctions set {number}"] += 1
            for time in times:
                listing = Listing(
                    authority=self.source.authority,
                    program_id=measure.program or None,
                    provisions=measure.article or None,
                    reason=" ".join(_texts(node, "justification")) or None,
                    listing_date=time.start,
                    not_after=time.not_after,
                    end_date=time.end,
                    citation=f"foreign identifier {foreign}" if foreign != "" else None,
                    source_url=SOURCE_URL,
                )
                self.build.sanction(entity_id, listing)

    def _step(self, element: Element, line: int) -> Step | None:
        """What a modification did, and the day on which it took effect (else was enacted, else published)."""
        kind = element.get("modification-type", "").strip()
        if kind not in STEPS:
            self.words[kind] += 1
        said = [text for key in ("effective", "enactment", "publication") if (text := element.get(f"{key}-date", "")) != ""]
        day = iso_day(said[0]) if len(said) > 0 else None
        if day is None and len(said) > 0:
            reason = f"only the value is refused, the target is read: the date of {kind!r} is no day"
            self.build.reject(line, reason, said[0])
        return Step(kind, day) if day is not None else None

    def notes(self) -> list[str]:
        """What was assumed or unknown, one sentence each."""
        said = []
        if self.delisted > 0:
            said.append(
                f"{counted(self.delisted, 'target was', 'targets were')} de-listed; the file keeps them, with an end date here"
            )
        if self.undated > 0:
            said.append(f"{counted(self.undated, 'target has', 'targets have')} no day of listing: the date is unknown")
        if self.words.total() > 0:
            shown = some_of(self.words)
            said.append(f"words or numbers that this reader does not know: {shown}")
        return said


def _labelled(text: str) -> tuple[str, str] | None:
    """Kind and number of "Taxpayer identification number: 77…", "IMO Number: 84…", "Registration number: 10…"."""
    named = _NUMBER.match(text)
    if named is not None:
        return ("tax" if "tax" in named[0].casefold() else "registration"), text[named.end() :].strip(" .")
    found = read_labelled(text)
    return None if found is None or found[0] == "" else (found[0], found[1].strip(" ."))


def _doubt(date: Element) -> str:
    """What keeps a date from being a day to compare: another calendar, or a quality that is not good."""
    calendar, quality = date.get("calendar", "").casefold(), date.get("quality", "")
    said = [f"{calendar} calendar"] if calendar not in ("", "gregorian") else []
    said += [f"quality {quality}"] if quality not in GOOD else []
    return f" ({', '.join(said)})" if len(said) > 0 else ""


def _nations(node: Element) -> Iterator[str]:
    for country in node.iterfind("identity/nationality/country"):
        yield country.get("iso-code") or own_text(country)


def _texts(element: Element, tag: str) -> list[str]:
    found = (own_text(node) for node in element.iterfind(tag))
    return unique([text for text in found if text != ""])


def _english(element: Element, tag: str) -> str:
    return _of_language(list(element.iterfind(tag)))


def _of_language(nodes: list[Element]) -> str:
    """The English text of several, else the first one."""
    ordered = sorted(nodes, key=lambda node: node.get("lang", ENGLISH) != ENGLISH)
    return own_text(ordered[0]) if len(ordered) > 0 else ""
