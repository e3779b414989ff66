"""OFAC's advanced files: sdn_advanced.xml and cons_advanced.xml.

They hold what the classic files lack: names in all scripts, a day of listing
for each entry, numbers with their territory, and relations between parties.
Everything points to everything by number, and types are numbers as well, whose
words stand in reference sets of the same file. A party has the same id here
and in the classic files.

No file was at hand. The structure is known from OFAC's notes on the format and
from public readers (opensanctions/opensanctions, datasets/us/ofac) and samples.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from kit.errors import counted
from kit.lists.building import ListBuilder, Listing
from kit.lists.editions import edition_said
from kit.lists.identifiers import label_kind, read_identifier
from kit.lists.naming import is_fragment, unique
from kit.lists.ofac_graph import LAST, Date, Document, Entry, Feature, Graph, Party, WrittenName, read_graph
from kit.lists.programs import SourceList, source_lists
from kit.lists.spans import Span, span_of
from kit.lists.telling import some_of
from kit.lists.xml_lists import has_root, the_root
from kit.model import ColumnUse, DatePrecision, NameKind, Schema
from kit.names import script_of
from kit.tables import ReadResult

NAME = "ofac_advanced"
ROOT = "Sanctions"
SCHEMAS = {
    "individual": Schema.PERSON,
    "entity": Schema.ORGANIZATION,
    "vessel": Schema.VESSEL,
    "aircraft": Schema.AIRPLANE,
}
KINDS = {"name": NameKind.ALIAS, "a.k.a.": NameKind.ALIAS, "n.k.a.": NameKind.ALIAS, "f.k.a.": NameKind.PREVIOUS_NAME}
SDN = "SDN List"
NATIONS = ("nationality", "citizenship", "vessel flag", "nationality of registration")
NO_COUNTRY = ("", "undetermined")
UNKNOWN = "Unknown"
ORDER = ("ADDRESS1", "ADDRESS2", "ADDRESS3", "CITY", "STATE/PROVINCE", "POSTAL CODE", "REGION", UNKNOWN)
URLS = {
    "ofac_sdn": "https://sanctionslist.ofac.treas.gov/Home/SdnList",
    "ofac_cons": "https://sanctionslist.ofac.treas.gov/Home/ConsolidatedList",
}
USES: tuple[tuple[str, str | None, str], ...] = (
    ("DistinctParty/@FixedRef", "entity_id", "the same number as in the classic files"),
    ("PartySubType, PartyType", "schema", "individual, entity, vessel or aircraft"),
    ("DocumentedName", "name", "last name, comma, other parts; names in other scripts are aliases; LowQuality is a weak alias"),
    ("Feature: Location", "address", "street, city, province, postal code, country; a country alone is a territory"),
    ("Feature: nationality, citizenship, flag", "countries", "by the place it points to, else its text"),
    ("Feature: others", "identifiers", "by label (data/lookups/identifier_labels.csv); all are in remarks"),
    ("IDRegDocument", "identifiers", "kind by label, territory of the issuer"),
    ("SanctionsEntry/EntryEvent", "listing_date", "the first day; the legal basis is the citation"),
    ("SanctionsMeasure", "program_id", "of type Program; other measures and the list are provisions"),
    ("ProfileRelationship", "remarks", "said beside both parties"),
)


def recognizes(path: Path) -> bool:
    """Whether the file is XML whose outermost element is Sanctions.

    Raises:
        FileError: If it is XML that cannot be read or has a document type declaration.
    """
    return has_root(path, ROOT)


def read(path: Path, *, list_id: str | None = None, list_version: str | None = None, is_confidential: bool = False) -> ReadResult:
    """Read an advanced file of OFAC into the list tables.

    Args:
        path: The XML file.
        list_id: Short name; without it `ofac_sdn` for parties of the SDN List, `ofac_cons` for all others.
        list_version: Edition; without it the date in the file name, else the date of issue.
        is_confidential: The list may not leave the case.

    Returns:
        The tables; `source_row` is the line on which the party begins, `rows_read` counts parties.

    Raises:
        FileError: If the XML is damaged, cut off, or declares a document type.
        FormatError: If it is another XML file.
    """
    the_root(path, ROOT, "Give sdn_advanced.xml or cons_advanced.xml as OFAC has it.")
    graph = read_graph(path)
    issued = _span(graph.issued) if graph.issued is not None else None
    day = issued.day if issued is not None else None
    build = ListBuilder(edition_said(path, day, list_id=list_id, list_version=list_version, is_confidential=is_confidential))
    reading = Reading.of(build, graph)
    for party in graph.parties:
        if reading.party(party):
            build.rows_read += 1
    reading.loose()
    build.notes.extend(reading.notes())
    return build.finish(NAME, [ColumnUse(*use) for use in USES])


@dataclass
class Reading:
    """One pass over the parties, with all that points to them."""

    build: ListBuilder
    graph: Graph
    entries: dict[str, list[Entry]]
    documents: dict[str, list[Document]]
    related: dict[str, list[str]]
    used: set[int] = field(default_factory=set)  # entries and documents by identity: many may stand on one line
    codes: dict[str, str | None] = field(default_factory=dict)
    undated: int = 0
    without_entry: int = 0
    labels: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, build: ListBuilder, graph: Graph) -> Reading:
        """Put entries, documents and relations beside the profile or identity that they point to."""
        entries: dict[str, list[Entry]] = defaultdict(list)
        documents: dict[str, list[Document]] = defaultdict(list)
        for entry in graph.entries:
            entries[entry.profile_id].append(entry)
        for document in graph.documents:
            documents[document.identity_id].append(document)
        return cls(build, graph, entries, documents, _related(graph))

    def party(self, party: Party) -> bool:
        """Read one party, or reject it with its reason; says which."""
        build, graph = self.build, self.graph
        word = graph.text("PartySubType", party.subtype_id)
        if word in ("", UNKNOWN):
            word = graph.text("PartyType", graph.attribute("PartySubType", party.subtype_id, "PartyTypeID"))
        schema = SCHEMAS.get(word.casefold())
        names = _named(graph, party)
        problem = None
        if party.number == "":
            problem = "the party has no number (FixedRef)"
        elif schema is None:
            problem = f"party type {word or party.subtype_id!r} is unknown; expected Individual, Entity, Vessel or Aircraft"
        elif len(names) == 0:
            problem = "the party has no name"
        if problem is not None or schema is None:
            build.reject(party.line, problem or "", party.content)
            return False
        entries = self.entries.get(party.profile_id, []) if party.profile_id != "" else []
        source = self._source(entries)
        main = next((text for text, name in names if name.is_primary and _is_latin(text)), names[0][0])
        entity_id = build.entity(
            list_id=build.edition.list_id or source.list_id,
            number=party.number,
            schema=schema,
            name=main,
            topics=source.topics,
            source_row=party.line,
            remarks=self._remarks(party),
        )
        build.name(entity_id, main)
        for text, name in names:
            kind = KINDS.get(graph.text("AliasType", name.type_id).casefold(), NameKind.ALIAS)
            build.name(entity_id, text, NameKind.WEAK_ALIAS if name.is_weak else kind)
        for feature in party.features:
            self._feature(entity_id, feature)
        for document in chain.from_iterable(self.documents.get(number, []) for number in party.identity_ids):
            self._document(entity_id, document)
        self._sanctions(entity_id, entries, source)
        return True

    def _source(self, entries: list[Entry]) -> SourceList:
        is_other = len(entries) > 0 and all(self.graph.text("List", entry.list_id) != SDN for entry in entries)
        in_name = len(entries) == 0 and "cons" in self.build.edition.source_file.casefold()
        return source_lists()["OFAC-CONS" if is_other or in_name else "OFAC-SDN"]

    def _feature(self, entity_id: str, feature: Feature) -> None:
        label = self.graph.text("FeatureType", feature.type_id).strip()
        folded = label.casefold()
        if folded == "location":
            for number in feature.location_ids:
                self._address(entity_id, number)
        elif folded.startswith(NATIONS) and not folded.startswith("former"):
            found = [self._country(number) for number in feature.location_ids]
            self.build.add_countries(entity_id, [code for code in found if code is not None])
            self.build.add_countries(entity_id, self.build.territories.codes(self._said(feature)))
        else:
            kind = label_kind(label.rstrip(" :-"))
            if kind is not None and kind != "":
                for text in self._said(feature):
                    identifier = read_identifier(kind, text, self.build.countries(entity_id))
                    self.build.identifier(entity_id, identifier.kind, identifier.value)

    def _said(self, feature: Feature) -> list[str]:
        referred = (self.graph.text("DetailReference", number) for number in feature.reference_ids)
        return unique([text for text in (*feature.texts, *referred) if text != ""])

    def _country(self, location_id: str) -> str | None:
        """The territory of a place: its country, else its area, else the word that stands alone in it."""
        place = self.graph.places.get(location_id)
        if place is None or location_id in self.codes:
            return self.codes.get(location_id)
        words = [self._country_name(number) for number in place.countries]
        words += [self.graph.attribute("AreaCode", number, "Description") for number in place.areas]
        words += [text for kind, text in place.parts if self.graph.text("LocPartType", kind) == UNKNOWN]
        codes = self.build.territories.codes([word for word in words if word.casefold() not in NO_COUNTRY])
        self.codes[location_id] = codes[0] if len(codes) > 0 else None
        return self.codes[location_id]

    def _country_name(self, number: str) -> str:
        return self.graph.text("Country", number) or self.graph.attribute("Country", number, "ISO2")

    def _address(self, entity_id: str, location_id: str) -> None:
        code = self._country(location_id)
        self.build.add_countries(entity_id, [code] if code is not None else [])
        said = self._place_text(location_id)
        if said != "":
            place = self.graph.places[location_id]
            names = [self._country_name(number) for number in place.countries]
            whole = unique([said, *(name for name in names if name.casefold() not in NO_COUNTRY)])
            self.build.address(entity_id, ", ".join(whole), code)

    def _place_text(self, location_id: str) -> str:
        """The parts of a place in their order, without its country; empty for a country alone."""
        place = self.graph.places.get(location_id)
        if place is None:
            return ""
        parts = [(self.graph.text("LocPartType", kind), text) for kind, text in place.parts]
        known = sorted(parts, key=lambda part: ORDER.index(part[0]) if part[0] in ORDER else len(ORDER))
        if all(kind == UNKNOWN for kind, _ in known) and self._country(location_id) is not None:
            return ""
        return ", ".join(text for _, text in known)

    def _document(self, entity_id: str, document: Document) -> None:
        self.used.add(id(document))
        label = self.graph.text("IDRegDocType", document.type_id)
        kind = label_kind(label.rstrip(" :"))
        if kind is None:
            self.labels[label or document.type_id] += 1
            kind = "other"
        if kind == "" or not any(c.isalnum() for c in document.number):
            return
        code = self.build.territories.codes(
            [word for word in [self._country_name(document.country_id)] if word not in NO_COUNTRY]
        )
        found = read_identifier(kind, document.number, code or self.build.countries(entity_id))
        self.build.identifier(entity_id, found.kind, found.value)

    def _sanctions(self, entity_id: str, entries: list[Entry], source: SourceList) -> None:
        if len(entries) == 0:
            self.without_entry += 1
            self.build.sanction(entity_id, Listing(source.authority, source_url=URLS[source.list_id]))
        for entry in entries:
            self.used.add(id(entry))
            spans = [span for _, _, date in entry.events if (span := self._span(date, entry.line)) != Span()]
            span = min(spans, key=lambda one: one.day or one.first or dt.date.max, default=Span())
            self.undated += 1 if span == Span() else 0
            basis = unique([self.graph.text("LegalBasis", number) for _, number, _ in entry.events])
            named = [(self.graph.text("SanctionsType", kind), comment) for kind, comment in entry.measures]
            programs = unique([comment for kind, comment in named if kind in ("Program", "") and comment != ""])
            others = [kind for kind, _ in named if kind not in ("Program", "")]
            provisions = unique([text for text in (self.graph.text("List", entry.list_id), *others) if text != ""])
            listing = Listing(
                authority=source.authority,
                provisions="; ".join(provisions) or None,
                reason="; ".join(unique(list(entry.comments))) or None,
                listing_date=span.day,
                not_before=span.first,
                not_after=span.last,
                citation="; ".join(text for text in basis if text not in ("", UNKNOWN)) or None,
                source_url=URLS[source.list_id],
            )
            self.build.sanction(entity_id, listing, programs)

    def _span(self, date: Date, line: int) -> Span:
        if date[0] == "":
            return Span()
        span = _span(date)
        if span is None:
            written = "-".join(part for part in date if part != "")
            self.build.reject(line, "only the value is refused, the entry is read: its date is no day", written)
            return Span()
        return span

    def _remarks(self, party: Party) -> str | None:
        said = [party.comment]
        for feature in party.features:
            label = self.graph.text("FeatureType", feature.type_id).strip().rstrip(" :-")
            if label.casefold() == "location" or label == "":
                continue
            places = [self._place_text(number) or self._country(number) or "" for number in feature.location_ids]
            values = unique([text for text in (feature.date, *self._said(feature), *places) if text != ""])
            said += [f"{label}: {value}" for value in values]
        return "; ".join(unique([text for text in [*said, *self.related.get(party.profile_id, [])] if text != ""])) or None

    def loose(self) -> None:
        """Reject entries and documents that point to no party of the file."""
        reason = "only the value is refused: the {} points to a party that the file lacks or that was refused"
        for entry in self.graph.entries:
            if id(entry) not in self.used:
                self.build.reject(entry.line, reason.format("entry"), entry.profile_id)
        for document in self.graph.documents:
            if id(document) not in self.used:
                self.build.reject(document.line, reason.format("document"), document.number)

    def notes(self) -> list[str]:
        """What was assumed or unknown, one sentence each."""
        said = []
        if self.without_entry > 0:
            said.append(
                f"{counted(self.without_entry, 'party has', 'parties have')} no entry in a list of this file: no program, no date"
            )
        if self.undated > 0:
            said.append(f"{counted(self.undated, 'entry has', 'entries have')} no date: the date is unknown")
        if self.labels.total() > 0:
            shown = some_of(self.labels)
            said.append(f"documents of an unknown type ({shown}) were kept as identifiers of kind 'other'")
        return said


def whole_name(graph: Graph, name: WrittenName) -> str:
    """The whole name as OFAC's classic files write it: "PLUM, Oleg" in Latin letters, parts in their order otherwise."""
    last = [text for kind, text in name.parts if graph.text("NamePartType", kind) == LAST]
    rest = [text for kind, text in name.parts if graph.text("NamePartType", kind) != LAST]
    plain = " ".join(text for _, text in name.parts)
    if len(last) == 0 or len(rest) == 0 or not _is_latin(plain):
        return plain
    return f"{' '.join(last)}, {' '.join(rest)}"


def _named(graph: Graph, party: Party) -> list[tuple[str, WrittenName]]:
    """The names of a party that are names, each with how it was documented."""
    names = [(whole_name(graph, name), name) for name in party.names]
    return [(text, name) for text, name in names if any(c.isalnum() for c in text) and not is_fragment(text)]


def _is_latin(text: str) -> bool:
    return script_of(text) == "Latin"


def _related(graph: Graph) -> dict[str, list[str]]:
    """What relations say of each profile, in words."""
    names = {party.profile_id: whole_name(graph, party.names[0]) for party in graph.parties if len(party.names) > 0}
    out: dict[str, list[str]] = defaultdict(list)
    for relation in graph.relations:
        word = graph.text("RelationType", relation.type_id) or "linked to"
        word = f"formerly {word}" if relation.is_former else word
        if relation.to_id in names:
            out[relation.from_id].append(f"{word}: {names[relation.to_id]}")
        if relation.from_id in names:
            out[relation.to_id].append(f"{names[relation.from_id]} is {word} this party")
    return out


def _span(date: Date) -> Span | None:
    """A date in parts as a day, or the span of a month or year; None if it is none."""
    year, month, day = date
    try:
        numbers = [int(part) for part in (year, month or "1", day or "1")]
        first = dt.date(*numbers)
    except (ValueError, OverflowError):
        return None
    precision = DatePrecision.DAY if day != "" else DatePrecision.MONTH if month != "" else DatePrecision.YEAR
    return span_of(first, precision) if first.year > 1900 else None
