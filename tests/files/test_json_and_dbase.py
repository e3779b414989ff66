"""Tables that come as JSON or dBase."""

import gzip
import json
import struct
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit.errors import FileError, KitError
from kit.files import FileKind, kind_of, read_sheet

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def write(folder: Path, content: Any, name: str = "file.json") -> Path:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def rows(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read_sheet(path).rows.to_pylist()
    return found


def dbase(
    records: list[list[str]], *, columns: str = "NAME:C10 DAY:D8 VALUE:N6", code_page: int = 0xC9, promise: int = 0
) -> bytes:
    """A dBase file; a record whose first cell begins with * is marked as deleted."""
    parts = [(c.split(":")[0], c.split(":")[1][0], int(c.split(":")[1][1:])) for c in columns.split()]
    width = 1 + sum(size for _, _, size in parts)
    head = struct.pack("<4BIHH", 3, 124, 11, 24, promise or len(records), 32 + 32 * len(parts) + 1, width)
    head += bytes(17) + bytes([code_page]) + bytes(2)
    for name, kind, size in parts:
        head += name.encode().ljust(11, b"\0") + kind.encode() + bytes(4) + bytes([size]) + bytes(15)
    body = b""
    for record in records:
        body += b"*" if record[0].startswith("*") else b" "
        body += b"".join(
            cell.lstrip("*").encode("cp1251").ljust(size)[:size] for cell, (_, _, size) in zip(record, parts, strict=True)
        )
    return head + b"\r" + body + b"\x1a"


def test_records_of_a_list_become_rows(tmp_path: Path) -> None:
    assert rows(write(tmp_path, [{"a": 1, "b": "x"}, {"b": 2.5}])) == [
        {"a": "1", "b": "x", "source_row": 1},
        {"a": None, "b": "2.5", "source_row": 2},
    ]


def test_the_one_list_inside_an_object_is_found(tmp_path: Path) -> None:
    assert rows(write(tmp_path, {"count": 1, "data": [{"a": "x"}]})) == [{"a": "x", "source_row": 1}]


def test_inner_objects_and_lists_get_named_columns(tmp_path: Path) -> None:
    (row,) = rows(write(tmp_path, [{"buyer": {"name": "A"}, "codes": ["1", "2"], "hs": [{"code": "85"}, {"code": "84"}]}]))
    assert row == {"buyer.name": "A", "codes": "1; 2", "hs[].code": "85; 84", "source_row": 1}


def test_a_list_of_lists_has_its_header_first(tmp_path: Path) -> None:
    sheet = read_sheet(write(tmp_path, [["CTY_CODE", "YEAR"], ["4621", "2023"], ["short"]]))
    assert sheet.rows.to_pylist() == [{"CTY_CODE": "4621", "YEAR": "2023", "source_row": 1}]
    assert sheet.rejects.column("source_row").to_pylist() == [2]


def test_a_broken_line_is_refused_by_itself(tmp_path: Path) -> None:
    sheet = read_sheet(write(tmp_path, '{"a": 1}\n{"a": \n{"a": 3}\n', "file.jsonl"))
    assert sheet.rows.column("a").to_pylist() == ["1", "3"]
    assert sheet.rejects.to_pylist()[0]["source_row"] == 2


@pytest.mark.parametrize("content", ['[{"a": 1}', '{"a": 1, "b": 2}', "[1, 2]", "[]", '{"a": [{"x": 1}], "b": [{"x": 1}]}'])
def test_json_without_one_list_of_records_is_refused_or_listed(tmp_path: Path, content: str) -> None:
    try:
        sheet = read_sheet(write(tmp_path, content))
    except FileError as problem:
        assert "list of records" in str(problem) or "whole JSON" in str(problem)
    else:
        assert len(sheet.rows) == 0
        assert len(sheet.rejects) > 0


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(VALUES, min_size=1, max_size=5))
def test_no_record_of_any_json_is_lost(tmp_path: Path, records: list[Any]) -> None:
    path = write(tmp_path, records)
    try:
        sheet = read_sheet(path)
    except KitError:
        return
    header = 1 if all(isinstance(record, list) for record in records) else 0
    assert len(sheet.rows) + len(sheet.rejects) == len(records) - header


def test_a_dbase_table_is_told_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(dbase([["ООО А", "20240514", "12"]]))
    assert kind_of(path) is FileKind.DBF
    assert rows(path) == [{"NAME": "ООО А", "DAY": "2024-05-14", "VALUE": "12", "source_row": 1}]


def test_a_packed_dbase_table_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.dbf.gz"
    path.write_bytes(gzip.compress(dbase([["A", "20240514", "12"]] * 50)))
    assert len(rows(path)) == 50


def test_deleted_records_are_left_out_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "x.dbf"
    path.write_bytes(dbase([["A", "20240514", "1"], ["*B", "20240514", "2"]]))
    sheet = read_sheet(path)
    assert sheet.rows.column("NAME").to_pylist() == ["A"]
    assert any("1 record that the file marks as deleted" in note for note in sheet.notes)


def test_a_dbase_file_that_ends_early_says_so(tmp_path: Path) -> None:
    path = tmp_path / "x.dbf"
    path.write_bytes(dbase([["A", "20240514", "1"]], promise=3))
    sheet = read_sheet(path)
    assert len(sheet.rows) == 1
    assert "promises 3 records" in sheet.rejects.to_pylist()[0]["reason"]


def test_a_dbase_file_without_a_code_page_says_what_was_guessed(tmp_path: Path) -> None:
    path = tmp_path / "x.dbf"
    path.write_bytes(dbase([["A", "20240514", "1"]], code_page=0))
    assert any("names no code page" in note for note in read_sheet(path).notes)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.integers(0, 200))
def test_damaged_dbase_files_give_an_error_or_rows(tmp_path: Path, noise: bytes, at: int) -> None:
    whole = dbase([["A", "20240514", "1"], ["B", "20240515", "2"]])
    path = tmp_path / "x.dbf"
    path.write_bytes(whole[:at] + noise + whole[at + len(noise) :])
    try:
        read_sheet(path)
    except KitError:
        return
