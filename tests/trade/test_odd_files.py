"""Trade files that a spreadsheet program or a cover sheet has spoiled: nothing is dropped without a word."""

from pathlib import Path

import pytest

from kit.errors import FormatError
from kit.trade import read_trade
from kit.trade.headers import read_header
from tests.files.making import text_file, workbook
from tests.trade.sheets import write_csv

RECORD = {"Date": "2024-01-02", "Shipper": "VEROLAN LTD", "Consignee": "ZARNITSA LLC", "HS": "854231", "Value USD": "5"}


def test_values_that_can_be_read_two_ways_are_refused_one_by_one(tmp_path: Path) -> None:
    result = read_trade(write_csv(tmp_path / "a.csv", [RECORD | {"Value USD": "1.500"}, RECORD | {"Value USD": "2.500"}]))
    assert {use.source: use.target for use in result.columns}["Value USD"] == "value_usd"
    assert result.rejects.column("content").to_pylist() == ["1.500", "2.500"]


def test_code_that_a_spreadsheet_rounded_is_refused_with_the_cause(tmp_path: Path) -> None:
    result = read_trade(write_csv(tmp_path / "a.csv", [RECORD | {"HS": "8,54231E+09"}]))
    assert "a spreadsheet has rounded this one" in result.rejects["reason"][0].as_py()


def test_sum_line_stands_in_the_rejects_once(tmp_path: Path) -> None:
    total = dict.fromkeys(RECORD, "") | {"Date": "Total", "Value USD": "10"}
    result = read_trade(write_csv(tmp_path / "a.csv", [RECORD, total]))
    assert result.rejects.column("source_row").to_pylist() == [3]
    assert (result.rows_read, len(result.rejects)) == (1, 1)


def test_cover_sheet_is_passed_over(tmp_path: Path) -> None:
    cover = [["Customer", "Newsroom"], ["Date", "2024-05-01"]]
    data = [list(RECORD), *[list(RECORD.values()) for _ in range(4)]]
    result = read_trade(workbook(tmp_path, {"About": cover, "Data": data}))
    assert result.rows_read == 4
    assert "read sheet 'Data'; not read: 'About'" in result.notes


def test_cells_beyond_the_header_raise_a_doubt_about_decimal_commas(tmp_path: Path) -> None:
    path = text_file(tmp_path, ",".join(RECORD) + "\n" + "2024-01-02,VEROLAN LTD,ZARNITSA LLC,854231,12,5\n" * 3)
    assert any("decimal commas without quotation marks" in note for note in read_trade(path).notes)


def test_list_given_as_trade_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="give it as a list"):
        read_trade(write_csv(tmp_path / "a.csv", [{"Name": "Verolan Ltd", "Country": "Turkey"}]))


def test_error_says_which_column_came_near(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"Column 'HS': .* do not look like it"):
        read_trade(write_csv(tmp_path / "a.csv", [{"Shipper": "VEROLAN LTD", "HS": "see invoice"}]))


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("Net mass (kg)", "net_weight_kg"),
        ("Valor en aduana", "value"),
        ("Partida", "hs_code"),
        ("Kg netos", "net_weight_kg"),
        ("Aduana", None),
    ],
)
def test_words_of_customs_forms_are_known(header: str, target: str | None) -> None:
    assert read_header(header).target == target


@pytest.mark.parametrize("header", ["Net mass (t)", "Вес нетто, т", "Net weight, tons"])
def test_tons_in_a_header_are_turned_into_kilograms(header: str) -> None:
    assert read_header(header).options == {"factor": 1000.0}


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("Goods: Value, USD", "value_usd"),
        ("Sender: Name", "consignor_name"),
        ("Recipient: Country", "consignee_country"),
        ("Goods: Country of origin", "origin_country"),
    ],
)
def test_lower_part_of_a_grouped_header_goes_first(header: str, target: str) -> None:
    assert read_header(header).target == target
