"""What the screen says of a candidate: how it was found, how alike, and what its list leaves out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kit.widgets import Explorer
from kit.widgets.explorer.evidence import score_text
from tests.factory import candidate, small_case
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
