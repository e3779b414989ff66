import datetime as dt

from kit.lists import status_on, statuses_on
from kit.model import ListingStatus
from kit.tables import from_rows

YEAR_2017 = {"listed_not_before": dt.date(2017, 1, 1), "listed_not_after": dt.date(2017, 12, 31)}
DAY_2020 = {"listing_date": dt.date(2020, 3, 5)}


def on(day, *rows):
    return status_on(list(rows), dt.date.fromisoformat(day))


def test_party_is_listed_on_the_day_of_its_listing():
    assert on("2020-03-05", DAY_2020) is ListingStatus.LISTED


def test_party_is_not_yet_listed_the_day_before():
    assert on("2020-03-04", DAY_2020) is ListingStatus.NOT_YET


def test_party_is_delisted_from_the_day_after_the_end_date():
    ended = {**DAY_2020, "end_date": dt.date(2021, 1, 1)}
    assert [on(day, ended) for day in ("2021-01-01", "2021-01-02")] == [ListingStatus.LISTED, ListingStatus.DELISTED]


def test_listing_inside_the_month_of_a_record_settles_nothing():
    assert status_on([DAY_2020], dt.date(2020, 3, 1), latest=dt.date(2020, 3, 31)) is ListingStatus.DATE_UNKNOWN


def test_record_of_a_month_before_the_listing_is_not_yet():
    assert status_on([DAY_2020], dt.date(2020, 2, 1), latest=dt.date(2020, 2, 29)) is ListingStatus.NOT_YET


def test_delisting_inside_the_month_of_a_record_settles_nothing():
    ended = {**DAY_2020, "end_date": dt.date(2021, 1, 15)}
    assert status_on([ended], dt.date(2021, 1, 1), latest=dt.date(2021, 1, 31)) is ListingStatus.DATE_UNKNOWN


def test_day_inside_the_interval_is_date_unknown():
    assert on("2017-06-30", YEAR_2017) is ListingStatus.DATE_UNKNOWN


def test_both_ends_of_the_interval_are_date_unknown():
    assert [on(day, YEAR_2017) for day in ("2017-01-01", "2017-12-31")] == [ListingStatus.DATE_UNKNOWN] * 2


def test_day_before_the_interval_is_not_yet_and_after_it_listed():
    assert [on(day, YEAR_2017) for day in ("2016-12-31", "2018-01-01")] == [ListingStatus.NOT_YET, ListingStatus.LISTED]


def test_row_without_any_date_is_date_unknown():
    assert on("2020-01-01", {"authority": "OFAC"}) is ListingStatus.DATE_UNKNOWN


def test_only_an_upper_bound_leaves_earlier_days_unknown():
    row = {"listed_not_after": dt.date(2017, 12, 31)}
    assert [on(day, row) for day in ("2016-01-01", "2018-01-01")] == [ListingStatus.DATE_UNKNOWN, ListingStatus.LISTED]


def test_one_list_that_lists_the_party_is_enough():
    ended = {**DAY_2020, "end_date": dt.date(2021, 1, 1)}
    assert on("2022-01-01", ended, YEAR_2017) is ListingStatus.LISTED


def test_unknown_date_forbids_saying_not_yet():
    assert on("2019-01-01", DAY_2020, {"authority": "OFAC"}) is ListingStatus.DATE_UNKNOWN


def test_record_without_a_date_is_date_unknown():
    assert status_on([DAY_2020], None) is ListingStatus.DATE_UNKNOWN


def test_party_without_sanction_rows_is_date_unknown():
    assert on("2020-01-01") is ListingStatus.DATE_UNKNOWN


def test_table_of_sanctions_reads_like_rows():
    table = from_rows("sanctions", [{"entity_id": "us_el:1", "authority": "BIS", **DAY_2020}])
    assert status_on(table, dt.date(2019, 1, 1)) is ListingStatus.NOT_YET


def test_every_party_of_a_list_has_one_status_on_a_day():
    rows = [
        {"entity_id": "l:2", "authority": "A", "listing_date": dt.date(2020, 1, 1)},
        {"entity_id": "l:1", "authority": "A"},
        {"entity_id": "l:2", "authority": "B", "listing_date": dt.date(2030, 1, 1)},
    ]
    found = statuses_on(from_rows("sanctions", rows), dt.date(2024, 6, 1))
    assert found.to_pylist() == [{"entity_id": "l:1", "status": "date unknown"}, {"entity_id": "l:2", "status": "listed"}]
