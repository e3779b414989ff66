"""Applying a mapping of a statistics layout to a sheet: FLOWS and what was refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from kit.files import Sheet
from kit.model import ColumnUse, FileRole
from kit.tables import ReadResult, conform, empty
from kit.trade import values
from kit.trade.cells import Column, Header, constant, fault_rejects, positions, row_rejects
from kit.trade.conversion import in_common_units
from kit.trade.mapping import ColumnMap, Spread, TradeMapping, targets_of
from kit.trade.standard import Standardizer

NEEDED = ("reporter", "partner", "flow", "period", "hs_code")
NOT_A_FLOW = "row not read: "
OF_A_GROUP = "row left out: it adds up or repeats what stands in other rows ({column!r} is {value!r})"
LEFT_OUT = "row left out: a part of a total that the file also gives ({column!r} is not {kept})"


def read_statistics(sheet: Sheet, mapping: TradeMapping) -> ReadResult:
    """Turn the rows of a sheet into FLOWS.

    Sums stay sums (WORLD, EU27) and codes keep their level; neither is added up
    here. A row whose reporter, partner, direction, period or code cannot be read
    is refused with its reason. Where a layout gives both a total and its parts
    (by mode of transport, say), only the totals are read and the parts are
    listed in the rejects; where it gives parts only, these are read.

    Returns:
        A ReadResult with the table `flows`. `value_usd` is the source's own where it publishes in
        dollars, else converted with the rate that stands beside it (`kit.trade.conversion`).
    """
    single_rows, groups = _leave_out(sheet, mapping)
    kept, rejects, notes = _keep(single_rows, mapping)
    rejects += groups
    passes = _passes(kept, mapping)
    parts, uses = [], []
    found_notes: dict[str, int] = {}
    refused_before: set[int] = set()
    for single in passes:
        work = Standardizer(kept, single)
        columns = {target: work.column(target) for target in targets_of(single.kind)}
        table, refused, mask = _flows(kept, single, columns)
        parts.append(table)
        uses.append(work.uses())
        rejects += _new_only(refused, refused_before)
        refused_before |= set(kept.rows.column("source_row").filter(mask).to_pylist()) if len(passes) > 1 else set()
        for target, column in columns.items():
            found_notes |= {f"{target}: {note}": found_notes.get(f"{target}: {note}", 0) + n for note, n in column.notes.items()}
    notes += [note + (f" ({count} rows)" if count > 0 else "") for note, count in found_notes.items()]
    flows, said = in_common_units(pa.concat_tables(parts))
    return ReadResult(
        role=FileRole.STATISTICS,
        reader=mapping.layout,
        tables={"flows": flows},
        rejects=_concat(rejects),
        columns=_merged(uses),
        rows_read=len(flows),
        notes=(*sheet.notes, f"layout: {mapping.title} (columns {mapping.known_by})", *mapping.notes, *notes, *said),
    )


def _keep(sheet: Sheet, mapping: TradeMapping) -> tuple[Sheet, list[pa.Table], list[str]]:
    """Leave out rows that are parts of totals given in the same file."""
    header = Header(sheet.columns, first_word=mapping.first_word)
    rejects, notes = [sheet.rejects], []
    for column, wanted in mapping.keep.items():
        name = header.find([column])
        if name is None:
            continue
        cells = sheet.rows.column(name)
        is_kept = pc.or_(pc.is_in(cells, value_set=pa.array(wanted, pa.string())), pc.is_null(cells))
        if pc.all(is_kept, min_count=0).as_py() is True:
            continue
        if pc.any(is_kept).as_py() is not True:
            notes.append(f"no row gives the total over {name!r}: its parts were read, and they add up")
            continue
        out = pc.invert(is_kept)
        rejects.append(row_rejects(sheet.rows, out, sheet.source_file, LEFT_OUT.format(column=name, kept=" or ".join(wanted))))
        sheet = replace(sheet, rows=sheet.rows.filter(is_kept))
    return sheet, rejects, notes


def _leave_out(sheet: Sheet, mapping: TradeMapping) -> tuple[Sheet, list[pa.Table]]:
    """Leave out rows that the mapping calls sums or repeats; each is listed with its value."""
    header = Header(sheet.columns, first_word=mapping.first_word)
    rejects = []
    for column, pattern in mapping.leave_out.items():
        name = header.find([column])
        if name is None:
            continue
        cells = sheet.rows.column(name)
        form = re.compile(pattern)
        out_values = [value for value in pc.unique(cells).to_pylist() if value is not None and form.search(value) is not None]
        mask = pc.is_in(cells, value_set=pa.array(out_values, pa.string()))
        for value in out_values:
            reason = OF_A_GROUP.format(column=name, value=value)
            rejects.append(row_rejects(sheet.rows, pc.fill_null(pc.equal(cells, value), False), sheet.source_file, reason))
        sheet = replace(sheet, rows=sheet.rows.filter(pc.invert(mask)))
    return sheet, rejects


def _passes(sheet: Sheet, mapping: TradeMapping) -> list[TradeMapping]:
    """The mapping itself, or one mapping for each column over which a measure is spread."""
    if len(mapping.spread) == 0:
        return [mapping]
    header = Header(sheet.columns, first_word=mapping.first_word)
    out = []
    for spread in mapping.spread:
        if spread.column != "":
            names = header.find_all([spread.column])
        else:
            names = [name for name in sheet.columns if re.fullmatch(spread.pattern, name) is not None]
        out += [_single(mapping, spread, name) for name in names]
    return out


def _single(mapping: TradeMapping, spread: Spread, name: str) -> TradeMapping:
    sets = dict(spread.sets)
    if spread.header_to != "":
        reads = {"period": values.period, "flow": values.direction}
        sets[spread.header_to] = reads.get(spread.header_to, values.text)(name).value or name
    columns = tuple(c for c in mapping.columns if c.target not in sets and c.target != spread.value_to)
    measure = ColumnMap(spread.value_to, (name,), factor=spread.factor)
    return replace(mapping, columns=(*columns, measure), fixed={**mapping.fixed, **sets}, spread=(spread,))


def _flows(
    sheet: Sheet, mapping: TradeMapping, columns: Mapping[str, Column]
) -> tuple[pa.Table, list[pa.Table], pa.ChunkedArray]:
    size = len(sheet.rows)
    arrays = {target: column.values for target, column in columns.items()}
    in_dollars = pc.fill_null(pc.equal(arrays["currency"], "USD"), False)
    arrays["value_usd"] = pc.coalesce(arrays["value_usd"], pc.if_else(in_dollars, arrays["value"], pa.scalar(None, pa.float64())))
    is_total = pc.equal(arrays["hs_code"], "TOTAL")
    level = pc.if_else(is_total, pa.scalar(0, pa.int32()), pc.utf8_length(arrays["hs_code"])).cast(pa.int64())
    arrays |= {"hs_level": level, "source_file": constant(sheet.source_file, size), "source_row": sheet.rows.column("source_row")}
    mask = pa.chunked_array([pa.repeat(pa.scalar(False), size)])
    if len(mapping.spread) > 0:
        mask = pc.is_null(arrays[mapping.spread[0].value_to])  # an empty cell of a spread measure is no flow
    idle = mask
    rejects = []
    for target in NEEDED:
        lost = pc.and_(pc.is_null(arrays[target]), pc.invert(mask))
        if pc.any(lost).as_py() is True:
            rejects += _refused(sheet, target, columns[target], lost)
            mask = pc.or_(mask, lost)
    optional = [fault for target, column in columns.items() if target not in NEEDED for fault in column.faults]
    values_lost = fault_rejects(optional, sheet.source_file, sheet.rows.column("source_row"))
    if len(values_lost) > 0:  # a row that is refused anyway is told once
        refused = sheet.rows.column("source_row").filter(mask).combine_chunks()
        rejects.append(values_lost.filter(pc.invert(pc.is_in(values_lost.column("source_row"), value_set=refused))))
    table = conform("flows", pa.table(arrays).filter(pc.invert(mask)))
    return table, rejects, pc.and_(mask, pc.invert(idle))


def _refused(sheet: Sheet, target: str, column: Column, lost: pa.ChunkedArray) -> list[pa.Table]:
    """Whole rows refused for want of one column, each with the reason of its value."""
    reasons: dict[int, str] = {}
    for fault in column.faults:
        reasons |= dict(zip(fault.rows.to_pylist(), fault.reasons.to_pylist(), strict=True))
    plain = f"it has no {target}"
    texts = [f"{NOT_A_FLOW}{reasons.get(row, plain)}" for row in positions(lost).to_pylist()]
    table = row_rejects(sheet.rows, lost, sheet.source_file, "")
    return [table.set_column(2, "reason", pa.chunked_array([texts], pa.string()))]


def _new_only(rejects: list[pa.Table], known: set[int]) -> list[pa.Table]:
    """Refusals of rows that no earlier pass over the same sheet refused."""
    if len(known) == 0:
        return rejects
    seen = pa.array(sorted(known), pa.int64())
    return [part.filter(pc.invert(pc.is_in(part.column("source_row"), value_set=seen))) for part in rejects if len(part) > 0]


def _concat(parts: list[pa.Table]) -> pa.Table:
    filled = [conform("rejects", part) for part in parts if len(part) > 0]
    return pa.concat_tables(filled) if len(filled) > 0 else empty("rejects")


def _merged(uses: list[tuple[ColumnUse, ...]]) -> tuple[ColumnUse, ...]:
    """Where each column went over all passes: used in one is used."""
    if len(uses) == 1:
        return uses[0]
    used = {(use.source, use.target): use for one in uses for use in one if use.target is not None}
    sources = {source for source, _ in used}
    idle = {use.source: use for one in uses for use in one if use.source not in sources}
    return (*used.values(), *idle.values())
