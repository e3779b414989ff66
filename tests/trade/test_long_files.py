"""Declarations read part by part are the same as declarations read whole, in memory and on disk."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit.case import Case
from kit.files import read_sheet
from kit.files.long import read_long
from kit.stored import StoredTable
from kit.tables import ReadResult
from kit.trade import load_mappings, read_trade, reader
from tests.trade.sheets import STANDARD, write_csv

STANDARD_LAYOUT = next(m for m in load_mappings() if m.layout == "standard")
ROWS = st.fixed_dictionaries({
    "declaration_id": st.sampled_from(["", "D1", "D2", "D3", "NULL"]),
    "date": st.sampled_from(["2023-05-04", "12/07/2023", "25/07/2023", "07/25/2023", "Dec 2024", "NULL", "soon", "1900-01-01"]),
    "consignor_name": st.sampled_from(["VEROLAN, LTD", "Итого:", "", "null"]),
    "hs_code": st.sampled_from(["8542319000", "804400000", "CHIPS", ""]),
    "value": st.sampled_from(["1200.50", "1,234.56", "12,5", "1.234", "1 234,5", "-5", "x", "", "20500", "NaN"]),
    "currency": st.sampled_from(["USD", "KZT", "руб", "shells", ""]),
    "origin_country": st.sampled_from(["КИТАЙ", "EU", "GEORGIA", "ATLANTIS", "NA", ""]),
})  # fmt: skip


def same(whole: ReadResult, parts: ReadResult) -> None:
    read = {name: table.to_pylist() for name, table in whole.tables.items()}
    assert {name: table.to_pylist() for name, table in parts.tables.items()} == read
    assert parts.rejects.to_pylist() == whole.rejects.to_pylist()
    assert (parts.notes, parts.columns, parts.rows_read) == (whole.notes, whole.columns, whole.rows_read)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ROWS, min_size=1, max_size=25), st.integers(60, 600), st.booleans())
def test_any_records_in_parts_are_the_same(rows: list[dict[str, Any]], size: int, on_disk: bool) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        path = write_csv(folder / "records.csv", rows)
        (folder / "parts").mkdir()
        sheet = read_long(path, folder / "parts", header_row=1, size=size)
        parts = reader.apply(sheet, STANDARD_LAYOUT, folder=folder if on_disk else None)
        same(reader.apply(read_sheet(path, header_row=1), STANDARD_LAYOUT), parts)


def long_standard(folder: Path) -> Path:
    changes = [{"declaration_id": f"D{n // 2}", "value": f"{n % 7}.5", "date": f"2023-01-{n % 28 + 1:02d}"} for n in range(400)]
    return write_csv(
        folder / "records.csv", [STANDARD | change for change in [*changes, changes[3], {**changes[4], "value": "x"}]]
    )


def test_a_long_file_is_read_into_the_case_as_a_short_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = long_standard(tmp_path)
    short = read_trade(path)
    monkeypatch.setattr(reader, "LONG", 1000)
    case = Case.create(tmp_path / "case")
    result = read_trade(path, folder=case.workplace())
    assert isinstance(result.tables["declarations"], StoredTable)
    same(short, result)
    source = case.add(result, path)
    assert case.read("declarations").to_pylist() == short.tables["declarations"].to_pylist()
    assert case.read("dropped").to_pylist() == short.tables["dropped"].to_pylist()
    assert source.sha256 == case.add(short, path).sha256


def test_a_long_file_without_a_folder_is_held_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = long_standard(tmp_path)
    short = read_trade(path)
    monkeypatch.setattr(reader, "LONG", 1000)
    same(short, read_trade(path))


def test_progress_of_a_long_file_goes_up_to_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = long_standard(tmp_path)
    monkeypatch.setattr(reader, "LONG", 1000)
    heard: list[int] = []
    read_trade(path, progress=lambda done, _: heard.append(done))
    assert heard == sorted(heard)
    assert heard[-1] == path.stat().st_size


def test_statistics_in_a_long_file_are_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = {
        "flow": "export",
        "reporter": "DE",
        "partner": "KZ",
        "period": "202201",
        "level": "6",
        "code": "854231",
        "value_eur": "5",
    }
    path = write_csv(tmp_path / "figures.csv", [row | {"period": f"2022{n % 12 + 1:02d}"} for n in range(100)])
    short = read_trade(path)
    monkeypatch.setattr(reader, "LONG", 1000)
    same(short, read_trade(path))


def test_an_unknown_layout_in_a_long_file_is_proposed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"Date": "2024-01-02", "Shipper": "VEROLAN LTD", "Consignee": "ZARNITSA LLC", "HS": "854231", "Value USD": "5.25"}
    path = write_csv(tmp_path / "unknown.csv", [row | {"HS": f"8542{n % 90 + 10}"} for n in range(100)])
    short = read_trade(path)
    monkeypatch.setattr(reader, "LONG", 1000)
    same(short, read_trade(path))


def test_a_stored_table_answers_like_a_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = long_standard(tmp_path)
    monkeypatch.setattr(reader, "LONG", 1000)
    table = read_trade(path, folder=tmp_path).tables["declarations"]
    whole = table.read()
    assert (len(table), table.num_rows, table.column_names) == (402, 402, whole.column_names)
    assert table.slice(5, 3).to_pylist() == whole.slice(5, 3).to_pylist()
    assert table.column("value").to_pylist() == whole.column("value").to_pylist()
    assert len(table.to_pandas()) == 402
