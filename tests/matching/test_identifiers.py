from __future__ import annotations

import json

from kit import tables
from kit.matching import compare_identifiers
from tests import factory

SENTENCE = "Same distinctive word VEROLAN; no identifier to compare."


def said(listed: list[tuple[str, str]], beside: list[str], name: str = "VEROLAN LTD") -> tuple[str, dict[str, object]]:
    candidates = tables.from_rows("candidates", [factory.candidate(name, explanation=SENTENCE)])
    rows = [{"entity_id": "letter:1", "kind": kind, "value": value} for kind, value in listed]
    found = compare_identifiers(candidates, tables.from_rows("identifiers", rows), [(name, number) for number in beside])
    row = found.to_pylist()[0]
    return row["explanation"], json.loads(row["evidence"])


def test_number_in_both_is_said() -> None:
    sentence, evidence = said([("inn", "7700000016")], ["77 0000 0016"])
    assert sentence == "Same distinctive word VEROLAN; the same number stands in both: inn 7700000016."
    assert evidence["identifiers"]["relation"] == "same"  # type: ignore[index]


def test_number_glued_to_the_name_counts() -> None:
    assert "the same number stands in both" in said([("inn", "7722476458")], [], "7722476458 OOO VEROLAN")[0]


def test_numbers_of_one_length_that_differ_are_said_to_differ() -> None:
    sentence, evidence = said([("inn", "9900000011")], ["7700000016"])
    assert "the numbers differ: 7700000016 in the trade record, inn 9900000011 on the list" in sentence
    assert evidence["identifiers"]["relation"] == "different"  # type: ignore[index]


def test_numbers_of_other_kinds_are_no_contradiction() -> None:
    assert "of other kinds" in said([("ogrn", "1027700132195")], ["7700000016"])[0]


def test_nothing_to_compare_stays_so() -> None:
    assert said([], ["7700000016"])[0] == SENTENCE
    assert said([("inn", "7700000016")], [])[0] == SENTENCE
    assert said([("inn", "7700000016")], ["2021"])[0] == SENTENCE
