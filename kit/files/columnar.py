"""Parquet to sheets."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kit.errors import FileError
from kit.files.sheets import ROW, Sheet, clean, plain_number, to_rejects, unique_names


def read_parquet(path: Path, columns: Sequence[str] | None = None, *, most: int | None = None) -> Sheet:
    """Read a Parquet file as text; `source_row` is the number of the row, `header_row` 0. With `most` only its first rows.

    Raises:
        FileError: If the file is cut off or damaged.
    """
    try:
        wanted = None if columns is None else [c for c in columns if c in pq.read_schema(path).names]
        table = pq.read_table(path, columns=wanted) if most is None else _first_rows(path, most)
        names = unique_names(table.column_names)
        arrays = [as_text(column) for column in table.columns]
    except (pa.ArrowException, OSError) as problem:
        raise FileError.unreadable(
            path, f"a Parquet file that is cut off or damaged ({str(problem)[:120]})", "a whole Parquet file", "Fetch it again."
        ) from problem
    numbers = pa.array(range(1, len(table) + 1), pa.int64())
    notes = ("the file has columns but no rows",) if len(table) == 0 else ()
    rows = pa.Table.from_arrays([*arrays, numbers], names=[*names, ROW])
    return Sheet(path.name, None, 0, names, rows, to_rejects(path.name, []), notes=notes)


def _first_rows(path: Path, most: int) -> pa.Table:
    with pq.ParquetFile(path) as file:
        batch = next(file.iter_batches(batch_size=most), None)
        return file.schema_arrow.empty_table() if batch is None else pa.Table.from_batches([batch])


def as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Any column as trimmed text; numbers without `.0` or exponent."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.cast(kind.value_type)
        kind = column.type
    if pa.types.is_floating(kind):
        return pa.chunked_array(
            [pa.array([_number(v) for v in chunk.to_pylist()], pa.string()) for chunk in column.chunks], pa.string()
        )
    if pa.types.is_nested(kind) or pa.types.is_binary(kind):
        return pa.chunked_array([pa.array([None if v is None else str(v) for v in column.to_pylist()], pa.string())])
    if pa.types.is_timestamp(kind):
        text = pc.cast(column, pa.string())
        return clean(pc.replace_substring_regex(text, r" 00:00:00(\.0+)?Z?$", ""))
    return clean(column.cast(pa.string()))


def _number(value: float | None) -> str | None:
    if value is None or math.isnan(value):
        return None
    return plain_number(value) if math.isfinite(value) else str(value)
