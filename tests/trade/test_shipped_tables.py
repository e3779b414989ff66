"""Readers of files that are already in the kit's own columns: documented flows, and FLOWS as Parquet."""

from __future__ import annotations

import csv
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kit.errors import FileError, FormatError, TableError
from kit.model import FileRole
from kit.tables import from_rows
from kit.trade import bundled, documented
from tests import factory


def write_documented(folder: Path, *rows: dict[str, object], without: str = "") -> Path:
    path = folder / "documented.csv"
    columns = [name for name in documented.COLUMNS if name != without]
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, columns, extrasaction="ignore")
        table.writeheader()
        table.writerows(rows)
    return path


def test_documented_flows_are_known_by_their_columns(tmp_path: Path) -> None:
    assert documented.recognizes(write_documented(tmp_path, factory.documented()))
    assert not documented.recognizes(write_documented(tmp_path, factory.documented(), without="confidence"))


def test_documented_flows_keep_their_line(tmp_path: Path) -> None:
    result = documented.read(write_documented(tmp_path, factory.documented(1), factory.documented(2)))
    assert result.role is FileRole.STATISTICS
    assert result.tables["documented_flows"].select(["flow_id", "source_file", "source_row"]).to_pylist() == [
        {"flow_id": "F001", "source_file": "documented.csv", "source_row": 2},
        {"flow_id": "F002", "source_file": "documented.csv", "source_row": 3},
    ]


def test_a_missing_column_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="DOCUMENTED_FLOWS"):
        documented.read(write_documented(tmp_path, factory.documented(), without="confidence"))


def test_a_row_without_source_is_refused_with_its_line(tmp_path: Path) -> None:
    result = documented.read(write_documented(tmp_path, factory.documented(1), factory.documented(2, source_url="")))
    assert result.rows_read == 1
    assert result.rejects.select(["source_row", "reason"]).to_pylist() == [
        {"source_row": 3, "reason": "row not read: no source_url"}
    ]


def test_an_unreadable_value_leaves_its_row_in(tmp_path: Path) -> None:
    result = documented.read(write_documented(tmp_path, factory.documented(value_usd="about nine")))
    assert result.tables["documented_flows"]["value_usd"].to_pylist() == [None]
    assert result.rejects["reason"][0].as_py().startswith("value not read")


def write_flows(folder: Path, table: pa.Table) -> Path:
    path = folder / "flows.parquet"
    pq.write_table(table, path)
    return path


def test_flows_are_known_by_exactly_their_columns(tmp_path: Path) -> None:
    table = from_rows("flows", [factory.flow()])
    assert bundled.recognizes(write_flows(tmp_path, table))
    assert not bundled.recognizes(write_flows(tmp_path, table.drop_columns(["flow"])))


def test_flows_name_the_file_that_was_read(tmp_path: Path) -> None:
    result = bundled.read(write_flows(tmp_path, from_rows("flows", [factory.flow(1), factory.flow(2)])))
    assert result.tables["flows"].select(["source_file", "source_row"]).to_pylist() == [
        {"source_file": "flows.parquet", "source_row": 1},
        {"source_file": "flows.parquet", "source_row": 2},
    ]


def test_flows_without_a_reporter_break_the_contract(tmp_path: Path) -> None:
    table = pa.Table.from_pylist([factory.flow(reporter=None)], schema=from_rows("flows", []).schema)
    with pytest.raises(TableError, match="'reporter' is empty in 1 rows"):
        bundled.read(write_flows(tmp_path, table))


def test_a_truncated_parquet_is_one_clear_error(tmp_path: Path) -> None:
    path = write_flows(tmp_path, from_rows("flows", [factory.flow()]))
    path.write_bytes(path.read_bytes()[:-20])
    assert not bundled.recognizes(path)
    with pytest.raises(FileError, match="damaged Parquet"):
        bundled.read(path)


def test_other_columns_are_refused(tmp_path: Path) -> None:
    path = write_flows(tmp_path, from_rows("flows", [factory.flow()]).drop_columns(["flow"]))
    with pytest.raises(FormatError, match="exactly the columns of FLOWS"):
        bundled.read(path)
