"""Plants the difficulties of the case: listed parties, decoys, addresses, chains, and traps that are not about names."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from training.chance import LAST, Chance, some_day
from training.goods import LEADING_ZERO, NINE_CODES, ORDINARY, Good, some_priority
from training.parties import Party, address_of, make_party
from training.records import BILL, HUBS, RU, UNION, VENDOR, Plant, Record, Side, World, latin_side, own_side
from training.spellings import spell

SEEN = 450  # of the listed parties that have a name stand in the records
RULE_DAY = date(2023, 5, 19)  # the nine codes of tiers 1 and 2 were published (data/reference: priority_goods)
SUPPLIERS = {"CN": 5, "TW": 3, "DE": 3, "MY": 2, "US": 2, "JP": 2, "NL": 1, "IT": 1}
FORWARDERS = ("KORVELINE FREIGHT LTD", "MERIDAX CARGO FZCO", "TRANSVOLMA LOGISTICS GMBH", "SEAWINDLE FORWARDING PTE LTD")
BANKS = ("BANQUE DRUMONDAISE", "NORVEST HARBOUR BANK", "KAZANBULUT BANKASI", "ARALKOM BANK JSC")
NOBODY = {RU: ("НЕ УКАЗАН", "ОТСУТСТВУЕТ", ""), VENDOR: ("NULL", "N/A", ""), BILL: ("", "", "NULL")}


@dataclass
class Garden:
    """What the planting shares: the list, the ordinary world, the records so far, and how often each spelling was used."""

    chance: Chance
    world: World
    parties: tuple[Party, ...]
    records: list[Record] = field(default_factory=list)
    plants: list[Plant] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def keep(self, record: Record, plant: Plant | None = None) -> Record:
        """Add a record, and what is planted in it."""
        self.records.append(record)
        if plant is not None:
            self.plants.append(record.plant(plant))
        return record


def _lots(chance: Chance) -> int:
    return chance.weighted((1, 2, 3, 5, 8, 14), (22, 24, 20, 16, 12, 6))


def _good_for(chance: Chance) -> tuple[Good, str]:
    if chance.unit() < 0.78:
        return some_priority(chance), "growing"
    return chance.pick(ORDINARY), "seasonal"


def _file_for(chance: Chance, party: Party) -> str:
    if party.territory == "RU":
        return RU
    if party.territory in UNION:
        return chance.weighted((VENDOR, BILL), (8, 2))
    return chance.weighted((RU, VENDOR, BILL), (5, 3, 3))


def _trade(garden: Garden, party: Party, side: Side, file: str) -> Record:
    """One record in which the listed party sends or receives."""
    chance, world = garden.chance, garden.world
    good, course = _good_for(chance)
    day = some_day(chance, course, max(good.peak, 1))
    if party.territory == "RU":
        sender = latin_side(world.firm(chance.pick(("CN", "TR", "AE", "HK", "UZ"))))
        return world.record(RU, day, sender, side, good)
    if file == RU or (file == VENDOR and chance.unit() < 0.5):
        receiver = world.firm("RU")
        return world.record(file, day, side, own_side(receiver) if file == RU else latin_side(receiver), good)
    supplier = latin_side(world.firm(chance.weighted(list(SUPPLIERS), list(SUPPLIERS.values()))))
    return world.record(file, day, supplier, side, good)


def plant_parties(garden: Garden) -> None:
    """Write 450 listed parties into the records, each in one or two spellings."""
    named = [party for party in garden.parties if not party.is_address_only]
    for party in garden.chance.shuffled(named)[:SEEN]:
        taken: set[str] = set()
        for _ in range(1 if garden.chance.unit() < 0.45 else 2):
            file = _file_for(garden.chance, party)
            spelling = spell(garden.chance, party, garden.counts, plain=file == RU)
            if spelling.record_name in taken:
                continue
            taken.add(spelling.record_name)
            _plant_spelling(garden, party, file, spelling.record_name, spelling.difficulty, spelling.why)


def _plant_spelling(garden: Garden, party: Party, file: str, name: str, difficulty: str, why: str) -> None:
    address = own_side(party).address if file == RU and party.territory == "RU" else latin_side(party).address
    if difficulty == "cut_35" or garden.chance.unit() < 0.25:
        address = ""
    side = Side(name, address, party.territory, party.tax_number if garden.chance.unit() < 0.5 else "")
    for _ in range(_lots(garden.chance)):
        garden.keep(_trade(garden, party, side, file), Plant("name", difficulty, name, party, True, why))


def plant_banks(garden: Garden) -> None:
    """Bills made out to the order of a bank: the listed party stands as notify party only."""
    named = [p for p in garden.parties if p.territory in {"TR", "AE", "HK"} and not p.is_address_only]
    for party in garden.chance.shuffled(named)[:24]:
        side = latin_side(party)
        record = _trade(garden, party, side, BILL)
        bank = garden.chance.pick(BANKS)
        record.notify, record.consignee = side, Side(f"TO THE ORDER OF {bank}", "", party.territory)
        why = "the consignee is a bank's order; the listed party is the notify party"
        garden.keep(record, Plant("name", "notify_behind_bank", side.name, party, True, why, role="notify"))
        order = Plant("decoy", "to_the_order", record.consignee.name, None, False, "a bank's order is no party")
        garden.plants.append(record.plant(order))


def plant_decoys(garden: Garden) -> None:
    """Firms that share only a common word with a listed party, and firms of the same name elsewhere."""
    chance, world = garden.chance, garden.world
    common = [party for party in garden.parties if party.common_word != ""]
    for i in range(60):
        party = common[i % len(common)]
        home = chance.pick(("US", "IT", "TR", "AE", "PL", "IN"))
        firm, form, line = (
            world.firm(home),
            chance.pick(("LLC", "LTD", "CO")),
            chance.pick(("Mebel", "Ceramics", "Textile", "Foods")),
        )
        name = f"{party.common_word} {firm.core} {form}" if i < 36 else f"{party.common_word} {line} {i}"
        side = replace(latin_side(firm), name=latin_side(replace(firm, name=name)).name)
        why = f"shares only the common word {party.common_word} with {party.name}"
        _send(garden, side, Plant("decoy", "common_word", side.name, party, False, why), lots=chance.whole(1, 4))
    named = [p for p in garden.parties if p.manner == "west" and p.common_word == "" and not p.is_address_only]
    for party in chance.shuffled(named)[:16]:
        home, form = chance.pick((("CL", "SPA"), ("BR", "LTDA"), ("PL", "SP Z OO")))
        side = Side(f"{party.core} {form}".upper(), address_of(chance, home, party.word).upper(), home)
        why = f"same name as {party.name} but another firm in another territory; the name alone cannot tell"
        _send(garden, side, Plant("homonym", "same_name_elsewhere", side.name, party, False, why), lots=2)


def _send(garden: Garden, side: Side, plant: Plant, *, lots: int = 1) -> None:
    for _ in range(lots):
        good = garden.chance.pick(ORDINARY)
        file = garden.chance.pick((RU, BILL))
        other = own_side(garden.world.firm("RU")) if file == RU else latin_side(garden.world.firm("US"))
        record = garden.world.record(file, some_day(garden.chance, "seasonal", good.peak), side, other, good)
        garden.keep(record, replace(plant))


def plant_addresses(garden: Garden) -> None:
    """Unlisted names at a listed address, written in another order; and one next door that must not count."""
    for party in [p for p in garden.parties if p.is_address_only][:14]:
        parts = [part.strip() for part in party.address.split(",")]
        turned = ", ".join([parts[2], parts[0].replace("Unit", "Rm"), parts[1], *parts[3:]]).upper()
        for address in (party.address.upper(), turned):
            side = Side(_new_firm(garden), address, "HK")
            why = "the listed thing is this address; the firm itself is on no list"
            garden.keep(_trade(garden, party, side, RU), Plant("address", "address_only", side.name, party, True, why))
        unit = parts[0].split()[1]
        door = party.address.replace(unit, str(int(unit) + 21), 1).upper()
        side = Side(_new_firm(garden), door, "HK")
        near = Plant("address", "next_door", side.name, party, False, "same building, another unit")
        garden.keep(_trade(garden, party, side, RU), near)


def _new_firm(garden: Garden) -> str:
    """The name of a Hong Kong firm that stands nowhere else."""
    return latin_side(make_party(garden.chance, garden.world.mint, "HK")).name


def plant_hazards(garden: Garden) -> None:
    """Names that would be markup or a formula in a page or a spreadsheet; the firms are on no list."""
    link = '=HYPERLINK("http://example.invalid","{}")'
    shapes = ("<b>{}</b>", "<img src=x onerror=alert(1)>{}", link, "{} & SONS <TRADING>", "@{}")
    for i in range(15):
        name = latin_side(garden.world.firm(("AE", "CN", "TR")[i % 3])).name
        side = Side(shapes[i % len(shapes)].format(name), "", ("AE", "CN", "TR")[i % 3])
        why = "must show as text and stay text in every export"
        _send(garden, side, Plant("hazard", "markup_in_name", side.name, None, False, why))


def plant_chains(garden: Garden) -> None:
    """Goods that go A to B in one file and B to C in another, the same goods at a later date."""
    hubs = [p for p in garden.parties if p.territory in HUBS and not p.is_address_only]
    for i in range(150):
        party = garden.chance.pick(hubs) if garden.chance.unit() < 0.6 else None
        _plant_chain(garden, f"chain-{i + 1:03d}", party)


def _plant_chain(garden: Garden, group: str, party: Party | None) -> None:
    chance, world = garden.chance, garden.world
    hub = world.firm(chance.pick(HUBS)) if party is None else party
    maker = latin_side(world.firm(chance.weighted(list(SUPPLIERS), list(SUPPLIERS.values()))))
    good, day = some_priority(chance), min(some_day(chance, "growing"), LAST - timedelta(days=75))
    side, name = _hub_side(garden, hub, party)
    first = world.record(chance.pick((VENDOR, BILL)), day, maker, side, good)
    first.note = f"LOT {group[6:]}{chance.digits(4)}"
    _keep_leg(garden, first, name, f"first leg of {maker.country} > {hub.territory} > RU", group, party)
    side, name = _hub_side(garden, hub, party)
    file, receiver = VENDOR if hub.territory in UNION else RU, world.firm("RU")
    lot = round(first.kg * chance.pick((1.0, 1.0, 0.9, 0.75)), 3)
    into = own_side(receiver) if file == RU else latin_side(receiver)
    second = world.record(file, day + timedelta(days=chance.whole(9, 60)), side, into, good, lot=lot)
    second.usd = round(first.usd * lot / first.kg * chance.between(1.12, 1.7), 2)
    second.origin, second.brand, second.maker, second.note = first.origin, first.brand, first.maker, first.note
    _keep_leg(garden, second, name, f"second leg of {maker.country} > {hub.territory} > RU", group, party)


def _keep_leg(garden: Garden, record: Record, name: Plant | None, why: str, group: str, party: Party | None) -> None:
    leg = Plant("chain", "reexport", "", party, False, f"{why}: same goods and lot, later date", group=group)
    garden.keep(record, leg)
    if name is not None:
        garden.plants.append(record.plant(name))


def _hub_side(garden: Garden, hub: Party, party: Party | None) -> tuple[Side, Plant | None]:
    """The hub as this record spells it, and the name to find if it is a listed one."""
    side = latin_side(hub)
    if party is None:
        return side, None
    spelling = spell(garden.chance, party, garden.counts, plain=True)
    named = replace(side, name=spelling.record_name, address="" if spelling.difficulty == "cut_35" else side.address)
    return named, Plant("name", spelling.difficulty, spelling.record_name, party, True, spelling.why)


def plant_transit(garden: Garden) -> None:
    """Goods of the nine codes that were loaded before the notice of 19 May 2023 and declared after it."""
    for _ in range(18):
        good = garden.chance.pick(NINE_CODES)
        loaded = RULE_DAY - timedelta(days=garden.chance.whole(2, 25))
        day = RULE_DAY + timedelta(days=garden.chance.whole(1, 24))
        record = garden.world.record(RU, day, latin_side(garden.world.firm("CN")), own_side(garden.world.firm("RU")), good)
        record.note = f"ПОГРУЖЕНО {loaded:%d.%m.%Y}"
        why = f"loaded {loaded.isoformat()}, before the notice of {RULE_DAY.isoformat()}; declared after it"
        garden.keep(record, Plant("timing", "in_transit", "", None, False, why))


def plant_direct_trade(garden: Garden) -> None:
    """Priority goods sent straight to Russia, as was usual before March 2022."""
    for _ in range(320):
        sender = garden.world.firm(garden.chance.pick(("DE", "NL", "CZ", "IT", "JP", "TW", "US")))
        day = some_day(garden.chance, "ending")
        good, receiver = some_priority(garden.chance), own_side(garden.world.firm("RU"))
        garden.keep(garden.world.record(RU, day, latin_side(sender), receiver, good))


def plant_codes(garden: Garden) -> None:
    """Codes that lost their leading zero in the vendor's file."""
    for _ in range(40):
        good = garden.chance.pick(LEADING_ZERO)
        sender, receiver = garden.chance.pick((("UZ", "KZ"), ("TR", "AE"), ("CN", "KG")))
        day = some_day(garden.chance, "seasonal", good.peak)
        sides = latin_side(garden.world.firm(sender)), latin_side(garden.world.firm(receiver))
        record = garden.world.record(VENDOR, day, *sides, good)
        record.loses_zero = True
        why = f"written as the number {int(good.hs)}; the code is {good.hs}"
        garden.keep(record, Plant("code", "lost_zero", "", None, False, why))
