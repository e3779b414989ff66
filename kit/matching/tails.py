"""The address behind a name: words that say where somebody is, whatever they are called.

`ANSHIP LLC UNIT 9/F, PUSHKINA ROAD, HONG KONG` is Anship; PUSHKINA tells
nothing about who it is, though it is a rare word.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kit.matching.kinds import KINDS, NUMBER
from kit.matching.units import MOST_CORE, SINGLE, NameUnits
from kit.names import WordKind

Flags = npt.NDArray[np.bool_]

ADDRESS, PLACE, NAME = (KINDS.index(kind) for kind in (WordKind.ADDRESS, WordKind.PLACE, WordKind.NAME))
LEAST_SIGNS = 2  # address words, numbers and places from the first one on
LEAST_LETTERS = 3  # of an address word that begins an address
REACH = 3  # words from a house number to the street word


def address_tails(units: NameUnits, kinds: npt.NDArray[np.int8], lengths: npt.NDArray[np.int32]) -> Flags:
    """By unit: whether it is a word of the address behind a name.

    An address begins with an address word, or a number with an address word
    soon behind it, where a word of a name stands before and another sign of an
    address follows.

    Args:
        units: the names in units.
        kinds: the kind of each unit.
        lengths: its letters; an address word of one or two (`OF`, `ST`) begins nothing.
    """
    count = len(units.size)
    row = np.repeat(np.arange(count), np.diff(units.start))
    single = units.kind == SINGLE
    grid = np.full((count, MOST_CORE), -1, np.int8)
    grid[row[single], units.first[single]] = kinds[single]
    long = np.zeros((count, MOST_CORE), bool)
    long[row[single], units.first[single]] = lengths[single] >= LEAST_LETTERS
    address, number = grid == ADDRESS, grid == NUMBER
    soon = np.zeros_like(address)
    for step in range(1, REACH + 1):
        soon[:, :-step] |= address[:, step:]
    signs = address | number | (grid == PLACE)
    behind = np.cumsum(signs[:, ::-1], axis=1)[:, ::-1]
    named = np.cumsum(grid == NAME, axis=1) - (grid == NAME)
    begins = ((address & long) | (number & soon)) & (behind >= LEAST_SIGNS) & (named > 0)
    inside = np.maximum.accumulate(begins, axis=1)
    out: Flags = np.zeros(len(units.word), bool)
    out[single] = inside[row[single], units.first[single]]
    return out
