"""The consolidated list of the UK Office of Financial Sanctions Implementation (ConList.csv), which was closed.

OFSI closed it on 2026-01-28; the UK Sanctions List took its place. An old copy
still says who was under an asset freeze on its day, so it is read, as the
edition that it is and with a note that comes first. It never stands in for the
list of today.

The first line is "Last Updated" and a day, the second the header (36 columns).
Rows of one Group ID are one party. No file was at hand. Columns and words are
known from moov-io/watchman (pkg/sources/csl_uk) and other public readers and
their sample lines.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from kit.errors import FormatError, ValueFormError
from kit.files import read_sheet
from kit.lists.building import ListBuilder
from kit.lists.editions import edition_said
from kit.lists.heads import head_rows, header_line
from kit.lists.programs import source_lists
from kit.lists.readers.uk_sanctions_list import folded_row, rows_of
from kit.lists.short_rows import with_short_rows
from kit.lists.uk_subjects import Reading, read_day, stands_right, subjects
from kit.model import ColumnUse
from kit.sources import source
from kit.tables import ATTENTION, ReadResult

NAME = "uk_ofsi"
CLOSED = dt.date(2026, 1, 28)
"""The day on which OFSI closed the list (shared decision of this project; reports of public readers agree)."""
MARKS = frozenset({"name 6", "group id", "group type", "alias type", "regime"})
RENAMED = {
    "group id": "unique id",
    "group type": "designation type",
    "alias type": "name type",
    "alias quality": "alias strength",
    "dob": "d.o.b",
    "nationality": "nationality(/ies)",
    "national identification number": "national identifier number",
    **{f"address {i}": f"address line {i}" for i in range(1, 7)},
    "post/zip code": "address postal code",
    "country": "address country",
    "regime": "regime name",
    "listed on": "date designated",
}
USES: dict[str, tuple[str | None, str]] = {
    "unique id": ("entity_id", "Group ID; rows of one number are one party"),
    "name type": ("name", "primary name, its variations, AKA and FKA"),
    "alias strength": ("name", "low is a weak alias"),
    "name non-latin script": ("name", "alias in its own script"),
    "designation type": ("schema", "individual, entity or ship"),
    "regime name": ("program_id", "the regime"),
    "date designated": ("listing_date", "Listed On, an exact day"),
    "address country": ("territory", "English name"),
    "nationality(/ies)": ("countries", "nationality"),
    "passport number": ("identifiers", "passport"),
    "national identifier number": ("identifiers", "national number"),
    "other information": ("remarks", "also the reference of the UK Sanctions List, the reasons and IMO numbers"),
}
_REASONS = re.compile(r"\(UK Statement of Reasons\)\s*:\s*(.+?)(?=\s*\([A-Z][^()]*\)\s*:|$)", re.DOTALL)
_REFERENCE = re.compile(r"\(UK Sanctions List Ref(?:erence)?\)\s*:\s*([A-Z]{3}\d+)")
_UN = re.compile(r"\(UN Ref\)\s*:\s*([A-Z]{2,3}[a-z]?\.\d+)")
_IMO = re.compile(r"\(IMO number\)\s*:\s*(\d{7})", re.IGNORECASE)


def recognizes(path: Path) -> bool:
    """Whether one of the first rows of a text file has the columns of the closed list."""
    return header_line(path, MARKS) is not None


def read(path: Path, *, list_id: str | None = None, list_version: str | None = None, is_confidential: bool = False) -> ReadResult:
    """Read an old copy of the closed list into the list tables, and say first that it is closed.

    Args:
        path: The CSV file.
        list_id: Short name; without it `uk_ofsi`, so that it is never taken for `uk_sanctions_list`.
        list_version: Edition; without it the date in the file name, else the day of the first line.
        is_confidential: The list may not leave the case.

    Returns:
        The tables; `rows_read` counts rows, not parties.

    Raises:
        FileError: If the file cannot be read.
        FormatError: If it lacks one of the list's columns.
    """
    heading = header_line(path, MARKS)
    if heading is None:
        sheet = read_sheet(path)
        found = {name.casefold() for name in sheet.columns}
        raise FormatError.lacks(path, NAME, MARKS - found, sheet.columns)
    sheet = read_sheet(path, header_row=heading[0], delimiter=heading[1])
    sheet = with_short_rows(path, sheet, lambda cells: stands_right(folded_row(cells, RENAMED)))
    day = _updated(path, *heading)
    made = edition_said(path, day, list_id=list_id, list_version=list_version, is_confidential=is_confidential)
    build = ListBuilder(made)
    build.notes.append(closed_note(made.version))
    reading = Reading(build, source_lists()["UK-OFSI"], source(NAME).url)
    rows = [(line, _with_information(row)) for line, row in rows_of(sheet, RENAMED)]
    for subject in subjects(rows, build, "Group ID"):
        if reading.subject(subject):
            build.rows_read += len(subject.lines)
    build.notes.extend([*sheet.notes, *reading.notes()])
    return build.finish(NAME, [_use(name) for name in sheet.columns], [sheet.rejects])


def closed_note(version: str) -> str:
    """What to tell somebody who brings a copy of the closed list.

    >>> closed_note("2025-11-03")[:60]
    'ATTENTION: this list is closed. OFSI closed it on 2026-01-28'
    """
    new = source("uk_sanctions_list")
    return (
        f"{ATTENTION}this list is closed. OFSI closed it on {CLOSED}, and the {new.title} took its place ({new.url}). "
        f"This copy (edition {version}) says who was listed on its day, not who is listed today: "
        "parties listed or delisted since are not in it. Download the new list and read both."
    )


def _with_information(row: dict[str, str]) -> dict[str, str]:
    """The row with what its "Other Information" holds: reference, reasons, UN reference, IMO number."""
    text = row.get("other information", "")
    out = {**row, "uk reference": ""}
    found = (
        ("uk reference", _REFERENCE),
        ("uk statement of reasons", _REASONS),
        ("un reference number", _UN),
        ("imo number", _IMO),
    )
    for key, pattern in found:
        match = pattern.search(text)
        if match is not None:
            out[key] = match[1].strip()
    return out


def _use(name: str) -> ColumnUse:
    folded = name.casefold()
    key = RENAMED.get(folded, folded)
    if key in USES:
        return ColumnUse(name, *USES[key])
    if folded.startswith("name ") and folded[5:].isdigit():
        return ColumnUse(name, "name", "joined in the order 1 2 3 4 5 6")
    if key.startswith("address"):
        return ColumnUse(name, "address", "joined with the country")
    kept = key in ("title", "position", "d.o.b", "town of birth", "country of birth")
    return ColumnUse(name, "remarks", "said beside the entity") if kept else ColumnUse(name, None, "not used")


def _updated(path: Path, heading: int, delimiter: str) -> dt.date | None:
    """The day of the line "Last Updated,03/06/2025" above the header."""
    for row in head_rows(path, heading - 1, delimiter=delimiter):
        if len(row) > 1 and row[0].strip().casefold() == "last updated":
            try:
                return read_day(row[1])
            except ValueFormError:
                return None
    return None
