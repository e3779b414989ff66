"""Seeded chance that gives the same draw on every system and Python version."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

T = TypeVar("T")

FIRST = date(2021, 6, 1)
LAST = date(2024, 6, 30)
TURN = date(2022, 3, 1)


class Chance:
    """Draws built on `random.random()` alone, whose values Python keeps between versions."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def unit(self) -> float:
        """A number from 0 up to but without 1."""
        return self._random.random()

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self.unit() * (high - low + 1))

    def between(self, low: float, high: float) -> float:
        """A number whose logarithm is spread evenly between the two bounds."""
        return math.exp(math.log(low) + self.unit() * (math.log(high) - math.log(low)))

    def pick(self, values: Sequence[T]) -> T:
        """One of the values."""
        return values[int(self.unit() * len(values))]

    def weighted(self, values: Sequence[T], weights: Sequence[float]) -> T:
        """One of the values, each as often as its weight says."""
        left = self.unit() * sum(weights)
        for value, weight in zip(values, weights, strict=True):
            left -= weight
            if left < 0:
                return value
        return values[-1]

    def shuffled(self, values: Sequence[T]) -> list[T]:
        """The values in another order."""
        out = list(values)
        for i in range(len(out) - 1, 0, -1):
            j = int(self.unit() * (i + 1))
            out[i], out[j] = out[j], out[i]
        return out

    def digits(self, count: int) -> str:
        """A number of `count` digits that does not begin with 0."""
        return str(self.whole(1, 9)) + "".join(str(self.whole(0, 9)) for _ in range(count - 1))


def months() -> tuple[date, ...]:
    """The first day of every month of the case."""
    out = []
    day = FIRST
    while day <= LAST:
        out.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    return tuple(out)


def weight_of(month: date, course: str, peak: int) -> float:
    """How much trade falls in a month: `growing` after March 2022, `ending` then, or `seasonal` with a peak month."""
    since = (month.year - TURN.year) * 12 + month.month - TURN.month
    if course == "growing":
        return 0.07 if since < 0 else min(1.0, 0.15 + 0.075 * since) * (0.8 if since > 22 else 1.0)
    if course == "ending":
        return 1.0 if since < 0 else 0.02
    return 1.0 + 0.45 * math.cos(2 * math.pi * (month.month - peak) / 12)


def some_day(chance: Chance, course: str, peak: int = 10) -> date:
    """A working day drawn from the course."""
    all_months = months()
    month = chance.weighted(all_months, [weight_of(m, course, peak) for m in all_months])
    day = month + timedelta(days=chance.whole(0, 27))
    return day - timedelta(days=max(0, day.weekday() - 4)) if day.day > 2 else day
