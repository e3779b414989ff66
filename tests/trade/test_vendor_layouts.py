"""Layouts of vendors, customs and statistical offices, on invented rows in their columns."""

import csv
import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from kit.files import Sheet
from kit.tables import ReadResult, empty
from kit.trade import load_mappings, propose_mapping, read_trade, recognize
from kit.trade.chile import columns as chilean
from kit.trade.mapping import TradeMapping
from kit.trade.reader import choose
from tests.files.test_json_and_dbase import dbase
from tests.shared_files import shared
from tests.trade.sheets import rows_of, write_csv


def write_json(folder: Path, content: Any, name: str = "file.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def flows(result: ReadResult) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = result.tables["flows"].to_pylist()
    return found


CENSUS = [
    ["CTY_CODE", "CTY_NAME", "I_COMMODITY", "GEN_VAL_MO", "SUMMARY_LVL", "time"],
    ["4621", "RUSSIA", "854231", "1500", "DET", "2023-05"],
    ["5820", "HONG KONG", "854231", "0", "DET", "2023-05"],
    ["-", "TOTAL FOR ALL COUNTRIES", "854231", "9000", "DET", "2023-05"],
    ["0003", "EUROPEAN UNION", "854231", "700", "CGP", "2023-05"],
    ["4XXX", "EUROPE", "854231", "800", "CGP", "2023-05"],
]


def test_census_imports_are_read_without_groups_of_countries(tmp_path: Path) -> None:
    path = write_json(tmp_path, CENSUS)
    result = read_trade(path)
    found = [(r["reporter"], r["partner"], r["flow"], r["period"], r["value"]) for r in flows(result)]
    assert recognize(path) == "us_census_imports"
    assert found == [
        ("US", "RU", "import", "2023-05", 1500.0),
        ("US", "HK", "import", "2023-05", 0.0),
        ("US", "WORLD", "import", "2023-05", 9000.0),
    ]
    assert len(result.rejects) == 2
    assert "adds up" in result.rejects.to_pylist()[0]["reason"]


def test_census_exports_without_df_are_exports(tmp_path: Path) -> None:
    rows = [["CTY_CODE", "CTY_NAME", "E_COMMODITY", "ALL_VAL_MO", "YEAR"], ["4890", "TURKEY", "854231", "5", "2023"]]
    assert [(r["flow"], r["partner"], r["period"]) for r in flows(read_trade(write_json(tmp_path, rows)))] == [
        ("export", "TR", "2023")
    ]


def test_census_exports_tell_domestic_goods_from_foreign_ones(tmp_path: Path) -> None:
    head = ["CTY_CODE", "CTY_NAME", "E_COMMODITY", "ALL_VAL_MO", "DF", "time"]
    rows = [head, *(["4890", "TURKEY", "854231", value, kind, "2023-01"] for value, kind in (("5", "1"), ("2", "2"), ("7", "-")))]
    result = read_trade(write_json(tmp_path, rows))
    assert [(r["flow"], r["value"]) for r in flows(result)] == [("export", 5.0), ("re-export", 2.0)]
    assert len(result.rejects) == 1


def test_comtrade_as_json_is_read_like_its_csv(tmp_path: Path) -> None:
    row = {
        "reporterCode": 51, "flowCode": "X", "partnerCode": 643, "cmdCode": "854231", "primaryValue": 12.5, "period": "202301",
        "partner2Code": 0, "motCode": 0, "customsCode": "C00", "classificationCode": "H6", "netWgt": 3.0,
    }  # fmt: skip
    path = write_json(tmp_path, {"count": 1, "data": [row]})
    assert recognize(path) == "comtrade"
    assert [(r["reporter"], r["partner"], r["value_usd"], r["hs_version"]) for r in flows(read_trade(path))] == [
        ("AM", "RU", 12.5, "HS2022")
    ]


def test_comext_bulk_rows_keep_their_level(tmp_path: Path) -> None:
    row = {
        "DECLARANT": "004", "DECLARANT_ISO": "DE", "PARTNER": "0083", "PARTNER_ISO": "KG", "TRADE_TYPE": "E",
        "PRODUCT_NC": "85423190",
        "PRODUCT_SITC": "77641", "FLOW": "2", "STAT_REGIME": "1", "PERIOD": "202205", "VALUE_IN_EUROS": "1200",
        "QUANTITY_IN_KG": "10", "SUP_QUANTITY": "4",
    }  # fmt: skip
    path = write_csv(tmp_path / "full202205.dat", [row, row | {"PRODUCT_NC": "85"}, row | {"PRODUCT_NC": "TOTAL"}])
    found = flows(read_trade(path))
    assert recognize(path) == "comext_bulk"
    assert [(r["reporter"], r["partner"], r["flow"], r["hs_level"]) for r in found] == [
        ("DE", "KG", "export", level) for level in (8, 2, 0)
    ]


def test_newer_comext_bulk_files_are_read(tmp_path: Path) -> None:
    row = {
        "REPORTER": "AT", "PARTNER": "KG", "TRADE_TYPE": "E", "PRODUCT_NC": "85423190", "FLOW": "2", "STAT_PROCEDURE": "1",
        "SUPPL_UNIT": "NO_SU", "PERIOD": "202402", "VALUE_EUR": "65", "VALUE_NAC": "65", "QUANTITY_KG": "3",
    }  # fmt: skip
    path = write_csv(tmp_path / "full_202402.dat", [row, row | {"PRODUCT_NC": "99RRR100"}])
    result = read_trade(path)
    assert recognize(path) == "comext_bulk_v2"
    assert [(r["reporter"], r["partner"], r["flow"], r["value"], r["net_weight_kg"]) for r in flows(result)] == [
        ("AT", "KG", "export", 65.0, 3.0)
    ]
    assert len(result.rejects) == 1  # a code that hides the goods


def test_comext_sdmx_reads_values_and_lists_quantities(tmp_path: Path) -> None:
    row = {
        "DATAFLOW": "ESTAT:DS-045409(1.0)", "LAST UPDATE": "01/01/24", "freq": "M", "reporter": "DE", "partner": "KZ",
        "product": "85423190", "flow": "2", "indicators": "VALUE_IN_EUROS", "TIME_PERIOD": "2022-05", "OBS_VALUE": "1200",
        "OBS_FLAG": "",
    }  # fmt: skip
    path = write_csv(tmp_path / "x.csv", [row, row | {"indicators": "QUANTITY_IN_100KG", "OBS_VALUE": "3"}])
    result = read_trade(path)
    assert [(r["reporter"], r["flow"], r["value"], r["currency"]) for r in flows(result)] == [("DE", "export", 1200.0, "EUR")]
    assert len(result.rejects) == 1


def test_importyeti_bills_are_read_without_gross_weight(tmp_path: Path) -> None:
    bill = {
        "date_formatted": "2023-02-01", "shipper": "VEROLAN TRADE", "consignee": "ZARNITSA INC",
        "hs_codes": ["8542.31", "8504.40"],
        "product_descriptions": ["CHIPS"], "weight_kg": 100, "origin_port": "YANTIAN", "Consignee_Address": "1 QUAY",
    }  # fmt: skip
    path = write_json(tmp_path, [bill])
    (row,) = rows_of(read_trade(path))
    assert recognize(path) == "importyeti"
    assert (row["consignor_name"], row["hs_code"], row["net_weight_kg"], row["direction"]) == (
        "VEROLAN TRADE",
        "854231",
        None,
        "import",
    )


def test_panjiva_tables_are_read(tmp_path: Path) -> None:
    bill = {
        "panjivaRecordId": "1",
        "arrivalDate": "2023-02-01",
        "conName": "ZARNITSA",
        "shpName": "VEROLAN",
        "valueOfGoodsUSD": "0",
    }
    path = write_csv(tmp_path / "p.csv", [bill])
    (row,) = rows_of(read_trade(path))
    assert (recognize(path), row["consignee_name"], row["value_usd"]) == ("panjiva_xpressfeed", "ZARNITSA", None)


def test_peruvian_imports_come_out_of_dbase_with_their_leading_zero(tmp_path: Path) -> None:
    columns = "CODI_ADUAN:C3 ANO_PRESE:C4 NUME_CORRE:C6 NUME_SERIE:N4 FECH_INGSI:D8 LIBR_TRIBU:C11 DNOMBRE:C30 PART_NANDI:N10 "
    columns += "DESC_COMER:C20 PAIS_ORIGE:C2 PAIS_ADQUI:C2 FOB_DOLPOL:N12 PESO_NETO:N10"
    record = [
        "118",
        "2023",
        "000123",
        "1",
        "20230514",
        "20100000001",
        "IMPORTADORA ZARZA SAC",
        "804400000",
        "PALTAS",
        "CN",
        "US",
        "12.5",
        "3",
    ]
    path = tmp_path / "ma0523.dbf"
    path.write_bytes(dbase([record], columns=columns, code_page=0))
    (row,) = rows_of(read_trade(path))
    assert recognize(path) == "pe_sunat_import"
    assert (row["declaration_id"], row["hs_code"], row["origin_country"], row["trading_country"]) == (
        "118-2023-000123-1", "0804400000", "CN", "US",
    )  # fmt: skip
    assert (row["consignee_id"], row["value_usd"], row["date"].isoformat()) == ("20100000001", 12.5, "2023-05-14")


def test_peruvian_exports_name_the_sender(tmp_path: Path) -> None:
    columns = "CADU:C3 FANO:C4 NDCL:C6 NSER:N4 FNUM:D8 NDOC:C11 DNOMBRE:C30 "
    columns += "PART_NANDI:C10 CPAIDES:C2 VFOBSERDOL:N12 VPESNET:N10 DCOM:C20"
    record = ["118", "2023", "7", "1", "20230514", "20100000001", "EXPORTADORA ZARZA", "8542310000", "RU", "12.5", "3", "CHIPS"]
    path = tmp_path / "x.dbf"
    path.write_bytes(dbase([record], columns=columns, code_page=0))
    (row,) = rows_of(read_trade(path))
    assert (row["consignor_name"], row["destination_country"], row["departure_country"], row["net_weight_kg"]) == (
        "EXPORTADORA ZARZA", "RU", "PE", 3.0,
    )  # fmt: skip


def test_colombian_imports_have_month_and_item_value(tmp_path: Path) -> None:
    row = {
        "FECH": "2305", "ADUA": "3", "PAISGEN": "215", "PAISPRO": "215", "PAISCOM": "249", "POSAR": "8542310000",
        "PNK": "1.234,5",
        "VAFODO": "1000,00", "VACID": "1.100,50", "NIT": "800000001", "RZIMPO": "IMPORTADORA ZARZA",
    }  # fmt: skip
    (found,) = rows_of(read_trade(write_csv(tmp_path / "impo.csv", [row], delimiter=";")))
    assert (found["value_usd"], found["net_weight_kg"], found["date_precision"], found["origin_country"]) == (
        1100.5,
        1234.5,
        "month",
        None,
    )


def test_chilean_items_come_without_a_header(tmp_path: Path) -> None:
    names = chilean()
    values = {
        "NUMENCRIPTADO": "123", "NUMITEM": "2", "FECACEP": "14052023", "NUM_UNICO_IMPORTADOR": "77", "ARANC-NAC": "85423100",
        "CIF-ITEM": "1200,50", "CIF": "9999,00", "DNOMBRE": "CIRCUITO", "DMARCA": "KESTREL", "CANT-MERC": "3,00",
    }  # fmt: skip
    path = tmp_path / "din.txt"
    path.write_text(";".join(values.get(name, "") for name in names) + "\n", encoding="latin-1")
    (row,) = rows_of(read_trade(path))
    assert recognize(path) == "cl_aduana_import"
    assert (row["declaration_id"], row["value"], row["hs_code"], row["brand"]) == ("123/2", 1200.5, "85423100", "KESTREL")


def test_a_one_sided_table_puts_the_company_where_the_direction_says(tmp_path: Path) -> None:
    row = {
        "data_deklaracii": "2023-05-14", "napryamok": "Імпорт", "kraina_partner": "Китай", "kod_uktzed": "8542319000",
        "kod_yedrpou": "12345678", "nazva_kompanii": "ТОВ ЗІРКА", "vaha_netto_kg": "3,5",
    }  # fmt: skip
    path = write_csv(tmp_path / "ua.csv", [row, row | {"napryamok": "Експорт"}, row | {"napryamok": "?"}], delimiter=";")
    result = read_trade(path)
    found = [
        (r["consignor_name"], r["consignee_name"], r["departure_country"], r["destination_country"]) for r in rows_of(result)
    ]
    assert recognize(path) == "ua_declarations_table"
    assert found[:2] == [(None, "ТОВ ЗІРКА", "CN", None), ("ТОВ ЗІРКА", None, None, "CN")]
    assert "napryamok" in str(result.rejects.to_pylist())


SHIPMENT = {
    "id": "x1", "type": "shipment", "buyer": [{"names": ["ООО ЗАРНИЦА", "ZARNITSA LLC"], "countries": ["RUS"],
    "address": [{"value": "МОСКВА"}]}],
    "supplier": [{"names": ["VEROLAN TRADE"], "countries": ["ARE", "TUR"]}], "arrival_date": ["2023-05-14"],
    "departure_country": ["TUR"],
    "product_origin": ["CHN"], "hs_codes": [{"code": "854231"}, {"code": "850440"}], "product_descriptions": ["CHIPS"],
    "monetary_value": [{"value": 12.5, "currency": "USD", "context": "free_on_board"}],
    "weight": [{"value": 3, "unit": "kilogram", "type": "net_weight"}, {"value": 4, "unit": "kilogram", "type": "gross_weight"}],
    "identifier": [{"value": "1001/140523/1", "type": "rus_declaration_number"}],
}  # fmt: skip


def test_sayari_shipments_are_read(tmp_path: Path) -> None:
    result = read_trade(write_json(tmp_path, {"limit": 1, "data": [SHIPMENT, "noise"]}))
    (row,) = rows_of(result)
    assert (row["declaration_id"], row["consignor_name"], row["consignee_name"]) == (
        "1001/140523/1",
        "VEROLAN TRADE",
        "ООО ЗАРНИЦА",
    )
    assert (row["consignor_country"], row["consignee_country"], row["departure_country"], row["origin_country"]) == (
        None,
        "RU",
        "TR",
        "CN",
    )
    assert (row["value_usd"], row["value_basis"], row["net_weight_kg"]) == (12.5, "FOB", 3.0)
    assert [r["source_row"] for r in result.rejects.to_pylist()] == [2]
    assert any("hs_codes" in note for note in result.notes)


def test_a_broken_line_of_shipments_is_refused_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "shipments.jsonl"
    lines = [json.dumps(SHIPMENT), json.dumps(SHIPMENT)[:-20], '{"id": ' + "9" * 5000 + "}", json.dumps(SHIPMENT)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    result = read_trade(path)
    assert len(rows_of(result)) == 2
    assert [r["source_row"] for r in result.rejects.to_pylist()] == [2, 3]


def test_the_vendors_documented_shipment_is_read() -> None:
    (row,) = rows_of(read_trade(shared("data", "trade", "sayari_shipment_search_example.json")))
    assert (row["declaration_id"], row["hs_code"], row["consignee_country"]) == ("10013160/140524/3162513", "854231", "RU")


FROM_MEMORY = {
    "ImportGenius": (
        "Bill of Lading", "Arrival Date", "Shipper Name", "Shipper Address", "Consignee Name", "Consignee Address",
        "Notify Party Name",
        "Product Description", "HS Code", "Quantity", "Weight (KG)", "Container Number", "Vessel Name",
    ),
    "Volza": (
        "Date", "HS Code", "Product Description", "Shipper Name", "Consignee Name", "Country of Origin", "Country of Destination",
        "Port of Loading", "Quantity", "Unit", "Unit Rate", "Value (USD)",
    ),
    "Export Genius": (
        "SB NO", "DATE", "HS CODE", "GOODS DESCRIPTION", "EXPORTER NAME", "FOREIGN BUYER NAME", "DESTINATION COUNTRY",
        "PORT OF LOADING", "QUANTITY", "UNIT", "TOTAL VALUE USD",
    ),
    "Descartes Datamyne": (
        "BOL Number", "Arrival Date", "Consignee Declared", "Shipper Declared", "Notify Party", "Country of Origin",
        "Commodity", "HS Code", "Quantity", "Gross Weight",
    ),
}  # fmt: skip
VALUES = {"date": "2023-05-14", "hs": "854231", "country": "China", "quantity": "5", "weight": "7", "value": "100", "rate": "3"}


@pytest.mark.parametrize("vendor", FROM_MEMORY)
def test_vendors_known_from_memory_alone_are_recognized_by_words(tmp_path: Path, vendor: str) -> None:
    row = {
        head: next((value for key, value in VALUES.items() if key in head.lower()), "VEROLAN CHIPS")
        for head in FROM_MEMORY[vendor]
    }
    path = write_csv(tmp_path / "cargo.csv", [row])
    assert recognize(path) is None
    (found,) = rows_of(read_trade(path))
    assert (found["consignor_name"], found["consignee_name"], found["hs_code"]) == ("VEROLAN CHIPS", "VEROLAN CHIPS", "854231")
    assert found["date"].isoformat() == "2023-05-14"
    assert found["net_weight_kg"] is None or "Weight (KG)" in row


def layouts_seen() -> dict[tuple[str, str, str], list[tuple[str, str]]]:
    """Columns and one example cell of each Eximpedia layout that was seen."""
    found: dict[tuple[str, str, str], list[tuple[str, str]]] = defaultdict(list)
    with shared("data", "reference", "customs_vendor_columns.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["source"] == "Eximpedia":
                name = row["evidence"].partition("(")[2].rstrip(")")
                found[row["source"], row["layout"], name].append((row["column"], row["example"]))
    return found


def test_every_layout_of_one_vendor_has_a_party_a_code_and_no_gross_weight() -> None:
    weak = []
    for (_, layout, name), cells in layouts_seen().items():
        columns = list(dict(cells))
        rows = pa.table({c: pa.array([dict(cells)[c] or None], pa.string()) for c in columns} | {"source_row": pa.array([7])})
        sheet = Sheet(name, None, 6, tuple(columns), rows, empty("rejects"))
        mapping = propose_mapping(sheet).mapping
        targets = {column.target: column.sources[0] for column in mapping.columns}
        faults = [t for t, source in targets.items() if any(w in source for w in ("GROSS", "%GT", "PERCENT", "AVERAGE"))]
        if "hs_code" not in targets or not any(t.endswith("_name") for t in targets) or len(faults) > 0:
            weak.append((layout, name, faults))
    assert weak == []


def headers_of(mapping: TradeMapping) -> list[str]:
    """Every source column that a mapping reads, in its first spelling."""
    names = [*mapping.requires, *mapping.keep, *mapping.leave_out]
    for column in mapping.columns:
        names += [*column.sources[:1], *column.join, *column.unit_source[:1]]
    names += [spread.column for spread in mapping.spread if spread.column != ""]
    return list(dict.fromkeys(names))


@pytest.mark.parametrize("mapping", load_mappings(), ids=lambda mapping: mapping.layout)
def test_each_layout_is_chosen_for_a_file_in_its_own_columns(mapping: TradeMapping) -> None:
    """No other layout takes its files away; a layout that needs a file name gets one."""
    words = "_".join(re.findall(r"[A-Za-z]{4,}", mapping.file_name)) or "file"
    assert choose_by_columns(headers_of(mapping), f"{words}.csv") == mapping.layout
    assert mapping.known_by.value in ("seen", "documented", "own")


def choose_by_columns(columns: list[str], name: str) -> str | None:
    rows = pa.table({c: pa.array(["1"], pa.string()) for c in columns} | {"source_row": pa.array([2])})
    found = choose(Sheet(name, None, 1, tuple(columns), rows, empty("rejects")))
    return found.layout if found is not None else None
