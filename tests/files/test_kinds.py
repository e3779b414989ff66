from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kit.errors import FileError
from kit.files import FileKind, describe, fingerprint, kind_of, read_headerless, read_sheet, sha256, sheet_names
from tests.files.making import compound, old_workbook, text_file, workbook


def zipped(path: Path, files: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return path


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a,b\n1,2\n", FileKind.CSV),
        ("[name],country\nA,RU\n", FileKind.CSV),
        ('{"a": 1}', FileKind.JSON),
        ('[\n {"a": 1}\n]', FileKind.JSON),
        ('{"a": 1}\n{"a": 2}\n', FileKind.JSONL),
        ('<?xml version="1.0"?>\n<LIST/>', FileKind.XML),
        ("<!DOCTYPE html><html></html>", FileKind.HTML),
        ("  <table><tr><td>x</td></tr></table>", FileKind.HTML),
        ("%PDF-1.7\n", FileKind.PDF),
        ("", FileKind.EMPTY),
    ],
)
def test_kind_is_told_by_content(tmp_path: Path, text: str, kind: FileKind) -> None:
    assert kind_of(text_file(tmp_path, text)) is kind


def test_workbook_named_csv_is_read_as_workbook(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"list": [["name", "country"], ["A", "RU"]]}, name="list.csv")
    assert kind_of(path) is FileKind.XLSX
    assert read_sheet(path).columns == ("name", "country")


def test_gzip_counts_as_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "file.csv.gz"
    path.write_bytes(gzip.compress(b"a,b\n1,2\n"))
    assert kind_of(path) is FileKind.CSV
    assert read_sheet(path).rows.to_pylist() == [{"a": "1", "b": "2", "source_row": 2}]


def test_gzip_cut_off_is_refused_plainly(tmp_path: Path) -> None:
    path = tmp_path / "file.csv.gz"
    path.write_bytes(gzip.compress("\n".join(f"{i},{i * 7919 % 10007}" for i in range(50_000)).encode())[:-2000])
    with pytest.raises(FileError, match="cut off"):
        read_sheet(path)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(bytes(range(256)) * 40)
    assert kind_of(path) is FileKind.BINARY
    with pytest.raises(FileError, match="no text"):
        read_sheet(path)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"none\.csv"):
        read_sheet(tmp_path / "none.csv")


def test_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="No file at"):
        read_sheet(tmp_path)


def test_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="0 bytes"):
        read_sheet(text_file(tmp_path, ""))


def test_empty_file_without_header_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="0 bytes"):
        read_headerless(text_file(tmp_path, ""), ["a"])


def test_zip_of_one_file_names_it_and_says_how_to_unpack(tmp_path: Path) -> None:
    path = zipped(tmp_path / "list.csv", {"folder/list_2024.csv": "a,b\n"})
    with pytest.raises(FileError, match=r"'folder/list_2024\.csv'.*zipfile -e list\.csv"):
        read_sheet(path)


def test_zip_of_several_files_lists_them(tmp_path: Path) -> None:
    path = zipped(tmp_path / "list.csv", {"a.csv": "a\n", "b.csv": "b\n"})
    with pytest.raises(FileError, match=r"2 files \('a\.csv', 'b\.csv'\)"):
        read_sheet(path)


def test_damaged_zip_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "list.csv", {"a.csv": "a\n" * 1000})
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(FileError, match="damaged zip"):
        read_sheet(path)


def test_text_document_is_refused_with_advice(tmp_path: Path) -> None:
    path = zipped(tmp_path / "letter.docx", {"word/document.xml": "<w/>", "[Content_Types].xml": "<t/>"})
    with pytest.raises(FileError, match="docx"):
        read_sheet(path)


def test_web_page_instead_of_a_table_is_refused_with_advice(tmp_path: Path) -> None:
    path = text_file(tmp_path, "\n<!DOCTYPE html>\n<html><body>Please log in</body></html>")
    with pytest.raises(FileError, match="web page"):
        read_sheet(path)


def test_json_is_refused_with_advice(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="JSON"):
        read_sheet(text_file(tmp_path, '{"results": []}'))


def test_workbook_cut_off_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"list": [["name", "country"]] * 500})
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(FileError, match="damaged workbook"):
        read_sheet(path)


def test_locked_workbook_is_refused_with_advice(tmp_path: Path) -> None:
    path = tmp_path / "locked.xlsx"
    path.write_bytes(compound({"EncryptionInfo": b"\x04\x00", "EncryptedPackage": b"secret"}))
    with pytest.raises(FileError, match="locked by a password"):
        read_sheet(path)


def test_old_word_document_is_refused_with_advice(tmp_path: Path) -> None:
    path = tmp_path / "letter.doc"
    path.write_bytes(compound({"WordDocument": b"text"}))
    with pytest.raises(FileError, match=r"old Word document.*save it as DOCX"):
        read_sheet(path)


def test_compound_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "slides.ppt"
    path.write_bytes(compound({"PowerPoint Document": b"text"}))
    with pytest.raises(FileError, match="damaged workbook"):
        read_sheet(path)


@pytest.mark.parametrize(
    "head", [b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"II*\0", b"RIFF\0\0\0\0WEBP", b"\0\0\0\x18ftypheic"]
)
def test_picture_is_refused_with_advice(tmp_path: Path, head: bytes) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(head + bytes(range(256)) * 40)
    with pytest.raises(FileError, match=r"found a picture.*OCR"):
        read_sheet(path)


def test_parquet_cut_off_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file.parquet"
    pq.write_table(pa.table({"a": range(1000)}), path)
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(FileError, match="cut off or damaged"):
        read_sheet(path)


def test_parquet_is_read_as_text(tmp_path: Path) -> None:
    path = tmp_path / "file.parquet"
    day = pa.array([19000, None], pa.date32())
    table = pa.table(
        {
            "code": pa.array(["0101", " "]),
            "value": [5.0, 0.25],
            "n": [1, None],
            "day": day,
            "kind": pa.array(["x", None]).dictionary_encode(),
        }
    )
    pq.write_table(table, path)
    assert read_sheet(path).rows.to_pylist() == [
        {"code": "0101", "value": "5", "n": "1", "day": "2022-01-08", "kind": "x", "source_row": 1},
        {"code": None, "value": "0.25", "n": None, "day": None, "kind": None, "source_row": 2},
    ]


def test_parquet_reads_chosen_columns_only(tmp_path: Path) -> None:
    path = tmp_path / "file.parquet"
    pq.write_table(pa.table({"a": [1], "b": [2]}), path)
    assert read_sheet(path, columns=["b"]).columns == ("b",)


def test_fingerprint_changes_with_the_content(tmp_path: Path) -> None:
    first = fingerprint(text_file(tmp_path, "a,b\n"))
    second = fingerprint(text_file(tmp_path, "a,c\n"))
    assert first.sha256 != second.sha256
    assert (first.bytes, first.modified[-6:]) == (4, "+00:00")


def test_hash_of_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="No file"):
        sha256(tmp_path / "none")


def test_description_says_what_reading_assumes(tmp_path: Path) -> None:
    told = describe(text_file(tmp_path, "имя;город\nА;Б\nВ\n", encoding="cp1251"))
    assert (told.kind, told.encoding, told.delimiter, told.header_row) == (FileKind.CSV, "cp1251", ";", 1)
    assert (told.columns, told.rows, told.rejects) == (("имя", "город"), 1, 1)


def test_description_of_what_is_no_table_gives_its_kind(tmp_path: Path) -> None:
    assert describe(text_file(tmp_path, "<?xml version='1.0'?><a/>")).rows is None


def test_text_has_no_sheets(tmp_path: Path) -> None:
    assert sheet_names(text_file(tmp_path, "a,b\n")) == ()


def test_gzip_with_damaged_content_is_refused_plainly(tmp_path: Path) -> None:
    path = tmp_path / "file.csv.gz"
    packed = bytearray(gzip.compress(b"a,b\n1,2\n" * 50))
    packed[12:16] = b"\xff\xff\xff\xff"
    path.write_bytes(packed)
    with pytest.raises(FileError, match="cannot be opened"):
        read_sheet(path)


def test_parquet_without_header_is_refused_with_advice(tmp_path: Path) -> None:
    path = tmp_path / "file.parquet"
    pq.write_table(pa.table({"a": [1]}), path)
    with pytest.raises(FileError, match="names its columns"):
        read_headerless(path, ["a"])


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.8, 0.99])
def test_workbook_cut_anywhere_is_refused_plainly(tmp_path: Path, cut: float) -> None:
    whole = workbook(tmp_path, {"list": [["name", "country"], *[[f"A{i}", "RU"] for i in range(300)]]})
    content = whole.read_bytes()
    whole.write_bytes(content[: int(len(content) * cut)])
    with pytest.raises(FileError):
        read_sheet(whole)


@pytest.mark.parametrize("cut", [600, 1024, 2560, 4000])
def test_old_workbook_cut_anywhere_is_refused_plainly(tmp_path: Path, cut: int) -> None:
    path = old_workbook(tmp_path, [["name", "code"], ["A", 5.0]])
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(FileError, match="damaged workbook"):
        read_sheet(path)
