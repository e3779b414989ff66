"""Since when a party is listed, and how it stood on the day of a record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from kit.model import ListingStatus

SENTENCES = {
    ListingStatus.LISTED: "listed on the day of this record",
    ListingStatus.NOT_YET: "not yet listed on the day of this record",
    ListingStatus.DELISTED: "no longer listed on the day of this record",
    ListingStatus.DATE_UNKNOWN: "whether it was listed on the day of this record is not known",
}


def status_on(sanctions: Iterable[Mapping[str, Any]], day: date | None, *, latest: date | None = None) -> ListingStatus:
    """How an entity stood to its list on a day.

    Listed if any of its entries had surely begun and not ended; date unknown if the list
    gives no date that settles it. A record that gives only its month or year spans
    days from `day` to `latest`; a day of listing inside that span settles nothing.

    Args:
        sanctions: Rows of SANCTIONS of one entity.
        day: First day of the record; None if it has no date.
        latest: Last day that the record may have; None if it is `day`.
    """
    last = latest or day
    found = [_one(entry, day, last) for entry in sanctions] if day is not None and last is not None else []
    for status in (ListingStatus.LISTED, ListingStatus.DATE_UNKNOWN, ListingStatus.NOT_YET, ListingStatus.DELISTED):
        if status in found:
            return status
    return ListingStatus.DATE_UNKNOWN


def _one(entry: Mapping[str, Any], first: date, last: date) -> ListingStatus:
    begins = entry.get("listing_date") or entry.get("listed_not_before")
    surely = entry.get("listing_date") or entry.get("listed_not_after")
    ends = entry.get("end_date")
    if ends is not None and ends < first:
        return ListingStatus.DELISTED
    if begins is not None and begins > last:
        return ListingStatus.NOT_YET
    if surely is not None and surely <= first and (ends is None or ends >= last):
        return ListingStatus.LISTED
    return ListingStatus.DATE_UNKNOWN


def since(entry: Mapping[str, Any]) -> str:
    """Since when, in words, as exactly as the list says.

    >>> since({"listed_not_before": date(2023, 1, 1), "listed_not_after": date(2023, 12, 31)})
    'listed between 2023-01-01 and 2023-12-31'
    """
    ended = f", ended {entry['end_date']}" if entry.get("end_date") is not None else ""
    if entry.get("listing_date") is not None:
        return f"listed {entry['listing_date']}{ended}"
    if entry.get("listed_not_before") is not None and entry.get("listed_not_after") is not None:
        return f"listed between {entry['listed_not_before']} and {entry['listed_not_after']}{ended}"
    if entry.get("listed_not_after") is not None:
        return f"listed by {entry['listed_not_after']}{ended}"
    return f"the list gives no date{ended}"
