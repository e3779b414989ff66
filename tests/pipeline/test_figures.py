"""The figures of the two bundled cases, computed again from their files by other means than the kit's."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date

import duckdb
import pandas as pd
import pytest

from kit.case import Case
from kit.flows import Selection, Store, open_store
from kit.model import RecordKind
from kit.pipeline import bundled_request, read_all
from kit.pipeline.bundled import AFTER, BEFORE
from kit.reference import data_path

EUROSTAT = str(data_path("public", "eurostat_priority_exports.parquet"))
NOBODY = ("НЕ УКАЗАН", "ОТСУТСТВУЕТ")  # "not stated", "absent"; pandas takes NULL and N/A for empty by itself
DOCUMENTED = str(data_path("public", "documented_flows.csv"))


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Store]:
    """Both bundled cases, read but without candidates."""
    out = {}
    for name in ("public", "training"):
        case = Case.create(tmp_path_factory.mktemp("cases") / name)
        read_all(case, bundled_request(name))
        out[name] = open_store(case)
    return out


@pytest.fixture(scope="module")
def plain() -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that knows nothing of the kit."""
    connection = duckdb.connect()
    connection.read_parquet(EUROSTAT).create_view("eurostat")
    yield connection
    connection.close()


def close(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=0.01)


def test_eurostat_sums_by_pair_are_those_of_the_file(stores: dict[str, Store], plain: duckdb.DuckDBPyConnection) -> None:
    said = stores["public"].territory_pairs(stores["public"].default(RecordKind.FLOWS))
    statement = "SELECT reporter, partner, sum(value), count(*) FROM eurostat GROUP BY ALL"
    raw = {(a, b): (value, rows) for a, b, value, rows in plain.execute(statement).fetchall()}
    assert len(said) == len(raw) == 176
    for row in said.itertuples():
        value, rows = raw[(row.from_territory, row.to_territory)]
        assert close(row.value, value)
        assert row.records == rows
    assert round(raw[("NL", "RU")][0]) == 1_395_441_283


def test_eurostat_sums_by_month_are_those_of_the_file(stores: dict[str, Store], plain: duckdb.DuckDBPyConnection) -> None:
    said = stores["public"].monthly(stores["public"].default(RecordKind.FLOWS)).set_index("month")["value"]
    raw = dict(plain.execute("SELECT period, sum(value) FROM eurostat GROUP BY 1").fetchall())
    assert set(said.index) == set(raw)
    assert all(close(said[month], value) for month, value in raw.items())
    assert (round(raw["2021-12"]), round(raw["2022-03"])) == (285_352_103, 26_781_493)


def test_changes_between_the_years_are_those_of_the_file(stores: dict[str, Store], plain: duckdb.DuckDBPyConnection) -> None:
    said = stores["public"].compare_periods(stores["public"].default(RecordKind.FLOWS), BEFORE, AFTER).set_index("to_territory")
    statement = """
    SELECT partner, sum(value) FILTER (period BETWEEN '2021-03' AND '2021-11'),
           sum(value) FILTER (period BETWEEN '2022-03' AND '2022-11')
    FROM eurostat GROUP BY 1
    """
    raw = {partner: (before, after) for partner, before, after in plain.execute(statement).fetchall()}
    assert set(said.index) == set(raw) == {"KZ", "AM", "UZ", "KG", "GE", "BY", "RU"}
    for partner, (before, after) in raw.items():
        assert close(said.loc[partner, "before"], before)
        assert close(said.loc[partner, "after"], after)
    assert [round(value / 1e6, 1) for value in raw["KZ"]] == [90.1, 209.0]


def test_documented_flows_are_counted_as_in_the_file(stores: dict[str, Store]) -> None:
    rows = pd.read_csv(DOCUMENTED, dtype=str)
    store = stores["public"]
    counts = store.count(Selection(kind=RecordKind.DOCUMENTED))
    in_months = rows["date_from"].dropna().loc[lambda text: text.str.len() >= 7]
    assert counts.records == len(rows) == 90
    assert counts.consignee_missing == rows["consignee_name"].isna().sum() == 11
    assert counts.without_date == 90 - len(in_months) == 59
    said = store.monthly(Selection(kind=RecordKind.DOCUMENTED)).set_index("month")["records"]
    assert said.to_dict() == in_months.str[:7].value_counts().to_dict()
    pairs = store.territory_pairs(Selection(kind=RecordKind.DOCUMENTED))
    assert pairs.loc[pairs["from_territory"] == "CN", "records"].sum() == (rows["consignor_country"] == "CN").sum()


def amounts(text: pd.Series) -> pd.Series:
    return pd.to_numeric(text.str.replace(",", ".", regex=False), errors="coerce")


@pytest.fixture(scope="module")
def training() -> pd.DataFrame:
    """The training files as pandas reads them: date, value in dollars, both parties, both territories, one row a line."""
    russian = pd.read_csv(data_path("training", "ru_customs_declarations.csv"), sep=";", encoding="cp1251", dtype=str)
    russian = russian.rename(columns=lambda name: name.split(" ")[0]).drop_duplicates()
    bills = pd.read_csv(data_path("training", "bills_of_lading.csv"), dtype=str).drop_duplicates()
    masters = set(bills.loc[bills["house_bol_number"].notna(), "master_bol_number"].dropna())
    bills = bills[~(bills["house_bol_number"].isna() & bills["master_bol_number"].isin(masters))]
    vendor = pd.read_excel(data_path("training", "vendor_export.xlsx"), header=5, dtype=str, engine="openpyxl").drop_duplicates()
    parts = [
        pd.DataFrame({
            "file": "russian", "month": pd.to_datetime(russian["G072"], format="%d.%m.%Y").dt.strftime("%Y-%m"),
            "usd": amounts(russian["G46"]), "consignor": russian["G022"], "consignee": russian["G082"],
            "hs": russian["G33"], "from": russian["G15A"],
        }),
        pd.DataFrame({
            "file": "vendor", "month": vendor["REGISTRATION_DATE"].str[:7], "usd": amounts(vendor["STATISTICAL_VALUE_USD"]),
            "consignor": vendor["EXPORTER_NAME"], "consignee": vendor["IMPORTER_NAME"], "hs": vendor["HS_CODE"],
            "from": vendor["DISPATCH_COUNTRY"],
        }),
        pd.DataFrame({
            "file": "bills", "month": bills["actual_arrival_date"].str[:7],
            "usd": amounts(bills["harmonized_value"]), "consignor": bills["shipper_party_name"],
            "consignee": bills["consignee_name"], "hs": bills["harmonized_number"], "from": bills["shipper_country_code"],
        }),
    ]  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def test_training_records_and_their_sum_are_those_of_the_files(stores: dict[str, Store], training: pd.DataFrame) -> None:
    counts = stores["training"].count(Selection(measure="value_usd"))
    assert (counts.records, counts.repeats_left_out) == (len(training), 20_000 - len(training)) == (19_790, 210)
    assert close(counts.value, training["usd"].sum())
    assert counts.without_value == training["usd"].isna().sum() == 0


def test_training_records_without_a_consignee_are_those_of_the_files(stores: dict[str, Store], training: pd.DataFrame) -> None:
    counts = stores["training"].count(Selection(measure="value_usd"))
    nameless = training[training["consignee"].isna() | training["consignee"].isin(NOBODY)]
    assert counts.consignee_missing == len(nameless) == 540
    assert close(counts.consignee_missing_value, nameless["usd"].sum())


def test_training_sums_by_month_are_those_of_the_files(stores: dict[str, Store], training: pd.DataFrame) -> None:
    said = stores["training"].monthly(Selection(measure="value_usd")).set_index("month")
    raw = training.groupby("month")["usd"].agg(["sum", "size"])
    assert set(said.index) == set(raw.index)
    for month, row in raw.iterrows():
        assert close(said.loc[month, "value"], row["sum"])
        assert said.loc[month, "records"] == row["size"]


def test_training_sum_of_one_sender_is_that_of_the_files(stores: dict[str, Store], training: pd.DataFrame) -> None:
    name = "DEMMATAM OTOMOTIV SANAYI VE TICARET LIMITED SIRKETI"
    links = stores["training"].corridors(Selection(measure="value_usd"), ("consignor", "from_territory"), most=5000)
    said = links.loc[links["key_from"] == name, "value"].sum()
    assert close(said, training.loc[training["consignor"] == name, "usd"].sum())
    assert said > 0


def test_training_sum_of_high_priority_goods_is_that_of_the_files(stores: dict[str, Store], training: pd.DataFrame) -> None:
    codes = set(pd.read_csv(data_path("reference", "priority_goods.csv"), dtype=str)["hs_code"])
    raw = training[training["hs"].str[:6].isin(codes)]
    counts = stores["training"].count(Selection(measure="value_usd", goods="priority"))
    assert close(counts.value, raw["usd"].sum())
    assert counts.records == len(raw)


def test_training_sums_of_one_year_are_those_of_the_files(stores: dict[str, Store], training: pd.DataFrame) -> None:
    year = Selection(measure="value_usd", date_from=date(2023, 1, 1), date_to=date(2023, 12, 31))
    assert close(stores["training"].count(year).value, training.loc[training["month"].str[:4] == "2023", "usd"].sum())
