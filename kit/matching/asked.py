"""Trade names made ready: which listed spellings are near their words, and what each word tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from kit.matching.encoding import Coded
from kit.matching.index import Index, heads_of
from kit.matching.kinds import LEGAL, LOUDNESS, kinds_of
from kit.matching.spellings import Texts, find_neighbors, texts
from kit.matching.tails import address_tails
from kit.matching.units import SINGLE, NameUnits, Strings, core_strings, name_units

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]

CROWDED = 0.75  # likeness from which a listed word counts as nearly the asked one


@dataclass(frozen=True)
class Asked:
    """Trade names made ready: units, likeness of their spellings to listed ones, information of their words."""

    coded: tuple[Coded, ...]
    units: NameUnits
    spellings: tuple[str, ...]
    alike: csr_matrix  # asked spellings by listed spellings
    word_information: Floats  # by asked spelling, capped where a common word is near; 0 for joined ones
    own_information: Floats  # the same without the cap
    crowd: Floats  # by asked spelling: logarithm of the number of listed words that are nearly it
    kinds: npt.NDArray[np.int8]  # by asked spelling: place in KINDS
    heads: npt.NDArray[np.uint32]
    lengths: Ints
    strings: Strings
    full: Texts
    classes: Ints
    is_cut: npt.NDArray[np.bool_]

    @cached_property
    def loud(self) -> Floats:
        """By unit: how much its absence on the other side counts; little for the words of an address behind the name."""
        kinds = self.kinds[self.units.word]
        tail = address_tails(self.units, kinds, self.lengths[self.units.word])
        out: Floats = np.where(tail, LOUDNESS.min(), LOUDNESS[kinds]).astype(np.float32)
        return out

    @cached_property
    def alike_keys(self) -> npt.NDArray[np.int64]:
        """Pairs of alike spellings as rising numbers: asked spelling times the count of listed ones, plus listed spelling."""
        matrix = self.alike
        row = np.repeat(np.arange(matrix.shape[0], dtype=np.int64), np.diff(matrix.indptr))
        out: npt.NDArray[np.int64] = row * matrix.shape[1] + matrix.indices
        return out

    @cached_property
    def has_alike(self) -> npt.NDArray[np.bool_]:
        """By asked spelling: whether any listed spelling is alike."""
        out: npt.NDArray[np.bool_] = np.diff(self.alike.indptr) > 0
        return out


def prepare(index: Index, coded: Sequence[Coded]) -> Asked:
    """Find the listed spellings near the units of trade names."""
    numbers: dict[str, int] = {}
    units, spellings = _apart(name_units([name.words for name in coded], numbers), tuple(numbers))
    is_single = np.zeros(len(spellings), bool)
    is_single[units.word[units.kind == SINGLE]] = True
    near = find_neighbors(index.table, spellings, is_single)
    shape = (len(spellings), len(index.spellings))
    alike = csr_matrix((near.alike, (near.left, near.right)), shape=shape)
    information = np.zeros(len(spellings), np.float32)
    singles = np.flatnonzero(is_single)
    for number in singles.tolist():
        information[number] = index.information.of(spellings[number])
    kinds = np.full(len(spellings), 0, np.int8)
    kinds[singles] = kinds_of([spellings[number] for number in singles.tolist()])
    own = information
    information = _as_common_as_neighbors(index, near.left, near.right, near.alike, information)
    legal = _near_legal(index, near.left, near.right, near.alike, len(spellings)) & is_single & (information > 4)
    kinds[legal] = LEGAL
    lengths = np.fromiter((len(word) for word in spellings), np.int32, len(spellings))
    classes = np.array([name.classes for name in coded], np.int32)
    is_cut = np.array([name.is_cut for name in coded], bool)
    return Asked(
        coded=tuple(coded),
        units=units,
        spellings=spellings,
        alike=alike,
        word_information=information,
        own_information=own,
        crowd=_crowd(index, near.left, near.right, near.alike, len(spellings)),
        kinds=kinds,
        heads=heads_of(spellings),
        lengths=lengths,
        strings=core_strings([name.words for name in coded]),
        full=texts([name.full for name in coded]),
        classes=classes,
        is_cut=is_cut,
    )


def _apart(units: NameUnits, spellings: tuple[str, ...]) -> tuple[NameUnits, tuple[str, ...]]:
    """Give joined words that are a single word of another name a number of their own.

    Single words have information and are looked up further: a name must not
    gain or lose by what other names are asked with it.
    """
    single = units.kind == SINGLE
    is_single = np.zeros(len(spellings), bool)
    is_single[units.word[single]] = True
    mixed = ~single & is_single[units.word]
    twice, place = np.unique(units.word[mixed], return_inverse=True)
    word = units.word.copy()
    word[mixed] = len(spellings) + place
    return replace(units, word=word), (*spellings, *(spellings[number] for number in twice.tolist()))


def _as_common_as_neighbors(index: Index, left: Ints, right: Ints, alike: Floats, information: Floats) -> Floats:
    """A rare word near a common one is likely that word misspelt: it tells little more than the common one."""
    close = alike >= 0.8
    cap = np.full(len(information), np.inf, np.float32)
    value = index.word_information[right[close]] + 12.0 * (1.0 - alike[close])
    np.minimum.at(cap, left[close], value)
    return np.where(information > 0, np.minimum(information, cap), 0.0).astype(np.float32)


def _crowd(index: Index, left: Ints, right: Ints, alike: Floats, count: int) -> Floats:
    """How many listed words are nearly each asked spelling, as a logarithm: where there are many, being near says little."""
    near = (alike >= CROWDED) & (alike < 0.999) & index.single_spellings[right]
    out: Floats = np.log1p(np.bincount(left[near], minlength=count)).astype(np.float32)
    return out


def _near_legal(index: Index, left: Ints, right: Ints, alike: Floats, count: int) -> npt.NDArray[np.bool_]:
    """Asked spellings that are legal words but for one or two letters."""
    legal = index.legal_spellings
    out = np.zeros(count, bool)
    out[left[(alike >= 0.8) & legal[right]]] = True
    return out
