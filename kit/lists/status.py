"""How a party stood to its lists on a given day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from kit.model import ListingStatus

# The strongest answer over several rows: one list that says "listed" is enough,
# and an unknown date forbids saying that the party was not listed.
ORDER = (ListingStatus.LISTED, ListingStatus.DATE_UNKNOWN, ListingStatus.DELISTED, ListingStatus.NOT_YET)


def status_on(sanctions: pa.Table | Sequence[Mapping[str, Any]], day: dt.date | None) -> ListingStatus:
    """Say how a party stood to the lists on a day.

    `listed` means that at least one row of sanctions was surely in force. A day
    inside an interval in which the party was listed some day is `date unknown`,
    and so is everything where the list gives no date. Being listed says
    nothing about the goods of a record.

    Args:
        sanctions: Rows of SANCTIONS of one entity, as a table or as
            dictionaries; rows of several lists may be mixed.
        day: Day of the record; None (a record without a date) gives `date unknown`.

    Returns:
        One status over all rows: listed, else date unknown, else delisted, else not yet.
        No rows at all give `date unknown`.

    >>> row = {"listed_not_before": dt.date(2017, 1, 1), "listed_not_after": dt.date(2017, 12, 31)}
    >>> [status_on([row], dt.date(year, 6, 1)).value for year in (2016, 2017, 2018)]
    ['not yet', 'date unknown', 'listed']
    """
    rows = sanctions.to_pylist() if isinstance(sanctions, pa.Table) else sanctions
    if day is None or len(rows) == 0:
        return ListingStatus.DATE_UNKNOWN
    found = {row_status(row, day) for row in rows}
    return next(status for status in ORDER if status in found)


def row_status(row: Mapping[str, Any], day: dt.date) -> ListingStatus:
    """The status that a single row of SANCTIONS gives on a day.

    The day of listing counts as listed, the end date is the first day that does
    not. Both ends of an interval belong to it.

    >>> row_status({"listing_date": dt.date(2020, 1, 1), "end_date": dt.date(2021, 1, 1)}, dt.date(2021, 1, 1)).value
    'delisted'
    """
    end = row.get("end_date")
    if end is not None and day >= end:
        return ListingStatus.DELISTED
    start = row.get("listing_date")
    if start is not None:
        return ListingStatus.LISTED if day >= start else ListingStatus.NOT_YET
    first, last = row.get("listed_not_before"), row.get("listed_not_after")
    if last is not None and day > last:
        return ListingStatus.LISTED
    if first is not None and day < first:
        return ListingStatus.NOT_YET
    return ListingStatus.DATE_UNKNOWN
