"""From a clicked mark to the records behind it."""

from __future__ import annotations

from collections.abc import Callable

from kit.charts import Mark
from kit.flows import Focus
from kit.flows.corridors import STAGES
from kit.model import PartyStatus


def focus_of(mark: Mark, shown: Callable[[str], tuple[str, ...]]) -> Focus:
    """The focus that keeps exactly the records of a mark.

    Args:
        mark: What was clicked.
        shown: The values of a stage that have a node of their own, for nodes that gather others.
    """
    nodes, others = [], []
    for stage, _, value in mark.nodes:
        if stage in mark.others:
            others.append((STAGES[stage], shown(stage)))
        else:
            nodes.append((STAGES[stage], value))
    status = PartyStatus(mark.status) if mark.status is not None else None
    return Focus(nodes=tuple(nodes), others=tuple(others), month=mark.month, status=status, label=mark.label)
