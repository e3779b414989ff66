"""Whole columns parsed by their distinct values.

A trade file of a million rows holds a few thousand dates and codes. Each
distinct text is read once in Python and taken back by its index; numbers that
are plain are read at once by Arrow.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from kit.dates import DateForm, ParsedDate, date_form
from kit.errors import ValueFormError
from kit.numbers import NumberEvidence, NumberForm, is_null, parse_number
from kit.tables import distinct

T = TypeVar("T")
PLAIN = r"^-?[0-9]{1,15}(\.[0-9]{1,15})?$"
EITHER = r"^-?[1-9][0-9]{0,2}\.[0-9]{3}$"
KINDS = (  # kinds of plain numbers, of which one example shows as much about the decimal mark as all of them
    r"^-?([0-9]{4,15}\.[0-9]{1,15}|[0-9]{1,15}\.([0-9]{1,2}|[0-9]{4,15})|0[0-9]{0,14}\.[0-9]{1,15})$",
    EITHER,
    r"^-?[0-9]{4,15}$",
    r"^-?([0-9]{4,15},[0-9]{1,15}|[0-9]{1,15},([0-9]{1,2}|[0-9]{4,15})|0[0-9]{0,14},[0-9]{1,15})$",
    r"^-?[1-9][0-9]{0,2},[0-9]{3}$",
)
POINTED = 3  # the first kinds have no comma
EVIDENT = r"^-?[0-9]{1,15}([.,][0-9]{1,15})?$"  # any of these kinds, and short whole numbers, which show nothing
BEGINNING = 2_000  # rows
BLANKS = (" ", "\u00a0", "\u202f")
# A time of day behind a date, as `kit.dates.TIME` has it.
DAYTIME = r"(?i)[T\s]+[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?([.,][0-9]+)?\s*([AP]M)?\s*(Z|UTC|[-+][0-9]{2}:?[0-9]{2})?$"
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
    if form is None:
        evidence = NumberColumnEvidence()
        evidence.add(column)
        form = evidence.decide()
    easy = _matches(text, PLAIN)
    if form.decimal != ".":
        unsure = pc.fill_null(pc.match_substring(text, "."), False) if form.decimal == "," else _matches(text, EITHER)
        easy = pc.and_not(easy, unsure)
    numbers = pc.cast(pc.if_else(easy, text, NO_TEXT), pa.float64())
    hard = pc.and_not(pc.is_valid(text), easy)
    if pc.any(hard, min_count=0).as_py() is not True:
        return NumberColumn(numbers, {}, form)
    values, faults = _read_hard(text.filter(hard), form.decimal)
    return NumberColumn(pc.replace_with_mask(numbers, hard, values), faults, form)


def _read_hard(text: pa.Array, decimal: str | None) -> tuple[pa.Array, dict[str, str]]:
    """Numbers that are not plain, each distinct one read by itself unless it only has a decimal comma or blanks."""
    numbers = pa.nulls(len(text), pa.float64())
    if decimal is not None:
        numbers = _read_grouped(text, decimal)
    rest = pc.if_else(pc.is_valid(numbers), NO_TEXT, text)
    values, faults = parse_column(rest, lambda value: parse_number(value, decimal=decimal), pa.float64())
    return pc.coalesce(numbers, values), faults


def _matches(text: pa.Array, pattern: str) -> pa.Array:
    return pc.fill_null(pc.match_substring_regex(text, pattern), False)


def _read_grouped(text: pa.Array, decimal: str) -> pa.Array:
    """Numbers with this decimal mark and blanks between thousands, or none, which are common; null for all others."""
    numbers = pa.nulls(len(text), pa.float64())
    for blank in BLANKS:
        digits = rf"([0-9]{{1,15}}|[0-9]{{1,3}}({blank}[0-9]{{3}})+)"
        found = _matches(text, rf"^-?{digits}({re.escape(decimal)}[0-9]{{1,15}})?$")
        bare = pc.replace_substring(pc.replace_substring(pc.if_else(found, text, NO_TEXT), blank, ""), decimal, ".")
        numbers = pc.coalesce(numbers, pc.cast(bare, pa.float64()))
    return numbers


class NumberColumnEvidence:
    """What a column shows about its decimal mark, taken in part by part: one example of each plain kind, and all others."""

    def __init__(self) -> None:
        self._examples: dict[str, str] = {}
        self._others = NumberEvidence()

    def add(self, column: pa.ChunkedArray) -> None:
        """Take in one part of the column."""
        text = whole(column)
        if pc.any(pc.match_substring(text, ","), min_count=0).as_py() is not True:
            self._find(text, KINDS[:POINTED])
        else:
            self._find(text, KINDS)
        for value in distinct(text.filter(pc.and_not(pc.is_valid(text), _matches(text, EVIDENT)))):
            self._others.add(value)

    def _find(self, text: pa.Array, kinds: Sequence[str]) -> None:
        """The first example of each kind; the beginning shows most of them."""
        for part in (text.slice(0, BEGINNING), text):
            for kind in kinds:
                at = pc.index(_matches(part, kind), True).as_py() if kind not in self._examples else -1
                if at >= 0:
                    self._examples[kind] = part[at].as_py()

    def merge(self, later: NumberColumnEvidence) -> None:
        """Take in what a later part shows."""
        self._examples = {**later._examples, **self._examples}
        self._others.merge(later._others)

    def decide(self) -> NumberForm:
        """The decimal mark of the whole column."""
        evidence = NumberEvidence()
        for kind in KINDS:
            evidence.add(self._examples.get(kind))
        evidence.merge(self._others)
        return evidence.decide()


def bare_dates(column: pa.ChunkedArray) -> pa.Array:
    """The distinct texts of a column of dates without null marks and times of day, in order of first appearance."""
    days = pc.unique(pc.replace_substring_regex(pc.unique(whole(column)), DAYTIME, ""))
    return pa.array([value for value in days.to_pylist() if value is not None and not is_null(value, number=True)], pa.string())


def read_dates(column: pa.ChunkedArray, form: DateForm | None = None) -> DateColumn:
    """Read a text column as dates; without a form the whole column decides the order of day and month.

    Null marks (`NULL`, `N/A`, …) become null and are no fault.

    >>> read = read_dates(pa.chunked_array([["17/03/2014", "4/5/2014", "2014", "-"]]))
    >>> [str(day) for day in read.days.to_pylist()], read.precision.to_pylist()
    (['2014-03-17', '2014-05-04', '2014-01-01', 'None'], ['day', 'day', 'year', None])
    """
    encoded = pc.dictionary_encode(whole(column))
    if form is None:
        form = date_form(bare_dates(encoded.dictionary).to_pylist())
    bare = pc.dictionary_encode(pc.replace_substring_regex(encoded.dictionary, DAYTIME, ""))
    read: list[ParsedDate | None] = []
    refused: set[str] = set()
    for value in bare.dictionary.to_pylist():
        try:
            read.append(None if value is None or is_null(value, number=True) else form.read(value))
        except ValueFormError:
            read.append(None)
            refused.add(value)
    faults = {}
    if len(refused) > 0:
        pairs = zip(encoded.dictionary.to_pylist(), pc.take(bare.dictionary, bare.indices).to_pylist(), strict=True)
        faults = {text: _refusal(text, form) for text, short in pairs if short in refused}
    days = pa.array([None if d is None else d.day for d in read], pa.date32())
    precision = pa.array([None if d is None else d.precision.value for d in read], pa.string())
    index = pc.take(bare.indices, encoded.indices)
    return DateColumn(pc.take(days, index), pc.take(precision, index), faults, form)


def _refusal(text: str, form: DateForm) -> str:
    """Why a text is no date, in the words of the one who reads it."""
    try:
        form.read(text)
    except ValueFormError as problem:
        return str(problem)
    return f"{text!r} is no date without its time of day"


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
