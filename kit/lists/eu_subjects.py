"""One party of the EU's consolidated financial sanctions list, however the file wrote it.

The XML and the CSV of that list hold the same parts under the same names:
attributes of elements there, columns here. Both become a `Subject`, so that
both give the same entities.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from kit.dates import parse_date
from kit.errors import ValueFormError, counted
from kit.lists.aliases import add_name
from kit.lists.building import ListBuilder, Listing
from kit.lists.identifiers import read_identifier
from kit.lists.naming import is_fragment, unique
from kit.lists.programs import SourceList
from kit.lists.spans import iso_day
from kit.lists.telling import some_of
from kit.model import NameKind, Schema
from kit.reference import read_reference

Part = Mapping[str, str]
SCHEMAS = {"p": Schema.PERSON, "person": Schema.PERSON, "e": Schema.ORGANIZATION, "enterprise": Schema.ORGANIZATION}
NO_COUNTRY = frozenset({"", "00", "UNKNOWN"})
BOUNDED = ("listing gives no day of designation, or cites", "listings give no day of designation, or cite")
DATES = ("publicationdate", "entryintoforcedate", "regulationpublicationdate", "regulationentryintoforcedate")
SOURCE_URL = (
    "https://data.europa.eu/data/datasets/consolidated-list-of-persons-groups-and-entities-subject-to-eu-financial-sanctions"
)
_LISTED = re.compile(r"\bdate of listing\s*:?\s*(\d{1,2}[./]\d{1,2}[./]\d{4})\b", re.IGNORECASE)


@dataclass
class Subject:
    """What the list says of one party; the keys of parts are the publisher's in lower case.

    Attributes:
        number: The list's own number (logicalId).
        lines: Lines of the file that speak of it, the first one first.
        types: Words for its kind, as found: "P", "person", "E", "enterprise".
        about: Attributes of the party itself.
        remarks: Remarks on the party.
        regulations: Legal acts that list it.
        names, addresses, births, documents, citizenships: Its parts.
    """

    number: str
    lines: list[int]
    types: dict[str, None] = field(default_factory=dict)
    about: dict[str, str] = field(default_factory=dict)
    remarks: dict[str, None] = field(default_factory=dict)
    regulations: list[Part] = field(default_factory=list)
    names: list[Part] = field(default_factory=list)
    addresses: list[Part] = field(default_factory=list)
    births: list[Part] = field(default_factory=list)
    documents: list[Part] = field(default_factory=list)
    citizenships: list[Part] = field(default_factory=list)

    def text(self) -> str:
        """What it says, for the reject table."""
        said = [*self.about.values(), *(value for part in [*self.names, *self.addresses] for value in part.values())]
        return " | ".join(value for value in said if value != "")


@dataclass
class Reading:
    """Puts subjects into the list tables."""

    build: ListBuilder
    source: SourceList
    has_strength: bool
    bounded: int = 0
    undated: int = 0
    known_false: int = 0
    types: Counter[str] = field(default_factory=Counter)

    def subject(self, subject: Subject) -> bool:
        """Read one party, or reject each of its lines with the reason; says which."""
        names = [name for name in map(whole_name, subject.names) if name != ""]
        schemas = {SCHEMAS.get(word.casefold()) for word in subject.types}
        schema = next((found for found in schemas if found is not None), None)
        problem = None
        if subject.number == "":
            problem = "the party has no number (logicalId)"
        elif schema is None or len(schemas) > 1:
            problem = f"subject type {', '.join(subject.types)!r} is unknown; expected person (P) or enterprise (E)"
        elif len(names) == 0:
            problem = "the party has no name"
        elif all(is_fragment(name) for name in names):
            problem = f"the name {names[0]!r} is a fragment, no name"
        if problem is not None or schema is None:
            for line in subject.lines:
                self.build.reject(line, problem or "", subject.text())
            return False
        self._party(subject, schema)
        return True

    def _party(self, subject: Subject, schema: Schema) -> None:
        build = self.build
        named = [(name, self._kind(part)) for part in subject.names if (name := whole_name(part)) != "" and not is_fragment(name)]
        main = next((name for name, kind in named if kind is NameKind.ALIAS), named[0][0])
        citizen = [code for part in subject.citizenships if (code := self._code(part)) is not None]
        entity_id = build.entity(
            list_id=build.edition.list_id or self.source.list_id,
            number=subject.number,
            schema=schema,
            name=main,
            topics=self.source.topics,
            source_row=subject.lines[0],
            countries=citizen,
            remarks=_remarks(subject),
        )
        build.name(entity_id, main)
        for name, kind in named:
            add_name(build, entity_id, name, kind, schema)
        for part in subject.addresses:
            self._address(entity_id, part)
        for part in subject.documents:
            self._document(entity_id, part, citizen)
        self._sanctions(entity_id, subject)

    def _kind(self, part: Part) -> NameKind:
        """What the list calls a name; `strong` is in the XML only, remarks on quality are in both."""
        remark = part.get("remark", "").casefold()
        if part.get("strong", "").casefold() == "false" or "low quality" in remark or "lo quality" in remark:
            return NameKind.WEAK_ALIAS
        if "f.k.a" in remark or "formerly" in remark:
            return NameKind.PREVIOUS_NAME
        return NameKind.ALIAS

    def _code(self, part: Part) -> str | None:
        """The territory of a part: its description, else its two letters; None where the list says unknown."""
        for key in ("countrydescription", "countryiso2code"):
            said = part.get(key, "").strip()
            if said.upper() not in NO_COUNTRY:
                codes = self.build.territories.codes([said])
                if len(codes) > 0:
                    return codes[0]
        return None

    def _address(self, entity_id: str, part: Part) -> None:
        code = self._code(part)
        if code is not None:
            self.build.add_countries(entity_id, [code])
        box = part.get("pobox", "")
        pieces = [part.get("street", ""), f"P.O. Box {box}" if box != "" else "", part.get("place", ""), part.get("zipcode", "")]
        pieces += [part.get("city", ""), part.get("region", "")]
        said = unique([piece for piece in pieces if piece not in ("", "-")])
        if len(said) > 0:
            country = part.get("countrydescription", "")
            whole = ", ".join([*said, *([country] if country.upper() not in NO_COUNTRY else [])])
            self.build.address(entity_id, whole, code)

    def _document(self, entity_id: str, part: Part, citizen: Sequence[str]) -> None:
        number, code = part.get("number", "") or part.get("latinnumber", ""), self._code(part)
        if not any(c.isalnum() for c in number):
            return
        if part.get("knownfalse", "").casefold() in ("true", "1", "yes"):
            self.known_false += 1
            return
        said = part.get("identificationtypecode", "").casefold()
        kind = _document_kinds().get(said)
        if kind is None and said != "":
            self.types[said] += 1
        found = read_identifier(kind or "other", number, [code] if code is not None else citizen)
        self.build.identifier(entity_id, found.kind, found.value)

    def _sanctions(self, entity_id: str, subject: Subject) -> None:
        line = subject.lines[0]
        designated = self._day(subject.about.get("designationdate", ""), line, "the designation date") or _said_day(subject)
        cited = [self._day(part.get(key, ""), line, f"the date {key}") for part in _dated(subject) for key in DATES]
        earliest = min((day for day in cited if day is not None), default=None)
        reference = subject.about.get("eureferencenumber", "")
        acts = list({tuple(sorted(part.items())): part for part in subject.regulations}.values())
        is_bound = earliest is not None and (designated is None or earliest < designated)
        day, bound = (None, earliest) if is_bound else (designated, None)
        for part in acts if len(acts) > 0 else [{}]:
            self.bounded += 1 if bound is not None else 0
            self.undated += 1 if day is None and bound is None else 0
            citation = [part.get("numbertitle", ""), f"EU reference {reference}" if reference != "" else ""]
            listing = Listing(
                authority=self.source.authority,
                program_id=part.get("programme", "") or None,
                listing_date=day,
                not_after=bound,
                citation=", ".join(text for text in citation if text != "") or None,
                source_url=part.get("publicationurl", "") or SOURCE_URL,
            )
            self.build.sanction(entity_id, listing)

    def _day(self, text: str, line: int, what: str) -> dt.date | None:
        if text.strip() == "":
            return None
        day = iso_day(text)
        if day is None:
            self.build.reject(line, f"only the value is refused, the party is read: {what} is no day", text)
        return day

    def notes(self) -> list[str]:
        """What was assumed or unknown, one sentence each."""
        said = []
        if not self.has_strength:
            said.append("the CSV does not say which aliases are weak; the XML of the same list does: take it where you can")
        if self.bounded > 0:
            said.append(
                f"{counted(self.bounded, *BOUNDED)} an act before it: "
                "the party was listed on or before the earliest act cited, from when on is unknown"
            )
        if self.undated > 0:
            said.append(f"{counted(self.undated, 'listing has', 'listings have')} no date at all: the date is unknown")
        if self.known_false > 0:
            said.append(f"{counted(self.known_false, 'document')} that the list calls false left out")
        if self.types.total() > 0:
            shown = some_of(self.types)
            said.append(f"documents of an unknown type ({shown}) were kept as identifiers of kind 'other'")
        return said


def whole_name(part: Part) -> str:
    """The whole name of a part; the first, middle and last names where the list leaves the whole empty.

    >>> whole_name({"firstname": "Oleg", "lastname": "PLUM", "wholename": ""})
    'Oleg PLUM'
    """
    pieces = [part.get(key, "") for key in ("firstname", "middlename", "lastname")]
    whole = part.get("wholename", "").strip() or " ".join(piece for piece in pieces if piece != "")
    return " ".join(whole.split()) if any(c.isalnum() for c in whole) else ""


def _said_day(subject: Subject) -> dt.date | None:
    """The day that a remark calls the date of listing, if one does: "Date of listing: 17.3.2014"."""
    for match in (_LISTED.search(remark) for remark in subject.remarks):
        if match is not None:
            try:
                return parse_date(match[1], day_first=True).day
            except ValueFormError:
                continue
    return None


def _dated(subject: Subject) -> list[Part]:
    parts = [*subject.names, *subject.addresses, *subject.births, *subject.documents, *subject.citizenships]
    return [*subject.regulations, *parts]


def _remarks(subject: Subject) -> str | None:
    born = []
    for part in subject.births:
        year = part.get("year", "") or "–".join(v for k in ("yearrangefrom", "yearrangeto") if (v := part.get(k, "")) != "")
        where = [part.get(key, "") for key in ("city", "place", "region", "countrydescription")]
        place = ", ".join(unique([text for text in where if text.upper() not in NO_COUNTRY]))
        born.append((_birth_label(part), part.get("birthdate", "") or year))
        born.append(("place of birth", place))
    labelled = [
        *(("title", part.get("title", "")) for part in subject.names),
        *(("position", part.get("function", "")) for part in subject.names),
        *born,
        ("UN number", subject.about.get("unitednationid", "")),
        ("designation", subject.about.get("designationdetails", "")),
    ]
    said = [f"{label}: {value}" for label, value in labelled if value != ""]
    return "; ".join(unique([*said, *subject.remarks])) or None


def _birth_label(part: Part) -> str:
    """What a date of birth is: "circa", or of another calendar, it is no day to compare."""
    calendar = part.get("calendartype", "").casefold()
    said = ["circa"] if part.get("circa", "").casefold() in ("true", "1") else []
    said += [f"{calendar} calendar"] if calendar not in ("", "gregorian") else []
    return f"date of birth ({', '.join(said)})" if len(said) > 0 else "date of birth"


@cache
def _document_kinds() -> dict[str, str]:
    return {row["code"]: row["kind"] for row in read_reference("lookups", "eu_fsf_identifications.csv")}
