from __future__ import annotations

from kit import tables
from kit.matching import merge_candidates
from tests import factory


def rows(*changes: dict[str, object]) -> object:
    return tables.from_rows("candidates", [factory.candidate("A", **change) for change in changes])


def test_candidates_of_two_searches_share_no_rank() -> None:
    by_name = rows({"entity_id": "l:1", "score": 0.7}, {"entity_id": "l:2", "score": 0.6, "rank": 2})
    at_door = rows({"entity_id": "l:3", "score": 0.7, "candidate_id": "A~door"})
    found = merge_candidates([by_name, at_door]).to_pylist()
    assert [(row["entity_id"], row["rank"]) for row in found] == [("l:1", 1), ("l:3", 2), ("l:2", 3)]


def test_pair_found_twice_stands_once_with_its_best_score() -> None:
    found = merge_candidates([rows({"score": 0.6}), rows({"score": 0.8})]).to_pylist()
    assert [(row["score"], row["rank"]) for row in found] == [(0.8, 1)]


def test_roles_of_the_name_are_kept_for_both_searches() -> None:
    found = merge_candidates([rows({"role": ""})], roles={"A": "consignee"}).to_pylist()
    assert found[0]["role"] == "consignee"
