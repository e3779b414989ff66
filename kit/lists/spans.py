"""A date as a list gives it: an exact day, or the interval that a month or year leaves open."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from kit.model import DatePrecision


@dataclass(frozen=True)
class Span:
    """An exact day, or a first and a last possible day, or nothing."""

    day: dt.date | None = None
    first: dt.date | None = None
    last: dt.date | None = None


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
