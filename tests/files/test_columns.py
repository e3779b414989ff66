from __future__ import annotations

import datetime
import time

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.dates import DateForm
from kit.errors import ValueFormError
from kit.files import parse_column, read_dates, read_numbers
from kit.numbers import NumberForm, number_form, parse_number


def chunked(*parts: list[str | None]) -> pa.ChunkedArray:
    return pa.chunked_array([pa.array(part, pa.string()) for part in parts], pa.string())


def test_each_distinct_value_is_parsed_once() -> None:
    seen: list[str] = []

    def parse(text: str) -> int:
        seen.append(text)
        return len(text)

    values, faults = parse_column(chunked(["a", "bb", "a"], [None, "bb"]), parse, pa.int64())
    assert values.to_pylist() == [1, 2, 1, None, 2]
    assert (sorted(seen), faults) == (["a", "bb"], {})


def test_refused_value_becomes_null_and_a_fault() -> None:
    def parse(text: str) -> int:
        raise ValueFormError.unreadable("code", text, "digits")

    values, faults = parse_column(chunked(["x", "x"]), parse, pa.int64())
    assert values.to_pylist() == [None, None]
    assert "expected digits" in faults["x"]


def test_other_errors_are_not_hidden() -> None:
    def parse(text: str) -> int:
        raise KeyError(text)

    with pytest.raises(KeyError):
        parse_column(chunked(["x"]), parse, pa.int64())


def test_column_without_rows_gives_no_values() -> None:
    values, faults = parse_column(chunked(), int, pa.int64())
    assert (len(values), values.type, faults) == (0, pa.int64(), {})


def test_plain_numbers_are_read_at_once() -> None:
    read = read_numbers(chunked(["1", "-2.5", None], ["0.25"]))
    assert read.values.to_pylist() == [1.0, -2.5, None, 0.25]
    assert read.form.decimal == "."


def test_decimal_commas_decide_for_the_whole_column() -> None:
    read = read_numbers(chunked(["1.234", "1.234,56", "7"]))
    assert read.values.to_pylist() == [1234.0, 1234.56, 7.0]


def test_undecidable_numbers_are_refused_and_the_others_read() -> None:
    read = read_numbers(chunked(["1.234", "12"]))
    assert read.values.to_pylist() == [None, 12.0]
    assert list(read.faults) == ["1.234"]
    assert read.form.decimal is None


def test_null_marks_are_no_faults() -> None:
    read = read_numbers(chunked(["NULL", "N/A", "5", "five"]))
    assert read.values.to_pylist() == [None, None, 5.0, None]
    assert list(read.faults) == ["five"]


def test_given_form_is_kept() -> None:
    read = read_numbers(chunked(["1.234"]), NumberForm(".", "given"))
    assert read.values.to_pylist() == [1.234]


NUMBERS = st.one_of(
    st.none(),
    st.integers(-9999, 99999).map(str),
    st.decimals(0, 99999, places=2).map(str),
    st.decimals(0, 99999, places=3).map(str),
    st.sampled_from(["1.234", "1,234", "1.234,5", "1,234.5", "12,5", "(5)", "5-", "NULL", "x", "1 234", "0.123", "+5"]),
)


@settings(deadline=None)
@given(st.lists(NUMBERS, max_size=12))
def test_fast_and_slow_reading_of_numbers_agree(texts: list[str | None]) -> None:
    form = number_form(texts)
    read = read_numbers(chunked(texts))
    assert read.form.decimal == form.decimal
    for text, value in zip(texts, read.values.to_pylist(), strict=True):
        try:
            expected = None if text is None else parse_number(text, decimal=form.decimal)
        except ValueFormError:
            expected = None
            assert text in read.faults
        assert value == expected


def test_dates_of_a_column_share_one_order() -> None:
    read = read_dates(chunked(["12/07/2023", "25/07/2023", "NULL", "x"]))
    assert read.days.to_pylist() == [datetime.date(2023, 7, 12), datetime.date(2023, 7, 25), None, None]
    assert read.precision.to_pylist() == ["day", "day", None, None]
    assert list(read.faults) == ["x"]


def test_undecided_dates_are_refused() -> None:
    read = read_dates(chunked(["12/07/2023", "2023-07-01"]))
    assert read.days.to_pylist() == [None, datetime.date(2023, 7, 1)]
    assert read.form.day_first is None


def test_given_order_is_kept() -> None:
    read = read_dates(chunked(["12/07/2023"]), DateForm(None, False, "given"))
    assert read.days.to_pylist() == [datetime.date(2023, 12, 7)]


def test_a_million_distinct_numbers_are_read_within_seconds() -> None:
    column = pa.chunked_array([pa.array([f"{i}.5" for i in range(1_000_000)])])
    start = time.monotonic()
    read = read_numbers(column)
    assert time.monotonic() - start < 5
    assert read.values[-1].as_py() == 999_999.5
