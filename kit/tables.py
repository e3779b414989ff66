"""Arrow tables that keep the column contracts of `kit.model`.

Arrow is what modules hand each other; pandas is what a notebook gets to see.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from kit.errors import TableError
from kit.model import TABLES, ColumnUse, FileRole

ARROW_KINDS: dict[str, pa.DataType] = {
    "text": pa.string(),
    "date": pa.date32(),
    "int": pa.int64(),
    "float": pa.float64(),
    "bool": pa.bool_(),
    "texts": pa.list_(pa.string()),
}


@dataclass(frozen=True)
class ReadResult:
    """What a reader made of one file: tables, what it refused, and where each column went.

    `tables` maps contract names (`entities`, `declarations`, …) to conformed
    Arrow tables, or to `kit.stored.StoredTable` for what is too long for
    memory. `rows_read` counts source rows that became table rows; `rejects`
    (REJECTS) holds every row that did not, with file, line and reason.
    """

    role: FileRole
    reader: str
    tables: Mapping[str, pa.Table]
    rejects: pa.Table
    columns: tuple[ColumnUse, ...] = ()
    rows_read: int = 0
    version: str = ""
    notes: tuple[str, ...] = field(default=())
    sha256: str = ""  # of the file, where reading it gave that anyway


ATTENTION = "ATTENTION: "  # how a note begins that nobody may overlook


def loud(notes: Sequence[str]) -> tuple[str, ...]:
    """The notes of a reading that must be seen at once, not only when somebody looks.

    >>> loud(["edition 2025-11-03", "ATTENTION: this list is closed"])
    ('ATTENTION: this list is closed',)
    """
    return tuple(note for note in notes if note.startswith(ATTENTION))


def arrow_schema(table: str) -> pa.Schema:
    """The Arrow schema of a contract.

    >>> arrow_schema("rejects").names
    ['source_file', 'source_row', 'reason', 'content']
    """
    return pa.schema([pa.field(c.name, ARROW_KINDS[c.kind]) for c in TABLES[table]])


def empty(table: str) -> pa.Table:
    """A table of no rows that keeps the contract."""
    return arrow_schema(table).empty_table()


def conform(table: str, rows: pa.Table) -> pa.Table:
    """Put columns in the order and types of the contract; missing optional columns become null.

    Raises:
        TableError: With every fault: a missing required column, an unknown
            column, an empty value where one is required, a type that does not cast.
    """
    faults: list[str] = []
    known = {c.name for c in TABLES[table]}
    faults += [f"unknown column {name!r}" for name in rows.column_names if name not in known]
    arrays: list[Any] = []
    for column in TABLES[table]:
        kind = ARROW_KINDS[column.kind]
        if column.name not in rows.column_names:
            if column.required:
                faults.append(f"missing column {column.name!r}")
            arrays.append(pa.nulls(len(rows), kind))
            continue
        values = rows.column(column.name)
        if column.required and values.null_count > 0:
            faults.append(f"column {column.name!r} is empty in {values.null_count} rows")
        try:
            arrays.append(values if values.type == kind else values.cast(kind))
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as problem:
            faults.append(f"column {column.name!r} is {values.type}, expected {kind} ({str(problem)[:80]})")
    if len(faults) > 0:
        raise TableError.faults(table, faults)
    return pa.Table.from_arrays(arrays, schema=arrow_schema(table))


def from_rows(table: str, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Make a conformed table from dictionaries; absent keys become null."""
    schema = arrow_schema(table)
    columns = {f.name: pa.array([row.get(f.name) for row in rows], f.type) for f in schema}
    return conform(table, pa.table(columns, schema=schema))


def concat(table: str, parts: Sequence[pa.Table]) -> pa.Table:
    """Append conformed tables; none gives the empty table."""
    return pa.concat_tables(parts) if len(parts) > 0 else empty(table)


def distinct(column: pa.ChunkedArray) -> list[Any]:
    """The distinct values that are not null, in order of first appearance."""
    return [value for value in pc.unique(column).to_pylist() if value is not None]


def reject(source_file: str, source_row: int, reason: str, content: str = "") -> dict[str, Any]:
    """One row of REJECTS."""
    return {"source_file": source_file, "source_row": source_row, "reason": reason, "content": content[:2000]}
