"""Whole columns parsed by their distinct values.

A trade file of a million rows holds a few thousand dates and codes. Each
distinct text is read once in Python and taken back by its index.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from kit.errors import ValueFormError

T = TypeVar("T")
PLAIN_NUMBER = r"^[-+]?[0-9]{1,15}(\.[0-9]{1,15})?$"


def parse_column(column: pa.ChunkedArray, parse: Callable[[str], T | None], arrow_type: pa.DataType) -> tuple[pa.Array, dict[str, str]]:
    """Read every value of a text column with `parse`, each distinct one once.

    Null stays null. A value that `parse` refuses with `ValueFormError` becomes
    null and stands among the faults; the caller keeps the row and reports it.

    Args:
        column: Text (dictionary-encoded or not), one cell a row.
        parse: Reads one text; None means "no value" and is no fault.
        arrow_type: Type of the result.

    Returns:
        The values, one a row, and the faults: distinct text → message.

    >>> values, faults = parse_column(pa.chunked_array([["1", "x", None, "1"]]), int_or_fault, pa.int64())
    >>> values.to_pylist(), list(faults)
    ([1, None, None, 1], ['x'])
    """
    encoded = column if pa.types.is_dictionary(column.type) else pc.dictionary_encode(column)
    encoded = encoded.unify_dictionaries() if isinstance(encoded, pa.ChunkedArray) else pa.chunked_array([encoded])
    if encoded.num_chunks == 0 or len(encoded) == 0:
        return pa.nulls(len(column), arrow_type), {}
    faults: dict[str, str] = {}
    values: list[T | None] = []
    for text in encoded.chunk(0).dictionary.to_pylist():
        try:
            values.append(None if text is None else parse(text))
        except ValueFormError as problem:
            values.append(None)
            faults[text] = str(problem)
    read = pa.array(values, arrow_type)
    indices = pa.chunked_array([chunk.indices for chunk in encoded.chunks])
    taken = pc.take(read, indices)
    return taken.combine_chunks() if isinstance(taken, pa.ChunkedArray) else taken, faults


def parse_numbers(column: pa.ChunkedArray, parse: Callable[[str], float | None]) -> tuple[pa.Array, dict[str, str]]:
    """Read a text column as numbers (float64): plain ones at once, the others with `parse`.

    Plain is digits with at most one point and no grouping. Pass
    `plain_is_safe=False` wording is not needed: a column in which a point groups
    thousands must go through `parse_column` instead.

    Returns:
        The values, one a row, and the faults: distinct text → message.
    """
    plain = pc.fill_null(pc.match_substring_regex(column, PLAIN_NUMBER), False)
    easy = pc.if_else(plain, column, pa.scalar(None, pa.string()))
    numbers = pc.cast(easy, pa.float64())
    if pc.sum(pc.invert(plain)).as_py() in (0, None):
        return _whole(numbers), {}
    rest, faults = parse_column(pc.if_else(plain, pa.scalar(None, pa.string()), column), parse, pa.float64())
    return pc.coalesce(_whole(numbers), rest), faults


def _whole(column: pa.ChunkedArray) -> pa.Array:
    joined = column.combine_chunks()
    return joined if isinstance(joined, pa.Array) else pa.concat_arrays(joined.chunks)


def int_or_fault(text: str) -> int:
    """A whole number, or `ValueFormError`; for examples and plain counts."""
    if not text.strip().lstrip("-").isdigit():
        raise ValueFormError.unreadable("whole number", text, "digits such as 42")
    return int(text)
