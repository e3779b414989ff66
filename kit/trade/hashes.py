"""Sixty-four bits for each row, by which rows are grouped before their cells are compared."""

from __future__ import annotations

from functools import cache
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Hashes = np.ndarray[Any, np.dtype[np.uint64]]
Places = np.ndarray[Any, np.dtype[np.int64]]
SORTED_AT_ONCE = 1 << 24  # hashes; more are sorted in portions, so that memory stays bounded


@cache
def _engine() -> duckdb.DuckDBPyConnection:
    """An engine that holds no table; each use takes a cursor of it, for opening an engine is slow."""
    return duckdb.connect(config={"threads": "1"})


def hashes_of(columns: list[pa.ChunkedArray]) -> Hashes:
    """One hash a row over all columns; equal rows have equal hashes in every part of a file."""
    cells = pa.Table.from_arrays(columns, names=[f"c{i}" for i in range(len(columns))])
    connection = _engine().cursor()
    try:
        found = connection.from_arrow(cells).project("hash(*columns(*)) AS h").to_arrow_table()
    finally:
        connection.close()
    return np.array(found.column("h").to_numpy(), dtype=np.uint64)


def key_hashes(columns: list[pa.ChunkedArray]) -> Hashes:
    """One hash a row of a key, 0 where one of its cells is empty."""
    found = np.maximum(hashes_of(columns), np.uint64(1))
    for column in columns:
        found[pc.is_null(column).to_numpy(zero_copy_only=False)] = 0
    return found


def first_of_each(hashes: Hashes) -> tuple[Places, Places]:
    """Rows whose hash occurred before, and beside each the first row that has it; both 0-based, in order of the rows."""
    portions = 1 + len(hashes) // SORTED_AT_ONCE
    later, first = [], []
    for portion in range(portions):
        places = np.arange(len(hashes)) if portions == 1 else np.flatnonzero(hashes % np.uint64(portions) == portion)
        order = places[np.argsort(hashes[places], kind="stable")]
        sorted_ = hashes[order]
        starts = np.concatenate([[True], sorted_[1:] != sorted_[:-1]]) if len(order) > 0 else np.zeros(0, bool)
        heads = np.maximum.accumulate(np.where(starts, np.arange(len(order)), 0)) if len(order) > 0 else order
        later.append(order[~starts])
        first.append(order[heads][~starts])
    rows, firsts = np.concatenate(later), np.concatenate(first)
    by_row = np.argsort(rows, kind="stable")
    return rows[by_row], firsts[by_row]


def more_than_once(hashes: Hashes) -> Hashes:
    """The hashes that occur in two rows or more, sorted."""
    later, _ = first_of_each(hashes)
    return np.unique(hashes[later])


def is_among(hashes: Hashes, known: Hashes) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Whether each hash is one of a sorted array."""
    if len(known) == 0:
        return np.zeros(len(hashes), bool)
    places = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
    return np.asarray(known[places] == hashes, dtype=bool)
