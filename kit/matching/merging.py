"""One order for candidates that were found in different ways, by name and by address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from kit.tables import from_rows


def merge_candidates(parts: Iterable[pa.Table], *, roles: Mapping[str, str] | None = None) -> pa.Table:
    """Put CANDIDATES of several searches into one table, ranked anew within each name.

    The score orders them; at equal scores the earlier search comes first, then the `entity_id`, so that no two
    share a rank. A pair of name and entity that several searches found stands once, with its best row.

    Args:
        parts: Tables of CANDIDATES.
        roles: By name, the roles in which it stands; names that are not in it keep theirs.

    Returns:
        CANDIDATES in the order of names of the first search that found each.
    """
    best: dict[str, dict[str, dict[str, Any]]] = {}
    for table in parts:
        for row in table.to_pylist():
            own = best.setdefault(row["record_name"], {})
            before = own.get(row["candidate_id"])
            if before is None or row["score"] > before["score"]:
                own[row["candidate_id"]] = row
    out = []
    for name, found in best.items():
        ordered = sorted(found.values(), key=lambda row: -row["score"])  # stable: the earlier search first
        for rank, row in enumerate(ordered, 1):
            out.append({**row, "rank": rank, "role": (roles or {}).get(name, row["role"])})
    return from_rows("candidates", out)
