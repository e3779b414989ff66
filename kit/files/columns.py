"""Whole columns parsed by their distinct values.

A trade file of a million rows holds a few thousand dates and codes. Each
distinct text is read once in Python and taken back by its index; numbers that
are plain are read at once by Arrow.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from kit.dates import DateForm, ParsedDate, date_form
from kit.errors import ValueFormError
from kit.numbers import NumberForm, is_null, number_form, parse_number
from kit.tables import distinct

T = TypeVar("T")
PLAIN = r"^-?[0-9]{1,15}(\.[0-9]{1,15})?$"
EITHER = r"^-?[1-9][0-9]{0,2}\.[0-9]{3}$"
LONG = r"^-?[0-9]{4,}$"
NO_TEXT = pa.scalar(None, pa.string())


@dataclass(frozen=True)
class NumberColumn:
    """Numbers of a column: `values` (float64, one a row), the refused texts with their reason, and the form decided."""

    values: pa.Array
    faults: Mapping[str, str]
    form: NumberForm


@dataclass(frozen=True)
class DateColumn:
    """Dates of a column: `days` (date32) and `precision` (text), one a row, the refused texts, and the form decided."""

    days: pa.Array
    precision: pa.Array
    faults: Mapping[str, str]
    form: DateForm


def parse_column(
    column: pa.ChunkedArray, parse: Callable[[str], T | None], arrow_type: pa.DataType
) -> tuple[pa.Array, dict[str, str]]:
    """Read every value of a text column with `parse`, each distinct one once.

    Null stays null. A value that `parse` refuses with `ValueFormError` becomes
    null and stands among the faults; the caller keeps the row and reports it.

    Args:
        column: Text, one cell a row.
        parse: Reads one text; None means "no value" and is no fault.
        arrow_type: Type of the result.

    Returns:
        The values, one a row, and the faults: distinct text → message.

    >>> from kit.numbers import parse_number
    >>> values, faults = parse_column(pa.chunked_array([["1,5", "x", None, "1,5"]]), parse_number, pa.float64())
    >>> values.to_pylist(), list(faults)
    ([1.5, None, None, 1.5], ['x'])
    """
    encoded = pc.dictionary_encode(whole(column))
    faults: dict[str, str] = {}
    values: list[T | None] = []
    for text in encoded.dictionary.to_pylist():
        try:
            values.append(None if text is None else parse(text))
        except ValueFormError as problem:
            values.append(None)
            faults[text] = str(problem)
    return pc.take(pa.array(values, arrow_type), encoded.indices), faults


def read_numbers(column: pa.ChunkedArray, form: NumberForm | None = None) -> NumberColumn:
    """Read a text column as numbers; without a form the whole column decides its decimal mark.

    Null marks (`NULL`, `N/A`, …) become null and are no fault.

    >>> read_numbers(pa.chunked_array([["1.234", "12,5", "NULL", "x"]])).values.to_pylist()
    [1234.0, 12.5, None, None]
    """
    text = whole(column)
    plain = pc.fill_null(pc.match_substring_regex(text, PLAIN), False)
    either = pc.fill_null(pc.match_substring_regex(text, EITHER), False)
    if form is None:
        form = _decide_numbers(text, plain, either)
    pointed = pc.fill_null(pc.match_substring(text, "."), False)
    easy = plain if form.decimal == "." else pc.and_not(plain, pointed if form.decimal == "," else either)
    numbers = pc.cast(pc.if_else(easy, text, NO_TEXT), pa.float64())
    if pc.all(easy, min_count=0).as_py():
        return NumberColumn(numbers, {}, form)
    decimal = form.decimal
    rest, faults = parse_column(pc.if_else(easy, NO_TEXT, text), lambda value: parse_number(value, decimal=decimal), pa.float64())
    return NumberColumn(pc.coalesce(numbers, rest), faults, form)


def _decide_numbers(text: pa.Array, plain: pa.Array, either: pa.Array) -> NumberForm:
    """`number_form` of the column, given one example of each kind of plain number instead of all."""
    long = pc.fill_null(pc.match_substring_regex(text, LONG), False)
    pointed = pc.fill_null(pc.match_substring(text, "."), False)
    kinds = (pc.and_not(pc.and_(plain, pointed), either), either, long)
    examples = [kept[0].as_py() for kind in kinds if len(kept := text.filter(kind)) > 0]
    return number_form([*examples, *distinct(text.filter(pc.invert(plain)))])


def read_dates(column: pa.ChunkedArray, form: DateForm | None = None) -> DateColumn:
    """Read a text column as dates; without a form the whole column decides the order of day and month.

    Null marks (`NULL`, `N/A`, …) become null and are no fault.

    >>> read = read_dates(pa.chunked_array([["17/03/2014", "4/5/2014", "2014", "-"]]))
    >>> [str(day) for day in read.days.to_pylist()], read.precision.to_pylist()
    (['2014-03-17', '2014-05-04', '2014-01-01', 'None'], ['day', 'day', 'year', None])
    """
    text = whole(column)
    if form is None:
        form = date_form(value for value in distinct(text) if not is_null(value, number=True))
    reading = form

    def parse(value: str) -> ParsedDate | None:
        return None if is_null(value, number=True) else reading.read(value)

    encoded = pc.dictionary_encode(text)
    faults: dict[str, str] = {}
    read: list[ParsedDate | None] = []
    for value in encoded.dictionary.to_pylist():
        try:
            read.append(parse(value))
        except ValueFormError as problem:
            read.append(None)
            faults[value] = str(problem)
    days = pa.array([None if d is None else d.day for d in read], pa.date32())
    precision = pa.array([None if d is None else d.precision.value for d in read], pa.string())
    return DateColumn(pc.take(days, encoded.indices), pc.take(precision, encoded.indices), faults, form)


def whole(column: pa.ChunkedArray) -> pa.Array:
    """A text column as one array.

    Text of more than 2 GB does not fit one array of `string`; it becomes `large_string`.
    """
    if isinstance(column, pa.Array):
        return column
    if column.num_chunks == 1:
        return column.chunk(0)
    if pa.types.is_string(column.type) and column.nbytes > 1 << 30:
        column = column.cast(pa.large_string())
    joined = column.combine_chunks()
    return joined if isinstance(joined, pa.Array) else pa.concat_arrays(joined.chunks)
