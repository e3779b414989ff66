"""What must be known of a whole file before its first row can be read: forms of numbers and dates, ids, repeats."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
import pyarrow as pa

from kit.dates import date_form
from kit.files import Sheet
from kit.files.columns import NumberColumnEvidence, bare_dates, whole
from kit.files.long import Parts, Told, untold
from kit.files.sheets import ROW
from kit.model import DropKind
from kit.trade.hashes import Hashes, Places, key_hashes, more_than_once
from kit.trade.mapping import TradeMapping, targets_of
from kit.trade.refusals import AMOUNTS, SAYING, check_amounts, refusals
from kit.trade.repeats import AT_ONCE, Left, Marks, joined, left_out, marks_of, rows_at
from kit.trade.standard import Decided, Standardizer, given_date_form, given_number_form

ID = "declaration_id"


@dataclass(frozen=True)
class Decisions:
    """What holds for all parts of a file.

    `twice` are hashes of stated numbers that stand in several rows. `left` are
    the rows left out of sums, and `kept` beside each the row that counts: its
    stated number (in the column that `declaration_id` is read from) and its `source_row`.
    """

    decided: Decided
    twice: Hashes
    left: Left
    kept_ids: pa.Array
    kept_rows: pa.Array


@dataclass
class _Seen:
    """What one part shows."""

    marks: Marks
    ids: Hashes
    numbers: dict[str, NumberColumnEvidence] = field(default_factory=dict)
    dates: dict[str, list[str]] = field(default_factory=dict)


def decide(sheet: Parts, mapping: TradeMapping, progress: Told = untold) -> Decisions:
    """Look through all parts of a file once, and decide what concerns all of them."""
    decided = Decided()
    marks: list[Marks] = []
    ids: list[Hashes] = []
    numbers: dict[str, NumberColumnEvidence] = {}
    dates: dict[str, dict[str, None]] = {}
    for seen in sheet.map(partial(_look, mapping=mapping, decided=decided), progress):
        marks.append(seen.marks)
        ids.append(seen.ids)
        for target, evidence in seen.numbers.items():
            numbers.setdefault(target, NumberColumnEvidence()).merge(evidence)
        for target, texts in seen.dates.items():
            dates.setdefault(target, {}).update(dict.fromkeys(texts))
    decided = Decided(
        {target: evidence.decide() for target, evidence in numbers.items()},
        {target: date_form(texts) for target, texts in dates.items()},
        decided.readers,
    )
    stated = np.concatenate(ids) if len(ids) > 0 else np.zeros(0, np.uint64)
    left = _left(sheet, mapping, decided, joined(marks))
    kept_ids, kept_rows = _kept(sheet, mapping, decided, left)
    return Decisions(decided, more_than_once(stated[stated != 0]), left, kept_ids, kept_rows)


def _look(_: int, sheet: Sheet, *, mapping: TradeMapping, decided: Decided) -> _Seen:
    work = Standardizer(sheet, mapping, decided)
    seen = _Seen(marks_of(sheet, mapping), key_hashes([work.values(ID)]))
    for spec in mapping.columns:
        if spec.target not in targets_of(mapping.kind) or work.kind(spec.target) not in ("float", "date"):
            continue
        is_number = work.kind(spec.target) == "float"
        given = given_number_form(spec) if is_number else given_date_form(spec)
        texts = work.texts(spec.target)[0] if given is None else None
        if texts is not None and is_number:
            seen.numbers[spec.target] = NumberColumnEvidence()
            seen.numbers[spec.target].add(texts)
        elif texts is not None:
            seen.dates[spec.target] = bare_dates(texts).to_pylist()
    return seen


def _left(sheet: Parts, mapping: TradeMapping, decided: Decided, marks: Marks) -> Left:
    """Rows left out of sums. A row that is refused as a whole never counts in place of another: then the next one does."""
    left = left_out(sheet, mapping, marks)
    while True:
        counts = np.unique(left.kept[[kind is not DropKind.REPEAT for kind in left.kinds]])
        refused = [_refused(sheet, mapping, decided, counts[at : at + AT_ONCE]) for at in range(0, len(counts), AT_ONCE)]
        if sum(map(len, refused)) == 0:
            return left
        for hashes in (marks.key, marks.whole):
            if hashes is not None:
                hashes[np.concatenate(refused)] = 0
        left = left_out(sheet, mapping, marks)


def _refused(sheet: Parts, mapping: TradeMapping, decided: Decided, places: Places) -> Places:
    """Those of some rows that are refused as a whole."""
    part = replace(sheet.whole, rows=rows_at(sheet, places, sheet.whole.columns))
    work = Standardizer(part, mapping, decided)
    columns = {target: work.column(target) for target in (*AMOUNTS, *SAYING)}
    arrays = {target: column.values for target, column in columns.items()}
    check_amounts(arrays, columns)
    mask = np.asarray(refusals(part, arrays).mask.to_numpy(), dtype=bool)
    return np.asarray(places[mask], dtype=np.int64)


def _kept(sheet: Parts, mapping: TradeMapping, decided: Decided, left: Left) -> tuple[pa.Array, pa.Array]:
    """The stated numbers and sheet rows of the rows that count in place of others."""
    if len(left.rows) == 0:
        return pa.array([], pa.string()), pa.array([], pa.int64())
    _, used, _ = Standardizer(sheet.whole, mapping, decided).texts(ID)
    rows = rows_at(sheet, left.kept, used)
    work = Standardizer(replace(sheet.whole, columns=used, rows=rows), mapping, decided)
    return whole(work.values(ID)), whole(rows.column(ROW))
