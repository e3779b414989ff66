"""Addresses as sets of parts, so that word order and abbreviations do not matter and a flat is not mistaken for its building."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from kit.names.forms import WordKind, word_kind
from kit.names.letters import to_latin
from kit.names.skeletons import skeleton
from kit.names.words import name_words

_MOST = 500
_NUMBER = r"[A-Z]?\d+[A-Z]?"
_NUMBERS = rf"{_NUMBER}(?:\s*[-&/+]\s*{_NUMBER}(?![/\s]*F\b))*"

# Words that other scripts write beside a number, put into the Latin order first.
_BEFORE_LATIN = (
    (re.compile(r"(\d+)\s*[号號]"), r" NO \1 "),
    (re.compile(r"([A-Z]?\d+)\s*室"), r" ROOM \1 "),
    (re.compile(r"(\d+)\s*[楼樓层層]"), r" \1/F "),
    (re.compile(r"([A-Z\d]+)\s*[座栋棟幢]"), r" BLOCK \1 "),
    (re.compile(r"(?i)(?<!\w)(?:стр(?:оение)?|корп(?:ус)?|к|лит(?:ера)?)\.?\s*(?=\d|[А-ЯA-Z]\b)"), " BLOCK "),
    (re.compile(r"(?i)(?<!\w)(?:д|дом|вл|владение|зд|здание)\.?\s*(?=\d)"), " NO "),
    (re.compile(r"(?i)(?<!\w)(?:кв|пом|помещение|оф|офис|ком|комн|комната|каб)\.?\s*(?=\d|[IVX]+\b)"), " ROOM "),
    (re.compile(r"(?i)(?<!\w)(?:эт|этаж)\.?\s*(?=\d)"), " FLOOR "),
    (re.compile(r"(?i)(\d+)\s*-?\s*(?:эт|этаж)(?!\w)"), r" FLOOR \1 "),
    (re.compile(r"(?i)(?<!\w)(?:ул|улица|пр-?кт|проспект|пр|пер|переулок|ш|шоссе|наб|пл|бул|б-р)(?!\w)\.?"), " "),
    (re.compile(r"(?i)(?<!\w)(?:г|город|обл|область|р-н|район)(?!\w)\.?"), " "),
)
_FLOOR = re.compile(
    r"\b(?:FLOOR|FLR|LEVEL|LVL|KAT|ETAZH|ET)\b[\s.:NO]*(\d{1,3})\b"
    r"|\b(\d{1,3})\s*(?:ST|ND|RD|TH)?\s*[/.]?\s*(?:FLOOR|FLR|FL|F)\b|\b([GBUL])/F\b"
)
_UNIT = re.compile(
    r"\b(?:FLAT|FLT|ROOM|RM|UNIT|SUITE|STE|OFFICE|OFIS|OF|POM|KV|DAIRE|APT|APARTMENT|SHOP|WORKSHOP|IC KAPI|D(?=:))\b"
    rf"[\s.:#]*(?:NO[\s.:]*)?({_NUMBERS}|[IVX]+\b|[A-Z]\b(?!/F))"
)
_BLOCK = re.compile(r"\b(?:BLK|BLOCK|BLOK|TOWER|TWR|BLD|KORP|KORPUS|STROENIE|PHASE)\b[\s.:]*([A-Z]|\d+[A-Z]?)\b")
_HOUSE = re.compile(rf"\b(?:NO|NUM|NUMBER|NR|DOM|D(?=\.)|HOUSE|PLOT)\b[\s.:#]*({_NUMBERS})")
_BOX = re.compile(r"\bP\.?\s*O\.?\s*BOX[\s.:#]*(\d+)")
_POSTCODE = re.compile(r"\b\d{5,6}\b")
_HAN_MARK = re.compile(r"(?<=[\u4e00-\u9fff])[省市区區县縣镇鎮村路街道巷弄]")
_HAN_RUN = re.compile(r"[\u4e00-\u9fff]+")
_BARE = re.compile(rf"\b{_NUMBER}(?:\s*[-/]\s*{_NUMBER})*\b")
_ORDINAL = re.compile(r"\b(\d+)(?:ST|ND|RD|TH)\b")
_PART = re.compile(r"[A-Z]?\d+[A-Z]?|[IVX]+|[A-Z]")


@dataclass(frozen=True)
class AddressForm:
    """The parts of an address, each a set: order and repetition do not count.

    `words` are spelling skeletons of street, building and district words,
    without general words (road, building) and without places; `numbers` are
    house and plot numbers. Post codes are left out.
    """

    units: frozenset[str]
    floors: frozenset[str]
    blocks: frozenset[str]
    numbers: frozenset[str]
    boxes: frozenset[str]
    words: frozenset[str]
    places: frozenset[str]

    @property
    def key(self) -> str:
        """One line in which common spellings of an address agree."""
        values = (self.units, self.floors, self.blocks, self.numbers, self.boxes, self.words)
        parts = zip("UFBNPW", values, strict=True)
        return " ".join(f"{mark}:{'+'.join(sorted(values))}" for mark, values in parts if len(values) > 0)


@dataclass(frozen=True)
class AddressLikeness:
    """How alike two addresses are, from 0 to 1, and why. 1 is the same door as far as both addresses go."""

    score: float
    reason: str


def compare_form(text: str) -> AddressForm:
    """Take an address apart.

    >>> compare_form("FLAT 1, 16/F, WEALTH BUILDING, 18 LUARD ROAD, WANCHAI").key
    'U:1 F:16 N:18 W:LUARD+VALT'
    >>> compare_form("18 Luard Rd., Wealth Bldg., 16th Floor, Flat 1, Hong Kong").key
    'U:1 F:16 N:18 W:LUARD+VALT'
    """
    text = text[:_MOST]
    for pattern, latin in _BEFORE_LATIN:
        text = pattern.sub(latin, text)
    text = _HAN_RUN.sub(lambda run: f" {to_latin(run.group()).replace(' ', '')} ", _HAN_MARK.sub(" ", text))
    rest = to_latin(text).upper().replace("'", "")
    found: dict[str, set[str]] = {}
    for name, pattern in (("boxes", _BOX), ("floors", _FLOOR), ("units", _UNIT), ("blocks", _BLOCK), ("numbers", _HOUSE)):
        found[name] = {part for hit in pattern.finditer(rest) for group in hit.groups() if group for part in _parts(group)}
        rest = pattern.sub(" ", rest)
    rest = _POSTCODE.sub(" ", rest)
    rest = _ORDINAL.sub(r"\1", rest)
    found["numbers"] |= {part for hit in _BARE.findall(rest) if any(c.isdigit() for c in hit) for part in _parts(hit)}
    words, places = _words(_BARE.sub(lambda hit: " " if any(c.isdigit() for c in hit.group()) else hit.group(), rest))
    return AddressForm(
        frozenset(found["units"]),
        frozenset(found["floors"]),
        frozenset(found["blocks"]),
        frozenset(found["numbers"]),
        frozenset(found["boxes"]),
        words,
        places,
    )


def _parts(group: str) -> list[str]:
    """`1604-05` is the units 1604 and 1605; leading zeros do not count."""
    out: list[str] = []
    for part in _PART.findall(group):
        first = out[0] if len(out) > 0 else ""
        filled = first[: len(first) - len(part)] + part if part.isdigit() and first.isdigit() and len(part) < len(first) else part
        out.append(filled.lstrip("0") or "0")
    return out


def _words(rest: str) -> tuple[frozenset[str], frozenset[str]]:
    words: set[str] = set()
    places: set[str] = set()
    for word in name_words(rest):
        kind = word_kind(word)
        if kind is WordKind.PLACE:
            places.add(word)
        elif len(word) > 1 and (kind is WordKind.NAME or (kind is WordKind.TRADING and len(word) > 3)):
            words.add(skeleton(word))
    return frozenset(words), frozenset(places)


def address_similarity(left: str | AddressForm, right: str | AddressForm) -> AddressLikeness:
    """Compare two addresses part by part.

    The street and building words decide whether there is anything to compare;
    another house number means another house, another unit or floor another door.
    A part that one address does not give is said, and lowers the score a little.

    >>> address_similarity("FLAT 1, 16/F, 18 LUARD RD", "FLAT 2, 16/F, 18 LUARD ROAD").reason
    'same street and number, another unit (1 / 2)'
    """
    a = compare_form(left) if isinstance(left, str) else left
    b = compare_form(right) if isinstance(right, str) else right
    share = _shared(a.words, b.words)
    if share == 0 and not (a.boxes & b.boxes):
        return AddressLikeness(0.0, "no street or building word in common")
    if a.boxes and a.boxes & b.boxes:
        box = ", ".join(sorted(a.boxes & b.boxes))
        return AddressLikeness(round(0.6 + 0.3 * share, 3), f"same post box {box}; a box has no door")
    if a.numbers and b.numbers and not a.numbers & b.numbers:
        return AddressLikeness(round(0.35 * share, 3), f"same street words, another number ({_both(a.numbers, b.numbers)})")
    has_number = bool(a.numbers & b.numbers)
    has_door = bool(a.units & b.units) or bool(a.floors & b.floors)
    base = share * (1.0 if has_number else 0.92 if has_door else 0.75)
    said = "same street and number" if has_number else "same street words, no number to compare"
    if share < 0.6:
        said = f"some street words in common{', and a number' if has_number else ''}"
    return _to_the_door(a, b, base, said)


def _to_the_door(a: AddressForm, b: AddressForm, base: float, said: str) -> AddressLikeness:
    """Compare block, floor and unit."""
    for name, mine, theirs, factor in (
        ("block", a.blocks, b.blocks, 0.7),
        ("floor", a.floors, b.floors, 0.7),
        ("unit", a.units, b.units, 0.75),
    ):
        if mine and theirs and not mine & theirs:
            return AddressLikeness(round(base * factor, 3), f"{said}, another {name} ({_both(mine, theirs)})")
    door = [name for name, x, y in (("floor", a.floors, b.floors), ("unit", a.units, b.units)) if x & y]
    lacking = [name for name, x, y in (("floor", a.floors, b.floors), ("unit", a.units, b.units)) if bool(x) != bool(y)]
    if len(lacking) > 0:
        return AddressLikeness(round(base * 0.85, 3), f"{said}; only one address gives the {' and '.join(lacking)}")
    tail = f", same {' and '.join(door)}" if len(door) > 0 else ""
    return AddressLikeness(round(base, 3), said + tail)


def _shared(a: frozenset[str], b: frozenset[str]) -> float:
    """Share of the shorter set's words that the other has, nearly equal spellings included; less where little else agrees."""
    if len(a) == 0 or len(b) == 0:
        return 0.0
    small, big = sorted((a, b), key=len)
    met = sum(any(_alike(word, other) for other in big) for word in small)
    return round((met / len(small)) * (0.7 + 0.3 * met / len(big)), 4)


def _alike(a: str, b: str) -> bool:
    return a == b or (min(len(a), len(b)) > 3 and a[0] == b[0] and SequenceMatcher(None, a, b).ratio() >= 0.84)


def _both(a: frozenset[str], b: frozenset[str]) -> str:
    return f"{'+'.join(sorted(a))} / {'+'.join(sorted(b))}"
