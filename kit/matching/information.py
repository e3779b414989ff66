"""How much a word tells: the rarer in lists and trade, the more."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kit.reference import read_reference

PRIOR_NAMES = 20_000  # the shipped table of common words counts as this many names


@dataclass(frozen=True)
class Information:
    """Word counts of a list and of the background, and what they make of a word.

    The background is the trade file at hand (or any names of ordinary parties).
    The shipped table of common words stands in for a large file, so that small
    lists and small files do not make ordinary words look rare.
    """

    list_counts: Mapping[str, int]
    list_size: int
    background_counts: Mapping[str, int]
    background_size: int

    def of(self, word: str) -> float:
        """Nats of information that a word carries: minus the logarithm of its share among names.

        The share is the mean of its share in the list and in the background,
        each smoothed by the table of common words.
        """
        prior = _prior().get(word, 0.25)
        listed = (self.list_counts.get(word, 0) + prior) / (self.list_size + PRIOR_NAMES)
        common = (self.background_counts.get(word, 0) + prior) / (self.background_size + PRIOR_NAMES)
        return -math.log(0.35 * listed + 0.65 * common)

    def with_background(self, names: Iterable[Sequence[str]]) -> Information:
        """The same list counts with another background, given as names in words."""
        counts, size = count_words(names)
        return Information(self.list_counts, self.list_size, counts, size)


def count_words(names: Iterable[Sequence[str]]) -> tuple[Counter[str], int]:
    """In how many names each word stands, and how many names there are."""
    counts: Counter[str] = Counter()
    size = 0
    for words in names:
        counts.update(set(words))
        size += 1
    return counts, size


@cache
def _prior() -> dict[str, float]:
    """Expected count of each common word in `PRIOR_NAMES` names."""
    rows = read_reference("reference", "common_words.csv")
    return {row["word"]: int(row["per_million_names"]) * PRIOR_NAMES / 1_000_000 for row in rows}


def no_background() -> Information:
    """Information from the kit's table of common words alone."""
    return Information({}, 0, {}, 0)
