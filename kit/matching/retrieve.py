"""From trade names to the few listed names that share enough information with each."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Indel
from rapidfuzz.process import cpdist
from scipy.sparse import csr_matrix

from kit.matching.asked import Asked
from kit.matching.grams import distinct, known_runs
from kit.matching.index import Index
from kit.matching.units import MOST_CORE, PAIR, SINGLE, TRIPLE, WHOLE
from kit.names import skeleton

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]

HEAVY = 600  # names that hold a word: beyond this it finds nobody by itself
KEPT = 16  # listed names kept for each trade name
NEAR_TOP = 0.45  # of the best share: weaker names are left out
LEAST_SHARE = 0.12
FAINT = 0.12  # a share below counts as none
FAR = 0.3  # of the best share: one below counts as none
BLOCK = 1_000  # trade names multiplied at once, so that the product stays in the processor's cache
KEPT_RUNS = 3  # listed names kept for the runs of letters that they share
LEAST_RUNS = 0.22
RUN_WORTH = 0.75  # of the information of an unseen run: what a run of a trade name holds on average
LEAST_CUT = 4  # letters of a cut word that is looked up by its beginning
MOST_ENDINGS = 60  # listed words that it may go on as
CUT_WORTH = 0.6


@dataclass(frozen=True)
class Pairs:
    """Trade names and listed names that may be one party: `asked[i]` with `listed[i]`.

    `shared` is the share of information in words that met, `runs` the share of
    information in runs of letters that both have.
    """

    asked: Ints
    listed: Ints
    shared: Floats
    runs: Floats
    bones: Floats  # likeness of the whole names in skeletons, 0 until `sift` measures it

    def chosen(self, rows: npt.NDArray[np.intp]) -> Pairs:
        """These pairs only."""
        return Pairs(self.asked[rows], self.listed[rows], self.shared[rows], self.runs[rows], self.bones[rows])


def retrieve(index: Index, asked: Asked) -> Pairs:
    """The listed names that share most information with each trade name, by words and by runs of letters."""
    words = _by_words(index, asked)
    runs = _by_runs(index, asked)
    width = max(len(index.listed.names), 1)
    keys = distinct(np.concatenate((words.best(KEPT, LEAST_SHARE), runs.best(KEPT_RUNS, LEAST_RUNS))))
    rows, columns = (keys // width).astype(np.int32), (keys % width).astype(np.int32)
    return Pairs(rows, columns, words.at(keys), runs.at(keys), np.zeros(len(keys), np.float32))


@dataclass(frozen=True)
class Cells:
    """Filled cells of a table of trade names by listed names: `keys` are row times width plus column, rising."""

    keys: npt.NDArray[np.int64]
    share: Floats
    width: int

    def at(self, keys: npt.NDArray[np.int64]) -> Floats:
        """Shares in these cells, 0 in those that are not filled."""
        out = np.zeros(len(keys), np.float32)
        if len(self.keys) > 0:
            place = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
            found = self.keys[place] == keys
            out[found] = self.share[place[found]]
        return out

    def best(self, kept: int, least: float) -> npt.NDArray[np.int64]:
        """Keys of the `kept` best cells of each row, those far behind the best left out."""
        rows = self.keys // self.width
        good = np.flatnonzero(self.share >= np.maximum(NEAR_TOP * best_of(rows, self.share), least))
        # One number orders by row, then falling share; equal shares stay by listed name.
        order = good[np.argsort(rows[good] * 4.0 - np.round(self.share[good], 5), kind="stable")]
        mine = rows[order]
        place = np.arange(len(order)) - np.searchsorted(mine, mine, "left")
        out: npt.NDArray[np.int64] = self.keys[order[place < kept]]
        return out


def best_of(rows: npt.NDArray[np.integer], values: Floats) -> Floats:
    """For each cell the highest value of its row; rows must rise."""
    if len(rows) == 0:
        return values
    start = np.flatnonzero(np.concatenate((np.ones(1, bool), rows[1:] != rows[:-1])))
    out: Floats = np.repeat(np.maximum.reduceat(values, start), np.diff(np.append(start, len(rows))))
    return out


def _by_words(index: Index, asked: Asked) -> Cells:
    """Trade names by listed names: information in words that met, over what both hold."""
    count = len(asked.coded)
    owner = np.repeat(np.arange(count), np.diff(asked.units.start))
    worth = asked.alike.copy()
    worth.data = np.maximum(0.0, 1.0 - 2.5 * (1.0 - worth.data)).astype(np.float32)
    heavy = np.diff(index.postings.indptr) > HEAVY
    light = _masked(worth, ~heavy)
    to_single = _masked(light, index.single_spellings)
    told, loud = _loud_units(asked, owner)
    wanted = _cut_words(index, asked)
    for kind, matrix, weight in ((SINGLE, light, 1.0), (PAIR, to_single, 1.0), (TRIPLE, to_single, 1.0), (WHOLE, light, 0.5)):
        rows = asked.units.kind == kind
        cells = (weight * loud[rows], (owner[rows], asked.units.word[rows]))
        wanted = wanted + csr_matrix(cells, shape=(count, len(asked.spellings))) @ matrix
    return _shares(wanted, index.postings, told, index.name_information)


def _by_runs(index: Index, asked: Asked) -> Cells:
    """Trade names by listed names: information in rare runs of letters that both have, over what both hold."""
    start, loud = asked.units.start.tolist(), asked.loud.tolist()
    names = []
    for at, coded in zip(start, asked.coded, strict=False):
        words = coded.words[:MOST_CORE]
        kept = [word for place, word in enumerate(words, at) if loud[place] == 1]
        names.append(kept if len(kept) > 0 else words)
    runs, count = known_runs(index.grams, names)
    return _shares(runs, index.grams.postings, count * np.float32(RUN_WORTH * index.grams.unseen), index.grams.total)


def _shares(wanted: csr_matrix, postings: csr_matrix, told: Floats, listed: Floats) -> Cells:
    """Shared information as a share of what both names hold; faint cells are left out."""
    width = max(postings.shape[1], 1)
    parts = [_shares_of(wanted[at : at + BLOCK], postings, told[at : at + BLOCK], listed) for at in range(0, len(told), BLOCK)]
    keys = [part[0] + number * BLOCK * width for number, part in enumerate(parts)]
    none = (np.zeros(0, np.int64), np.zeros(0, np.float32))
    return Cells(np.concatenate([none[0], *keys]), np.concatenate([none[1], *(part[1] for part in parts)]), width)


def _shares_of(wanted: csr_matrix, postings: csr_matrix, told: Floats, listed: Floats) -> tuple[npt.NDArray[np.int64], Floats]:
    shared = wanted @ postings
    count, width = shared.shape
    rows = np.repeat(np.arange(count, dtype=np.int32), np.diff(shared.indptr))
    least = np.float32(0.4 * FAINT) * told + np.float32(FAINT)
    full = np.flatnonzero(shared.data >= least[rows] + np.float32(0.6 * FAINT) * listed[shared.indices])
    rows, columns = rows[full], shared.indices[full]
    share = (shared.data[full] / (0.4 * told[rows] + 0.6 * listed[columns] + 1.0)).astype(np.float32)
    near = np.flatnonzero(share >= FAR * best_of(rows, share))
    keys = rows[near].astype(np.int64) * max(width, 1) + columns[near]
    order = np.argsort(keys)
    return keys[order], share[near][order]


def _cut_words(index: Index, asked: Asked) -> csr_matrix:
    """Trade names by listed spellings: what the last word of a name cut at 35 characters may go on as."""
    skeletons, numbers = index.endings, index.sorted_words
    rows: list[int] = []
    columns: list[int] = []
    for place in np.flatnonzero(asked.is_cut).tolist():
        words = asked.coded[place].words
        if len(words) == 0 or len(words[-1]) < LEAST_CUT or not asked.coded[place].full.endswith(words[-1]):
            continue
        begin = skeleton(words[-1])
        low, high = bisect_left(skeletons, begin), bisect_left(skeletons, begin + "~")
        if high - low <= MOST_ENDINGS:
            rows += [place] * (high - low)
            columns += numbers[low:high].tolist()
    cells = (np.full(len(rows), CUT_WORTH, np.float32), (rows, columns))
    return csr_matrix(cells, shape=(len(asked.coded), len(index.spellings)))


QUIETEST = 0.3  # what a quiet word (place, address, number) that met still counts for


def _loud_units(asked: Asked, owner: npt.NDArray[np.intp]) -> tuple[Floats, Floats]:
    """Loud information of each trade name, and how much each of its units counts: an address must not drown the name."""
    units = asked.units
    loud = asked.loud
    told = np.zeros(len(asked.coded), np.float32)
    np.add.at(told, owner, asked.word_information[units.word] * loud * (units.kind == SINGLE))
    first = units.start[owner] + units.first
    pair = np.minimum(loud[first], loud[np.minimum(first + 1, len(loud) - 1)]) if len(loud) > 0 else loud
    weight = np.select([units.kind == SINGLE, units.kind == PAIR], [loud, pair], 1.0)
    return told, np.maximum(weight, QUIETEST).astype(np.float32)


SIFTED = 5
PROMISING = 1.0  # best value below which fewer pairs are kept
SIFTED_WEAK = 2
SIFTED_SHARE = 0.5  # of the best value: pairs far behind it are left out


def sift(index: Index, asked: Asked, pairs: Pairs) -> Pairs:
    """Keep the pairs of each trade name that look best once the likeness of the whole names counts too."""
    if len(pairs.asked) == 0:
        return pairs
    mine, theirs = asked.strings.bones[pairs.asked].tolist(), index.strings.bones[pairs.listed].tolist()
    alike = cpdist(mine, theirs, scorer=Indel.normalized_similarity, dtype=np.float32)
    pairs = replace(pairs, bones=alike)
    value = pairs.shared + alike + pairs.runs
    order = np.lexsort((pairs.listed, -value, pairs.asked))
    place = np.arange(len(order)) - np.searchsorted(pairs.asked[order], pairs.asked[order], "left")
    top = np.zeros(len(asked.coded), np.float32)
    np.maximum.at(top, pairs.asked, value)
    best = top[pairs.asked[order]]
    room = np.where(best >= PROMISING, SIFTED, SIFTED_WEAK)
    return pairs.chosen(order[(place < room) & (value[order] >= SIFTED_SHARE * best)])


def _masked(matrix: csr_matrix, columns: npt.NDArray[np.bool_]) -> csr_matrix:
    """The same matrix with only some of its columns filled."""
    out = matrix.copy()
    out.data = out.data * columns[out.indices]
    out.eliminate_zeros()
    return out
