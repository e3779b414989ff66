"""A layout that nobody has mapped gets a proposal with reasons and doubts."""

from pathlib import Path

import pytest

from kit.errors import FormatError
from kit.files import read_sheet
from kit.trade import propose_mapping, read_mapping, read_trade, write_mapping
from kit.trade.headers import read_header
from kit.trade.recognizer import Proposal
from tests.trade.sheets import rows_of, write_csv

ENGLISH = {
    "Shipment Date": "2023-01-05", "Shipper": "VEROLAN TRADE", "Shipper Address": "1 Quay Road", "Buyer": "ZARNITSA LLC",
    "Commodity Code": "854231", "Product": "integrated circuits", "Net Weight (tons)": "0.5", "Gross Weight": "0.7",
    "Total Value USD": "100", "Unit Price": "3", "Country of Origin": "China", "Loading Port": "YANTIAN",
}  # fmt: skip


def propose(folder: Path, *rows: dict[str, str], name: str = "cargo.csv") -> Proposal:
    return propose_mapping(read_sheet(write_csv(folder / name, rows)))


def targets(proposal: Proposal) -> dict[str, str]:
    return {column.target: column.sources[0] for column in proposal.mapping.columns}


def test_english_headers_are_understood(tmp_path: Path) -> None:
    found = targets(propose(tmp_path, ENGLISH))
    assert found["consignor_name"] == "Shipper"
    assert found["consignor_address"] == "Shipper Address"
    assert found["consignee_name"] == "Buyer"
    assert found["hs_code"] == "Commodity Code"
    assert found["value_usd"] == "Total Value USD"
    assert found["origin_country"] == "Country of Origin"


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("Отправитель груза", "consignor_name"),
        ("ИНН получателя", "consignee_id"),
        ("Код ТН ВЭД ЕАЭС", "hs_code"),
        ("Вес нетто, кг", "net_weight_kg"),
        ("Страна происхождения", "origin_country"),
        ("Код страны отправления", "departure_country"),
        ("Одержувач", "consignee_name"),
        ("Код УКТЗЕД", "hs_code"),
        ("Митна вартість, дол. США", "value_usd"),
        ("Nombre del Importador", "consignee_name"),
        ("País de Origen", "origin_country"),
        ("Valor FOB USD", "value_usd"),
        ("İhracatçı Firma Unvanı", "consignor_name"),
        ("GTİP No", "hs_code"),
        ("Menşe Ülke", "origin_country"),
        ("发货人名称", "consignor_name"),
        ("收货人地址", "consignee_address"),
        ("海关编码", "hs_code"),
        ("原产国", "origin_country"),
        ("净重(千克)", "net_weight_kg"),
        ("TOTALVALUEUSD", "value_usd"),
    ],
)
def test_headers_in_six_languages_are_understood(header: str, target: str) -> None:
    assert read_header(header).target == target


@pytest.mark.parametrize(
    "header",
    [
        "Gross Weight",
        "Вес брутто",
        "毛重",
        "Unit Price USD",
        "Destination Port",
        "Supplier City",
        "Name",
        "Phone",
        "TOTALGROSS_WEIGHT",
        "SUMOFGROSS_WEIGHT",
        "%GTSUMOFFOB_VALUE_IN_USD",
        "AVERAGEOFUNIT_VALUE_USD",
        "VALUE_IN_USDPERCENTAGE",
        "EXPORTER_REGION",
        "USD_FOB_PER_UNIT",
        "PACKAGES_QUANTITY",
    ],
)
def test_what_must_not_be_used_is_refused_with_a_reason(header: str) -> None:
    reading = read_header(header)
    assert reading.target is None
    assert reading.reason != ""


def test_units_in_the_header_become_factors(tmp_path: Path) -> None:
    column = propose(tmp_path, ENGLISH).mapping.column("net_weight_kg")
    assert column is not None
    assert (column.sources, column.factor) == (("Net Weight (tons)",), 1000.0)


def test_values_that_do_not_fit_refuse_a_header(tmp_path: Path) -> None:
    row = ENGLISH | {"Commodity Code": "red chips"}
    proposal = propose(tmp_path, row)
    assert "hs_code" not in targets(proposal)
    reason = next(use.reason for use in proposal.reasons if use.source == "Commodity Code")
    assert "values do not look like it" in reason


def test_codes_are_found_by_their_values_with_a_doubt(tmp_path: Path) -> None:
    rows = [
        {"Shipper": "VEROLAN", "Buyer": "ZARNITSA", "F7": code, "Product": "x chips"}
        for code in ("854231", "854232", "848210", "901380")
    ]
    proposal = propose(tmp_path, *rows)
    assert targets(proposal)["hs_code"] == "F7"
    assert any("by its values alone" in doubt for doubt in proposal.doubts)


def test_every_column_has_a_reason(tmp_path: Path) -> None:
    proposal = propose(tmp_path, ENGLISH)
    assert {use.source for use in proposal.reasons} == set(ENGLISH)
    assert all(use.reason != "" for use in proposal.reasons)


def test_a_currency_named_in_the_header_is_kept(tmp_path: Path) -> None:
    row = {"Shipper": "VEROLAN", "Buyer": "ZARNITSA", "Value KZT": "5", "Currency": "USD"}
    mapping = propose(tmp_path, row).mapping
    assert mapping.fixed["currency"] == "KZT"
    assert mapping.column("currency") is None


def test_a_value_without_currency_is_doubted(tmp_path: Path) -> None:
    proposal = propose(tmp_path, {"Shipper": "VEROLAN", "Buyer": "ZARNITSA", "Amount": "5"})
    assert any("currency" in doubt for doubt in proposal.doubts)


def test_direction_and_reporter_come_from_the_file_name_with_a_doubt(tmp_path: Path) -> None:
    proposal = propose(tmp_path, ENGLISH, name="Kazakhstan import 2023.csv")
    assert (proposal.mapping.fixed["reporter"], proposal.mapping.fixed["direction"]) == ("KZ", "import")
    assert any("file's name" in doubt for doubt in proposal.doubts)


def test_a_day_is_taken_before_a_month(tmp_path: Path) -> None:
    proposal = propose(tmp_path, ENGLISH | {"Month": "Jan 2024"}, ENGLISH | {"Month": "Feb 2024"})
    assert targets(proposal)["date"] == "Shipment Date"
    assert proposal.mapping.fixed["record_level"] == "line"


def test_months_alone_are_taken_for_totals(tmp_path: Path) -> None:
    monthly = {"Month": "Jan 2024", "Shipper": "VEROLAN", "Buyer": "ZARNITSA", "HS": "854231"}
    proposal = propose(tmp_path, monthly, monthly | {"Month": "Feb 2024"})
    assert proposal.mapping.fixed["record_level"] == "monthly_total"
    assert any("totals by month" in doubt for doubt in proposal.doubts)


def test_a_proposal_is_written_and_used_again(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "cargo.csv", [ENGLISH])
    proposal = propose_mapping(read_sheet(path))
    write_mapping(proposal.mapping, tmp_path / "cargo.toml")
    assert read_mapping(tmp_path / "cargo.toml") == proposal.mapping
    assert rows_of(read_trade(path, mapping=tmp_path / "cargo.toml"))[0]["consignor_name"] == "VEROLAN TRADE"


def test_an_unknown_layout_is_read_and_said_so(tmp_path: Path) -> None:
    result = read_trade(write_csv(tmp_path / "cargo.csv", [ENGLISH]))
    (row,) = rows_of(result)
    assert (row["hs_code"], row["net_weight_kg"], row["value_usd"]) == ("854231", 500.0, 100.0)
    assert "no known layout fits" in result.notes[0]


def test_a_table_that_is_no_trade_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="'Name'"):
        read_trade(write_csv(tmp_path / "list.csv", [{"Name": "VEROLAN", "Country": "TR", "Listed": "2023-01-01"}]))


def test_a_name_glued_to_its_address_is_read_as_the_name() -> None:
    assert read_header("EXPORTER_NAME_AND_ADDRESS").target == "consignor_name"


def test_a_pivot_column_is_read_by_the_words_behind_its_prefix() -> None:
    assert read_header("SUMOFFOB_VALUE_IN_USD").target == "value_usd"


@pytest.mark.parametrize(("name", "column"), [("chips_export.csv", "USD_FOB"), ("chips_import.csv", "USD_CIF")])
def test_of_two_values_the_usual_basis_of_the_direction_is_read(tmp_path: Path, name: str, column: str) -> None:
    row = {"Shipper": "VEROLAN", "Buyer": "ZARNITSA", "HS Code": "854231", "USD_CIF": "100", "USD_FOB": "90"}
    assert targets(propose(tmp_path, row, name=name))["value_usd"] == column


def test_of_two_territories_in_a_file_name_the_longer_name_is_the_reporter(tmp_path: Path) -> None:
    row = {"Shipper": "VEROLAN", "Buyer": "ZARNITSA", "HS Code": "854231"}
    assert propose(tmp_path, row, name="South sudan Import F.csv").mapping.fixed["reporter"] == "SS"


def test_the_same_file_gives_the_same_order_of_columns(tmp_path: Path) -> None:
    first, second = (propose(tmp_path, ENGLISH).mapping for _ in range(2))
    assert [c.target for c in first.columns] == [c.target for c in second.columns]
    assert [c.target for c in first.columns][:2] == ["date", "consignor_name"]
