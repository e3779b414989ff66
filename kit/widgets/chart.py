"""A picture on a page: one shared plotly, sent once, and small widgets that wait for it.

A plotly FigureWidget would send five megabytes each, offer to upload the
chart, and not tell a Sankey's nodes from its links.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from typing import Any

import anywidget
import plotly.graph_objects as go
import traitlets

from kit.charts import CONFIG, Mark, captions_of, describe, mark_at, plotly_bundle, table_of
from kit.charts.captions import legend_text
from kit.charts.export import asset

SHARE = """
globalThis.__kitPlotly = globalThis.__kitPlotly ?? kitPlotly;
globalThis.dispatchEvent(new Event("kit-plotly"));
export default { render({ el }) { el.style.display = "none"; } };
"""
LEAST_WIDTH = {"choropleth": 300, "bar": 320}
NOTHING = "Nothing matches these filters. Take one away, or choose “Start again” above."
UNDRAWN = "Records match, but none of them can be drawn here. The notes below say why."
_WHY_UNDRAWN = re.compile(r"Not on the map: |([\d,]+) of \1 records state no ")


class Library(anywidget.AnyWidget):
    """plotly.js and the world map, for all pictures of a page (2.7 MB, once)."""

    _esm = plotly_bundle() + SHARE


@cache
def library() -> Library:
    """The one library widget of this kernel. It must be part of what is displayed, once a page."""
    return Library()


class Chart(anywidget.AnyWidget):
    """One figure of `kit.charts` on the screen, with captions, table twin, and clicks.

    `on_mark` of the constructor is called with the `Mark` that was clicked, in the picture
    or in its table. Setting `figure` draws it anew.
    """

    _esm = asset("widgets", "chart.js")
    _css = asset("widgets", "kit.css")
    view = traitlets.Dict().tag(sync=True)

    def __init__(
        self, figure: go.Figure | None = None, *, on_mark: Callable[[Mark], None] | None = None, nothing: str = NOTHING
    ) -> None:
        library()
        self._figure = figure
        self._nothing = nothing
        super().__init__(view={} if figure is None else view_of(figure, nothing))
        self._on_mark = on_mark
        self.on_msg(self._clicked)

    @property
    def figure(self) -> go.Figure | None:
        """The figure that is drawn; None while there is none yet."""
        return self._figure

    def draw(self, figure: go.Figure) -> None:
        """Draw another figure in the same place."""
        self._figure = figure
        view = view_of(figure, self._nothing)
        if view != self.view:
            self.view = view

    def _clicked(self, _: Any, message: dict[str, Any], __: Any) -> None:
        if message.get("action") != "click" or self._on_mark is None or self._figure is None:
            return
        mark = mark_at(self._figure, str(message["part"]), int(message["curve"]), int(message["index"]))
        if mark is not None:
            self._on_mark(mark)


def view_of(figure: go.Figure, nothing: str = NOTHING) -> dict[str, Any]:
    """What the page needs to draw a figure, as JSON values; marks stay in Python."""
    captions = captions_of(figure)
    drawn = json.loads(figure.to_json())
    drawn["layout"].pop("meta")
    kind = figure.data[0].type if len(figure.data) > 0 else "sankey"
    table = {key: value for key, value in table_of(figure).items() if key != "marks"}
    return {
        "figure": drawn,
        "title": captions.title,
        "source": captions.source,
        "footnotes": list(captions.footnotes),
        "description": describe(figure),
        "table": table,
        "legend": [{"status": entry["status"], "words": legend_text(entry)} for entry in figure.layout.meta["legend"]],
        "config": dict(CONFIG),
        "aspect": figure.layout.meta.get("aspect"),
        "least_width": figure.layout.meta.get("least_width", LEAST_WIDTH.get(kind, 420)),
        "nothing": UNDRAWN if any(_WHY_UNDRAWN.match(note) for note in captions.footnotes) else nothing,
    }
