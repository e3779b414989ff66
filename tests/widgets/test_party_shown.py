from __future__ import annotations

import json
from pathlib import Path

from kit.flows import open_store
from kit.model import FileRole
from kit.parties import describe_case
from kit.widgets.explorer.party import party_nodes
from tests import factory


def shown(folder: Path, name: str) -> str:
    case = factory.small_case(folder)
    factory.add(case, folder, FileRole.DECLARATIONS, declarations=[factory.declaration(40, consignee_name=name, source_row=40)])
    describe_case(case)
    return json.dumps(list(party_nodes(open_store(case).party(name))), ensure_ascii=False, default=vars)


def test_kind_stands_with_its_reason(tmp_path: Path) -> None:
    assert "forwarder or carrier, guessed from the word 'LOGISTICS'" in shown(tmp_path, "DEMO LOGISTICS LLC")


def test_principal_agent_and_checked_number_are_shown(tmp_path: Path) -> None:
    text = shown(tmp_path, "DEMO FREIGHT ON BEHALF OF OOO KVARTSIT INN 7707083893")
    assert all(part in text for part in ("OOO KVARTSIT", "DEMO FREIGHT", "7707083893: inn, check digits right (from the name)"))


def test_a_plain_name_shows_nothing_more(tmp_path: Path) -> None:
    assert shown(tmp_path, "OOO KVARTSIT") == "[]"
