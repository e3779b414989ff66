"""Amounts in common units, beside what the source says: US dollars, kilograms, and the basis of a value.

Nothing that the source states is overwritten. What is converted says with which
rate, of which month and from whom; what cannot be converted stays empty. A
value is never moved from one basis (FOB, CIF) to another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from kit.files.columns import whole
from kit.rates import Rate, usd_rate
from kit.trade.units import kilograms, read_basis

DECLARED = "as declared"
"""`usd_rate_source` of dollars that the source itself gives."""
MOST_NAMED = 6
SPAN = 1_000_000
"""Room for a month as YYYYMM in the number that stands for a currency and a month."""
Arrays = dict[str, pa.ChunkedArray]


@dataclass
class Tally:
    """How many values were converted, from which currency and by whose rates, and how many could not be."""

    done: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    publishers: Counter[str] = field(default_factory=Counter)
    undated: int = 0
    weighed: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.done + other.done,
            self.left + other.left,
            self.publishers + other.publishers,
            self.undated + other.undated,
            self.weighed + other.weighed,
        )

    def notes(self) -> list[str]:
        """The same in sentences."""
        notes = []
        if self.done.total() > 0:
            by = ", ".join(f"{publisher} ({count:,})" for publisher, count in self.publishers.most_common())
            notes.append(
                f"value_usd: {self.done.total():,} values converted from {_listed(self.done)} at the rate of their month: {by}"
            )
        if self.left.total() > 0:
            notes.append(
                f"value_usd: {self.left.total():,} values left without dollars, for there is no rate: {_listed(self.left)}"
            )
        if self.undated > 0:
            notes.append(f"value_usd: {self.undated:,} values left without dollars, for they have no date")
        if self.weighed > 0:
            notes.append(f"net_weight_kg: {self.weighed:,} rows filled from the quantity, whose unit is a weight")
        return notes


def in_common_units(table: pa.Table) -> tuple[pa.Table, list[str]]:
    """As `convert`, with the tally in sentences."""
    converted, tally = convert(table)
    return converted, tally.notes()


def convert(table: pa.Table) -> tuple[pa.Table, Tally]:
    """Fill dollars, kilograms and the standard word of the basis into DECLARATIONS or FLOWS.

    Args:
        table: Conformed rows. The rate is that of the month of `date`, or of `period`; where only the year is
            known, the mean of its months.

    Returns:
        The table, with `value_usd` filled where a rate exists, and `usd_rate`, `usd_rate_date`, `usd_rate_source` beside it;
        and how many rows were converted, with whose rates, and how many could not be.
    """
    arrays = {name: table.column(name) for name in table.column_names}
    if "period" in arrays:
        months = _by_distinct(arrays["period"], _month_number, pa.int64())
    else:
        months = _months_of(arrays["date"], arrays["date_precision"])
    tally = _dollars(arrays, months)
    if "quantity_unit" in arrays:
        tally.weighed = _weights(arrays)
    arrays["value_basis"] = _by_distinct(arrays["value_basis"], _standard_basis, pa.string())
    return pa.table(arrays, schema=table.schema), tally


def _months_of(dates: pa.ChunkedArray, precisions: pa.ChunkedArray) -> pa.ChunkedArray:
    """The month of each day as the number YYYYMM; YYYY00 where the date is no more precise than a year."""
    months = pc.if_else(pc.fill_null(pc.equal(precisions, "year"), False), 0, pc.month(dates))
    return pc.add(pc.multiply(pc.year(dates), 100), months)


def _month_number(period: str) -> int:
    return int(period[:4]) * 100 + int(period[5:7] or "0")


def _month_text(number: int) -> str:
    return f"{number // 100}" if number % 100 == 0 else f"{number // 100}-{number % 100:02d}"


def _dollars(arrays: Arrays, months: pa.ChunkedArray) -> Tally:
    """Fill `value_usd` where the source gives none and a rate exists; say how in three columns beside it.

    Rates are looked up once for each currency and month, which numbers stand for.
    """
    in_dollars = pc.fill_null(pc.equal(arrays["currency"], "USD"), False)
    arrays["value_usd"] = pc.coalesce(arrays["value_usd"], pc.if_else(in_dollars, arrays["value"], pa.scalar(None, pa.float64())))
    declared = pc.is_valid(arrays["value_usd"])
    open_ = pc.and_(pc.invert(declared), pc.and_(pc.is_valid(arrays["value"]), pc.is_valid(arrays["currency"])))
    currencies = whole(arrays["currency"]).dictionary_encode()
    keys = pc.add(pc.multiply(currencies.indices.cast(pa.int64()), SPAN), whole(months))
    coded = pc.if_else(whole(open_), keys, pa.scalar(None, pa.int64())).dictionary_encode()
    known = currencies.dictionary.to_pylist()
    names = [(known[key // SPAN], _month_text(key % SPAN)) for key in coded.dictionary.to_pylist()]
    rates = [usd_rate(currency, month) for currency, month in names]
    per_unit = _take(coded, [None if rate is None else rate.usd_per_unit for rate in rates], pa.float64())
    arrays["usd_rate"] = per_unit
    arrays["usd_rate_date"] = _take(coded, [None if rate is None else rate.month for rate in rates], pa.string())
    words = _take(coded, [None if rate is None else rate.words for rate in rates], pa.string())
    arrays["usd_rate_source"] = pc.if_else(declared, pa.scalar(DECLARED), words)
    arrays["value_usd"] = pc.coalesce(arrays["value_usd"], pc.multiply(arrays["value"], per_unit))
    counts = Counter(dict(zip(*_counted(coded.indices), strict=True)))
    undated = int(pc.sum(whole(open_)).as_py() or 0) - counts.total()
    return _tally([currency for currency, _ in names], rates, counts, undated)


def _tally(currencies: list[str], rates: list[Rate | None], counts: Counter[int], undated: int) -> Tally:
    """How many values were converted from which currency by whose rates, and which had no rate."""
    tally = Tally(undated=undated)
    for number, (currency, rate) in enumerate(zip(currencies, rates, strict=True)):
        (tally.left if rate is None else tally.done)[currency] += counts[number]
        if rate is not None:
            tally.publishers[rate.publisher] += counts[number]
    return tally


def _weights(arrays: Arrays) -> int:
    """Fill `net_weight_kg` from the quantity where its unit is a weight and the source gives no net weight."""
    factors = _by_distinct(arrays["quantity_unit"], kilograms, pa.float64())
    found = pc.multiply(arrays["quantity"], factors)
    filled = pc.and_(pc.is_null(arrays["net_weight_kg"]), pc.is_valid(found))
    count = int(pc.sum(filled).as_py() or 0)
    if count > 0:
        arrays["net_weight_kg"] = pc.coalesce(arrays["net_weight_kg"], found)
    return count


def _standard_basis(text: str) -> str:
    found = read_basis(text)
    return text if found is None else found.standard


def _by_distinct(column: pa.ChunkedArray, function: Callable[[str], Any], kind: pa.DataType) -> pa.ChunkedArray:
    """A function of text applied to each distinct value once."""
    coded = whole(column).dictionary_encode()
    return _take(coded, [function(value) for value in coded.dictionary.to_pylist()], kind)


def _take(coded: pa.DictionaryArray, values: list[Any], kind: pa.DataType) -> pa.ChunkedArray:
    return pa.chunked_array([pc.take(pa.array(values, kind), coded.indices)])


def _counted(indices: pa.Array) -> tuple[list[int], list[int]]:
    counts = pc.value_counts(indices.drop_null())
    return counts.field("values").to_pylist(), counts.field("counts").to_pylist()


def _listed(counts: Counter[str]) -> str:
    """Currencies with their counts, the commonest first."""
    named = [f"{name} ({count:,})" for name, count in counts.most_common(MOST_NAMED)]
    return ", ".join(named) + (" and others" if len(counts) > MOST_NAMED else "")
