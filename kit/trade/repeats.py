"""Rows that tell of the same goods as another row: exact repeats, and master bills over their house bills."""

from __future__ import annotations

import duckdb
import pyarrow as pa
import pyarrow.compute as pc


def first_of_repeats(rows: pa.Table) -> pa.ChunkedArray:
    """For each row the 0-based position of the row that it repeats exactly, null for first ones.

    Every column counts except `source_row`. Rows that only share a hash are
    compared cell by cell before they are called repeats.
    """
    names = [name for name in rows.column_names if name != "source_row"]
    size = len(rows)
    if size == 0 or len(names) == 0:
        return pa.chunked_array([pa.nulls(size, pa.int64())])
    cells = pa.Table.from_arrays([rows.column(name) for name in names], names=[f"c{i}" for i in range(len(names))])
    first = _first_by_hash(cells)
    later = pc.indices_nonzero(pc.not_equal(first, pa.array(range(size), pa.int64()))).cast(pa.int64())
    if len(later) == 0:
        return pa.chunked_array([pa.nulls(size, pa.int64())])
    same = _same_cells(cells, later, pc.take(first, later))
    repeats = pc.filter(later, same)
    is_repeat = pc.is_in(pa.array(range(size), pa.int64()), value_set=repeats)
    return pa.chunked_array([pc.if_else(is_repeat, first, pa.scalar(None, pa.int64()))])


def _first_by_hash(cells: pa.Table) -> pa.Array:
    """The first position at which each row's hash was seen."""
    connection = duckdb.connect()
    try:
        connection.register("cells", cells)
        hashed = connection.sql("select hash(*columns(*)) as h from cells").to_arrow_table()
    finally:
        connection.close()
    hashes = hashed.column("h").combine_chunks()
    known = pc.unique(hashes)
    code = pc.index_in(hashes, value_set=known).cast(pa.int64())
    firsts = pa.table({"code": code, "n": pa.array(range(len(code)), pa.int64())}).group_by("code").aggregate([("n", "min")])
    by_code = pc.take(firsts.column("n_min"), pc.sort_indices(firsts.column("code"))).combine_chunks()
    return pc.take(by_code, code)


def _same_cells(cells: pa.Table, left: pa.Array, right: pa.Array) -> pa.Array:
    """Whether two lists of rows agree in every cell."""
    same = pa.array([True] * len(left))
    for name in cells.column_names:
        column = cells.column(name)
        one, other = pc.take(column, left), pc.take(column, right)
        equal = pc.or_(pc.fill_null(pc.equal(one, other), False), pc.and_(pc.is_null(one), pc.is_null(other)))
        same = pc.and_(same, equal.combine_chunks() if isinstance(equal, pa.ChunkedArray) else equal)
    return same


def covers_parts(whole: pa.ChunkedArray, part: pa.ChunkedArray) -> pa.ChunkedArray:
    """Whether a row is a master bill over house bills in the same file.

    Args:
        whole: Number of the master bill, in the rows of its house bills too.
        part: Number of the house bill, null in the row of the master bill itself.
    """
    under = pc.unique(pc.filter(whole, pc.is_valid(part))).drop_null()
    return pc.and_(pc.is_null(part), pc.is_in(whole, value_set=under))
