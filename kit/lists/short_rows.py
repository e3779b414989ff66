"""Rows with fewer cells than the header, taken where what they hold is surely under its own headers.

Some publishers leave out the last cells of a row when they are empty. A reader
that knows its columns can tell such a row from a broken one by its own words,
and a listed party is not lost for the sake of a comma.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from kit.errors import counted
from kit.files import Sheet
from kit.files.kinds import open_plain
from kit.files.sheets import ROW, lines_phrase

SHORT = "too few cells"
UNREAD = "could not read "
Fits = Callable[[Mapping[str, str]], bool]


def with_short_rows(path: Path, sheet: Sheet, fits: Fits) -> Sheet:
    """Take the short rows of a text file that fit; the others stay refused.

    Args:
        path: The file from which the sheet was read.
        sheet: The sheet with its refused rows.
        fits: Whether the cells of a row, by the names of the columns, show that they stand under their own headers.

    Returns:
        The sheet with those rows in their places; a note says how many, and which lines.
    """
    numbers = {r["source_row"] for r in sheet.rejects.to_pylist() if r["reason"].startswith(SHORT)}
    if len(numbers) == 0 or sheet.delimiter is None:
        return sheet
    taken: dict[int, list[str]] = {}
    for number, cells in _cells(path, sheet, numbers):
        if fits(dict(zip(sheet.columns, cells, strict=False))):
            taken[number] = cells
    if len(taken) == 0:
        return sheet
    columns = []
    for i, _ in enumerate(sheet.columns):
        values = [cells[i].strip() if i < len(cells) else "" for cells in taken.values()]
        columns.append(pa.array([value or None for value in values], pa.string()))
    added = pa.Table.from_arrays([*columns, pa.array(list(taken), pa.int64())], names=[*sheet.columns, ROW])
    rows = pa.concat_tables([sheet.rows.select([*sheet.columns, ROW]), added]).sort_by(ROW)
    rejects = sheet.rejects.filter(pc.invert(pc.is_in(sheet.rejects["source_row"], pa.array(list(taken), pa.int64()))))
    left = rejects["source_row"].to_pylist()
    notes = [note for note in sheet.notes if not note.startswith(UNREAD)]
    notes += [f"{UNREAD}{counted(len(left), 'row')} ({lines_phrase(left)})"] if len(left) > 0 else []
    said = f"took {counted(len(taken), 'row')} with fewer cells than the header: what is there fits its headers"
    return replace(sheet, rows=rows, rejects=rejects, notes=(*notes, f"{said} ({lines_phrase(sorted(taken))})"))


def _cells(path: Path, sheet: Sheet, numbers: set[int]) -> Iterator[tuple[int, list[str]]]:
    """The cells of those lines that are whole records by themselves."""
    with open_plain(path) as file:
        for number, line in enumerate(file, 1):
            if number in numbers:
                text = line.decode(sheet.encoding or "utf-8", "replace").rstrip("\r\n")
                try:
                    found = list(csv.reader([text], delimiter=sheet.delimiter or ",", strict=True))
                except csv.Error:
                    continue
                if len(found) == 1 and 0 < len(found[0]) < len(sheet.columns):
                    yield number, found[0]
