"""Turning the columns of a sheet into standard columns, one kind of value at a time."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from kit.dates import DateForm
from kit.files import Sheet
from kit.files.columns import read_dates, read_numbers
from kit.model import TABLES, ColumnUse, RecordLevel
from kit.numbers import NULL_MARKS, NumberForm
from kit.tables import distinct
from kit.trade import values
from kit.trade.cells import Column, Fault, Header, constant, faults_of, positions, read_cells, source_text
from kit.trade.mapping import ColumnMap, TradeMapping
from kit.trade.values import CellReader

TERRITORIES = (
    "origin_country",
    "departure_country",
    "trading_country",
    "destination_country",
    "consignor_country",
    "consignee_country",
)
UNUSED = "no standard column holds it"


class Standardizer:
    """Reads standard columns from one sheet under one mapping, and remembers where each came from."""

    def __init__(self, sheet: Sheet, mapping: TradeMapping) -> None:
        self.sheet = sheet
        self.mapping = mapping
        self.header = Header(sheet.columns, first_word=mapping.first_word)
        self.marks = frozenset(mark.casefold() for mark in (*NULL_MARKS, *mapping.null_marks))
        self.read: dict[str, Column] = {}
        self._kinds = {c.name: c.kind for c in TABLES[mapping.table]}

    def column(self, target: str) -> Column:
        """A standard column: mapped, fixed, or null in every row."""
        if target not in self.read:
            self.read[target] = self._make(target)
        return self.read[target]

    def values(self, target: str) -> pa.ChunkedArray:
        """The values of a standard column."""
        return self.column(target).values

    def _make(self, target: str) -> Column:
        size = len(self.sheet.rows)
        spec = self.mapping.column(target)
        if spec is not None:
            texts, used = source_text(self.sheet.rows, spec, self.header, self.marks)
            if texts is not None:
                return replace(self._read(target, spec, texts, used), used=used)
        fixed = self.mapping.fixed.get(target)
        if fixed is not None:
            return Column(target, constant(fixed, size))
        empty = pa.float64() if self._kinds[target] == "float" else pa.date32() if self._kinds[target] == "date" else pa.string()
        return Column(target, pa.chunked_array([pa.nulls(size, empty)]))

    def _read(self, target: str, spec: ColumnMap, texts: pa.ChunkedArray, used: tuple[str, ...]) -> Column:
        name = used[0]
        faults: tuple[Fault, ...] = ()
        if spec.pattern is not None:
            cut = read_cells(target, texts, values.matched(spec.pattern), name)
            texts, faults = cut.values, cut.faults
        if self._kinds[target] == "float":
            found = self._numbers(target, spec, texts, name)
        elif self._kinds[target] == "date":
            found = read_days(target, spec, texts, name)
        else:
            reader = _text_reader(target, spec, self.mapping)
            found = Column(target, texts) if reader is values.text else read_cells(target, texts, reader, name)
        return replace(found, faults=(*faults, *found.faults))

    def _numbers(self, target: str, spec: ColumnMap, texts: pa.ChunkedArray, name: str) -> Column:
        read = read_amounts(target, spec, texts, name)
        units = self.header.find(spec.unit_source)
        if units is None:
            return read
        factors = {unit.upper(): factor for unit, factor in spec.unit_factors.items()}
        raw = self.sheet.rows.column(units)
        known = pc.index_in(pc.utf8_upper(raw), value_set=pa.array(list(factors), pa.string()))
        factor = pc.take(pa.array(list(factors.values()), pa.float64()), known)
        lost = pc.and_(pc.is_valid(read.values), pc.is_null(factor))
        faults = read.faults
        if pc.any(lost).as_py() is True:
            reason = f"its unit in column {units!r} is missing or not one of {', '.join(spec.unit_factors)}"
            rows = positions(lost)
            faults = (*faults, Fault(name, rows, pc.take(raw, rows), pa.repeat(pa.scalar(reason), len(rows))))
        return replace(read, values=pc.multiply(read.values, factor), faults=faults)

    def uses(self) -> tuple[ColumnUse, ...]:
        """Where each column of the file went, in the order of the file."""
        out: list[ColumnUse] = []
        for name in self.sheet.columns:
            targets = [target for target, column in self.read.items() if name in column.used]
            out += [ColumnUse(name, target, self._reason(target, name)) for target in targets]
            if len(targets) == 0:
                why = next((why for listed, why in self.mapping.unused.items() if self.header.find([listed]) == name), UNUSED)
                out.append(ColumnUse(name, None, why))
        return tuple(out)

    def _reason(self, target: str, name: str) -> str:
        spec = self.mapping.column(target)
        if spec is not None and spec.reason != "":
            return spec.reason
        if spec is not None and name in self.header.find_all(spec.fallback):
            return f"mapping {self.mapping.layout}: read where the first column is empty"
        return f"mapping {self.mapping.layout}"


def _text_reader(target: str, spec: ColumnMap, mapping: TradeMapping) -> CellReader:
    if len(spec.choices) > 0:
        return values.chosen(spec.choices)
    if target in ("reporter", "partner") and mapping.table == "flows":
        return values.area_code(spec.codes)
    readers: dict[str, CellReader] = {
        "hs_code": values.hs_code(spec.digits) if mapping.table == "declarations" else values.flow_code(spec.digits),
        "reporter": values.territory_code(spec.codes),
        "direction": values.direction,
        "flow": values.direction,
        "currency": values.currency,
        "period": values.period,
        "record_level": values.chosen({level.value: level.value for level in RecordLevel}),
        **{name: values.territory_code(spec.codes) for name in TERRITORIES},
    }
    return readers.get(target, values.text)


def read_amounts(target: str, spec: ColumnMap, texts: pa.ChunkedArray, name: str) -> Column:
    """Numbers in the standard unit; the decimal mark is decided for the whole column unless the mapping says it."""
    form = NumberForm(spec.decimal, "as the mapping says") if spec.decimal is not None else None
    read = read_numbers(texts, form)
    numbers = pc.multiply(read.values, spec.factor) if spec.factor != 1.0 else read.values
    if spec.zero_is_missing:
        numbers = pc.if_else(pc.equal(numbers, 0.0), pa.scalar(None, pa.float64()), numbers)
    faults = faults_of(texts, read.faults, name)
    notes = {read.form.note: 0} if len(faults) > 0 or read.form.decimal == "," else {}
    return Column(target, pa.chunked_array([numbers]), (), faults, notes)


def read_days(target: str, spec: ColumnMap, texts: pa.ChunkedArray, name: str) -> Column:
    """Days; the order of day and month is decided for the whole column unless the mapping says it.

    A day before 1988 or after next year is a filler or a slip: it is not read.
    """
    form = None
    if spec.form is not None or spec.day_first is not None:
        form = DateForm(spec.form, spec.day_first, "as the mapping says")
    read = read_dates(texts, form)
    faults = dict(read.faults)
    kept = pa.chunked_array([read.days])
    outside = pc.or_(pc.less(kept, pa.scalar(values.FIRST_DAY)), pc.greater(kept, pa.scalar(values.last_day())))
    if pc.any(outside).as_py() is True:
        faults |= {raw: values.FILLER.format(raw=raw) for raw in distinct(pc.filter(texts, pc.fill_null(outside, False)))}
        kept = pc.if_else(outside, pa.scalar(None, pa.date32()), kept)
    precision = pc.if_else(pc.is_valid(kept), pa.chunked_array([read.precision]), pa.scalar(None, pa.string()))
    decided = read.form.day_first is not None or read.form.form is not None or len(faults) > 0
    return Column(target, kept, (), faults_of(texts, faults, name), {read.form.note: 0} if decided else {}, precision)
