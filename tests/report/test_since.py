import datetime as dt

import pytest

from kit.report.leads import _since

DAY = dt.date(2022, 2, 25)
NONE = {"listing_date": None, "listed_not_before": None, "listed_not_after": None, "end_date": None}


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({}, "date of listing unknown"),
        ({"listed_not_after": DAY}, "listed on or before 2022-02-25"),
        ({"listed_not_before": DAY, "listed_not_after": dt.date(2022, 3, 1)}, "listed in 2022"),
        ({"listing_date": DAY, "end_date": dt.date(2023, 1, 1)}, "listed since 2022-02-25, until 2023-01-01"),
    ],
)
def test_since_when_is_said_as_exactly_as_the_list_says_it(known, words):
    assert _since({**NONE, **known}) == words
