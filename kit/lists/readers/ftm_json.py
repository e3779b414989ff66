"""FollowTheMoney JSON lines: `entities.ftm.json` and `targets.nested.json` of OpenSanctions and others.

Two passes over the file, line by line: the first gathers what stands beside
parties (sanctions, addresses, documents, relations), the second reads the
parties that are listed. A party is listed if it has a topic of the kit or a
Sanction, or the mark `target` and no topics; politicians, banks and other ends
of relations are left out and said.

The schema files are known (alephdata/followthemoney, opensanctions/followthemoney);
no data file was at hand. OpenSanctions' data are CC BY-NC 4.0 unless licensed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from kit.errors import FormatError, counted
from kit.lists.building import ListBuilder, Listing
from kit.lists.editions import edition_said
from kit.lists.ftm import PARTIES, Designation, Links, fault_of, linked, name_of, properties, relations, unnested
from kit.lists.identifiers import closer_kind, read_identifier
from kit.lists.json_records import Broken, Record, first_record, json_lines, record_text, text_of, texts
from kit.lists.naming import unique
from kit.lists.places import address_territory, territory_code
from kit.lists.programs import dataset_list_id, source_lists
from kit.lists.spans import iso_day
from kit.model import ColumnUse, NameKind, Topic
from kit.tables import ReadResult

NAME = "ftm_json"
NAMES = {
    "name": NameKind.ALIAS,
    "alias": NameKind.ALIAS,
    "weakAlias": NameKind.WEAK_ALIAS,
    "previousName": NameKind.PREVIOUS_NAME,
}
COUNTRIES = ("country", "jurisdiction", "nationality", "citizenship", "mainCountry", "flag")
NUMBERS = {
    "innCode": "inn",
    "ogrnCode": "ogrn",
    "kppCode": "kpp",
    "imoNumber": "imo",
    "leiCode": "lei",
    "taxNumber": "tax",
    "vatCode": "tax",
    "registrationNumber": "registration",
    "uscCode": "registration",
    "passportNumber": "passport",
    "idNumber": "other",
    "okpoCode": "other",
    "swiftBic": "other",
    "mmsi": "other",
    "dunsCode": "other",
    "uniqueEntityId": "other",
}
REMARKS = ("birthDate", "birthPlace", "position", "title", "sector", "legalForm", "incorporationDate", "type", "notes")
ASSUMED_TOPIC = Topic.EXPORT_RISK
USES: dict[str, tuple[str | None, str]] = {
    "id": ("entity_id", "the publisher's own id"),
    "schema": ("schema", "FollowTheMoney name"),
    **{key: ("name", f"{kind.value}; the caption or first name is the name") for key, kind in NAMES.items()},
    "topics": ("topics", "those that the kit knows; others are said in the remarks"),
    "address": ("address", "text"),
    "addressEntity": ("address", "joined to its Address"),
    **dict.fromkeys(COUNTRIES, ("countries", "ISO codes in lower case; special codes are left out")),
    **dict.fromkeys(NUMBERS, ("identifiers", "kind by the property")),
    **dict.fromkeys(REMARKS, ("remarks", "said beside the entity")),
    "Sanction": ("reason", "joined by its entity: one row of sanctions a program"),
    "Identification, Passport": ("identifiers", "joined by their holder"),
    "Ownership, Directorship, …": ("remarks", "relations, said at both ends"),
    "first_seen": ("listed_not_after", "for a party without Sanction: it was on the list by this day"),
}


def recognizes(path: Path) -> bool:
    """Whether the first line is an object with an id, a schema and properties.

    Raises:
        FileError: If there is no such file or it cannot be opened.
    """
    first = first_record(path)
    return fault_of(first) is None


def read(path: Path, *, list_id: str | None = None, list_version: str | None = None, is_confidential: bool = False) -> ReadResult:
    """Read FollowTheMoney JSON lines into the list tables.

    Memory grows with the parties that are listed and what is joined to them,
    not with the file.

    Args:
        path: The file, also packed with gzip.
        list_id: Short name; without it that of the dataset, or `opensanctions` for several.
        list_version: Edition; without it the date in the file name, else the latest `last_seen`.
        is_confidential: The list may not leave the case.

    Returns:
        The tables. `rows_read` counts parties; `notes` say how many lines were
        joined to them, and which were left out.

    Raises:
        FileError: If the file cannot be unpacked.
        FormatError: If its first line is no entity.
    """
    if not recognizes(path):
        raise FormatError(f"{path.name}: the first line is no entity; expected an object with id, schema and properties.")
    survey = Survey()
    for _, record in json_lines(path):
        if not isinstance(record, Broken):
            survey.take(record)
    day = iso_day(survey.last_seen)
    made = edition_said(path, day, list_id=list_id, list_version=list_version, is_confidential=is_confidential)
    reading = Reading(ListBuilder(made), list_id or dataset_list_id(sorted(survey.datasets)), survey)
    for number, record in json_lines(path):
        reading.line(number, record)
    reading.tie()
    reading.build.notes.extend(reading.notes())
    seen = [ColumnUse(name, *use) for name, use in USES.items()]
    others = [ColumnUse(name, None, "not used") for name in sorted(reading.properties - USES.keys())]
    return reading.build.finish(NAME, [*seen, *others])


@dataclass
class Survey:
    """The first pass: what is joined to parties, and what the file as a whole says."""

    links: Links = field(default_factory=Links)
    datasets: set[str] = field(default_factory=set)
    last_seen: str = ""
    has_marks: bool = False

    def take(self, record: Record) -> None:
        """Look at one line; a broken entity is left to the second pass."""
        if fault_of(record) is not None:
            return
        for inner, holder in unnested(record):
            self.links.take(inner, holder)
        self.datasets.update(texts(record, "datasets"))
        self.last_seen = max(self.last_seen, text_of(record.get("last_seen")))
        is_marked = len(texts(properties(record), "topics")) > 0 or record.get("target") is True
        self.has_marks = self.has_marks or is_marked or len(self.links.designations) > 0


@dataclass
class Reading:
    """The second pass: the parties that are listed."""

    build: ListBuilder
    list_id: str
    survey: Survey
    properties: set[str] = field(default_factory=set)
    unlisted: Counter[str] = field(default_factory=Counter)
    other_topics: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)
    assumed: Counter[str] = field(default_factory=Counter)
    ids: dict[str, str] = field(default_factory=dict)
    ends: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Know which names the relations will need."""
        self.ends = self.survey.links.ends()

    def line(self, number: int, record: Record | Broken) -> None:
        """Read one line: a party, something joined to one, or neither; or reject it with its reason."""
        problem = record.reason if isinstance(record, Broken) else fault_of(record)
        if problem is not None or isinstance(record, Broken):
            self.build.reject(number, problem or "", record_text(record))
            return
        schema, own = text_of(record.get("schema")), text_of(record.get("id"))
        if schema not in PARTIES:
            self.others.update([schema] if schema not in self.survey.links.counts else [])
            return
        if own in self.ends:
            self.survey.links.names[own] = name_of(record)
        if not self._is_listed(record, own):
            self.unlisted[schema] += 1
        elif name_of(record) == "" or own in self.ids:
            reason = f"id {own!r} stands in an earlier line as well" if own in self.ids else "the party has no name"
            self.build.reject(number, reason, record_text(record))
        else:
            self._party(record, own, number)
            self.build.rows_read += 1

    def _is_listed(self, record: Record, own: str) -> bool:
        """Whether a party is taken; `target` alone is no mark for a politician or bank, whose topics are not the kit's."""
        if own in self.survey.links.designations or len(_topics(record)) > 0:
            return True
        others = texts(properties(record), "topics")
        self.other_topics.update(others)
        return not self.survey.has_marks or (record.get("target") is True and len(others) == 0)

    def _party(self, record: Record, own: str, number: int) -> None:
        build, said = self.build, properties(record)
        self.properties.update(said)
        countries = [text for key in COUNTRIES for text in texts(said, key)]
        entity_id = self.ids[own] = build.entity(
            list_id=self.list_id,
            number=own,
            schema=PARTIES[text_of(record.get("schema"))],
            name=name_of(record),
            topics=self._party_topics(record, own),
            source_row=number,
            countries=build.territories.codes(countries),
            remarks=_remarks(said),
        )
        build.name(entity_id, name_of(record))
        for key, kind in NAMES.items():
            for name in texts(said, key):
                build.name(entity_id, name, kind)
        for address in texts(said, "address"):
            build.address(entity_id, address, address_territory(address))
        for place in linked(record, "addressEntity"):
            found = self.survey.links.places.get(place)
            if found is not None and found.text != "":
                build.address(entity_id, found.text, found.territory or address_territory(found.text))
        self._numbers(entity_id, own, said, [code for code in map(territory_code, countries) if code is not None])
        self._sanctions(entity_id, record, own)

    def _numbers(self, entity_id: str, own: str, said: Record, territories: list[str]) -> None:
        for key, kind in NUMBERS.items():
            for value in texts(said, key):
                found = read_identifier(kind, value.removeprefix("IMO").strip() if kind == "imo" else value, territories)
                self.build.identifier(entity_id, closer_kind(found.kind, found.value, territories), found.value)
        for kind, value, _ in self.survey.links.documents.get(own, []):
            self.build.identifier(entity_id, kind, value)

    def _sanctions(self, entity_id: str, record: Record, own: str) -> None:
        found = self.survey.links.designations.get(own, [])
        for designation in found:
            self._sanction(entity_id, designation, _authority(record))
        if len(found) == 0:
            programs = texts(properties(record), "programId") or texts(properties(record), "program")
            self.build.sanction(
                entity_id, Listing(_authority(record), not_after=iso_day(text_of(record.get("first_seen")))), unique(programs)
            )

    def _sanction(self, entity_id: str, said: Designation, dataset: str) -> None:
        if said.end.first is not None:
            self.build.remark(
                entity_id, f"it ended between {said.end.first} and {said.end.last}; the last of these days is taken"
            )
        listing = Listing(
            authority=said.authority or dataset,
            provisions=said.provisions or None,
            reason=said.reason or None,
            listing_date=said.start.day,
            not_before=said.start.first,
            not_after=said.start.last,
            end_date=said.end.day if said.end.day is not None else said.end.last,
            citation=said.number or None,
            source_url=said.url or None,
        )
        self.build.sanction(entity_id, listing, unique(said.programs))

    def _party_topics(self, record: Record, own: str) -> list[str]:
        """Topics of the party, else of its programs and dataset; assumed where nothing says them."""
        known = _topics(record)
        if len(known) > 0:
            return known
        designations = self.survey.links.designations.get(own, [])
        marks = [*(mark for one in designations for mark in one.programs), *texts(record, "datasets")]
        sources = [source_lists()[mark] for mark in marks if mark in source_lists()]
        if len(sources) > 0:
            return unique([topic for source in sources for topic in source.topics])
        has_others = len(texts(properties(record), "topics")) > 0  # such as "debarment", which is no sanction
        topic = Topic.SANCTION if len(designations) > 0 and not has_others else ASSUMED_TOPIC
        self.assumed[topic.value] += 1
        return [topic.value]

    def tie(self) -> None:
        """Say each relation at those of its ends that are listed."""
        names = self.survey.links.names
        for schema, start, end, role in self.survey.links.ties:
            said, how = relations()[schema], f" ({role})" if role != "" else ""
            for own, words, other in ((start, said.from_says, end), (end, said.to_says, start)):
                if own in self.ids:
                    self.build.remark(self.ids[own], f"{words} {names.get(other) or other}{how}")

    def notes(self) -> list[str]:
        """What was joined, assumed and left out, one sentence each."""
        links = self.survey.links
        count = links.counts.total()
        said = []
        if count > 0:
            what = counted(count, "entity that says", "entities that say")
            said.append(f"{what} something about a party joined to it: {_with_counts(links.counts)}")
        orphans = sum(len(held) for party, held in links.designations.items() if party not in self.ids)
        if orphans > 0:
            who = "a party that the file does not hold, or that could not be read"
            said.append(f"{counted(orphans, 'sanction names', 'sanctions name')} {who}")
        if not self.survey.has_marks:
            said.append("the file marks no party as listed: all its parties were taken")
        lines = (
            (self.unlisted, "party is not listed itself", "parties are not listed themselves", "left out; relations name such"),
            (self.other_topics, "topic", "topics", "not the kit's"),
            (self.others, "entity is no party", "entities are no parties", "left out"),
            (self.assumed, "party", "parties", "a topic that the file does not name was assumed"),
            (links.unread_dates, "date", "dates", "left empty, could not be read"),
        )
        return [
            *said,
            *(
                f"{counted(counts.total(), one, many)}, {words}: {_with_counts(counts)}"
                for counts, one, many, words in lines
                if counts.total() > 0
            ),
        ]


def _topics(record: Record) -> list[str]:
    return [topic for topic in unique(texts(properties(record), "topics")) if topic in set(Topic)]


def _authority(record: Record) -> str:
    """Who lists, by the names of the datasets."""
    datasets = texts(record, "datasets")
    known = unique([source_lists()[name].authority for name in datasets if name in source_lists()])
    return "; ".join(known if len(known) > 0 else datasets) or "not named"


def _remarks(said: Record) -> str | None:
    topics = [topic for topic in texts(said, "topics") if topic not in set(Topic)]
    lines = [("topics", topics), *((key, texts(said, key)) for key in REMARKS)]
    return "; ".join(f"{label}: {', '.join(values)[:2000]}" for label, values in lines if len(values) > 0) or None


def _with_counts(counts: Counter[str]) -> str:
    return ", ".join(f"{text} {count:,}" for text, count in counts.most_common(8))
