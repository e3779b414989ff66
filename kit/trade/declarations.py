"""Applying a mapping of a declaration layout to a sheet: DECLARATIONS, DROPPED and what was refused.

A file is read in parts, of which a small one has a single one: first everything
is looked through for what concerns all rows (`kit.trade.decisions`), then
each part becomes rows of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kit.files import Sheet
from kit.files.columns import whole
from kit.files.long import OneSheet, Parts, Told, untold
from kit.model import DropKind, FileRole
from kit.stored import Store
from kit.tables import ReadResult, concat, conform, empty
from kit.trade.cells import Column, Fault, constant, fault_rejects
from kit.trade.conversion import Tally, convert
from kit.trade.decisions import Decisions, decide
from kit.trade.hashes import Hashes, is_among, key_hashes
from kit.trade.mapping import TradeMapping, targets_of
from kit.trade.refusals import Refused, check_amounts, refusals
from kit.trade.repeats import WHY
from kit.trade.standard import Standardizer

LEFT_OUT = {
    DropKind.REPEAT: "repeat an earlier row in every cell",
    DropKind.REVISION: "are older states of a record that the file also gives in a newer one",
    DropKind.MASTER_BILL: "are master bills over house bills in the file, which tell of the same goods",
    DropKind.HEADER_TOTAL: "are totals over lines that the file also gives",
}
Arrays = dict[str, pa.ChunkedArray]


@dataclass(frozen=True)
class _Part:
    """What one part of a file became."""

    declarations: pa.Table
    dropped: pa.Table
    rejects: pa.Table
    notes: Mapping[str, Mapping[str, int]]
    converted: Tally
    work: Standardizer


def read_declarations(
    sheet: Sheet | Parts, mapping: TradeMapping, *, folder: Path | None = None, progress: Told = untold
) -> ReadResult:
    """Turn the rows of a sheet into DECLARATIONS.

    Text stays as the source spells it, with principals and agents in the
    phrase. A single value that cannot be read leaves its row in, empty in that
    column, with a line in the rejects that begins "value not read:". A row
    without any party, code and value is refused as a whole. Rows that tell of the
    same goods as another row (exact repeats, older revisions, master bills over house bills,
    totals beside lines) are kept, marked in `repeat_of`, and listed with the reason in DROPPED.

    Args:
        sheet: The sheet, whole or in parts.
        mapping: Where its columns go.
        folder: Write the tables there, part by part, in place of holding them in memory.
        progress: Told how many parts of the work are done, and of how many.

    Returns:
        A ReadResult with the tables `declarations` and, if any row is left out of sums, `dropped`. `value_usd` is the
        source's own where it gives dollars, else converted with the rate that stands beside it (`kit.trade.conversion`).
    """
    parts = OneSheet(sheet) if isinstance(sheet, Sheet) else sheet
    decisions = decide(parts, mapping, lambda done, total: progress(done, 2 * total))
    store = Store(folder, ("declarations", "dropped"))
    rejects, converted, told = [parts.whole.rejects], Tally(), dict[str, Counter[str]]()
    last: _Part | None = None
    with store:
        work = partial(_part, mapping=mapping, decisions=decisions)
        for last in parts.map(work, lambda done, total: progress(total + done, 2 * total)):
            store.add("declarations", last.declarations)
            store.add("dropped", last.dropped)
            rejects.append(last.rejects)
            converted += last.converted
            for target, counts in last.notes.items():
                told.setdefault(target, Counter()).update(counts)
    tables = {name: table for name, table in store.tables().items() if name == "declarations" or len(table) > 0}
    notes = (*_notes(parts.whole, mapping, told), *converted.notes(), *_left_notes(store.kinds))
    return ReadResult(
        role=FileRole.DECLARATIONS,
        reader=mapping.layout,
        tables=tables,
        rejects=concat("rejects", rejects).sort_by("source_row") if sum(map(len, rejects)) > 0 else empty("rejects"),
        columns=last.work.uses() if last is not None else (),
        rows_read=len(tables["declarations"]),
        notes=notes,
    )


def _part(start: int, sheet: Sheet, *, mapping: TradeMapping, decisions: Decisions) -> _Part:
    work = Standardizer(sheet, mapping, decisions.decided)
    columns = {target: work.column(target) for target in targets_of(mapping.kind)}
    faults = [fault for column in columns.values() for fault in column.faults]
    arrays = {target: column.values for target, column in columns.items()}
    faults += check_amounts(arrays, columns)
    _fill_value(arrays)
    arrays |= _made(sheet, mapping, arrays, columns, decisions.twice)
    dropped = _drop(start, sheet, arrays, decisions)
    refused = refusals(sheet, arrays)
    table = conform("declarations", pa.table(arrays).filter(pc.invert(refused.mask)))
    table, converted = convert(table)
    is_kept = pc.invert(pc.is_in(dropped.column("source_row"), value_set=sheet.rows.column("source_row").filter(refused.mask)))
    notes = {target: column.notes for target, column in columns.items() if len(column.notes) > 0}
    return _Part(table, dropped.filter(is_kept), _rejects(sheet, faults, refused), notes, converted, work)


def _fill_value(arrays: Arrays) -> None:
    """Where the source gives dollars only, they are the value; the other way round is for `convert`."""
    lone = pc.and_(pc.is_null(arrays["value"]), pc.is_valid(arrays["value_usd"]))
    arrays["value"] = pc.if_else(lone, arrays["value_usd"], arrays["value"])
    arrays["currency"] = pc.if_else(lone, pa.scalar("USD"), arrays["currency"])


def _made(sheet: Sheet, mapping: TradeMapping, arrays: Arrays, columns: dict[str, Column], twice: Hashes) -> Arrays:
    """Columns that the kit makes: ids, levels, precision, and where the row came from."""
    size = len(sheet.rows)
    return {
        "declaration_id": record_ids(arrays["declaration_id"], sheet.rows.column("source_row"), sheet.source_file, twice),
        "record_level": pc.fill_null(arrays["record_level"], "line"),
        "date_precision": columns["date"].extra if columns["date"].extra is not None else constant(None, size),
        "hs_level": pc.utf8_length(arrays["hs_code"]).cast(pa.int64()),
        "layout": constant(mapping.layout, size),
        "source_file": constant(sheet.source_file, size),
        "source_row": sheet.rows.column("source_row"),
    }


def record_ids(stated: pa.ChunkedArray, rows: pa.ChunkedArray, source_file: str, twice: Hashes) -> pa.ChunkedArray:
    """The source's number; where it is missing or stands in several rows, the row is added.

    Two different numbers that share a hash of 64 bits would both get their row; that does no harm.
    """
    if len(twice) > 0:
        is_twice = pa.array(is_among(key_hashes([stated]), twice))
        some = pc.binary_join_element_wise(stated.filter(is_twice), pc.cast(rows.filter(is_twice), pa.string()), "@")
        stated = pc.replace_with_mask(stated, is_twice, whole(some))
    if stated.null_count == 0:
        return stated
    place = pc.binary_join_element_wise(pa.scalar(source_file, pa.string()), pc.cast(rows, pa.string()), ":")
    return pc.coalesce(stated, place)


def _drop(start: int, sheet: Sheet, arrays: Arrays, decisions: Decisions) -> pa.Table:
    """Mark the rows of a part that are left out of sums in `repeat_of`; gives DROPPED."""
    size = len(sheet.rows)
    left = decisions.left
    low, high = np.searchsorted(left.rows, [start, start + size])
    rows = pa.array(left.rows[low:high] - start, pa.int64())
    stated, kept_rows = decisions.kept_ids[low:high], decisions.kept_rows[low:high]
    kept = whole(record_ids(stated, kept_rows, sheet.source_file, decisions.twice))
    mask = np.zeros(size, bool)
    mask[left.rows[low:high] - start] = True
    arrays["repeat_of"] = pa.chunked_array([pc.replace_with_mask(pa.nulls(size, pa.string()), pa.array(mask), kept)])
    kinds = left.kinds[low:high]
    why = pc.binary_join_element_wise(pa.array([WHY[k] for k in kinds], pa.string()), pc.cast(kept_rows, pa.string()), "")
    return conform("dropped", pa.table({
        "declaration_id": pc.take(arrays["declaration_id"], rows), "kept_id": kept,
        "kind": pa.array([kind.value for kind in kinds], pa.string()), "explanation": why,
        "source_file": constant(sheet.source_file, len(rows)), "source_row": pc.take(sheet.rows.column("source_row"), rows),
    }))  # fmt: skip


def _rejects(sheet: Sheet, faults: list[Fault], refused: Refused) -> pa.Table:
    numbers = sheet.rows.column("source_row")
    if len(refused.parts) > 0:
        faults = [kept for kept in (_of_kept_rows(fault, refused.mask) for fault in faults) if len(kept.rows) > 0]
    parts = [fault_rejects(faults, sheet.source_file, numbers), *refused.parts]
    return concat("rejects", [conform("rejects", part) for part in parts if len(part) > 0])


def _of_kept_rows(fault: Fault, refused: pa.ChunkedArray) -> Fault:
    """A fault without the rows that are refused as a whole: they stand in the rejects once."""
    kept = pc.invert(pc.take(refused, fault.rows)).combine_chunks()
    return replace(fault, rows=fault.rows.filter(kept), raws=fault.raws.filter(kept), reasons=fault.reasons.filter(kept))


def _notes(sheet: Sheet, mapping: TradeMapping, columns: Mapping[str, Mapping[str, int]]) -> list[str]:
    notes = [*sheet.notes, f"layout: {mapping.title} (columns {mapping.known_by})", *mapping.notes]
    told: dict[str, tuple[list[str], int]] = {}
    for target in targets_of(mapping.kind):
        for note, count in sorted(columns.get(target, {}).items(), key=lambda item: -item[1])[:8]:
            targets, most = told.get(note, ([], 0))
            told[note] = ([*targets, target], max(most, count))
    return notes + [
        f"{', '.join(targets)}: {note}" + (f" ({count} rows)" if count > 0 else "") for note, (targets, count) in told.items()
    ]


def _left_notes(kinds: Mapping[str, int]) -> list[str]:
    return [
        f"{kinds[kind.value]:,} rows {words}: kept, marked in repeat_of, never summed"
        for kind, words in LEFT_OUT.items()
        if kinds.get(kind.value, 0) > 0
    ]
