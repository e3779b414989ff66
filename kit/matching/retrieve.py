"""From trade names to the few listed names that share enough information with each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Indel
from rapidfuzz.process import cpdist
from scipy.sparse import csr_matrix

from kit.matching.encoding import Coded
from kit.matching.index import Index, heads_of
from kit.matching.kinds import LEGAL, LOUDNESS, kinds_of
from kit.matching.spellings import Texts, find_neighbors, texts
from kit.matching.units import PAIR, SINGLE, WHOLE, NameUnits, Strings, core_strings, name_units

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]

HEAVY = 1200  # names that hold a word: beyond this it finds nobody by itself
KEPT = 16  # listed names kept for each trade name
NEAR_TOP = 0.45  # of the best share: weaker names are left out
LEAST_SHARE = 0.12


@dataclass(frozen=True)
class Asked:
    """Trade names made ready: units, likeness of their spellings to listed ones, information of their words."""

    coded: tuple[Coded, ...]
    units: NameUnits
    spellings: tuple[str, ...]
    alike: csr_matrix  # asked spellings by listed spellings
    word_information: Floats  # by asked spelling, capped where a common word is near; 0 for joined ones
    own_information: Floats  # the same without the cap
    kinds: npt.NDArray[np.int8]  # by asked spelling: place in KINDS
    heads: npt.NDArray[np.uint32]
    lengths: Ints
    strings: Strings
    full: Texts
    classes: Ints
    is_cut: npt.NDArray[np.bool_]


def prepare(index: Index, coded: Sequence[Coded]) -> Asked:
    """Find the listed spellings near the units of trade names."""
    numbers: dict[str, int] = {}
    units = name_units([name.words for name in coded], numbers)
    spellings = tuple(numbers)
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
        kinds=kinds,
        heads=heads_of(spellings),
        lengths=lengths,
        strings=core_strings([name.words for name in coded]),
        full=texts([name.full for name in coded]),
        classes=classes,
        is_cut=is_cut,
    )


def _as_common_as_neighbors(index: Index, left: Ints, right: Ints, alike: Floats, information: Floats) -> Floats:
    """A rare word near a common one is likely that word misspelt: it tells little more than the common one."""
    close = alike >= 0.8
    cap = np.full(len(information), np.inf, np.float32)
    value = index.word_information[right[close]] + 12.0 * (1.0 - alike[close])
    np.minimum.at(cap, left[close], value)
    return np.where(information > 0, np.minimum(information, cap), 0.0).astype(np.float32)


def _near_legal(index: Index, left: Ints, right: Ints, alike: Floats, count: int) -> npt.NDArray[np.bool_]:
    """Asked spellings that are legal words but for one or two letters."""
    legal = index.legal_spellings
    out = np.zeros(count, bool)
    out[left[(alike >= 0.8) & legal[right]]] = True
    return out


@dataclass(frozen=True)
class Pairs:
    """Trade names and listed names that may be one party: `asked[i]` with `listed[i]`, and the information shared (nats)."""

    asked: Ints
    listed: Ints
    shared: Floats


def retrieve(index: Index, asked: Asked, *, kept: int = KEPT) -> Pairs:
    """The listed names that share most information with each trade name, best first."""
    count = len(asked.coded)
    owner = np.repeat(np.arange(count), np.diff(asked.units.start))
    worth = asked.alike.copy()
    worth.data = np.maximum(0.0, 1.0 - 2.5 * (1.0 - worth.data)).astype(np.float32)
    listed_single = index.single_spellings
    heavy = np.diff(index.postings.indptr) > HEAVY
    light = _masked(worth, ~heavy)
    to_single = _masked(light, listed_single)
    wanted = None
    for kind, matrix, weight in ((SINGLE, light, 1.0), (PAIR, to_single, 1.0), (WHOLE, light, 0.5)):
        rows = asked.units.kind == kind
        ones = np.full(int(rows.sum()), weight, np.float32)
        part = csr_matrix((ones, (owner[rows], asked.units.word[rows])), shape=(count, len(asked.spellings))) @ matrix
        wanted = part if wanted is None else wanted + part
    shared = (wanted @ index.postings).tocsr()
    told = np.zeros(count, np.float32)
    loud = LOUDNESS[asked.kinds[asked.units.word]] * (asked.units.kind == SINGLE)
    np.add.at(told, owner, asked.word_information[asked.units.word] * loud)
    return _best(shared, told, index.name_information, kept)


SIFTED = 5


def sift(index: Index, asked: Asked, pairs: Pairs, *, kept: int = SIFTED) -> Pairs:
    """Keep the pairs of each trade name that look best once the likeness of the whole names counts too."""
    if len(pairs.asked) == 0:
        return pairs
    mine, theirs = asked.strings.bones[pairs.asked].tolist(), index.strings.bones[pairs.listed].tolist()
    alike = cpdist(mine, theirs, scorer=Indel.normalized_similarity, dtype=np.float32)
    value = pairs.shared + alike
    order = np.lexsort((pairs.listed, -value, pairs.asked))
    place = np.arange(len(order)) - np.searchsorted(pairs.asked[order], pairs.asked[order], "left")
    top = np.zeros(len(asked.coded), np.float32)
    np.maximum.at(top, pairs.asked, value)
    order = order[(place < kept) & (value[order] >= 0.5 * top[pairs.asked[order]])]
    return Pairs(pairs.asked[order], pairs.listed[order], pairs.shared[order])


def _masked(matrix: csr_matrix, columns: npt.NDArray[np.bool_]) -> csr_matrix:
    """The same matrix with only some of its columns filled."""
    out = matrix.copy()
    out.data = out.data * columns[out.indices]
    out.eliminate_zeros()
    return out


def _best(shared: csr_matrix, told: Floats, listed: Floats, kept: int) -> Pairs:
    """The `kept` best cells of each row, by shared information over what both names hold."""
    rows = np.repeat(np.arange(shared.shape[0], dtype=np.int32), np.diff(shared.indptr))
    share = shared.data / (0.4 * told[rows] + 0.6 * listed[shared.indices] + 1.0)
    top = np.zeros(shared.shape[0], np.float32)
    filled = np.diff(shared.indptr) > 0
    if filled.any():
        top[filled] = np.maximum.reduceat(share, shared.indptr[:-1][filled])
    good = np.flatnonzero(share >= np.maximum(NEAR_TOP * top, LEAST_SHARE)[rows])
    # One number orders by row, then falling share, then listed name.
    key = rows[good] * 4.0 - np.round(share[good], 5) + shared.indices[good] * 1e-11
    order = good[np.argsort(key)]
    mine = rows[order]
    place = np.arange(len(order)) - np.searchsorted(mine, mine, "left")
    order = order[place < kept]
    return Pairs(rows[order], shared.indices[order].astype(np.int32), share[order])
