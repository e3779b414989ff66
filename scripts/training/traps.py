"""Traps made from records that are already there: missing names, repeats, bills, dates and countries."""

from __future__ import annotations

from dataclasses import replace

from training.planting import FORWARDERS, NOBODY, Garden
from training.records import BILL, RU, VENDOR, Plant, Record, Side, own_side

REPEATS, BILLS = 120, 90


def _ordinary(garden: Garden, file: str) -> list[Record]:
    return [r for r in garden.records if r.file == file and len(r.plants) == 0]


def hide_consignees(garden: Garden) -> None:
    """Take the receiver out of some bills and declarations."""
    for file, count in ((RU, 160), (VENDOR, 120), (BILL, 260)):
        for record in garden.chance.shuffled(_ordinary(garden, file))[:count]:
            mark = garden.chance.pick(NOBODY[file])
            record.consignee = Side(mark, "", record.consignee.country)
            garden.plants.append(
                record.plant(Plant("missing_party", "missing_consignee", mark, None, False, "the record names no receiver"))
            )


def name_forwarders(garden: Garden) -> None:
    """A forwarder stands as consignee."""
    for record in garden.chance.shuffled(_ordinary(garden, BILL))[:110]:
        record.consignee = Side(garden.chance.pick(FORWARDERS), "", record.consignee.country)
        why = "a forwarder carries for others and is on no list"
        plant = Plant("decoy", "forwarder", record.consignee.name, None, False, why)
        garden.plants.append(record.plant(plant))


def name_declarants(garden: Garden) -> None:
    """Brokers declare for a part of the Russian records; the others declare for themselves and name nobody."""
    brokers = [own_side(garden.world.firm("RU")) for _ in range(14)]
    for record in garden.records:
        if record.file == RU:
            record.declarant = garden.chance.pick(brokers) if garden.chance.unit() < 0.25 else None


def mix_countries(garden: Garden) -> None:
    """Made, sent, traded and received in four territories."""
    chosen = [r for r in garden.records if r.file == RU and r.good.is_priority and r.destination == "RU"]
    for record in garden.chance.shuffled(chosen)[:60]:
        record.origin = "TW" if record.departure != "TW" else "MY"
        record.trading = "AE" if record.departure != "AE" else "HK"
        why = f"made {record.origin}, sent {record.departure}, traded {record.trading}, received {record.destination}"
        garden.plants.append(record.plant(Plant("countries", "four_countries", "", None, False, why)))


def mark_early(garden: Garden) -> None:
    """Records of a listed party on a day before it was listed."""
    early = [
        (plant, record)
        for plant in garden.plants
        if plant.kind == "name" and (record := plant.record) is not None and plant.party is not None
        if plant.party.added is not None and record.day < plant.party.added
    ]
    for plant, record in garden.chance.shuffled(early)[:60]:
        assert plant.party is not None and plant.party.added is not None  # noqa: S101 (filtered above)
        why = f"recorded {record.day.isoformat()}, listed {plant.party.added.isoformat()}: status on the day is 'not yet'"
        garden.plants.append(record.plant(Plant("timing", "listed_after_shipment", plant.record_name, plant.party, False, why)))


def split_bills(garden: Garden) -> None:
    """A master bill repeats what its house bill says, with forwarders in place of the parties."""
    for i, house in enumerate(garden.chance.shuffled(_ordinary(garden, BILL))[:BILLS]):
        number = f"MSTR{i + 1:05d}"
        house.master_bill, house.house_bill = number, f"HOUS{garden.chance.digits(7)}"
        house.container = f"KVLU{garden.chance.digits(7)}"
        pair = [Side(garden.chance.pick(FORWARDERS), "", side.country) for side in (house.consignor, house.consignee)]
        master = replace(house, consignor=pair[0], consignee=pair[1], house_bill="", number=f"M{house.number}", plants=[])
        why = "the master bill and the house bill tell of the same goods; count them once"
        garden.keep(master, Plant("bill", "master_bill", pair[1].name, None, False, why, group=number))
        garden.plants.append(house.plant(Plant("bill", "house_bill", house.consignee.name, None, False, why, group=number)))


def repeat_rows(garden: Garden) -> None:
    """Exact repeats, as an export that was pasted twice leaves them."""
    shares = ((RU, 70), (VENDOR, 30), (BILL, 20))
    for file, count in shares:
        for i, record in enumerate(garden.chance.shuffled(_ordinary(garden, file))[:count]):
            group = f"repeat-{file}-{i + 1:03d}"
            garden.plants.append(record.plant(Plant("repeat", "first", "", None, False, "this row stands twice", group=group)))
            again = replace(record, plants=[])
            why = "repeats an earlier row exactly; never summed"
            garden.keep(again, Plant("repeat", "exact_repeat", "", None, False, why, group=group))


def mark_old_codes(garden: Garden) -> None:
    """Priority goods recorded under the number they had before 2022: no code of the list, and no zero either."""
    for record in garden.records:
        old = record.good.code_on(record.day)
        if old != record.good.hs:
            why = f"recorded as {old} before 2022; the same goods are {record.good.hs} since: no baseline under that code"
            garden.plants.append(record.plant(Plant("code", "old_edition", "", None, False, why)))


def add_notify(garden: Garden) -> None:
    """Some bills name the receiver again as notify party."""
    for record in garden.records:
        if record.file == BILL and record.notify is None and record.consignee.address != "" and garden.chance.unit() < 0.2:
            record.notify = record.consignee
