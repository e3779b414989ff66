"""The words and numbers that stand in pictures, safe to draw.

plotly reads `<b>`, `<a href>`, and `&lt;` in every label. Text from a file goes
through `safe` first, so that a name shows as it was written.
"""

from __future__ import annotations

import unicodedata

from kit.errors import ValueFormError
from kit.model import PartyStatus
from kit.territories import territory

MEASURE_WORDS = {
    "records": "records",
    "value_usd": "US dollars",
    "value_eur": "euros",
    "net_weight_kg": "kilograms",
}
STAGE_WORDS = {
    "consignor": "Consignor",
    "from_territory": "Sent from",
    "via_territory": "By way of",
    "to_territory": "Sent to",
    "consignee": "Consignee",
    "origin": "Made in",
    "trading": "Contract partner in",
    "tier": "Tier of goods",
}
STATUS_WORDS = {
    PartyStatus.MATCH.value: "match: a person judged the party to be listed",
    PartyStatus.CANDIDATE.value: "candidate: similar name, nobody has judged it",
    PartyStatus.NONE.value: "no match, no candidate",
    PartyStatus.MISSING.value: "not named in the record",
}
STATUS_SHORT = {
    PartyStatus.MATCH.value: "match",
    PartyStatus.CANDIDATE.value: "candidate",
    PartyStatus.NONE.value: "neither",
    PartyStatus.MISSING.value: "not named",
}
TERRITORY_STAGES = ("from_territory", "via_territory", "to_territory", "origin", "trading")
NOT_STATED = "(not stated)"
_ISOLATE, _POP = "\u2068", "\u2069"


def safe(text: str) -> str:
    """Neutralize plotly's pseudo-HTML and line breaks; right-to-left names are isolated.

    >>> safe("<b>A & B</b>")
    '&lt;b&gt;A &amp; B&lt;/b&gt;'
    """
    plain = " ".join(text.split())
    plain = "".join(c for c in plain if unicodedata.category(c) not in ("Cc", "Cf") or c in "\u200c\u200d")
    escaped = plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    is_rtl = any(unicodedata.bidirectional(c) in ("R", "AL") for c in plain)
    return f"{_ISOLATE}{escaped}{_POP}" if is_rtl else escaped


def shorten(text: str, most: int = 30) -> str:
    """Cut a long label at `most` characters, with an ellipsis; the whole text belongs in the hover.

    >>> shorten("OBSHCHESTVO S OGRANICHENNOY", 12)
    'OBSHCHESTVO…'
    """
    plain = " ".join(text.split())
    return plain if len(plain) <= most else plain[: most - 1].rstrip() + "…"


def wrapped(text: str, width: int = 60) -> str:
    """Safe text with plotly line breaks, for hovers."""
    lines: list[str] = []
    for word in " ".join(text.split()).split(" "):
        if len(lines) > 0 and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return "<br>".join(safe(line) for line in lines)


def amount_text(amount: float, measure: str) -> str:
    """An amount with its unit, rounded for reading.

    >>> amount_text(12_345_678, "value_usd")
    '12.3 million US dollars'
    >>> amount_text(1, "records"), amount_text(1843, "records")
    ('1 record', '1,843 records')
    """
    unit = MEASURE_WORDS[measure]
    if measure == "records" or abs(amount) < 1e6:
        number = f"{amount:,.0f}"
        return f"{number} {unit.removesuffix('s') if number == '1' else unit}"
    size, word = (1e9, "billion") if abs(amount) >= 1e9 else (1e6, "million")
    return f"{amount / size:,.1f} {word} {unit}"


def territory_name(code: object) -> str:
    """The English name of a territory code; a code that the kit does not know stays as it is.

    >>> territory_name("HK"), territory_name(None)
    ('Hong Kong', '(not stated)')
    """
    if code is None or code != code:
        return NOT_STATED
    try:
        return territory(str(code)).name
    except ValueFormError:
        return str(code)


def node_name(stage: str, node: str) -> str:
    """What a node of a stage is called: a territory by its name, all else as it is."""
    if stage not in TERRITORY_STAGES:
        return node
    return NOT_STATED if node == "(not named)" else territory_name(node)
