"""Tables of the EU Official Journal: one row an entry of an annex, 45 columns.

The columns are those of OpenSanctions' extraction of the regulations. Annex IV
of Regulation 833/2014 (military end users) is in no official file of the EU,
only in the Journal, and names no territory: it is taken from the address where
that names one. Fragments of the page ("Text of image", "Chinese:") never
become names; ports, zones and currencies are no parties.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from kit.dates import parse_date
from kit.errors import FormatError, ValueFormError
from kit.files import read_sheet
from kit.lists.building import ListBuilder, Listing, row_text
from kit.lists.columns import schema_of
from kit.lists.editions import edition
from kit.lists.heads import header_cells
from kit.lists.journal import Act, Measure, act_of, measure_of, nations, read_numbers, surely_in
from kit.lists.naming import alternatives, is_fragment, name_number, read_alias, unique
from kit.lists.places import split_addresses, territory_codes_in
from kit.lists.spans import Span, span_of
from kit.lists.spoken import is_legal_form, spoken_names
from kit.model import ColumnUse, NameKind, Schema
from kit.tables import ReadResult

NAME = "eu_journal"
MARKS = frozenset({"celex", "recordId", "programKey", "annex", "measure", "startDate", "schema", "name", "alias", "address"})
AUTHORITY = "EU"
ALIASES = {"alias": NameKind.ALIAS, "weakAlias": NameKind.WEAK_ALIAS, "previousName": NameKind.PREVIOUS_NAME}
NUMBERS = {
    "innCode": "inn",
    "ogrnCode": "ogrn",
    "kppCode": "kpp",
    "imoNumber": "imo",
    "leiCode": "lei",
    "taxNumber": "tax",
    "registrationNumber": "registration",
    "passportNumber": "passport",
    "idNumber": "other",
    "okpoCode": "other",
    "swiftBic": "other",
    "mmsi": "other",
}
REMARKS = {
    "position": "position",
    "birthDate": "date of birth",
    "birthPlace": "place of birth",
    "gender": "gender",
    "incorporationDate": "founded",
    "legalForm": "legal form",
    "sector": "sector",
    "ticker": "ticker",
    "notes": "notes",
}
USES: dict[str, tuple[str | None, str]] = {
    "celex": ("list_id", "number of the regulation"),
    "recordId": ("entity_id", "number within the annex; an entry without one gets the hash of its name"),
    "programKey": ("program_id", "the EU's program"),
    "annex": ("provisions", "with the measure; also part of the entity_id"),
    "measure": ("provisions", "with the annex; topics from data/lookups/eu_measures.csv"),
    "startDate": ("listing_date", "day first, or the month in words"),
    "reason": ("reason", "as the act says"),
    "schema": ("schema", "kind of party; an asset is none"),
    "name": ("name", "as the act spells it; names in brackets are aliases beside it"),
    "country": ("countries", "territory"),
    "jurisdiction": ("countries", "territory"),
    "nationality": ("countries", "nationality"),
    "flag": ("countries", "flag"),
    "address": ("address", "joined by '; '; a territory only where the address names one"),
    **{column: ("name", f"{kind.value}, joined by '; '") for column, kind in ALIASES.items()},
    **dict.fromkeys(NUMBERS, ("identifiers", "labels from data/lookups/eu_number_labels.csv")),
    **dict.fromkeys(REMARKS, ("remarks", "said beside the entity")),
}
_NICKNAME = re.compile(r"[‘“\"'«].+[’”\"'»]")
_BREAK = re.compile(r"\s*;\s+|\s*\n\s*")
Row = dict[str, str]


def recognizes(path: Path) -> bool:
    """Whether the file has the columns of these tables."""
    return set(header_cells(path)) >= MARKS


def read(path: Path, *, list_id: str | None = None, list_version: str | None = None, is_confidential: bool = False) -> ReadResult:
    """Read a table of the EU Official Journal into the list tables.

    Each row is one entity: a party of two annexes is two, because each annex
    is a listing of its own.

    Args:
        path: The file.
        list_id: Short name; without it one a regulation (`eu_journal_833_2014`).
        list_version: Edition; without it the date in the file name or the file's hash.
        is_confidential: The list may not leave the case.

    Returns:
        The tables. `rows_read` counts entities. Rejects hold rows that are no
        party, and single values (a fragment among the names, a date) whose row is read.

    Raises:
        FileError: If the file cannot be read.
        FormatError: If it lacks one of the columns.
    """
    sheet = read_sheet(path)
    missing = MARKS - set(sheet.columns)
    if len(missing) > 0:
        raise FormatError.lacks(path, NAME, missing, sheet.columns)
    build = ListBuilder(edition(path, list_id=list_id, list_version=list_version, is_confidential=is_confidential))
    reading = Reading(build)
    for raw in sheet.rows.to_pylist():
        source_row = int(raw.pop("source_row"))
        if reading.row({key: value if value is not None else "" for key, value in raw.items()}, source_row):
            build.rows_read += 1
    build.notes.extend([*sheet.notes, *reading.notes()])
    columns = [ColumnUse(name, *USES.get(name, (None, "not used"))) for name in sheet.columns]
    return build.finish(NAME, columns, [sheet.rejects])


@dataclass
class Reading:
    """One pass over the rows."""

    build: ListBuilder
    without_territory: Counter[str] = field(default_factory=Counter)
    undated: int = 0

    def row(self, row: Row, source_row: int) -> bool:
        """Read one row, or reject it with its reason; says which."""
        act = act_of(row["celex"])
        measure = measure_of(row["measure"], row["celex"], row["annex"])
        schema = schema_of(row["schema"])
        problem = None
        if act is None:
            problem = f"celex {row['celex']!r} is no regulation; expected a number such as 32014R0833"
        elif measure is None:
            problem = f"measure {row['measure']!r} is unknown; expected one of data/lookups/eu_measures.csv"
        elif row["schema"].casefold() == "asset":
            problem = f"an asset is no party: {measure.asset or 'unknown kind'} (measure {row['measure']!r})"
        elif schema is None:
            problem = f"schema {row['schema']!r} is unknown; expected Person, Company, Organization, LegalEntity or Vessel"
        elif row["name"] == "":
            problem = "the row has no name"
        elif _name(row) is None:
            problem = f"the name {row['name']!r} is {_no_name(row['name'])}, and no alias can stand in its place"
        if problem is not None or act is None or measure is None or schema is None:
            self.build.reject(source_row, problem or "", row_text(row))
            return False
        name = _name(row) or ""
        if name != row["name"]:
            what = f"the name is {_no_name(row['name'])}; the first alias stands in its place"
            self.build.reject(source_row, f"only the value is refused, the row is read: {what}", row["name"])
        self._party({**row, "name": name}, source_row, act, measure, schema)
        return True

    def _party(self, row: Row, source_row: int, act: Act, measure: Measure, schema: Schema) -> None:
        build = self.build
        addresses = split_addresses(row["address"].replace("\n", "; "))
        countries = self._countries(row, addresses)
        if len(countries) == 0:
            self.without_territory[row["annex"]] += 1
        number = row["recordId"] or name_number(row["name"], ())
        list_id = build.edition.list_id
        entity_id = build.entity(
            list_id=list_id or act.list_id,
            number=f"{row['annex']}-{number}" if list_id is None else f"{row['celex']}-{row['annex']}-{number}",
            schema=schema,
            name=row["name"],
            topics=measure.topics,
            source_row=source_row,
            countries=countries,
            remarks="; ".join(f"{label}: {row[name]}" for name, label in REMARKS.items() if row.get(name, "") != "") or None,
        )
        self._names(entity_id, row, schema, source_row)
        for address in addresses:
            if len(territory_codes_in(address.strip(" ,."))) == 0:
                build.address(entity_id, address.strip(" ,"), surely_in(address))
        for column, kind in NUMBERS.items():
            for found in read_numbers(kind, row.get(column, ""), countries):
                build.identifier(entity_id, found.kind, found.value)
        start = self._start(row, source_row)
        listing = Listing(
            authority=AUTHORITY,
            program_id=row["programKey"] or None,
            provisions=f"{row['measure']}, Annex {row['annex']}",
            reason=row.get("reason", "") or None,
            listing_date=start.day,
            not_before=start.first,
            not_after=start.last,
            citation=f"{act.name}, Annex {row['annex']}" + (f", entry {row['recordId']}" if row["recordId"] != "" else ""),
            source_url=act.url,
        )
        build.sanction(entity_id, listing)

    def _countries(self, row: Row, addresses: list[str]) -> list[str]:
        said = [row.get(column, "") for column in ("country", "jurisdiction", "flag")]
        words = [part for cell in said for part in cell.split(";")] + nations(row.get("nationality", ""))
        inside = [code for address in addresses for code in territory_codes_in(address.strip(" ,."))]
        at = [code for code in map(surely_in, addresses) if code is not None]
        return unique([*self.build.territories.codes(words), *inside, *at])

    def _names(self, entity_id: str, row: Row, schema: Schema, source_row: int) -> None:
        """The name as the act spells it, what it says besides, and the aliases."""
        build = self.build
        build.name(entity_id, row["name"])
        for piece in alternatives(row["name"]) or [row["name"]]:
            self._alias(entity_id, piece, NameKind.ALIAS, schema)
        for column, kind in ALIASES.items():
            for piece in _pieces(row.get(column, "")):
                if _no_name(piece) != "":
                    reason = f"only the value is refused, the row is read: {piece!r} is {_no_name(piece)}, no {kind.value}"
                    build.reject(source_row, reason, piece)
                else:
                    self._alias(entity_id, piece, kind, schema)

    def _alias(self, entity_id: str, piece: str, kind: NameKind, schema: Schema) -> None:
        """One alias, taken apart where it names the party twice; a person's name in quotes is a nickname, so weak."""
        read = read_alias(piece, quotes_are_weak=False)
        if read is None:
            return
        bare, found = read
        for name, said in spoken_names(bare, kind if found is NameKind.ALIAS else found):
            is_nickname = schema is Schema.PERSON and said is NameKind.ALIAS and _NICKNAME.fullmatch(name) is not None
            self.build.name(entity_id, name, NameKind.WEAK_ALIAS if is_nickname else said)

    def _start(self, row: Row, source_row: int) -> Span:
        if row["startDate"] == "":
            self.undated += 1
            return Span()
        try:
            read = parse_date(row["startDate"], day_first=True)
        except ValueFormError:
            reason = "only the value is refused, the row is read: startDate is no date"
            self.build.reject(source_row, reason, row["startDate"])
            return Span()
        return span_of(read.day, read.precision.value)

    def notes(self) -> list[str]:
        """What is missing, one sentence each."""
        said = []
        if self.undated > 0:
            said.append(f"{self.undated:,} entries have no start date: their date is unknown")
        if self.without_territory.total() > 0:
            shown = ", ".join(f"Annex {annex}: {count:,}" for annex, count in self.without_territory.most_common(6))
            said.append(
                f"{self.without_territory.total():,} entries name no territory, and their address names none surely ({shown})"
            )
        return said


def _no_name(text: str) -> str:
    """What a text among the names is if it is no name; empty if it is one."""
    if is_fragment(text):
        return "a fragment of the page"
    return "a legal form" if is_legal_form(text) else ""


def _name(row: Row) -> str | None:
    """The name of a row; where the page broke it, its first alias; None if that is no name either."""
    if _no_name(row["name"]) == "":
        return row["name"]
    return next((piece for piece in _pieces(row["alias"]) if _no_name(piece) == ""), None)


def _pieces(cell: str) -> list[str]:
    """The names in a cell of aliases; quotes that a table program doubled are single again."""
    whole = (piece.strip() for piece in _BREAK.split(cell))
    plain = (p[1:-1].replace('""', '"') if p.startswith('"') and p.endswith('"') and '""' in p else p for p in whole)
    return [one for piece in plain for one in (alternatives(piece) or [piece]) if any(c.isalnum() for c in one)]
