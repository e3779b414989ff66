"""Where the table of an own list begins: under a title, or at once, without a header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from kit.files import Sheet, read_sheet
from kit.files.sheets import REPEATED, ROW, UNNAMED
from kit.lists.headers import header_meaning
from kit.names import split_legal_form

LOOK = 10  # rows below the supposed header
NAMES = ("name", "party", "family_name", "given_name")
GENERIC = ("company", "group", "joint_venture")  # legal forms that are words of headers, too
UNDER_TITLE = "header found in row {}, under a title"
NO_HEADER = "the first row holds a party, so the file has no header: it is read as a party and the columns are named by position"


def list_sheet(path: Path) -> Sheet:
    """Read the table of an own list, where the words of the headers are a help that `read_sheet` does not have.

    A title over a single column looks like its header, and so does the first
    party of a list without one.

    Raises:
        FileError: As `read_sheet`.
    """
    sheet = read_sheet(path)
    if any(_is_name(column) for column in sheet.columns):
        return sheet
    under = _header_below(sheet)
    if under is not None:
        found = read_sheet(path, sheet=sheet.sheet, header_row=under)
        said = [note for note in sheet.notes if note not in found.notes and not note.startswith("header found")]
        return replace(found, notes=(*said, *found.notes, UNDER_TITLE.format(under)))
    has_header = any(header_meaning(column) is not None for column in sheet.columns)
    return _headerless(sheet) if not has_header and any(_is_party(column) for column in sheet.columns) else sheet


def _is_name(text: str) -> bool:
    word = header_meaning(text)
    return word is not None and word.target in NAMES


def _is_party(text: str) -> bool:
    """Whether a header is a firm: it holds a legal form beside a name."""
    split = split_legal_form(text)
    return len(split.core) > 0 and any(form.common_class not in GENERIC for form in split.forms)


def _header_below(sheet: Sheet) -> int | None:
    """The row of a header further down: every cell in it is known, one as the name."""
    for row in sheet.rows.slice(0, LOOK).to_pylist():
        number = int(row.pop(ROW))
        cells = [cell for cell in row.values() if cell is not None]
        if any(_is_name(cell) for cell in cells) and all(header_meaning(cell) is not None for cell in cells):
            return number
    return None


def _headerless(sheet: Sheet) -> Sheet:
    """The sheet with its supposed header as the first row."""
    columns = tuple(f"column {i}" for i, _ in enumerate(sheet.columns, 1))
    first = [pa.array([_as_written(name, sheet.columns)], pa.string()) for name in sheet.columns]
    top = pa.table([*first, pa.array([sheet.header_row], pa.int64())], [*columns, ROW])
    rows = pa.concat_tables([top, sheet.rows.rename_columns([*columns, ROW])])
    return replace(sheet, header_row=0, columns=columns, rows=rows, notes=(*sheet.notes, NO_HEADER))


def _as_written(name: str, columns: Sequence[str]) -> str | None:
    """A cell as it stood before it was taken as a header: without a made name, or the number of a repeated one."""
    if UNNAMED.fullmatch(name) is not None:
        return None
    bare = REPEATED.sub("", name)
    return bare if bare in columns else name
