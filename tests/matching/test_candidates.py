from __future__ import annotations

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.matching import Index, build_index, candidate_id, find_candidates, rank_names
from kit.matching.asked import prepare
from kit.matching.encoding import encode
from kit.model import CANDIDATES, Band
from tests.matching.factory import entities, index_of, names

LISTED = (
    "ООО «Радиосвет»", "Teknoparvaz FZE", "Shenzhen Haoyuetong Electronics Co., Ltd.", "ATLAS LLC", "Vitel Com Trading",
    "TSVETKOVSKY, Arkady Lvovich", "Kvartsit-Mash LLC", "Experimental Plant No. 39 Kazanets",
)  # fmt: skip


@pytest.fixture(scope="module")
def index() -> Index:
    return index_of(*LISTED)


def best(index: Index, name: str) -> str | None:
    found = find_candidates(index, [name], least=0.05).to_pylist()
    return found[0]["entity_id"] if len(found) > 0 else None


@pytest.mark.parametrize(
    ("record", "place"),
    [
        ("RADIOSVET LLC, MOSCOW", 0), ("Radiosviet OOO", 0), ("TEKN0PARVAZ TRADING", 1), ("TEKNO PARVAZ", 1),
        ("SHENZHEN HAO YUE TONG ELECTRONICS", 2), ("VITELCOM TRADING FZE", 4), ("A. L. TSVETKOVSKIY", 5),
        ("7722000000 OOO KVARCIT MASH", 6), ("MASH KVARTSIT", 6), ("PLANT KAZANETS NO 39", 7),
        ("SMART FREIGHT ON BEHALF OF TEKNOPARVAZ", 1),
    ],
)  # fmt: skip
def test_the_listed_party_is_found_behind_the_record(index: Index, record: str, place: int) -> None:
    assert best(index, record) == f"demo:{place}"


def test_a_single_common_word_is_not_strong_and_says_so(index: Index) -> None:
    found = find_candidates(index, ["ATLAS"], least=0.0).to_pylist()[0]
    assert found["band"] != Band.STRONG and "nothing else known" in found["explanation"]


def test_both_parties_of_an_agency_phrase_are_looked_up(index: Index) -> None:
    found = find_candidates(index, ["TEKNOPARVAZ ON BEHALF OF RADIOSVET LLC"], least=0.05)
    assert {"demo:0", "demo:1"} <= set(found.column("entity_id").to_pylist())


def test_candidates_keep_the_contract(index: Index) -> None:
    assert find_candidates(index, ["TEKNOPARVAZ"]).column_names == [column.name for column in CANDIDATES]


def test_roles_are_handed_on(index: Index) -> None:
    found = find_candidates(index, ["TEKNOPARVAZ"], roles={"TEKNOPARVAZ": "consignor"})
    assert found.column("role").to_pylist()[0] == "consignor"


def test_evidence_aligns_tokens(index: Index) -> None:
    found = find_candidates(index, ["RADIOSVET LLC"]).to_pylist()[0]
    assert json.loads(found["evidence"])["tokens"] == [{"record": "RADIOSVET", "listed": "Радиосвет", "relation": "romanized"}]


def test_a_weak_alias_never_matches_alone() -> None:
    index = index_of("Severnaya Elektronika", weak=[(0, "Zmeyelov")])
    assert len(find_candidates(index, ["ZMEYELOV"], least=0.0)) == 0


def test_address_only_entries_are_no_names() -> None:
    listed = entities([("demo:0", "12 Teknoparvaz Road")], address_only=["demo:0"])
    index = build_index(names([("demo:0", "12 Teknoparvaz Road", "name")]), listed)
    assert len(find_candidates(index, ["TEKNOPARVAZ"], least=0.0)) == 0


def test_equal_scores_are_ordered_by_party() -> None:
    index = index_of("Kvartsit-Mash LLC", "Kvartsit-Mash LLC")
    found = find_candidates(index, ["KVARTSIT MASH"])
    assert found.column("entity_id").to_pylist() == ["demo:0", "demo:1"]


def test_candidate_ids_do_not_depend_on_the_run(index: Index) -> None:
    found = find_candidates(index, ["TEKNOPARVAZ"]).to_pylist()[0]
    assert found["candidate_id"] == candidate_id("TEKNOPARVAZ", "demo:1")


def test_no_names_give_no_candidates(index: Index) -> None:
    assert len(find_candidates(index, [])) == 0


def test_an_empty_list_gives_no_candidates() -> None:
    assert len(find_candidates(build_index(names([]), entities([])), ["TEKNOPARVAZ"])) == 0


def test_the_order_of_names_changes_nothing(index: Index) -> None:
    asked = [
        f"{word} {number}" for number, word in enumerate(["TEKNOPARVAZ", "KVARTSIT", "RADIOSVET", "HAOYUETONG", "ATLAS"] * 8)
    ]
    shuffled = asked[:]
    random.Random(5).shuffle(shuffled)
    straight = {(r["record_name"], r["entity_id"]): r["score"] for r in find_candidates(index, asked).to_pylist()}
    mixed = {(r["record_name"], r["entity_id"]): r["score"] for r in find_candidates(index, shuffled).to_pylist()}
    assert straight == mixed


def test_a_name_alone_gets_the_score_it_gets_among_others(index: Index) -> None:
    many = find_candidates(index, ["ATLAS", "TEKNOPARVAZ TRADE", "RADIOSVET"]).to_pylist()
    alone = find_candidates(index, ["TEKNOPARVAZ TRADE"]).to_pylist()
    assert [r["score"] for r in many if r["record_name"] == "TEKNOPARVAZ TRADE"] == [r["score"] for r in alone]


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_processes_give_the_result_of_one(index: Index, method: str) -> None:
    asked = [f"{word} {number}" for number in range(3_000) for word in ("TEKNOPARVAZ", "KVARCIT", "HAO YUE TONG")]
    one = rank_names(index, asked, workers=1)
    two = rank_names(index, asked, workers=2, method=method)
    assert one.asked.tolist() == two.asked.tolist() and one.listed.tolist() == two.listed.tolist()
    assert one.score.tolist() == two.score.tolist()


def test_progress_ends_with_all_names(index: Index) -> None:
    told: list[tuple[int, int]] = []
    find_candidates(index, ["ATLAS", "RADIOSVET"], progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (2, 2)


HOSTILE = [
    "X" * 10_000,
    "A B " * 4_000,
    "!!!???",
    "😀😀😀",
    "שלום RADIOSVET سلام",
    "\x00\x01",
    "1" * 5_000,
    "<b>ATLAS</b>",
    "ООО",
    "   ",
    "\u202eTEVSOIDAR",
]


def test_hostile_names_neither_crash_nor_stall(index: Index) -> None:
    assert find_candidates(index, HOSTILE).num_columns == len(CANDIDATES)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=6))
def test_any_names_give_scores_between_0_and_1(asked: list[str]) -> None:
    found = find_candidates(_shared_index(), asked, least=0.0)
    assert all(0.0 <= score <= 1.0 for score in found.column("score").to_pylist())


def _shared_index(made: list[Index] = []) -> Index:  # noqa: B006  one index for all examples
    if len(made) == 0:
        made.append(index_of(*LISTED))
    return made[0]


def test_html_in_a_name_stays_text(index: Index) -> None:
    found = find_candidates(index, ["<b>TEKNOPARVAZ</b>"]).to_pylist()[0]
    assert found["record_name"] == "<b>TEKNOPARVAZ</b>"


def test_background_makes_a_frequent_word_weigh_less() -> None:
    plain = index_of(*LISTED)
    weighed = plain.with_background([f"TEKNOPARVAZ {number} LLC" for number in range(5_000)])
    assert weighed.information.of("TEKNOPARVAZ") < plain.information.of("TEKNOPARVAZ") - 2


def test_a_word_joined_in_one_name_and_single_in_another_changes_neither() -> None:
    index = index_of("Scientific Research Institute Verolan", "Scientificrosearsh Qorvex")

    def read(*asked: str) -> tuple[list[float], list[list[float]]]:
        """What the units of the first name tell, and how near the listed spellings are."""
        made = prepare(index, [encode(name) for name in asked])
        units = made.units.word[: made.units.start[1]]
        return made.own_information[units].tolist(), made.alike[units].toarray().tolist()

    assert read("SCIENTIFIC RESEARCH BUREAU") == read("SCIENTIFIC RESEARCH BUREAU", "SCIENTIFICRESEARCH LLC")
    assert read("SCIENTIFICRESEARCH LLC") == read("SCIENTIFICRESEARCH LLC", "SCIENTIFIC RESEARCH BUREAU")
