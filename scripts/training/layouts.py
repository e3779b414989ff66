"""The three layouts, the list as a letter brings it, and where each row ends up."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from training.parties import TERRITORY_NAMES, Party
from training.records import BILL, RU, VENDOR, Record, Side
from training.workbook import Cell, write_workbook

FILES = {RU: "ru_customs_declarations.csv", VENDOR: "vendor_export.xlsx", BILL: "bills_of_lading.csv"}
LIST_FILE = "letter_list.xlsx"
LIST_HEADER_ROW = 7
VENDOR_HEADER_ROW = 6
_NOTICE = "INVENTED for training: no party, address or number here is real."

RU_COLUMNS = (
    "ND (Номер декларации)", "G072 (Дата регистрации)", "G011 (Направление перемещения)", "G32 (Номер товара по ГТД)",
    "G021 (ИНН отправителя)", "G022 (Наименование отправителя)", "G023 (Адрес отправителя)", "G0231 (Код страны отправителя)",
    "G081 (ИНН получателя)", "G082 (Наименование получателя)", "G083 (Адрес получателя)", "G0831 (Код страны получателя)",
    "G141 (ИНН декларанта)", "G142 (Наименование декларанта)", "G11 (Код торгующей страны)", "G15A (Код страны отправления)",
    "G17A (Код страны назначения)", "G34 (Код страны происхождения)", "G31_1 (Наименование и характеристики товаров)",
    "G31_11 (Фирма-изготовитель)", "G31_12 (Товарный знак, патент)", "G31_7 (Кол-во товара в доп.ед.)",
    "G31_71 (Наименование доп.ед.)",
    "G33 (Код товара по ТН ВЭД)", "G25 (Код вида транспорта на границе)", "G202 (Условие поставки)",
    "G221 (Букв.код валюты контракта)",
    "G35 (Вес брутто, кг)", "G38 (Вес нетто, кг)", "G42 (Фактурная стоимость)", "G46 (Статистическая стоимость, USD.)",
)  # fmt: skip
VENDOR_COLUMNS = (
    "DECLARATION_NUMBER", "REGISTRATION_DATE", "REPORTING_COUNTRY", "DIRECTION", "EXPORTER_CODE", "EXPORTER_NAME",
    "EXPORTER_ADDRESS",
    "EXPORTER_COUNTRY", "IMPORTER_CODE", "IMPORTER_NAME", "IMPORTER_ADDRESS", "IMPORTER_COUNTRY",
    "NOTIFY_PARTY_NAME", "HS_CODE",
    "PRODUCT_DESCRIPTION", "BRAND", "MANUFACTURER", "ORIGIN_COUNTRY", "DISPATCH_COUNTRY", "TRADING_COUNTRY",
    "DESTINATION_COUNTRY",
    "QUANTITY", "UNIT", "GROSS_WEIGHT_KG", "NET_WEIGHT_KG", "CURRENCY", "INVOICE_VALUE_FC", "STATISTICAL_VALUE_USD",
    "INCOTERMS",
    "TRANSPORT_MODE", "RECORD_ID",
)  # fmt: skip
BILL_COLUMNS = (
    "identifier", "master_bol_number", "house_bol_number", "vessel_name", "foreign_port_of_lading", "port_of_unlading",
    "estimated_arrival_date", "actual_arrival_date", "foreign_port_of_destination", "shipper_party_name", "shipper_address",
    "shipper_country_code", "consignee_name", "consignee_address", "consignee_country_code",
    "secondary_notify_party_1", "container_number",
    "piece_count", "description_text", "harmonized_number", "harmonized_value", "harmonized_weight", "harmonized_weight_unit",
)  # fmt: skip
LIST_COLUMNS = ("No.", "Name", "Also known as", "Address", "Country", "INN / tax number", "Date added", "Remark")
_RATES = {"USD": 1.0, "CNY": 6.9, "EUR": 0.93}  # one invented rate a currency: the case is about names and ways, not rates
_PORTS = {
    "CN": "Yantian", "VN": "Hai Phong", "IT": "Genoa", "DE": "Hamburg", "IN": "Mundra", "KR": "Busan", "JP": "Kobe",
    "TW": "Kaohsiung",
    "US": "Houston, TX", "TR": "Mersin", "AE": "Jebel Ali", "HK": "Hong Kong", "GE": "Poti", "MY": "Penang",
    "NL": "Rotterdam",
    "PL": "Gdynia", "CZ": "Hamburg", "CL": "Valparaiso", "BR": "Santos", "RU": "Novorossiysk", "AM": "Poti", "KZ": "Aktau",
    "KG": "Aktau", "UZ": "Aktau",
}  # fmt: skip
_UNIT = {"ru": "ШТ", "en": "PCS"}


def _pieces(record: Record) -> int:
    return max(1, round(record.kg / record.good.piece_kg))


def _currency(record: Record) -> str:
    return {"CN": "CNY", "DE": "EUR", "IT": "EUR", "NL": "EUR"}.get(record.consignor.country, "USD")


def _invoice(record: Record) -> float:
    return round(record.usd * _RATES[_currency(record)], 2)


def _comma(number: float) -> str:
    """A number with a decimal comma, as the customs file writes it."""
    return f"{number:.3f}".rstrip("0").rstrip(".").replace(".", ",")


def _gross(record: Record) -> float:
    return round(record.kg * 1.08, 3)


def _text(record: Record, language: str) -> str:
    base = record.good.russian if language == "ru" else record.good.english
    return f"{base}, {record.note}" if record.note != "" else base


def _ru_row(record: Record) -> list[str]:
    declarant = record.declarant or Side("", "", "")
    sender, receiver = record.consignor, record.consignee
    number = f"10{int(record.number) % 700 + 100:03d}070/{record.day:%d%m%y}/{record.number}"
    return [
        number, f"{record.day:%d.%m.%Y}", "ИМ" if record.direction == "import" else "ЭК", "1",
        sender.tax_number if sender.country == "RU" else "", sender.name, sender.address, sender.country,
        receiver.tax_number, receiver.name, receiver.address, receiver.country,
        declarant.tax_number, declarant.name, record.trading, record.departure, record.destination, record.origin,
        _text(record, "ru"), record.maker, record.brand, str(_pieces(record)), _UNIT["ru"], record.good.code_on(record.day),
        "40" if record.good.tier in {"1", "2"} else "30", "FCA" if record.good.is_priority else "CPT", _currency(record),
        _comma(_gross(record)), _comma(record.kg), _comma(_invoice(record)), _comma(record.usd),
    ]  # fmt: skip


def _country(code: str) -> str:
    return TERRITORY_NAMES[code].upper()


def _vendor_row(record: Record) -> list[Cell]:
    sender, receiver = record.consignor, record.consignee
    code: Cell = int(record.good.hs) if record.loses_zero else record.good.code_on(record.day)
    return [
        f"{record.reporter}{record.day:%y}/{record.number}", record.day.isoformat(), record.reporter,
        record.direction.upper(),
        sender.tax_number or "NULL", sender.name, sender.address or "NULL", _country(sender.country),
        receiver.tax_number or "NULL", receiver.name, receiver.address or "NULL", _country(receiver.country),
        "NULL" if record.notify is None else record.notify.name, code, _text(record, "en"), record.brand or "NULL",
        record.maker or "NULL",
        _country(record.origin), _country(record.departure), _country(record.trading), _country(record.destination),
        _pieces(record), _UNIT["en"], _gross(record), record.kg, _currency(record), _invoice(record), record.usd,
        "EXW" if record.good.is_priority else "CIF", "AIR" if record.good.tier in {"1", "2"} else "ROAD",
        f"T-{record.number}",
    ]  # fmt: skip


def _bill_row(record: Record) -> list[str]:
    sender, receiver = record.consignor, record.consignee
    number = int(record.number.lstrip("M"))
    own = f"BL{number:08d}" if record.master_bill == "" else ""
    onward = "Novorossiysk" if record.good.is_priority and receiver.country in {"TR", "AE", "GE"} and number % 5 == 0 else ""
    return [
        f"2{record.day:%y%m%d}{record.number[-6:]}", record.master_bill, record.house_bill or own,
        f"KESTRAL {('STAR', 'DAWN', 'TIDE')[number % 3]}", _PORTS[record.departure], _PORTS[record.destination],
        record.day.isoformat(), record.day.isoformat(), onward, sender.name, sender.address, sender.country,
        receiver.name, receiver.address,
        receiver.country, "" if record.notify is None else record.notify.name,
        record.container or f"KVLU{number % 10_000_000:07d}",
        str(_pieces(record)), _text(record, "en"), record.good.code_on(record.day)[:6], f"{record.usd:.2f}",
        f"{record.kg:.2f}", "Kilograms",
    ]  # fmt: skip


def write_ru(path: Path, records: Sequence[Record]) -> None:
    """Russian customs declarations: cp1251, semicolons, decimal commas, G-code headers."""
    with path.open("w", encoding="cp1251", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(RU_COLUMNS)
        writer.writerows(_ru_row(record) for record in records)


def write_vendor(path: Path, records: Sequence[Record]) -> None:
    """A vendor's workbook: a title over empty rows, the header in row 6, NULL as text."""
    title: list[list[Cell]] = [[""], ["", "", "", "", "DATA"], [""], [_NOTICE], [""]]
    write_workbook(path, "Sheet", [*title, list(VENDOR_COLUMNS), *(_vendor_row(record) for record in records)], merged=("E2:H2",))


def write_bills(path: Path, records: Sequence[Record]) -> None:
    """Bills of lading in the manner of the US manifest files; the value is as declared."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(BILL_COLUMNS)
        writer.writerows(_bill_row(record) for record in records)


def write_list(path: Path, parties: Sequence[Party]) -> None:
    """The letter's enclosure: a merged title and lines above the header in row 7."""
    top: list[list[Cell]] = [
        ["ENCLOSURE TO THE LETTER OF 15 MARCH 2024"], ["Parties at high risk of passing goods on"], [_NOTICE],
        [""], [f"{len(parties)} entries. An entry named Address is the address itself."], [""],
    ]  # fmt: skip
    rows: list[list[Cell]] = []
    for i, p in enumerate(parties, 1):
        added = "" if p.added is None else p.added.isoformat()
        rows.append([i, p.name, "; ".join(p.aliases), p.address, TERRITORY_NAMES[p.territory], p.tax_number, added, p.remark])
    write_workbook(path, "List", [*top, list(LIST_COLUMNS), *rows], merged=("A1:H1", "A2:H2"))


def first_row(file: str) -> int:
    """The 1-based row of a file's first record."""
    return VENDOR_HEADER_ROW + 1 if file == VENDOR else 2


def side_of(record: Record, role: str) -> Side:
    """The side of a record that plays a role."""
    return {"consignor": record.consignor, "consignee": record.consignee}[role]
