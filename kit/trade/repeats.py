"""Rows that tell of the same goods as another row of the file, and which of them counts.

Four kinds: exact repeats, older states of a record (revisions), master bills over their house bills, and
totals of a declaration beside its lines. The columns that tell of the last three stand
in the mapping file. Such rows are kept and never summed; DROPPED says for each which row counts in its place, and why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kit.files import Sheet
from kit.files.long import Parts
from kit.files.sheets import ROW
from kit.model import DropKind
from kit.trade.cells import Header
from kit.trade.hashes import Hashes, Places, first_of_each, hashes_of, key_hashes
from kit.trade.mapping import TradeMapping

AT_ONCE = 200_000  # pairs of rows whose cells are compared together
WHY = {
    DropKind.REPEAT: "every cell is the same as in row ",
    DropKind.REVISION: "another state of the same record counts, in row ",
    DropKind.MASTER_BILL: "its goods stand on house bills, the first in row ",
    DropKind.HEADER_TOTAL: "a total over lines of the same number, the first in row ",
}


@dataclass(frozen=True)
class Left:
    """Rows that are left out of sums, in order: 0-based row, 0-based row that counts in its place, and the kind."""

    rows: Places
    kept: Places
    kinds: tuple[DropKind, ...]

    @classmethod
    def none(cls) -> Left:
        """No row at all."""
        return cls(np.zeros(0, np.int64), np.zeros(0, np.int64), ())

    def also(self, rows: Places, kept: Places, kind: DropKind) -> Left:
        """With more rows; one that is left out already stays as it is."""
        new = ~np.isin(rows, self.rows)
        all_rows = np.concatenate([self.rows, rows[new]])
        order = np.argsort(all_rows, kind="stable")
        kinds = (*self.kinds, *([kind] * int(new.sum())))
        return Left(all_rows[order], np.concatenate([self.kept, kept[new]])[order], tuple(kinds[i] for i in order))


@dataclass(frozen=True)
class Marks:
    """What is remembered of each row to find those that tell of the same goods; None where the mapping has no such key.

    `key` and `whole` are 0 where a cell is empty; `revision` is the rank of a state (NaN if not stated).
    """

    cells: Hashes
    key: Hashes | None = None
    revision: np.ndarray | None = None
    whole: Hashes | None = None
    is_part: np.ndarray | None = None


def marks_of(sheet: Sheet, mapping: TradeMapping) -> Marks:
    """The marks of the rows of one part of a file."""
    cells = [sheet.rows.column(name) for name in sheet.columns]
    rows = hashes_of(cells)
    header = Header(sheet.columns, first_word=mapping.first_word)
    names = header.find_all(mapping.repeats.key)
    key = revision = whole = part = None
    if len(mapping.repeats.key) > 0 and len(names) == len(mapping.repeats.key):
        key = key_hashes([sheet.rows.column(name) for name in names])
        state = header.find([mapping.repeats.revision])
        revision = None if state is None else _rank(sheet.rows.column(state))
    pair = [header.find([mapping.covers[name]]) for name in ("whole", "part") if name in mapping.covers]
    if len(pair) == 2 and pair[0] is not None and pair[1] is not None:
        whole = key_hashes([sheet.rows.column(pair[0])])
        part = pc.is_valid(sheet.rows.column(pair[1])).to_numpy()
    return Marks(rows, key, revision if key is not None else None, whole, part)


def _rank(states: pa.ChunkedArray) -> np.ndarray:
    """States of a record as numbers that grow with them: a number, or a date in ISO form, read as its digits."""
    digits = pc.replace_substring_regex(states, r"[^0-9.]", "")
    plain = pc.if_else(pc.match_substring_regex(digits, r"^[0-9]+(\.[0-9]+)?$"), digits, pa.scalar(None, pa.string()))
    return np.asarray(pc.cast(plain, pa.float64()).to_numpy(), dtype=np.float64)


def joined(parts: Sequence[Marks]) -> Marks:
    """The marks of all parts in one."""

    def one(name: str) -> np.ndarray | None:
        arrays = [getattr(part, name) for part in parts]
        return np.concatenate(arrays) if len(arrays) > 0 and arrays[0] is not None else None

    cells = one("cells")
    empty = np.zeros(0, np.uint64)
    return Marks(empty if cells is None else cells, one("key"), one("revision"), one("whole"), one("is_part"))


def left_out(sheet: Parts, mapping: TradeMapping, marks: Marks) -> Left:
    """Which rows are left out of sums, and which count in their place. Rows that only share a hash are told apart."""
    rows, firsts = first_of_each(marks.cells)
    left = Left.none().also(*_same(sheet, rows, firsts, sheet.whole.columns), DropKind.REPEAT)
    header = Header(sheet.whole.columns, first_word=mapping.first_word)
    if marks.key is not None and marks.revision is not None:
        older, newest = _older_states(marks.key, marks.revision, left.rows)
        left = left.also(*_same(sheet, older, newest, header.find_all(mapping.repeats.key)), DropKind.REVISION)
    if marks.whole is not None and marks.is_part is not None:
        wholes, parts = _wholes(marks.whole, marks.is_part)
        named = header.find_all([mapping.covers["whole"]])
        kind = DropKind(mapping.covers.get("kind", DropKind.MASTER_BILL.value))
        left = left.also(*_same(sheet, wholes, parts, named), kind)
    return left


def _older_states(key: Hashes, revision: np.ndarray, repeats: Places) -> tuple[Places, Places]:
    """Rows of the same key as a later state: the highest revision counts, of equal ones the last row."""
    places = np.setdiff1d(np.flatnonzero((key != 0) & ~np.isnan(revision)), repeats, assume_unique=True)
    order = places[np.lexsort((places, revision[places], key[places]))]
    keys, states = key[order], revision[order]
    if len(order) == 0:
        return order, order
    is_last = np.concatenate([keys[1:] != keys[:-1], [True]])
    ends = np.flatnonzero(is_last)
    newest = ends[np.searchsorted(ends, np.arange(len(order)))]
    older = states < states[newest]  # rows of one and the same state are lines of it, not versions
    return order[older], order[newest[older]]


def _wholes(whole: Hashes, is_part: np.ndarray) -> tuple[Places, Places]:
    """Rows that name only the whole, where other rows name it with a part; beside each the first of these."""
    parts = np.flatnonzero(is_part & (whole != 0))
    known, at = np.unique(whole[parts], return_index=True)
    alone = np.flatnonzero(~is_part & (whole != 0))
    if len(known) == 0:
        return alone[:0], alone[:0]
    places = np.minimum(np.searchsorted(known, whole[alone]), len(known) - 1)
    found = known[places] == whole[alone]
    return alone[found], parts[at[places[found]]]


def _same(sheet: Parts, rows: Places, others: Places, names: Sequence[str]) -> tuple[Places, Places]:
    """Those pairs of rows that agree in every cell of some columns."""
    kept = np.zeros(len(rows), bool)
    for start in range(0, len(rows), AT_ONCE):
        some = slice(start, start + AT_ONCE)
        left, right = rows_at(sheet, rows[some], names), rows_at(sheet, others[some], names)
        same = np.ones(len(left), bool)
        for name in names:
            one, other = left.column(name), right.column(name)
            equal = pc.or_(pc.fill_null(pc.equal(one, other), False), pc.and_(pc.is_null(one), pc.is_null(other)))
            same &= equal.to_numpy()
        kept[some] = same
    return rows[kept], others[kept]


def rows_at(sheet: Parts, places: Places, names: Sequence[str]) -> pa.Table:
    """Some rows of a file with their `source_row`, in the order asked for."""
    wanted = np.unique(places)

    def take(start: int, part: Sheet) -> pa.Table:
        low, high = np.searchsorted(wanted, [start, start + len(part.rows)])
        return part.rows.select([*names, ROW]).take(pa.array(wanted[low:high] - start))

    found = pa.concat_tables(list(sheet.map(take)))
    return found.take(pa.array(np.searchsorted(wanted, places)))
