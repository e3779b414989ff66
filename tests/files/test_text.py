"""Delimited text: delimiters, headers, quotes, line ends, rejects."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kit.errors import FileError, TableError
from kit.files import read_headerless, read_sheet
from kit.model import REJECTS
from tests.files.making import csv_text, text_file

TABLE = [["name", "country", "value"], ["Romashka", "RU", "5"], ["Lutik", "KZ", "7"]]


def cells(path: Path, **options: object) -> list[list[str | None]]:
    sheet = read_sheet(path, **options)  # type: ignore[arg-type]
    return [list(row.values())[:-1] for row in sheet.rows.to_pylist()]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_found_by_evidence(tmp_path: Path, delimiter: str) -> None:
    sheet = read_sheet(text_file(tmp_path, csv_text(TABLE, delimiter=delimiter)))
    assert sheet.delimiter == delimiter
    assert sheet.columns == ("name", "country", "value")
    assert sheet.rows["source_row"].to_pylist() == [2, 3]


def test_decimal_commas_do_not_pass_for_delimiters(tmp_path: Path) -> None:
    path = text_file(tmp_path, "a;b;c\n1,5;2,5;3,5\n1,7;2,1;3,0\n")
    assert cells(path) == [["1,5", "2,5", "3,5"], ["1,7", "2,1", "3,0"]]


def test_separator_hint_of_excel_is_followed_and_is_no_row(tmp_path: Path) -> None:
    sheet = read_sheet(text_file(tmp_path, "sep=;\r\nname;country\r\nA;RU\r\n"))
    assert (sheet.delimiter, sheet.header_row) == (";", 2)
    assert sheet.rows["source_row"].to_pylist() == [3]


def test_single_column_with_a_comma_now_and_then_stays_one_column(tmp_path: Path) -> None:
    path = text_file(tmp_path, "name\nRomashka\nLutik, OOO\nBeta\nGamma\n")
    sheet = read_sheet(path)
    assert sheet.delimiter is None
    assert cells(path) == [["Romashka"], ["Lutik, OOO"], ["Beta"], ["Gamma"]]


def test_header_in_row_six_is_found_under_a_title(tmp_path: Path) -> None:
    text = ",,,\n,,DATA,\n,,,\nprinted 1 May 2024,,,\n,,,\nHS CODE,NAME,COUNTRY,VALUE\n8542,A,RU,5\n8541,B,KZ,7\n"
    sheet = read_sheet(text_file(tmp_path, text))
    assert sheet.header_row == 6
    assert sheet.columns == ("HS CODE", "NAME", "COUNTRY", "VALUE")
    assert "header found in row 6" in sheet.notes
    assert sheet.rows["source_row"].to_pylist() == [7, 8]


def test_header_under_a_report_line_is_found(tmp_path: Path) -> None:
    sheet = read_sheet(text_file(tmp_path, "Report Date: 18-Aug-2026\nUnique ID,Name 6,Name 1\nRUS1,A,B\n"))
    assert sheet.columns == ("Unique ID", "Name 6", "Name 1")


def test_years_as_headers_do_not_make_the_header_data(tmp_path: Path) -> None:
    sheet = read_sheet(text_file(tmp_path, "country,2022,2023\nAM,5,6\nKG,7,8\n"))
    assert sheet.columns == ("country", "2022", "2023")
    assert sheet.notes == ()


def test_header_row_can_be_given(tmp_path: Path) -> None:
    path = text_file(tmp_path, "a,b\nc,d\n1,2\n")
    assert read_sheet(path, header_row=2).columns == ("c", "d")


def test_header_row_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no text in row 9"):
        read_sheet(text_file(tmp_path, "a,b\n1,2\n"), header_row=9)


def test_header_that_looks_like_data_is_noted(tmp_path: Path) -> None:
    sheet = read_sheet(text_file(tmp_path, '36,"AEROCARIBBEAN"\n173,"ANGLO"\n'))
    assert any("looks like data" in note for note in sheet.notes)


def test_repeated_and_missing_headers_get_names_of_their_own(tmp_path: Path) -> None:
    sheet = read_sheet(text_file(tmp_path, "name,address,name,\nA,x,B,more\n"))
    assert sheet.columns == ("name", "address", "name (2)", "column 4")


def test_column_without_header_and_values_is_left_out(tmp_path: Path) -> None:
    assert read_sheet(text_file(tmp_path, "name,country,\nA,RU,\nB,KZ,\n")).columns == ("name", "country")


def test_rows_wider_than_the_header_keep_their_cells(tmp_path: Path) -> None:
    sheet = read_sheet(text_file(tmp_path, "name,country\nA,RU,x\nB,KZ,y\n"))
    assert sheet.columns == ("name", "country", "column 3")
    assert any("without a header by position" in note for note in sheet.notes)


def test_column_of_the_file_named_source_row_does_not_collide(tmp_path: Path) -> None:
    sheet = read_sheet(text_file(tmp_path, "name,source_row\nA,9\n"))
    assert sheet.rows.to_pylist() == [{"name": "A", "source_row (2)": "9", "source_row": 2}]


def test_blanks_are_trimmed_and_empty_cells_are_null(tmp_path: Path) -> None:
    assert cells(text_file(tmp_path, "a,b,c\n x ,  ,\u00a0y\n")) == [["x", None, "y"]]


def test_texts_that_mean_nothing_are_kept_as_they_stand(tmp_path: Path) -> None:
    assert cells(text_file(tmp_path, "name,country\nNULL,NA\n-0-,nan\n")) == [["NULL", "NA"], ["-0-", "nan"]]


def test_line_break_in_a_cell_keeps_the_first_line_as_source_row(tmp_path: Path) -> None:
    sheet = read_sheet(text_file(tmp_path, 'name,address\nA,"Street 1\nMoscow"\nB,x\n'))
    assert sheet.rows.to_pylist() == [
        {"name": "A", "address": "Street 1\nMoscow", "source_row": 2},
        {"name": "B", "address": "x", "source_row": 4},
    ]


def test_row_with_too_few_cells_is_refused_with_its_line_and_text(tmp_path: Path) -> None:
    sheet = read_sheet(text_file(tmp_path, "a,b,c\n1,2,3\n4,5\n6,7,8\n"))
    assert sheet.rejects.to_pylist() == [
        {"source_file": "file.csv", "source_row": 3, "reason": "too few cells: found 2, expected 3", "content": "4,5"}
    ]
    assert len(sheet.rows) == 2


def test_row_with_too_many_cells_is_refused(tmp_path: Path) -> None:
    sheet = read_sheet(text_file(tmp_path, "a,b\n1,2\n3,4\n5,6\n7,8\n9,10\n1,2\n3,4\n5,6\n7,8\n9,10\n4,5,6\n"))
    assert sheet.rejects["reason"].to_pylist() == ["too many cells: found 3, expected 2"]
    assert sheet.rejects["source_row"].to_pylist() == [12]


def test_empty_cells_behind_the_last_column_are_no_fault(tmp_path: Path) -> None:
    sheet = read_sheet(text_file(tmp_path, "a,b\n1,2,,\n3,4\n"))
    assert (len(sheet.rows), len(sheet.rejects)) == (2, 0)


def test_rejects_keep_their_contract(tmp_path: Path) -> None:
    sheet = read_sheet(text_file(tmp_path, "a,b\n1\n2,3\n"))
    assert sheet.rejects.column_names == [column.name for column in REJECTS]


def test_quote_that_is_never_closed_costs_one_row_only(tmp_path: Path) -> None:
    sheet = read_sheet(text_file(tmp_path, 'a,b,c\n1,"Romashka, OOO,3\n4,Lutik,6\n7,"Beta, Ltd",9\n'))
    assert sheet.rows["b"].to_pylist() == ["Lutik", "Beta, Ltd"]
    assert sheet.rejects["source_row"].to_pylist() == [2]
    assert "broken quotation marks" in sheet.rejects["reason"][0].as_py()


def test_stray_opening_quote_is_repaired_where_the_cells_fit(tmp_path: Path) -> None:
    sheet = read_sheet(text_file(tmp_path, 'a,b,c\n1,"Romashka,3\n4,Lutik,6\n'))
    assert sheet.rows["b"].to_pylist() == ["Romashka", "Lutik"]
    assert any("quotation marks in 1 row (line 2)" in note for note in sheet.notes)


def test_quotes_that_were_not_doubled_are_repaired(tmp_path: Path) -> None:
    sheet = read_sheet(text_file(tmp_path, 'n;name;c\n1;"ООО "Ромашка"";RU\n2;"АО "Лютик" (Москва)";RU\n'))
    assert sheet.rows["name"].to_pylist() == ['ООО "Ромашка"', 'АО "Лютик" (Москва)']


def test_quotes_inside_an_unquoted_cell_are_text(tmp_path: Path) -> None:
    assert cells(text_file(tmp_path, 'n;name\n1;ООО "Ромашка"\n2;кабель 19"\n')) == [["1", 'ООО "Ромашка"'], ["2", 'кабель 19"']]


def test_rows_swallowed_by_two_stray_quotes_are_found(tmp_path: Path) -> None:
    text = 'a,b,c,d\n1,"Alfa,x,y\n2,Beta,x,y\n3,Gamma,x,y\n4,Delta",x,y\n5,Eps,x,y\n'
    sheet = read_sheet(text_file(tmp_path, text))
    assert sheet.rows["a"].to_pylist() == ["1", "2", "3", "4", "5"]


def test_row_with_a_line_break_and_a_missing_cell_is_one_reject(tmp_path: Path) -> None:
    sheet = read_sheet(text_file(tmp_path, 'a,b,c\n1,"x\ny"\n2,3,4\n'))
    assert sheet.rejects["content"].to_pylist() == ['1,"x\ny"']
    assert sheet.rows["source_row"].to_pylist() == [4]


def test_zero_bytes_are_left_out_and_noted(tmp_path: Path) -> None:
    path = text_file(tmp_path, "name,country\nRom\0ashka,RU\nLutik,KZ\n" + "Beta,KZ\n" * 40)
    sheet = read_sheet(path)
    assert sheet.rows["name"][0].as_py() == "Romashka"
    assert "left out zero bytes in the text" in sheet.notes


@pytest.mark.parametrize("end", ["\x1a", "\r\n\x1a", "\n\x1a\n"])
def test_control_z_at_the_end_is_no_row(tmp_path: Path, end: str) -> None:
    sheet = read_sheet(text_file(tmp_path, "a,b\r\n1,2\r\n3,4" + end))
    assert cells(tmp_path / "file.csv") == [["1", "2"], ["3", "4"]]
    assert len(sheet.rejects) == 0


def test_leading_blank_lines_count_as_lines(tmp_path: Path) -> None:
    sheet = read_sheet(text_file(tmp_path, "\n\n\na,b\n\n1,2\n"))
    assert sheet.header_row == 4
    assert sheet.rows["source_row"].to_pylist() == [6]


def test_rows_without_any_value_are_left_out_and_counted(tmp_path: Path) -> None:
    sheet = read_sheet(text_file(tmp_path, "a,b\n1,2\n,\n , \n3,4\n"))
    assert sheet.rows["source_row"].to_pylist() == [2, 5]
    assert "left out 2 rows without any value" in sheet.notes


def test_old_line_ends_are_read(tmp_path: Path) -> None:
    assert cells(text_file(tmp_path, "a,b\r1,2\r3,4\r")) == [["1", "2"], ["3", "4"]]


def test_doubled_carriage_returns_are_read(tmp_path: Path) -> None:
    assert cells(text_file(tmp_path, "a,b\r\r\n1,2\r\r\n3,4\r\r\n")) == [["1", "2"], ["3", "4"]]


def test_header_without_rows_gives_no_rows_and_a_note(tmp_path: Path) -> None:
    sheet = read_sheet(text_file(tmp_path, "name,country\n"))
    assert (len(sheet.rows), sheet.columns) == (0, ("name", "country"))
    assert "the file has a header but no rows" in sheet.notes


def test_file_of_blank_lines_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="only blank lines"):
        read_sheet(text_file(tmp_path, "\n \n\r\n"))


def test_columns_can_be_chosen(tmp_path: Path) -> None:
    sheet = read_sheet(text_file(tmp_path, csv_text(TABLE)), columns=["value", "name"])
    assert sheet.rows.column_names == ["value", "name", "source_row"]


def test_missing_columns_are_all_named(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"'hs_code'.*'weight'"):
        read_sheet(text_file(tmp_path, csv_text(TABLE)), columns=["name", "hs_code", "weight"])


def test_headerless_file_is_read_under_given_names(tmp_path: Path) -> None:
    sheet = read_headerless(
        text_file(tmp_path, '36,"AEROCARIBBEAN",-0- \r\n173,"A, LTD.",-0- \r\n\x1a'), ["number", "name", "type"]
    )
    assert sheet.header_row == 0
    assert sheet.rows.to_pylist()[1] == {"number": "173", "name": "A, LTD.", "type": "-0-", "source_row": 2}


def test_headerless_file_refuses_rows_of_another_width(tmp_path: Path) -> None:
    sheet = read_headerless(text_file(tmp_path, "1,a\n2\n"), ["number", "name"])
    assert sheet.rejects["source_row"].to_pylist() == [2]


def test_markup_in_a_cell_stays_text(tmp_path: Path) -> None:
    assert cells(text_file(tmp_path, "name,country\n<b>A</b>,RU\n")) == [["<b>A</b>", "RU"]]


def test_all_cells_quoted_are_read(tmp_path: Path) -> None:
    text = csv_text([["name", "text"], ["A", 'say "x", y']], quoting=csv.QUOTE_ALL)
    assert cells(text_file(tmp_path, text)) == [["A", 'say "x", y']]


def test_totals_below_the_table_stay_rows(tmp_path: Path) -> None:
    assert cells(text_file(tmp_path, "name,value\nA,5\nB,7\nTotal,12\n"))[-1] == ["Total", "12"]


def test_rows_beyond_one_batch_keep_their_lines(tmp_path: Path) -> None:
    lines = [f'{i},"x"' if i % 3 else f'{i},"x\ny"' for i in range(45_000)]
    sheet = read_sheet(text_file(tmp_path, "n,text\n" + "\n".join(lines) + "\n"))
    assert sheet.rows["n"].to_pylist() == [str(i) for i in range(45_000)]
    assert sheet.rows["source_row"][-1].as_py() == 45_000 + 1 + 15_000
    assert len(sheet.rejects) == 0


def test_row_that_repeats_the_header_is_left_out_and_said(tmp_path: Path) -> None:
    sheet = read_sheet(text_file(tmp_path, "name;value\nA;1\nname;value\nB;2\n"))
    assert sheet.rows.to_pylist() == [{"name": "A", "value": "1", "source_row": 2}, {"name": "B", "value": "2", "source_row": 4}]
    assert "left out what repeats the header: line 3" in sheet.notes


def test_row_that_numbers_the_columns_is_left_out_and_said(tmp_path: Path) -> None:
    sheet = read_sheet(text_file(tmp_path, "Отправитель;Получатель;Код\n1;2;3\nA;B;8542\n"))
    assert sheet.rows["source_row"].to_pylist() == [3]
    assert "left out row 2, which numbers the columns" in sheet.notes


def test_rows_of_numbers_further_down_stay(tmp_path: Path) -> None:
    assert len(read_sheet(text_file(tmp_path, "a;b;c\n7;8;9\n1;2;3\n")).rows) == 2


def test_unseen_marks_around_a_cell_are_trimmed(tmp_path: Path) -> None:
    sheet = read_sheet(text_file(tmp_path, "name;day\n\u200bA\u00a0B\u200b;\u200e3/1/2024\n\u200e;x\n"))
    assert sheet.rows["name"].to_pylist() == ["A\u00a0B", None]
    assert sheet.rows["day"][0].as_py() == "3/1/2024"
