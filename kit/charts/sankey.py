"""Who sent to whom, through which territory: flows as bands between stages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from kit.charts import theme, words
from kit.charts.captions import Captions, attach
from kit.charts.marks import Mark
from kit.model import PartyStatus

SHORT = words.STATUS_SHORT
PARTY_STAGES = ("consignor", "consignee")
PARTY_PIXELS, TERRITORY_PIXELS = 280, 120  # width that the names of a stage need
NODE_PIXELS, LEAST_HEIGHT, MOST_HEIGHT = 27, 300, 1200


@dataclass
class _Node:
    """One node while the picture is built."""

    stage: str
    name: str
    key: str | None
    is_others: bool
    total: float = 0.0
    records: int = 0
    status: str = PartyStatus.NONE.value
    number: int = field(default=-1)

    @property
    def order(self) -> tuple[int, float, str]:
        """Largest first; gathered and unnamed nodes last."""
        last = 1 if self.is_others else 2 if self.key is None else 0
        return (last, -self.total, self.name)

    @property
    def full_name(self) -> str:
        return words.node_name(self.stage, self.name)

    def label(self) -> str:
        """A short name with the sign of its status: ◆ match, ◇ candidate."""
        sign = theme.SIGN.get(self.status, "")
        return sign + words.safe(words.shorten(self.full_name, 34))

    def color(self) -> str:
        if self.is_others:
            return theme.OTHERS
        if self.key is None:
            return theme.SOLID[PartyStatus.MISSING.value]
        return theme.SOLID[self.status] if self.stage in PARTY_STAGES else theme.TERRITORY

    def hover(self, measure: str) -> str:
        status = words.STATUS_WORDS[self.status] if self.stage in PARTY_STAGES and self.key is not None else ""
        lines = [f"<b>{words.wrapped(self.full_name)}</b>", f"{words.STAGE_WORDS[self.stage]}", status]
        lines += [words.amount_text(self.total, measure)] if measure != "records" else []
        return "<br>".join(line for line in [*lines, words.amount_text(self.records, "records")] if line != "")


def sankey(
    corridors: pd.DataFrame,
    *,
    measure: str,
    title: str,
    source: str,
    footnotes: Sequence[str] = (),
    party_status: Mapping[str, str] | None = None,
) -> go.Figure:
    """Draw corridors as bands. Orange bands touch a match (strong) or a candidate (light); grey ones touch neither.

    The width is the sum of `value`; links without a value have no width and are not drawn, which a footnote must say.
    The order of nodes is by size and does not depend on the solver, so that a filter does not shuffle the picture.

    Args:
        corridors: What `kit.flows.corridors` returns.
        measure: records, value_usd, value_eur, or net_weight_kg.
        title: What is seen, in one sentence.
        source: Where the numbers come from.
        footnotes: What the picture cannot show.
        party_status: PartyStatus by name of the trade records, for the parties that are a match or a candidate.

    Returns:
        A figure with captions, text alternative, table twin and marks. Without any link: an empty figure that says so.
    """
    nodes = _nodes(corridors, party_status or {})
    stages = _stage_order(corridors)
    drawn = corridors[corridors["value"] > 0] if len(corridors) > 0 else corridors
    fullest = max((sum(1 for n in nodes.values() if n.stage == stage) for stage in stages), default=0)
    height = min(MOST_HEIGHT, max(LEAST_HEIGHT, 90 + NODE_PIXELS * fullest))
    figure = go.Figure(layout={**theme.base_layout(height), "annotations": _stage_names(stages)})
    links = [_link(row, nodes) for row in drawn.to_dict("records")]
    if len(links) > 0:
        figure.add_trace(_trace(list(nodes.values()), links, measure))
    marks = {"0/node": [_node_mark(n).as_dict() for n in nodes.values()], "0/link": [mark.as_dict() for _, mark in links]}
    figure = attach(
        figure,
        Captions(title, source, tuple(footnotes)),
        description=_description(drawn, stages, measure),
        table=_table(corridors, nodes, measure),
        marks=marks,
        statuses=sorted(set(drawn["status"])) if len(drawn) > 0 else [],
    )
    figure.layout.meta["least_width"] = sum(PARTY_PIXELS if stage in PARTY_STAGES else TERRITORY_PIXELS for stage in stages)
    return figure


def _stage_order(corridors: pd.DataFrame) -> list[str]:
    """Stages from the first to the last, whatever the order of the rows."""
    following = dict(zip(corridors["stage_from"], corridors["stage_to"], strict=True)) if len(corridors) > 0 else {}
    stages = [stage for stage in following if stage not in set(following.values())][:1]
    while len(stages) > 0 and stages[-1] in following:
        stages.append(following[stages[-1]])
    return stages


def _nodes(corridors: pd.DataFrame, party_status: Mapping[str, str]) -> dict[tuple[str, str], _Node]:
    """Every node of the picture in drawing order, by (stage, name)."""
    found: dict[tuple[str, str], _Node] = {}
    outgoing = set(corridors["stage_from"]) if len(corridors) > 0 else set()
    for row in corridors.to_dict("records"):
        for end in ("from", "to"):
            place = (row[f"stage_{end}"], row[f"node_{end}"])
            key = row[f"key_{end}"] if isinstance(row[f"key_{end}"], str) else None
            node = found.setdefault(place, _Node(*place, key, bool(row[f"is_others_{end}"])))
            if end == "from" or row["stage_to"] not in outgoing:
                node.total += float(row["value"])
                node.records += int(row["records"])
            if node.stage in PARTY_STAGES and key is not None:
                node.status = party_status.get(key, PartyStatus.NONE.value)
    ordered = sorted(found.items(), key=lambda item: (item[0][0], item[1].order))
    for number, (_, node) in enumerate(ordered):
        node.number = number
    return dict(ordered)


def _node_mark(node: _Node) -> Mark:
    others = (node.stage,) if node.is_others else ()
    label = f"{words.STAGE_WORDS[node.stage]}: {node.full_name}"
    return Mark("node", label, ((node.stage, node.name, node.key),), others)


def _link(row: Mapping[Any, Any], nodes: Mapping[tuple[str, str], _Node]) -> tuple[Mapping[str, Any], Mark]:
    ends = [nodes[row[f"stage_{end}"], row[f"node_{end}"]] for end in ("from", "to")]
    others = tuple(node.stage for node in ends if node.is_others)
    status = row["status"]
    label = f"{ends[0].full_name} → {ends[1].full_name}" + ("" if status == "none" else f", {status}")
    mark = Mark("link", label, tuple((n.stage, n.name, n.key) for n in ends), others, status)
    return {**row, "ends": ends}, mark


def _trace(nodes: list[_Node], links: list[tuple[Mapping[str, Any], Mark]], measure: str) -> go.Sankey:
    rows = [row for row, _ in links]
    hovers = [
        f"<b>{words.wrapped(mark.label)}</b><br>{words.amount_text(row['value'], measure)}"
        + (f"<br>{words.amount_text(row['records'], 'records')}" if measure != "records" else "")
        + f"<br>{words.STATUS_WORDS[row['status']]}"
        for row, mark in links
    ]
    return go.Sankey(
        arrangement="fixed",
        orientation="h",
        node={
            "label": [node.label() for node in nodes],
            "color": [node.color() for node in nodes],
            "line": {"color": theme.MUTED, "width": 0.6},
            "pad": 16,
            "thickness": 14,
            "sort": "input",
            "customdata": [node.hover(measure) for node in nodes],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        link={
            "source": [row["ends"][0].number for row in rows],
            "target": [row["ends"][1].number for row in rows],
            "value": [float(row["value"]) for row in rows],
            "color": [theme.LINK[row["status"]] for row in rows],
            "sort": "input",
            "customdata": hovers,
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        textfont={"size": 12, "color": theme.INK},
    )


def _stage_names(stages: list[str]) -> list[dict[str, Any]]:
    """The name of each stage above its nodes."""
    last = max(1, len(stages) - 1)
    anchors = {0: "left", last: "right"}
    return [
        {
            "text": f"<b>{words.STAGE_WORDS[stage]}</b>", "x": number / last, "y": 1, "xref": "paper", "yref": "paper",
            "xanchor": anchors.get(number, "center"), "yanchor": "bottom", "yshift": 6, "showarrow": False,
            "font": {"size": 12, "color": theme.MUTED},
        }
        for number, stage in enumerate(stages)
    ]  # fmt: skip


def _description(drawn: pd.DataFrame, stages: list[str], measure: str) -> str:
    if len(drawn) == 0:
        return "Flow picture without any flow: nothing matches the filters, or no record has a value."
    way = " to ".join(words.STAGE_WORDS[stage].lower() for stage in stages)
    first = drawn.sort_values("value", ascending=False).head(3).to_dict("records")
    largest = "; ".join(
        f"{words.node_name(r['stage_from'], r['node_from'])} to {words.node_name(r['stage_to'], r['node_to'])}, "
        f"{words.amount_text(r['value'], measure)} ({SHORT[r['status']]})"
        for r in first
    )
    return f"Flows from {way}: {len(drawn)} bands by {words.MEASURE_WORDS[measure]}. The largest: {largest}."


def _table(corridors: pd.DataFrame, nodes: Mapping[tuple[str, str], _Node], measure: str) -> dict[str, list[Any]]:
    made = [_link(row, nodes) for row in corridors.to_dict("records")]
    columns = ["From", "To", "Status", *([words.MEASURE_WORDS[measure]] if measure != "records" else []), "Records"]
    rows = []
    for row, _ in made:
        value = [f"{row['value']:,.0f}"] if measure != "records" else []
        rows.append([row["ends"][0].full_name, row["ends"][1].full_name, row["status"], *value, f"{row['records']:,}"])
    return {"columns": columns, "rows": rows, "marks": [mark.as_dict() for _, mark in made]}
