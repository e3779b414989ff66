"""Tables that name one company a row, which is the sender or the receiver as the direction says.

Known from a public query program over Ukrainian declarations; no file with rows was seen.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from kit.errors import KitError, ValueFormError
from kit.files import FileKind, Sheet, kind_of, read_head, read_sheet
from kit.model import Direction
from kit.tables import ReadResult, distinct
from kit.trade.cells import Header
from kit.trade.declarations import read_declarations
from kit.trade.mapping import shipped_mapping
from kit.trade.values import direction

READER = "ua_declarations_table"
DIRECTION = "napryamok"
SIDED = ("nazva_kompanii", "kod_yedrpou", "kraina_partner")
_TABLES = (FileKind.CSV, FileKind.XLSX, FileKind.XLS, FileKind.ODS, FileKind.PARQUET, FileKind.JSON, FileKind.JSONL)


def recognizes(path: Path) -> bool:
    """Whether a file has the columns of the analysts' table."""
    if kind_of(path) not in _TABLES:
        return False
    try:
        header = Header(read_head(path).columns, first_word=False)
    except KitError:
        return False
    return all(header.find([name]) is not None for name in shipped_mapping(READER).requires)


def read(path: Path) -> ReadResult:
    """Read the table into DECLARATIONS.

    In a row of an import the company is the consignee and the partner's
    territory that of dispatch; in a row of an export it is the consignor, and
    the territory that of destination. A row whose direction cannot be read
    keeps neither, and its direction is in the rejects.
    """
    sheet = with_sides(read_sheet(path))
    return read_declarations(sheet, shipped_mapping(READER))


def with_sides(sheet: Sheet) -> Sheet:
    """The sheet with each one-sided column twice: filled in imports, and filled in exports."""
    header = Header(sheet.columns, first_word=False)
    flow = sheet.rows.column(str(header.find([DIRECTION])))
    rows = sheet.rows
    for name in SIDED:
        found = header.find([name])
        if found is None:
            continue
        for side in (Direction.IMPORT, Direction.EXPORT):
            words = [word for word in distinct(flow) if _direction(word) is side]
            is_side = pc.is_in(flow, value_set=pa.array(words, pa.string()))
            rows = rows.append_column(
                f"{name} ({side.value})", pc.if_else(is_side, rows.column(found), pa.scalar(None, pa.string()))
            )
    names = tuple(name for name in rows.column_names if name != "source_row")
    return replace(sheet, rows=rows.select([*names, "source_row"]), columns=names)


def _direction(word: str) -> Direction | None:
    try:
        value = direction(word).value
    except ValueFormError:
        return None
    return Direction(value) if value is not None else None
