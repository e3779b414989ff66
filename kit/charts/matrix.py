"""A share for each row and column, such as gaps by month; and bars made of parts, such as what became of a file's rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from kit.charts import theme, words
from kit.charts.captions import Captions, attach

ROW, TOP, MOST_LETTERS = 34, 96, 34
CELL = 0.95  # width
LEAST_DARK = 0.1  # share that is darkest where all shares are small
MOST_WRITTEN = 18  # columns that are wide enough for a number in every cell
PARTS = (theme.BLUES[2][1], theme.OTHERS, "#CC79A7", "#7b8794")
HATCHES = ("", "", "/", "x")


def matrix(table: pd.DataFrame, *, row: str, column: str, title: str, source: str, footnotes: Sequence[str] = ()) -> go.Figure:
    """Draw shares as a grid of blues; each cell tells its rows on hover and in the table.

    The darkest blue is the greatest share, at least one in ten.

    Args:
        table: One row a cell, with the two columns named below and `rows, of, share` (0 to 1).
        row: Column whose values stand below each other, in the order of the table.
        column: Column whose values stand side by side, in the order of the table.
        title: What is seen, in one sentence.
        source: Where the numbers come from.
        footnotes: What the picture cannot show.
    """
    high = max(table.to_dict("records"), key=lambda r: r["share"], default=None)
    grid = table.pivot(index=row, columns=column, values="share")
    grid = grid.loc[list(dict.fromkeys(table[row])), list(dict.fromkeys(table[column]))]
    cells = {(r[row], r[column]): r for r in table.to_dict("records")}
    darkest = max(LEAST_DARK, high["share"]) if high is not None else 1.0
    figure = go.Figure(
        [_cells(cells, list(grid.index), list(grid.columns), darkest)],
        layout={
            **theme.base_layout(TOP + ROW * len(grid.index)), "margin": {"l": 10, "r": 10, "t": 10, "b": 50},
            "barmode": "overlay", "bargap": 0.06, "showlegend": False,
        },
    )  # fmt: skip
    _ticks(figure, "yaxis", list(grid.index), autorange="reversed")
    _ticks(figure, "xaxis", list(grid.columns), showgrid=False, zeroline=False, range=[-0.5, len(grid.columns) - 0.5])
    most = "" if high is None else f" The greatest is {high['share']:.0%}, {high[row]}, {high[column]}."
    lines = [[str(r[row]), str(r[column]), f"{r['rows']:,}", f"{r['of']:,}", words_of(r)] for r in table.to_dict("records")]
    return attach(
        figure,
        Captions(title, source, tuple(footnotes)),
        description=f"Grid of {len(grid.index)} rows by {len(grid.columns)} columns of shares.{most}",
        table={"columns": ["", "", "Rows", "Of", "Share"], "rows": lines, "marks": [None] * len(lines)},
        marks={},
    )


def parts(
    table: pd.DataFrame,
    *,
    label: str,
    names: Mapping[str, str],
    unit: str,
    title: str,
    source: str,
    footnotes: Sequence[str] = (),
) -> go.Figure:
    """Draw one bar a row, made of the columns in `names` one behind the other.

    Args:
        table: One row a bar; a column of counts for each part.
        label: Column of the names of the bars.
        names: Column of counts -> its words in the legend, four at most.
        unit: What the axis counts.
        title: What is seen, in one sentence.
        source: Where the numbers come from.
        footnotes: What the picture cannot show.
    """
    labels = [words.safe(words.shorten(str(name), MOST_LETTERS)) for name in table[label]]
    figure = go.Figure(
        [_part(table[column], said, place) for place, (column, said) in enumerate(names.items())],
        layout={**theme.base_layout(TOP + ROW * len(table)), "barmode": "stack", "bargap": 0.3, "showlegend": True},
    )
    figure.update_layout(
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "traceorder": "normal"},
        margin={"l": 10, "r": 20, "t": 40, "b": 46},
    )
    _ticks(figure, "yaxis", labels, autorange="reversed", is_safe=True)
    figure.update_xaxes(title=unit, gridcolor=theme.GRID, zeroline=False, rangemode="tozero")
    lines = [[str(r[label]), *(f"{r[column]:,}" for column in names)] for r in table.to_dict("records")]
    sums = ", ".join(f"{table[column].sum():,} {said}" for column, said in names.items())
    return attach(
        figure,
        Captions(title, source, tuple(footnotes)),
        description=f"{len(table)} bars of {unit}, in all {sums}.",
        table={"columns": ["", *names.values()], "rows": lines, "marks": [None] * len(lines)},
        marks={},
    )


def words_of(cell: Mapping[Any, Any] | None) -> str:
    """A share in words: nothing is blank, less than one in a hundred says so."""
    if cell is None or cell["rows"] == 0:
        return ""
    return "<1%" if cell["share"] < 0.005 else f"{cell['share']:.0%}"


def _cells(cells: Mapping[Any, Mapping[Any, Any]], rows: Sequence[Any], columns: Sequence[Any], darkest: float) -> go.Bar:
    """Every cell as a bar of its own; the bundled plotly draws no heat maps."""
    places = [(y, x, cells.get((row, column))) for y, row in enumerate(rows) for x, column in enumerate(columns)]
    shares = [0.0 if cell is None else float(cell["share"]) for _, _, cell in places]
    is_wide = len(columns) <= MOST_WRITTEN
    return go.Bar(
        y=[y for y, _, _ in places], x=[CELL] * len(places), base=[x - CELL / 2 for _, x, _ in places], orientation="h",
        marker={"color": [_blue(share / darkest) for share in shares], "line": {"width": 0}},
        text=[words_of(cell) if is_wide else "" for _, _, cell in places], textposition="inside", insidetextanchor="middle",
        textangle=0, textfont={"size": 12, "color": ["#ffffff" if s > 0.6 * darkest else theme.INK for s in shares]},
        customdata=[_hover(cell, rows[y], columns[x]) for y, x, cell in places], hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip


def _blue(share: float) -> str:
    """A color between the lightest and the darkest blue; nothing is nearly white."""
    if share <= 0:
        return theme.LAND
    (_, light), _, (_, dark) = theme.BLUES
    mixed = [round(int(light[i : i + 2], 16) * (1 - share) + int(dark[i : i + 2], 16) * share) for i in (1, 3, 5)]
    return "#" + "".join(f"{part:02x}" for part in mixed)


def _hover(cell: Mapping[Any, Any] | None, row: Any, column: Any) -> str:
    head = f"<b>{words.safe(str(row))}</b>, {words.safe(str(column))}"
    return head if cell is None else f"{head}<br>{cell['rows']:,} of {cell['of']:,} rows"


def _part(values: pd.Series, said: str, place: int) -> go.Bar:
    pattern = {"shape": HATCHES[place], "bgcolor": PARTS[place], "fgcolor": "#ffffff", "size": 6, "solidity": 0.35}
    return go.Bar(
        y=list(range(len(values))), x=[float(v) for v in values], orientation="h", name=words.safe(said),
        marker={"color": PARTS[place], "line": {"width": 0}, "pattern": pattern},
        customdata=[f"{value:,} {words.safe(said)}" for value in values], hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip


def _ticks(figure: go.Figure, axis: str, labels: Sequence[Any], *, is_safe: bool = False, **more: Any) -> None:
    shown = [str(label) if is_safe else words.safe(words.shorten(str(label), MOST_LETTERS)) for label in labels]
    figure.layout[axis].update(tickmode="array", tickvals=list(range(len(shown))), ticktext=shown, automargin=True, **more)
