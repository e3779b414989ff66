"""What moved, through where: filters, corridors, and the rows behind every mark.

The computations are written once in narwhals: the same function takes a
pandas frame or a DuckDB relation and gives back the same kind.
"""

from kit.flows.corridors import NOT_NAMED, corridors, monthly, territory_pairs
from kit.flows.periods import compare_periods
from kit.flows.quality import CHECKS, FAR_YEARS, Quality
from kit.flows.selection import ALL_STATUSES, Focus, Selection, narrow, with_status
from kit.flows.store import Counts, Store, open_store

__all__ = [
    "ALL_STATUSES",
    "CHECKS",
    "FAR_YEARS",
    "NOT_NAMED",
    "Counts",
    "Focus",
    "Quality",
    "Selection",
    "Store",
    "compare_periods",
    "corridors",
    "monthly",
    "narrow",
    "open_store",
    "territory_pairs",
    "with_status",
]
