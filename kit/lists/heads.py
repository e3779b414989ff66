"""The first lines of a text file, so that recognizing a format does not read all of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection
from functools import lru_cache
from itertools import islice
from pathlib import Path

from kit.errors import FileError
from kit.files import FileKind, kind_of, read_sheet
from kit.files.encodings import byte_order
from kit.files.kinds import WORKBOOKS, open_plain

HEAD_BYTES = 65_536


def head_rows(path: Path, most: int = 5, *, delimiter: str = ",") -> list[list[str]]:
    """The first rows of a delimited file as text; none if the file is no plain text table.

    Meant for formats whose publisher writes UTF-8 or ASCII.

    Raises:
        FileError: If there is no such file.
    """
    if kind_of(path) is not FileKind.CSV:
        return []
    with open_plain(path) as file:
        head = file.read(HEAD_BYTES)
    text = head.decode(byte_order(head) or "utf-8", errors="replace").removeprefix("\ufeff")
    try:
        return list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), most))
    except csv.Error:
        return []


def header_cells(path: Path) -> list[str]:
    """The trimmed cells of the first row of a text file, or of the header of a workbook.

    A publisher's CSV that was saved again as XLSX, or with semicolons, is known by them as well.

    Raises:
        FileError: If there is no such file.
    """
    if kind_of(path) in WORKBOOKS:
        about = path.stat()
        return list(_workbook_header(path, about.st_size, about.st_mtime_ns))
    found = [row for delimiter in ",;\t" for row in head_rows(path, 1, delimiter=delimiter)]
    return [cell.strip() for cell in max(found, key=len)] if len(found) > 0 else []


def header_line(path: Path, marks: Collection[str], most: int = 5) -> tuple[int, str] | None:
    """The line and the delimiter of the header of a text file that may stand below a title.

    Args:
        path: The file.
        marks: Names that the header must hold, in lower case.
        most: Lines to look at.

    Returns:
        None if none of the lines holds all of the names.

    Raises:
        FileError: If there is no such file.
    """
    for delimiter in ",;\t":
        for number, row in enumerate(head_rows(path, most, delimiter=delimiter), 1):
            if {" ".join(cell.split()).casefold() for cell in row} >= set(marks):
                return number, delimiter
    return None


@lru_cache(maxsize=4)
def _workbook_header(path: Path, size: int, modified: int) -> tuple[str, ...]:
    """The header of a workbook, which each reader asks for in turn; size and time stamp tell states of the file apart."""
    try:
        return read_sheet(path).columns
    except FileError:
        return ()
