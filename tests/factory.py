"""Nouns with defaults, so that a test shows only what matters to it. Every party is invented."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from kit import tables
from kit.case import Case
from kit.model import FileRole
from kit.tables import ReadResult


def entity(number: int = 1, **changes: Any) -> dict[str, Any]:
    """One row of ENTITIES."""
    row = {
        "entity_id": f"letter:{number}", "schema": "Company", "name": f"Verolan Trade {number}", "topics": ["export.risk"],
        "countries": ["TR"], "list_id": "letter", "list_version": "2024-03-01", "is_address_only": False,
        "is_confidential": False, "source_file": "letter.xlsx", "source_row": number + 5,
    }  # fmt: skip
    return {**row, **changes}


def declaration(number: int = 1, **changes: Any) -> dict[str, Any]:
    """One row of DECLARATIONS."""
    row = {
        "declaration_id": f"D{number}", "reporter": "RU", "direction": "import", "record_level": "line",
        "date": dt.date(2023, 1 + (number - 1) % 12, 5), "date_precision": "day",
        "consignor_name": "VEROLAN TRADE 1 LTD STI", "consignee_name": "OOO ZARNITSA PRIBOR", "hs_code": "854231",
        "hs_level": 6, "goods_description": "integrated circuits", "value": 1000.0, "currency": "USD", "value_usd": 1000.0,
        "net_weight_kg": 2.0, "origin_country": "TW", "departure_country": "TR", "trading_country": "AE",
        "destination_country": "RU", "layout": "standard", "source_file": "imports.csv", "source_row": number + 1,
    }  # fmt: skip
    return {**row, **changes}


def flow(number: int = 1, **changes: Any) -> dict[str, Any]:
    """One row of FLOWS."""
    row = {
        "reporter": "DE", "partner": "KZ", "flow": "export", "period": f"2022-{1 + (number - 1) % 12:02d}", "hs_code": "85423190",
        "hs_level": 8, "value": 500.0, "currency": "EUR", "value_basis": "FOB", "source_file": "eurostat.parquet",
        "source_row": number,
    }  # fmt: skip
    return {**row, **changes}


def documented(number: int = 1, **changes: Any) -> dict[str, Any]:
    """One row of DOCUMENTED_FLOWS."""
    row = {
        "flow_id": f"F{number:03d}", "date_from": "2022-05", "consignor_name": "Verolan Trade 1", "consignor_country": "TR",
        "consignee_name": "Zarnitsa Pribor", "consignee_country": "RU", "goods": "integrated circuits",
        "source_title": "An invented act", "source_publisher": "An invented council", "source_url": "https://example.org/act",
        "confidence": "stated", "source_kind": "eu_legal_act", "source_file": "documented.csv", "source_row": number + 1,
    }  # fmt: skip
    return {**row, **changes}


def candidate(record_name: str, entity_id: str = "letter:1", **changes: Any) -> dict[str, Any]:
    """One row of CANDIDATES."""
    row = {
        "candidate_id": f"{record_name}~{entity_id}", "record_name": record_name, "role": "consignor", "entity_id": entity_id,
        "entity_name": "Verolan Trade 1", "name_kind": "name", "list_id": "letter", "list_version": "2024-03-01", "rank": 1,
        "score": 0.9, "band": "strong", "explanation": "Same distinctive word VEROLAN.", "evidence": "{}",
    }  # fmt: skip
    return {**row, **changes}


def add(case: Case, folder: Path, role: FileRole, **contents: list[dict[str, Any]]) -> None:
    """Put rows into a case as if a reader had read them from one file."""
    path = folder / f"{'_'.join(contents)}.csv"
    path.write_text(repr(contents), encoding="utf-8")
    found = {name: tables.from_rows(name, rows) for name, rows in contents.items()}
    count = sum(len(rows) for rows in contents.values())
    case.add(ReadResult(role, "factory", found, tables.empty("rejects"), rows_read=count, version="2024-03-01"), path)


def small_case(folder: Path, **changes: list[dict[str, Any]]) -> Case:
    """A case with one listed party, twelve declarations, twelve flows, one documented flow and one candidate."""
    case = Case.create(folder / "case")
    name = {"entity_id": "letter:1", "name": "Verolan Trade 1", "kind": "name", "script": "Latin"}
    sanction = {"entity_id": "letter:1", "authority": "Letter", "program_id": "letter", "listing_date": dt.date(2023, 6, 1)}
    add(case, folder, FileRole.LIST, entities=changes.get("entities", [entity()]), names=[name], sanctions=[sanction])
    plain = [declaration(n, consignor_name="HANDEL GMBH", hs_code="690721", departure_country="DE") for n in range(7, 13)]
    lines = changes.get("declarations", [declaration(n) for n in range(1, 7)] + plain)
    add(case, folder, FileRole.DECLARATIONS, declarations=lines)
    add(case, folder, FileRole.STATISTICS, flows=changes.get("flows", [flow(n) for n in range(1, 13)]))
    add(case, folder, FileRole.STATISTICS, documented_flows=changes.get("documented_flows", [documented()]))
    found = changes.get("candidates", [candidate("VEROLAN TRADE 1 LTD STI"), candidate("Verolan Trade 1")])
    case.replace("candidates", tables.from_rows("candidates", found))
    return case
