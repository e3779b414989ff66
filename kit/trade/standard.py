"""Turning the columns of a sheet into standard columns, one kind of value at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pyarrow as pa
import pyarrow.compute as pc

from kit.dates import DateForm
from kit.files import Sheet
from kit.files.columns import read_dates, read_numbers
from kit.model import TABLES, ColumnUse, RecordLevel
from kit.numbers import NULL_MARKS, NumberForm
from kit.tables import distinct
from kit.trade import values
from kit.trade.cells import Column, Fault, Header, Tried, constant, faults_of, positions, read_cells, source_text, trying
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


@dataclass(frozen=True)
class Decided:
    """What all parts of a file settle about its columns, and the cells that were read already.

    A form that is missing is decided by the part alone.
    """

    numbers: Mapping[str, NumberForm] = field(default_factory=dict)
    dates: Mapping[str, DateForm] = field(default_factory=dict)
    readers: dict[str, Tried] = field(default_factory=dict)


class Standardizer:
    """Reads standard columns from one sheet, or part of one, under a mapping, and remembers where each came from."""

    def __init__(self, sheet: Sheet, mapping: TradeMapping, decided: Decided | None = None) -> None:
        self.sheet = sheet
        self.mapping = mapping
        self.decided = Decided() if decided is None else decided
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

    def kind(self, target: str) -> str:
        """The kind of a standard column, such as text or float."""
        return self._kinds[target]

    def texts(self, target: str) -> tuple[pa.ChunkedArray | None, tuple[str, ...], tuple[Fault, ...]]:
        """The text that a mapped column is read from (None if it has none), its source columns, and what no pattern fits."""
        spec = self.mapping.column(target)
        if spec is None:
            return None, (), ()
        texts, used = source_text(self.sheet.rows, spec, self.header, self.marks)
        if texts is None or spec.pattern is None:
            return texts, used, ()
        cut = read_cells(target, texts, self._reader(f"{target} pattern", values.matched(spec.pattern)), used[0])
        return cut.values, used, cut.faults

    def _reader(self, name: str, read: CellReader) -> Tried:
        return self.decided.readers.setdefault(name, trying(read))

    def _make(self, target: str) -> Column:
        size = len(self.sheet.rows)
        texts, used, faults = self.texts(target)
        spec = self.mapping.column(target)
        if spec is not None and texts is not None:
            found = self._read(target, spec, texts, used[0])
            return replace(found, used=used, faults=(*faults, *found.faults))
        fixed = self.mapping.fixed.get(target)
        if fixed is not None:
            return Column(target, constant(fixed, size))
        empty = pa.float64() if self._kinds[target] == "float" else pa.date32() if self._kinds[target] == "date" else pa.string()
        return Column(target, pa.chunked_array([pa.nulls(size, empty)]))

    def _read(self, target: str, spec: ColumnMap, texts: pa.ChunkedArray, name: str) -> Column:
        if self._kinds[target] == "float":
            return self._numbers(target, spec, texts, name)
        if self._kinds[target] == "date":
            return read_days(target, texts, name, given_date_form(spec) or self.decided.dates.get(target))
        reader = _text_reader(target, spec, self.mapping)
        return Column(target, texts) if reader is values.text else read_cells(target, texts, self._reader(target, reader), name)

    def _numbers(self, target: str, spec: ColumnMap, texts: pa.ChunkedArray, name: str) -> Column:
        read = read_amounts(spec, texts, name, given_number_form(spec) or self.decided.numbers.get(target))
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


def given_number_form(spec: ColumnMap) -> NumberForm | None:
    """The decimal mark that the mapping says; None if the column decides."""
    return NumberForm(spec.decimal, "as the mapping says") if spec.decimal is not None else None


def given_date_form(spec: ColumnMap) -> DateForm | None:
    """The form of dates that the mapping says; None if the column decides."""
    if spec.form is None and spec.day_first is None:
        return None
    return DateForm(spec.form, spec.day_first, "as the mapping says")


def read_amounts(spec: ColumnMap, texts: pa.ChunkedArray, name: str, form: NumberForm | None) -> Column:
    """Numbers in the standard unit; without a form these texts decide the decimal mark."""
    read = read_numbers(texts, form)
    numbers = pc.multiply(read.values, spec.factor) if spec.factor != 1.0 else read.values
    if spec.zero_is_missing:
        numbers = pc.if_else(pc.equal(numbers, 0.0), pa.scalar(None, pa.float64()), numbers)
    faults = faults_of(texts, read.faults, name)
    notes = {read.form.note: 0} if len(faults) > 0 or read.form.decimal == "," else {}
    return Column(spec.target, pa.chunked_array([numbers]), (), faults, notes)


def read_days(target: str, texts: pa.ChunkedArray, name: str, form: DateForm | None) -> Column:
    """Days; without a form these texts decide the order of day and month.

    A day before 1988 or after next year is a filler or a slip: it is not read.
    """
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
