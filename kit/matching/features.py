"""What is measured about a pair of names: the input of the score."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Indel
from rapidfuzz.process import cpdist

from kit.matching.alignment import INITIAL_ALIKE, Alignment, align
from kit.matching.asked import Asked
from kit.matching.encoding import VAGUE_BITS
from kit.matching.index import Index
from kit.matching.kinds import NUMBER
from kit.matching.retrieve import Pairs
from kit.matching.units import MOST_CORE, NameUnits
from kit.names import skeleton

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

INITIAL_WORTH = 0.35
SAME_NAME = 0.8  # likeness of two listed names from which they are taken for names of one party
LONG_NUMBER = 5  # digits; longer numbers are codes, shorter ones tell plants and units apart


@dataclass(frozen=True)
class Side:
    """One name of each pair as matrices of pairs by places: information, loudness, presence."""

    nats: Floats
    own: Floats  # nats not capped by common neighbors
    loud: Floats
    letters: Ints
    here: Flags
    short_number: Flags


def asked_side(asked: Asked, rows: Ints) -> Side:
    """The trade names of pairs, word by word."""
    at, here = _grid(asked.units, rows)
    word = np.where(here, asked.units.word[at], 0)
    kind = asked.kinds[word]
    number = (kind == NUMBER) & (asked.lengths[word] < LONG_NUMBER) & here
    own = asked.own_information[word] * here
    return Side(asked.word_information[word] * here, own, asked.loud[at] * here, asked.lengths[word] * here, here, number)


def listed_side(index: Index, rows: Ints) -> Side:
    """The listed names of pairs, word by word."""
    at, here = _grid(index.units, rows)
    word = np.where(here, index.units.word[at], 0)
    number = index.is_number[word] & (index.lengths[word] < LONG_NUMBER) & here
    nats = index.word_information[word] * here
    return Side(nats, nats, index.loudness[word] * here, index.lengths[word] * here, here, number)


def _grid(units: NameUnits, rows: Ints) -> tuple[Ints, Flags]:
    """Units of the single words of names, as a matrix, and where there is one."""
    place = np.arange(MOST_CORE)
    here = place[None, :] < units.size[rows][:, None]
    at = np.minimum(units.start[rows][:, None] + place[None, :], len(units.word) - 1)
    return at, here


FEATURES = (
    "share_asked", "share_listed", "shared", "asked_left", "listed_left", "asked_left_most", "listed_left_most",
    "asked_left_quiet", "best_word", "second_word", "mean_alike", "least_alike", "count_asked", "count_listed",
    "count_met", "letters_alike", "sorted_alike", "bones_alike", "letters_asked", "letters_listed",
    "legal", "number_asked_left", "number_listed_left", "order_kept", "initials", "joined", "is_person", "is_cut",
    "left_before", "left_after", "asked_total", "listed_total", "rarest_listed", "share_exact", "core_shares", "entities",
    "shared_both", "unlike_own", "letters_met", "best_letters", "clean_alike", "clean_bones",
    "asked_rarest_met", "listed_rarest_met", "full_alike", "gap_shared", "gap_alike", "gap_full",
    "runs_shared", "crowd", "edits", "exact_nats", "lead_shared", "lead_alike",
)  # fmt: skip


def measure(index: Index, asked: Asked, pairs: Pairs) -> tuple[Floats, Alignment]:
    """One row of `FEATURES` for each pair, and the alignment of its words."""
    met = align(index, asked, pairs.asked, pairs.listed)
    mine, theirs = asked_side(asked, pairs.asked), listed_side(index, pairs.listed)
    columns = _of_words(mine, theirs, met)
    columns |= _of_edits(asked, pairs, mine, theirs, met)
    columns |= _of_letters(index, asked, pairs)
    columns |= _of_clean_letters(index, asked, pairs, mine, met, columns)
    columns |= _of_forms(index, asked, pairs)
    for name, of in (("gap_shared", "shared_both"), ("gap_alike", "clean_alike"), ("gap_full", "full_alike")):
        columns[name] = _gap(pairs.asked, columns[of])
    best = _best_pairs(pairs.asked, columns["shared_both"] + columns["clean_alike"])
    twin = _ratios(index.strings.bones, pairs.listed, index.strings.bones, pairs.listed[best]) >= SAME_NAME
    for name, of in (("lead_shared", "shared_both"), ("lead_alike", "clean_alike")):
        columns[name] = _lead(pairs.asked, twin, columns[of])
    return np.column_stack([columns[name] for name in FEATURES]).astype(np.float32), met


def _worth(alike: Floats) -> Floats:
    """How much of a word's information a likeness keeps: all at 1, none at 0.6; a fitting initial keeps a little."""
    out: Floats = np.where(alike == np.float32(INITIAL_ALIKE), INITIAL_WORTH, np.clip(1.0 - 2.5 * (1.0 - alike), 0.0, 1.0))
    return out


def _of_words(mine: Side, theirs: Side, met: Alignment) -> dict[str, npt.NDArray[np.floating]]:
    worth_mine, worth_theirs = _worth(met.asked), _worth(met.listed)
    loud_mine = mine.nats * mine.loud
    loud_theirs = theirs.nats * np.maximum(theirs.loud, 0.5)
    left_mine, left_theirs = loud_mine * (1 - worth_mine), loud_theirs * (1 - worth_theirs)
    shared = theirs.nats * worth_theirs
    ranked = np.sort(shared, axis=1)
    told = (met.listed > 0.6) & theirs.here & (theirs.nats > 3)
    weight = theirs.nats * (met.listed > 0)
    before = np.maximum.accumulate(met.asked > 0.6, axis=1)
    after = np.maximum.accumulate((met.asked > 0.6)[:, ::-1], axis=1)[:, ::-1]
    raw_left = mine.nats * (1 - worth_mine)
    back = np.take_along_axis(theirs.nats, np.maximum(met.partner, 0), axis=1)
    both = np.where((met.partner >= 0) & mine.here, np.minimum(mine.own, back), 0.0) * worth_mine
    best = shared.argmax(axis=1)[:, None]
    unlike = (met.asked > 0.6) & (met.asked < 0.999) & mine.here & ~met.is_joined
    return {
        "shared_both": both.sum(1),
        "unlike_own": np.where(unlike, mine.own, 15.0).min(1),
        "letters_met": (theirs.letters * (met.listed > 0.6)).sum(1),
        "best_letters": np.take_along_axis(theirs.letters, best, axis=1)[:, 0],
        "asked_rarest_met": np.take_along_axis(met.asked, loud_mine.argmax(axis=1)[:, None], axis=1)[:, 0],
        "listed_rarest_met": np.take_along_axis(met.listed, loud_theirs.argmax(axis=1)[:, None], axis=1)[:, 0],
        "share_asked": (loud_mine * worth_mine).sum(1) / (loud_mine.sum(1) + 0.5),
        "share_listed": (loud_theirs * worth_theirs).sum(1) / (loud_theirs.sum(1) + 0.5),
        "shared": shared.sum(1),
        "asked_left": left_mine.sum(1),
        "listed_left": left_theirs.sum(1),
        "asked_left_most": left_mine.max(1),
        "listed_left_most": left_theirs.max(1),
        "asked_left_quiet": (raw_left * (mine.loud < 1)).sum(1),
        "best_word": ranked[:, -1],
        "second_word": ranked[:, -2],
        "mean_alike": (weight * met.listed).sum(1) / (weight.sum(1) + 1e-6),
        "least_alike": np.where(told, met.listed, 1.0).min(1),
        "count_asked": mine.here.sum(1),
        "count_listed": theirs.here.sum(1),
        "count_met": (met.listed > 0.6).sum(1),
        "left_before": (left_mine * ~before).sum(1),
        "left_after": (left_mine * ~after).sum(1),
        "asked_total": loud_mine.sum(1),
        "listed_total": loud_theirs.sum(1),
        "rarest_listed": theirs.nats.max(1),
        "share_exact": (theirs.nats * (met.listed >= 0.999)).sum(1) / (theirs.nats.sum(1) + 0.5),
        "initials": (met.is_initial & (met.asked > 0) & mine.here).sum(1),
        "joined": (met.is_joined & mine.here).sum(1),
        "number_asked_left": (mine.short_number & (met.asked < 0.9)).sum(1),
        "number_listed_left": (theirs.short_number & (met.listed < 0.9)).sum(1),
        "order_kept": _order_kept(met, mine.here),
    }


def _of_edits(asked: Asked, pairs: Pairs, mine: Side, theirs: Side, met: Alignment) -> dict[str, npt.NDArray[np.floating]]:
    """Letters that differ in words that met, how many listed words are as near, information of words that met unchanged."""
    unlike = (met.asked > 0.6) & (met.asked < 0.999) & mine.here & ~met.is_joined
    at, _ = _grid(asked.units, pairs.asked)
    return {
        "runs_shared": pairs.runs,
        "crowd": np.where(unlike, asked.crowd[asked.units.word[at]], 0.0).max(1),
        "edits": np.where(unlike, (1.0 - met.asked) * mine.letters, 0.0).sum(1),
        "exact_nats": (theirs.nats * (met.listed >= 0.999)).sum(1),
    }


def _order_kept(met: Alignment, here: Flags) -> Floats:
    """Share of neighboring met words that stand in the same order on both sides; 1 where fewer than two met."""
    good = (met.partner >= 0) & (met.asked > 0.6) & here
    place = np.where(good, met.partner, -1)
    last = np.maximum.accumulate(np.concatenate((np.full((len(place), 1), -1), place[:, :-1]), axis=1), axis=1)
    follows = good & (np.cumsum(good, axis=1) > 1)
    kept = follows & (place >= last)
    out: Floats = np.where(follows.any(1), kept.sum(1) / np.maximum(follows.sum(1), 1), 1.0).astype(np.float32)
    return out


def _of_letters(index: Index, asked: Asked, pairs: Pairs) -> dict[str, npt.NDArray[np.floating]]:
    mine, theirs = asked.strings, index.strings
    glued = _ratios(mine.glued, pairs.asked, theirs.glued, pairs.listed)
    ordered = _ratios(mine.ordered, pairs.asked, theirs.ordered, pairs.listed)
    return {
        "letters_alike": glued,
        "full_alike": _ratios(asked.full, pairs.asked, index.listed.full, pairs.listed),
        "sorted_alike": ordered,
        "bones_alike": pairs.bones,
        "letters_asked": mine.letters[pairs.asked].astype(np.float32),
        "letters_listed": theirs.letters[pairs.listed].astype(np.float32),
    }


def _of_clean_letters(
    index: Index, asked: Asked, pairs: Pairs, mine: Side, met: Alignment, known: dict[str, npt.NDArray[np.floating]]
) -> dict[str, npt.NDArray[np.floating]]:
    """Likeness of the whole names once quiet words (places, addresses) that met nothing are left out of the trade name."""
    alike, bones = known["letters_alike"].copy(), known["bones_alike"].copy()
    quiet = mine.here & (mine.loud < 1) & (met.asked < 0.6)
    rows = np.flatnonzero(quiet.any(axis=1) & (mine.here & ~quiet).any(axis=1))
    glued, shapes = np.empty(len(rows), object), np.empty(len(rows), object)
    for place, (row, name) in enumerate(zip(rows.tolist(), pairs.asked[rows].tolist(), strict=True)):
        gone = quiet[row]
        words = [word for at, word in enumerate(asked.coded[name].words[:MOST_CORE]) if not gone[at]]
        glued[place] = "".join(words)
        shapes[place] = " ".join([skeleton(word) for word in sorted(words)])
    to = pairs.listed[rows]
    every = np.arange(len(rows), dtype=np.int32)
    alike[rows] = _ratios(glued, every, index.strings.glued, to)
    bones[rows] = _ratios(shapes, every, index.strings.bones, to)
    return {"clean_alike": alike, "clean_bones": bones}


def _gap(asked: Ints, values: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
    """How far each pair stays behind the best pair of its trade name (0 for the best)."""
    if len(asked) == 0:
        return np.zeros(0, np.float32)
    best = np.full(int(asked.max()) + 1, -np.inf)
    np.maximum.at(best, asked, values)
    out: npt.NDArray[np.floating] = values - best[asked]
    return out


def _best_pairs(asked: Ints, values: npt.NDArray[np.floating]) -> npt.NDArray[np.intp]:
    """For each pair, the place of the best pair of its trade name, the first of equals."""
    order = np.lexsort((np.arange(len(asked)), -values, asked))
    first = np.searchsorted(asked[order], asked, "left")
    out: npt.NDArray[np.intp] = order[first]
    return out


def _lead(asked: Ints, twin: Flags, values: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
    """How far each pair is ahead of the best pair of its trade name that has another listed name; below 0 where it is behind.

    `twin` marks pairs whose listed name is nearly that of the best pair: lists name one party again and again,
    so names that are nearly the same are no rivals.
    """
    if len(asked) == 0:
        return np.zeros(0, np.float32)
    count = int(asked.max()) + 1
    first, second = np.zeros(count), np.zeros(count)
    np.maximum.at(first, asked[twin], values[twin])
    np.maximum.at(second, asked[~twin], values[~twin])
    out: npt.NDArray[np.floating] = values - np.where(twin, second[asked], first[asked])
    return out


def _ratios(left: npt.NDArray[np.object_], at: Ints, right: npt.NDArray[np.object_], to: Ints) -> Floats:
    if len(at) == 0:
        return np.zeros(0, np.float32)
    out: Floats = cpdist(left[at].tolist(), right[to].tolist(), scorer=Indel.normalized_similarity, dtype=np.float32)
    return out


def _of_forms(index: Index, asked: Asked, pairs: Pairs) -> dict[str, npt.NDArray[np.floating]]:
    a, b = asked.classes[pairs.asked] & ~VAGUE_BITS, index.listed.classes[pairs.listed] & ~VAGUE_BITS
    legal = np.select([(a & b) != 0, (a == 0) & (b == 0), (a == 0) | (b == 0)], [3, 2, 1], 0)
    return {
        "legal": legal,
        "is_person": index.listed.is_person[index.listed.entity[pairs.listed]],
        "is_cut": asked.is_cut[pairs.asked],
        "core_shares": pairs.shared,
        "entities": index.sharing[pairs.listed],
    }
