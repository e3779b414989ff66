"""Between which territories it moved: a map with arcs, and circles for small places too."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from kit.charts import theme, words
from kit.charts.captions import Captions, attach
from kit.charts.marks import Mark
from kit.errors import ValueFormError
from kit.territories import Territory, territory

HEIGHT, MOST_ARCS = 420, 60
BORDER_NOTE = "Borders: Natural Earth; Crimea drawn as Ukraine (UN General Assembly resolution 68/262)."
ARC_POINTS = 16


def territory_map(pairs: pd.DataFrame, *, measure: str, title: str, source: str, footnotes: Sequence[str] = ()) -> go.Figure:
    """Draw what went from territory to territory. Sending territories are shaded by their sum; arcs are the largest pairs.

    Every territory also has a circle, so that Hong Kong or Singapore can be seen and clicked. An arc joins
    two territories; it shows no route.

    Args:
        pairs: What `kit.flows.territory_pairs` returns.
        measure: records, value_usd, value_eur, or net_weight_kg.
        title: What is seen, in one sentence.
        source: Where the numbers come from.
        footnotes: What the picture cannot show; pairs without a place and the note on borders are added here.
    """
    placed = pairs[pairs["from_territory"].map(_has_place).astype(bool) & pairs["to_territory"].map(_has_place).astype(bool)]
    figure = go.Figure(layout={**theme.base_layout(HEIGHT), "showlegend": False, "geo": _geo(placed)})
    figure.layout.margin = {"l": 0, "r": 0, "t": 4, "b": 4}
    marks: dict[str, list[dict[str, Any]]] = {}
    _add_areas(figure, marks, placed, measure)
    drawn = placed[placed["value"] > 0].head(MOST_ARCS)
    for status in reversed(theme.ORDER):
        _add_arcs(
            figure,
            marks,
            drawn[drawn["status"] == status],
            measure,
            largest=float(drawn["value"].max()) if len(drawn) > 0 else 1.0,
        )
    _add_places(figure, marks, placed, measure)
    figure = attach(
        figure,
        Captions(title, source, (*footnotes, *_own_notes(pairs, placed, drawn, measure))),
        description=_description(placed, measure),
        table=_table(pairs, measure),
        marks=marks,
        statuses=[status for status in theme.ORDER if status in set(drawn["status"])],
    )
    geo = figure.layout.geo
    spans = [axis.range[1] - axis.range[0] for axis in (geo.lataxis, geo.lonaxis)]
    figure.layout.meta["aspect"] = round(1.08 * spans[0] / spans[1], 3)  # height over width in which the frame fills its place
    return figure


def _place(code: Any) -> Territory | None:
    if not isinstance(code, str):
        return None
    try:
        found = territory(code)
    except ValueFormError:
        return None
    return found if found.lon is not None and found.lat is not None else None


def _has_place(code: Any) -> bool:
    return _place(code) is not None


def _position(code: str) -> tuple[float, float]:
    place = territory(code)
    return float(place.lon or 0.0), float(place.lat or 0.0)


def _geo(placed: pd.DataFrame) -> dict[str, Any]:
    """A frame around what is shown, never narrower than a third of the world."""
    codes = sorted({*placed["from_territory"], *placed["to_territory"]})
    spots = [_position(code) for code in codes] or [(-20.0, 0.0), (140.0, 60.0)]
    lons, lats = [lon for lon, _ in spots], [lat for _, lat in spots]
    west, east = max(-180.0, min(lons) - 22), min(180.0, max(lons) + 28)
    south, north = max(-58.0, min(lats) - 14), min(84.0, max(lats) + 16)
    return {
        "resolution": 50, "projection": {"type": "natural earth"},
        "lonaxis": {"range": [west, east]}, "lataxis": {"range": [south, north]},
        "showland": True, "landcolor": theme.LAND, "showcountries": True, "countrycolor": theme.BORDER, "countrywidth": 0.5,
        "showcoastlines": True, "coastlinecolor": theme.BORDER, "coastlinewidth": 0.5, "showocean": False, "bgcolor": theme.SEA,
        "showframe": False, "showlakes": False,
    }  # fmt: skip


def _sums(placed: pd.DataFrame, column: str) -> pd.DataFrame:
    return placed.groupby(column, as_index=False)[["value", "records"]].sum().sort_values("value", ascending=False)


def _add_areas(figure: go.Figure, marks: dict[str, list[dict[str, Any]]], placed: pd.DataFrame, measure: str) -> None:
    sums = _sums(placed, "from_territory")
    if len(sums) == 0:
        return
    marks[f"{len(figure.data)}/point"] = [_territory_mark("from_territory", code).as_dict() for code in sums["from_territory"]]
    figure.add_trace(
        go.Choropleth(
            locations=[territory(code).iso3 for code in sums["from_territory"]],
            z=[math.log10(1 + value) for value in sums["value"]],
            colorscale=theme.BLUES,
            showscale=False,
            marker={"line": {"color": theme.BORDER, "width": 0.5}},
            customdata=_place_hovers(sums, "from_territory", "sent", measure),
            hovertemplate="%{customdata}<extra></extra>",
        )
    )


def _territory_mark(stage: str, code: str) -> Mark:
    return Mark("territory", f"{words.STAGE_WORDS[stage]} {words.territory_name(code)}", ((stage, code, code),))


def _place_hovers(sums: pd.DataFrame, column: str, verb: str, measure: str) -> list[str]:
    return [
        f"<b>{words.safe(words.territory_name(code))}</b><br>{verb} {words.amount_text(value, measure)}"
        + (f"<br>{words.amount_text(records, 'records')}" if measure != "records" else "")
        for code, value, records in zip(sums[column], sums["value"], sums["records"], strict=True)
    ]


def _arc(start: tuple[float, float], end: tuple[float, float]) -> tuple[list[float], list[float]]:
    """A bowed line between two places, as longitudes and latitudes."""
    (x1, y1), (x2, y2) = start, end
    bow = 0.16 * math.hypot(x2 - x1, y2 - y1)
    lons, lats = [], []
    for step in range(ARC_POINTS + 1):
        t = step / ARC_POINTS
        lons.append(x1 + (x2 - x1) * t)
        lats.append(min(84.0, y1 + (y2 - y1) * t + bow * 4 * t * (1 - t)))
    return lons, lats


def _add_arcs(
    figure: go.Figure, marks: dict[str, list[dict[str, Any]]], rows: pd.DataFrame, measure: str, *, largest: float
) -> None:
    for row in rows.to_dict("records"):
        start, end, status = row["from_territory"], row["to_territory"], row["status"]
        if start == end:
            continue
        lons, lats = _arc(_position(start), _position(end))
        label = f"{words.territory_name(start)} → {words.territory_name(end)}"
        hover = f"<b>{words.safe(label)}</b><br>{words.amount_text(row['value'], measure)}<br>{words.STATUS_WORDS[status]}"
        mark = Mark(
            "arc", label + ("" if status == "none" else f", {status}"),
            (("from_territory", start, start), ("to_territory", end, end)), status=status,
        )  # fmt: skip
        marks[f"{len(figure.data)}/point"] = [mark.as_dict()] * len(lons)
        figure.add_trace(
            go.Scattergeo(
                lon=[round(x, 2) for x in lons], lat=[round(y, 2) for y in lats], mode="lines", hoverinfo="text", text=hover,
                line={"width": 1.2 + 5 * math.sqrt(row["value"] / largest), "color": theme.LINK[status].replace("0.28", "0.5"),
                      "dash": "dot" if status == "candidate" else "solid"},
            )
        )  # fmt: skip


def _add_places(figure: go.Figure, marks: dict[str, list[dict[str, Any]]], placed: pd.DataFrame, measure: str) -> None:
    """Circles of senders (filled) and receivers (open), by square root of the sum."""
    for column, verb, color in (("to_territory", "received", theme.PAPER), ("from_territory", "sent", "#0072B2")):
        sums = _sums(placed, column)
        if len(sums) == 0:
            continue
        largest = max(float(sums["value"].max()), 1e-9)
        marks[f"{len(figure.data)}/point"] = [_territory_mark(column, code).as_dict() for code in sums[column]]
        spots = [_position(code) for code in sums[column]]
        figure.add_trace(
            go.Scattergeo(
                lon=[lon for lon, _ in spots], lat=[lat for _, lat in spots], mode="markers",
                marker={"size": [5 + 15 * math.sqrt(value / largest) for value in sums["value"]], "color": color,
                        "opacity": 0.9, "line": {"color": theme.INK if column == "to_territory" else "#ffffff", "width": 1.2}},
                text=_place_hovers(sums, column, verb, measure), hoverinfo="text",
            )
        )  # fmt: skip


def _own_notes(pairs: pd.DataFrame, placed: pd.DataFrame, drawn: pd.DataFrame, measure: str) -> list[str]:
    notes = ["Blue: sent from there, by sum. White circle: received. An arc shows a pair of territories, no route."]
    missing = int(pairs["records"].sum() - placed["records"].sum())
    if missing > 0:
        value = float(pairs["value"].sum() - placed["value"].sum())
        amount = "" if measure == "records" else f", {words.amount_text(value, measure)}"
        notes.append(f"Not on the map: {words.amount_text(missing, 'records')}{amount} without a stated territory on one side.")
    if len(placed) > len(drawn):
        notes.append(f"Arcs: the {len(drawn)} largest of {len(placed)} pairs.")
    return [*notes, BORDER_NOTE]


def _description(placed: pd.DataFrame, measure: str) -> str:
    if len(placed) == 0:
        return "Map without any flow: no record states both territories, or nothing matches the filters."
    senders = _sums(placed, "from_territory").head(3).to_dict("records")
    largest = "; ".join(f"{words.territory_name(r['from_territory'])}, {words.amount_text(r['value'], measure)}" for r in senders)
    counts = [placed[column].nunique() for column in ("from_territory", "to_territory")]
    return f"Map of {counts[0]} sending and {counts[1]} receiving territories. Most was sent from {largest}."


def _table(pairs: pd.DataFrame, measure: str) -> dict[str, list[Any]]:
    with_value = measure != "records"
    rows, marks = [], []
    for row in pairs.to_dict("records"):
        ends = [(stage, row[stage] if isinstance(row[stage], str) else None) for stage in ("from_territory", "to_territory")]
        value = [f"{row['value']:,.0f}"] if with_value else []
        rows.append([*(words.territory_name(code) for _, code in ends), row["status"], *value, f"{row['records']:,}"])
        label = " → ".join(words.territory_name(code) for _, code in ends)
        marks.append(Mark("arc", label, tuple((stage, code or "", code) for stage, code in ends), status=row["status"]).as_dict())
    columns = ["From", "To", "Status", *([words.MEASURE_WORDS[measure]] if with_value else []), "Records"]
    return {"columns": columns, "rows": rows, "marks": marks}
