"""Official totals become FLOWS; sums stay sums, levels stay apart, converted values stand beside published ones."""

from pathlib import Path

import pytest

from kit.model import FileRole
from kit.tables import ReadResult
from kit.trade import read_trade
from kit.trade.values import period
from tests.trade.sheets import rows_of, write_csv

COMTRADE = {
    "period": "202207", "refYear": "2022", "refMonth": "7", "reporterCode": "792", "flowCode": "X", "partnerCode": "643",
    "partner2Code": "0", "classificationCode": "H6", "cmdCode": "854231", "customsCode": "C00", "motCode": "0",
    "netWgt": "12.5", "primaryValue": "1000.25",
}  # fmt: skip
LEGACY = {
    "Classification": "H5", "Year": "2019", "Period": "2019", "Trade Flow Code": "1", "Trade Flow": "Import",
    "Reporter Code": "699", "Reporter": "India", "Partner Code": "0", "Partner": "World", "Commodity Code": "854231",
    "Netweight (kg)": "0", "Trade Value (US$)": "77",
}  # fmt: skip


def read(folder: Path, base: dict[str, str], *changes: dict[str, str]) -> ReadResult:
    return read_trade(write_csv(folder / "flows.csv", [{**base, **change} for change in changes]))


def test_a_comtrade_row_becomes_a_flow(tmp_path: Path) -> None:
    result = read(tmp_path, COMTRADE, {})
    (row,) = rows_of(result)
    assert (row["reporter"], row["partner"], row["flow"], row["period"]) == ("TR", "RU", "export", "2022-07")
    assert (row["hs_code"], row["hs_level"], row["hs_version"], row["value_basis"]) == ("854231", 6, "HS2022", "FOB")
    assert (row["value"], row["currency"], row["value_usd"], row["net_weight_kg"]) == (1000.25, "USD", 1000.25, 12.5)
    assert result.role is FileRole.STATISTICS


def test_comtrade_numbers_are_not_iso(tmp_path: Path) -> None:
    rows = rows_of(read(tmp_path, COMTRADE, {"partnerCode": "490"}, {"partnerCode": "842"}, {"partnerCode": "251"}))
    assert [row["partner"] for row in rows] == ["TW", "US", "FR"]


def test_world_stays_world(tmp_path: Path) -> None:
    assert rows_of(read(tmp_path, COMTRADE, {"partnerCode": "0"}))[0]["partner"] == "WORLD"


def test_areas_not_specified_are_kept_as_such(tmp_path: Path) -> None:
    assert rows_of(read(tmp_path, COMTRADE, {"partnerCode": "899"}))[0]["partner"] == "_X"


def test_levels_are_kept_and_total_is_level_zero(tmp_path: Path) -> None:
    rows = rows_of(read(tmp_path, COMTRADE, {"cmdCode": "TOTAL"}, {"cmdCode": "85"}, {"cmdCode": "8542"}))
    assert [(row["hs_code"], row["hs_level"]) for row in rows] == [("TOTAL", 0), ("85", 2), ("8542", 4)]


def test_re_exports_are_a_flow_of_their_own(tmp_path: Path) -> None:
    assert rows_of(read(tmp_path, COMTRADE, {"flowCode": "RX"}))[0]["flow"] == "re-export"


def test_parts_of_a_total_are_left_out_and_listed(tmp_path: Path) -> None:
    result = read(
        tmp_path, COMTRADE, {}, {"motCode": "2100", "primaryValue": "600"}, {"motCode": "3200", "primaryValue": "400.25"}
    )
    assert [row["value"] for row in rows_of(result)] == [1000.25]
    assert [reject["source_row"] for reject in result.rejects.to_pylist()] == [3, 4]
    assert "motCode" in result.rejects.to_pylist()[0]["reason"]


def test_parts_without_a_total_are_read_and_said(tmp_path: Path) -> None:
    result = read(tmp_path, COMTRADE, {"motCode": "2100"}, {"motCode": "3200"})
    assert result.rows_read == 2
    assert any("they add up" in note for note in result.notes)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"reporterCode": "4711"}, "'4711'"),
        ({"flowCode": "DX"}, "'DX'"),
        ({"period": "July"}, "'July'"),
        ({"cmdCode": "chips"}, "'chips'"),
        ({"partnerCode": ""}, "it has no partner"),
    ],
)
def test_a_flow_that_cannot_be_placed_is_refused_with_its_reason(tmp_path: Path, change: dict[str, str], reason: str) -> None:
    result = read(tmp_path, COMTRADE, {}, change)
    assert result.rows_read == 1
    (reject,) = result.rejects.to_pylist()
    assert reject["source_row"] == 3
    assert reject["reason"].startswith("row not read: ")
    assert reason in reject["reason"]


def test_a_refused_flow_is_listed_once(tmp_path: Path) -> None:
    assert read(tmp_path, COMTRADE, {}, {"flowCode": "??", "primaryValue": "much"}).rejects.num_rows == 1


def test_an_unreadable_value_leaves_the_flow_in(tmp_path: Path) -> None:
    result = read(tmp_path, COMTRADE, {"primaryValue": "much"}, {})
    assert rows_of(result)[0]["value"] is None
    assert result.rejects.to_pylist()[0]["reason"].startswith("value not read: ")


def test_the_legacy_layout_is_read(tmp_path: Path) -> None:
    (row,) = rows_of(read(tmp_path, LEGACY, {}))
    assert (row["reporter"], row["partner"], row["flow"], row["period"]) == ("IN", "WORLD", "import", "2019")
    assert (row["hs_version"], row["value_basis"], row["value_usd"], row["net_weight_kg"]) == ("HS2017", "CIF", 77.0, None)


def test_euros_stay_euros_and_are_converted_beside_them(tmp_path: Path) -> None:
    row = {"flow": "export", "reporter": "EU27", "partner": "KG", "period": "2022-03", "value_eur": "5"}
    (found,) = rows_of(read(tmp_path, row, {}))
    assert (found["reporter"], found["value"], found["currency"]) == ("EU27", 5.0, "EUR")
    assert found["value_usd"] == pytest.approx(5 * 1.1019, rel=1e-4)  # the average of March 2022, European Central Bank
    assert (found["usd_rate_date"], found["usd_rate_source"]) == ("2022-03", "European Central Bank, monthly average of 23 days")
    assert (found["hs_code"], found["hs_level"]) == ("TOTAL", 0)


def test_greece_and_northern_ireland_have_their_own_eurostat_codes(tmp_path: Path) -> None:
    row = {"flow": "export", "reporter": "EL", "partner": "XI", "period": "2022-03", "value_eur": "5"}
    (found,) = rows_of(read(tmp_path, row, {}))
    assert (found["reporter"], found["partner"]) == ("GR", "GB")


@pytest.mark.parametrize(
    ("flow", "product", "month"), [("EXPORT", "Total", "Aug. 2024"), ("2-EXPORT", "TOTAL-Total", "202408-Aug. 2024")]
)
def test_both_label_styles_of_easy_comext_are_read(tmp_path: Path, flow: str, product: str, month: str) -> None:
    row = {
        "REPORTER": "European Union - 27 countries (AS OF 2020)", "PARTNER": "Kyrgyz, Republic", "PRODUCT": product, "FLOW": flow,
        "STAT_PROCEDURE": "TOTAL", "PERIOD": month, "VALUE_IN_EUR": "5",
    }  # fmt: skip
    (found,) = rows_of(read(tmp_path, row, {}))
    assert (found["flow"], found["period"], found["hs_code"], found["partner"]) == ("export", "2024-08", "TOTAL", "KG")


def test_a_spread_measure_gives_a_row_for_each_column(tmp_path: Path) -> None:
    row = {"country": "China", "year": "2022", "month": "3", "export": "1.5", "import_origin": "2", "import_consignment": "3"}
    rows = rows_of(read(tmp_path, row, {}, {"export": ""}))
    assert [(r["flow"], r["value_usd"], r["period"]) for r in rows] == [
        ("export", 1500.0, "2022-03"),
        ("import", 2000.0, "2022-03"),
        ("import", 2000.0, "2022-03"),
    ]


def test_a_refused_row_of_a_spread_measure_is_listed_once(tmp_path: Path) -> None:
    row = {"country": "Atlantis", "year": "2022", "month": "3", "export": "1", "import_origin": "2", "import_consignment": "3"}
    result = read(tmp_path, row, {}, {"country": "China"})
    assert result.rejects.num_rows == 1


def test_years_as_columns_become_periods(tmp_path: Path) -> None:
    row = {
        "SERIES_CODE": "x", "COUNTRY.ID": "RUS", "INDICATOR.ID": "MG_CIF_USD", "COUNTERPART_COUNTRY.ID": "CHN",
        "FREQUENCY.ID": "A", "SCALE.ID": "6", "TRADE_FLOW.ID": "MG", "2021": "1.5", "2022": "2",
    }  # fmt: skip
    rows = rows_of(read(tmp_path, row, {}))
    assert [(r["period"], r["value_usd"], r["flow"]) for r in rows] == [("2021", 1.5e6, "import"), ("2022", 2e6, "import")]


def test_thousands_and_tons_become_dollars_and_kilograms(tmp_path: Path) -> None:
    (row,) = rows_of(read(tmp_path, {"t": "2021", "i": "156", "j": "643", "k": "10121", "v": "1.5", "q": "2"}, {}))
    assert (row["hs_code"], row["value_usd"], row["net_weight_kg"]) == ("010121", 1500.0, 2000.0)


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("2022", "2022"),
        ("202207", "2022-07"),
        ("2022-07", "2022-07"),
        ("202252", "2022"),
        ("07/2022", "2022-07"),
        ("Aug. 2024", "2024-08"),
    ],
)
def test_periods_are_read_in_many_forms(text: str, read_as: str) -> None:
    assert period(text).value == read_as
