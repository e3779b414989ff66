"""Words of nearly the same spelling, found by deletion hashes.

Two words that differ by one edit agree after one letter is deleted from each.
So every word is stored under the hash of its skeleton and of the skeleton with
any one (for longer words any two) letters gone; words that share a hash meet,
and only those are compared letter by letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from kit.matching.grams import distinct
from kit.names import skeleton

Ints = npt.NDArray[np.int32]
Hashes = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.int16]
Flags = npt.NDArray[np.bool_]
Texts = npt.NDArray[np.object_]

_BASE = np.uint64(1099511628211)
_MIX = np.uint64(0x9E3779B97F4A7C15)
_LETTERS = np.uint64(0x5851F42D4C957F2D)  # keeps variants of letters apart from those of skeletons
_SHORTENED = np.uint64(38)  # bits of a hash that `seen_bits` leaves out
_WIDTH = 40
_SHIFT = 2  # places by which two letters that went may differ
LONGEST_LETTERS = 9  # letters; longer words stay near in skeleton whatever one slip does
SHORTEST_EDITED = 4  # letters of skeleton; shorter words must agree in skeleton
SHORTEST_TWICE = 7  # letters of skeleton from which two deletions are tried
LONGEST_SHORT = 5  # letters of skeleton; up to here a letter must go at the same place
LEAST_SIMILAR = 0.62


@dataclass(frozen=True)
class Variants:
    """Hashes of skeletons with letters gone: whose each is, and which letter went (-1: none, below: two, see `_two_places`)."""

    hashes: Hashes
    owners: Ints
    places: Places

    def ordered(self) -> Variants:
        """The same, by rising hash."""
        order = np.argsort(self.hashes, kind="stable")
        return Variants(self.hashes[order], self.owners[order], self.places[order])

    def among(self, seen: npt.NDArray[np.uint8]) -> Variants:
        """Those whose hash may be one of those behind `seen` (see `seen_bits`)."""
        short = self.hashes >> _SHORTENED
        kept = np.flatnonzero((seen[short >> np.uint64(3)] >> (short & np.uint64(7)).astype(np.uint8)) & 1)
        return Variants(self.hashes[kept], self.owners[kept], self.places[kept])


def seen_bits(hashes: Hashes) -> npt.NDArray[np.uint8]:
    """A bit for the head of every hash: most hashes that are not among them are told at once."""
    flags = np.zeros(1 << (64 - int(_SHORTENED)), bool)
    flags[hashes >> _SHORTENED] = True
    return np.packbits(flags, bitorder="little")


@dataclass(frozen=True)
class SpellingTable:
    """Words to be found, with the variants of their skeletons by rising hash."""

    words: Texts
    skeletons: Texts
    lengths: Ints  # letters of each skeleton
    variants: Variants

    @cached_property
    def seen(self) -> npt.NDArray[np.uint8]:
        """Bits of the hashes of all variants."""
        return seen_bits(self.variants.hashes)


@dataclass(frozen=True)
class Neighbors:
    """Pairs of alike words: `left[i]` (a word asked about), `right[i]` (a word of the table), `alike[i]` from 0.6 to 1."""

    left: Ints
    right: Ints
    alike: Floats


def spelling_table(words: Sequence[str], twice: Flags) -> SpellingTable:
    """Make words findable; `twice` marks those for which two deletions are stored too."""
    spelled, shapes = texts(words), texts([skeleton(word) for word in words])
    return SpellingTable(spelled, shapes, _lengths(shapes), all_variants(spelled, shapes, twice).ordered())


def all_variants(words: Texts, shapes: Texts, twice: Flags) -> Variants:
    """Variants of skeletons, and for short words those of the letters too: a slip of the key can change a short skeleton much."""
    bones = variants(shapes, twice)
    letters = np.fromiter((len(word) for word in words), np.int32, len(words))
    short = np.flatnonzero((letters >= SHORTEST_EDITED) & (letters <= LONGEST_LETTERS))
    slips = variants(words[short], np.zeros(len(short), bool))
    one = slips.places >= -1
    return Variants(
        np.concatenate((bones.hashes, slips.hashes[one] ^ _LETTERS)),
        np.concatenate((bones.owners, short.astype(np.int32)[slips.owners[one]])),
        np.concatenate((bones.places, slips.places[one])),
    )


def texts(values: Sequence[str]) -> Texts:
    """Text values as an array of Python strings."""
    out = np.empty(len(values), object)
    out[:] = values
    return out


def _lengths(shapes: Texts) -> Ints:
    return np.fromiter((len(shape) for shape in shapes), np.int32, len(shapes))


def variants(shapes: Texts, twice: Flags) -> Variants:
    """Hash each skeleton whole, with any one letter gone, and where `twice` says so with any two."""
    codes = shapes.astype(f"S{_WIDTH}").view(np.uint8).reshape(len(shapes), _WIDTH)
    lengths = (codes > 0).sum(axis=1)
    hashes, owners, places = [np.zeros(0, np.uint64)], [np.zeros(0, np.int32)], [np.zeros(0, np.int16)]

    def add(found: Hashes, who: npt.NDArray[np.intp], place: Places) -> None:
        hashes.append(_mixed(found).ravel())
        owners.append(np.repeat(who, found.shape[1]).astype(np.int32))
        places.append(np.tile(place, len(who)))

    for length in np.unique(lengths).tolist():
        who = np.flatnonzero(lengths == length)
        prefix = _prefixes(codes[who, :length].astype(np.uint64))
        add(prefix[:, -1:], who, np.array([-1], np.int16))
        if length >= SHORTEST_EDITED:
            add(_one_gone(prefix, length), who, np.arange(length, dtype=np.int16))
        chosen = twice[who]
        if length >= SHORTEST_TWICE and chosen.any():
            two = _two_gone(prefix[chosen], length)
            add(two, who[chosen], _two_places(length))
    return Variants(np.concatenate(hashes), np.concatenate(owners), np.concatenate(places))


def _prefixes(rows: Hashes) -> Hashes:
    """Rolling hash of the first 0, 1, 2 … letters of each row."""
    out = np.zeros((len(rows), rows.shape[1] + 1), np.uint64)
    for place in range(rows.shape[1]):
        out[:, place + 1] = out[:, place] * _BASE + rows[:, place]
    return out


def _powers(length: int) -> Hashes:
    out: Hashes = np.cumprod(np.concatenate((np.ones(1, np.uint64), np.full(length, _BASE))), dtype=np.uint64)
    return out


def _one_gone(prefix: Hashes, length: int) -> Hashes:
    power = _powers(length)
    rest = power[length - 1 - np.arange(length)]
    tail = prefix[:, length : length + 1] - prefix[:, 1:] * rest
    return prefix[:, :-1] * rest + tail


def _two_gone(prefix: Hashes, length: int) -> Hashes:
    power = _powers(length)
    first, second = np.triu_indices(length, 1)
    head = prefix[:, first] * power[length - 2 - first]
    middle = (prefix[:, second] - prefix[:, first + 1] * power[second - first - 1]) * power[length - 1 - second]
    tail = prefix[:, length : length + 1] - prefix[:, second + 1] * power[length - 1 - second]
    out: Hashes = head + middle + tail
    return out


def _two_places(length: int) -> Places:
    """Which two letters went, as one number below -1."""
    first, second = np.triu_indices(length, 1)
    out: Places = (-2 - (first * _WIDTH + second)).astype(np.int16)
    return out


def _near_places(left: Places, right: Places) -> Flags:
    """Whether the letters that went stood at nearly the same places, where two went on both sides or one on both."""
    one = np.abs(left - right) <= 1
    two = (left < -1) & (right < -1)
    a, b = -2 - left, -2 - right
    both = (np.abs(a // _WIDTH - b // _WIDTH) <= _SHIFT) & (np.abs(a % _WIDTH - b % _WIDTH) <= _SHIFT)
    out: Flags = np.where(two, both, one)
    return out


def _mixed(hashes: Hashes) -> Hashes:
    mixed: Hashes = hashes * _MIX
    out: Hashes = mixed ^ (mixed >> np.uint64(29))
    return out


def find_neighbors(table: SpellingTable, words: Sequence[str], twice: Flags) -> Neighbors:
    """For each word, the words of the table whose spelling is alike, itself included."""
    spelled, shapes = texts(words), texts([skeleton(word) for word in words])
    asked = all_variants(spelled, shapes, twice).among(table.seen).ordered()
    stored = table.variants
    low = np.searchsorted(stored.hashes, asked.hashes, "left")
    count = np.searchsorted(stored.hashes, asked.hashes, "right") - low
    left, place = np.repeat(asked.owners, count), np.repeat(asked.places, count)
    at = np.repeat(low - np.cumsum(count) + count, count) + np.arange(len(left))
    right = stored.owners[at]
    there = stored.places[at]
    near = _near_places(place, there)
    two = (place < -1) & (there < -1)
    whole = (place == -1) | (there == -1)
    shorter = np.minimum(_lengths(shapes)[left], table.lengths[right])
    fits = near | (~two & (whole | (shorter > LONGEST_SHORT)))
    width = max(len(table.words), 1)
    keys = distinct(left[fits].astype(np.int64) * width + right[fits])
    left, right = (keys // width).astype(np.int32), (keys % width).astype(np.int32)
    alike = similarity((spelled[left], shapes[left]), (table.words[right], table.skeletons[right]))
    kept = alike >= LEAST_SIMILAR
    return Neighbors(left[kept], right[kept], alike[kept])


def similarity(left: tuple[Texts, Texts], right: tuple[Texts, Texts]) -> Floats:
    """How alike words are pairwise, from 0 to 1: the mean of the likeness of their letters and of their skeletons.

    Each side is a pair of arrays: words, and their skeletons.
    """
    if len(left[0]) == 0:
        return np.zeros(0, np.float32)
    letters = cpdist(left[0].tolist(), right[0].tolist(), scorer=OSA.normalized_similarity, dtype=np.float32)
    bones = cpdist(left[1].tolist(), right[1].tolist(), scorer=OSA.normalized_similarity, dtype=np.float32)
    out: Floats = (0.6 * np.maximum(letters, bones) + 0.4 * np.minimum(letters, bones)).astype(np.float32)
    return out
