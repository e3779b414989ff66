"""One trade record, one planted thing, and the ordinary trade around them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from training.chance import Chance, some_day
from training.goods import BRANDS, ORDINARY, Good
from training.parties import Party, make_party
from training.words import Mint, plain_turkish, romanize

RU, VENDOR, BILL = "ru_customs", "vendor_export", "bill_of_lading"
HUBS = ("HK", "TR", "AE", "KG", "AM", "KZ", "UZ")
UNION = ("KG", "AM", "KZ")  # their trade with Russia needs no declaration there, so the vendor's file has it
MAKERS_OF = {"CN": 5, "TW": 3, "MY": 2, "DE": 3, "IT": 2, "US": 3, "JP": 2, "NL": 1, "KR": 1, "CZ": 1}
_POOL = {
    "RU": 330, "CN": 210, "DE": 90, "IT": 70, "PL": 50, "TR": 110, "AE": 60, "HK": 80, "US": 130, "JP": 40, "TW": 50,
    "MY": 40,
    "VN": 50, "IN": 60, "NL": 40, "CZ": 30, "KR": 40, "KG": 45, "KZ": 70, "UZ": 60, "AM": 40, "GE": 30, "CL": 10, "BR": 10,
}  # fmt: skip
_ROUTES = {
    RU: {
        ("CN", "RU"): 34, ("TR", "RU"): 17, ("DE", "RU"): 9, ("IT", "RU"): 7, ("IN", "RU"): 7, ("UZ", "RU"): 7,
        ("VN", "RU"): 5,
        ("PL", "RU"): 3, ("KR", "RU"): 3, ("AE", "RU"): 4, ("GE", "RU"): 2, ("RU", "CN"): 2, ("RU", "TR"): 2, ("RU", "UZ"): 2,
    },
    VENDOR: {
        ("CN", "KZ"): 12, ("CN", "KG"): 9, ("CN", "UZ"): 10, ("DE", "TR"): 11, ("IT", "TR"): 9, ("TR", "DE"): 9,
        ("IN", "AE"): 8,
        ("CN", "AE"): 7, ("DE", "AM"): 3, ("IT", "AM"): 3, ("KZ", "RU"): 6, ("UZ", "KZ"): 4, ("TW", "HK"): 5, ("HK",
        "US"): 4, ("AM", "RU"): 3,
    },
    BILL: {
        ("CN", "US"): 34, ("VN", "US"): 14, ("IT", "US"): 6, ("DE", "US"): 6, ("IN", "US"): 8, ("CN", "TR"): 8,
        ("CN", "AE"): 8,
        ("KR", "TR"): 3, ("JP", "AE"): 3, ("TW", "HK"): 5, ("CN", "GE"): 3,
    },
}  # fmt: skip


@dataclass
class Side:
    """One party of a record as the record spells it."""

    name: str
    address: str
    country: str
    tax_number: str = ""


@dataclass
class Plant:
    """One planted thing; the row is found when the file is written."""

    kind: str
    difficulty: str
    record_name: str
    party: Party | None
    should_match: bool
    why: str
    record: Record | None = None
    group: str = ""
    role: str = ""


@dataclass
class Record:
    """One line of a trade file before it takes the file's layout."""

    file: str
    day: date
    consignor: Side
    consignee: Side
    good: Good
    kg: float
    usd: float
    origin: str
    departure: str
    trading: str
    destination: str
    reporter: str
    direction: str
    notify: Side | None = None
    declarant: Side | None = None
    brand: str = ""
    maker: str = ""
    number: str = ""
    house_bill: str = ""
    master_bill: str = ""
    container: str = ""
    note: str = ""
    loses_zero: bool = False
    plants: list[Plant] = field(default_factory=list)

    def plant(self, plant: Plant) -> Plant:
        """Say that this record carries the planted thing."""
        plant.record = self
        self.plants.append(plant)
        return plant


def latin_side(party: Party) -> Side:
    """A party in Latin capitals."""
    name = plain_turkish(romanize(party.name.replace("«", "").replace("»", ""))).upper()
    return Side(name, plain_turkish(romanize(party.address)).upper(), party.territory, party.tax_number)


def own_side(party: Party) -> Side:
    """A party in Cyrillic where it has such a name, else in Latin capitals."""
    if party.manner != "cyrillic":
        return latin_side(party)
    names = (party.name, *party.aliases)
    own = next((n for n in names if any("а" <= letter <= "я" for letter in n.lower())), party.name)
    return Side(own.upper().replace("«", '"').replace("»", '"'), party.address.upper(), party.territory, party.tax_number)


@dataclass
class World:
    """The ordinary firms, and the making of records between any two sides."""

    chance: Chance
    mint: Mint
    pool: dict[str, tuple[Party, ...]] = field(default_factory=dict)
    number: int = 0

    def fill(self) -> None:
        """Invent the ordinary firms of every territory."""
        self.pool = {t: tuple(make_party(self.chance, self.mint, t) for _ in range(size)) for t, size in _POOL.items()}

    def firm(self, territory: str) -> Party:
        """An ordinary firm; the first of a territory trade more often."""
        firms = self.pool[territory]
        return firms[int(len(firms) * self.chance.unit() ** 1.8)]

    def record(self, file: str, day: date, consignor: Side, consignee: Side, good: Good, *, lot: float | None = None) -> Record:
        """A record between two sides with plausible weight, value and origin."""
        chance = self.chance
        self.number += 1
        kg = round(chance.between(*good.lot_kg) if lot is None else lot, 3)
        price = chance.between(*good.usd_per_kg)
        origin = self._origin(consignor.country, good)
        reporter, direction = self._books(file, consignor.country, consignee.country)
        trading = "AE" if chance.unit() < 0.03 else consignor.country
        record = Record(
            file, day, consignor, consignee, good, kg, round(kg * price, 2), origin, consignor.country, trading,
            consignee.country, reporter, direction, number=f"{self.number:07d}",
        )  # fmt: skip
        if good.is_priority or chance.unit() < 0.3:
            record.brand = chance.pick(BRANDS)
            record.maker = record.brand if chance.unit() < 0.7 else ""
        return record

    def _origin(self, sender: str, good: Good) -> str:
        if good.is_priority and (sender in HUBS or self.chance.unit() < 0.2):
            return self.chance.weighted(list(MAKERS_OF), list(MAKERS_OF.values()))
        return sender

    def _books(self, file: str, sender: str, receiver: str) -> tuple[str, str]:
        if file == RU:
            return "RU", "import" if receiver == "RU" else "export"
        if file == BILL:
            return receiver, "import"
        if receiver == "RU" or receiver not in HUBS:
            return sender, "re-export" if sender in UNION and self.chance.unit() < 0.25 else "export"
        return receiver, "import"

    def ordinary(self, file: str) -> Record:
        """A record of ordinary goods between ordinary firms in its season; now and then of priority goods."""
        chance = self.chance
        routes = _ROUTES[file]
        sender, receiver = chance.weighted(list(routes), list(routes.values()))
        good = chance.pick(ORDINARY)
        side = own_side if file == RU and receiver == "RU" else latin_side
        day = some_day(chance, "seasonal", good.peak)
        record = self.record(file, day, latin_side(self.firm(sender)), side(self.firm(receiver)), good)
        if sender == "RU":
            record.consignor = own_side(self.firm("RU"))
        for given in (record.consignor, record.consignee):
            given.address = "" if chance.unit() < 0.6 else given.address
        return record
