"""The UK Sanctions List of the Foreign, Commonwealth and Development Office, as CSV, ODS or XLSX.

The first line is the report date, the second the header. Rows of one Unique ID
are one party: each repeats it for another name, address, document or date of
birth. Name 6 is the family or whole name and stands before Name 1 to 5; the
full name is 1 2 3 4 5 6. An alias of low strength is a weak one.

No file was at hand. Columns and words are known from moov-io/watchman
(pkg/sources/csl_uk) and other public readers and their sample lines. The
column "Designation Type" was called "Individual, Entity, Ship" in workbooks.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from kit.errors import FileError, FormatError, ValueFormError
from kit.files import Sheet, kind_of, read_headerless, read_sheet
from kit.files.kinds import WORKBOOKS
from kit.lists.building import ListBuilder
from kit.lists.editions import edition_said
from kit.lists.heads import head_rows, header_line
from kit.lists.programs import source_lists
from kit.lists.short_rows import with_short_rows
from kit.lists.telling import tidy_lines
from kit.lists.uk_subjects import ADDRESS, NAMES, REMARKS, Reading, read_day, stands_right, subjects
from kit.model import ColumnUse
from kit.tables import ReadResult

NAME = "uk_sanctions_list"
MARKS = frozenset({"unique id", "name 6", "name type", "regime name"})
RENAMED = {
    "individual, entity, ship": "designation type",
    "imo numbers": "imo number",
    "nationality": "nationality(/ies)",
    "dob": "d.o.b",
    "business registration number": "business registration number (s)",
    "business registration number(s)": "business registration number (s)",
}
SOURCE_URL = "https://www.gov.uk/government/publications/the-uk-sanctions-list"
USES: dict[str, tuple[str | None, str]] = {
    "unique id": ("entity_id", "the list's own number; rows of one number are one party"),
    "name type": ("name", "primary name, its variations and aliases"),
    "alias strength": ("name", "low quality is a weak alias"),
    "name non-latin script": ("name", "alias in its own script"),
    "regime name": ("program_id", "the regulations"),
    "designation type": ("schema", "individual, entity or ship"),
    "sanctions imposed": ("provisions", "taken apart at '|'"),
    "uk statement of reasons": ("reason", "as the list says"),
    "date designated": ("listing_date", "exact day"),
    "un reference number": ("citation", "beside the Unique ID"),
    "address country": ("territory", "English name"),
    "nationality(/ies)": ("countries", "nationality"),
    "current believed flag of ship": ("countries", "flag; also in remarks"),
    "passport number": ("identifiers", "passport"),
    "national identifier number": ("identifiers", "national number"),
    "business registration number (s)": ("identifiers", "labels such as INN and OGRN are read"),
    "imo number": ("identifiers", "IMO number, with or without IMO before it"),
}
_REPORT = re.compile(r"Report Date\s*:?\s*(.+)", re.IGNORECASE)


def recognizes(path: Path) -> bool:
    """Whether one of the first rows has the list's columns."""
    return _heading(path) is not None


def read(path: Path, *, list_id: str | None = None, list_version: str | None = None, is_confidential: bool = False) -> ReadResult:
    """Read the UK Sanctions List into the list tables.

    Args:
        path: The CSV, ODS or XLSX file.
        list_id: Short name; without it `uk_sanctions_list`.
        list_version: Edition; without it the date in the file name, else the report date of the first line.
        is_confidential: The list may not leave the case.

    Returns:
        The tables; `rows_read` counts rows, not parties.

    Raises:
        FileError: If the file cannot be read.
        FormatError: If it lacks one of the list's columns.
    """
    heading = _heading(path)
    if heading is None:
        sheet = read_sheet(path)
        found = {_folded(name) for name in sheet.columns}
        raise FormatError.lacks(path, NAME, MARKS - found, sheet.columns)
    sheet = read_sheet(path, header_row=heading[0], delimiter=heading[1])
    sheet = with_short_rows(path, sheet, lambda cells: stands_right(folded_row(cells, RENAMED)))
    made = edition_said(path, _reported(path, sheet), list_id=list_id, list_version=list_version, is_confidential=is_confidential)
    build = ListBuilder(made)
    reading = Reading(build, source_lists()["UK-SL"], SOURCE_URL)
    for subject in subjects(rows_of(sheet, RENAMED), build, "Unique ID"):
        if reading.subject(subject):
            build.rows_read += len(subject.lines)
    build.notes.extend([*sheet.notes, *reading.notes()])
    return build.finish(NAME, [_use(name) for name in sheet.columns], [sheet.rejects])


def rows_of(sheet: Sheet, renamed: Mapping[str, str]) -> list[tuple[int, dict[str, str]]]:
    """The rows of a sheet with their lines, under the folded names of columns."""
    return [(int(raw.pop("source_row")), folded_row(raw, renamed)) for raw in sheet.rows.to_pylist()]


def folded_row(cells: Mapping[str, str | None], renamed: Mapping[str, str]) -> dict[str, str]:
    """The cells that hold something, under the folded names of columns; runs of blanks made single, lines kept apart."""
    return {_key(name, renamed): tidy_lines(value) for name, value in cells.items() if value is not None}


def _key(name: str, renamed: Mapping[str, str]) -> str:
    return renamed.get(_folded(name), _folded(name))


def _use(name: str) -> ColumnUse:
    key = RENAMED.get(_folded(name), _folded(name))
    if key in USES:
        return ColumnUse(name, *USES[key])
    if key in NAMES:
        return ColumnUse(name, "name", "joined in the order 1 2 3 4 5 6")
    if key in ADDRESS:
        return ColumnUse(name, "address", "joined with the country")
    return ColumnUse(name, "remarks", "said beside the entity") if key in REMARKS else ColumnUse(name, None, "not used")


@cache
def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _heading(path: Path) -> tuple[int, str | None] | None:
    """The row of the header, and of a text file the delimiter, if one of the first rows has the list's columns."""
    if kind_of(path) not in WORKBOOKS:
        return header_line(path, MARKS)
    try:
        sheet = read_sheet(path)
    except FileError:
        return None
    return (sheet.header_row, None) if {_folded(name) for name in sheet.columns} >= MARKS else None


def _reported(path: Path, sheet: Sheet) -> dt.date | None:
    """The report date above the header, None if there is none that can be read."""
    if kind_of(path) in WORKBOOKS:
        top = read_headerless(path, [str(i) for i, _ in enumerate(sheet.columns)]).rows.slice(0, sheet.header_row).to_pylist()
        above = [str(value) for row in top for value in row.values() if value is not None]
    else:
        above = [cell for row in head_rows(path, max(sheet.header_row - 1, 0)) for cell in row]
    for match in map(_REPORT.match, above):
        if match is not None:
            try:
                return read_day(match[1].strip())
            except ValueFormError:
                return None
    return None
