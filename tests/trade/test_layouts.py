"""Shipped layouts on invented rows: Russian header styles, bills of lading, monthly totals."""

from pathlib import Path
from typing import Any

import pytest

from kit.trade import read_trade, recognize
from tests.trade.sheets import rows_of, write_csv

CODES = {
    "ND (Номер декларации)": "10013160/140524/0000001",
    "G32 (Номер товара по ГТД)": "1",
    "G072 (Дата регистрации)": "14.05.2024",
    "G011 (Направление перемещения)": "ИМ",
    "G022 (Наименование отправителя)": "VEROLAN TRADE LTD",
    "G082 (Наименование получателя)": "ООО ЗАРНИЦА",
    "G081 (ИНН получателя)": "7700000001",
    "G092 (Наименование контрактодержателя)": "ООО КОНТРАКТ",
    "G142 (Наименование декларанта)": "ООО БРОКЕР",
    "G11 (Код торгующей страны)": "AE",
    "G15A (Код страны отправления)": "TR",
    "G34 (Код страны происхождения)": "00",
    "G31_11 (Фирма-изготовитель)": "KESTREL SEMI",
    "G31_12 (Товарный знак, патент)": "ОТСУТСТВУЕТ",
    "G33 (Код товара по ТН ВЭД)": "854231*",
    "G12 (Общая таможенная стоимость по ГТД)": "99999",
    "G222 (Общая фактурная стоимость по ГТД)": "88888",
    "G221 (Букв.код валюты контракта)": "CNY",
    "G38 (Вес нетто, кг)": "1,5",
    "G42 (Фактурная стоимость)": "1000,50",
    "G45 (Таможенная стоимость)": "12000,00",
    "G46 (Статистическая стоимость, USD.)": "140,07",
}
BOXES = {
    "071 Таможня оформления ДТ": "10013160",
    "072 Дата ДТ": "14.05.2024",
    "073 Порядковый № ДТ": "1",
    "32 Номер товара по ДТ": "2",
    "011 ИМ/ЭК - направление перемещения": "ЭК",
    "022 Наименование/ФИО отправителя": "ООО ЗАРНИЦА",
    "082 Наименование/ФИО получателя": "VEROLAN TRADE LTD",
    "33 Код товара по ТН ВЭД РФ": "8542319010",
    "15 Код страны отправления": "RU",
    "42 Фактурная стоимость": "10",
    "46 Статистическая стоимость": "11",
    "221 Валюта контракта": "USD",
}
WORDS = {
    "Дата регистрации ДТ": "14.05.2024",
    "Направление (ИМ/ЭК)": "ИМ",
    "Наименование отправителя": "VEROLAN TRADE LTD",
    "Получатель": "ООО ЗАРНИЦА",
    "Изготовитель": "KESTREL SEMI",
    "Код ТН ВЭД. Знак звёздочки (*) в конце, если указывается менее 10 знаков.": "8542*",
    "Страна отправления": "ТУРЦИЯ",
    "Код валюты цены договора": "EUR",
    "Вес нетто": "3",
    "Фактурная стоимость": "100",
    "Статистическая стоимость": "108",
}
LONG = {
    "ND  Номер  декларации на товары": "10013160/140524/0000002",
    "G072 (Дата оформления ГТД в АИС декларанта)": "14.05.2024",
    "G11 (Код альфа-2 торгующей страны)": "HK",
    "G31_1 (Описание и характеристика товара с лицевой стороны ГТД - 256 символов": "МИКРОСХЕМЫ",
    "G33 (код товара по ТН ВЭД России)": "8542319010",
    "G221 (Код валюты фактурной стоимости)": "USD",
    "G38 (Вес нетто (кг))": "2",
    "G42 (Фактурная стоимость товара)": "10",
    "G46 (Статистическая стоимость товара в USD)": "11",
}


def read_one(folder: Path, row: dict[str, str], *, delimiter: str = ";", encoding: str = "cp1251") -> dict[str, Any]:
    (found,) = rows_of(read_trade(write_csv(folder / "file.csv", [row], delimiter=delimiter, encoding=encoding)))
    return found


@pytest.mark.parametrize(
    ("row", "layout"),
    [
        (CODES, "ru_declarations_codes"),
        (LONG, "ru_declarations_codes"),
        (BOXES, "ru_declarations_boxes"),
        (WORDS, "ru_declarations_words"),
    ],
)
def test_each_russian_header_style_is_recognized(tmp_path: Path, row: dict[str, str], layout: str) -> None:
    assert recognize(write_csv(tmp_path / "file.csv", [row], delimiter=";", encoding="cp1251")) == layout


def test_goods_line_values_are_read_and_totals_are_not(tmp_path: Path) -> None:
    row = read_one(tmp_path, CODES)
    assert (row["value"], row["currency"], row["value_usd"]) == (1000.5, "CNY", 140.07)


def test_four_parties_and_maker_are_kept_apart(tmp_path: Path) -> None:
    row = read_one(tmp_path, CODES)
    assert row["consignor_name"] == "VEROLAN TRADE LTD"
    assert row["consignee_name"] == "ООО ЗАРНИЦА"
    assert row["notify_name"] == "ООО КОНТРАКТ"
    assert row["declarant_name"] == "ООО БРОКЕР"
    assert row["maker"] == "KESTREL SEMI"


def test_origin_dispatch_and_trade_are_three_columns(tmp_path: Path) -> None:
    row = read_one(tmp_path, CODES)
    assert (row["origin_country"], row["departure_country"], row["trading_country"]) == (None, "TR", "AE")


def test_absent_is_no_brand(tmp_path: Path) -> None:
    assert read_one(tmp_path, CODES)["brand"] is None


def test_the_declaration_number_has_its_goods_line(tmp_path: Path) -> None:
    assert read_one(tmp_path, CODES)["declaration_id"] == "10013160/140524/0000001/1"


def test_an_export_keeps_sender_and_receiver(tmp_path: Path) -> None:
    row = read_one(tmp_path, BOXES)
    assert (row["direction"], row["consignor_name"]) == ("export", "ООО ЗАРНИЦА")


def test_plain_words_give_territories_by_name(tmp_path: Path) -> None:
    row = read_one(tmp_path, WORDS)
    assert (row["departure_country"], row["hs_code"], row["hs_level"]) == ("TR", "8542", 4)


def test_pounds_on_a_bill_become_kilograms(tmp_path: Path) -> None:
    bill = {
        "identifier": "1", "house_bol_number": "H1", "actual_arrival_date": "2023-02-01", "shipper_party_name": "VEROLAN",
        "consignee_name": "ZARNITSA", "harmonized_number": "854231", "harmonized_weight": "100",
        "harmonized_weight_unit": "Pounds",
    }  # fmt: skip
    assert read_one(tmp_path, bill, delimiter=",", encoding="utf-8")["net_weight_kg"] == pytest.approx(45.359237)


def test_a_weight_without_its_unit_is_not_read(tmp_path: Path) -> None:
    bill = {
        "identifier": "1", "shipper_party_name": "VEROLAN", "consignee_name": "ZARNITSA", "harmonized_number": "854231",
        "harmonized_weight": "100", "harmonized_weight_unit": "STONES",
    }  # fmt: skip
    result = read_trade(write_csv(tmp_path / "bill.csv", [bill]))
    assert rows_of(result)[0]["net_weight_kg"] is None
    assert "unit" in result.rejects.to_pylist()[0]["reason"]


def test_monthly_totals_are_marked_as_such(tmp_path: Path) -> None:
    short = {
        "HS_CODE": "8542319000", "SUPPLIER_NAME": "VEROLAN", "ORIGIN_COUNTRY": "TURKEY", "IMPORTER_NAME_EN": "OOO ZARNITSA",
        "TOTALVALUE": "6398.46", "TOTALQUANTITY": "734.4", "IMPORT_PORT_EN": "NULL",
        "HS_CODE_DESCRIPTION": "OTHER", "MONTHYEAR": "Apr 2023",
    }  # fmt: skip
    row = read_one(tmp_path, short, delimiter=",", encoding="utf-8")
    assert (row["record_level"], row["date_precision"], row["reporter"]) == ("monthly_total", "month", "RU")


def test_the_original_name_is_read_before_its_translation(tmp_path: Path) -> None:
    record = {
        "DECLARATION_NUMBER": "1", "IMP_DATE": "2024-01-02", "SUPPLIER_NAME": "VEROLAN", "IMPORTER_NAME": "ООО ЗАРНИЦА",
        "IMPORTER_NAME_EN": "OOO ZARNITSA", "HS_CODE": "8542319000", "CUSTOMS_COST_VALUE_RUB": "900", "TOTAL_VALUE_USD": "10",
    }  # fmt: skip
    missing = record | {"DECLARATION_NUMBER": "2", "IMPORTER_NAME": "NULL"}
    result = read_trade(write_csv(tmp_path / "full.csv", [record, missing]))
    assert [row["consignee_name"] for row in rows_of(result)] == ["ООО ЗАРНИЦА", "OOO ZARNITSA"]


def test_header_spelling_may_change(tmp_path: Path) -> None:
    record = {
        "declaration number": "1", "IMP DATE": "2024-01-02", "SupplierName": "VEROLAN", "IMPORTER NAME": "ЗАРНИЦА",
        "HSCODE": "8542319000", "CUSTOMS COST VALUE RUB": "900", "TOTAL VALUE USD": "10",
    }  # fmt: skip
    assert read_one(tmp_path, record, delimiter=",", encoding="utf-8")["hs_code"] == "8542319000"


def test_a_master_bill_over_house_bills_is_left_out_of_sums(tmp_path: Path) -> None:
    bill = {
        "identifier": "1", "master_bol_number": "M1", "house_bol_number": "H1", "shipper_party_name": "VEROLAN",
        "consignee_name": "ZARNITSA", "harmonized_number": "854231", "harmonized_value": "5",
    }  # fmt: skip
    master = bill | {"identifier": "2", "house_bol_number": "", "shipper_party_name": "A FORWARDER"}
    alone = bill | {"identifier": "3", "master_bol_number": "M2", "house_bol_number": ""}
    result = read_trade(write_csv(tmp_path / "bills.csv", [master, bill, alone]))
    assert [row["value_usd"] for row in rows_of(result)] == [5.0, 5.0, 5.0]
    assert [row["repeat_of"] for row in rows_of(result)] == ["H1", None, None]
    assert rows_of(result)[0]["consignor_name"] == "A FORWARDER"
    (dropped,) = result.tables["dropped"].to_pylist()
    assert (dropped["source_row"], dropped["kept_id"], dropped["kind"]) == (2, "H1", "master bill")


def test_the_first_code_of_a_cell_with_text_is_kept(tmp_path: Path) -> None:
    bill = {
        "Bill of Lading Number": "B1", "Arrival Date": "2023-02-01", "Consignee": "ZARNITSA", "Shipper": "VEROLAN",
        "Goods Shipped": "CHIPS", "HS Code": "8542.31 Processors", "Quantity": "3903 PCS", "Weight (kg)": "5",
    }  # fmt: skip
    row = read_one(tmp_path, bill, delimiter=",", encoding="utf-8")
    assert (row["hs_code"], row["quantity"], row["quantity_unit"]) == ("854231", 3903.0, "PCS")
    assert row["net_weight_kg"] is None


def test_a_cell_without_the_expected_form_is_told(tmp_path: Path) -> None:
    bill = {
        "Bill of Lading Number": "B1", "Arrival Date": "2023-02-01", "Consignee": "ZARNITSA", "Shipper": "VEROLAN",
        "Goods Shipped": "CHIPS", "HS Code": "none given",
    }  # fmt: skip
    result = read_trade(write_csv(tmp_path / "panjiva.csv", [bill]))
    assert rows_of(result)[0]["hs_code"] is None
    assert "'none given'" in result.rejects.to_pylist()[0]["reason"]
