"""Japan's End User List (METI): a ruled table in a PDF, or the same columns in a workbook.

How the form is known: from the reader code of OpenSanctions (datasets/jp/meti_eul), which takes
the columns No., Country or Region, Company or Organization, Also Known As and Type of WMD, headers
in two languages with English last, aliases parted by "・", and types by commas. No real file was at
hand: what the letters of the types stand for is in `data/lookups/meti_types.csv` and is shown beside
the letters, never instead of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from kit.errors import FileError, FormatError
from kit.files import FileKind, kind_of, read_sheet
from kit.files.documents import PAGE, Table, joined, place_of, read_document
from kit.files.kinds import WORKBOOKS
from kit.lists.building import ListBuilder, Listing
from kit.lists.editions import edition
from kit.lists.heads import header_cells
from kit.lists.naming import name_number
from kit.lists.programs import source_lists
from kit.lists.telling import tidy_lines
from kit.model import ColumnUse, NameKind, Schema
from kit.names import script_of
from kit.reference import read_reference
from kit.tables import ReadResult

NAME = "japan_meti"
COLUMNS: dict[str, tuple[str | None, str]] = {
    "no": (None, "running number of the edition; checked for gaps, no lasting id"),
    "country or region": ("country", "English part of the cell"),
    "company or organization": ("name", "Latin spelling; what stands in brackets in another script is an alias"),
    "also known as": ("alias", "parted by the dot in the middle of the line"),
    "type of wmd": ("reason", "letters for nuclear, biological, chemical weapons, missiles, conventional weapons"),
}
NEEDED = ("country or region", "company or organization", "also known as")
_ASCII = re.compile(r"[^\x20-\x7e]+")
_DOTS = re.compile(r"\s*[\u30fb\uff65\u2022\u00b7\u2027\u2219\u22c5]\s*")
_INSIDE = re.compile(r"\s*[(（]([^()（）]*[^\x00-\x7f()（）]{2,}[^()（）]*)[)）]")
_SIGNS = str.maketrans({"（": "(", "）": ")", "，": ",", "．": ".", "\u3000": " "})


@dataclass(frozen=True)
class Row:
    """One row of the table: its place and its cells by the name of their column."""

    place: int
    where: str
    cells: Mapping[str, str]


def recognizes(path: Path) -> bool:
    """Whether the first pages, or the header of a workbook, name the columns of the list."""
    kind = kind_of(path)
    if kind in (FileKind.CSV, *WORKBOOKS):
        return set(NEEDED) <= {_column(cell) for cell in header_cells(path)}
    if kind is not FileKind.PDF:
        return False
    try:
        pages = read_document(path, most_pages=2).pages
    except FileError:
        return False
    tables = [block for page in pages for block in page.blocks if isinstance(block, Table)]
    return any(set(NEEDED) <= {_column(cell) for cell in row.cells} for table in tables for row in table.rows[:3])


def read(path: Path, *, list_id: str | None = None, list_version: str | None = None, is_confidential: bool = False) -> ReadResult:
    """Read the End User List into the list tables.

    Args:
        path: The PDF, or a workbook or CSV with its columns.
        list_id: Short name; without it `jp_meti_eul`.
        list_version: Edition; without it the date in the file name or the file's hash.
        is_confidential: The list may not leave the case.

    Raises:
        FileError: If the file cannot be read.
        FormatError: If no table has the columns.
    """
    build = ListBuilder(edition(path, list_id=list_id, list_version=list_version, is_confidential=is_confidential))
    seen: list[int] = []
    is_found = False
    for row in _pdf_rows(path, build) if kind_of(path) is FileKind.PDF else _sheet_rows(path, build):
        is_found = True
        number = row.cells.get("no", "").strip(" .")
        if number.isdigit():
            seen.append(int(number))
        if row.cells["company or organization"] == "":
            build.reject(row.place, f"{row.where}: the row has no name", " | ".join(row.cells.values()))
            continue
        _party(build, row)
        build.rows_read += 1
    if not is_found:
        raise FormatError.lacks(path, NAME, NEEDED, [])
    gaps = [b for a, b in pairwise(seen) if b != a + 1]
    if len(gaps) > 0:
        build.notes.append(
            f"the numbers of the list have {len(gaps)} gaps or repeats, the first before No. {gaps[0]}: compare it"
        )
    return build.finish(NAME, [ColumnUse(name, *COLUMNS[name]) for name in COLUMNS])


def _pdf_rows(path: Path, build: ListBuilder) -> Iterator[Row]:
    """The rows of all tables, with one that a page break cut put together."""
    held: Row | None = None
    for row in _cut_rows(path, build):
        is_rest = row.cells.get("no", "x").strip() == "" and row.cells["country or region"].strip() == ""
        if held is not None and is_rest:
            held = Row(held.place, held.where, {name: f"{held.cells[name]}\n{cell}".strip() for name, cell in row.cells.items()})
            continue
        if held is not None:
            yield held
        held = row
    if held is not None:
        yield held


def _cut_rows(path: Path, build: ListBuilder) -> Iterator[Row]:
    """The rows as they stand on the pages; a header counts on until another comes. Everything else is a reject."""
    document = read_document(path)
    build.notes.extend(document.notes)
    columns: list[str] = []
    for page in document.pages:
        if page.problem is not None:
            build.reject(page.number * PAGE, f"page {page.number}: {page.problem}")
        for block in page.blocks:
            if not isinstance(block, Table):
                build.reject(block.place, "a line beside the table", block.text)
                continue
            for row in block.rows:
                found = [_column(cell) for cell in row.cells]
                if set(NEEDED) <= set(found):
                    columns = found
                elif len(columns) != len(row.cells) or row.spans:
                    build.reject(row.places[0], "a row that does not fit the columns of the list", " | ".join(row.cells))
                else:
                    yield Row(row.places[0], place_of(row.places[0]), dict(zip(columns, row.cells, strict=True)))


def _sheet_rows(path: Path, build: ListBuilder) -> Iterator[Row]:
    sheet = read_sheet(path)
    build.notes.extend(sheet.notes)
    build.rejected.extend(sheet.rejects.to_pylist())
    for raw in sheet.rows.to_pylist():
        place = int(raw.pop("source_row"))
        yield Row(place, f"row {place}", {_column(name): tidy_lines(value or "") for name, value in raw.items()})


def _party(build: ListBuilder, row: Row) -> None:
    source = source_lists()["METI"]
    name, natives = _names(row.cells["company or organization"])
    country = " ".join(_ASCII.sub(" ", row.cells["country or region"]).split())
    countries = build.territories.codes([country] if country != "" else [row.cells["country or region"].strip()])
    entity_id = build.entity(
        list_id=build.edition.list_id or source.list_id,
        number=name_number(name, countries),
        schema=Schema.LEGAL_ENTITY,
        name=name,
        topics=source.topics,
        source_row=row.place,
        countries=countries,
        remarks=row.where,
    )
    build.name(entity_id, name)
    for native in natives:
        build.name(entity_id, native, NameKind.ALIAS)
    for alias in _DOTS.split(joined(row.cells["also known as"].split("\n"))):
        text = alias.translate(_SIGNS).strip(" ,;")
        if text not in ("", "-", "－"):
            build.name(entity_id, text, NameKind.ALIAS)
    build.sanction(entity_id, Listing(authority=source.authority, program_id=source.program, reason=_reason(row.cells)))


def _names(cell: str) -> tuple[str, list[str]]:
    """The Latin name, and names in other scripts that stand in brackets behind it.

    >>> _names("Example Institute （示例研究所）")
    ('Example Institute', ['示例研究所'])
    """
    text = joined(cell.split("\n"))
    natives = [found[1].strip() for found in _INSIDE.finditer(text) if script_of(found[1]) != "Latin"]
    bare = _INSIDE.sub(lambda found: "" if script_of(found[1]) != "Latin" else found.group(), text)
    return " ".join(bare.translate(_SIGNS).replace("\u30fb", " ").split()) or text, natives


def _reason(cells: Mapping[str, str]) -> str | None:
    """The letters of the type with what each stands for."""
    said = [piece for piece in re.split(r"[,、/\s]+", cells.get("type of wmd", "").strip()) if piece != ""]
    known = _types()
    return ", ".join(f"{piece} ({known[piece.upper()]})" if piece.upper() in known else piece for piece in said) or None


@cache
def _types() -> dict[str, str]:
    return {row["letter"]: row["meaning"] for row in read_reference("lookups", "meti_types.csv")}


def _column(cell: str) -> str:
    """The English name of a column in a header of one or two languages; empty if it is none of the list."""
    words = " ".join(_ASCII.sub(" ", cell).replace(".", " ").split()).casefold()
    return next((name for name in COLUMNS if words == name or (name != "no" and name in words)), words if words == "no" else cell)
