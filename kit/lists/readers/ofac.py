"""OFAC's classic files: parties, addresses, aliases and comments, read as one list.

The four files have no header and write "-0- " for nothing. Give any one of
them; the others are found beside it by name. Remarks go on in the comments
file in mid word, so the pieces are joined as they stand. Weak aliases,
identifiers and nationalities stand in the remarks.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kit.dates import parse_date
from kit.errors import FormatError, ValueFormError
from kit.files import Sheet, read_headerless
from kit.lists.building import ListBuilder, Listing, row_text
from kit.lists.editions import edition
from kit.lists.heads import head_rows
from kit.lists.identifiers import read_identifier, read_labelled
from kit.lists.parts import Part, Siblings, part_of
from kit.lists.programs import SourceList, source_lists
from kit.model import ColumnUse, NameKind, Schema
from kit.tables import ReadResult

NAME = "ofac"
COLUMNS: dict[Part, tuple[str, ...]] = {
    Part.PARTIES: (
        "ent_num", "SDN_Name", "SDN_Type", "Program", "Title", "Call_Sign",
        "Vess_type", "Tonnage", "GRT", "Vess_flag", "Vess_owner", "Remarks",
    ),
    Part.ADDRESSES: ("ent_num", "add_num", "Address", "City/State/Province/Postal Code", "Country", "Add_Remarks"),
    Part.ALIASES: ("ent_num", "alt_num", "alt_type", "alt_name", "alt_remarks"),
    Part.COMMENTS: ("ent_num", "remarks_extended"),
}  # fmt: skip
SCHEMAS = {
    None: Schema.ORGANIZATION,
    "individual": Schema.PERSON,
    "vessel": Schema.VESSEL,
    "aircraft": Schema.AIRPLANE,
}
ALIAS_KINDS = {"aka": NameKind.ALIAS, "nka": NameKind.ALIAS, "fka": NameKind.PREVIOUS_NAME}
NULLS = frozenset({"-0-", "-0", ""})
URLS = {
    "ofac_sdn": "https://sanctionslist.ofac.treas.gov/Home/SdnList",
    "ofac_cons": "https://sanctionslist.ofac.treas.gov/Home/ConsolidatedList",
}
USES: dict[str, tuple[str | None, str]] = {
    "ent_num": ("entity_id", "the list's own number; joins the four files"),
    "SDN_Name": ("name", "as the list spells it"),
    "SDN_Type": ("schema", "nothing means an organization"),
    "Program": ("program_id", "joined by '] ['; one row of sanctions a program"),
    "Vess_flag": ("countries", "flag"),
    "Remarks": ("remarks", "also weak aliases, identifiers, nationality, listing dates, who the party is linked to"),
    "Address": ("address", "with city and country"),
    "City/State/Province/Postal Code": ("address", "with street and country"),
    "Country": ("territory", "English name"),
    "alt_name": ("name", "as the list spells it"),
    "alt_type": ("kind", "aka and nka are aliases, fka a previous name"),
    "remarks_extended": ("remarks", "goes on where Remarks were cut"),
    "add_num": (None, "number of the address"),
    "alt_num": (None, "number of the alias"),
}
_WEAK = re.compile(r"^[anf]\.k\.a\. '(.*)'$")
_NATION = re.compile(r"^(?:alt\. )?(?:nationality(?: of registration)?|citizen) (.+)$", re.IGNORECASE)
_LISTED = re.compile(r"^(?:alt\. )?Listing Date \(([^)]*)\):? (\d{1,2} \w{3} \d{4})$")
_LINKED = re.compile(r"^\(?(Linked To: .+?)\)?$")
Row = dict[str, str | None]


def recognizes(path: Path) -> bool:
    """Whether the file is one of the four files: numbers first, "-0-" for nothing, the right number of cells."""
    rows = [row for row in head_rows(path) if len(row) > 1]
    part = part_of(path.name)
    if len(rows) == 0 or not all(row[0].strip().isdigit() for row in rows):
        return False
    width = len(rows[0])
    if part is not None:
        return width == len(COLUMNS[part])
    return width == len(COLUMNS[Part.PARTIES]) and any(cell.strip() == "-0-" for cell in rows[0])


def read(path: Path, *, list_id: str | None = None, list_version: str | None = None, is_confidential: bool = False) -> ReadResult:
    """Read OFAC's classic files into the list tables.

    Args:
        path: Any one of the four; the others are looked for in its folder
            (`sdn.csv`, `add.csv`, `alt.csv`, `sdn_comments.csv`, or `cons_prim.csv`, …,
            also with a common beginning or end of the names). A missing one is a note.
        list_id: Short name; without it `ofac_sdn` or `ofac_cons`.
        list_version: Edition; without it the date in the file name or the hash of the file of parties.
        is_confidential: The list may not leave the case.

    Returns:
        `rows_read` counts parties. Entities point to the file of parties.

    Raises:
        FileError: If a file cannot be read.
        FormatError: If the file of parties is not beside the one given.
    """
    siblings = Siblings.of(path)
    main = siblings.paths.get(Part.PARTIES)
    if main is None:
        raise FormatError(
            f"{path.name} holds {siblings.given.value} of OFAC's classic files, and the file of parties is not beside it. "
            f"Expected {siblings.expected(Part.PARTIES)} in the same folder; put it there and read again."
        )
    sheets = {part: read_headerless(file, COLUMNS[part], delimiter=",") for part, file in siblings.paths.items()}
    source = source_lists()["OFAC-CONS" if siblings.is_consolidated else "OFAC-SDN"]
    build = ListBuilder(edition(main, list_id=list_id, list_version=list_version, is_confidential=is_confidential))
    reading = Reading(build, source, build.edition.list_id or source.list_id)
    reading.parties(sheets[Part.PARTIES], remarks_of(siblings.paths, sheets))
    reading.further(sheets)
    build.notes.extend([*siblings.notes(), *(note for sheet in sheets.values() for note in sheet.notes), *reading.notes()])
    columns = [
        ColumnUse(name, *USES.get(name, ("remarks", "said beside the entity"))) for part in sheets for name in COLUMNS[part]
    ]
    return build.finish(NAME, list(dict.fromkeys(columns)), [sheet.rejects for sheet in sheets.values()])


def remarks_of(paths: Mapping[Part, Path], sheets: Mapping[Part, Sheet]) -> dict[str, str]:
    """Whole remarks of the parties whose remarks go on in the comments file, joined as they stand.

    The blanks at the seam count ("Government" and " Gazette Number"), so both
    files are read here once more without trimming.
    """
    if Part.COMMENTS not in sheets:
        return {}
    rest = dict(_raw_last_cells(paths[Part.COMMENTS], sheets[Part.COMMENTS]))
    first = {number: text for number, text in _raw_last_cells(paths[Part.PARTIES], sheets[Part.PARTIES]) if number in rest}
    return {number: ("" if first[number].strip() in NULLS else first[number]) + rest[number] for number in first}


@dataclass
class Reading:
    """One pass over the four files."""

    build: ListBuilder
    source: SourceList
    list_id: str
    ids: dict[str, str] = field(default_factory=dict)
    further_rows: int = 0
    without_address: int = 0

    def parties(self, sheet: Sheet, remarks: Mapping[str, str]) -> None:
        """Read the file of parties."""
        for raw in sheet.rows.to_pylist():
            source_row = int(raw.pop("source_row"))
            row = {key: _value(value) for key, value in raw.items()}
            number, name, kind = row["ent_num"], row["SDN_Name"], row["SDN_Type"]
            problem = None
            if number is None or not number.isdigit():
                problem = f"the party number {number!r} is no number"
            elif name is None:
                problem = "the row has no name"
            elif kind not in SCHEMAS:
                problem = f"type {kind!r} is unknown; expected individual, vessel, aircraft or -0-"
            elif number in self.ids:
                problem = f"party number {number} stands in an earlier row as well; a number means one party"
            if problem is not None or number is None or name is None:
                self.build.reject(source_row, problem or "", row_text(raw))
                continue
            row["Remarks"] = remarks.get(number, row["Remarks"])
            self._party(number, name, SCHEMAS[kind], row, source_row)
            self.build.rows_read += 1

    def _party(self, number: str, name: str, schema: Schema, row: Row, source_row: int) -> None:
        build = self.build
        entity_id = build.entity(
            list_id=self.list_id,
            number=number,
            schema=schema,
            name=name,
            topics=self.source.topics,
            source_row=source_row,
            countries=build.territories.codes(_some(row["Vess_flag"])),
            remarks=_remarks(row),
        )
        self.ids[number] = entity_id
        build.name(entity_id, name)
        pieces = [piece.strip() for piece in (row["Remarks"] or "").removesuffix(".").split("; ")]
        said = [_remark(entity_id, build, piece) for piece in pieces]
        dates = {scope: day for remark in said for scope, day in remark.dates}
        reason = "; ".join(remark.linked for remark in said if remark.linked is not None)
        for program in (row["Program"] or "").split("] [") if row["Program"] is not None else [None]:
            day = next((day for scope, day in dates.items() if program is not None and _names(scope, program)), None)
            build.sanction(
                entity_id,
                Listing(
                    self.source.authority,
                    program_id=program,
                    reason=reason or None,
                    listing_date=day,
                    source_url=URLS[self.source.list_id],
                ),
            )

    def further(self, sheets: Mapping[Part, Sheet]) -> None:
        """Read addresses and aliases, and check the comments, each joined by the party's number."""
        takers = {Part.ADDRESSES: self._address, Part.ALIASES: self._alias, Part.COMMENTS: _nothing}
        for part, take in takers.items():
            if part not in sheets:
                continue
            for raw in sheets[part].rows.to_pylist():
                source_row = int(raw.pop("source_row"))
                entity_id = self.ids.get(raw["ent_num"] or "")
                if entity_id is None:
                    reason = f"party number {raw['ent_num']!r} is not in the file of parties"
                    self.build.reject(source_row, reason, row_text(raw), source_file=sheets[part].source_file)
                    continue
                take(entity_id, {key: _value(value) for key, value in raw.items()})
                self.further_rows += 1

    def _address(self, entity_id: str, row: Row) -> None:
        codes = self.build.territories.codes(_some(row["Country"]))
        self.build.add_countries(entity_id, codes)
        parts = [row[name] for name in ("Address", "City/State/Province/Postal Code")]
        said = [part for part in parts if part is not None]
        if len(said) == 0:
            self.without_address += 1
            return
        whole = ", ".join([*said, *_some(row["Country"])])
        self.build.address(entity_id, whole, codes[0] if len(codes) > 0 else None)

    def _alias(self, entity_id: str, row: Row) -> None:
        name = row["alt_name"]
        if name is not None:
            self.build.name(entity_id, name, ALIAS_KINDS.get(row["alt_type"] or "", NameKind.ALIAS))

    def notes(self) -> list[str]:
        """What was joined and what held nothing."""
        said = [f"{self.further_rows:,} rows of addresses, aliases and comments belong to these parties"]
        if self.without_address > 0:
            said.append(f"{self.without_address:,} address rows hold no street or city")
        return said


@dataclass(frozen=True)
class Remark:
    """What one piece of the remarks says beyond names and identifiers."""

    linked: str | None = None
    dates: tuple[tuple[str, dt.date], ...] = ()


def _remark(entity_id: str, build: ListBuilder, piece: str) -> Remark:
    """Take one piece of the remarks to where it belongs; what has no place stays in the remarks."""
    weak, nation, listed, linked = _WEAK.match(piece), _NATION.match(piece), _LISTED.match(piece), _LINKED.match(piece)
    if weak is not None:
        build.name(entity_id, weak[1].strip(), NameKind.WEAK_ALIAS)
    elif nation is not None:
        build.add_countries(entity_id, build.territories.codes([nation[1]]))
    elif linked is not None:
        return Remark(linked=linked[1])
    elif listed is not None:
        try:
            return Remark(dates=((listed[1], parse_date(listed[2], form="%d %b %Y").day),))
        except ValueFormError:
            return Remark()
    else:
        labelled = read_labelled(piece)
        if labelled is not None and labelled[0] != "":
            identifier = read_identifier(*labelled)
            build.identifier(entity_id, identifier.kind, identifier.value)
    return Remark()


def _names(scope: str, program: str) -> bool:
    """Whether "EO 14024 Directive 2" or "CMIC" is about a program such as RUSSIA-EO14024."""
    order = re.search(r"EO\s*(\d{5})", scope)
    return (f"EO{order[1]}" if order is not None else scope) in program


def _remarks(row: Row) -> str | None:
    labels = (
        ("Title", "title"), ("Vess_type", "vessel type"), ("Vess_flag", "vessel flag"),
        ("Vess_owner", "vessel owner"), ("Call_Sign", "call sign"), ("Tonnage", "tonnage"), ("GRT", "gross tonnage"),
    )  # fmt: skip
    said = [f"{label}: {row[name]}" for name, label in labels if row[name] is not None]
    said += _some(row["Remarks"])
    return "; ".join(said) if len(said) > 0 else None


def _raw_last_cells(path: Path, sheet: Sheet) -> list[tuple[str, str]]:
    """Number and last cell of each row, untrimmed."""
    text = path.read_text(encoding=sheet.encoding or "utf-8", errors="replace")
    rows = csv.reader(io.StringIO(text, newline=""))
    found: list[tuple[str, str]] = []
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return found
        except csv.Error:  # a cell beyond what csv reads: the row is among the rejects already
            continue
        if len(row) > 1:
            found.append((row[0].strip(), row[-1]))


def _value(cell: str | None) -> str | None:
    return None if cell is None or cell.strip() in NULLS else cell.strip()


def _some(value: str | None) -> list[str]:
    return [value] if value is not None else []


def _nothing(entity_id: str, row: Row) -> None:
    """Comments are joined to the remarks before; here only their number is checked."""
