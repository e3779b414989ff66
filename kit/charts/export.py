"""Figures on their way into a page, without a network and without a share button.

plotly 7 offers by itself to upload a chart to its makers' servers and fetches
the world map from them. `CONFIG` switches both off; it is the only place that
says how. The vendored bundle does not know those addresses at all.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import Any

import plotly.graph_objects as go

from kit.charts.captions import captions_of, describe, legend_text, table_of
from kit.errors import FileError

ASSETS = Path(__file__).resolve().parent.parent / "assets"
CONFIG: Mapping[str, Any] = MappingProxyType(
    {
        "showSendToCloud": False,
        "plotlyServerURL": "",
        "displaylogo": False,
        "displayModeBar": False,
        "responsive": True,
        "scrollZoom": False,
        "topojsonURL": "about:blank#",
    }
)


@cache
def asset(*parts: str) -> str:
    """The text of a file under `kit/assets/`.

    Raises:
        FileError: If the project was copied without it.
    """
    path = ASSETS.joinpath(*parts)
    if not path.exists():
        raise FileError.missing(path)
    return path.read_text(encoding="utf-8")


@cache
def world_data_url(resolution: str = "50m") -> str:
    """The world map as a data URL for plotly's `topojsonURL`; plotly appends a file name, which the `#` takes away."""
    encoded = base64.b64encode(asset("vendor", f"world_{resolution}.json").encode("utf-8")).decode("ascii")
    return f"data:application/json;base64,{encoded}#"


def safe_config(*, with_map: bool = False) -> dict[str, Any]:
    """The safe configuration for plotly's own ways out: `fig.show(config=…)`, `fig.write_html(config=…)`.

    Args:
        with_map: Put the world map in (1.5 MB); needed for maps outside the pages that the kit makes itself.
    """
    return {**CONFIG, **({"topojsonURL": world_data_url()} if with_map else {})}


@cache
def plotly_bundle(*, with_map: bool = True) -> str:
    """JavaScript that defines `kitPlotly` and, with a map, hands plotly the world at 1:50m (2.7 MB; once a page)."""
    world = f"\nglobalThis.PlotlyGeoAssets={{topojson:{{world_50m:{asset('vendor', 'world_50m.json')}}}}};" if with_map else ""
    return asset("vendor", "plotly-kit.min.js") + world


def figure_json(figure: go.Figure) -> str:
    """Data and layout as JSON without the meta; `<` is written so that it can stand in a script tag."""
    drawn = go.Figure(figure)
    drawn.layout.meta = None
    text: str = drawn.to_json()
    return text.replace("<", "\\u003c")


def _table_html(figure: go.Figure) -> str:
    table = table_of(figure)
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in table["columns"])
    body = "".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in table["rows"])
    more = table["rows_in_all"] - len(table["rows"])
    rest = f"<p>{more:,} smaller rows are not shown.</p>" if more > 0 else ""
    rows = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f"<details><summary>The numbers as a table</summary>{rows}{rest}</details>"


def _legend_html(figure: go.Figure) -> str:
    entries = figure.layout.meta["legend"]
    key = '<span class="kit-key kit-{status}" style="background-color:{color}"></span>'
    items = "".join(f"<li>{key.format_map(entry)}{escape(legend_text(entry))}</li>" for entry in entries)
    return f'<ul class="kit-legend">{items}</ul>' if len(entries) > 0 else ""


DRAW = """<script>(function(){{
var f=JSON.parse(document.getElementById('{id}-figure').textContent);
f.layout.autosize=true;
kitPlotly.newPlot(document.getElementById('{id}'),f.data,f.layout,{config});
}})();</script>"""
FRAGMENT = """<figure class="kit-figure">
<figcaption>{title}</figcaption>
<div class="kit-scroll">
<div id="{id}" class="kit-plot" role="img" aria-label="{description}" style="min-height:{height}px"></div>
</div>
{legend}
<ul class="kit-footnotes">{notes}</ul>
<p class="kit-source">Source: {source}</p>
{table}
<script type="application/json" id="{id}-figure">{json}</script>
{draw}
</figure>"""


def to_html_fragment(figure: go.Figure, *, include_library: bool, element_id: str = "kit-figure-1") -> str:
    """A figure as a piece of a page: picture, captions, legend, and the numbers as a table.

    Args:
        figure: A figure of `kit.charts`.
        include_library: Put plotly and the world map before it (2.7 MB). True for the first figure of a page, else False.
        element_id: Must differ between the figures of a page.
    """
    captions = captions_of(figure)
    library = f"<script>{plotly_bundle()}</script>\n" if include_library else ""
    return library + FRAGMENT.format(
        id=element_id,
        title=escape(captions.title),
        description=escape(describe(figure)),
        height=int(figure.layout.height),
        legend=_legend_html(figure),
        notes="".join(f"<li>{escape(note)}</li>" for note in captions.footnotes),
        source=escape(captions.source),
        table=_table_html(figure),
        json=figure_json(figure),
        draw=DRAW.format(id=element_id, config=json.dumps(dict(CONFIG))),
    )


POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:"
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title><style>{style}</style></head><body><main>{body}</main></body></html>
"""


def standalone_html(figure: go.Figure) -> str:
    """One figure as a whole page that needs nothing else: no network, no Python."""
    body = to_html_fragment(figure, include_library=True)
    return PAGE.format(policy=POLICY, title=escape(captions_of(figure).title), style=asset("figure.css"), body=body)
