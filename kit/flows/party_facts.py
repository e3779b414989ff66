"""What the kit read out of a party's name: kind with its reason, principal, numbers and their check digits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb

PARTY = "SELECT * FROM parties WHERE record_name = ?"
KINDS = "SELECT record_name, kind FROM parties WHERE kind <> 'unknown' AND record_name IN (SELECT unnest(?))"


def party(connection: duckdb.DuckDBPyConnection, record_name: str) -> dict[str, Any]:
    """The row of PARTIES of a name, cells without a value left out; empty if the case was not described."""
    found = connection.execute(PARTY, [record_name])
    columns = [d[0] for d in found.description or []]
    rows = found.fetchall()
    return {} if len(rows) == 0 else {c: v for c, v in zip(columns, rows[0], strict=True) if v is not None and v != []}


def kinds(connection: duckdb.DuckDBPyConnection, names: Sequence[str]) -> dict[str, str]:
    """Kinds of those names whose words tell one."""
    return dict(connection.execute(KINDS, [list(names)]).fetchall())
