"""A date as a list gives it: an exact day, or the interval that a month or year leaves open."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from kit.dates import parse_date
from kit.errors import ValueFormError
from kit.model import DatePrecision


@dataclass(frozen=True)
class Span:
    """An exact day, or a first and a last possible day, or nothing."""

    day: dt.date | None = None
    first: dt.date | None = None
    last: dt.date | None = None


def iso_day(text: str) -> dt.date | None:
    """The day that a moment such as 2026-08-05T16:47:04 begins with, or None.

    >>> iso_day("2026-08-05T16:47:04"), iso_day("")
    (datetime.date(2026, 8, 5), None)
    """
    try:
        return parse_date(text.strip()[:10], form="%Y-%m-%d").day
    except ValueFormError:
        return None


def span_of(day: dt.date | None, precision: str | None) -> Span:
    """The span that a date with its precision means; a month or year is never narrowed to a day.

    >>> span_of(dt.date(2022, 2, 1), "month")
    Span(day=None, first=datetime.date(2022, 2, 1), last=datetime.date(2022, 2, 28))
    """
    if day is None or precision is None:
        return Span()
    if precision == DatePrecision.DAY:
        return Span(day)
    if precision == DatePrecision.YEAR:
        return Span(None, dt.date(day.year, 1, 1), dt.date(day.year, 12, 31))
    return Span(None, day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1]))
