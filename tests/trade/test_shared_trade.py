"""The real trade files beside the project: all are read with no manual step, with their published counts and sums."""

from collections import Counter
from functools import cache

import pyarrow.compute as pc
import pytest

from kit.rates import usd_rate
from kit.tables import ReadResult
from kit.trade import read_trade, recognize
from tests.shared_files import shared, shared_files

pytestmark = pytest.mark.shared
XLSX = ("data", "trade", "eximpedia_samples", "xlsx")
WORKBOOKS = {
    "Armenia Export F.xlsx": ("eximpedia_am_export", 1),
    "Armenia Export S.xlsx": ("eximpedia_am_export_monthly", 1),
    "Armenia Import S.xlsx": ("eximpedia_am_import_monthly", 1000),
    "India Export USA 610990 (1).xlsx": ("eximpedia_in_export", 16),
    "India Import F.xlsx": ("eximpedia_in_import", 2),
    "India Import S.xlsx": ("eximpedia_in_import_monthly", 1000),
    "Russia Export Full.xlsx": ("eximpedia_ru_export", 2),
    "Russia Export Short.xlsx": ("eximpedia_ru_export_monthly", 1000),
    "Russia Import Full.xlsx": ("eximpedia_ru_import", 2),
    "Russia Import Short.xlsx": ("eximpedia_ru_import_monthly", 1000),
    "Turkey Export F.xlsx": ("eximpedia_tr_export", 4),
    "Turkey Export S.xlsx": ("eximpedia_tr_export_monthly", 1000),
    "Turkey Import F.xlsx": ("eximpedia_tr_import", 2),
    "Turkey Import S.xlsx": ("eximpedia_tr_import_monthly", 1000),
    "Ukraine Export Full.xlsx": ("eximpedia_ua_export", 2),
    "Ukraine Export Short.xlsx": ("eximpedia_ua_export_monthly", 1000),
    "Ukraine Import Full.xlsx": ("eximpedia_ua_import", 2),
    "Ukraine Import Short.xlsx": ("eximpedia_ua_import_monthly", 1000),
    "Uzbekistan Export S.xlsx": ("eximpedia_uz_export_monthly", 881),
    "Uzbekistan Import s.xlsx": ("eximpedia_uz_import_monthly", 1000),
    "Uzbekistan export F.xlsx": ("eximpedia_uz_export", 2),
    "Uzbekistan import Full (1).xlsx": ("eximpedia_uz_import", 2),
    "Uzbekistan import Full.xlsx": ("eximpedia_uz_import", 2),
    "_Armenia Import F.xlsx": ("eximpedia_am_import", 2),
}


@cache
def statistics(name: str) -> ReadResult:
    return read_trade(shared("data", "trade", name))


def total(name: str, **wanted: str) -> float:
    rows = statistics(name).tables["flows"]
    for column, value in wanted.items():
        rows = rows.filter(pc.starts_with(rows.column(column), value))
    return float(pc.sum(rows.column("value")).as_py() or 0.0)


def test_every_workbook_is_listed_here() -> None:
    shared(*XLSX)
    assert shared_files(*XLSX) == sorted(WORKBOOKS)


@pytest.mark.parametrize("name", sorted(WORKBOOKS))
def test_a_workbook_is_read_whole(name: str) -> None:
    layout, rows = WORKBOOKS[name]
    result = read_trade(shared(*XLSX, name))
    assert (result.reader, result.rows_read) == (layout, rows)
    assert not any(reject["reason"].startswith("row not read") for reject in result.rejects.to_pylist())


@pytest.mark.parametrize("name", sorted(WORKBOOKS))
def test_a_workbook_gives_code_date_and_a_party_in_every_row(name: str) -> None:
    table = read_trade(shared(*XLSX, name)).tables["declarations"]
    assert table.column("hs_code").null_count == 0
    assert table.column("date").null_count == 0
    assert table.column("consignor_name").null_count + table.column("consignee_name").null_count < len(table) + 1
    assert pc.unique(table.column("reporter")).null_count == 0


def test_totals_and_lines_are_told_apart() -> None:
    full = read_trade(shared(*XLSX, "Russia Import Full.xlsx")).tables["declarations"]
    short = read_trade(shared(*XLSX, "Russia Import Short.xlsx")).tables["declarations"]
    assert set(full.column("record_level").to_pylist()) == {"line"}
    assert set(short.column("record_level").to_pylist()) == {"monthly_total"}


def test_armenian_totals_are_in_dram_and_converted_beside_it() -> None:
    table = read_trade(shared(*XLSX, "Armenia Import S.xlsx")).tables["declarations"]
    with_value = pc.sum(pc.is_valid(table.column("value"))).as_py()
    assert Counter(table.column("currency").to_pylist())["AMD"] >= with_value > 700
    rated = [row for row in table.to_pylist() if row["usd_rate"] is not None]
    assert len(rated) > 700
    assert all(370 < 1 / row["usd_rate"] < 500 for row in rated)  # drams a dollar in these years


def test_dollars_declared_beside_rubles_agree_with_the_bundled_rate() -> None:
    rows = read_trade(shared(*XLSX, "Russia Import Full.xlsx")).tables["declarations"].to_pylist()
    for row in rows:
        rate = usd_rate("RUB", f"{row['date']:%Y-%m}")
        assert rate is not None
        assert row["value"] * rate.usd_per_unit == pytest.approx(row["value_usd"], rel=0.05)


def test_rubles_and_dollars_stand_side_by_side() -> None:
    rows = read_trade(shared(*XLSX, "Russia Import Full.xlsx")).tables["declarations"].to_pylist()
    assert [(row["value"], row["currency"], row["value_usd"]) for row in rows] == [
        (6947.52, "RUB", 83.02),
        (5076339.23, "RUB", 60662.77),
    ]


@pytest.mark.parametrize(
    ("name", "rows", "rejects"),
    [
        ("armenia_reexports_estimated_hs6_monthly_2011-01_2024-01.csv.gz", 37370, 0),
        ("armenia_trade_by_country_monthly_2007_2024.csv.gz", 56734, 0),
        ("comtrade_legacy_export_sample_848620_903082_903141_2016_2020.csv.gz", 2863, 0),
        ("comtrade_monthly_armenia_8703_2017_2023.csv.gz", 10405, 0),
        ("eurostat_comext_electronics_cn8_monthly_2020-01_2022-11.csv.gz", 47595, 0),
        ("eurostat_comext_eu27_to_ru_and_6_neighbours_2020-01_2022-11.parquet", 1159638, 0),
        ("eurostat_comext_total_monthly_2019-01_2024-08.csv", 12635, 0),
        ("imf_imts_russia_by_partner_2016_2024.csv", 3331, 42),
    ],
)
def test_statistics_are_read_with_their_published_counts(name: str, rows: int, rejects: int) -> None:
    result = statistics(name)
    assert (result.rows_read, len(result.rejects)) == (rows, rejects)


@pytest.mark.parametrize(("year", "millions"), [("2021", 263), ("2022", 1170), ("2023", 2733)])
def test_exports_of_the_union_to_kyrgyzstan(year: str, millions: int) -> None:
    name = "eurostat_comext_total_monthly_2019-01_2024-08.csv"
    assert (
        int(total(name, flow="export", reporter="EU27", partner="KG", period=year) / 1e6) == millions
    )  # the published table cuts, it does not round


@pytest.mark.parametrize(("year", "millions"), [("2021", 89169), ("2022", 55008), ("2023", 38181)])
def test_exports_of_the_union_to_russia(year: str, millions: int) -> None:
    name = "eurostat_comext_total_monthly_2019-01_2024-08.csv"
    assert (
        int(total(name, flow="export", reporter="EU27", partner="RU", period=year) / 1e6) == millions
    )  # the published table cuts, it does not round


@pytest.mark.parametrize(("partner", "before", "after"), [("AM", 5111, 1984038), ("KG", 30326, 1017532), ("KZ", 348773, 3551408)])
def test_chips_to_the_neighbours_of_russia_from_march_to_november(partner: str, before: int, after: int) -> None:
    name = "eurostat_comext_electronics_cn8_monthly_2020-01_2022-11.csv.gz"
    months = [f"{month:02d}" for month in range(3, 12)]
    sums = [
        sum(total(name, partner=partner, hs_code="854239", period=f"{year}-{month}") for month in months) for year in (2021, 2022)
    ]
    assert sums == [before, after]


def test_the_union_is_the_sum_of_its_members() -> None:
    rows = statistics("eurostat_comext_total_monthly_2019-01_2024-08.csv").tables["flows"].to_pylist()
    picked = [r for r in rows if (r["flow"], r["partner"], r["period"]) == ("export", "KZ", "2022-06")]
    members = sum(r["value"] for r in picked if r["reporter"] not in ("EU27", "GB"))
    assert members == pytest.approx(next(r["value"] for r in picked if r["reporter"] == "EU27"), rel=0.001)


def test_levels_of_the_parquet_are_kept() -> None:
    table = statistics("eurostat_comext_eu27_to_ru_and_6_neighbours_2020-01_2022-11.parquet").tables["flows"]
    counts = {row["values"]: row["counts"] for row in pc.value_counts(table.column("hs_level")).to_pylist()}
    assert counts == {0: 12493, 2: 5475, 4: 144111, 8: 997559}


def test_a_vendors_json_example_is_read_by_its_own_reader() -> None:
    assert recognize(shared("data", "trade", "sayari_shipment_search_example.json")) == "sayari_shipments"


def test_labels_of_codes_are_no_trade() -> None:
    assert recognize(shared("data", "trade", "eurostat_comext_product_labels.csv")) is None
