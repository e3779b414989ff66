"""Rows that tell of the same goods as another row: which counts, which is left out, and why."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kit.tables import ReadResult
from kit.trade import read_trade
from kit.trade.hashes import first_of_each, more_than_once
from kit.trade.mapping import mapping_from
from tests.trade.sheets import write_csv

LAYOUT: dict[str, Any] = {
    "layout": "own", "title": "Own", "kind": "declarations", "known_by": "own", "source": "a test",
    "recognize": {"columns": ["Number", "Sender"]},
    "columns": {"declaration_id": "Number", "consignor_name": "Sender", "value_usd": "Value", "hs_code": "Code"},
}  # fmt: skip
ROW = {"Number": "N1", "Line": "1", "State": "1", "Sender": "VEROLAN", "Value": "5", "Code": "854231"}


def reading(folder: Path, *changes: dict[str, str], **sections: Any) -> ReadResult:
    path = write_csv(folder / "records.csv", [ROW | change for change in changes])
    return read_trade(path, mapping=mapping_from(LAYOUT | sections, name="own.toml"))


def left_out(result: ReadResult) -> list[tuple[int, str]]:
    rows = result.tables["dropped"].to_pylist() if "dropped" in result.tables else []
    return [(row["source_row"], row["kind"]) for row in rows]


def test_every_row_that_is_left_out_stays_and_names_the_one_that_counts(tmp_path: Path) -> None:
    result = reading(tmp_path, {}, {"Number": "N2"}, {})
    rows = {row["source_row"]: row for row in result.tables["declarations"].to_pylist()}
    (dropped,) = result.tables["dropped"].to_pylist()
    assert len(rows) == 3
    assert rows[4]["repeat_of"] == dropped["kept_id"] == rows[2]["declaration_id"] == "N1@2"
    assert dropped["declaration_id"] == rows[4]["declaration_id"]
    assert dropped["explanation"] == "every cell is the same as in row 2"


def test_only_the_newest_state_of_a_record_counts(tmp_path: Path) -> None:
    keys = {"key": ["Number", "Line"], "revision": "State"}
    result = reading(tmp_path, {}, {"State": "10", "Value": "7"}, {"State": "2", "Value": "6"}, {"Line": "2"}, repeats=keys)
    assert left_out(result) == [(2, "revision"), (4, "revision")]
    kept = {row["kept_id"] for row in result.tables["dropped"].to_pylist()}
    assert kept == {"N1@3"}


def test_a_refused_row_never_counts_in_place_of_another(tmp_path: Path) -> None:
    keys = {"key": ["Number", "Line"], "revision": "State"}
    nothing = {"State": "3", "Sender": "", "Value": "", "Code": ""}
    result = reading(tmp_path, {}, {"State": "2", "Value": "6"}, nothing, repeats=keys)
    rows = result.tables["declarations"].to_pylist()
    assert [row["value_usd"] for row in rows if row["repeat_of"] is None] == [6.0]
    assert left_out(result) == [(2, "revision")]
    assert {row["kept_id"] for row in result.tables["dropped"].to_pylist()} <= {row["declaration_id"] for row in rows}


def test_states_may_be_dates(tmp_path: Path) -> None:
    keys = {"key": "Number", "revision": "State"}
    result = reading(tmp_path, {"State": "2024-02-01"}, {"State": "2023-12-31", "Value": "6"}, repeats=keys)
    assert left_out(result) == [(3, "revision")]


def test_lines_of_one_state_all_count(tmp_path: Path) -> None:
    keys = {"key": "Number", "revision": "State"}
    result = reading(tmp_path, {}, {"Line": "2"}, {"State": "2"}, {"State": "2", "Line": "2"}, repeats=keys)
    assert left_out(result) == [(2, "revision"), (3, "revision")]


def test_without_a_revision_the_key_alone_leaves_nothing_out(tmp_path: Path) -> None:
    assert left_out(reading(tmp_path, {}, {"Value": "6"}, repeats={"key": "Number"})) == []


def test_a_row_without_key_or_state_is_never_an_older_state(tmp_path: Path) -> None:
    keys = {"key": "Number", "revision": "State"}
    result = reading(tmp_path, {"Number": ""}, {"Number": "", "State": "2"}, {"State": ""}, {"State": "3"}, repeats=keys)
    assert left_out(result) == []


def test_a_total_beside_its_lines_is_left_out(tmp_path: Path) -> None:
    covers = {"whole": "Number", "part": "Line", "kind": "header total"}
    result = reading(
        tmp_path, {"Line": "", "Value": "11"}, {}, {"Line": "2", "Value": "6"}, {"Number": "N2", "Line": ""}, covers=covers
    )
    assert left_out(result) == [(2, "header total")]
    values = {row["source_row"]: row["value_usd"] for row in result.tables["declarations"].to_pylist()}
    assert values[2] == 11.0
    assert any("totals over lines" in note for note in result.notes)


@pytest.mark.parametrize(
    ("section", "fault"),
    [
        ({"repeats": {"revision": "State"}}, "repeats.key must name"),
        ({"repeats": {"key": "Number", "order": "State"}}, "unknown key repeats.order"),
        ({"repeats": {"key": "Number", "is_unique": "yes"}}, "repeats.is_unique must be"),
        ({"covers": {"whole": "Number", "part": "Line", "kind": "sum"}}, "kind is 'sum'"),
    ],
)
def test_faulty_keys_are_told(section: dict[str, Any], fault: str) -> None:
    with pytest.raises(Exception, match=fault):
        mapping_from(LAYOUT | section, name="own.toml")


def test_hashes_sorted_in_portions_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(int(hashlib.sha256(b"portions").hexdigest()[:8], 16))
    hashes = random.integers(0, 50, 400).astype(np.uint64)
    rows, firsts = first_of_each(hashes)
    monkeypatch.setattr("kit.trade.hashes.SORTED_AT_ONCE", 30)
    again, first_again = first_of_each(hashes)
    assert (rows.tolist(), firsts.tolist()) == (again.tolist(), first_again.tolist())
    expected = [(n, hashes.tolist().index(h)) for n, h in enumerate(hashes.tolist()) if h in hashes[:n].tolist()]
    assert list(zip(rows.tolist(), firsts.tolist(), strict=True)) == expected
    assert set(more_than_once(hashes).tolist()) == {h for h in hashes.tolist() if hashes.tolist().count(h) > 1}
