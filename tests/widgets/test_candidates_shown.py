"""What the screen says of a candidate: how it was found, how alike, and what its list leaves out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kit.case import Case
from kit.model import FileRole
from kit.widgets import Explorer
from kit.widgets.explorer.evidence import score_text
from kit.widgets.explorer.standing import left_out_of_lists
from tests.factory import add, candidate, entity, small_case
from tests.widgets.test_explorer import texts

NAME = "VEROLAN TRADE 1 LTD STI"
LISTED = "Unit 2608, 1 Example Road"
EVIDENCE = {"tokens": [], "address": {"record": "UNIT 2608 1 EXAMPLE RD", "listed": LISTED, "reason": "same unit"}, "settle": "x"}


@pytest.fixture
def by_address(tmp_path: Path) -> Explorer:
    found = candidate(
        NAME,
        entity_name=LISTED,
        score=1.0,
        explanation="At a listed address: same unit; the name itself was not compared.",
        evidence=json.dumps(EVIDENCE),
    )
    return Explorer(small_case(tmp_path, candidates=[found]))


def test_a_candidate_by_address_is_not_called_similar_in_the_order_of_work(by_address: Explorer) -> None:
    shown = texts(by_address.first.tree)
    assert f"at a listed address: {LISTED}, on letter" in shown
    assert "similar" not in shown


def test_a_candidate_by_address_shows_both_addresses_and_no_similarity(by_address: Explorer) -> None:
    by_address.open_name(NAME)
    shown = texts(by_address.detail.tree)
    assert "similarity" not in shown
    assert "UNIT 2608 1 EXAMPLE RD" in shown and LISTED in shown
    assert "who occupied the unit on that date; a shared service address is common" in shown


@pytest.mark.parametrize(
    ("score", "expected"), [(0.9999999, "0.99"), (0.995, "0.99"), (0.29, "0.29"), (1.0, "1.00"), (0, "0.00")]
)
def test_a_score_is_rounded_down(score: float, expected: str) -> None:
    assert score_text(score) == expected


def test_a_score_just_under_one_is_not_shown_as_one(tmp_path: Path) -> None:
    explorer = Explorer(small_case(tmp_path, candidates=[candidate(NAME, score=0.9991)]))
    explorer.open_name(NAME)
    assert "0.99" in texts(explorer.first.tree) and "1.00" not in texts(explorer.first.tree)
    assert "similarity 0.99" in texts(explorer.detail.tree)


def with_bundled_list(folder: Path) -> Case:
    """A case that has the bundled list beside the letter."""
    case = small_case(folder)
    name = {"entity_id": "us:1", "name": "Qorvex 1", "kind": "name", "script": "Latin"}
    row = entity(entity_id="us:1", name="Qorvex 1", list_id="us_russia_parties")
    add(case, folder, FileRole.LIST, names=[name], entities=[row])
    return case


def test_a_party_without_candidate_is_not_called_cleared_where_the_list_leaves_russia_out(tmp_path: Path) -> None:
    explorer = Explorer(with_bundled_list(tmp_path))
    explorer.open_name("OOO ZARNITSA PRIBOR")
    told = "holds no parties in Russia or Belarus: no candidate does not mean cleared."
    assert told in texts(explorer.detail.tree)
    assert told in explorer.flows.view["footnotes"][0]
    assert not any(told in note for note in [*explorer.timeline.view["footnotes"], *explorer.territories.view["footnotes"]])


def test_a_case_without_the_bundled_list_says_nothing_of_it(tmp_path: Path) -> None:
    explorer = Explorer(small_case(tmp_path))
    explorer.open_name("OOO ZARNITSA PRIBOR")
    assert "Belarus" not in texts(explorer.detail.tree) + " ".join(explorer.flows.view["footnotes"])


def test_the_only_list_is_called_the_list_of_the_case(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "case")
    add(case, tmp_path, FileRole.LIST, entities=[entity(list_id="us_russia_parties")])
    assert left_out_of_lists(case).startswith("The list of this case holds no parties in Russia or Belarus")
