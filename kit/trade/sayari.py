"""Shipment records as Sayari's API gives them (trade/search/shipments, JSON).

Every field of such a record is a list. The layout was seen in one record of the
vendor's documentation, whose addresses are in part filler; fields that this record
does not fill are read as the vendor's library names them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from kit.errors import FileError
from kit.files import FileKind, Sheet, kind_of
from kit.files.json_sheets import json_lines, load_json
from kit.files.kinds import open_plain
from kit.files.sheets import Refusal
from kit.tables import ReadResult, from_rows, reject
from kit.trade.declarations import read_declarations
from kit.trade.mapping import shipped_mapping

READER = "sayari_shipments"
HEAD = 1 << 16
SEVERAL = "{count} records name several {what}: the first is read, all stand in the file"
_KNOWN = (b'"hs_codes"', b'"supplier"', b'"buyer"', b'"arrival_date"', b'"monetary_value"')
_BASIS = {"cost_insurance_and_freight": "CIF", "free_on_board": "FOB"}
_COLUMNS = (
    "id", "declaration", "date", "supplier", "supplier_address", "supplier_country", "buyer", "buyer_address", "buyer_country",
    "hs_code", "description", "value", "currency", "basis", "net_kg", "origin", "departure", "destination",
)  # fmt: skip


def recognizes(path: Path) -> bool:
    """Whether a JSON file names the fields of a shipment."""
    if kind_of(path) not in (FileKind.JSON, FileKind.JSONL):
        return False
    with open_plain(path) as file:
        head = file.read(HEAD)
    return sum(name in head for name in _KNOWN) >= len(_KNOWN) - 1


def read(path: Path) -> ReadResult:
    """Read shipments into DECLARATIONS, one a record; `source_row` is the number of the record.

    Raises:
        FileError: If the file is no JSON or holds no list of shipments.
    """
    rows, rejects = [], []
    several: dict[str, int] = {}
    for number, record in enumerate(_records(path), 1):
        if isinstance(record, Refusal):
            rejects.append(reject(path.name, number, f"row not read: {record.reason}", record.content))
            continue
        if not isinstance(record, Mapping):
            reason = "row not read: not an object, expected a shipment with named fields"
            rejects.append(reject(path.name, number, reason, json.dumps(record, ensure_ascii=False)))
            continue
        rows.append({**_row(record), "source_row": number})
        for what in ("hs_codes", "supplier", "buyer", "arrival_date", "monetary_value"):
            several[what] = several.get(what, 0) + (len(_list(record, what)) > 1)
    table = pa.table({name: pa.array([row.get(name) for row in rows], pa.string()) for name in _COLUMNS})
    table = table.append_column("source_row", pa.array([row["source_row"] for row in rows], pa.int64()))
    notes = tuple(SEVERAL.format(count=count, what=what) for what, count in several.items() if count > 0)
    sheet = Sheet(path.name, None, 0, _COLUMNS, table, from_rows("rejects", rejects), "utf-8", None, notes)
    return read_declarations(sheet, shipped_mapping(READER))


def _records(path: Path) -> Sequence[Any]:
    if kind_of(path) is FileKind.JSONL:
        return [record for _, record in json_lines(path)]
    content = load_json(path)
    found = content.get("data", [content]) if isinstance(content, Mapping) else content
    if not isinstance(found, list):
        raise FileError.unreadable(path, "no list of shipments", "a list, or an object with the list 'data'", "Fetch it again.")
    return found


def _row(record: Mapping[str, Any]) -> dict[str, str | None]:
    """The cells of one shipment as text."""
    buyer, supplier = _first_object(record, "buyer"), _first_object(record, "supplier")
    money, code = _first_object(record, "monetary_value"), _first_object(record, "hs_codes")
    numbers = [item for item in _objects(record, "identifier") if "declaration" in str(item.get("type", ""))]
    return {
        "id": _text(record.get("id")),
        "declaration": _text(numbers[0].get("value")) if len(numbers) > 0 else None,
        "date": _first_text(record, "arrival_date") or _first_text(record, "departure_date"),
        "supplier": _first_text(supplier, "names"),
        "supplier_address": _text(_first_object(supplier, "address").get("value")),
        "supplier_country": _only(supplier, "countries"),
        "buyer": _first_text(buyer, "names"),
        "buyer_address": _text(_first_object(buyer, "address").get("value")),
        "buyer_country": _only(buyer, "countries"),
        "hs_code": _text(code.get("code")),
        "description": "; ".join(text for text in map(_text, _list(record, "product_descriptions")) if text is not None) or None,
        "value": _text(money.get("value")),
        "currency": _text(money.get("currency")),
        "basis": _BASIS.get(str(money.get("context", ""))),
        "net_kg": _net_weight(record),
        "origin": _only(record, "product_origin"),
        "departure": _only(record, "departure_country"),
        "destination": _only(record, "arrival_country") or _only(buyer, "countries"),
    }


def _net_weight(record: Mapping[str, Any]) -> str | None:
    """Kilograms, if a net weight is stated in kilograms."""
    for item in _objects(record, "weight"):
        if item.get("type") == "net_weight" and item.get("unit") == "kilogram":
            return _text(item.get("value"))
    return None


def _list(record: Mapping[str, Any], name: str) -> Sequence[Any]:
    found = record.get(name)
    return found if isinstance(found, list) else [] if found is None else [found]


def _objects(record: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    return [item for item in _list(record, name) if isinstance(item, Mapping)]


def _first_object(record: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = _objects(record, name)
    return found[0] if len(found) > 0 else {}


def _first_text(record: Mapping[str, Any], name: str) -> str | None:
    found = [text for text in map(_text, _list(record, name)) if text is not None]
    return found[0] if len(found) > 0 else None


def _only(record: Mapping[str, Any], name: str) -> str | None:
    """The one value of a list; of several none is chosen."""
    found = [text for text in map(_text, _list(record, name)) if text is not None]
    return found[0] if len(found) == 1 else None


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, (list, Mapping)) or str(value).strip() == "":
        return None
    return str(value).strip()
