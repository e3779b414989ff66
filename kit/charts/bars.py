"""Horizontal bars: counts by a column, and two periods side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from kit.charts import theme, words
from kit.charts.captions import Captions, attach

ROW_HEIGHT, LEAST_HEIGHT = 30, 140
MOST_LETTERS = 40


def counts(
    table: pd.DataFrame, *, label: str, count: str, unit: str, title: str, source: str, footnotes: Sequence[str] = ()
) -> go.Figure:
    """Draw one bar a row, in the order of the table, longest first if it is sorted so.

    Args:
        table: One row a bar.
        label: Column of the names of the bars; text from files is drawn as text.
        count: Column of the lengths of the bars.
        unit: What the axis counts, such as "listed parties".
        title: What is seen, in one sentence.
        source: Where the numbers come from.
        footnotes: What the picture cannot show.
    """
    bar = _bar(table[label], table[count], "", theme.BLUES[2][1])
    cells = [[str(name), f"{value:,}"] for name, value in zip(table[label], table[count], strict=True)]
    figure = _figure([bar], len(table), unit)
    most = f"The longest is {table[label].iloc[0]} with {table[count].iloc[0]:,}." if len(table) > 0 else "Nothing to show."
    return attach(
        figure,
        Captions(title, source, tuple(footnotes)),
        description=f"{len(table)} bars, counting {unit}. {most}",
        table={"columns": ["", unit], "rows": cells, "marks": [None] * len(cells)},
        marks={},
    )


def changes(
    compared: pd.DataFrame,
    *,
    periods: tuple[str, str],
    measure: str,
    title: str,
    source: str,
    footnotes: Sequence[str] = (),
) -> go.Figure:
    """Draw what `kit.flows.compare_periods` returns: two bars a row, earlier grey and later blue.

    The table beside the picture shows the change in the unit of the measure before the ratio, since
    growth from a tiny base is a large ratio and a small change.

    Args:
        compared: One row a territory or other stage, with `before, after, change, ratio`.
        periods: The two periods in words, such as ("Mar–Nov 2021", "Mar–Nov 2022").
        measure: value_usd, value_eur, or net_weight_kg.
        title: What is seen, in one sentence.
        source: Where the numbers come from.
        footnotes: What the picture cannot show.
    """
    stage = str(compared.columns[0])
    names = [words.node_name("to_territory", name) if stage.endswith("territory") else str(name) for name in compared[stage]]
    labels = pd.Series(names, dtype=object)
    earlier = _bar(labels, compared["before"], periods[0], theme.OTHERS)
    later = _bar(labels, compared["after"], periods[1], theme.BLUES[2][1])
    figure = _figure([later, earlier], 2 * len(compared), words.MEASURE_WORDS[measure])
    figure.update_layout(showlegend=True, legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "traceorder": "reversed"})
    cells = [_cells(name, row) for name, row in zip(names, compared.to_dict("records"), strict=True)]
    return attach(
        figure,
        Captions(title, source, tuple(footnotes)),
        description=f"Two bars for each of {len(compared)} rows, {periods[0]} and {periods[1]}, {words.MEASURE_WORDS[measure]}.",
        table={"columns": ["", *periods, "Change", "Times, or fall"], "rows": cells, "marks": [None] * len(cells)},
        marks={},
    )


def _cells(name: str, row: dict[Any, Any]) -> list[str]:
    if pd.isna(row["ratio"]):
        ratio = "nothing before"
    else:
        ratio = f"{row['ratio']:.1f}" if row["ratio"] >= 1 else f"{row['ratio'] - 1:.0%}"
    return [name, f"{row['before']:,.0f}", f"{row['after']:,.0f}", f"{row['change']:+,.0f}", ratio]


def _bar(labels: pd.Series, values: pd.Series, name: str, color: str) -> go.Bar:
    shown = [words.safe(words.shorten(str(label), MOST_LETTERS)) for label in labels]
    places = list(range(len(shown)))
    hovers = [f"<b>{words.safe(str(label))}</b><br>{value:,.0f} {name}" for label, value in zip(labels, values, strict=True)]
    return go.Bar(
        y=places, x=[float(v) for v in values], orientation="h", name=name, marker={"color": color, "line": {"width": 0}},
        customdata=hovers, hovertemplate="%{customdata}<extra></extra>", meta=shown,
    )  # fmt: skip


def _figure(bars: list[go.Bar], rows: int, unit: str) -> go.Figure:
    layout = theme.base_layout(max(LEAST_HEIGHT, 90 + ROW_HEIGHT * rows))
    layout["margin"] = {"l": 10, "r": 20, "t": 30, "b": 46}
    figure = go.Figure(bars, layout={**layout, "showlegend": False, "bargap": 0.25, "barmode": "group"})
    shown = list(bars[0].meta or [])
    figure.update_yaxes(autorange="reversed", tickmode="array", tickvals=list(range(len(shown))), ticktext=shown, automargin=True)
    figure.update_xaxes(title=unit, gridcolor=theme.GRID, zeroline=False, rangemode="tozero")
    return figure
