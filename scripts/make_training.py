"""Make the training case: `python scripts/make_training.py [--out FOLDER]`.

Everything in it is invented. The same seed gives the same files, byte for
byte, on every system whose zlib packs alike; the cells are the same everywhere.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from pathlib import Path

from training import layouts, planting, traps
from training.chance import Chance
from training.parties import Party, make_list
from training.records import BILL, RU, VENDOR, Plant, Record, World
from training.words import Mint

SEED = 20240324
SIZES = {RU: 9_800, VENDOR: 5_000, BILL: 5_200}
TRUTH_COLUMNS = (
    "plant_id", "kind", "difficulty", "record_file", "source_row", "record_name", "role", "list_row", "list_name",
    "list_also_known_as", "list_address",
    "should_match", "group", "records", "why",
)  # fmt: skip
BY_NAME = {"name", "decoy", "homonym", "hazard"}
WRITERS = {RU: layouts.write_ru, VENDOR: layouts.write_vendor, BILL: layouts.write_bills}


def grow() -> planting.Garden:
    """Invent the list, the firms and all records."""
    chance = Chance(SEED)
    mint = Mint(chance)
    parties = make_list(chance, mint)
    world = World(chance, mint)
    world.fill()
    garden = planting.Garden(chance, world, parties)
    for step in (
        planting.plant_parties, planting.plant_banks, planting.plant_decoys, planting.plant_addresses, planting.plant_hazards,
        planting.plant_chains, planting.plant_transit, planting.plant_direct_trade, planting.plant_codes,
    ):  # fmt: skip
        step(garden)
    kept = Counter(record.file for record in garden.records)
    added = {RU: 70, VENDOR: 30, BILL: 20 + traps.BILLS}  # rows that the traps below add
    for file, size in SIZES.items():
        garden.records += [world.ordinary(file) for _ in range(size - added[file] - kept[file])]
    for step in (
        traps.name_declarants, traps.add_notify, traps.hide_consignees, traps.name_forwarders, traps.mix_countries,
        traps.mark_early,
        traps.mark_old_codes, traps.split_bills, traps.repeat_rows,
    ):  # fmt: skip
        step(garden)
    return garden


def _role(plant: Plant) -> str:
    record = plant.record
    if record is None or plant.role != "" or plant.record_name == "":
        return plant.role
    return next((role for role in ("consignor", "consignee") if layouts.side_of(record, role).name == plant.record_name), "")


def _truth_row(plant: Plant, row: int, list_rows: dict[str, int]) -> dict[str, str]:
    record, party = plant.record, plant.party
    if record is None:
        message = f"a plant without a record: {plant}"
        raise RuntimeError(message)
    return {
        "kind": plant.kind, "difficulty": plant.difficulty, "record_file": layouts.FILES[record.file], "source_row": str(row),
        "record_name": plant.record_name, "role": _role(plant),
        "list_row": "" if party is None else str(list_rows[party.name]),
        "list_address": party.address if party is not None and party.is_address_only else "",
        "list_name": "" if party is None else party.name,
        "list_also_known_as": "" if party is None else "; ".join(party.aliases),
        "should_match": "yes" if plant.should_match else "no", "group": plant.group, "records": "1", "why": plant.why,
    }  # fmt: skip


def truth_of(plants: list[Plant], rows: dict[int, int], parties: tuple[Party, ...]) -> list[dict[str, str]]:
    """One row a planted thing; a name planted in many records stands once, at its first, with their number."""
    list_rows = {party.name: i for i, party in enumerate(parties, layouts.LIST_HEADER_ROW + 1)}
    order = list(layouts.FILES)

    def place(plant: Plant) -> tuple[int, int, str]:
        record = plant.record
        return (9, 0, "") if record is None else (order.index(record.file), rows[id(record)], plant.kind)

    placed = sorted(plants, key=place)
    out: dict[tuple[str, ...], dict[str, str]] = {}
    for i, plant in enumerate(placed):
        row = _truth_row(plant, rows[id(plant.record)], list_rows)
        key = (plant.kind, plant.record_name) if plant.kind in BY_NAME else (str(i),)
        if key in out:
            out[key]["records"] = str(int(out[key]["records"]) + 1)
        else:
            out[key] = row
    return [{"plant_id": f"P{i:04d}", **row} for i, row in enumerate(out.values(), 1)]


def write(folder: Path) -> Counter[str]:
    """Write list, records and truth into a folder; returns how many things of each difficulty were planted."""
    garden = grow()
    folder.mkdir(parents=True, exist_ok=True)
    layouts.write_list(folder / layouts.LIST_FILE, garden.parties)
    rows: dict[int, int] = {}
    for file, writer in WRITERS.items():
        records: list[Record] = sorted((r for r in garden.records if r.file == file), key=lambda r: r.day)
        writer(folder / layouts.FILES[file], records)
        rows |= {id(record): i for i, record in enumerate(records, layouts.first_row(file))}
    truth = truth_of(garden.plants, rows, garden.parties)
    with (folder / "truth.csv").open("w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, TRUTH_COLUMNS, lineterminator="\n")
        table.writeheader()
        table.writerows(truth)
    return Counter(f"{row['kind']}: {row['difficulty']}" for row in truth)


def main() -> None:
    """Read the command line, write the case, print what was planted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent.parent / "data" / "training")
    folder = parser.parse_args().out
    for difficulty, count in sorted(write(folder).items()):
        print(f"{count:5d}  {difficulty}")
    for path in sorted(folder.iterdir()):
        print(f"{path.stat().st_size:9,d} bytes  {path.name}")


if __name__ == "__main__":
    main()
