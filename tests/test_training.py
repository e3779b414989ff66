"""The training case: what is in its files, what its truth says, and how candidates are scored against it."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from anyascii import anyascii

from kit.errors import FileError, TableError
from kit.files import read_sheet
from kit.lists import read_list
from kit.reference import DATA, read_reference
from kit.tables import ReadResult, from_rows
from kit.trade import read_trade
from kit.training import TRUTH_COLUMNS, read_truth, score_training
from tests.shared_files import shared

TRAINING = DATA / "training"
FILES = ("ru_customs_declarations.csv", "vendor_export.xlsx", "bills_of_lading.csv")
DIFFICULTIES = {
    "name": {
        "exact", "alias", "transliterated", "han", "pinyin_spaced", "homoglyph", "glued_tax_number", "cut_35", "word_order",
        "typo", "legal_form", "glued_name", "agent_phrase", "notify_behind_bank",
    },
    "decoy": {"common_word", "forwarder", "to_the_order"},
    "homonym": {"same_name_elsewhere"},
    "hazard": {"markup_in_name"},
    "address": {"address_only", "next_door"},
    "chain": {"reexport"},
    "timing": {"in_transit", "listed_after_shipment"},
    "code": {"lost_zero", "old_edition"},
    "countries": {"four_countries"},
    "missing_party": {"missing_consignee"},
    "bill": {"master_bill", "house_bill"},
    "repeat": {"first", "exact_repeat"},
}  # fmt: skip


@cache
def read(name: str) -> ReadResult:
    return read_trade(TRAINING / name)


def declarations(name: str) -> pa.Table:
    return read(name).tables["declarations"]


@cache
def truth() -> tuple[dict[str, str], ...]:
    return read_truth(TRAINING / "truth.csv")


@cache
def by_row(name: str) -> dict[int, dict[str, object]]:
    return {row["source_row"]: row for row in declarations(name).to_pylist()}


def of_kind(kind: str, difficulty: str = "") -> list[dict[str, str]]:
    return [row for row in truth() if row["kind"] == kind and difficulty in ("", row["difficulty"])]


def record(row: dict[str, str]) -> dict[str, object]:
    return by_row(row["record_file"])[int(row["source_row"])]


def letter() -> list[dict[str, object]]:
    return read_sheet(TRAINING / "letter_list.xlsx").rows.to_pylist()


# ---- the files ----


def test_same_seed_gives_the_same_files(tmp_path: Path) -> None:
    script = DATA.parent / "scripts" / "make_training.py"
    subprocess.run([sys.executable, str(script), "--out", str(tmp_path)], check=True, capture_output=True)
    for made in sorted(tmp_path.iterdir()):
        kept = TRAINING / made.name
        if made.suffix == ".xlsx":
            with zipfile.ZipFile(made) as new, zipfile.ZipFile(kept) as old:
                assert [(i.filename, i.date_time, i.CRC) for i in new.infolist()] == [
                    (i.filename, i.date_time, i.CRC) for i in old.infolist()
                ]
        else:
            assert made.read_bytes() == kept.read_bytes(), made.name


def test_files_stay_small() -> None:
    assert sum(path.stat().st_size for path in TRAINING.iterdir()) < 6_000_000


def test_letter_has_640_entries_under_a_title() -> None:
    sheet = read_sheet(TRAINING / "letter_list.xlsx")
    assert sheet.header_row == 7
    assert len(sheet.rows) == 640


def test_letter_has_18_entries_that_are_only_an_address() -> None:
    rows = [row for row in letter() if re.fullmatch(r"Address \d\d", str(row["Name"])) is not None]
    assert len(rows) == 18
    assert {row["Country"] for row in rows} == {"Hong Kong"}
    assert all(str(row["Address"]).startswith("Unit ") for row in rows)


def test_letter_is_read_as_a_list_with_nothing_refused() -> None:
    result = read_list(TRAINING / "letter_list.xlsx")
    entities = result.tables["entities"].to_pylist()
    assert len(entities) == 640
    assert len(result.rejects) == 0
    assert sum(entity["is_address_only"] for entity in entities) == 18
    assert not any(re.match(r"Address \d", entity["name"]) for entity in entities)


def test_records_are_20000_and_all_are_read() -> None:
    results = [read(name) for name in FILES]
    assert sum(result.rows_read for result in results) == 20_000
    assert [len(result.rejects) for result in results] == [0, 0, 0]


def test_layouts_are_recognized_without_a_manual_step() -> None:
    layouts = [read(name).reader for name in FILES]
    assert layouts == ["ru_declarations_codes", "vendor_declarations", "us_bills_of_lading"]


def test_records_run_from_june_2021_to_june_2024() -> None:
    days = pa.chunked_array([chunk for name in FILES for chunk in declarations(name)["date"].chunks])
    ends = pc.min_max(days).as_py()
    assert (ends["min"].isoformat()[:7], ends["max"].isoformat()[:7]) == ("2021-06", "2024-06")


def test_prices_a_kilogram_are_plausible() -> None:
    for name in FILES:
        table = declarations(name)
        price = pc.divide(table["value_usd"], table["net_weight_kg"])
        ends = pc.min_max(price).as_py()
        assert ends["min"] > 0.2
        assert ends["max"] < 12_000


def test_priority_goods_through_hubs_grow_after_march_2022() -> None:
    priority = {row["hs_code"] for row in read_reference("reference", "priority_goods.csv")}
    counts: Counter[str] = Counter()
    for name in FILES:
        for row in declarations(name).select(["date", "hs_code", "departure_country", "destination_country"]).to_pylist():
            if row["hs_code"][:6] in priority and row["departure_country"] in {"HK", "TR", "AE", "KG", "AM", "KZ", "UZ"}:
                counts[
                    "after"
                    if row["date"].isoformat() >= "2022-09"
                    else "before"
                    if row["date"].isoformat() < "2022-03"
                    else "between"
                ] += 1
    assert counts["after"] / 22 > 4 * counts["before"] / 9


def key(name: str) -> str:
    forms = {
        "llc",
        "ltd",
        "limited",
        "co",
        "company",
        "inc",
        "ooo",
        "ao",
        "too",
        "osoo",
        "fze",
        "fzco",
        "gmbh",
        "srl",
        "sti",
        "hk",
    }
    words = re.findall(r"[a-z0-9]+", anyascii(name).lower())
    return " ".join(sorted(word for word in words if word not in forms))


def listed_names() -> set[str]:
    columns = {
        "csl_2026-07-31_compact.csv": ("name", "alt_names"),
        "eu_journal_32014R0269.csv": ("name", "alias"),
        "eu_journal_32014R0833.csv": ("name", "alias"),
        "eu_journal_32006R0765.csv": ("name", "alias"),
        "opensanctions_ua_war_sanctions_targets_simple_2026-03-13.csv": ("name", "aliases"),
    }
    out = set()
    for file, (name, others) in columns.items():
        with shared("data", "lists", file).open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                out |= {key(spelled) for spelled in (row[name], *row[others].split(";"))}
    return out - {""}


@pytest.mark.shared
def test_no_invented_party_has_the_name_of_a_listed_one() -> None:
    listed = listed_names()
    invented = {str(row[column]) for row in letter() for column in ("Name", "Also known as") if row[column] is not None}
    for name in FILES:
        for column in ("consignor_name", "consignee_name", "notify_name", "declarant_name", "brand", "maker"):
            invented |= {value for value in pc.unique(declarations(name)[column]).to_pylist() if value is not None}
    same = sorted(name for name in invented if key(name) in listed and re.fullmatch(r"Address \d\d", name) is None)
    assert len(invented) > 3_000
    assert same == []


# ---- the truth ----


def test_every_difficulty_is_planted() -> None:
    found: dict[str, set[str]] = {}
    for row in truth():
        found.setdefault(row["kind"], set()).add(row["difficulty"])
    assert found == DIFFICULTIES


def test_every_planted_name_stands_in_its_row() -> None:
    for row in truth():
        if row["kind"] in {"name", "decoy", "homonym", "hazard", "address"}:
            values = record(row)
            assert row["record_name"] in (values["consignor_name"], values["consignee_name"], values["notify_name"]), row[
                "plant_id"
            ]


def test_every_list_entry_stands_in_its_row_of_the_letter() -> None:
    entries = {str(row["source_row"]): row for row in letter()}
    for row in truth():
        if row["list_row"] != "":
            assert entries[row["list_row"]]["Name"] == row["list_name"]


def test_a_record_name_belongs_to_one_entry_only() -> None:
    owners: dict[str, set[str]] = {}
    for row in of_kind("name"):
        owners.setdefault(row["record_name"], set()).add(row["list_row"])
    assert max(len(rows) for rows in owners.values()) == 1


def test_records_counts_how_often_a_name_stands() -> None:
    counts: Counter[str] = Counter()
    for name in FILES:
        for row in declarations(name).select(["consignor_name", "consignee_name", "notify_name"]).to_pylist():
            counts.update({value for value in row.values() if value is not None})
    for row in of_kind("name"):
        assert counts[row["record_name"]] >= int(row["records"]), row["plant_id"]


def test_chains_carry_the_same_goods_at_a_later_date() -> None:
    groups: dict[str, list[dict[str, object]]] = {}
    for row in of_kind("chain"):
        groups.setdefault(row["group"], []).append(record(row))
    assert len(groups) == 150
    for legs in groups.values():
        first, second = sorted(legs, key=lambda leg: str(leg["date"]))
        assert str(first["date"]) < str(second["date"])
        assert str(first["goods_description"]).split("LOT")[1] == str(second["goods_description"]).split("LOT")[1]
        assert first["consignee_country"] == second["consignor_country"]
        assert second["consignee_country"] == "RU"


def test_chains_run_through_every_hub() -> None:
    hubs = {record(row)["departure_country"] for row in of_kind("chain") if record(row)["destination_country"] == "RU"}
    assert hubs == {"HK", "TR", "AE", "KG", "AM", "KZ", "UZ"}


def test_goods_of_every_tier_and_ordinary_goods_occur() -> None:
    tiers = {row["hs_code"]: row["tier"] for row in read_reference("reference", "priority_goods.csv")}
    codes = {code[:6] for name in FILES for code in pc.unique(declarations(name)["hs_code"]).to_pylist()}
    assert {tiers.get(code, "ordinary") for code in codes} == {"1", "2", "3.A", "3.B", "4.A", "4.B", "ordinary"}


def test_exact_repeats_are_marked_by_the_reader() -> None:
    for row in of_kind("repeat", "exact_repeat"):
        assert record(row)["repeat_of"] is not None
    assert all(record(row)["repeat_of"] is None for row in of_kind("repeat", "first"))


def test_codes_that_lost_their_zero_are_read_whole() -> None:
    codes = {str(record(row)["hs_code"]) for row in of_kind("code", "lost_zero")}
    assert {len(code) for code in codes} == {10}
    assert {code[0] for code in codes} == {"0"}


def test_early_records_are_older_than_the_listing() -> None:
    added = {str(row["source_row"]): str(row["Date added"]) for row in letter()}
    for row in of_kind("timing", "listed_after_shipment"):
        assert str(record(row)["date"]) < added[row["list_row"]]


def test_four_countries_are_four() -> None:
    for row in of_kind("countries"):
        values = record(row)
        assert len({values[f"{part}_country"] for part in ("origin", "departure", "trading", "destination")}) == 4


def test_missing_consignees_are_missing_after_reading() -> None:
    assert {record(row)["consignee_name"] for row in of_kind("missing_party")} == {None}


def test_master_and_house_bill_tell_of_the_same_goods() -> None:
    cells = {row["source_row"]: row for row in read_sheet(TRAINING / "bills_of_lading.csv").rows.to_pylist()}
    groups: dict[str, list[dict[str, str]]] = {}
    for row in of_kind("bill"):
        groups.setdefault(row["group"], []).append(cells[int(row["source_row"])])
    for bills in groups.values():
        assert len(bills) == 2
        assert len({(bill["harmonized_number"], bill["harmonized_weight"], bill["container_number"]) for bill in bills}) == 1


def test_goods_of_a_master_bill_are_counted_once() -> None:
    assert None not in {record(row)["repeat_of"] for row in of_kind("bill", "master_bill")}
    assert {record(row)["repeat_of"] for row in of_kind("bill", "house_bill")} == {None}


def test_markup_stays_text() -> None:
    names = [row["record_name"] for row in of_kind("hazard")]
    assert any(name.startswith("<b>") for name in names)
    assert any(name.startswith("=HYPERLINK") for name in names)


# ---- the score ----


def candidate(record_name: str, entity_name: str, *, band: str = "strong", rank: int = 1) -> dict[str, object]:
    return {
        "candidate_id": f"{record_name}|{entity_name}", "record_name": record_name, "role": "consignor", "entity_id": entity_name,
        "entity_name": entity_name, "name_kind": "name", "list_id": "letter", "list_version": "1", "rank": rank, "score": 0.9,
        "band": band, "explanation": "same", "evidence": "{}",
    }  # fmt: skip


def write_truth(path: Path, *rows: dict[str, str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, TRUTH_COLUMNS)
        table.writeheader()
        for row in rows:
            table.writerow({"kind": "name", "difficulty": "typo", "should_match": "yes", "list_name": "Velmora LLC"} | row)
    return path


def score_of(path: Path, *candidates: dict[str, object], rows: tuple[dict[str, str], ...]) -> object:
    return score_training(from_rows("candidates", candidates), write_truth(path / "truth.csv", *rows))


def test_right_entry_first_and_strong_is_found(tmp_path: Path) -> None:
    score = score_of(tmp_path, candidate("VELMRA LLC", "Velmora LLC"), rows=({"record_name": "VELMRA LLC"},))
    assert (score.links, score.found, score.missed) == (1, 1, 0)


def test_a_listed_alias_counts_as_the_right_entry(tmp_path: Path) -> None:
    row = {"record_name": "VELMRA", "list_also_known_as": "Velmora Group; ВЕЛМОРА"}
    assert score_of(tmp_path, candidate("VELMRA", "ВЕЛМОРА"), rows=(row,)).found == 1


def test_an_address_counts_by_the_listed_address(tmp_path: Path) -> None:
    row = {"kind": "address", "record_name": "OTHER FIRM", "list_name": "Address 01", "list_address": "Unit 3, Tower, Hong Kong"}
    assert score_of(tmp_path, candidate("OTHER FIRM", "Unit 3, Tower, Hong Kong"), rows=(row,)).found == 1


def test_a_weak_candidate_is_a_miss(tmp_path: Path) -> None:
    score = score_of(tmp_path, candidate("VELMRA", "Velmora LLC", band="weak"), rows=({"record_name": "VELMRA"},))
    assert score.missed == 1


def test_the_wrong_entry_first_is_a_miss(tmp_path: Path) -> None:
    score = score_of(
        tmp_path, candidate("VELMRA", "Other"), candidate("VELMRA", "Velmora LLC", rank=2), rows=({"record_name": "VELMRA"},)
    )
    assert score.missed == 1


def test_a_strong_decoy_is_falsely_raised(tmp_path: Path) -> None:
    row = {"kind": "decoy", "record_name": "ATLAS TEXTILE", "should_match": "no"}
    score = score_of(tmp_path, candidate("ATLAS TEXTILE", "Atlas Velmora"), rows=(row,))
    assert (score.decoys, score.decoys_raised, score.falsely_raised) == (1, 1, 1)


def test_a_middle_decoy_is_not_raised(tmp_path: Path) -> None:
    row = {"kind": "decoy", "record_name": "ATLAS TEXTILE", "should_match": "no"}
    assert score_of(tmp_path, candidate("ATLAS TEXTILE", "Atlas Velmora", band="middle"), rows=(row,)).falsely_raised == 0


def test_an_ordinary_name_that_is_strong_is_falsely_raised(tmp_path: Path) -> None:
    score = score_of(tmp_path, candidate("NOBODY PLANTED", "Velmora LLC"), rows=({"record_name": "VELMRA"},))
    assert (score.decoys_raised, score.falsely_raised) == (0, 1)


def test_the_same_name_elsewhere_counts_by_itself(tmp_path: Path) -> None:
    row = {"kind": "homonym", "record_name": "VELMORA SPA", "should_match": "no"}
    score = score_of(tmp_path, candidate("VELMORA SPA", "Velmora LLC"), rows=(row,))
    assert (score.same_name_raised, score.falsely_raised) == (1, 0)


def test_sentence_gives_found_missed_and_raised(tmp_path: Path) -> None:
    score = score_of(tmp_path, candidate("VELMRA", "Velmora LLC"), rows=({"record_name": "VELMRA"}, {"record_name": "OTHER"}))
    assert score.sentence.startswith("Of 2 planted links 1 were found and 1 missed; falsely raised: 0 of 0 planted look-alikes")


def test_hardest_difficulty_stands_first(tmp_path: Path) -> None:
    rows = ({"record_name": "A", "difficulty": "exact"}, {"record_name": "B", "difficulty": "typo"})
    score = score_of(tmp_path, candidate("A", "Velmora LLC"), rows=rows)
    assert [(d.difficulty, d.found) for d in score.by_difficulty] == [("typo", 0), ("exact", 1)]


def test_no_candidates_miss_every_link_of_the_training_case() -> None:
    score = score_training(from_rows("candidates", []), TRAINING / "truth.csv")
    assert (
        score.links
        == score.missed
        == len([row for row in truth() if row["kind"] in {"name", "address"} and row["should_match"] == "yes"])
    )


def test_truth_with_other_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "truth.csv"
    path.write_text("kind,record_name\nname,A\n", encoding="utf-8")
    with pytest.raises(TableError, match="missing column 'plant_id'"):
        read_truth(path)


def test_missing_truth_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"truth\.csv"):
        read_truth(tmp_path / "truth.csv")
