"""Lists as letters bring them: titles, groups of headers, notes below, no header at all."""

import pytest

from kit import lists
from kit.errors import FormatError
from tests.files.making import text_file, workbook
from tests.lists.listing import named, names_of, rows, write_csv

FIRMS = ("Verolan Trading Ltd", "Zarnitsa LLC", "Ostrava Parts GmbH")


def uses(result):
    return {use.source: use.target for use in result.columns}


def names(result):
    return [row["name"] for row in rows(result, "entities")]


def test_headers_under_merged_ones_keep_their_meaning(tmp_path):
    sheet = [["Party", "", "Where"], ["Consignee", "Also known as", "Country"], ["Verolan Ltd", "VRL", "Turkey"]]
    result = lists.read_list(workbook(tmp_path, {"List": sheet}, merged=["A1:B1"]))
    assert uses(result)["Party: Also known as"] == "alias"
    assert names_of(result, named(result, "Verolan Ltd")["entity_id"])["VRL"] == "alias"


@pytest.mark.parametrize("note", ["* Source: letter of 3 March 2024", "Note 1: not complete", "Примечание: список неполон"])
def test_note_below_the_table_is_no_party(tmp_path, note):
    result = lists.read_list(workbook(tmp_path, {"List": [["Name", "Country"], ["Verolan Ltd", "Turkey"], [], [note]]}))
    assert names(result) == ["Verolan Ltd"]
    assert [row["source_row"] for row in result.rejects.to_pylist()] == [4]


def test_firm_that_begins_like_a_note_is_a_party(tmp_path):
    result = lists.read_list(write_csv(tmp_path / "a.csv", [{"Name": "Source Verolan LLC"}, {"Name": "Total Zarnitsa SA"}]))
    assert len(names(result)) == 2


def test_list_without_header_keeps_its_first_party(tmp_path):
    result = lists.read_list(text_file(tmp_path, "\n".join(FIRMS) + "\n", name="names.txt"))
    assert names(result) == list(FIRMS)
    assert rows(result, "entities")[0]["source_row"] == 1
    assert any("no header" in note for note in result.notes)


def test_repeated_cell_of_a_first_row_stands_as_written(tmp_path):
    result = lists.read_list(text_file(tmp_path, "Verolan Trading Ltd,Turkey,Turkey\nZarnitsa LLC,China,Turkey\n"))
    assert named(result, "Verolan Trading Ltd")["countries"] == ["TR"]


def test_columns_without_header_can_be_corrected_by_position(tmp_path):
    path = text_file(tmp_path, "".join(f"{firm},{place}\n" for firm, place in zip(FIRMS, "xyz", strict=True)))
    result = lists.read_list(path, mapping={"column 2": "remarks"})
    assert names(result) == list(FIRMS)


def test_title_over_a_single_column_is_no_header(tmp_path):
    cells = [["Parties of concern, March 2024"], ["Name"], *[[firm] for firm in FIRMS]]
    result = lists.read_list(workbook(tmp_path, {"List": cells}))
    assert names(result) == list(FIRMS)
    assert any("under a title" in note for note in result.notes)


@pytest.mark.parametrize("header", ["Consignee", "Consignee Name", "Получатель", "Alıcı", "收货人", "Exporter"])
def test_one_side_of_a_transaction_is_the_name_of_the_party(tmp_path, header):
    assert names(lists.read_list(write_csv(tmp_path / "a.csv", [{header: "Verolan Sokolov", "Country": "Turkey"}]))) == [
        "Verolan Sokolov"
    ]


def test_two_sides_of_a_transaction_are_no_list(tmp_path):
    row = {"Month": "2024-01", "Exporter": "Verolan Ltd", "Importer": "Zarnitsa LLC", "Commodity": "chips", "Amount": "5"}
    assert lists.recognize(write_csv(tmp_path / "a.csv", [row])) is None


def test_side_with_a_value_is_no_list(tmp_path):
    row = {"Importer": "Verolan Ltd", "INN": "7707083893", "Goods": "chips", "Value USD": "5"}
    assert lists.recognize(write_csv(tmp_path / "a.csv", [row])) is None


def test_file_with_another_known_header_has_one(tmp_path):
    result = lists.read_list(write_csv(tmp_path / "a.csv", [{"Verolan Ltd or other": "Zarnitsa LLC", "Country": "Turkey"}]))
    assert names(result) == ["Zarnitsa LLC"]


def test_trade_file_given_as_a_list_is_told_so(tmp_path):
    path = write_csv(tmp_path / "a.csv", [{"Exporter": "Verolan Ltd", "HS Code": "854231", "Value USD": "5"}])
    with pytest.raises(FormatError, match="give it as a trade file"):
        lists.read_list(path)


@pytest.mark.parametrize(
    ("cells", "whole"),
    [
        ({"Last name": "VEROLANOV", "First name": "Petr", "Middle name": "I."}, "VEROLANOV, Petr I."),
        ({"Фамилия": "Веролан", "Имя": "Пётр", "Отчество": ""}, "Веролан, Пётр"),
        ({"Surname": "", "Given names": "Petr"}, "Petr"),
        ({"Имя": "Пётр Веролан", "Страна": "Россия"}, "Пётр Веролан"),
    ],
)
def test_family_and_given_name_make_one_name(tmp_path, cells, whole):
    assert names(lists.read_list(write_csv(tmp_path / "a.csv", [cells]))) == [whole]


def test_whole_name_goes_before_its_parts(tmp_path):
    result = lists.read_list(write_csv(tmp_path / "a.csv", [{"Name": "Petr Verolanov", "Last name": "Verolanov"}]))
    assert uses(result) == {"Name": "name", "Last name": "remarks"}


@pytest.mark.parametrize("header", ["Name (Chinese)", "Chinese name", "Name in Russian", "Наименование на английском языке"])
def test_name_in_another_language_is_an_alias(tmp_path, header):
    result = lists.read_list(write_csv(tmp_path / "a.csv", [{"Company": "Verolan Ltd", header: "Веролан"}]))
    assert uses(result)[header] == "alias"


def test_lines_of_an_address_and_its_city_make_one_address(tmp_path):
    cells = {"Name": "Verolan Ltd", "Address 1": "12 Quay Road", "Address 2": "Unit 3", "City": "Kowloon"}
    result = lists.read_list(write_csv(tmp_path / "a.csv", [cells]))
    assert [row["address"] for row in rows(result, "addresses")] == ["12 Quay Road, Unit 3, Kowloon"]


def test_cover_sheet_is_passed_over(tmp_path):
    cover = [["Letter of 3 March"], ["See the sheet List"]]
    path = workbook(tmp_path, {"Cover": cover, "List": [["Name", "Country"], *[[firm, "Turkey"] for firm in FIRMS]]})
    result = lists.read_list(path)
    assert names(result) == list(FIRMS)
    assert "read sheet 'List'; not read: 'Cover'" in result.notes


def test_error_names_the_sheets_that_were_not_looked_at(tmp_path):
    path = workbook(tmp_path, {"A": [["Horsepower", "Color"], ["5", "red"]], "B": [["Name"], ["Verolan Ltd"]]})
    with pytest.raises(FormatError, match=r"read sheet 'A'; not read: 'B'"):
        lists.read_list(path)


def test_territory_alone_is_a_country_and_no_address(tmp_path):
    cells = {"Name": "Verolan Ltd", "Address": "12 Quay Road, Bishkek; Kyrgyzstan"}
    result = lists.read_list(write_csv(tmp_path / "a.csv", [cells]))
    assert [row["address"] for row in rows(result, "addresses")] == ["12 Quay Road, Bishkek"]
    assert named(result, "Verolan Ltd")["countries"] == ["KG"]
