"""How a party stood to its lists on a given day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from kit.model import ListingStatus

# The first of these among several rows is the answer: one list that says "listed" is
# enough, and an unknown date forbids saying that the party was not listed.
ORDER = (ListingStatus.LISTED, ListingStatus.DATE_UNKNOWN, ListingStatus.NOT_YET, ListingStatus.DELISTED)


def status_on(
    sanctions: pa.Table | Iterable[Mapping[str, Any]], day: dt.date | None, *, latest: dt.date | None = None
) -> ListingStatus:
    """Say how a party stood to the lists on a day.

    `listed` means that at least one row of sanctions was surely in force. A day
    inside an interval in which the party was listed some day is `date unknown`,
    and so is everything where the list gives no date. Being listed says
    nothing about the goods of a record.

    Args:
        sanctions: Rows of SANCTIONS of one entity, as a table or as
            dictionaries; rows of several lists may be mixed.
        day: Day of the record; None (a record without a date) gives `date unknown`.
        latest: Last possible day of a record that gives only its month or
            year; a listing inside that span settles nothing.

    Returns:
        One status over all rows: listed, else date unknown, else not yet, else delisted.
        No rows at all give `date unknown`.

    >>> row = {"listed_not_before": dt.date(2017, 1, 1), "listed_not_after": dt.date(2017, 12, 31)}
    >>> [status_on([row], dt.date(year, 6, 1)).value for year in (2016, 2017, 2018)]
    ['not yet', 'date unknown', 'listed']
    """
    rows = sanctions.to_pylist() if isinstance(sanctions, pa.Table) else sanctions
    if day is None:
        return ListingStatus.DATE_UNKNOWN
    found = {row_status(row, day, latest if latest is not None else day) for row in rows}
    return next((status for status in ORDER if status in found), ListingStatus.DATE_UNKNOWN)


def statuses_on(sanctions: pa.Table, day: dt.date) -> pa.Table:
    """The status of every party of a list on one day.

    Args:
        sanctions: SANCTIONS of one or more lists.
        day: The day.

    Returns:
        One row a party: `entity_id`, `status` (a ListingStatus), in order of `entity_id`.
    """
    rows: dict[str, list[Mapping[str, Any]]] = {}
    for row in sanctions.to_pylist():
        rows.setdefault(row["entity_id"], []).append(row)
    found = {entity_id: status_on(own, day).value for entity_id, own in sorted(rows.items())}
    return pa.table({"entity_id": list(found), "status": pa.array(found.values(), pa.string())})


def row_status(row: Mapping[str, Any], first: dt.date, last: dt.date) -> ListingStatus:
    """The status that a single row of SANCTIONS gives over the days from `first` to `last`.

    The day of listing and the end date count as listed. Both ends of an interval belong to it.

    >>> row, day = {"listing_date": dt.date(2020, 1, 1), "end_date": dt.date(2021, 1, 1)}, dt.date(2021, 1, 2)
    >>> row_status(row, day, day).value
    'delisted'
    """
    end = row.get("end_date")
    if end is not None and end < first:
        return ListingStatus.DELISTED
    exact = row.get("listing_date")
    earliest, surely = (exact, exact) if exact is not None else (row.get("listed_not_before"), _day_after(row))
    if earliest is not None and earliest > last:
        return ListingStatus.NOT_YET
    if surely is not None and surely <= first and (end is None or end >= last):
        return ListingStatus.LISTED
    return ListingStatus.DATE_UNKNOWN


def _day_after(row: Mapping[str, Any]) -> dt.date | None:
    """The first day on which a party whose listing date is an interval is surely listed."""
    until = row.get("listed_not_after")
    return until + dt.timedelta(days=1) if until is not None else None


def first_listing(rows: Iterable[Mapping[str, Any]]) -> tuple[dt.date | None, dt.date | None]:
    """Between which days a party was first listed, over several rows of SANCTIONS.

    Returns:
        Not before and not after. They are equal where the day is known. A row
        without any date leaves "not before" open, for it may be the first.

    >>> first_listing([{"listing_date": dt.date(2022, 3, 1)}, {"listing_date": dt.date(2023, 3, 1)}])
    (datetime.date(2022, 3, 1), datetime.date(2022, 3, 1))
    """
    spans = [
        (row["listing_date"], row["listing_date"])
        if row.get("listing_date") is not None
        else (row.get("listed_not_before"), row.get("listed_not_after"))
        for row in rows
    ]
    known = [last for _, last in spans if last is not None]
    starts = [first for first, _ in spans]
    not_before = None if None in starts else min((first for first in starts if first is not None), default=None)
    return not_before, min(known, default=None)
