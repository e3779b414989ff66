"""Dates of first listing drawn: a mark for a day, a line for an interval, nothing for no date."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from kit.charts import captions_of, describe, listing_dates

DAY, FIRST, LAST = dt.date(2023, 6, 23), dt.date(2023, 1, 1), dt.date(2023, 12, 31)
ROWS = pd.DataFrame(
    [
        ("p1", "<b>Velox</b> LLC", "EU", DAY, DAY),
        ("p1", "<b>Velox</b> LLC", "BIS", FIRST, LAST),
        ("p2", "Kardan", "OFAC", None, None),
    ],
    columns=["party_id", "name", "authority", "not_before", "not_after"],
)


def test_a_listing_without_a_date_is_not_drawn_and_counted():
    figure = listing_dates(ROWS, title="t", source="s")
    assert [trace.name for trace in figure.data] == ["BIS", "EU"]
    assert "1 without a date" in describe(figure)


def test_names_from_files_are_text_and_never_markup():
    figure = listing_dates(ROWS, title="t", source="s")
    assert "<b>Velox</b>" not in str(figure.layout.yaxis.ticktext)
    assert captions_of(figure).source == "s"
