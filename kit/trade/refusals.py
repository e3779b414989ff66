"""Rows that are refused as a whole: those that name nothing, and sum lines below a table; and amounts that cannot be."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from kit.files import Sheet
from kit.numbers import MOST, NumberKind, value_fault
from kit.reference import read_reference
from kit.trade.cells import Column, Fault, positions, row_rejects

AMOUNTS = {
    "value": NumberKind.VALUE,
    "value_usd": NumberKind.VALUE,
    "net_weight_kg": NumberKind.WEIGHT_KG,
    "quantity": NumberKind.QUANTITY,
}
PARTIES = ("consignor_name", "consignee_name", "notify_name", "declarant_name")
SAYING = (*PARTIES, "hs_code", "value", "value_usd", "goods_description")  # columns by which a row is refused or not
NOTHING = "row not read: it names no party, no code and no value"
SUM_LINE = "row not read: a sum line, it names no party and no code"


class Refused:
    """Which rows are refused, and with what reason."""

    def __init__(self, size: int) -> None:
        self.mask = pa.chunked_array([pa.repeat(pa.scalar(False), size)])
        self.parts: list[pa.Table] = []

    def add(self, sheet: Sheet, mask: pa.ChunkedArray, reason: str) -> None:
        """Refuse the rows of a mask."""
        if pc.any(mask).as_py() is True:
            self.mask = pc.or_(self.mask, mask)
            self.parts.append(row_rejects(sheet.rows, mask, sheet.source_file, reason))


def refusals(sheet: Sheet, arrays: dict[str, pa.ChunkedArray]) -> Refused:
    """Rows that name nothing, and sum lines.

    Args:
        sheet: The rows as they stand.
        arrays: The standard columns read from them.
    """
    refused = Refused(len(sheet.rows))
    nameless = pc.is_null(arrays["hs_code"])
    if pc.any(nameless).as_py() is not True:
        return refused
    words = pa.array(sorted(entry["word"].upper() for entry in read_reference("lookups", "sum_words.csv")), pa.string())
    for name in PARTIES:
        nameless = pc.and_(nameless, pc.or_(pc.is_null(arrays[name]), _among(arrays[name], words)))
    says_sum = pa.chunked_array([pa.repeat(pa.scalar(False), len(sheet.rows))])
    if pc.any(nameless).as_py() is True:
        for name in sheet.columns:
            says_sum = pc.or_(says_sum, _among(sheet.rows.column(name), words))
    refused.add(sheet, pc.and_(nameless, says_sum), SUM_LINE)
    empty_row = nameless
    for name in ("value", "value_usd", "goods_description"):
        empty_row = pc.and_(empty_row, pc.is_null(arrays[name]))
    refused.add(sheet, pc.and_(empty_row, pc.invert(says_sum)), NOTHING)
    return refused


def check_amounts(arrays: dict[str, pa.ChunkedArray], columns: dict[str, Column]) -> list[Fault]:
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


def _among(texts: pa.ChunkedArray, words: pa.Array) -> pa.ChunkedArray:
    return pc.is_in(pc.utf8_upper(pc.utf8_trim(texts, " :.")), value_set=words)
