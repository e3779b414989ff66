from __future__ import annotations

from kit.matching import find_address_candidates
from kit.tables import from_rows
from tests.matching.factory import entities

LISTED = "FLAT 1, 16/F, WEALTH BUILDING, 18 LUARD ROAD, WANCHAI, HONG KONG"


def found_at(*records: tuple[str, str]) -> list[dict[str, object]]:
    listed = entities([("demo:a", LISTED), ("demo:b", "Kvartsit LLC")], address_only=["demo:a"])
    addresses = from_rows("addresses", [{"entity_id": "demo:b", "address": "5 DEMO STREET, SAMARA"}])
    rows: list[dict[str, object]] = find_address_candidates(addresses, listed, records).to_pylist()
    return rows


def test_a_record_at_the_listed_door_is_found() -> None:
    rows = found_at(("DEMO CO", "18 Luard Rd, Wealth Bldg, 16th Floor, Flat 1"))
    assert [row["entity_id"] for row in rows] == ["demo:a"]


def test_the_reason_says_to_which_part_the_addresses_agree() -> None:
    rows = found_at(("DEMO CO", "18 Luard Rd, Wealth Bldg, 16th Floor, Flat 2"))
    assert "another unit" in str(rows[0]["explanation"])


def test_another_street_number_is_no_candidate() -> None:
    assert found_at(("DEMO CO", "FLAT 1, 16/F, 81 LUARD ROAD")) == []


def test_addresses_of_ordinary_entries_are_left_out_by_default() -> None:
    assert found_at(("DEMO CO", "5 DEMO STREET, SAMARA")) == []
