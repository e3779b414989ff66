"""Kinds of words as numbers, and how loud each kind is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from kit.names import WordKind, word_kind

KINDS = tuple(WordKind)
# Words that may stand in a trade record around any name: that the listed name lacks them costs little.
QUIET = {WordKind.LEGAL, WordKind.PLACE, WordKind.ADDRESS, WordKind.CONTACT, WordKind.AGENT, WordKind.BRANCH, WordKind.NUMBER}
LOUDNESS = np.array([0.15 if kind in QUIET else 1.0 for kind in KINDS], np.float32)
LEGAL = KINDS.index(WordKind.LEGAL)
NUMBER = KINDS.index(WordKind.NUMBER)


def kinds_of(words: Sequence[str]) -> npt.NDArray[np.int8]:
    """The kind of each word, as its place in `KINDS`."""
    number = {kind: place for place, kind in enumerate(KINDS)}
    return np.fromiter((number[word_kind(word)] for word in words), np.int8, len(words))


def loudness(words: Sequence[str]) -> npt.NDArray[np.float32]:
    """How much it counts that the other side lacks a word: 1 for names, little for places, numbers and legal words."""
    out: npt.NDArray[np.float32] = LOUDNESS[kinds_of(words)]
    return out
