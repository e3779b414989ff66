"""Two periods side by side: what changed, in absolute terms beside any ratio."""

from __future__ import annotations

from datetime import date
from typing import Any

import narwhals as nw
import pandas as pd

from kit.errors import SelectionError
from kit.flows.corridors import STAGES
from kit.frames import to_pandas

Period = tuple[date, date]


def compare_periods(
    frame: Any, before: Period, after: Period, *, by: str = "to_territory", measure: str = "value_eur"
) -> pd.DataFrame:
    """Sum a measure in two periods for each value of a stage.

    Growth from a tiny base is a large ratio and a small change: read both columns.

    Args:
        frame: MOVEMENTS with status columns, of one kind and one code level.
        before: First and last day of the earlier period, both included.
        after: The same of the later one; compare periods of equal months.
        by: A key of `STAGES`.
        measure: value_usd, value_eur or net_weight_kg.

    Returns:
        One row a value of the stage, largest change first: the stage's column, `before`, `after`,
        `change` (after less before) and `ratio` (after over before, NaN where before is 0).

    Raises:
        SelectionError: For an unknown stage.
    """
    if by not in STAGES:
        raise SelectionError.unknown("by", by, STAGES)
    movements = nw.from_native(frame)
    sums = []
    for label, (first, last) in (("before", before), ("after", after)):
        inside = (nw.col("date") >= nw.lit(first)) & (nw.col("date") <= nw.lit(last))
        grouped = movements.filter(inside).group_by(STAGES[by]).agg(nw.col(measure).sum().alias(label))
        sums.append(to_pandas(grouped).set_index(STAGES[by])[label])
    out: pd.DataFrame = pd.concat(sums, axis=1).astype(float).fillna(0.0)
    out["change"] = out["after"] - out["before"]
    out["ratio"] = (out["after"] / out["before"]).where(out["before"] > 0)
    out = out.reset_index(names=STAGES[by])
    ordered: pd.DataFrame = out.sort_values(["change", STAGES[by]], ascending=[False, True], ignore_index=True)
    return ordered
