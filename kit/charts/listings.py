"""Since when whom: one row a party, one mark an authority, a line where only an interval is known."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from kit.charts import theme, words
from kit.charts.captions import Captions, attach

ROW, TOP, MOST_LETTERS = 24, 110, 38
SIGNS = (("circle", "#0072B2"), ("diamond", "#E69F00"), ("square", "#7b8794"), ("triangle-up", "#CC79A7"), ("cross", "#1f2933"))


def listing_dates(listed: pd.DataFrame, *, title: str, source: str, footnotes: Sequence[str] = ()) -> go.Figure:
    """Draw when each authority first listed each party; a mark is a day, a thick line a span in which that day lies.

    Args:
        listed: One row a party and authority, as `kit.linking.listings` gives it: `name, authority, not_before, not_after`.
            Rows without a date are not drawn, and counted in the text beside the picture.
        title: What is seen, in one sentence.
        source: Where the dates come from.
        footnotes: What the picture cannot show.
    """
    dated = listed[listed["not_before"].notna() & listed["not_after"].notna()]
    parties = list(dict.fromkeys(dated["party_id"]))
    places = {party: place for place, party in enumerate(parties)}
    names = {row["party_id"]: str(row["name"]) for row in dated.to_dict("records")}
    figure = go.Figure(
        [
            _trace(own, places, str(authority), *SIGNS[place % len(SIGNS)])
            for place, (authority, own) in enumerate(dated.groupby("authority"))
        ],
        layout={**theme.base_layout(TOP + ROW * len(parties)), "showlegend": True},
    )
    shown = [words.safe(words.shorten(names[party], MOST_LETTERS)) for party in parties]
    figure.update_layout(
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0}, margin={"l": 10, "r": 20, "t": 40, "b": 40}
    )
    figure.update_yaxes(tickmode="array", tickvals=list(range(len(shown))), ticktext=shown, automargin=True)
    figure.update_yaxes(autorange="reversed", zeroline=False)
    figure.update_xaxes(type="date", gridcolor=theme.GRID, title="first listed")
    rows = [[str(r["name"]), str(r["authority"]), str(r["not_before"]), str(r["not_after"])] for r in dated.to_dict("records")]
    undated = len(listed) - len(dated)
    return attach(
        figure,
        Captions(title, source, tuple(footnotes)),
        description=f"{len(parties)} parties with {len(dated)} first listings; {undated} without a date are not drawn.",
        table={"columns": ["Party", "Authority", "Not before", "Not after"], "rows": rows, "marks": [None] * len(rows)},
        marks={},
    )


def _trace(own: pd.DataFrame, places: dict[str, int], authority: str, sign: str, color: str) -> go.Scatter:
    """Two ends a row and a gap after them, so that only an interval makes a line; each authority a little apart."""
    days: list[str | None] = []
    heights: list[int | None] = []
    hovers: list[str | None] = []
    for row in own.to_dict("records"):
        said = (
            f"{row['not_before']}"
            if row["not_before"] == row["not_after"]
            else f"between {row['not_before']} and {row['not_after']}"
        )
        days += [str(row["not_before"]), str(row["not_after"]), None]
        heights += [places[row["party_id"]]] * 2 + [None]
        hovers += [f"<b>{words.safe(str(row['name']))}</b><br>{words.safe(authority)}: {said}"] * 2 + [None]
    return go.Scatter(
        x=days, y=heights, mode="lines+markers", name=words.safe(authority), line={"color": color, "width": 5},
        marker={"symbol": sign, "size": 10, "color": color, "line": {"width": 1, "color": "#ffffff"}},
        customdata=hovers, hovertemplate="%{customdata}<extra></extra>", connectgaps=False,
    )  # fmt: skip
