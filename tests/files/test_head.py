from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kit.errors import FileError
from kit.files import read_head, read_sheet
from kit.files.reading import HEAD_BYTES, HEAD_ROWS
from tests.files.making import text_file, workbook

LONG = "имя;город\n" + "Ромашка и сыновья;Алматы\n" * 20_000


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1251"])
def test_beginning_of_a_long_file_ends_with_a_whole_row(tmp_path: Path, encoding: str) -> None:
    path = text_file(tmp_path, LONG, encoding=encoding)
    assert path.stat().st_size > HEAD_BYTES
    head = read_head(path)
    assert head.columns == ("имя", "город")
    assert 1000 < len(head.rows) < 20_000
    assert set(head.rows["город"].to_pylist()) == {"Алматы"}
    assert (head.encoding, head.delimiter, len(head.rejects)) == (read_sheet(path).encoding, ";", 0)


def test_short_file_is_read_whole(tmp_path: Path) -> None:
    path = text_file(tmp_path, "a,b\n1,2\n3,4")
    assert read_head(path).rows.to_pylist() == read_sheet(path).rows.to_pylist()


def test_one_endless_line_is_refused_plainly(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="columns at most"):
        read_head(text_file(tmp_path, "a,b," * 200_000))


def test_parquet_gives_its_first_rows(tmp_path: Path) -> None:
    path = tmp_path / "file.parquet"
    pq.write_table(pa.table({"a": range(5000)}), path)
    assert len(read_head(path).rows) == HEAD_ROWS


def test_parquet_without_rows_gives_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "file.parquet"
    pq.write_table(pa.table({"a": pa.array([], pa.int64())}), path)
    assert read_head(path).columns == ("a",)


def test_workbook_gives_its_first_rows(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"a": [["n", "x"], *[[i, "x"] for i in range(1500)]]})
    assert len(read_head(path).rows) == HEAD_ROWS


def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="XML"):
        read_head(text_file(tmp_path, "<?xml version='1.0'?><a/>"))
