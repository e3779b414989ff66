from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.dates import EARLIEST, LATEST, date_form, month_names, parse_date
from kit.errors import ValueFormError
from kit.model import DatePrecision

MARCH_17 = datetime.date(2014, 3, 17)
DAYS = st.dates(EARLIEST, LATEST)


@pytest.mark.parametrize(
    "text",
    [
        "2014-03-17",
        "2014-03-17T10:00:00Z",
        "2014-03-17 00:00:00.000",
        "2014-03-17T10:00:00+03:00",
        "2014/3/17",
        "2014.03.17",
        "20140317",
        "17.3.2014",
        "17.03.2014 0:00:00",
        "17.03.14",
        "17/03/2014",
        "03/17/2014",
        "17-03-2014",
        "17-Mar-2014",
        "17-MAR-14",
        "17 March 2014",
        "17th of March 2014",
        "March 17, 2014",
        "Mar 17 2014",
        "2014-Mar-17",
        " 17 mar 2014 10:30 AM ",
        "17 марта 2014 г.",
        "17 марта 2014г",
        "17 МАРТА 2014 года",
        "17 березня 2014 р.",
        "17 de marzo de 2014",
        "17 Mart 2014",
    ],
)
def test_day_is_read_in_every_spelling(text: str) -> None:
    read = parse_date(text)
    assert (read.day, read.precision) == (MARCH_17, DatePrecision.DAY)


@pytest.mark.parametrize(
    "text",
    [
        "2024-01",
        "202401",
        "Jan-2024",
        "Jan 2024",
        "January 2024",
        "01.2024",
        "01/2024",
        "2024M01",
        "январь 2024",
        "Ocak 2024",
        "Jan. 2024",
    ],
)
def test_month_is_its_first_day(text: str) -> None:
    read = parse_date(text)
    assert (read.day, read.precision) == (datetime.date(2024, 1, 1), DatePrecision.MONTH)


@pytest.mark.parametrize("text", ["2024", "2024 г.", "202452"])
def test_year_is_its_first_day(text: str) -> None:
    read = parse_date(text)
    assert (read.day, read.precision) == (datetime.date(2024, 1, 1), DatePrecision.YEAR)


def test_label_of_eurostat_is_read() -> None:
    assert parse_date("202408-Aug. 2024").day == datetime.date(2024, 8, 1)


@pytest.mark.parametrize("text", ["12/07/2023", "1-2-2023", "01-02-03"])
def test_date_that_can_be_two_days_is_refused(text: str) -> None:
    with pytest.raises(ValueFormError, match="both are possible"):
        parse_date(text)


def test_order_given_by_the_column_is_used() -> None:
    assert parse_date("12/07/2023", day_first=True).day == datetime.date(2023, 7, 12)
    assert parse_date("12/07/2023", day_first=False).day == datetime.date(2023, 12, 7)


def test_value_against_the_order_of_its_column_is_refused() -> None:
    with pytest.raises(ValueFormError, match="03/17/2014"):
        parse_date("03/17/2014", day_first=True)


def test_points_mean_day_first() -> None:
    assert parse_date("12.07.2023").day == datetime.date(2023, 7, 12)


def test_same_day_and_month_needs_no_order() -> None:
    assert parse_date("05/05/2023").day == datetime.date(2023, 5, 5)


@pytest.mark.parametrize("text", ["3017-08-22", "1900-01", "1900-01-01", "1899-12-30", "9999-12-31", "1900", "0000-00-00"])
def test_absurd_years_are_refused(text: str) -> None:
    with pytest.raises(ValueFormError, match="1901 to 2100"):
        parse_date(text)


@pytest.mark.parametrize(
    "text",
    ["31.02.2014", "2024-13", "32 May 2020", "20250399", "2023-02-29", "24-Jan", "45000", "NULL", "", "soon", "17 Foo 2014"],
)
def test_what_is_no_date_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(ValueFormError) as caught:
        parse_date(text)
    assert repr(text) in str(caught.value)


def test_serial_numbers_are_read_only_if_the_form_says_so() -> None:
    assert parse_date("45000", form="excel").day == datetime.date(2023, 3, 15)
    assert parse_date("45000.75", form="excel").day == datetime.date(2023, 3, 15)


@pytest.mark.parametrize("text", ["0", "x", "999999", "-5"])
def test_serial_numbers_out_of_range_are_refused(text: str) -> None:
    with pytest.raises(ValueFormError):
        parse_date(text, form="excel")


def test_pattern_reads_what_cannot_be_recognized() -> None:
    assert parse_date("17032014", form="%d%m%Y").day == MARCH_17
    assert parse_date("1403", form="%y%m").precision is DatePrecision.MONTH


def test_pattern_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueFormError, match="%d%m%Y"):
        parse_date("2014-03-17", form="%d%m%Y")


def test_two_digit_years_turn_at_seventy() -> None:
    assert (parse_date("17.03.69").day.year, parse_date("17.03.70").day.year) == (2069, 1970)


@pytest.mark.parametrize(
    ("word", "month"),
    [("января", 1), ("лютий", 2), ("marzo", 3), ("nisan", 4), ("мая", 5), ("червня", 6), ("ağustos", 8), ("setiembre", 9)],
)
def test_months_are_known_in_five_languages(word: str, month: int) -> None:
    assert month_names()[word] == month


def test_capital_letters_of_turkish_are_known() -> None:
    assert parse_date("1 NİSAN 2020").day == datetime.date(2020, 4, 1)


@settings(deadline=None)
@given(DAYS, st.sampled_from(["%Y-%m-%d", "%Y%m%d", "%d.%m.%Y", "%d %B %Y", "%d-%b-%Y", "%B %d, %Y", "%Y/%m/%d"]))
def test_any_day_is_read_back(day: datetime.date, form: str) -> None:
    text = day.strftime(form) if day.year >= 1000 else day.isoformat()
    assert parse_date(text).day == day


@settings(deadline=None)
@given(DAYS, st.booleans())
def test_any_day_is_read_back_in_a_known_order(day: datetime.date, day_first: bool) -> None:
    text = day.strftime("%d/%m/%Y" if day_first else "%m/%d/%Y")
    assert parse_date(text, day_first=day_first).day == day


@settings(deadline=None)
@given(st.text(max_size=20))
def test_any_text_is_a_date_or_a_plain_refusal(text: str) -> None:
    try:
        parse_date(text)
    except ValueFormError as problem:
        assert "Cannot read" in str(problem)


@settings(deadline=None)
@given(st.lists(DAYS, min_size=1, max_size=20), st.booleans())
def test_decided_column_reads_every_day_right(days: list[datetime.date], day_first: bool) -> None:
    texts = [day.strftime("%d/%m/%Y" if day_first else "%m/%d/%Y") for day in days]
    form = date_form(texts)
    if form.day_first is not None:
        assert [form.read(text).day for text in texts] == days
    else:
        assert all(day.day <= 12 for day in days)


def test_one_day_above_twelve_decides_for_the_column() -> None:
    form = date_form(["12/07/2023", None, "25/07/2023", ""])
    assert form.day_first is True
    assert "'25/07/2023'" in form.note


def test_month_first_is_decided_too() -> None:
    assert date_form(["10/16/2017", "10/1/2017"]).day_first is False


def test_column_without_evidence_stays_undecided_and_says_so() -> None:
    form = date_form(["12/07/2023", "01/02/2023"])
    assert form.day_first is None
    assert "give day_first" in form.note


def test_column_with_both_orders_stays_undecided_and_says_so() -> None:
    form = date_form(["17/03/2014", "03/17/2014"])
    assert form.day_first is None
    assert "both orders" in form.note


def test_points_among_american_dates_leave_the_column_undecided() -> None:
    assert date_form(["03/17/2014", "12.07.2023"]).day_first is None


def test_american_dates_with_points_are_decided_by_the_column() -> None:
    assert date_form(["03.17.2014", "12.07.2014"]).day_first is False


def test_two_spellings_of_one_order_are_read_together() -> None:
    form = date_form(["9 August 2025", "17.3.2014"])
    assert [form.read(text).day.isoformat() for text in ("9 August 2025", "17.3.2014")] == ["2025-08-09", "2014-03-17"]


def test_column_of_serial_numbers_is_recognized() -> None:
    form = date_form(["45123", "45200.5"])
    assert form.read("45123").day == datetime.date(2023, 7, 16)


def test_column_of_months_as_digits_is_not_taken_for_serial_numbers() -> None:
    assert date_form(["202401", "202402"]).form is None


@pytest.mark.parametrize(
    ("text", "day"), [("2024年3月1日", "2024-03-01"), ("2024 年 12 月 31 日", "2024-12-31"), ("2024年3月", "2024-03-01")]
)
def test_chinese_dates_are_read(text: str, day: str) -> None:
    assert parse_date(text).day.isoformat() == day
