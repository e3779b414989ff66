"""What OFAC's advanced files hold, put into plain records: they point to each other by number.

One pass over the file gives everything, whatever the order of its sections.
Elements are made small at once, so that a file of 100 MB is held in a fraction of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

from kit.files.xml_records import xml_records
from kit.lists.xml_lists import child_text, own_text, whole_text

REFERENCES, ISSUED = "ReferenceValueSets", "DateOfIssue"
LOCATION, DOCUMENT, PARTY = "Location", "IDRegDocument", "DistinctParty"
RELATION, ENTRY = "ProfileRelationship", "SanctionsEntry"
TAGS = frozenset({REFERENCES, ISSUED, LOCATION, DOCUMENT, PARTY, RELATION, ENTRY})
LAST = "Last Name"
Date = tuple[str, str, str]  # year, month, day as written


@dataclass(frozen=True)
class Reference:
    """One value of a reference set: its text and what it points to."""

    text: str
    attributes: Mapping[str, str]


@dataclass(frozen=True)
class Place:
    """A location: parts by the number of their type, countries and areas by their numbers."""

    parts: tuple[tuple[str, str], ...]
    countries: tuple[str, ...]
    areas: tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """One identity document or registration."""

    line: int
    type_id: str
    identity_id: str
    country_id: str
    number: str


@dataclass(frozen=True)
class WrittenName:
    """One way in which a name is documented: its parts with the number of their type."""

    type_id: str
    is_primary: bool
    is_weak: bool
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Feature:
    """One feature: where it says a place, a text or a date; `reference_ids` point to texts."""

    type_id: str
    location_ids: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    reference_ids: tuple[str, ...] = ()
    date: str = ""


@dataclass(frozen=True)
class Party:
    """One party, with all its names and features."""

    line: int
    number: str
    profile_id: str
    subtype_id: str
    identity_ids: tuple[str, ...]
    names: tuple[WrittenName, ...]
    features: tuple[Feature, ...]
    comment: str
    content: str


@dataclass(frozen=True)
class Entry:
    """One entry in a list: when, on what basis, under which programs and measures."""

    line: int
    profile_id: str
    list_id: str
    events: tuple[tuple[str, str, Date], ...]  # type, legal basis, date
    comments: tuple[str, ...]
    measures: tuple[tuple[str, str], ...]  # type, comment


@dataclass(frozen=True)
class Relation:
    """That one profile stands in a relation to another."""

    from_id: str
    to_id: str
    type_id: str
    is_former: bool


@dataclass
class Graph:
    """The whole file."""

    issued: Date | None = None
    references: dict[tuple[str, str], Reference] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    documents: list[Document] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    def text(self, kind: str, number: str) -> str:
        """The text of a reference; empty if the file lacks it."""
        found = self.references.get((kind, number))
        return found.text if found is not None else ""

    def attribute(self, kind: str, number: str, name: str) -> str:
        """An attribute of a reference; empty if the file lacks it."""
        found = self.references.get((kind, number))
        return found.attributes.get(name, "") if found is not None else ""


def read_graph(path: Path) -> Graph:
    """Read the whole file once.

    Raises:
        FileError: If the XML is damaged, cut off, or declares a document type.
    """
    graph = Graph()
    for record in xml_records(path, TAGS):
        element, line = record.element, record.line
        if element.tag == PARTY:
            graph.parties.append(_party(element, line))
        elif element.tag == DOCUMENT:
            graph.documents.append(_document(element, line))
        elif element.tag == ENTRY:
            graph.entries.append(_entry(element, line))
        elif element.tag == LOCATION:
            graph.places[element.get("ID", "")] = _place(element)
        elif element.tag == RELATION:
            graph.relations.append(
                Relation(
                    element.get("From-ProfileID", ""),
                    element.get("To-ProfileID", ""),
                    element.get("RelationTypeID", ""),
                    _is_true(element.get("Former")),
                )
            )
        elif element.tag == REFERENCES:
            graph.references |= dict(_references(element))
        elif graph.issued is None:
            graph.issued = _date(element)
    return graph


def _references(element: Element) -> Iterator[tuple[tuple[str, str], Reference]]:
    for values in element:
        for value in values:
            yield (value.tag, value.get("ID", "")), Reference(own_text(value), dict(value.attrib))


def _place(element: Element) -> Place:
    parts = []
    for part in element.iterfind("LocationPart"):
        values = [node for node in part.iterfind("LocationPartValue") if node.get("Primary", "true").casefold() != "false"]
        for node in values[:1]:
            parts.append((part.get("LocPartTypeID", ""), child_text(node, "Value")))
    return Place(
        tuple((kind, text) for kind, text in parts if text != ""),
        tuple(node.get("CountryID", "") for node in element.iterfind("LocationCountry")),
        tuple(node.get("AreaCodeID", "") for node in element.iterfind("LocationAreaCode")),
    )


def _document(element: Element, line: int) -> Document:
    issued = element.find("IssuedBy")
    country = element.get("IssuedBy-CountryID", issued.get("CountryID", "") if issued is not None else "")
    number = child_text(element, "IDRegistrationNo")
    return Document(line, element.get("IDRegDocTypeID", ""), element.get("IdentityID", ""), country, number)


def _party(element: Element, line: int) -> Party:
    profiles = element.findall("Profile")
    identities = [identity for profile in profiles for identity in profile.iterfind("Identity")]
    first = profiles[0] if len(profiles) > 0 else element
    return Party(
        line=line,
        number=element.get("FixedRef", "") or first.get("ID", ""),
        profile_id=first.get("ID", "") if len(profiles) > 0 else "",
        subtype_id=first.get("PartySubTypeID", ""),
        identity_ids=tuple(identity.get("ID", "") for identity in identities),
        names=tuple(name for identity in identities for name in _names(identity)),
        features=tuple(_feature(node) for profile in profiles for node in profile.iterfind("Feature")),
        comment=child_text(element, "Comment"),
        content=whole_text(element)[:2000],
    )


def _names(identity: Element) -> Iterator[WrittenName]:
    types = {group.get("ID", ""): group.get("NamePartTypeID", "") for group in identity.iter("NamePartGroup")}
    is_false = _is_true(identity.get("False"))
    for alias in identity.iterfind("Alias"):
        for name in alias.iterfind("DocumentedName"):
            parts = [
                (types.get(value.get("NamePartGroupID", ""), ""), own_text(value))
                for part in name.iterfind("DocumentedNamePart")
                for value in part.iterfind("NamePartValue")
            ]
            parts = [(kind, text) for kind, text in parts if text != ""]
            if len(parts) > 0:
                yield WrittenName(
                    type_id=alias.get("AliasTypeID", ""),
                    is_primary=_is_true(alias.get("Primary")) and not is_false,
                    is_weak=_is_true(alias.get("LowQuality")) or is_false,
                    parts=tuple(parts),
                )


def _feature(element: Element) -> Feature:
    details = list(element.iter("VersionDetail"))
    period = element.find(".//DatePeriod")
    return Feature(
        type_id=element.get("FeatureTypeID", ""),
        location_ids=tuple(node.get("LocationID", "") for node in element.iter("VersionLocation")),
        texts=tuple(text for node in details if (text := own_text(node)) != ""),
        reference_ids=tuple(number for node in details if (number := node.get("DetailReferenceID", "")) != ""),
        date=_period(period) if period is not None else "",
    )


def _entry(element: Element, line: int) -> Entry:
    events = []
    for event in element.iterfind("EntryEvent"):
        date = event.find("Date")
        events.append(
            (
                event.get("EntryEventTypeID", ""),
                event.get("LegalBasisID", ""),
                _date(date) if date is not None else ("", "", ""),
            )
        )
    return Entry(
        line=line,
        profile_id=element.get("ProfileID", ""),
        list_id=element.get("ListID", ""),
        events=tuple(events),
        comments=tuple(text for event in element.iterfind("EntryEvent") for text in _comments(event)),
        measures=tuple(
            (node.get("SanctionsTypeID", ""), "; ".join(_comments(node))) for node in element.iterfind("SanctionsMeasure")
        ),
    )


def _comments(element: Element) -> list[str]:
    return [text for node in element.iterfind("Comment") if (text := own_text(node)) != ""]


def _date(element: Element) -> Date:
    year, month, day = ((element.findtext(tag) or "").strip() for tag in ("Year", "Month", "Day"))
    return year, month, day


def _period(element: Element) -> str:
    """A period as text: one day, one whole year, or its first and last day."""
    ends = [_ends(element.find(path)) for path in ("Start/From", "Start/To", "End/From", "End/To")]
    known = [end for end in ends if end != ""]
    if len(known) == 0:
        return ""
    first, last = known[0], known[-1]
    if first[:4] == last[:4] and first.endswith("-01-01") and last.endswith("-12-31"):
        return first[:4]
    return first if first == last else f"{first} to {last}"


def _ends(element: Element | None) -> str:
    if element is None:
        return ""
    year, month, day = _date(element)
    return "-".join(part.zfill(2) for part in (year, month, day) if part != "") if year != "" else ""


def _is_true(text: str | None) -> bool:
    return (text or "").strip().casefold() in ("true", "1")
