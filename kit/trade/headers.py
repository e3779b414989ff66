"""What the words of a column header say about its content, in six languages.

The words stand in `data/lookups/trade_column_names.csv`, each with its reason.
A role word (shipper, отправитель, 发货人) and a field word (address, ИНН) make
one standard column together; a role word alone means the name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from kit.reference import read_reference

FIELD_ORDER = ("country", "address", "id", "name")
ROLE_FIELDS = {
    "consignor": ("name", "address", "id", "country"),
    "consignee": ("name", "address", "id", "country"),
    "notify": ("name", "address"),
    "declarant": ("name", "id"),
}
NO_WORD = "no word of the header is known"
REFUSED = "its values do not look like it"
_CAMEL = re.compile(r"(?<=[a-zа-я])(?=[A-ZА-Я])")
_PIVOT = re.compile(r"(?<![^\W_])(sum|average|avg|count|min|max)of_?", re.IGNORECASE)  # a spreadsheet's pivot glues its word on
_DOLLARS = re.compile(r"\b(\w*usd|us dollars?|dollars?|dolar\w*|долл\w*|дол)\b|\$|美元")
_CURRENCY = re.compile(
    r"\b(kzt|rub|rur|eur|cny|rmb|uzs|amd|uah|try|inr|aed|gel|kgs|byn|pln|gbp|jpy|krw|vnd|myr|mdl|mnt|pkr|тенге|руб\w*|евро|грн|сум|тг)\b"
)
_CURRENCY_OF = {"rur": "RUB", "rmb": "CNY", "тенге": "KZT", "тг": "KZT", "евро": "EUR", "грн": "UAH", "сум": "UZS"}
_THOUSANDS = re.compile(r"\b(1000|thousands?|тыс\w*|тис\w*|miles|bin)\b|千")
_TONS = re.compile(r"\b(tons?|tonnes?|metric tons?|mt|тонн\w*|тн|toneladas?)\b|(?<=\s)[tт]$|吨")
_POUNDS = re.compile(r"\b(lbs?|pounds?)\b")
_KILOS = re.compile(r"\b(kgs?|kg|kilo\w*|кг)\b|千克|公斤")
_NET = re.compile(r"\b(net\w*|neto|нетто|n weight)\b|净")
_LOCAL = re.compile(r"\b(lc|local( currency)?|нац\w* валют\w*)\b")
_FOB_CIF = re.compile(r"\b(fob|cif|фоб|сиф)\b")


@dataclass(frozen=True)
class HeaderReading:
    """What a header says: a standard column or None, how strongly, and why.

    `options` holds what else it says: `factor`, `currency`, `value_basis`.
    """

    target: str | None
    strength: int
    reason: str
    is_translation: bool = False
    options: dict[str, str | float] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Word:
    words: str
    part: str
    language: str
    why: str
    form: re.Pattern[str]


def plain(text: str) -> str:
    """A header as lower-case words: "ShipperName_EN" becomes "shipper name en".

    >>> plain("ShipperName_EN"), plain("Вес нетто, кг"), plain("SUMOFGROSS_WEIGHT")
    ('shipper name en', 'вес нетто кг', 'sum of gross weight')
    """
    parted = _CAMEL.sub(" ", _PIVOT.sub(r"\1 of ", text))
    folded = "".join(
        c for c in unicodedata.normalize("NFKD", parted.replace("ı", "i").casefold()) if unicodedata.category(c) != "Mn"
    )
    return " ".join("".join(c if c.isalnum() or c == "$" else " " for c in folded).split())


@cache
def _words() -> tuple[_Word, ...]:
    out = []
    for row in read_reference("lookups", "trade_column_names.csv"):
        words = row["words"]
        if row["language"] == "zh":
            form = re.compile(re.escape(plain(words)))
        else:
            tokens = [re.escape(plain(token)) + (r"\w*" if token.endswith("*") else "") for token in words.split()]
            form = re.compile(r"(?<!\w)" + r"\s+".join(tokens) + r"(?!\w)")
        out.append(_Word(words.rstrip("*"), row["part"], row["language"], row["why"], form))
    return tuple(out)


def read_header(name: str) -> HeaderReading:
    """Say which standard column a header stands for, by its words alone.

    Of a header under a merged one (`Goods: Value, USD`) the lower part is asked first.

    >>> read_header("Shipper Address").target, read_header("ИНН получателя").target
    ('consignor_address', 'consignee_id')
    >>> read_header("Gross Weight (kg)").target is None
    True
    """
    lower = name.rpartition(": ")[2]
    if lower != name:
        reading = _read(lower)
        if reading.target is not None:
            return reading
    return _read(name)


def _read(name: str) -> HeaderReading:
    text = plain(name)
    found = [(word, len(word.words)) for word in _words() if word.form.search(text) is not None]
    translated = text.endswith((" en", " english"))
    role = _best(found, "role:")
    refusal = _best(found, "none:")
    column = _best(found, "column:")
    if refusal is not None and _refuses(refusal, column, role, text):
        return HeaderReading(None, 0, f"{refusal.words!r}: {refusal.why}")
    if role is not None and (column is None or len(column.words) <= len(role.words) + 4 or column.part == "column:date"):
        return _of_role(role, [word for word, _ in found], translated)
    if column is not None:
        return _of_column(column, text, translated)
    lone = _best(found, "field:")
    if lone is not None:
        return HeaderReading(None, 0, f"{lone.words!r} ({lone.why}), but the header does not say whose")
    return HeaderReading(None, 0, NO_WORD)


def _best(found: Sequence[tuple[_Word, int]], kind: str) -> _Word | None:
    fitting = [(word, size) for word, size in found if word.part.startswith(kind)]
    return max(fitting, key=lambda pair: pair[1])[0] if len(fitting) > 0 else None


def _refuses(refusal: _Word, column: _Word | None, role: _Word | None, text: str) -> bool:
    """Whether a word that speaks against use outweighs the others; within a column's own phrase it says nothing."""
    if column is not None and refusal.words in column.words.split():
        return False
    if refusal.part in ("none:gross", "none:contact", "none:part"):  # whatever else the header says
        return True
    if refusal.part == "none:port":
        return not any(word in text for word in ("country", "стран", "країн", "pais", "ulke", "name", "наимен"))
    if role is not None and refusal.part != "none:price":
        return False
    return column is None or len(refusal.words) >= len(column.words)


def _of_role(role: _Word, found: Sequence[_Word], translated: bool) -> HeaderReading:
    name = role.part.removeprefix("role:")
    fields = {word.part.removeprefix("field:"): word for word in found if word.part.startswith("field:")}
    both = any(word.part == "field:name" and "address" in word.words for word in found)  # one cell holds name and address
    kind = "name" if both else next((k for k in FIELD_ORDER if k in fields), "name")
    if kind not in ROLE_FIELDS[name]:
        return HeaderReading(None, 0, f"no standard column holds the {kind} of a {name}")
    beside = f" and {fields[kind].words!r} ({fields[kind].why})" if kind in fields else ""
    strength = len(role.words) + (len(fields[kind].words) if kind in fields else 0)
    return HeaderReading(f"{name}_{kind}", strength, f"{role.words!r} ({role.why}){beside}", translated)


def _of_column(column: _Word, text: str, translated: bool) -> HeaderReading:
    target = column.part.removeprefix("column:")
    reason = f"{column.words!r} ({column.why})"
    options: dict[str, str | float] = {}
    doubts: list[str] = []
    if target == "value":
        target, options, doubts = money(text)
    elif target == "net_weight_kg":
        options, doubts = _weight(text)
    return HeaderReading(target, len(column.words), reason, translated, options, tuple(doubts))


def money(text: str) -> tuple[str, dict[str, str | float], list[str]]:
    """What a value's header, as plain words, says of its currency, unit and basis.

    Returns:
        `value_usd` or `value`, its options (`factor`, `currency`, `value_basis`), and doubts.
    """
    options: dict[str, str | float] = {}
    if _THOUSANDS.search(text) is not None:
        options["factor"] = 1000.0
    basis = _FOB_CIF.search(text)
    if basis is not None:
        options["value_basis"] = {"фоб": "FOB", "сиф": "CIF"}.get(basis[0], basis[0].upper())
    if _DOLLARS.search(text) is not None:
        return "value_usd", options, []
    named = _CURRENCY.search(text)
    if named is not None:
        word = named[0]
        options["currency"] = _CURRENCY_OF.get(word, "RUB" if word.startswith("руб") else word.upper())
        return "value", options, []
    if _LOCAL.search(text) is not None:
        return "value", options | {"currency": ""}, ["the value is in local currency, which the header does not name"]
    return "value", options, ["the header does not name the currency of the value"]


def _weight(text: str) -> tuple[dict[str, str | float], list[str]]:
    doubts = [] if _NET.search(text) is not None else ["the header does not say whether the weight is net"]
    if _TONS.search(text) is not None:
        return {"factor": 1000.0}, doubts
    if _POUNDS.search(text) is not None:
        return {"factor": 0.45359237}, doubts
    return {}, doubts if _KILOS.search(text) is not None else [
        *doubts,
        "the header does not name the unit of the weight; read as kilograms",
    ]
