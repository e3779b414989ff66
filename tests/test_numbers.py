from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.errors import ValueFormError
from kit.numbers import NULL_MARKS, NumberKind, is_null, number_form, parse_number, value_fault


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("5", 5.0),
        ("+5", 5.0),
        ("-5", -5.0),
        ("−5", -5.0),
        ("- 5", -5.0),
        ("5-", -5.0),
        ("(5)", -5.0),
        ("(1.234,5)", -1234.5),
        ("1234.56", 1234.56),
        ("1,234.56", 1234.56),
        ("1.234,56", 1234.56),
        ("1 234,56", 1234.56),
        ("1\u00a0234\u00a0567,5", 1234567.5),
        ("1\u202f234.5", 1234.5),
        ("1'234.56", 1234.56),
        ("1’234’567", 1234567.0),
        ("1.234.567", 1234567.0),
        ("1,234,567", 1234567.0),
        ("12,34,567.00", 1234567.0),
        ("0,5", 0.5),
        ("0.123", 0.123),
        ("1234.567", 1234.567),
        (".5", 0.5),
        (",5", 0.5),
        ("5.", 5.0),
        ("1e6", 1e6),
        ("1.5E+06", 1.5e6),
        ("$5", 5.0),
        ("-$1,234.50", -1234.5),
        ("5,50 €", 5.5),
        ("007", 7.0),
    ],
)
def test_number_is_read_in_every_spelling(text: str, number: float) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize(
    "text", ["", "  ", "NULL", "null", "nan", "NaN", "N/A", "-", "-0-", "-0- ", "NA", ":", "НЕ УКАЗАН", "#DIV/0!"]
)
def test_null_marks_are_no_number(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize("text", ["1.234", "1,234", "-1.234", "999,999"])
def test_number_that_can_be_read_two_ways_is_refused(text: str) -> None:
    with pytest.raises(ValueFormError, match="both readings are possible"):
        parse_number(text)


def test_decimal_mark_of_the_column_decides() -> None:
    assert parse_number("1.234", decimal=".") == 1.234
    assert parse_number("1.234", decimal=",") == 1234.0
    assert parse_number("1,234", decimal=".") == 1234.0


@pytest.mark.parametrize(("text", "decimal"), [("12.5", ","), ("1.234,5", "."), ("1 234,5", "."), ("1,23,4", ".")])
def test_number_against_the_mark_of_its_column_is_refused(text: str, decimal: str) -> None:
    with pytest.raises(ValueFormError):
        parse_number(text, decimal=decimal)


@pytest.mark.parametrize(
    "text", ["five", "5 kg", "1 23", "1..2", "1.234.56", "--5", "(-5)", "0x10", "1_000", "inf", "1,2,3", "²", "1e999"]
)
def test_what_is_no_number_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(ValueFormError) as caught:
        parse_number(text)
    assert repr(text) in str(caught.value)


@settings(deadline=None)
@given(st.text(max_size=16))
def test_any_text_is_a_number_or_a_plain_refusal(text: str) -> None:
    try:
        number = parse_number(text)
    except ValueFormError:
        return
    assert number is None or math.isfinite(number)


WRITTEN = {
    "1,234.56": (".", lambda n: f"{n:,.2f}"),
    "1.234,56": (",", lambda n: f"{n:,.2f}".translate(str.maketrans(",.", ".,"))),
    "1 234,56": (",", lambda n: f"{n:,.2f}".replace(",", " ").replace(".", ",")),
    "1234.56": (".", lambda n: f"{n:.2f}"),
}


@settings(deadline=None)
@given(st.lists(st.decimals(-(10**9), 10**9, places=2), min_size=1, max_size=10), st.sampled_from(sorted(WRITTEN)))
def test_any_column_of_cents_is_read_back(numbers: list[float], style: str) -> None:
    mark, write = WRITTEN[style]
    texts = [write(number) for number in numbers]
    form = number_form(texts)
    assert form.decimal == mark
    assert [parse_number(text, decimal=form.decimal) for text in texts] == [float(number) for number in numbers]


@pytest.mark.parametrize(
    ("values", "decimal"),
    [
        (["1.234", "12,5"], ","),
        (["1.234", "12.5"], "."),
        (["1.234", "1.234.567"], ","),
        (["1,234", "7"], None),
        (["1.234"], None),
        (["1.234", "20500"], "."),
        (["1.234", "1,234"], None),
        (["12.5", "12,5"], None),
        (["5", "20500", None, "NULL"], "."),
        (["0.123"], "."),
        ([], "."),
    ],
)
def test_column_decides_the_decimal_mark(values: list[str | None], decimal: str | None) -> None:
    assert number_form(values).decimal == decimal


def test_undecided_column_names_the_value_and_the_way_out() -> None:
    note = number_form(["1.234"]).note
    assert "'1.234'" in note
    assert "give the decimal mark" in note


def test_na_is_a_value_outside_columns_of_numbers() -> None:
    assert is_null("NA") is False
    assert "na" not in NULL_MARKS


def test_null_marks_hold_without_regard_to_case_and_blanks() -> None:
    assert is_null(" отсутствует ")


@pytest.mark.parametrize(
    ("number", "kind", "fault"),
    [
        (5.0, "value", None),
        (0.0, "value", None),
        (None, "value", None),
        (-5.0, "value", "a value below zero"),
        (-0.5, "weight_kg", "a weight below zero"),
        (math.nan, "quantity", "a quantity that is no number"),
        (math.inf, "value", "a value that is no number"),
    ],
)
def test_absurd_numbers_get_a_reason(number: float | None, kind: str, fault: str | None) -> None:
    assert value_fault(number, kind) == fault


def test_number_beyond_what_one_row_can_hold_gets_a_reason() -> None:
    assert "above 10,000,000,000" in str(value_fault(1e11, NumberKind.WEIGHT_KG))


def test_unknown_kind_of_number_is_refused() -> None:
    with pytest.raises(ValueError, match="volume"):
        value_fault(5.0, "volume")


def test_number_with_exponent_shows_its_decimal_mark() -> None:
    assert number_form(["1,25E+06"]).decimal == ","
