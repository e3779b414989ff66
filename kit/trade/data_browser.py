"""Workbooks of the Eurostat Data Browser: a sheet for each code, months as columns.

A sheet begins with its fixed dimensions (`PRODUCT [PRODUCT]` … `Label [CODE]`), then comes a
row that begins with TIME and names the months, with an unnamed column of flags after each, then
a row that names the dimensions of the rows (`REPORTER (Labels)`), then the rows. The form is
known from a public program that read such workbooks; no workbook is at hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path

import pyarrow as pa

from kit.errors import FormatError, KitError
from kit.files import FileKind, Sheet, kind_of
from kit.files.packed import check_extent
from kit.files.workbooks import cell_text, open_workbook
from kit.tables import ReadResult, from_rows, reject
from kit.trade.mapping import shipped_mapping
from kit.trade.statistics import read_statistics

READER = "eurostat_data_browser"
DIMENSIONS = ("REPORTER", "PARTNER", "PRODUCT", "FLOW", "INDICATORS")
COLUMNS = (*DIMENSIONS, "TIME", "OBS_VALUE")
COVER = "Summary"
LOOK = 30  # rows in which the row of months must stand
MOST_SHEETS = 3  # looked at to recognize the form
_PERIOD = re.compile(r"^\d{4}(-\d{2})?$")
_CODE = re.compile(r"\[([^\[\]]+)\]\s*$")
_INCLUDING = re.compile(r"\s*\((incl|excl)\b.*$", re.IGNORECASE | re.DOTALL)
_EXPECTED = "a sheet with a row that begins with TIME and names months, and a row of dimensions under it"


def recognizes(path: Path) -> bool:
    """Whether one of the first sheets behind the cover has a row of months and dimensions of trade."""
    if kind_of(path) is not FileKind.XLSX:
        return False
    try:
        check_extent(path)
        with open_workbook(path) as book:
            names = [name for name in book.sheet_names if name.startswith("Sheet ")][:MOST_SHEETS]
            if COVER not in book.sheet_names:
                return False
            heads = [_texts(list(islice(book.get_sheet_by_name(name).iter_rows(), LOOK))) for name in names]
    except KitError:
        return False
    return any(_is_trade(head) for head in heads)


def read(path: Path) -> ReadResult:
    """Read every sheet into FLOWS. An empty cell and ":" are no value; flags are left aside.

    Raises:
        FileError: If the workbook is damaged.
        FormatError: If no sheet has the form.
    """
    check_extent(path)
    rows: list[dict[str, str | int | None]] = []
    rejects, read_sheets = [], 0
    with open_workbook(path) as book:
        for name in book.sheet_names:
            grid = _texts(book.get_sheet_by_name(name).iter_rows())
            if not _is_trade(grid[:LOOK]):
                continue
            read_sheets += 1
            found, refused = _sheet(path.name, name, grid)
            rows += found
            rejects += refused
    if read_sheets == 0:
        raise FormatError.unknown(path, (), _EXPECTED)
    table = pa.table({name: pa.array([row.get(name) for row in rows], pa.string()) for name in COLUMNS})
    table = table.append_column("source_row", pa.array([row["source_row"] for row in rows], pa.int64()))
    notes = (f"read {read_sheets} sheets of the workbook",)
    sheet = Sheet(path.name, None, 0, COLUMNS, table, from_rows("rejects", rejects), None, None, notes)
    return read_statistics(sheet, shipped_mapping(READER))


def _texts(rows: Iterable[Sequence[object]]) -> list[list[str]]:
    return [[cell_text(cell).strip() for cell in row] for row in rows]


def _time_row(grid: Sequence[Sequence[str]]) -> int | None:
    for number, row in enumerate(grid[:LOOK]):
        if len(row) > 0 and row[0] == "TIME" and any(_PERIOD.match(cell) for cell in row):
            return number
    return None


def _is_trade(grid: Sequence[Sequence[str]]) -> bool:
    at = _time_row(grid)
    return at is not None and {"REPORTER", "PARTNER"} <= {*_fixed(grid[:at]), *_row_dimensions(grid, at)}


def _dimension(text: str) -> str | None:
    """The dimension that a label names: "PRODUCT [PRODUCT]", "REPORTER (Labels)", "Time frequency [FREQ]"."""
    code = _CODE.search(text)
    word = (code[1] if code is not None else text.split("(")[0]).strip().upper()
    return word if word in DIMENSIONS else None


def _fixed(rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """Dimensions with one value for the whole sheet, from the rows above the months."""
    found = {}
    for row in rows:
        name = _dimension(row[0]) if len(row) > 0 else None
        value = next((cell for cell in row[1:] if cell != ""), None)
        if name is not None and value is not None:
            found[name] = _value(value)
    return found


def _row_dimensions(grid: Sequence[Sequence[str]], at: int) -> dict[str, int]:
    """Dimensions of the rows, with their columns: those over which TIME stands."""
    under = grid[at + 1] if len(grid) > at + 1 else []
    places = [n for n, cell in enumerate(grid[at]) if cell == "TIME" and n < len(under)]
    return {name: n for n in places if (name := _dimension(under[n])) is not None}


def _value(label: str) -> str:
    """The code in a label's brackets, else the label without what it includes: "Germany (incl …)"."""
    code = _CODE.search(label)
    return code[1].strip() if code is not None else _INCLUDING.sub("", label).strip()


def _sheet(
    file: str, name: str, grid: Sequence[Sequence[str]]
) -> tuple[list[dict[str, str | int | None]], list[Mapping[str, object]]]:
    at = _time_row(grid)
    if at is None:
        return [], []
    fixed, places = _fixed(grid[:at]), _row_dimensions(grid, at)
    months = [(n, cell) for n, cell in enumerate(grid[at]) if _PERIOD.match(cell)]
    out: list[dict[str, str | int | None]] = []
    rejects: list[Mapping[str, object]] = []
    for number, row in enumerate(grid[at + 2 :], at + 3):
        if all(cell == "" for cell in row):
            continue
        if row[0] == "Special value":  # the legend of signs ends the sheet
            break
        keys = {key: _value(row[n]) for key, n in places.items() if n < len(row) and row[n] != ""}
        if len(keys) < len(places):
            reason = f"row not read: sheet {name!r} names no {', '.join(sorted(set(places) - set(keys)))} here"
            rejects.append(reject(file, number, reason, " | ".join(cell for cell in row if cell != "")))
            continue
        out += [
            {**fixed, **keys, "TIME": month, "OBS_VALUE": row[n], "source_row": number}
            for n, month in months
            if n < len(row) and row[n] not in ("", ":")
        ]
    return out, rejects
