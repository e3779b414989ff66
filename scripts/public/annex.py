"""Entries of Annex IV to Regulation (EU) No 833/2014, restated as facts in the kit's own columns; persons are left out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kit.lists import read_list
from kit.lists.readers.bundled_eu import COLUMNS, JOINT, NUMBERS
from kit.model import Schema

SOURCE = "eu_journal_32014R0833.csv"
ANNEX = "Annex IV"
_LICENSE = "EU legal act: reuse with attribution (Commission Decision 2011/833/EU)"


def _grouped(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["entity_id"]].append(row)
    return found


def choose(lists: Path) -> tuple[list[dict[str, str]], Counter[str]]:
    """The entries in the order of the annex, and what was left out and why."""
    tables = read_list(lists / SOURCE).tables
    sanctions = {row["entity_id"]: row for row in tables["sanctions"].to_pylist()}
    parts = {name: _grouped(tables[name].to_pylist()) for name in ("names", "addresses", "identifiers")}
    entities = tables["entities"].to_pylist()
    latest = max(row["listing_date"] for row in sanctions.values() if _is_here(row) and row["listing_date"] is not None)
    out, left = [], Counter[str]()
    for entity in entities:
        sanction = sanctions[entity["entity_id"]]
        if not _is_here(sanction):
            continue
        if entity["schema"] == Schema.PERSON:
            left["a person"] += 1
        elif sanction["listing_date"] is None:
            left["no day of listing"] += 1
        else:
            own = {name: held.get(entity["entity_id"], []) for name, held in parts.items()}
            out.append(_entry(entity, sanction, own, latest.isoformat()))
    return out, left


def _is_here(sanction: Mapping[str, Any]) -> bool:
    return str(sanction["provisions"]).endswith(ANNEX)


def _entry(
    entity: Mapping[str, Any], sanction: Mapping[str, Any], own: Mapping[str, list[dict[str, Any]]], edition: str
) -> dict[str, str]:
    numbers = {kind: [row["value"] for row in own["identifiers"] if row["kind"] == kind] for kind in NUMBERS}
    values = {
        "entry_id": str(entity["entity_id"]).split(":", 1)[1], "name": entity["name"],
        "aliases": JOINT.join(row["name"] for row in own["names"] if row["name"] != entity["name"]),
        "countries": JOINT.join(entity["countries"] or []),
        "addresses": JOINT.join(" ".join(row["address"].split()) for row in own["addresses"]),
        **{kind: JOINT.join(held) for kind, held in numbers.items()},
        "listing_date": sanction["listing_date"].isoformat(), "citation": sanction["citation"], "source_edition": edition,
        "source_file": entity["source_file"], "line_in_source": str(entity["source_row"]), "source_url": sanction["source_url"],
        "license": _LICENSE,
    }  # fmt: skip
    return {column: values[column] for column in COLUMNS}
