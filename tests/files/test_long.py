"""A file read in parts gives the same rows, rejects and notes as one read whole."""

from __future__ import annotations

import gzip
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kit.errors import FileError
from kit.files import Sheet, read_sheet, sha256
from kit.files.blocks import parse_plain
from kit.files.long import LongSheet, read_long, together
from tests.files.making import csv_text, text_file

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1251")
CELL = st.text("abX1 .,;\t\"'-Рж\u00a0", max_size=8)
LINE = st.text('ab1 ,,,,""Рж', max_size=14)
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=150)


def in_parts(path: Path, size: int, header_row: int | None = None) -> Sheet:
    with tempfile.TemporaryDirectory() as folder:
        return together(read_long(path, Path(folder), header_row=header_row, size=size))


def assert_same(path: Path, size: int, header_row: int | None = None) -> None:
    whole, parts = read_sheet(path, header_row=header_row), in_parts(path, size, header_row)
    assert parts.rows.to_pylist() == whole.rows.to_pylist()
    assert parts.rejects.to_pylist() == whole.rejects.to_pylist()
    told = ("source_file", "sheet", "header_row", "columns", "encoding", "delimiter", "notes")
    assert [getattr(parts, name) for name in told] == [getattr(whole, name) for name in told]


@UNHURRIED
@given(
    st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=12),
    st.sampled_from(ENCODINGS),
    st.sampled_from(["\n", "\r\n"]),
    st.integers(1, 80),
)
def test_any_table_in_parts_is_the_same(rows: list[list[str]], encoding: str, end: str, size: int) -> None:
    text = csv_text([["name", "place", "code"], *rows], delimiter=";", end=end)
    with tempfile.TemporaryDirectory() as folder:
        assert_same(text_file(Path(folder), text, encoding=encoding), size, 1)


@UNHURRIED
@given(st.lists(LINE, max_size=14), st.sampled_from(["\n", "\r\n", "\r", "\n\n"]), st.integers(1, 60))
def test_any_lines_in_parts_are_the_same(lines: list[str], end: str, size: int) -> None:
    text = end.join(["name,place,code", *lines])
    assume(text.strip() != "")
    with tempfile.TemporaryDirectory() as folder:
        assert_same(text_file(Path(folder), text), size, 1)


@UNHURRIED
@given(st.lists(LINE, max_size=10))
def test_what_the_quick_parser_takes_is_what_the_careful_one_gives(lines: list[str]) -> None:
    text = "".join(line + "\n" for line in lines)
    rows = parse_plain(text.encode(), ("name", "place", "code"), ",", 2)
    if rows is not None and len(rows) > 0:
        with tempfile.TemporaryDirectory() as folder:
            path = text_file(Path(folder), "name,place,code\n" + text)
            careful = read_sheet(path, header_row=1, delimiter=",")
        kept = [row for row in rows.to_pylist() if any(row[name] is not None for name in ("name", "place", "code"))]
        header = {"name": "name", "place": "place", "code": "code"}
        assert [row for row in kept if row | header != row] == careful.rows.to_pylist()


@pytest.mark.parametrize("ending", ["\x1a", "\0\n", "last,line,without an end", "\n\n\n", '"open,', "a,b\n"])
def test_odd_endings_are_read_the_same(tmp_path: Path, ending: str) -> None:
    assert_same(text_file(tmp_path, "name,place,code\n" + "Ромашка,Алматы,1\n" * 30 + ending), 64)


def test_quoted_cell_over_the_end_of_a_block_is_one_row(tmp_path: Path) -> None:
    text = "name,place,code\n" + 'A,"first\nsecond\nthird",1\n' * 20
    assert_same(text_file(tmp_path, text), 40)
    assert len(in_parts(tmp_path / "file.csv", 40).rows) == 20


def test_titles_and_pages_are_left_out_the_same(tmp_path: Path) -> None:
    page = "name,place,code\n1,2,3\n" + "Ромашка,Алматы,1\n" * 12
    assert_same(text_file(tmp_path, "Report of May\n\n" + page + page), 100)


def test_column_without_header_and_value_is_left_out(tmp_path: Path) -> None:
    assert_same(text_file(tmp_path, "name,,code,\n" + "A,,1,\n" * 20 + "A,,1,x\n"), 50)


def test_gzip_is_unpacked_and_its_own_bytes_are_hashed(tmp_path: Path) -> None:
    plain = text_file(tmp_path, "name,place,code\n" + "A,B,1\n" * 50)
    packed = tmp_path / "packed.csv"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert_same(packed, 64)
    (tmp_path / "parts").mkdir()
    assert read_long(packed, tmp_path / "parts").sha256 == sha256(packed)


def test_header_alone_gives_no_rows(tmp_path: Path) -> None:
    assert_same(text_file(tmp_path, "name,place,code\n"), 64)


def test_blank_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="only blank lines"):
        read_long(text_file(tmp_path, "\n\n"), tmp_path)


def test_progress_ends_at_the_whole_file(tmp_path: Path) -> None:
    path = text_file(tmp_path, "name,place,code\n" + "A,B,1\n" * 200)
    heard: list[tuple[int, int]] = []
    (tmp_path / "parts").mkdir()
    read_long(path, tmp_path / "parts", progress=lambda done, total: heard.append((done, total)), size=100)
    size = path.stat().st_size
    assert heard[-1] == (size, size)
    assert [done for done, _ in heard] == sorted(done for done, _ in heard)


def test_parts_come_in_order_with_the_number_of_their_first_row(tmp_path: Path) -> None:
    path = text_file(tmp_path, "name,place,code\n" + "".join(f"A,B,{n}\n" for n in range(300)))
    (tmp_path / "parts").mkdir()
    sheet: LongSheet = read_long(path, tmp_path / "parts", size=100)
    firsts = list(sheet.map(lambda start, part: (start, part.rows["code"][0].as_py())))
    assert len(firsts) > 5
    assert all(start == int(code) for start, code in firsts)
