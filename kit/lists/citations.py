"""Federal Register citations: what a volume says about when a party was listed."""

from __future__ import annotations

import datetime as dt
import re

FIRST_YEAR = 1936  # volume 1
_VOLUME = re.compile(r"(?<![\d/])(\d{1,3})[\s.]*F\.?\s?R(?![a-zA-Z])|\bVol\.?\s*(\d{1,3})(?!\d)")


def first_volume(citation: str, *, newest_year: int | None = None) -> int | None:
    """The lowest volume of the Federal Register that a citation names, or None.

    Args:
        citation: As a list spells it; several notices may be joined.
        newest_year: Volumes after this year are misprints and passed over.
            Without it, any two-digit volume is taken.

    >>> first_volume("83 FR 37423; 87 FR 77505")
    83
    >>> first_volume("Vol. 88, No. 151, 08/08/2023")
    88
    >>> first_volume("67 F.R. 56530 9/4/02 67 F.R. 10890 3/11/02")
    67
    >>> first_volume("order of the court") is None
    True
    """
    newest = newest_year - FIRST_YEAR + 1 if newest_year is not None else 99
    volumes = [int(a if a != "" else b) for a, b in _VOLUME.findall(citation)]
    volumes = [volume for volume in volumes if 1 <= volume <= newest]
    return min(volumes) if len(volumes) > 0 else None


def listing_interval(citation: str, *, newest_year: int | None = None) -> tuple[dt.date, dt.date] | None:
    """The year in which the first notice about a party was published, or None.

    The Federal Register has one volume a year: volume 82 is 2017. The interval
    is never narrowed to a day, and an order may have been signed some weeks
    before its notice.

    >>> listing_interval("82 FR 722")
    (datetime.date(2017, 1, 1), datetime.date(2017, 12, 31))
    """
    volume = first_volume(citation, newest_year=newest_year)
    if volume is None:
        return None
    year = FIRST_YEAR - 1 + volume
    return dt.date(year, 1, 1), dt.date(year, 12, 31)
