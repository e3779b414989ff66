"""Which words of a trade name meet which words of a listed name, for many pairs at once."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np
import numpy.typing as npt

from kit.matching.asked import Asked
from kit.matching.index import Index
from kit.matching.units import MOST_CORE, PAIR, SINGLE, TRIPLE, WHOLE

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]

INITIAL_ALIKE = 0.55  # a letter for a word that begins with it
PREFIX_ALIKE = 0.70  # a word cut short
CUT_ALIKE = 0.85  # the last word of a name that may be cut at 35 characters
LEAST_PREFIX = 3
BLOCK = 4_000  # pairs


@dataclass(frozen=True)
class Meetings:
    """Pairs of words that met: pair `of`, places in the asked and the listed core, how many words each side spans."""

    of: Ints
    asked: Ints
    asked_span: Ints
    listed: Ints
    listed_span: Ints
    alike: Floats


@dataclass(frozen=True)
class Alignment:
    """Best likeness of every word, as matrices of pairs by places in the core (0 where the core is shorter)."""

    asked: Floats
    listed: Floats
    partner: Ints  # by asked place: the listed place that it met best, -1 if none
    is_initial: npt.NDArray[np.bool_]  # by asked place
    is_joined: npt.NDArray[np.bool_]  # by asked place: met through a joined or divided word


def align(index: Index, asked: Asked, pair_asked: Ints, pair_listed: Ints) -> Alignment:
    """Set the words of each pair against each other."""
    met = _all_meetings(index, asked, pair_asked, pair_listed)
    count = len(pair_asked)
    by_asked = np.zeros((count, MOST_CORE), np.float32)
    by_listed = np.zeros((count, MOST_CORE), np.float32)
    partner = np.full((count, MOST_CORE), -1, np.int32)
    initial = np.zeros((count, MOST_CORE), bool)
    joined = np.zeros((count, MOST_CORE), bool)
    order = np.argsort(met.alike, kind="stable")  # later writes win: the best meeting of each word stays
    of, alike = met.of[order], met.alike[order]
    a, b, da, db = met.asked[order], met.listed[order], met.asked_span[order], met.listed_span[order]
    widest = int(max(da.max(initial=1), db.max(initial=1)))
    for step in range(widest):
        here = da > step
        by_asked[of[here], a[here] + step] = np.maximum(by_asked[of[here], a[here] + step], alike[here])
        partner[of[here], a[here] + step] = b[here]
        initial[of[here], a[here] + step] = alike[here] == np.float32(INITIAL_ALIKE)
        joined[of[here], a[here] + step] = (da[here] > 1) | (db[here] > 1)
        there = db > step
        by_listed[of[there], b[there] + step] = np.maximum(by_listed[of[there], b[there] + step], alike[there])
    return Alignment(by_asked, by_listed, partner, initial, joined)


def _all_meetings(index: Index, asked: Asked, pair_asked: Ints, pair_listed: Ints) -> Meetings:
    """Meetings of all pairs, found for some pairs at a time so that the work stays in the processor's cache."""
    parts = []
    for at in range(0, max(len(pair_asked), 1), BLOCK):
        part = _meetings(index, asked, pair_asked[at : at + BLOCK], pair_listed[at : at + BLOCK])
        parts.append(replace(part, of=part.of + at))
    names = [field.name for field in fields(Meetings)]
    return Meetings(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def _meetings(index: Index, asked: Asked, pair_asked: Ints, pair_listed: Ints) -> Meetings:
    """All words and joined words of each pair that are alike, abbreviate or begin each other."""
    left, right = asked.units, index.units
    from_left, from_right = left.start[pair_asked].astype(np.int32), right.start[pair_listed].astype(np.int32)
    many_left = (left.start[pair_asked + 1] - left.start[pair_asked]).astype(np.int32)
    many_right = (right.start[pair_listed + 1] - right.start[pair_listed]).astype(np.int32)
    cells = many_left * many_right
    of = np.repeat(np.arange(len(pair_asked), dtype=np.int32), cells)
    within = np.arange(len(of), dtype=np.int32) - np.repeat((np.cumsum(cells) - cells).astype(np.int32), cells)
    step = within // many_right[of]
    a, b = from_left[of] + step, from_right[of] + within - step * many_right[of]
    # Joined words are set against single ones, the whole name also against the whole name.
    kept = (left.kind[a] == SINGLE) | (right.kind[b] == SINGLE) | ((left.kind[a] == WHOLE) & (right.kind[b] == WHOLE))
    of, a, b = of[kept], a[kept], b[kept]
    alike = _looked_up(asked, left.word[a], right.word[b])
    both = (left.kind[a] == SINGLE) & (right.kind[b] == SINGLE) & (alike == 0)
    begun = _begun(index, asked, left.word[a[both]], right.word[b[both]])
    last = asked.is_cut[pair_asked[of[both]]] & (left.first[a[both]] == asked.units.size[pair_asked[of[both]]] - 1)
    longer = index.lengths[right.word[b[both]]] > asked.lengths[left.word[a[both]]]
    begun[(begun == np.float32(PREFIX_ALIKE)) & last & longer] = CUT_ALIKE
    alike[both] = begun
    met = alike > 0
    of, a, b, alike = of[met], a[met], b[met], alike[met]
    whole_left, whole_right = asked.units.size[pair_asked[of]], index.units.size[pair_listed[of]]
    spans = (_spans(left.kind[a], whole_left), _spans(right.kind[b], whole_right))
    return Meetings(of, left.first[a], spans[0], right.first[b], spans[1], alike)


def _spans(kind: npt.NDArray[np.int8], whole: Ints) -> Ints:
    out: Ints = np.select([kind == SINGLE, kind == PAIR, kind == TRIPLE], [1, 2, 3], whole).astype(np.int32)
    return out


def _looked_up(asked: Asked, left: Ints, right: Ints) -> Floats:
    """Likeness of spellings as found by the join, 0 where the join found none."""
    keys = asked.alike_keys
    out = np.zeros(len(left), np.float32)
    # Most words met nothing at all: only those that did are looked up.
    maybe = np.flatnonzero(asked.has_alike[left])
    if len(keys) > 0:
        wanted = left[maybe].astype(np.int64) * asked.alike.shape[1] + right[maybe]
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        found = keys[at] == wanted
        out[maybe[found]] = asked.alike.data[at[found]]
    return out


def _begun(index: Index, asked: Asked, left: Ints, right: Ints) -> Floats:
    """Likeness of a letter to the word that it may stand for, and of a word cut short to the whole word."""
    out = np.zeros(len(left), np.float32)
    mine, theirs = asked.heads[left], index.heads[right]
    same_letter = (mine >> np.uint32(16)) == (theirs >> np.uint32(16))
    short = np.minimum(asked.lengths[left], index.lengths[right])
    is_initial = same_letter & (short == 1)
    out[is_initial] = INITIAL_ALIKE
    maybe = np.flatnonzero((mine == theirs) & (short >= LEAST_PREFIX) & ~is_initial)
    if len(maybe) > 0:
        long, brief = index.spellings, asked.spellings
        pairs = zip(left[maybe].tolist(), right[maybe].tolist(), strict=True)
        begins = [long[b].startswith(brief[a]) or brief[a].startswith(long[b]) for a, b in pairs]
        out[maybe[np.array(begins, bool)]] = PREFIX_ALIKE
    return out
