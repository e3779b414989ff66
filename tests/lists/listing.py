"""Short ways to write a list file and to look at what was read."""

import csv
from pathlib import Path
from typing import Any

from kit.tables import ReadResult

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "lists"


def write_csv(path: Path, rows: list[dict[str, str]], columns: list[str] | None = None) -> Path:
    """Write rows of text under the given columns; absent cells are empty."""
    names = columns if columns is not None else list(rows[0])
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def rows(result: ReadResult, table: str, entity_id: str | None = None) -> list[dict[str, Any]]:
    """Rows of a table, of one entity if given."""
    found = result.tables[table].to_pylist()
    return [row for row in found if entity_id is None or row["entity_id"] == entity_id]


def named(result: ReadResult, name: str) -> dict[str, Any]:
    """The only entity of a name."""
    found = [row for row in rows(result, "entities") if row["name"] == name]
    assert len(found) == 1, f"{len(found)} entities are called {name!r}"
    return found[0]


def names_of(result: ReadResult, entity_id: str) -> dict[str, str]:
    """Names of an entity and their kinds."""
    return {row["name"]: row["kind"] for row in rows(result, "names", entity_id)}
