from __future__ import annotations

import datetime
import io
from pathlib import Path

import openpyxl
import pytest

from kit.errors import FileError
from kit.files import describe, kind_of, read_headerless, read_sheet, sheet_names
from kit.files.kinds import FileKind
from kit.files.packed import _extent
from kit.files.workbooks import BATCH
from tests.files.making import old_workbook, workbook


def test_numbers_lose_neither_digits_nor_gain_points(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"s": [["code", "value", "tiny"], [6907219009, 74436.04999999999, 1e-7], [8542, 12.5, 3e20]]})
    rows = read_sheet(path).rows.to_pylist()
    assert rows[0] == {"code": "6907219009", "value": "74436.05", "tiny": "0.0000001", "source_row": 2}
    assert rows[1]["tiny"] == "300000000000000000000"


def test_dates_and_flags_become_plain_text(tmp_path: Path) -> None:
    day, moment = datetime.date(2024, 3, 17), datetime.datetime(2024, 3, 17, 9, 30)  # noqa: DTZ001
    path = workbook(tmp_path, {"s": [["day", "moment", "flag"], [day, moment, True]]})
    assert read_sheet(path).rows.to_pylist()[0] == {
        "day": "2024-03-17",
        "moment": "2024-03-17 09:30:00",
        "flag": "TRUE",
        "source_row": 2,
    }


def test_header_in_row_six_is_found_under_a_logo(tmp_path: Path) -> None:
    blank: list[object] = [None] * 4
    rows = [blank, [None, None, "DATA"], blank, blank, blank, ["HS CODE", "BUYER", "SELLER", "VALUE"], ["8542", "A", "B", 5]]
    sheet = read_sheet(workbook(tmp_path, {"Sheet": rows}))
    assert sheet.header_row == 6
    assert sheet.rows.to_pylist() == [{"HS CODE": "8542", "BUYER": "A", "SELLER": "B", "VALUE": "5", "source_row": 7}]


def test_table_that_starts_in_another_column_is_read(tmp_path: Path) -> None:
    rows = [[None, None, None], [None, "name", "country"], [None, "A", "RU"]]
    sheet = read_sheet(workbook(tmp_path, {"s": rows}))
    assert sheet.columns == ("name", "country")


def test_title_merged_over_the_table_is_no_header(tmp_path: Path) -> None:
    rows = [["List of parties", None, None], ["No", "Name", "Country"], [1, "A", "RU"], [2, "B", "KZ"]]
    sheet = read_sheet(workbook(tmp_path, {"s": rows}, merged=["A1:C1"]))
    assert (sheet.header_row, sheet.columns) == (2, ("No", "Name", "Country"))


def test_header_merged_over_two_rows_is_joined(tmp_path: Path) -> None:
    rows = [
        ["No", "Sender", None, "Receiver", None],
        [None, "name", "address", "name", "address"],
        [1, "A", "Street 1", "B", "Street 2"],
    ]
    sheet = read_sheet(workbook(tmp_path, {"s": rows}, merged=["A1:A2", "B1:C1", "D1:E1"]))
    assert sheet.columns == ("No", "Sender: name", "Sender: address", "Receiver: name", "Receiver: address")
    assert (sheet.header_row, len(sheet.rows)) == (2, 1)


def test_group_headers_without_a_downward_merge_are_joined(tmp_path: Path) -> None:
    rows = [[None, "Sender", None, "Receiver", None], ["No", "name", "city", "name", "city"], [1, "A", "x", "B", "y"]]
    sheet = read_sheet(workbook(tmp_path, {"s": rows}, merged=["B1:C1", "D1:E1"]))
    assert sheet.columns == ("No", "Sender: name", "Sender: city", "Receiver: name", "Receiver: city")


def test_merged_cells_below_the_header_keep_their_value_once_and_are_noted(tmp_path: Path) -> None:
    rows = [["program", "name"], ["RUSSIA", "A"], [None, "B"], ["IRAN", "C"]]
    sheet = read_sheet(workbook(tmp_path, {"s": rows}, merged=["A2:A3"]))
    assert sheet.rows["program"].to_pylist() == ["RUSSIA", None, "IRAN"]
    assert any("1 merged area below the header" in note for note in sheet.notes)


def test_totals_below_the_table_stay_rows(tmp_path: Path) -> None:
    rows = [["name", "value"], ["A", 5], ["B", 7], [None, None], ["Total", 12]]
    sheet = read_sheet(workbook(tmp_path, {"s": rows}))
    assert sheet.rows["source_row"].to_pylist() == [2, 3, 5]


def test_first_sheet_with_a_table_is_read_and_the_others_named(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"Cover": [], "List": [["name", "country"], ["A", "RU"]], "Old": [["name", "x"], ["B", "y"]]})
    sheet = read_sheet(path)
    assert sheet.sheet == "List"
    assert "read sheet 'List'; not read: 'Cover', 'Old'" in sheet.notes
    assert sheet_names(path) == ("Cover", "List", "Old")


def test_sheet_can_be_chosen(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"a": [["name", "x"], ["A", "1"]], "b": [["name", "x"], ["B", "2"]]})
    assert read_sheet(path, sheet="b").rows["name"].to_pylist() == ["B"]


def test_sheet_that_is_not_there_is_refused_with_the_choice(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"a": [["name", "x"], ["A", "1"]]})
    with pytest.raises(FileError, match="no sheet 'b'; it has 'a'"):
        read_sheet(path, sheet="b")


def test_workbook_without_any_cell_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="without any cell"):
        read_sheet(workbook(tmp_path, {"a": []}))


def test_header_without_rows_gives_no_rows_and_a_note(tmp_path: Path) -> None:
    sheet = read_sheet(workbook(tmp_path, {"a": [["name", "country"]]}))
    assert (len(sheet.rows), sheet.columns) == (0, ("name", "country"))
    assert "the sheet has a header but no rows" in sheet.notes


def test_header_row_can_be_given(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"a": [["x", "y"], ["name", "country"], ["A", "RU"]]})
    assert read_sheet(path, header_row=2).columns == ("name", "country")


def test_header_row_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no text in row 7"):
        read_sheet(workbook(tmp_path, {"a": [["name", "x"], ["A", "1"]]}), header_row=7)


def test_values_beside_the_header_are_kept(tmp_path: Path) -> None:
    sheet = read_sheet(workbook(tmp_path, {"a": [["name", "country"], ["A", "RU"], ["B", "KZ", "see letter"]]}))
    assert sheet.columns == ("name", "country", "column 3")
    assert sheet.rows["column 3"].to_pylist() == [None, "see letter"]


def test_no_row_is_lost_between_batches(tmp_path: Path) -> None:
    count = 2 * BATCH + 500
    path = workbook(tmp_path, {"a": [["n", "x"], *[[i, "x"] for i in range(count)]]})
    sheet = read_sheet(path)
    assert sheet.rows["n"].to_pylist() == [str(i) for i in range(count)]
    assert sheet.rows["source_row"].to_pylist() == list(range(2, count + 2))


def test_old_workbooks_are_read(tmp_path: Path) -> None:
    path = old_workbook(tmp_path, [["Наименование", "код"], ["ООО Пример", 8542.0], ["B", 1.5]])
    assert kind_of(path) is FileKind.XLS
    assert read_sheet(path).rows.to_pylist() == [
        {"Наименование": "ООО Пример", "код": "8542", "source_row": 2},
        {"Наименование": "B", "код": "1.5", "source_row": 3},
    ]


def test_workbook_without_header_is_read_under_given_names(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"a": [["36", "AEROCARIBBEAN"], ["173", "ANGLO"]]})
    assert read_headerless(path, ["number", "name"]).rows["name"].to_pylist() == ["AEROCARIBBEAN", "ANGLO"]


def test_workbook_wider_than_its_given_names_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="3 columns"):
        read_headerless(workbook(tmp_path, {"a": [["1", "2", "3"]]}), ["number", "name"])


def test_description_names_the_sheets(tmp_path: Path) -> None:
    told = describe(workbook(tmp_path, {"a": [["name", "x"], ["A", "1"]], "b": [["name", "x"]]}))
    assert (told.sheets, told.sheet, told.rows) == (("a", "b"), "a", 1)


def test_stray_cell_at_the_far_end_of_the_sheet_is_refused_before_it_takes_the_memory(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["B1"], book.active["XFD1048576"] = "name", "country", "x"
    path = tmp_path / "far.xlsx"
    book.save(path)
    with pytest.raises(FileError, match="1,048,576 rows and 16,384 columns"):
        read_sheet(path)


def test_extent_is_found_without_the_sheet_stating_it(tmp_path: Path) -> None:
    cells = b"".join(b'<row r="%d"><c r="A%d"/><c r="T%d"/></row>' % (i, i, i) for i in (1, 5000, 200_000))
    assert _extent(io.BytesIO(b"<sheetData>" + cells + b"</sheetData>")) == (200_000, 20)
    assert _extent(io.BytesIO(b'<row r="1"><c r="A1"/><c r="XFD1"/></row>')) == (1, 16_384)
