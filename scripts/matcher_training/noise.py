"""What trade records do to a name: spelling, order, spaces, legal forms, tails, cuts. Seeded."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from functools import cache

from kit.names import to_latin
from kit.reference import read_reference

KEYS = {
    "A": "QWSZ", "B": "VGHN", "C": "XDFV", "D": "SERFCX", "E": "WSDR", "F": "DRTGVC", "G": "FTYHBV", "H": "GYUJNB",
    "I": "UJKO", "J": "HUIKMN", "K": "JIOLM", "L": "KOP", "M": "NJK", "N": "BHJM", "O": "IKLP", "P": "OL", "Q": "WA",
    "R": "EDFT", "S": "AWEDXZ", "T": "RFGY", "U": "YHJI", "V": "CFGB", "W": "QASE", "X": "ZSDC", "Y": "TGHU", "Z": "ASX",
}  # fmt: skip
RESPELL = [
    ("KH", "H"), ("KH", "CH"), ("H", "KH"), ("G", "H"), ("TS", "C"), ("TS", "TZ"), ("C", "TS"), ("YA", "IA"), ("YA", "JA"),
    ("IA", "YA"), ("YU", "IU"), ("YU", "JU"), ("IY", "Y"), ("IY", "IJ"), ("IY", "I"), ("Y", "I"), ("Y", "J"), ("I", "Y"),
    ("V", "W"), ("W", "V"), ("F", "PH"), ("PH", "F"), ("SHCH", "SCH"), ("SH", "S"), ("SH", "SCH"), ("ZH", "J"), ("ZH", "Z"),
    ("CH", "TCH"), ("CH", "C"), ("K", "C"), ("C", "K"), ("KS", "X"), ("X", "KS"), ("OU", "U"), ("U", "OU"), ("O", "U"),
    ("E", "I"), ("EE", "I"), ("OO", "U"), ("EV", "EFF"), ("OV", "OFF"), ("OV", "OW"), ("Q", "K"), ("QU", "KU"), ("DJ", "J"),
    ("J", "DZH"), ("MM", "M"), ("SS", "S"), ("LL", "L"), ("NN", "N"), ("E", "YE"), ("YE", "E"), ("AI", "AY"), ("EI", "EY"),
]  # fmt: skip
SCAN = [("O", "0"), ("I", "1"), ("L", "1"), ("S", "5"), ("B", "8"), ("RN", "M"), ("M", "RN"), ("G", "6"), ("E", "F"), ("H", "N")]
FORMS = [
    "LLC", "LTD", "LIMITED", "CO., LTD", "CO., LIMITED", "OOO", "JSC", "AO", "PAO", "ZAO", "TOO", "OSOO", "MCHJ", "MMC", "FZE",
    "FZCO", "FZ-LLC", "DMCC", "GMBH", "INC", "CORP", "S.A.", "S.R.L.", "SARL", "UAB", "SIA", "D.O.O.", "LTD STI", "A.S.",
    "PTE LTD", "SDN BHD", "PVT LTD", "COMPANY", "ООО", "АО", "ТОО", "L.L.C.", "CO", "LIMITED LIABILITY COMPANY",
    "JOINT STOCK COMPANY",
    "OBSHCHESTVO S OGRANICHENNOY OTVETSTVENNOSTYU", "EOOD", "SP. Z O.O.", "KFT", "B.V.", "IP", "FGUP", "SAN. VE TIC. LTD. STI.",
]  # fmt: skip
TAILS = [
    "MOSCOW", "RUSSIA", "SHENZHEN", "CHINA", "HONG KONG", "ISTANBUL", "TURKEY", "DUBAI", "UAE", "BISHKEK", "KYRGYZSTAN", "ALMATY",
    "KAZAKHSTAN", "TASHKENT", "YEREVAN", "TBILISI", "MINSK", "VILNIUS", "RIGA", "TALLINN", "SINGAPORE", "BAKU", "TEHRAN", "DELHI",
    "SAINT PETERSBURG", "NOVOSIBIRSK", "KAZAN", "SAMARA", "GUANGZHOU", "KOWLOON", "ANKARA", "SHARJAH", "LIMASSOL",
]  # fmt: skip
STREETS = [
    "LENINA",
    "MIRA",
    "GAGARINA",
    "SOVETSKAYA",
    "HENNESSY",
    "ATATURK",
    "AL MAKTOUM",
    "FUHUA",
    "PUSHKINA",
    "CANTON",
    "KING FAISAL",
]
AROUND = [
    "M/S {}", "{} C/O DHL", "{} ATTN MANAGER", "{} INN 7700{}", "{} TEL {}", "{} BRANCH", "{} HEAD OFFICE", "NOTIFY {}",
    "{} DEPT", "CONSIGNEE {}", "ON BEHALF OF {}", "{} WAREHOUSE", "{} (AGENT)", "{} REP OFFICE",
]  # fmt: skip
FILLERS = [
    "TRADING",
    "GROUP",
    "INTERNATIONAL",
    "GLOBAL",
    "EXPORT",
    "IMPORT",
    "HOLDING",
    "TRADE",
    "INDUSTRY",
    "GENERAL",
    "SERVICES",
    "AND",
]
_BY_EAR = (
    ("SHCH", "Щ"), ("KH", "Х"), ("SH", "Ш"), ("CH", "Ч"), ("ZH", "Ж"), ("TS", "Ц"), ("YA", "Я"), ("YU", "Ю"), ("A", "А"),
    ("B", "Б"), ("C", "К"), ("D", "Д"), ("E", "Е"), ("F", "Ф"), ("G", "Г"), ("H", "Х"), ("I", "И"), ("J", "ДЖ"), ("K", "К"),
    ("L", "Л"), ("M", "М"), ("N", "Н"), ("O", "О"), ("P", "П"), ("Q", "К"), ("R", "Р"), ("S", "С"), ("T", "Т"), ("U", "У"),
    ("V", "В"), ("W", "В"), ("X", "КС"), ("Y", "Й"), ("Z", "З"),
)  # fmt: skip
_HAN = re.compile(r"[\u3400-\u9fff]")
_FORM = re.compile(r"(?i)\b(?:" + "|".join(sorted((re.escape(f) for f in FORMS), key=len, reverse=True)) + r")(?!\w)[.,]?")

Noise = Callable[[random.Random, str], str]


def respell(dice: random.Random, name: str) -> str:
    """Another romanization in one to three places, the same everywhere."""
    for _ in range(dice.randint(1, 3)):
        old, new = dice.choice(RESPELL)
        name = name.replace(old, new) if dice.random() < 0.5 else name.replace(old, new, 1)
    return name


def typo(dice: random.Random, name: str) -> str:
    """One keyboard error in a letter."""
    places = [place for place, letter in enumerate(name) if letter.isalpha()]
    if len(places) < 3:
        return name
    at = dice.choice(places)
    kind = dice.randrange(4)
    if kind == 0:
        return name[:at] + name[at + 1 :]
    if kind == 1:
        return name[:at] + dice.choice(KEYS.get(name[at], "AEIO")) + name[at + 1 :]
    if kind == 2:
        return name[:at] + name[at] + dice.choice([name[at], dice.choice(KEYS.get(name[at], "AEIO"))]) + name[at + 1 :]
    return name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :]


def two_typos(dice: random.Random, name: str) -> str:
    """Two keyboard errors."""
    return typo(dice, typo(dice, name))


def scan(dice: random.Random, name: str) -> str:
    """One or two errors of a scanner."""
    for _ in range(dice.randint(1, 2)):
        old, new = dice.choice([pair for pair in SCAN if pair[0] in name] or [("O", "0")])
        spots = [found.start() for found in re.finditer(old, name)]
        if len(spots) > 0:
            at = dice.choice(spots)
            name = name[:at] + new + name[at + len(old) :]
    return name


def reorder(dice: random.Random, name: str) -> str:
    """Words turned round or shuffled."""
    words = name.replace(",", "").split()
    if dice.random() < 0.5:
        turn = dice.randrange(1, max(len(words), 2))
        return " ".join(words[turn:] + words[:turn])
    dice.shuffle(words)
    return " ".join(words)


def glue(dice: random.Random, name: str) -> str:
    """One or two blanks lost."""
    for _ in range(dice.choice([1, 1, 2])):
        spots = [place for place, letter in enumerate(name) if letter == " "]
        if len(spots) > 0:
            at = dice.choice(spots)
            name = name[:at] + name[at + 1 :]
    return name


def part(dice: random.Random, name: str) -> str:
    """A blank put into a word."""
    spots = [m.start() + k for m in re.finditer(r"\w{5,}", name) for k in range(2, len(m.group()) - 1)]
    if len(spots) == 0:
        return name
    at = dice.choice(spots)
    return name[:at] + " " + name[at:]


def drop(dice: random.Random, name: str) -> str:
    """A word lost; long words seldom."""
    words = name.split()
    if len(words) < 2:
        return name
    weights = [1 / len(word) for word in words]
    gone = dice.choices(range(len(words)), weights)[0]
    return " ".join(word for place, word in enumerate(words) if place != gone)


def add(dice: random.Random, name: str) -> str:
    """A filler word put in."""
    words = name.split()
    words.insert(dice.randint(0, len(words)), dice.choice(FILLERS))
    return " ".join(words)


def initial(dice: random.Random, name: str) -> str:
    """A word cut to its first letter, or all but the longest."""
    words = name.split()
    if len(words) < 2:
        return name
    if dice.random() < 0.4:
        longest = max(words, key=len)
        return " ".join(word if word == longest else word[:1] + "." for word in words)
    at = dice.randrange(len(words))
    words[at] = words[at][:1] + dice.choice(["", "."])
    return " ".join(words)


def change_form(dice: random.Random, name: str) -> str:
    """Another legal form, or none, or one more, in front or behind."""
    bare = _FORM.sub("", name).strip(" ,.") if dice.random() < 0.7 else name
    bare = bare if len(bare) > 2 else name
    kind = dice.randrange(4)
    if kind == 0:
        return bare
    form = dice.choice(FORMS)
    return f"{form} {bare}" if kind == 1 else f"{bare} {form}"


@cache
def _street_words() -> tuple[str, ...]:
    """Words that streets are called after: places and common words of the kit's tables."""
    places = {row["place"] for row in read_reference("reference", "place_words.csv") if len(row["place"]) > 4}
    return (
        *sorted(places),
        *sorted(row["word"] for row in read_reference("reference", "common_words.csv") if len(row["word"]) > 4),
    )


def town(dice: random.Random, name: str) -> str:
    """A town or territory before or behind."""
    tail = dice.choice(TAILS)
    return dice.choice([f"{name}, {tail}", f"{name} {tail}", f"{name} ({tail})", f"{tail} {name}"])


def address(dice: random.Random, name: str) -> str:
    """A street address behind."""
    number = dice.randint(1, 250)
    street = dice.choice(STREETS) if dice.random() < 0.3 else dice.choice(_street_words())
    kinds = [
        f"{number} {street} STR, {dice.choice(TAILS)} {dice.randint(1000, 899999)}",
        f"UNIT {number}, {dice.randint(1, 30)}/F, {street} ROAD, HONG KONG",
        f"{street} CAD. NO:{number}, {dice.choice(TAILS)}",
        f"OFFICE {number}, {street} BUILDING, DUBAI",
    ]
    return dice.choice([f"{name}, {dice.choice(kinds)}", f"{name} {dice.choice(kinds)}", f"{name} - {dice.choice(kinds)}"])


def abbreviate(dice: random.Random, name: str) -> str:
    """One or two long words cut to their first letters, with or without a dot: TECH., INTL, ELECTR."""
    words = name.split()
    long = [place for place, word in enumerate(words) if len(word) > 6 and word.isalpha()]
    for at in dice.sample(long, min(len(long), dice.randint(1, 2))):
        words[at] = words[at][: dice.randint(3, 5)] + dice.choice(["", "."])
    return " ".join(words)


def to_cyrillic(dice: random.Random, name: str) -> str:
    """A Latin name written by ear in Cyrillic letters, as records of the region have it."""
    upper = name.upper()
    for latin, cyrillic in _BY_EAR:
        upper = upper.replace(latin, cyrillic)
    return upper


def run_together(dice: random.Random, name: str) -> str:
    """Short words written together by twos, or all of them: what happens to Chinese syllables."""
    words = name.split()
    if dice.random() < 0.3:
        return "".join(words)
    out: list[str] = []
    for word in words:
        joins = len(out) > 0 and len(word) < 6 and len(out[-1]) < 6 and dice.random() < 0.6
        out = [*out[:-1], out[-1] + word] if joins else [*out, word]
    return " ".join(out)


def around(dice: random.Random, name: str) -> str:
    """Words of the record around the name."""
    return dice.choice(AROUND).format(name, dice.randint(10**6, 10**9 - 1))


def marks(dice: random.Random, name: str) -> str:
    """Marks lost, doubled, or quotes put in."""
    kind = dice.randrange(4)
    if kind == 0:
        return re.sub(r"[^\w\s]", "", name)
    if kind == 1:
        return re.sub(r"[^\w\s]", " ", name)
    return f'"{name}"' if kind == 2 else name.replace(" ", dice.choice(["-", ".", ". "]), 1)


def cut(dice: random.Random, name: str) -> str:
    """Cut at 35 characters, or at the end of a word now and then."""
    return name[:35].strip()


OPERATIONS: tuple[tuple[Noise, float], ...] = (
    (respell, 3.0), (typo, 3.0), (two_typos, 0.8), (scan, 1.2), (reorder, 1.6), (glue, 1.4), (part, 0.7), (drop, 1.1), (add, 0.8),
    (initial, 0.5), (change_form, 3.0), (town, 1.6), (address, 1.4), (around, 1.4), (marks, 1.2), (abbreviate, 0.5),
    (to_cyrillic, 0.15), (run_together, 0.25),
)  # fmt: skip


def perturb(dice: random.Random, name: str) -> str:
    """None to three random operations, Latin letters, sometimes a cut, and the letter case of trade records."""
    if not name.isascii() and dice.random() < 0.8:
        is_han = _HAN.search(name) is not None
        name = " ".join(to_latin(name).split())
        name = run_together(dice, name) if is_han and dice.random() < 0.7 else name
    name = name.upper() if dice.random() < 0.9 else name
    count = dice.choices((0, 1, 2, 3), (0.15, 0.35, 0.3, 0.2))[0]
    for operation in _chosen(dice, count):
        name = operation(dice, name)
    if len(name) > 35 and dice.random() < 0.2:
        name = cut(dice, name)
    return dice.choice([name, name, name.title(), name.lower()])


def _chosen(dice: random.Random, count: int) -> Sequence[Noise]:
    operations, weights = zip(*OPERATIONS, strict=True)
    return list(dict.fromkeys(dice.choices(operations, weights, k=count)))
