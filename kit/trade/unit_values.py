"""What one kilogram or one piece cost, set beside what it cost in the other rows of the same file.

The range is made of the file itself: it says what is usual in these records,
not what a thing is worth. A unit value outside it is a question. Innocent answers: another
product under the same code, a slip in the unit or the number of zeros, samples, used
goods, or freight in the value of some rows and not of others (`value_basis` stands beside each).
"""

from __future__ import annotations

from typing import Any

import narwhals as nw
import pandas as pd

from kit.frames import to_pandas
from kit.trade.units import kilograms

FENCE = 1.5
"""How many interquartile ranges beyond the quartiles count as usual, on the logarithm (Tukey, Exploratory Data Analysis 1977)."""
NARROWEST = 2.0
"""The range reaches at least this factor to both sides of the median; the kit's own assumption, for goods of nearly one price."""
LEAST_ROWS = 20
"""A range from fewer rows than this is not made; the kit's own assumption."""
ABOVE, BELOW, WITHIN, NO_RANGE = "above", "below", "within", "no range"

GROUP = ("hs_group", "per")
CARRIED = ("declaration_id", "date", "direction", "value_basis", "source_file", "source_row")


def unit_values(declarations: Any, *, level: int = 6, least: int = LEAST_ROWS) -> Any:
    """The unit value of every declaration, and its place in the range of its own code and unit.

    A row with a net weight gives a value per kilogram, a row with a quantity a
    value per its unit, unless that is a weight; a row with both gives two rows. Repeats, monthly totals, rows without a dollar
    value, and amounts of zero are left out. What outside the range means: see the module.

    Args:
        declarations: DECLARATIONS, as a pandas frame or a DuckDB relation.
        level: Digits of the HS code that make one group of goods.
        least: Rows that a group needs for a range.

    Returns:
        The same kind of frame, one row a declaration and unit:

        - `declaration_id`, `date`, `direction`, `value_basis`, `source_file`, `source_row`: as in the record.
        - `hs_group`: the first digits of the code; `per`: kg, or the unit as the record spells it, in capitals.
        - `unit_value_usd`: US dollars per unit, from `value_usd`.
        - `range_low_usd`, `range_median_usd`, `range_high_usd`, `range_rows`: the range and how many rows made it.
        - `times_median`: the unit value over the median.
        - `place`: below, within, above; or "no range" where the group has fewer than `least` rows.

    >>> rows = pd.DataFrame({"declaration_id": ["a"], "date": [None], "direction": ["import"], "value_basis": [None],
    ...     "source_file": ["f.csv"], "source_row": [2], "hs_code": ["854231"], "hs_level": [6], "record_level": ["line"],
    ...     "repeat_of": [None], "value_usd": [500.0], "net_weight_kg": [2.0], "quantity": [None], "quantity_unit": [None]})
    >>> unit_values(rows)[["per", "unit_value_usd", "place"]].values.tolist()
    [['kg', 250.0, 'no range']]
    """
    priced = _priced(nw.from_native(declarations), level)
    ranges = _ranges(priced).rename({"hs_group": "range_group", "per": "range_per"})
    joined = priced.join(ranges, left_on=list(GROUP), right_on=["range_group", "range_per"], how="left")
    is_known = nw.col("range_rows") >= least
    value = nw.col("unit_value_usd")
    place = (
        nw.when(~is_known)
        .then(nw.lit(NO_RANGE))
        .otherwise(
            nw.when(value < nw.col("range_low_usd"))
            .then(nw.lit(BELOW))
            .otherwise(nw.when(value > nw.col("range_high_usd")).then(nw.lit(ABOVE)).otherwise(nw.lit(WITHIN)))
        )
    )
    placed = joined.with_columns((value / nw.col("range_median_usd")).alias("times_median"), place.alias("place"))
    limits = ("unit_value_usd", "range_low_usd", "range_median_usd", "range_high_usd", "range_rows", "times_median", "place")
    return placed.select(*CARRIED, *GROUP, *limits).to_native()


def reference_ranges(declarations: Any, *, level: int = 6, least: int = LEAST_ROWS) -> Any:
    """The usual range of each code and unit in these records: one row a group with at least `least` rows.

    Args:
        declarations: DECLARATIONS, as a pandas frame or a DuckDB relation.
        level: Digits of the HS code that make one group of goods.
        least: Rows that a group needs.

    Returns:
        The same kind of frame: `hs_group`, `per`, `range_rows`, `range_low_usd`, `range_median_usd`, `range_high_usd`.
    """
    ranges = _ranges(_priced(nw.from_native(declarations), level))
    return ranges.filter(nw.col("range_rows") >= least).to_native()


def outside_range(declarations: Any, *, level: int = 6, least: int = LEAST_ROWS, most: int = 50) -> pd.DataFrame:
    """The declarations whose unit value lies farthest outside the usual range, each with a sentence.

    Args:
        declarations: DECLARATIONS, as a pandas frame or a DuckDB relation.
        level: Digits of the HS code that make one group of goods.
        least: Rows that a group needs for a range.
        most: How many rows to give.

    Returns:
        Columns of `unit_values` and `sentence`, the largest distance from the median first. Empty if nothing is outside.
    """
    frame = nw.from_native(unit_values(declarations, level=level, least=least)).filter(nw.col("place").is_in([ABOVE, BELOW]))
    distance = nw.col("times_median").log().abs().alias("distance")
    farthest = frame.with_columns(distance).sort("distance", "declaration_id", "per", descending=[True, False, False]).head(most)
    out = to_pandas(farthest).drop(columns="distance").reset_index(drop=True)
    return out.assign(sentence=[sentence(row) for row in _records(out)])


def sentence(row: dict[str, Any]) -> str:
    """One row of `unit_values` in words.

    >>> sentence({"unit_value_usd": 900.0, "per": "kg", "hs_group": "854231", "place": "above", "range_low_usd": 40.0,
    ...     "range_high_usd": 300.0, "range_median_usd": 120.0, "range_rows": 60, "times_median": 7.5})
    '900 US dollars per kg of 854231: above what is usual in these records (40 to 300, median 120, 60 rows), 7.5 times median.'
    """
    said = f"{_short(row['unit_value_usd'])} US dollars per {row['per']} of {row['hs_group']}"
    if row["place"] == NO_RANGE:
        return f"{said}: too few rows of this code and unit to say what is usual."
    usual = (
        f"({_short(row['range_low_usd'])} to {_short(row['range_high_usd'])}, "
        f"median {_short(row['range_median_usd'])}, {int(row['range_rows']):,} rows)"
    )
    if row["place"] == WITHIN:
        return f"{said}: within what is usual in these records {usual}."
    return f"{said}: {row['place']} what is usual in these records {usual}, {_short(row['times_median'])} times median."


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _priced(records: Any, level: int) -> Any:
    """Records that can be priced, once per kilogram and once per their own unit."""
    lines = records.filter(
        nw.col("repeat_of").is_null(),
        nw.col("record_level") == "line",
        nw.col("hs_level") >= level,
        nw.col("value_usd") > 0,
    ).with_columns(nw.col("hs_code").str.slice(0, level).alias("hs_group"))
    unit = nw.col("quantity_unit").cast(nw.String).str.strip_chars().str.to_uppercase()
    by_weight = _per(lines.filter(nw.col("net_weight_kg") > 0), "net_weight_kg", nw.lit("kg"))
    counted = nw.col("quantity") > 0, ~nw.col("quantity_unit").is_null(), ~nw.col("quantity_unit").is_in(_weights(lines))
    by_unit = _per(lines.filter(*counted), "quantity", unit)
    return nw.concat([by_weight, by_unit], how="vertical")


def _weights(lines: Any) -> list[str]:
    """Units of these records that are weights, as the records spell them."""
    units = lines.select(nw.col("quantity_unit").cast(nw.String)).unique()
    texts = (unit for unit in to_pandas(units)["quantity_unit"] if isinstance(unit, str))
    return sorted(unit for unit in texts if kilograms(unit) is not None)


def _per(lines: Any, amount: str, unit: nw.Expr) -> Any:
    price = (nw.col("value_usd").cast(nw.Float64) / nw.col(amount).cast(nw.Float64)).alias("unit_value_usd")
    return lines.select(*CARRIED, "hs_group", unit.alias("per"), price)


def _ranges(priced: Any) -> Any:
    """Median and Tukey's fences of the logarithm of the unit value, for each code and unit."""
    logs = priced.with_columns(nw.col("unit_value_usd").log().alias("log"))
    found = logs.group_by(*GROUP).agg(
        nw.len().alias("range_rows"),
        nw.col("log").quantile(0.25, interpolation="linear").alias("first"),
        nw.col("log").quantile(0.5, interpolation="linear").alias("middle"),
        nw.col("log").quantile(0.75, interpolation="linear").alias("third"),
    )
    reach = FENCE * (nw.col("third") - nw.col("first"))
    median = nw.col("middle").exp()
    low, high = (nw.col("first") - reach).exp(), (nw.col("third") + reach).exp()
    return found.select(
        *GROUP,
        "range_rows",
        nw.min_horizontal(low, median / NARROWEST).alias("range_low_usd"),
        median.alias("range_median_usd"),
        nw.max_horizontal(high, median * NARROWEST).alias("range_high_usd"),
    )


def _short(number: float) -> str:
    """A price with three digits that count.

    >>> _short(1234567.0), _short(0.01234), _short(42.0)
    ('1,230,000', '0.0123', '42')
    """
    rounded = float(f"{number:.3g}")
    return f"{rounded:,.0f}" if rounded >= 100 or rounded == int(rounded) else f"{rounded:.3g}"
