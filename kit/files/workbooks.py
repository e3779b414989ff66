"""Workbooks (xlsx, xlsm, xlsb, xls, ods) to sheets."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import python_calamine as calamine

from kit.errors import FileError, counted
from kit.files.headers import LOOK, Row, find_header, header_doubt
from kit.files.merged import Merge, header_block
from kit.files.packed import check_extent, is_locked, is_word, outer_fault
from kit.files.sheets import (
    Sheet,
    plain_number,
    to_rejects,
    to_table,
    unique_names,
    without_empty,
    without_furniture,
    without_nameless,
)

BATCH = 20_000
COVER_ROWS, COVER_COLUMNS = 40, 2  # a sheet in front of the table has no more


@contextmanager
def open_workbook(path: Path) -> Iterator[Any]:
    """Open a workbook for reading; what goes wrong until it is closed becomes a plain error.

    Raises:
        FileError: If it is locked by a password, damaged, or no workbook.
    """
    if is_locked(path):
        raise FileError.locked(path)
    fault = outer_fault(path)
    if fault is not None:
        raise _damaged(path, fault)
    try:
        book = calamine.load_workbook(str(path))
        try:
            yield book
        finally:
            book.close()
    except calamine.PasswordError as problem:
        raise FileError.locked(path) from problem
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError, calamine.WorksheetNotFound, OSError) as problem:
        raise _damaged(path, str(problem)) from problem
    except BaseException as problem:
        # A damaged file can make the reader's Rust code panic; that class cannot be imported and descends from BaseException.
        if type(problem).__name__ != "PanicException":
            raise
        raise _damaged(path, str(problem)) from problem


def _damaged(path: Path, found: str) -> FileError:
    if is_word(path):
        return FileError.unreadable(
            path,
            "an old Word document (.doc)",
            "a table, or a letter as DOCX or PDF",
            "Open it in a word processor such as LibreOffice, save it as DOCX, and give that file as a list.",
        )
    return FileError.unreadable(
        path, f"a damaged workbook ({found[:200]})", "a whole workbook", "The download may have stopped; fetch it again."
    )


def workbook_sheets(path: Path) -> tuple[str, ...]:
    """Names of the sheets of a workbook, in order."""
    with open_workbook(path) as book:
        return tuple(str(name) for name in book.sheet_names)


def cell_text(value: object) -> str:
    """A cell as text: no `.0`, no exponent, 15 digits at most as Excel shows them, dates in ISO form.

    >>> [cell_text(v) for v in (8703.0, 0.1 + 0.2, 1e-7, 1e20, True, "x ")]
    ['8703', '0.3', '0.0000001', '100000000000000000000', 'TRUE', 'x ']
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return plain_number(value)
    if isinstance(value, datetime.datetime):
        whole = value.time() == datetime.time()
        return value.date().isoformat() if whole else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return "" if value is None else str(value)


def read_workbook(path: Path, *, sheet: str | None, header_row: int | None) -> Sheet:
    """Read one sheet of a workbook; without a name the first one that holds a table.

    Raises:
        FileError: If the workbook cannot be opened, has no such sheet, or holds nothing.
    """
    check_extent(path)
    with open_workbook(path) as book:
        name, page, notes = _choose(path, book, sheet)
        grid = page.iter_rows()
        top = page.start[0] if page.start is not None else 0
        merges = [Merge.of(area) for area in page.merged_cell_ranges or ()]
        return _read_grid(path, name, grid, top, merges, header_row, notes)


def read_plain_workbook(path: Path, columns: Sequence[str]) -> Sheet:
    """Read the first sheet of a workbook that has no header, under the given column names."""
    check_extent(path)
    with open_workbook(path) as book:
        name, page, notes = _choose(path, book, None)
        rows = [[cell_text(value) for value in row] for row in page.iter_rows()]
    width = len(columns)
    if any(len(row) > width for row in rows):
        raise FileError.unreadable(path, f"{max(map(len, rows))} columns", f"{width} columns", "Check which file this is.")
    table = to_table(columns, [row + [""] * (width - len(row)) for row in rows], range(1, len(rows) + 1))
    return Sheet(path.name, name, 0, tuple(columns), without_empty(table)[0], to_rejects(path.name, []), notes=tuple(notes))


def _choose(path: Path, book: Any, sheet: str | None) -> tuple[str, Any, list[str]]:
    names = [str(name) for name in book.sheet_names]
    if sheet is not None:
        if sheet not in names:
            raise FileError.no_sheet(path, sheet, names)
        return sheet, book.get_sheet_by_name(sheet), []
    visible = [
        str(m.name)
        for m in book.sheets_metadata
        if m.typ == calamine.SheetTypeEnum.WorkSheet and m.visible == calamine.SheetVisibleEnum.Visible
    ]
    name, page = _first_table(book, [*visible, *[n for n in names if n not in visible]])
    if page is not None:
        others = ", ".join(repr(other) for other in names if other != name)
        return name, page, [f"read sheet {name!r}; not read: {others}"] if others != "" else []
    raise FileError.unreadable(path, "a workbook without any cell filled", "a header and rows", "Check which file this is.")


def _first_table(book: Any, names: Sequence[str]) -> tuple[str, Any]:
    """The first sheet with a cell filled; a small and narrow one in front of a wider table is its cover."""
    first: tuple[str, Any] = ("", None)
    for name in names:
        page = book.get_sheet_by_name(name)
        if page.height == 0:
            continue
        if page.height > COVER_ROWS or page.width > COVER_COLUMNS:
            cover = first[1]
            return (name, page) if cover is None or page.height * page.width > cover.height * cover.width else first
        if first[1] is None:
            first = (name, page)
        elif page.width > first[1].width and page.height > first[1].height:
            return name, page
    return first


def _read_grid(
    path: Path, name: str, grid: Iterator[list[Any]], top: int, merges: list[Merge], header_row: int | None, notes: list[str]
) -> Sheet:
    lines = ((number, [cell_text(value) for value in row]) for number, row in enumerate(grid, 1))
    head: list[Row] = []
    for number, cells in lines:
        head.append(Row(number, number, tuple(cells)))
        if len(head) >= 2 * LOOK:
            break
    at = _header_at(path, head, header_row)
    block = header_block(head, at, merges)
    header = head[block.last]
    if header.number > 1 and header_row is None:
        notes.append(f"header found in row {header.number}")
    notes += [doubt for doubt in [header_doubt(header)] if doubt is not None and header_row is None]
    columns = unique_names(block.names)
    body = [(row.number, list(row.cells)) for row in head[block.last + 1 :]]
    rows, refused = _collect(columns, body, lines)
    rows, _ = without_empty(rows)
    rows = without_nameless(rows)
    rows, said = without_furniture(rows)
    notes += said
    below = sum(1 for merge in merges if merge.first_row >= header.number)
    if below > 0:
        notes.append(f"{counted(below, 'merged area')} below the header: the value stands in the first cell only")
    if len(rows) == 0:
        notes.append("the sheet has a header but no rows")
    return Sheet(path.name, name, header.number, tuple(rows.column_names[:-1]), rows, refused, notes=tuple(notes))


def _header_at(path: Path, head: Sequence[Row], header_row: int | None) -> int:
    if header_row is None:
        return find_header(head)
    if header_row < 1 or header_row > len(head) or head[header_row - 1].filled == 0:
        raise FileError.unreadable(
            path, f"no text in row {header_row}", f"the header in row {header_row}", "Leave the header row out to have it found."
        )
    return header_row - 1


def _collect(
    columns: Sequence[str], body: list[tuple[int, list[str]]], lines: Iterator[tuple[int, list[str]]]
) -> tuple[pa.Table, pa.Table]:
    width = len(columns)
    parts = [to_table(columns, [], [])]
    batch = body
    while len(batch) > 0:
        cells = [row[:width] + [""] * (width - len(row)) for _, row in batch]
        parts.append(to_table(columns, cells, [number for number, _ in batch]))
        batch = list(islice(lines, BATCH))
    return pa.concat_tables(parts), to_rejects("", [])
