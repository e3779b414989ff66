"""Small lists for matching tests; every party is invented."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from kit.matching import Index, build_index
from kit.model import NameKind, Schema
from kit.names import script_of
from kit.tables import from_rows

Named = tuple[str, str, str]


def entities(rows: Sequence[tuple[str, str]], *, address_only: Sequence[str] = ()) -> pa.Table:
    """ENTITIES from (id, first name)."""
    return from_rows(
        "entities",
        [
            {
                "entity_id": key,
                "schema": Schema.ADDRESS if key in address_only else Schema.COMPANY,
                "name": name,
                "topics": [],
                "list_id": "demo",
                "list_version": "1",
                "is_address_only": key in address_only,
                "is_confidential": False,
                "source_file": "demo.csv",
                "source_row": place,
            }
            for place, (key, name) in enumerate(rows, 1)
        ],
    )


def names(rows: Sequence[Named]) -> pa.Table:
    """NAMES from (id, name, kind)."""
    return from_rows("names", [{"entity_id": k, "name": n, "kind": kind, "script": script_of(n)} for k, n, kind in rows])


def index_of(*listed: str, weak: Sequence[tuple[int, str]] = (), background: Sequence[str] = ()) -> Index:
    """An index of parties `demo:0`, `demo:1` … with one name each; `weak` adds weak aliases by place."""
    rows = [(f"demo:{place}", name) for place, name in enumerate(listed)]
    named: list[Named] = [(key, name, NameKind.NAME) for key, name in rows]
    named += [(f"demo:{place}", name, NameKind.WEAK_ALIAS) for place, name in weak]
    return build_index(names(named), entities(rows), background=background)
