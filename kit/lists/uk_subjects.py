"""Parties of the two UK lists: rows of one number are one party, each row a name, an address or a document of it.

The UK Sanctions List and the older list of OFSI have nearly the same columns
under other names. `Reading` knows those of the first; a reader renames its own.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kit.dates import parse_date
from kit.errors import ValueFormError, counted
from kit.lists.aliases import add_name
from kit.lists.building import ListBuilder, Listing
from kit.lists.identifiers import read_identifier, read_labelled
from kit.lists.naming import is_fragment, unique
from kit.lists.places import territory_code, territory_codes_in
from kit.lists.programs import SourceList
from kit.lists.telling import some_of
from kit.model import NameKind, Schema

SCHEMAS = {"individual": Schema.PERSON, "entity": Schema.ORGANIZATION, "ship": Schema.VESSEL}
KINDS = {
    "primary name": NameKind.NAME,
    "primary name variation": NameKind.ALIAS,
    "alias": NameKind.ALIAS,
    "aka": NameKind.ALIAS,
    "a.k.a": NameKind.ALIAS,
    "fka": NameKind.PREVIOUS_NAME,
    "f.k.a": NameKind.PREVIOUS_NAME,
    "": NameKind.ALIAS,
}
NAMES = ("name 1", "name 2", "name 3", "name 4", "name 5", "name 6")
ADDRESS = (*(f"address line {i}" for i in range(1, 7)), "address postal code")
REMARKS = {
    "title": "title",
    "position": "position",
    "d.o.b": "date of birth",
    "town of birth": "town of birth",
    "country of birth": "country of birth",
    "type of entity": "type of entity",
    "parent company": "parent company",
    "subsidiaries": "subsidiaries",
    "current owner/operator (s)": "owner or operator",
    "previous owner/operator (s)": "previous owner or operator",
    "current believed flag of ship": "flag",
    "previous flags": "previous flags",
    "type of ship": "ship type",
    "tonnage of ship": "tonnage",
    "length of ship": "length",
    "year built": "year built",
    "hull identification number (hin)": "hull number",
    "ofsi group id": "OFSI group",
    "other information": "other information",
}
_NUMBERED = re.compile(r"\s*\(\d{1,2}\)\s*")
_LINES = re.compile(r"\s*(?:\n|;|\|)\s*")
_IMO = re.compile(r"^(?:IMO)?\s*(?:number)?\s*[:#]?\s*(\d{7})\b", re.IGNORECASE)
Row = Mapping[str, str]


def stands_right(row: Row) -> bool:
    """Whether the cells of a row are surely under their own headers: its number, kind, name type and day are what they should be.

    >>> stands_right({"unique id": "RUS1", "designation type": "Ship", "name type": "Alias", "date designated": "15/05/2023"})
    True
    >>> stands_right({"unique id": "RUS1", "designation type": "Asset freeze", "name type": "", "date designated": "Russia"})
    False
    """
    try:
        read_day(row.get("date designated", ""))
    except ValueFormError:
        return False
    is_kind = row.get("designation type", "").strip().casefold() in SCHEMAS
    return is_kind and row.get("name type", "").strip(" .").casefold() in KINDS and row.get("unique id", "").strip().isalnum()


@dataclass
class Subject:
    """The rows of one party, in the order of the file, with their lines."""

    number: str
    rows: list[Row] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    def values(self, key: str) -> list[str]:
        """The values of a column over its rows, each once, empty ones left out."""
        return unique([row[key] for row in self.rows if row.get(key, "") != ""])

    def text(self, line: int) -> str:
        """What stands on a line, for the reject table."""
        rows = (row for own, row in zip(self.lines, self.rows, strict=True) if own == line)
        return " | ".join(value for row in rows for value in row.values() if value != "")


def subjects(rows: Iterable[tuple[int, Row]], build: ListBuilder, number_name: str) -> list[Subject]:
    """Put the rows of each number together; a row without one is refused."""
    found: dict[str, Subject] = {}
    for line, row in rows:
        number = row.get("unique id", "")
        if number == "":
            build.reject(line, f"the row has no {number_name}", " | ".join(value for value in row.values() if value != ""))
            continue
        subject = found.setdefault(number, Subject(number))
        subject.rows.append(row)
        subject.lines.append(line)
    return list(found.values())


@dataclass
class Reading:
    """Puts subjects into the list tables."""

    build: ListBuilder
    source: SourceList
    source_url: str
    without_primary: int = 0
    undated: int = 0
    words: Counter[str] = field(default_factory=Counter)

    def subject(self, subject: Subject) -> bool:
        """Read one party, or reject each of its rows with the reason; says which."""
        named = [(name, kind) for name, kind in self._named(subject) if not is_fragment(name)]
        types = subject.values("designation type")
        schemas = {SCHEMAS.get(word.casefold()) for word in types}
        schema = next(iter(schemas)) if len(schemas) == 1 else None
        problem = None
        if schema is None:
            problem = f"designation type {', '.join(types)!r} is unknown; expected one of Individual, Entity, Ship"
        elif len(named) == 0:
            problem = "the party has no name in any of its rows"
        if problem is not None or schema is None:
            for line in dict.fromkeys(subject.lines):
                self.build.reject(line, problem or "", subject.text(line))
            return False
        self._party(subject, schema, named)
        return True

    def _named(self, subject: Subject) -> list[tuple[str, NameKind]]:
        """Names and their kinds: those in Latin letters first, then those in another script."""
        latin, other = [], []
        for row in subject.rows:
            name = " ".join(" ".join(row.get(key, "").split()) for key in NAMES if row.get(key, "") != "")
            if any(c.isalnum() for c in name):
                latin.append((name, self._kind(row)))
            script = " ".join(row.get("name non-latin script", "").split())
            if any(c.isalnum() for c in script):
                other.append((script, NameKind.ALIAS))
        return list(dict.fromkeys([*latin, *other]))

    def _kind(self, row: Row) -> NameKind:
        said, strength = row.get("name type", "").strip(" .").casefold(), row.get("alias strength", "").casefold()
        kind = KINDS.get(said)
        if kind is None:
            self.words[said] += 1
            kind = NameKind.ALIAS
        if strength != "" and not strength.startswith("good") and kind is not NameKind.NAME:
            if not strength.startswith("low"):
                self.words[strength] += 1
            return NameKind.WEAK_ALIAS
        return kind

    def _party(self, subject: Subject, schema: Schema, named: list[tuple[str, NameKind]]) -> None:
        build = self.build
        main = next((name for name, kind in named if kind is NameKind.NAME), None)
        if main is None:
            self.without_primary += 1
            main = next((name for name, kind in named if kind is not NameKind.WEAK_ALIAS), named[0][0])
        said = [*subject.values("nationality(/ies)"), *subject.values("current believed flag of ship")]
        countries = self._codes(said)
        entity_id = build.entity(
            list_id=build.edition.list_id or self.source.list_id,
            number=subject.number,
            schema=schema,
            name=main,
            topics=self.source.topics,
            source_row=subject.lines[0],
            countries=countries,
            remarks=_remarks(subject),
        )
        build.name(entity_id, main)
        for name, kind in named:
            add_name(build, entity_id, name, NameKind.ALIAS if kind is NameKind.NAME else kind, schema)
        for row in subject.rows:
            self._address(entity_id, row)
        self._numbers(entity_id, subject, countries)
        self._sanctions(entity_id, subject)

    def _codes(self, texts: Iterable[str]) -> list[str]:
        found: list[str] = []
        for text in texts:
            for piece in (piece.strip(" .") for piece in _NUMBERED.split(text)):
                codes = territory_codes_in(piece)
                found += codes if len(codes) > 0 else self.build.territories.codes([piece])
        return unique(found)

    def _address(self, entity_id: str, row: Row) -> None:
        country = row.get("address country", "")
        codes = self._codes([country])
        self.build.add_countries(entity_id, codes)
        said = unique([text.strip(" ,") for key in ADDRESS if (text := " ".join(row.get(key, "").split())) != ""])
        if any(territory_code(text) is None for text in said if text != ""):
            whole = ", ".join([*said, *([country] if country != "" and country not in said else [])])
            self.build.address(entity_id, whole, codes[0] if len(codes) == 1 else None)

    def _numbers(self, entity_id: str, subject: Subject, countries: list[str]) -> None:
        known = unique([*countries, *self._codes(subject.values("address country"))])
        for key, kind in (
            ("passport number", "passport"),
            ("national identifier number", "other"),
            ("business registration number (s)", "registration"),
        ):
            for text in subject.values(key):
                for piece in (one for part in _LINES.split(text) for one in _NUMBERED.split(part)):
                    labelled = read_labelled(piece)
                    closer, number = labelled if labelled is not None else (kind, piece)
                    if closer != "" and any(c.isdigit() for c in number):
                        found = read_identifier(closer, number, known)
                        self.build.identifier(entity_id, found.kind, found.value)
        for text in subject.values("imo number"):
            imo = _IMO.match(text)
            self.build.identifier(entity_id, "imo" if imo is not None else "other", imo[1] if imo is not None else text)

    def _sanctions(self, entity_id: str, subject: Subject) -> None:
        seen: set[tuple[str, ...]] = set()
        keys = ("regime name", "date designated", "sanctions imposed", "uk statement of reasons", "un reference number")
        whole = {key: subject.values(key)[:1] for key in keys}
        for line, row in zip(subject.lines, subject.rows, strict=True):
            facts = tuple(row.get(key, "") or "".join(whole[key]) for key in keys)
            if facts in seen:
                continue
            seen.add(facts)
            regime, date, imposed, reasons, un = facts
            day = self._day(date, line)
            self.undated += 1 if day is None else 0
            reference = row.get("uk reference", "") or ("" if "uk reference" in row else subject.number)
            cited = [f"UK reference {reference}" if reference != "" else "", f"UN reference {un}" if un != "" else ""]
            listing = Listing(
                authority=self.source.authority,
                program_id=regime or None,
                provisions="; ".join(unique([piece for piece in _LINES.split(imposed) if piece != ""])) or None,
                reason=" ".join(reasons.split()) or None,
                listing_date=day,
                citation=", ".join(text for text in cited if text != "") or None,
                source_url=self.source_url,
            )
            self.build.sanction(entity_id, listing)

    def _day(self, text: str, line: int) -> dt.date | None:
        if text == "":
            return None
        try:
            return read_day(text)
        except ValueFormError:
            self.build.reject(line, "only the value is refused, the row is read: the date of designation is no day", text)
            return None

    def notes(self) -> list[str]:
        """What was assumed or unknown, one sentence each."""
        said = []
        if self.without_primary > 0:
            said.append(
                f"{counted(self.without_primary, 'party has', 'parties have')} no row with a primary name: the first was taken"
            )
        if self.undated > 0:
            said.append(f"{counted(self.undated, 'listing has', 'listings have')} no date: the date is unknown")
        if self.words.total() > 0:
            shown = some_of(self.words)
            said.append(f"name types or strengths that this reader does not know ({shown}): taken as aliases, strengths as weak")
        return said


def read_day(text: str) -> dt.date:
    """A day with the day first, as the CSV has it, or as a workbook gives it.

    Raises:
        ValueFormError: If it is no day.

    >>> read_day("29/06/2012"), read_day("2012-06-29"), read_day("18-Aug-2026")
    (datetime.date(2012, 6, 29), datetime.date(2012, 6, 29), datetime.date(2026, 8, 18))
    """
    found = parse_date(text.strip(), day_first=True)
    if found.precision != "day":
        raise ValueFormError.unreadable("day", text, "a whole day such as 29/06/2012")
    return found.day


def _remarks(subject: Subject) -> str | None:
    said = [f"{label}: {' '.join(value.split())}" for key, label in REMARKS.items() for value in subject.values(key)]
    return "; ".join(unique(said)) or None
