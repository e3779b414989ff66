"""When it moved: bars by month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from kit.charts import theme, words
from kit.charts.captions import Captions, attach
from kit.charts.marks import Mark
from kit.model import PartyStatus

HEIGHT = 300
SHORT = words.STATUS_SHORT


def timeline(monthly: pd.DataFrame, *, measure: str, title: str, source: str, footnotes: Sequence[str] = ()) -> go.Figure:
    """Draw sums by month as stacked bars: matches solid, candidates hatched, the rest grey.

    Args:
        monthly: What `kit.flows.monthly` returns: `month` (YYYY-MM), `status`, `value`, `records`.
        measure: records, value_usd, value_eur, or net_weight_kg; the unit of the axis.
        title: What is seen, in one sentence.
        source: Where the numbers come from.
        footnotes: What the picture cannot show, such as records without a date.
    """
    layout = theme.base_layout(HEIGHT)
    layout["margin"] = {"l": 64, "r": 14, "t": 14, "b": 40}
    figure = go.Figure(layout={**layout, "barmode": "stack", "bargap": 0.12, "showlegend": False})
    marks: dict[str, list[dict[str, Any]]] = {}
    statuses = [status for status in theme.ORDER if status in set(monthly["status"])]
    for curve, status in enumerate(statuses):
        rows = monthly[monthly["status"] == status].sort_values("month")
        figure.add_trace(_bars(rows, status, measure))
        marks[f"{curve}/point"] = [_mark(month, status).as_dict() for month in rows["month"]]
    figure.update_xaxes(
        type="date", showgrid=False, linecolor=theme.BORDER, ticks="outside", tickcolor=theme.BORDER, tickformat="%b<br>%Y"
    )
    figure.update_yaxes(
        title={"text": words.MEASURE_WORDS[measure], "standoff": 6}, gridcolor=theme.GRID, zeroline=False, rangemode="tozero"
    )
    return attach(
        figure,
        Captions(title, source, tuple(footnotes)),
        description=_description(monthly, measure),
        table=_table(monthly, measure),
        marks=marks,
        statuses=statuses,
    )


def _mark(month: str, status: str) -> Mark:
    return Mark("bar", f"{month}, {SHORT[status]}", status=status, month=month)


def _bars(rows: pd.DataFrame, status: str, measure: str) -> go.Bar:
    hatched = {"shape": "/", "bgcolor": theme.SOLID[status], "fgcolor": "#ffffff", "size": 6, "solidity": 0.35}
    pattern = hatched if status == PartyStatus.CANDIDATE.value else None
    hovers = [
        f"<b>{month}</b>, {SHORT[status]}<br>{words.amount_text(value, measure)}"
        + (f"<br>{words.amount_text(records, 'records')}" if measure != "records" else "")
        for month, value, records in zip(rows["month"], rows["value"], rows["records"], strict=True)
    ]
    return go.Bar(
        x=[f"{month}-01" for month in rows["month"]],
        y=[float(value) for value in rows["value"]],
        xperiod="M1",
        xperiodalignment="middle",
        name=SHORT[status],
        marker={"color": theme.SOLID[status], "opacity": 1 if status != PartyStatus.NONE.value else 0.6, "line": {"width": 0}}
        | ({"pattern": pattern} if pattern is not None else {}),
        customdata=hovers,
        hovertemplate="%{customdata}<extra></extra>",
    )


def _description(monthly: pd.DataFrame, measure: str) -> str:
    if len(monthly) == 0:
        return "Timeline without any bar: no record has a date, or nothing matches the filters."
    sums = monthly.groupby("month")["value"].sum()
    top = str(sums.idxmax())
    return (
        f"Bars for {len(sums)} months from {sums.index.min()} to {sums.index.max()}, by {words.MEASURE_WORDS[measure]}. "
        f"The highest is {top} with {words.amount_text(float(sums.max()), measure)}."
    )


def _table(monthly: pd.DataFrame, measure: str) -> dict[str, list[Any]]:
    rows = monthly.sort_values(["month", "status"]).to_dict("records")
    with_value = measure != "records"
    cells = [[r["month"], SHORT[r["status"]], *([f"{r['value']:,.0f}"] if with_value else []), f"{r['records']:,}"] for r in rows]
    columns = ["Month", "Status", *([words.MEASURE_WORDS[measure]] if with_value else []), "Records"]
    return {"columns": columns, "rows": cells, "marks": [_mark(r["month"], r["status"]).as_dict() for r in rows]}
