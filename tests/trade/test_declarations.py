"""Rows of a known layout become DECLARATIONS; what cannot be read is told with line and reason."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from kit.model import FileRole
from kit.trade import load_mappings, read_trade
from kit.trade.mapping import ColumnMap
from tests.trade.sheets import STANDARD, read_standard, rows_of, write_csv


def test_a_row_keeps_file_line_and_layout(tmp_path: Path) -> None:
    result = read_standard(tmp_path, {}, {"value": "7"})
    second = rows_of(result)[1]
    assert (second["source_file"], second["source_row"], second["layout"]) == ("records.csv", 3, "standard")
    assert result.role is FileRole.DECLARATIONS


def test_values_are_read_into_their_kinds(tmp_path: Path) -> None:
    (row,) = rows_of(read_standard(tmp_path, {"origin_country": "КИТАЙ", "direction": "ИМ"}))
    assert row["date"] == dt.date(2023, 5, 4)
    assert (row["hs_code"], row["hs_level"]) == ("8542319000", 10)
    assert (row["value"], row["value_usd"]) == (1200.5, 1200.5)
    assert (row["origin_country"], row["direction"]) == ("CN", "import")


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("date", "yesterday"),
        ("value", "12 apples"),
        ("hs_code", "CHIPS"),
        ("origin_country", "ATLANTIS"),
        ("currency", "shells"),
        ("direction", "sideways"),
    ],
)
def test_an_unreadable_value_leaves_its_row_in(tmp_path: Path, column: str, text: str) -> None:
    result = read_standard(tmp_path, {}, {column: text})
    assert rows_of(result)[1][column] is None
    (reject,) = result.rejects.to_pylist()
    assert reject["source_row"] == 3
    assert reject["reason"].startswith(f"value not read: column '{column}'")
    assert reject["content"] == text


def test_a_row_of_nothing_is_refused_as_a_whole(tmp_path: Path) -> None:
    empty = {"consignor_name": "", "consignee_name": "NULL", "hs_code": "", "value": ""}
    result = read_standard(tmp_path, {}, empty)
    assert result.rows_read == 1
    assert "no party, no code and no value" in result.rejects.to_pylist()[0]["reason"]


def test_a_sum_line_is_refused(tmp_path: Path) -> None:
    result = read_standard(tmp_path, {}, {"consignor_name": "Итого:", "consignee_name": "", "hs_code": "", "value": "1200.50"})
    assert result.rows_read == 1
    assert "sum line" in result.rejects.to_pylist()[0]["reason"]


def test_no_row_is_lost(tmp_path: Path) -> None:
    bad = {"consignor_name": "", "consignee_name": "", "hs_code": "", "value": ""}
    result = read_standard(tmp_path, {}, bad, {"value": "x"}, {})
    refused = [r for r in result.rejects.to_pylist() if r["reason"].startswith("row not read")]
    assert result.rows_read + len(refused) == 4


def test_an_exact_repeat_is_kept_and_marked(tmp_path: Path) -> None:
    first, other, again = rows_of(
        read_standard(tmp_path, {"declaration_id": "D1"}, {"declaration_id": "D2"}, {"declaration_id": "D1"})
    )
    assert first["repeat_of"] is None
    assert other["repeat_of"] is None
    assert again["repeat_of"] == first["declaration_id"]


def test_rows_that_differ_in_one_cell_are_no_repeats(tmp_path: Path) -> None:
    rows = rows_of(read_standard(tmp_path, {}, {"value": "1200.51"}, {"value": ""}))
    assert [row["repeat_of"] for row in rows] == [None, None, None]


def test_a_number_that_stands_in_two_rows_gets_the_row_added(tmp_path: Path) -> None:
    rows = rows_of(
        read_standard(tmp_path, {"declaration_id": "D1"}, {"declaration_id": "D1", "value": "9"}, {"declaration_id": "D2"})
    )
    assert [row["declaration_id"] for row in rows] == ["D1@2", "D1@3", "D2"]


def test_a_row_without_a_number_is_named_by_file_and_row(tmp_path: Path) -> None:
    assert rows_of(read_standard(tmp_path, {}))[0]["declaration_id"] == "records.csv:2"


def test_local_currency_is_converted_beside_the_value_of_the_source(tmp_path: Path) -> None:
    (row,) = rows_of(read_standard(tmp_path, {"currency": "KZT"}))
    assert (row["value"], row["currency"], row["usd_rate_date"]) == (1200.5, "KZT", f"{row['date']:%Y-%m}")
    assert row["value_usd"] == pytest.approx(1200.5 * row["usd_rate"])
    assert row["usd_rate_source"].startswith("Narodowy Bank Polski, monthly average of")


def test_a_currency_without_a_rate_gives_no_dollars(tmp_path: Path) -> None:
    result = read_standard(tmp_path, {"currency": "IRR"})
    (row,) = rows_of(result)
    assert (row["value_usd"], row["usd_rate"], row["usd_rate_source"]) == (None, None, None)
    assert "value_usd: 1 values left without dollars, for there is no rate: IRR (1)" in result.notes


def test_dollars_of_the_source_are_kept_as_declared(tmp_path: Path) -> None:
    (row,) = rows_of(read_standard(tmp_path, {"currency": "KZT", "value_usd": "7.5"}))
    assert (row["value_usd"], row["usd_rate"], row["usd_rate_source"]) == (7.5, None, "as declared")


def test_a_dollar_column_alone_is_also_the_value(tmp_path: Path) -> None:
    (row,) = rows_of(read_standard(tmp_path, {"value": "", "currency": "", "value_usd": "55"}))
    assert (row["value"], row["currency"], row["value_usd"]) == (55.0, "USD", 55.0)


def test_decimal_commas_are_decided_by_the_column(tmp_path: Path) -> None:
    rows = rows_of(read_standard(tmp_path, {"value": "1.234,56"}, {"value": "2,5"}, {"value": "1.234"}))
    assert [row["value"] for row in rows] == [1234.56, 2.5, 1234.0]


def test_day_and_month_are_decided_by_the_column(tmp_path: Path) -> None:
    rows = rows_of(read_standard(tmp_path, {"date": "12/07/2023"}, {"date": "25/07/2023"}))
    assert rows[0]["date"] == dt.date(2023, 7, 12)


def test_a_date_that_may_be_two_days_is_not_guessed(tmp_path: Path) -> None:
    result = read_standard(tmp_path, {"date": "12/07/2023"})
    assert rows_of(result)[0]["date"] is None
    assert "both are possible" in result.rejects.to_pylist()[0]["reason"]


def test_a_month_keeps_its_precision(tmp_path: Path) -> None:
    (row,) = rows_of(read_standard(tmp_path, {"date": "Dec 2024"}))
    assert (row["date"], row["date_precision"]) == (dt.date(2024, 12, 1), "month")


@pytest.mark.parametrize("text", ["1900-01-01", "1901-02-03", "2099-01-01"])
def test_a_filler_date_is_not_read(tmp_path: Path, text: str) -> None:
    result = read_standard(tmp_path, {"date": text}, {})
    row = rows_of(result)[0]
    assert (row["date"], row["date_precision"]) == (None, None)
    assert result.rejects.num_rows == 1


def test_a_negative_value_is_left_out_and_told(tmp_path: Path) -> None:
    result = read_standard(tmp_path, {"value": "-5"}, {})
    assert rows_of(result)[0]["value"] is None
    assert "below zero" in result.rejects.to_pylist()[0]["reason"]


def test_an_absurd_weight_is_left_out_and_told(tmp_path: Path) -> None:
    result = read_standard(tmp_path, {"net_weight_kg": "9" * 15}, {"net_weight_kg": "2"})
    assert rows_of(result)[0]["net_weight_kg"] is None
    assert result.rejects.num_rows == 1


def test_a_lost_leading_zero_is_put_back_and_noted(tmp_path: Path) -> None:
    result = read_standard(tmp_path, {"hs_code": "804400000"})
    assert rows_of(result)[0]["hs_code"] == "0804400000"
    assert any("leading zero" in note for note in result.notes)


def test_no_single_territory_is_empty_with_a_note(tmp_path: Path) -> None:
    result = read_standard(tmp_path, {"origin_country": "EU"}, {"origin_country": "00"})
    assert [row["origin_country"] for row in rows_of(result)] == [None, None]
    assert result.rejects.num_rows == 0
    assert any("a union of 27" in note for note in result.notes)


def test_georgia_is_noted(tmp_path: Path) -> None:
    result = read_standard(tmp_path, {"origin_country": "GEORGIA"})
    assert any("US state" in note for note in result.notes)


def test_principals_stay_in_the_name(tmp_path: Path) -> None:
    name = "ООО АГЕНТ ПО ПОРУЧЕНИЮ ООО ЗАРНИЦА"
    assert rows_of(read_standard(tmp_path, {"consignee_name": name}))[0]["consignee_name"] == name


def test_html_in_a_name_stays_text(tmp_path: Path) -> None:
    name = "<script>alert(1)</script> LTD"
    assert rows_of(read_standard(tmp_path, {"consignor_name": name}))[0]["consignor_name"] == name


def test_namibia_is_no_missing_value(tmp_path: Path) -> None:
    assert rows_of(read_standard(tmp_path, {"origin_country": "NA"}))[0]["origin_country"] == "NA"


def test_every_column_is_accounted_for(tmp_path: Path) -> None:
    result = read_standard(tmp_path, {"weather": "rain"})
    uses = {use.source: use.target for use in result.columns}
    assert uses["consignor_name"] == "consignor_name"
    assert uses["weather"] is None


def test_other_encodings_and_delimiters_are_read(tmp_path: Path) -> None:
    row = {"consignor_name": "ООО ЛУЧ", "consignee_name": "ТОО САПАР", "hs_code": "854231", "value": "5,5", "currency": "руб"}
    result = read_trade(write_csv(tmp_path / "cp1251.csv", [row], delimiter=";", encoding="cp1251"))
    (read,) = rows_of(result)
    assert (read["consignor_name"], read["value"], read["currency"]) == ("ООО ЛУЧ", 5.5, "RUB")


def test_a_file_with_a_header_and_no_rows_gives_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "empty_table.csv"
    path.write_text("consignor_name,consignee_name,hs_code,value\n", encoding="utf-8")
    assert read_trade(path).rows_read == 0


def test_a_row_in_which_all_joined_columns_are_empty_keeps_its_place(tmp_path: Path) -> None:
    standard = next(m for m in load_mappings() if m.layout == "standard")
    joined = ColumnMap("declaration_id", (), join=("number", "item"), separator="/")
    mapping = replace(standard, columns=(*(c for c in standard.columns if c.target != "declaration_id"), joined))
    numbers = [("D1", "1"), ("", ""), ("D2", ""), ("NULL", ""), ("", "3")]
    path = write_csv(tmp_path / "records.csv", [STANDARD | {"number": number, "item": item} for number, item in numbers])
    ids = [row["declaration_id"] for row in rows_of(read_trade(path, mapping=mapping))]
    assert ids == ["D1/1", "records.csv:3", "D2", "records.csv:5", "3"]
