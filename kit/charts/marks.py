"""What a reader can click: nodes and links of a Sankey, bars, territories, arcs.

plotly tells a click by trace and number; for a Sankey node 2 and link 2 are
the same number, so the page sends the part along. The marks themselves stay in
Python, in the figure's meta: what a page sends back is only looked up.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import plotly.graph_objects as go


@dataclass(frozen=True)
class Mark:
    """One thing in a picture that stands for rows.

    `part` is node, link, bar, territory, or arc. `nodes` are (stage, node as drawn,
    value of the node) triples, value None for "(not named)" and for "N others";
    `others` names the stages whose node gathers others.
    """

    part: str
    label: str
    nodes: tuple[tuple[str, str, str | None], ...] = ()
    others: tuple[str, ...] = ()
    status: str | None = None
    month: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The mark as JSON values."""
        return {**asdict(self), "nodes": [list(node) for node in self.nodes], "others": list(self.others)}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Mark:
        """The mark that `as_dict` wrote."""
        nodes = tuple((stage, node, value) for stage, node, value in values["nodes"])
        return cls(**{**values, "nodes": nodes, "others": tuple(values["others"])})


def mark_at(figure: go.Figure, part: str, curve: int, index: int) -> Mark | None:
    """The mark that a page clicked; None if the figure has none there.

    Args:
        figure: A figure of `kit.charts`.
        part: node, link, or point (bars, territories and arcs are points), or row for a row of the table twin.
        curve: Number of the trace.
        index: Number of the mark in it.
    """
    meta = figure.layout.meta
    found = meta["table"]["marks"] if part == "row" else meta["marks"].get(f"{curve}/{part}", [])
    if not 0 <= index < len(found) or found[index] is None:
        return None
    return Mark.from_dict(dict(found[index]))
