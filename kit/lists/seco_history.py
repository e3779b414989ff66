"""The history of a target of the Swiss list: listed, amended, de-listed, listed again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

LISTED, AMENDED, DELISTED = "listed", "amended", "de-listed"
STEPS = frozenset({LISTED, AMENDED, DELISTED})


@dataclass(frozen=True)
class Step:
    """One modification: what it did and the day on which it took effect."""

    kind: str
    day: dt.date


@dataclass(frozen=True)
class Period:
    """One time on the list.

    Attributes:
        start: Day of listing, None if the file does not give it.
        not_after: Where `start` is missing, the last possible day of listing.
        end: Day of de-listing, None while listed.
    """

    start: dt.date | None = None
    not_after: dt.date | None = None
    end: dt.date | None = None


def periods(steps: Sequence[Step]) -> list[Period]:
    """The times that a target was on the list, the first one first.

    Args:
        steps: In the order of the file, which writes the newest first; of several
            on one day the one that stands first is the newest. Dates go before
            the order, because some targets are written out of it.

    Returns:
        At least one; a target without dated steps has one without dates. An
        amendment before any listing only shows that the target was listed by then.

    >>> day = dt.date.fromisoformat
    >>> [p.end for p in periods([Step("de-listed", day("2016-03-01")), Step("listed", day("2011-02-02"))])]
    [datetime.date(2016, 3, 1)]
    >>> periods([Step("listed", day("2022-03-16"))])[0].end is None
    True
    """
    ordered = sorted(enumerate(steps), key=lambda one: (one[1].day, -one[0]))
    found: list[Period] = []
    is_open = False
    for _, step in ordered:
        if step.kind == DELISTED:
            last = found.pop() if is_open else Period()
            found.append(Period(last.start, last.not_after, step.day))
            is_open = False
        elif step.kind == LISTED and not is_open:
            found.append(Period(start=step.day))
            is_open = True
        elif step.kind == AMENDED and not is_open and len(found) == 0:
            found.append(Period(not_after=step.day))
            is_open = True
    return found if len(found) > 0 else [Period()]
