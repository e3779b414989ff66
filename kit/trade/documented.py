"""Documented flows: single movements of goods as published texts tell of them.

They are facts of their own kind: not customs records, not totals. They are
drawn unweighted and never summed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kit.errors import FormatError, KitError, ValueFormError
from kit.files import FileKind, kind_of, read_sheet
from kit.model import DOCUMENTED_FLOWS, ColumnUse, FileRole
from kit.numbers import parse_number
from kit.tables import ReadResult, concat, from_rows, reject

READER = "documented_flows"
COLUMNS = tuple(column.name for column in DOCUMENTED_FLOWS if column.name not in ("source_file", "source_row"))
_REQUIRED = tuple(column.name for column in DOCUMENTED_FLOWS if column.required and column.name in COLUMNS)
_EXTRA = {
    "covered_by": "the list entry that covers each named firm; kept in the file",
    "line_in_source": "line of the collection from which the row was taken; kept in the file",
}


def recognizes(path: Path) -> bool:
    """Whether a file is a CSV with the columns of DOCUMENTED_FLOWS."""
    if kind_of(path) is not FileKind.CSV or not _may_be(path):
        return False
    try:
        return set(COLUMNS) <= set(read_sheet(path, delimiter=",").columns)
    except KitError:
        return False


def _may_be(path: Path) -> bool:
    """Whether the first bytes name the key column: spares reading big files of other layouts."""
    with path.open("rb") as file:
        return b"flow_id" in file.read(4096)


def read(path: Path) -> ReadResult:
    """Read documented flows.

    A row that lacks a required value is refused; a value in US dollars that
    cannot be read leaves its row in, empty in that column. Both are in the rejects.

    Raises:
        FileError: If the file is missing or damaged.
        FormatError: If a column is missing.
    """
    sheet = read_sheet(path, delimiter=",")
    if not set(COLUMNS) <= set(sheet.columns):
        raise FormatError.unknown(path, sheet.columns, "the columns of DOCUMENTED_FLOWS (data/README.md)")
    rows: list[dict[str, Any]] = []
    rejects: list[dict[str, Any]] = []
    for cells in sheet.rows.to_pylist():
        line = cells["source_row"]
        missing = [name for name in _REQUIRED if cells[name] is None]
        if len(missing) > 0:
            rejects.append(reject(path.name, line, f"row not read: no {', '.join(missing)}", str(cells["flow_id"])))
            continue
        row = {name: cells[name] for name in COLUMNS} | {"source_file": path.name, "source_row": line}
        rows.append(row | {"value_usd": _dollars(cells["value_usd"], path, line, rejects)})
    uses = tuple(
        ColumnUse(name, name if name in COLUMNS else None, _EXTRA.get(name, "the kit's own name")) for name in sheet.columns
    )
    return ReadResult(
        role=FileRole.STATISTICS,
        reader=READER,
        tables={READER: from_rows(READER, rows)},
        rejects=concat("rejects", [sheet.rejects, from_rows("rejects", rejects)]),
        columns=uses,
        rows_read=len(rows),
        notes=(*sheet.notes, "documented flows are single facts: they are not summed"),
    )


def _dollars(text: str | None, path: Path, line: int, rejects: list[dict[str, Any]]) -> float | None:
    if text is None:
        return None
    try:
        return parse_number(text, decimal=".")
    except ValueFormError as problem:
        rejects.append(reject(path.name, line, f"value not read: {problem}", text))
        return None
