"""Title, source, footnotes, text alternative and table twin: they travel with the figure.

They are kept in the figure's `layout.meta`. A page draws them as text around
the picture, where they wrap; `with_captions` writes them into the picture
itself, for a notebook's `fig.show()` and for image files.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import plotly.graph_objects as go

from kit.charts import theme, words

MOST_TABLE_ROWS = 300


@dataclass(frozen=True)
class Captions:
    """What stands around a picture. All of it is plain text, never markup."""

    title: str
    source: str
    footnotes: tuple[str, ...] = ()


def attach(
    figure: go.Figure,
    captions: Captions,
    *,
    description: str,
    table: Mapping[str, Sequence[Any]],
    marks: Mapping[str, Sequence[Any]],
    statuses: Sequence[str] = (),
) -> go.Figure:
    """Put captions, text alternative, table twin and clickable marks into the figure's meta.

    Args:
        figure: The figure to change; it is returned.
        captions: What stands around it.
        description: The text alternative, one to three sentences.
        table: `columns` and `rows`, and `marks`: for each row the mark that it stands for.
        marks: For each "curve/part" the marks in order, as dictionaries (see `kit.charts.marks`).
        statuses: PartyStatus values that the picture shows, for its legend.
    """
    rows = list(table["rows"])
    figure.layout.meta = {
        "captions": {**asdict(captions), "footnotes": list(captions.footnotes)},
        "description": description,
        "table": {
            "columns": list(table["columns"]),
            "rows": rows[:MOST_TABLE_ROWS],
            "marks": list(table["marks"])[:MOST_TABLE_ROWS],
            "rows_in_all": len(rows),
        },
        "marks": {key: list(values) for key, values in marks.items()},
        "legend": theme.legend(list(statuses)),
    }
    return figure


def captions_of(figure: go.Figure) -> Captions:
    """The captions that a figure of this module carries."""
    kept = figure.layout.meta["captions"]
    return Captions(kept["title"], kept["source"], tuple(kept["footnotes"]))


def table_of(figure: go.Figure) -> dict[str, Any]:
    """The table twin: `columns`, `rows` (at most 300), `marks` of the rows, and `rows_in_all`."""
    table: dict[str, Any] = figure.layout.meta["table"]
    return table


def describe(figure: go.Figure) -> str:
    """The text alternative of a figure: what it shows, in words."""
    return str(figure.layout.meta["description"])


def legend_text(entry: Mapping[str, str]) -> str:
    """One legend entry in words, for pages and pictures."""
    sign = f"{entry['sign']} " if entry["sign"] != "" else ""
    return sign + words.STATUS_WORDS[entry["status"]]


def with_captions(figure: go.Figure, *, width: int = 1000) -> go.Figure:
    """A copy with title, legend, source and footnotes drawn inside, for pictures that stand alone.

    Args:
        figure: A figure of this module.
        width: Pixels that the lines are wrapped for.
    """
    out = go.Figure(figure)
    captions, letters = captions_of(figure), max(30, width // 7)
    title = textwrap.wrap(captions.title, max(20, width // 10)) or [""]
    legend = "   ".join(
        f"<span style='color:{e['color']}'>■</span> {words.safe(legend_text(e))}" for e in figure.layout.meta["legend"]
    )
    notes = [line for note in captions.footnotes for line in textwrap.wrap(note, letters)]
    source = textwrap.wrap(f"Source: {captions.source}", letters)
    below = ([legend] if legend != "" else []) + [words.safe(line) for line in [*notes, *source]]
    top, bottom = 46 + 24 * len(title), 20 + 18 * len(below)
    old = figure.layout
    bottom_axis = old.margin.b or 0
    out.update_layout(
        title={
            "text": "<br>".join(f"<b>{words.safe(line)}</b>" for line in title), "font": {"size": 18}, "pad": {"t": 14},
            "x": 0.01, "xanchor": "left", "y": 1, "yanchor": "top", "yref": "container",
        },
        height=old.height + top + bottom,
        margin={"t": top + 10, "b": bottom + bottom_axis, "l": old.margin.l, "r": old.margin.r},
    )  # fmt: skip
    out.add_annotation(
        text="<br>".join(below), x=0, y=0, xref="paper", yref="paper", xanchor="left", yanchor="top", align="left",
        showarrow=False, yshift=-bottom_axis, font={"size": 12, "color": theme.MUTED}, name="captions",
    )  # fmt: skip
    return out
