"""Applying a mapping of a declaration layout to a sheet: DECLARATIONS and what was refused."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from kit.files import Sheet
from kit.model import FileRole
from kit.numbers import MOST, NumberKind, value_fault
from kit.reference import read_reference
from kit.tables import ReadResult, conform, empty
from kit.trade.cells import Column, Fault, Header, constant, fault_rejects, positions, row_rejects
from kit.trade.mapping import TradeMapping, targets_of
from kit.trade.repeats import covers_parts, first_of_repeats
from kit.trade.standard import Standardizer

PARTIES = ("consignor_name", "consignee_name", "notify_name", "declarant_name")
AMOUNTS = {
    "value": NumberKind.VALUE,
    "value_usd": NumberKind.VALUE,
    "net_weight_kg": NumberKind.WEIGHT_KG,
    "quantity": NumberKind.QUANTITY,
}
NOTHING = "row not read: it names no party, no code and no value"
SUM_LINE = "row not read: a sum line, it names no party and no code"


def read_declarations(sheet: Sheet, mapping: TradeMapping) -> ReadResult:
    """Turn the rows of a sheet into DECLARATIONS.

    Text stays as the source spells it, with principals and agents in the
    phrase. A single value that cannot be read leaves its row in, empty in that
    column, with a line in the rejects that begins "value not read:". A row
    without any party, code and value is refused as a whole. Rows that repeat
    an earlier row in every cell are kept and marked in `repeat_of`. A master
    bill whose house bills are in the file keeps its parties and loses its
    amounts, for they stand on the house bills.

    Returns:
        A ReadResult with the table `declarations`. `value_usd` is filled only
        from a dollar column or where the currency is USD.
    """
    work = Standardizer(sheet, mapping)
    columns = {target: work.column(target) for target in targets_of(mapping.kind)}
    faults = [fault for column in columns.values() for fault in column.faults]
    arrays = {target: column.values for target, column in columns.items()}
    faults += _check_amounts(arrays, columns)
    _dollars(arrays)
    left = _leave_to_parts(sheet, mapping, arrays)
    arrays |= _made(sheet, mapping, arrays, columns)
    refused = _refusals(sheet, arrays)
    table = conform("declarations", pa.table(arrays).filter(pc.invert(refused.mask)))
    rejects = _rejects(sheet, faults, refused)
    notes = (*_notes(sheet, mapping, columns), *left, *_repeat_note(table))
    return ReadResult(
        role=FileRole.DECLARATIONS,
        reader=mapping.layout,
        tables={"declarations": table},
        rejects=rejects,
        columns=work.uses(),
        rows_read=len(table),
        notes=notes,
    )


def _check_amounts(arrays: dict[str, pa.ChunkedArray], columns: dict[str, Column]) -> list[Fault]:
    """Leave out amounts that cannot be: below zero, or more than one row can hold."""
    faults = []
    for name, kind in AMOUNTS.items():
        amounts = arrays[name]
        mask = pc.fill_null(pc.or_(pc.less(amounts, 0.0), pc.greater(amounts, MOST[kind])), False)
        if pc.any(mask).as_py() is not True:
            continue
        source = columns[name].used[0] if len(columns[name].used) > 0 else name
        rows = positions(mask)
        wrong: list[float] = pc.take(amounts, rows).to_pylist()
        raws = [f"{number:.15g}" for number in wrong]
        faults.append(Fault(source, rows, pa.array(raws), pa.array([f"{n:.15g} is {value_fault(n, kind)}" for n in wrong])))
        arrays[name] = pc.if_else(mask, pa.scalar(None, pa.float64()), amounts)
    return faults


def _dollars(arrays: dict[str, pa.ChunkedArray]) -> None:
    """Fill `value_usd` where the value itself is in dollars, and the other way round."""
    in_dollars = pc.fill_null(pc.equal(arrays["currency"], "USD"), False)
    arrays["value_usd"] = pc.coalesce(arrays["value_usd"], pc.if_else(in_dollars, arrays["value"], pa.scalar(None, pa.float64())))
    lone = pc.and_(pc.is_null(arrays["value"]), pc.is_valid(arrays["value_usd"]))
    arrays["value"] = pc.if_else(lone, arrays["value_usd"], arrays["value"])
    arrays["currency"] = pc.if_else(lone, pa.scalar("USD"), arrays["currency"])


def _made(
    sheet: Sheet, mapping: TradeMapping, arrays: dict[str, pa.ChunkedArray], columns: dict[str, Column]
) -> dict[str, pa.ChunkedArray]:
    """Columns that the kit makes: ids, levels, precision, repeats, and where the row came from."""
    size = len(sheet.rows)
    ids = _ids(sheet, arrays["declaration_id"])
    first = first_of_repeats(sheet.rows)
    level = pc.fill_null(arrays["record_level"], "line")
    return {
        "declaration_id": ids,
        "repeat_of": pc.take(ids, first),
        "record_level": level,
        "date_precision": columns["date"].extra if columns["date"].extra is not None else constant(None, size),
        "hs_level": pc.utf8_length(arrays["hs_code"]).cast(pa.int64()),
        "layout": constant(mapping.layout, size),
        "source_file": constant(sheet.source_file, size),
        "source_row": sheet.rows.column("source_row"),
    }


def _leave_to_parts(sheet: Sheet, mapping: TradeMapping, arrays: dict[str, pa.ChunkedArray]) -> list[str]:
    """Empty the amounts of master bills whose house bills are in the file: the same goods stand there."""
    header = Header(sheet.columns, first_word=mapping.first_word)
    names = [header.find([mapping.covers[key]]) for key in ("whole", "part") if key in mapping.covers]
    columns = [sheet.rows.column(name) for name in names if name is not None]
    if len(columns) < 2:
        return []
    covered = covers_parts(columns[0], columns[1])
    count = pc.sum(covered).as_py()
    if count in (0, None):
        return []
    for name in AMOUNTS:
        arrays[name] = pc.if_else(covered, pa.scalar(None, pa.float64()), arrays[name])
    return [f"{count} rows are wholes over other rows of the file: their amounts are left empty, for they stand on the parts"]


def _ids(sheet: Sheet, stated: pa.ChunkedArray) -> pa.ChunkedArray:
    """The source's number; where it is missing or stands in several rows, the row is added."""
    number = sheet.rows.column("source_row").cast(pa.string())
    place = pc.binary_join_element_wise(constant(sheet.source_file, len(number)), number, ":")
    counts = pc.value_counts(stated.combine_chunks())
    many = pc.filter(counts.field("values"), pc.greater(counts.field("counts"), 1)).drop_null()
    with_row = pc.binary_join_element_wise(stated, number, "@")
    return pc.coalesce(pc.if_else(pc.is_in(stated, value_set=many), with_row, stated), place)


class _Refused:
    """Which rows are refused, and with what reason."""

    def __init__(self, size: int) -> None:
        self.mask = pa.chunked_array([pa.repeat(pa.scalar(False), size)])
        self.parts: list[pa.Table] = []

    def add(self, sheet: Sheet, mask: pa.ChunkedArray, reason: str) -> None:
        if pc.any(mask).as_py() is True:
            self.mask = pc.or_(self.mask, mask)
            self.parts.append(row_rejects(sheet.rows, mask, sheet.source_file, reason))


def _refusals(sheet: Sheet, arrays: dict[str, pa.ChunkedArray]) -> _Refused:
    """Rows that name nothing, and sum lines below a table."""
    refused = _Refused(len(sheet.rows))
    words = pa.array(sorted(entry["word"].upper() for entry in read_reference("lookups", "sum_words.csv")), pa.string())
    nameless = pc.is_null(arrays["hs_code"])
    for name in PARTIES:
        nameless = pc.and_(nameless, pc.or_(pc.is_null(arrays[name]), _among(arrays[name], words)))
    says_sum = pa.chunked_array([pa.repeat(pa.scalar(False), len(sheet.rows))])
    if pc.any(nameless).as_py() is True:
        for name in sheet.columns:
            says_sum = pc.or_(says_sum, _among(sheet.rows.column(name), words))
    refused.add(sheet, pc.and_(nameless, says_sum), SUM_LINE)
    amounts = [pc.is_null(arrays[name]) for name in ("value", "value_usd", "goods_description")]
    empty_row = nameless
    for missing in (*amounts, pc.invert(says_sum)):
        empty_row = pc.and_(empty_row, missing)
    refused.add(sheet, empty_row, NOTHING)
    return refused


def _among(texts: pa.ChunkedArray, words: pa.Array) -> pa.ChunkedArray:
    return pc.is_in(pc.utf8_upper(pc.utf8_trim(texts, " :.")), value_set=words)


def _rejects(sheet: Sheet, faults: list[Fault], refused: _Refused) -> pa.Table:
    numbers = sheet.rows.column("source_row")
    if len(refused.parts) > 0:
        faults = [kept for kept in (_of_kept_rows(fault, refused.mask) for fault in faults) if len(kept.rows) > 0]
    parts = [sheet.rejects, fault_rejects(faults, sheet.source_file, numbers), *refused.parts]
    filled = [conform("rejects", part) for part in parts if len(part) > 0]
    return pa.concat_tables(filled) if len(filled) > 0 else empty("rejects")


def _of_kept_rows(fault: Fault, refused: pa.ChunkedArray) -> Fault:
    """A fault without the rows that are refused as a whole: they stand in the rejects once."""
    kept = pc.invert(pc.take(refused, fault.rows)).combine_chunks()
    return replace(fault, rows=fault.rows.filter(kept), raws=fault.raws.filter(kept), reasons=fault.reasons.filter(kept))


def _notes(sheet: Sheet, mapping: TradeMapping, columns: dict[str, Column]) -> list[str]:
    notes = [*sheet.notes, f"layout: {mapping.title} (columns {mapping.known_by})", *mapping.notes]
    told: dict[str, tuple[list[str], int]] = {}
    for target, column in columns.items():
        for note, count in sorted(column.notes.items(), key=lambda item: -item[1])[:8]:
            targets, most = told.get(note, ([], 0))
            told[note] = ([*targets, target], max(most, count))
    return notes + [
        f"{', '.join(targets)}: {note}" + (f" ({count} rows)" if count > 0 else "") for note, (targets, count) in told.items()
    ]


def _repeat_note(table: pa.Table) -> list[str]:
    count = len(table) - table.column("repeat_of").null_count
    return [f"{count} rows repeat an earlier row in every cell: kept, marked in repeat_of, never summed"] if count > 0 else []
