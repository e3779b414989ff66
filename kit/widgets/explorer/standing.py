"""Since when a party is listed, and how it stood on the day of a record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kit.case import Case
from kit.lists.readers import bundled
from kit.model import ListingStatus

SENTENCES = {
    ListingStatus.LISTED: "listed on the day of this record",
    ListingStatus.NOT_YET: "not yet listed on the day of this record",
    ListingStatus.DELISTED: "no longer listed on the day of this record",
    ListingStatus.DATE_UNKNOWN: "whether it was listed on the day of this record is not known",
}


def since(entry: Mapping[str, Any]) -> str:
    """Since when, in words, as exactly as the list says.

    >>> from datetime import date
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


def left_out_of_lists(case: Case) -> str:
    """What the bundled list leaves out, where it is in the case; else nothing."""
    list_ids = {list_id for source in case.sources() for list_id in source.list_ids}
    if bundled.LIST_ID not in list_ids:
        return ""
    which = "The list of this case" if len(list_ids) == 1 else f"The list {bundled.LIST_ID} of this case"
    return f"{which} holds no parties in Russia or Belarus: no candidate does not mean cleared."
