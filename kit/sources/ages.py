"""How old an edition of a list is, in words. An old edition is used all the same; the reader is told."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kit.sources.entries import Source, catalog


@dataclass(frozen=True)
class EditionAge:
    """The age of one edition on a day.

    Attributes:
        day: The edition's own day; where the list gives none, the day of its file.
        is_edition: Whether `day` is the edition's own.
        days: From that day to the day of looking; negative if a clock is wrong.
        look_after_days: When the catalog advises to look for a newer edition, None if it does not say.
        rhythm: How often the list changes, in the catalog's words; empty if it is not in the catalog.
    """

    day: date
    is_edition: bool
    days: int
    look_after_days: int | None
    rhythm: str

    @property
    def is_due(self) -> bool:
        """Whether a newer edition is to be expected. False also where the rhythm is not known."""
        return self.look_after_days is not None and self.days > self.look_after_days

    @property
    def words(self) -> str:
        """The age, for a screen.

        >>> EditionAge(date(2026, 7, 31), True, 116, 3, "daily").words
        '116 days old'
        >>> EditionAge(date(2026, 7, 31), False, 1, None, "").words
        'its file is 1 day old'
        >>> EditionAge(date(2026, 7, 31), True, 0, None, "").words
        'less than a day old'
        """
        if self.days < 0:
            return "dated in the future" if self.is_edition else "its file is dated in the future"
        old = "less than a day old" if self.days == 0 else "1 day old" if self.days == 1 else f"{self.days:,} days old"
        return old if self.is_edition else f"its file is {old}"

    @property
    def advice(self) -> str:
        """Why a newer edition is to be expected; empty if none is."""
        return f"a newer edition is to be expected (rhythm: {self.rhythm})" if self.is_due else ""


def edition_age(list_ids: Iterable[str], version: str | None, file_day: date, on: date) -> EditionAge:
    """How old an edition was on a day.

    Args:
        list_ids: Lists that the file holds; of several, the one that changes most often counts.
        version: The edition as read; a hash is no day.
        file_day: Day of the file, used where the edition gives none.
        on: The day of looking.
    """
    day = date.fromisoformat(version) if version is not None and re.fullmatch(r"\d{4}-\d{2}-\d{2}", version) else None
    known = [entry for key in list_ids if (entry := ruling(key)) is not None and entry.look_after_days is not None]
    soonest = min(known, key=lambda entry: entry.look_after_days or 0, default=None)
    return EditionAge(
        day=day if day is not None else file_day,
        is_edition=day is not None,
        days=(on - (day if day is not None else file_day)).days,
        look_after_days=soonest.look_after_days if soonest is not None else None,
        rhythm=soonest.rhythm if soonest is not None else "",
    )


def ruling(key: str) -> Source | None:
    """The catalog's entry of a list, or of the list that it is a part of; None for a list of the user's own.

    >>> found = ruling("us_el")
    >>> found.key if found is not None else ""
    'us_csl'
    """
    entry = next((entry for entry in catalog() if entry.key == key), None)
    if entry is not None and entry.part_of != "":
        return ruling(entry.part_of)
    return entry
