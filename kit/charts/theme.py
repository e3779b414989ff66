"""Colors and type of every picture (Okabe-Ito; see findings on color distance)."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from kit.model import PartyStatus

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif"
INK = "#1f2933"
MUTED = "#52606d"
GRID = "#e4e7eb"
PAPER = "#ffffff"
TERRITORY = "#3e4c59"
OTHERS = "#cbd2d9"
LAND = "#f1f3f5"
SEA = "#ffffff"
BORDER = "#b8c1cb"

SOLID = {
    PartyStatus.MATCH.value: "#D55E00",
    PartyStatus.CANDIDATE.value: "#E69F00",
    PartyStatus.NONE.value: "#7b8794",
    PartyStatus.MISSING.value: "#ffffff",
}
LINK = {
    PartyStatus.MATCH.value: "rgba(213,94,0,0.70)",
    PartyStatus.CANDIDATE.value: "rgba(230,159,0,0.45)",
    PartyStatus.NONE.value: "rgba(123,135,148,0.28)",
    PartyStatus.MISSING.value: "rgba(123,135,148,0.28)",
}
SIGN = {PartyStatus.MATCH.value: "◆ ", PartyStatus.CANDIDATE.value: "◇ "}
ORDER = (PartyStatus.MATCH.value, PartyStatus.CANDIDATE.value, PartyStatus.NONE.value)
BLUES = ((0.0, "#e3eef6"), (0.5, "#8bbbdc"), (1.0, "#0072B2"))


def base_layout(height: int) -> dict[str, Any]:
    """Layout that every figure begins with; no plotly template is sent along."""
    return {
        "template": go.layout.Template(),
        "font": {"family": FONT, "size": 13, "color": INK},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "height": height,
        "margin": {"l": 10, "r": 10, "t": 34, "b": 12},
        "hoverlabel": {
            "bgcolor": "#ffffff",
            "bordercolor": MUTED,
            "font": {"family": FONT, "size": 13, "color": INK},
            "align": "left",
        },
        "separators": ".,",
    }


def legend(statuses: list[str]) -> list[dict[str, str]]:
    """Entries of the legend below a picture: status, color, and its second sign; none where only the neutral color stands."""
    if not any(status in SIGN for status in statuses):
        return []
    return [
        {"status": status, "color": SOLID[status], "sign": SIGN.get(status, "").strip()} for status in ORDER if status in statuses
    ]
