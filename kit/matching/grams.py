"""Runs of letters: a second way to a listed name where no word meets (words glued, divided or misspelt twice).

The skeletons of a name's words are written together, and every run of `SIZE`
letters is looked up. Runs that stand in many listed names find nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from kit.names import skeleton

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]
Codes = npt.NDArray[np.uint64]

SIZE = 5
MOST_NAMES = 120  # listed names that a run may stand in
LONGEST = 60  # letters of a name that are read


@dataclass(frozen=True)
class Grams:
    """Runs of letters of the listed names: `codes` rising, `postings` runs by names with the information of each run."""

    codes: Codes
    postings: csr_matrix
    total: Floats  # by listed name: information of all its runs
    unseen: float  # information of a run that no listed name has


def runs_of(names: Sequence[Sequence[str]]) -> tuple[Codes, Ints]:
    """The runs of each name as numbers, each once a name, and whose they are, by name."""
    glued = ["".join([skeleton(word) for word in words])[:LONGEST] for words in names]
    lengths = np.fromiter((len(text) for text in glued), np.int64, len(glued))
    letters = np.frombuffer("".join(glued).encode("ascii"), np.uint8).astype(np.uint64)
    if len(letters) < SIZE:
        return np.zeros(0, np.uint64), np.zeros(0, np.int32)
    owner = np.repeat(np.arange(len(glued)), lengths)
    codes = np.zeros(len(letters) - SIZE + 1, np.uint64)
    for step in range(SIZE):
        codes = (codes << np.uint64(7)) | letters[step : step + len(codes)]
    inside = owner[: len(codes)] == owner[SIZE - 1 :]
    key = distinct((owner[: len(codes)][inside].astype(np.uint64) << np.uint64(7 * SIZE)) | codes[inside])
    return key & np.uint64((1 << (7 * SIZE)) - 1), (key >> np.uint64(7 * SIZE)).astype(np.int32)


def distinct(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Values in order, each once (much faster than `numpy.unique` for numbers)."""
    ordered = np.sort(values)
    out: npt.NDArray[Any] = ordered[np.concatenate((np.ones(min(len(ordered), 1), bool), ordered[1:] != ordered[:-1]))]
    return out


def grams_of(names: Sequence[Sequence[str]]) -> Grams:
    """Make listed names findable by runs of letters."""
    found, owner = runs_of(names)
    codes, place, count = np.unique(found, return_inverse=True, return_counts=True)
    size = max(len(names), 1)
    information = np.log((size + 1.0) / (count + 0.5)).astype(np.float32)
    total = np.bincount(owner, information[place], len(names)).astype(np.float32)
    kept = count <= MOST_NAMES
    number = np.cumsum(kept) - 1
    rare = kept[place]
    shape = (int(kept.sum()), len(names))
    postings = csr_matrix((information[place][rare], (number[place][rare], owner[rare])), shape=shape)
    return Grams(codes[kept], postings, total, float(np.log((size + 1.0) / 0.5)))


def known_runs(grams: Grams, names: Sequence[Sequence[str]]) -> tuple[csr_matrix, Floats]:
    """Names by rare runs that stand in listed names, and how many runs each name has in all."""
    found, owner = runs_of(names)
    at = np.minimum(np.searchsorted(grams.codes, found), max(len(grams.codes) - 1, 0))
    known = grams.codes[at] == found if len(grams.codes) > 0 else np.zeros(len(found), bool)
    cells = (np.ones(int(known.sum()), np.float32), (owner[known], at[known]))
    counts = np.bincount(owner, minlength=len(names)).astype(np.float32)
    return csr_matrix(cells, shape=(len(names), len(grams.codes))), counts
