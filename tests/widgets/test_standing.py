"""How a party stood to its list on the day of a record."""

import datetime as dt

import pytest

from kit.lists import status_on
from kit.model import ListingStatus
from kit.widgets.explorer.standing import since

DAY = dt.date(2023, 6, 15)


@pytest.mark.parametrize(("entry", "expected"), [
    ({"listing_date": dt.date(2023, 6, 1)}, ListingStatus.LISTED),
    ({"listing_date": dt.date(2023, 7, 1)}, ListingStatus.NOT_YET),
    ({"listing_date": dt.date(2020, 1, 1), "end_date": dt.date(2022, 1, 1)}, ListingStatus.DELISTED),
    ({}, ListingStatus.DATE_UNKNOWN),
    ({"listed_not_before": dt.date(2023, 1, 1), "listed_not_after": dt.date(2023, 12, 31)}, ListingStatus.DATE_UNKNOWN),
    ({"listed_not_before": dt.date(2022, 1, 1), "listed_not_after": dt.date(2022, 12, 31)}, ListingStatus.LISTED),
    ({"listed_not_before": dt.date(2024, 1, 1), "listed_not_after": dt.date(2024, 12, 31)}, ListingStatus.NOT_YET),
])  # fmt: skip
def test_status_on_the_day(entry: dict[str, dt.date], expected: ListingStatus) -> None:
    assert status_on([entry], DAY) is expected


def test_one_entry_in_force_is_enough() -> None:
    entries = [{"listing_date": dt.date(2024, 1, 1)}, {"listing_date": dt.date(2023, 1, 1)}]
    assert status_on(entries, DAY) is ListingStatus.LISTED


def test_a_listing_inside_the_month_of_a_record_settles_nothing() -> None:
    entry = {"listing_date": dt.date(2023, 6, 20)}
    assert status_on([entry], dt.date(2023, 6, 1), latest=dt.date(2023, 6, 30)) is ListingStatus.DATE_UNKNOWN


def test_a_record_without_a_date_has_no_status() -> None:
    assert status_on([{"listing_date": DAY}], None) is ListingStatus.DATE_UNKNOWN


def test_a_list_without_dates_says_so() -> None:
    assert since({}) == "the list gives no date"
