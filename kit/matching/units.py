"""Units: the words of a name, neighbors joined, and the whole core joined.

Spaces come and go in trade records. A unit is what may stand as one word on the
other side: a single word, two neighbors written together, three short ones, or the whole core.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kit.names import skeleton

Ints = npt.NDArray[np.int32]
SINGLE, PAIR, WHOLE, TRIPLE = 0, 1, 2, 3
LONGEST_SYLLABLE = 6  # letters; three neighbors are joined only where each is as short as a Mandarin syllable
LONGEST_UNIT = 40
MOST_CORE = 14  # words of the core that are read


@dataclass(frozen=True)
class NameUnits:
    """Units of many names, one row a unit, names in order.

    `word` numbers the unit's spelling, `first` is the place of its first word in
    the core, `kind` is SINGLE, PAIR, TRIPLE or WHOLE. Units of name `i` are the rows
    `start[i]` to `start[i + 1]`, singles first, and it has `size[i]` words.
    """

    word: Ints
    first: Ints
    kind: npt.NDArray[np.int8]
    start: npt.NDArray[np.int64]
    size: Ints


def name_units(names: Sequence[Sequence[str]], numbers: dict[str, int]) -> NameUnits:
    """Number the units of each name; unseen spellings get the next number in `numbers`."""
    word: list[int] = []
    first: list[int] = []
    kind: list[int] = []
    start = np.zeros(len(names) + 1, np.int64)
    size = np.zeros(len(names), np.int32)
    for place, words in enumerate(names):
        core = words[:MOST_CORE]
        count = len(core)
        for at, single in enumerate(core):
            word.append(numbers.setdefault(single, len(numbers)))
            first.append(at)
            kind.append(SINGLE)
        for at in range(count - 1):
            pair = core[at] + core[at + 1]
            if len(pair) <= LONGEST_UNIT:
                word.append(numbers.setdefault(pair, len(numbers)))
                first.append(at)
                kind.append(PAIR)
        for at in _short_threes(core):
            word.append(numbers.setdefault(core[at] + core[at + 1] + core[at + 2], len(numbers)))
            first.append(at)
            kind.append(TRIPLE)
        if count > 2:
            whole = "".join(core)
            if len(whole) <= LONGEST_UNIT:
                word.append(numbers.setdefault(whole, len(numbers)))
                first.append(0)
                kind.append(WHOLE)
        start[place + 1] = len(word)
        size[place] = count
    return NameUnits(np.array(word, np.int32), np.array(first, np.int32), np.array(kind, np.int8), start, size)


def _short_threes(core: Sequence[str]) -> list[int]:
    """Places where three short words stand in a row; the whole core is a unit by itself."""
    if len(core) < 4:
        return []
    short = [1 < len(word) <= LONGEST_SYLLABLE and word.isalpha() for word in core]
    return [at for at in range(len(core) - 2) if short[at] and short[at + 1] and short[at + 2]]


@dataclass(frozen=True)
class Strings:
    """Whole cores as strings: written together in order, in sorted words, as sorted skeletons; and their letters counted."""

    glued: npt.NDArray[np.object_]
    ordered: npt.NDArray[np.object_]
    bones: npt.NDArray[np.object_]
    letters: Ints


def core_strings(names: Sequence[Sequence[str]]) -> Strings:
    """The cores of names as strings, for whole-name likeness."""
    glued, ordered, bones = (np.empty(len(names), object) for _ in range(3))
    for place, words in enumerate(names):
        core = words[:MOST_CORE]
        glued[place] = "".join(core)
        by_letter = sorted(core)
        ordered[place] = " ".join(by_letter)
        bones[place] = " ".join([skeleton(word) for word in by_letter])
    return Strings(glued, ordered, bones, np.fromiter((len(text) for text in glued), np.int32, len(names)))
