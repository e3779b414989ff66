"""A case with names as files really bring them: long, in other scripts, right to left, with HTML in them. All invented."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from kit.case import Case
from tests.factory import candidate, declaration, documented, entity, flow, small_case

HOSTILE = "<b onmouseover=alert(1)>EVIL & CO</b><img src=x onerror=alert(2)>"
LONG = "ООО «ПРИБОРОСТРОИТЕЛЬНОЕ ОБЪЕДИНЕНИЕ РАДИОЭЛЕКТРОННЫХ КОМПОНЕНТОВ СЕВЕРО-ЗАПАД» ФИЛИАЛ В ГОРОДЕ ЗАРЕЧНОМ"
RTL = "شركة فيرولان للتجارة المحدودة"
HAN = "深圳市维罗兰电子有限公司"
FORWARDER = "QORVEX FREIGHT FORWARDING AND LOGISTICS LIMITED LIABILITY COMPANY ON BEHALF OF ZARNITSA PRIBOR OOO"
LISTED = "VEROLAN TRADE 1 LTD STI"
CONSIGNORS = (LISTED, "HANDEL GMBH", HOSTILE, LONG, RTL, HAN, FORWARDER)
TERRITORIES = ("TR", "DE", "HK", "KZ", "AE", "CN", "SG")
CONSIGNEES = ("OOO ZARNITSA PRIBOR", "ООО СЕВЕРНЫЙ МОСТ", None, "OOO ZARNITSA PRIBOR", "=cmd|' /C calc'!A0 TRADE")
EVIDENCE = {
    "tokens": [{"record": word, "listed": word, "relation": "same"} for word in ("verolan", "trade")],
    "record_only": ["sti"], "listed_only": [], "set_apart": {"legal_form": [["LTD STI"], []]},
    "settle": "a Turkish registration number or the address",
}  # fmt: skip


def _declaration(number: int) -> dict[str, Any]:
    party = number % len(CONSIGNORS)
    return declaration(
        number,
        consignor_name=CONSIGNORS[party],
        departure_country=TERRITORIES[party] if number % 11 else None,
        consignee_name=CONSIGNEES[number % len(CONSIGNEES)],
        destination_country="KG" if number % 9 == 0 else "RU",
        value_usd=None if number % 13 == 0 else 1000.0 * (number % 17 + 1) * (party + 1),
        hs_code=("8542310000", "690721", "847330")[number % 3],
        hs_level=10 if number % 3 == 0 else 6,
        date=dt.date(2022 + number % 2, 1 + number % 12, 1 + number % 28),
    )


def hostile_case(folder: Path, *, records: int = 400) -> Case:
    """A case of `records` declarations, some official totals and documented flows, and four candidates."""
    found = [
        candidate(LISTED, evidence=json.dumps(EVIDENCE)),
        candidate(HOSTILE, score=0.71, band="middle", explanation="Same rare word EVIL <script>alert(3)</script>."),
        candidate(
            "OOO ZARNITSA PRIBOR", score=0.62, band="middle", role="consignee", explanation="Same distinctive word ZARNITSA."
        ),
        candidate("Verolan Trade 1"),
    ]
    totals = [
        flow(n, reporter=("DE", "LT", "FI")[n % 3], partner=("KZ", "RU", "AM", "HK")[n % 4], hs_code="854231", hs_level=6)
        for n in range(1, 60)
    ]
    return small_case(
        folder,
        declarations=[_declaration(n) for n in range(1, records + 1)],
        candidates=found,
        flows=totals,
        documented_flows=[documented(n, intermediary_country="HK" if n % 2 else None) for n in range(1, 8)],
    )


__all__ = ["entity", "hostile_case"]
