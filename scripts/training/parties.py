"""Invented parties: 640 for the letter's list, and the ordinary firms of the trade records."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from training.chance import Chance
from training.words import HAN, Mint, Word, plain_turkish, romanize

SYLLABLE_OF = dict(HAN)

NO_WORD = Word("", "")


@dataclass(frozen=True)
class Party:
    """An invented firm: names, address, territory, and how its word is written."""

    name: str
    aliases: tuple[str, ...]
    address: str
    territory: str
    tax_number: str = ""
    manner: str = "west"
    word: Word = NO_WORD
    core: str = ""
    added: date | None = None
    remark: str = ""
    is_address_only: bool = False
    common_word: str = ""

    @property
    def syllables(self) -> tuple[str, ...]:
        """The syllables of a Chinese word in Latin letters."""
        return tuple(SYLLABLE_OF[sign] for sign in self.word.own)


TERRITORY_NAMES = {
    "HK": "Hong Kong", "TR": "Türkiye", "AE": "United Arab Emirates", "CN": "China", "KG": "Kyrgyzstan", "KZ": "Kazakhstan",
    "UZ": "Uzbekistan", "AM": "Armenia", "GE": "Georgia", "RU": "Russia", "DE": "Germany", "IT": "Italy", "PL": "Poland",
    "US": "United States", "JP": "Japan", "TW": "Taiwan", "MY": "Malaysia", "VN": "Vietnam", "IN": "India",
    "NL": "Netherlands",
    "CZ": "Czechia", "KR": "South Korea", "CL": "Chile", "BR": "Brazil",
}  # fmt: skip
LIST_SIZES = {"HK": 190, "TR": 110, "CN": 92, "AE": 88, "KG": 44, "KZ": 42, "UZ": 25, "AM": 16, "GE": 8, "RU": 25}
_MANNERS = {
    "HK": ("west", "han", "han"), "CN": ("han",), "TW": ("han",), "TR": ("turkish",), "AE": ("arabic", "west"),
    "KG": ("cyrillic",), "KZ": ("cyrillic",), "UZ": ("cyrillic",), "AM": ("cyrillic", "west"), "GE": ("west",),
    "RU": ("cyrillic",),
}  # fmt: skip
_LINES = {
    "west": (
        "Electronics",
        "Technology",
        "Components",
        "Trading",
        "Industrial Supply",
        "Logistics",
        "Instruments",
        "Semiconductor",
    ),
    "turkish": ("Elektronik", "Makina", "Dış Ticaret", "Havacılık", "Lojistik", "Bilişim", "Otomotiv"),
    "arabic": ("General Trading", "Electronics", "Technology", "Shipping", "Auto Spare Parts"),
    "cyrillic": ("Электроника", "Импэкс", "Трейд", "Снаб", "Технологии", "Логистик", "Комплект"),
}
_HAN_LINES = (("电子", "Electronics"), ("科技", "Technology"), ("国际贸易", "International Trading"), ("半导体", "Semiconductor"))
_CITIES = (("深圳市", "Shenzhen"), ("东莞市", "Dongguan"), ("杭州", "Hangzhou"), ("苏州", "Suzhou"), ("青岛", "Qingdao"))
_FORMS = {
    "DE": "GmbH", "IT": "S.r.l.", "PL": "Sp. z o.o.", "US": "Inc.", "JP": "K.K.", "TW": "Co., Ltd.", "MY": "Sdn Bhd",
    "VN": "Co., Ltd", "IN": "Pvt Ltd", "NL": "B.V.", "CZ": "s.r.o.", "KR": "Co., Ltd.", "CL": "SpA", "BR": "Ltda",
    "GE": "LLC", "AM": "LLC",
    "AE": "FZE", "HK": "Limited", "CN": "Co., Ltd.",
}  # fmt: skip
_CYRILLIC_FORMS = {"RU": ("ООО", "OOO"), "KG": ("ОсОО", "OsOO"), "KZ": ("ТОО", "TOO"), "UZ": ("ООО", "OOO"), "AM": ("ООО", "LLC")}
COMMON_WORDS = (
    "ATLAS", "TRIUMPH", "ELITE", "INFINITY", "ORION", "GLOBAL", "STAR", "VICTORY", "PHOENIX", "ALLIANCE", "HORIZON",
    "PREMIER",
)  # fmt: skip
_STREETS = {
    "HK": ("Wing Sze", "Lok Fung", "Tsat Po", "Kam Hoi", "Shun Ngai"),
    "west": ("Linden", "Mill", "Harbour", "Station", "Orchard", "Quarry"),
    "RU": ("Кленовая", "Речная", "Заводская", "Полевая", "Озерная", "Луговая"),
    "TR": ("Çınar", "Lale", "Gökkuşağı", "Papatya", "Zeytin"),
}
_DISTRICTS = (
    "Kwun Tong, Kowloon",
    "Tsuen Wan, New Territories",
    "Mong Kok, Kowloon",
    "Wan Chai",
    "Sheung Wan",
    "Kwai Chung, New Territories",
)
_TOWNS = {
    "TR": "İstanbul|Bursa|İzmir|Mersin", "AE": "Dubai|Sharjah|Ajman", "KG": "г. Бишкек|г. Ош",
    "KZ": "г. Алматы|г. Астана|г. Шымкент",
    "UZ": "г. Ташкент|г. Самарканд", "AM": "Yerevan|Gyumri", "GE": "Tbilisi|Batumi",
    "RU": "г. Москва|г. Санкт-Петербург|г. Екатеринбург|г. Новосибирск|г. Казань|г. Воронеж",
    "DE": "Leipzig|Kassel", "IT": "Bergamo|Modena", "PL": "Lublin|Gdynia", "US": "Tulsa, OK|Reno, NV",
    "JP": "Niigata|Okayama",
    "TW": "Hsinchu|Taichung", "MY": "Penang|Johor Bahru", "VN": "Hai Phong|Da Nang", "IN": "Morbi|Coimbatore",
    "NL": "Breda|Venlo",
    "CZ": "Brno|Plzen", "KR": "Incheon|Daegu", "CL": "Valdivia|Temuco", "BR": "Joinville|Campinas",
}  # fmt: skip


def address_of(chance: Chance, territory: str, word: Word, city: str = "") -> str:
    """An invented address in the shape of the territory."""
    number = chance.whole(2, 148)
    if territory == "HK":
        floor = chance.whole(2, 28)
        street = chance.pick(_STREETS["HK"])
        building = f"{word.latin} {chance.pick(('Industrial Building', 'Commercial Centre', 'Tower', 'House'))}"
        place = chance.pick(_DISTRICTS)
        return f"Unit {floor}{chance.whole(1, 18):02d}, {floor}/F, {building}, {number} {street} Street, {place}, Hong Kong"
    if territory == "CN":
        return f"Room {chance.whole(201, 2809)}, Building {chance.whole(1, 9)}, {word.latin} Park, {city or 'Shenzhen'}, China"
    town = chance.pick(_TOWNS[territory].split("|"))
    if territory in {"RU", "KG", "KZ", "UZ"}:
        return f"{chance.digits(6)}, {town}, ул. {chance.pick(_STREETS['RU'])}, д. {number}, оф. {chance.whole(1, 90)}"
    if territory == "TR":
        return f"{chance.pick(_STREETS['TR'])} Mah. {chance.whole(100, 999)}. Sok. No:{number} {town}"
    if territory == "AE":
        return f"Office {chance.whole(101, 2310)}, {word.latin} Business Centre, P.O. Box {chance.digits(5)}, {town}, UAE"
    return f"{number} {chance.pick(_STREETS['west'])} Street, {town}, {TERRITORY_NAMES[territory]}"


def _han(chance: Chance, mint: Mint, territory: str) -> Party:
    word = mint.word("han")
    own_line, line = chance.pick(_HAN_LINES)
    own_city, city = ("香港", "") if territory == "HK" else ("台灣", "") if territory == "TW" else chance.pick(_CITIES)
    form = "Limited" if territory == "HK" else "Co., Ltd."
    core = f"{city} {word.latin} {line}".strip()
    middle = " (HK)" if territory == "HK" and chance.unit() < 0.4 else ""
    own = f"{own_city}{word.own}{own_line}有限公司"
    return Party(
        f"{core}{middle} {form}", (own,), address_of(chance, territory, word, city), territory, manner="han", word=word, core=core
    )


def _turkish(chance: Chance, mint: Mint) -> Party:
    word = mint.word("turkish")
    core = f"{word.own} {chance.pick(_LINES['turkish'])}"
    name = f"{core} Sanayi ve Ticaret Limited Şirketi"
    aliases = (f"{plain_turkish(core)} San. Tic. Ltd. Sti.",)
    return Party(name, aliases, address_of(chance, "TR", word), "TR", manner="turkish", word=word, core=core)


def tax_number(chance: Chance, territory: str) -> str:
    """A number of the right length that no authority gives out: region 00, a thirteenth month, a leading 9."""
    if territory == "RU":
        body = "00" + chance.digits(7)
        check = sum(int(d) * w for d, w in zip(body, (2, 4, 10, 3, 5, 9, 4, 6, 8), strict=True)) % 11 % 10
        return f"{body}{check}"
    lead, rest = {"KZ": ("9913", 8), "KG": ("9", 13), "UZ": ("9", 8), "AM": ("9", 7)}[territory]
    return lead + chance.digits(rest)


def _cyrillic(chance: Chance, mint: Mint, territory: str) -> Party:
    word = mint.word("cyrillic")
    own_form, form = _CYRILLIC_FORMS[territory]
    core = f"{word.own} {chance.pick(_LINES['cyrillic'])}"
    number = tax_number(chance, territory)
    own, latin = f"{own_form} «{core}»", f"{form} {romanize(core)}"
    name, alias = (own, latin) if territory in {"RU", "KG"} else (latin, own)
    return Party(name, (alias,), address_of(chance, territory, word), territory, number, "cyrillic", word, core)


def _western(chance: Chance, mint: Mint, territory: str, manner: str) -> Party:
    word = mint.word(manner)
    core = f"{word.latin} {chance.pick(_LINES[manner])}"
    if manner == "arabic":
        core = f"Al {core}"
    former = f"{word.latin} {chance.pick(('Group', 'Solutions', 'Systems'))} {_FORMS[territory]}"
    form = "FZ-LLC" if territory == "AE" and chance.unit() < 0.4 else _FORMS[territory]
    address = address_of(chance, territory, word)
    return Party(
        f"{core} {form}", (former,) if chance.unit() < 0.4 else (), address, territory, manner=manner, word=word, core=core
    )


def make_party(chance: Chance, mint: Mint, territory: str) -> Party:
    """One invented firm in the manner of its territory."""
    manner = chance.pick(_MANNERS.get(territory, ("west",)))
    if manner == "han":
        return _han(chance, mint, territory)
    if manner == "turkish":
        return _turkish(chance, mint)
    if manner == "cyrillic":
        return _cyrillic(chance, mint, territory)
    return _western(chance, mint, territory, manner)


def _listed(chance: Chance, party: Party) -> Party:
    added = date(2022, 6, 28) + timedelta(days=chance.whole(0, 620)) if chance.unit() > 0.12 else None
    remark = chance.pick(("", "", "", "seen with priority goods", "new firm, 2022", "shares an address with another party"))
    keeps = party.aliases if chance.unit() < 0.72 or party.territory == "TR" else ()
    return replace(party, added=added, remark=remark, aliases=keeps)


def make_list(chance: Chance, mint: Mint) -> tuple[Party, ...]:
    """The 640 parties of the letter: 18 are an address only, 24 carry a common word beside their own."""
    made = [make_party(chance, mint, territory) for territory, size in LIST_SIZES.items() for _ in range(size)]
    for i in range(18):  # the first of Hong Kong
        made[i] = replace(made[i], name=f"Address {i + 1:02d}", aliases=(), is_address_only=True)
    western = [i for i, p in enumerate(made) if p.manner == "west" and not p.is_address_only][:24]
    for count, i in enumerate(western):
        common, old = COMMON_WORDS[count % len(COMMON_WORDS)], made[i]
        core = f"{common.capitalize()} {old.core}"
        made[i] = replace(old, name=f"{core} {_FORMS[old.territory]}", core=core, aliases=(), common_word=common)
    return tuple(_listed(chance, party) for party in chance.shuffled(made))
