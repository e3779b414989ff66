"""Corridors, months and territory pairs of a set of movements.

Every function takes MOVEMENTS with status columns (see `narrow`) as a pandas
frame or a DuckDB relation and returns a small pandas frame.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import narwhals as nw
import pandas as pd

from kit.errors import SelectionError
from kit.flows.selection import MEASURES
from kit.frames import to_pandas
from kit.model import DatePrecision

STAGES = {
    "consignor": "consignor_name",
    "from_territory": "from_territory",
    "via_territory": "via_territory",
    "to_territory": "to_territory",
    "consignee": "consignee_name",
    "origin": "origin_country",
    "trading": "trading_country",
    "tier": "tier",
}
NOT_NAMED = "(not named)"
OTHERS = "{count:,} others"


def _measured(measure: str) -> nw.Expr:
    """The amount of one movement; counting records gives 1 each."""
    if measure not in MEASURES:
        raise SelectionError.unknown("measure", measure, MEASURES)
    return nw.lit(1.0) if measure == "records" else nw.col(measure)


def _sums() -> tuple[nw.Expr, nw.Expr]:
    return nw.col("amount").sum().alias("value"), nw.col("amount").len().alias("records")


def _grouped(movements: Any, keys: Sequence[str]) -> pd.DataFrame:
    """Sum `amount` and count records by keys, as a pandas frame in a steady order."""
    frame = nw.from_native(movements).group_by(*keys).agg(*_sums())
    out = to_pandas(frame)
    out["value"] = out["value"].astype(float).fillna(0.0)
    out["records"] = out["records"].astype(int)
    return out.sort_values(["value", *keys], ascending=[False] + [True] * len(keys), kind="stable").reset_index(drop=True)


def _prepared(frame: Any, measure: str) -> Any:
    return nw.from_native(frame).with_columns(_measured(measure).alias("amount"))


def _shown_nodes(movements: Any, stage: str, most: int) -> tuple[list[str], int]:
    """The `most` largest values of a stage, and how many more there are.

    Parties that are a match or a candidate themselves come first, so that a small one is not hidden among the others.
    """
    column = STAGES[stage]
    own_status = f"{stage}_status" if stage in ("consignor", "consignee") else "status"
    is_live = nw.when(nw.col(own_status) == "none").then(nw.lit(0)).otherwise(nw.lit(1))
    named = nw.from_native(movements).filter(~nw.col(column).is_null()).with_columns(is_live.alias("is_live"))
    frame = named.group_by(column).agg(nw.col("is_live").max(), nw.col("amount").sum())
    nodes = to_pandas(frame)
    nodes["amount"] = nodes["amount"].astype(float).fillna(0.0)
    nodes = nodes.sort_values(["is_live", "amount", column], ascending=[False, False, True], kind="stable")
    return nodes[column].head(most).tolist(), max(0, len(nodes) - most)


def corridors(
    frame: Any, stages: Sequence[str] = ("consignor", "from_territory", "consignee"), *, measure: str = "records", most: int = 20
) -> pd.DataFrame:
    """The links of a Sankey: what went from each node of one stage to each node of the next.

    Args:
        frame: MOVEMENTS with status columns.
        stages: Two to five keys of `STAGES`.
        measure: records, value_usd, value_eur, or net_weight_kg. Movements without that
            value add nothing to `value`, but count in `records`.
        most: Nodes a stage that are shown by name; the rest is one node "N others".

    Returns:
        One row a link and status, largest first: `stage_from, node_from, stage_to, node_to,
        status, value, records`; `key_from` and `key_to` hold the value itself (None where the
        record names nothing or the node gathers others), `is_others_from`, `is_others_to`.

    Raises:
        SelectionError: For an unknown stage or measure.
    """
    for stage in stages:
        if stage not in STAGES:
            raise SelectionError.unknown("stage", stage, STAGES)
    movements = _prepared(frame, measure)
    shown = {stage: _shown_nodes(movements.to_native(), stage, most) for stage in stages}
    nodes = movements.with_columns(*[_node(stage, *shown[stage]).alias(f"node_{stage}") for stage in stages])
    links = []
    for left, right in pairwise(stages):
        link = _grouped(nodes.to_native(), (f"node_{left}", f"node_{right}", "status"))
        link = link.rename(columns={f"node_{left}": "node_from", f"node_{right}": "node_to"})
        links.append(_labelled(link, left, right, {left: shown[left], right: shown[right]}))
    return pd.concat(links, ignore_index=True) if len(links) > 0 else pd.DataFrame()


def _node(stage: str, shown: list[str], rest: int) -> nw.Expr:
    column = nw.col(STAGES[stage])
    named = nw.when(column.is_in(shown)).then(column).otherwise(nw.lit(OTHERS.format(count=rest)))
    return nw.when(column.is_null()).then(nw.lit(NOT_NAMED)).otherwise(named)


def _labelled(link: pd.DataFrame, left: str, right: str, shown: dict[str, tuple[list[str], int]]) -> pd.DataFrame:
    link = link.assign(stage_from=left, stage_to=right)
    for end, stage in (("from", left), ("to", right)):
        names, _ = shown[stage]
        node = link[f"node_{end}"]
        is_named = node.isin(names)
        link[f"key_{end}"] = node.where(is_named, None)
        link[f"is_others_{end}"] = ~is_named & (node != NOT_NAMED)
    order = ["stage_from", "node_from", "stage_to", "node_to", "status", "value", "records"]
    return link[[*order, "key_from", "key_to", "is_others_from", "is_others_to"]]


def shown_nodes(frame: Any, stage: str, *, measure: str = "records", most: int = 20) -> tuple[str, ...]:
    """The values of a stage that get a node of their own."""
    return tuple(_shown_nodes(_prepared(frame, measure).to_native(), stage, most)[0])


def monthly(frame: Any, *, measure: str = "records") -> pd.DataFrame:
    """Sums by month and status: `month` (YYYY-MM, text), `status`, `value`, `records`.

    Movements without a date, or with only a year, are not in it: no month is made up.
    `Store.count` says how many they are.
    """
    day = nw.col("date")
    has_month = ~day.is_null() & (nw.col("date_precision").fill_null("day") != DatePrecision.YEAR.value)
    movements = _prepared(frame, measure).filter(has_month)
    movements = movements.with_columns(day.dt.year().alias("year"), day.dt.month().alias("month_of_year"))
    out = _grouped(movements.to_native(), ("year", "month_of_year", "status"))
    year, month = out["year"].astype(int).astype(str), out["month_of_year"].astype(int).astype(str).str.zfill(2)
    out = out.assign(month=year + "-" + month)
    return out.sort_values(["month", "status"], ignore_index=True)[["month", "status", "value", "records"]]


def territory_pairs(frame: Any, *, measure: str = "records") -> pd.DataFrame:
    """Sums by sending and receiving territory and status: `from_territory, to_territory, status, value, records`.

    A territory that the record does not name is None.
    """
    out = _grouped(_prepared(frame, measure).to_native(), ("from_territory", "to_territory", "status"))
    return out.astype({"from_territory": object, "to_territory": object}).where(out.notna(), None)
