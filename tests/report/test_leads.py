"""The names to look at first, and the records behind them."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from kit.report.leads import score_text
from tests.factory import candidate, declaration, documented, small_case
from tests.report.conftest import Write
from tests.report.reading_html import Reading

NAME = "VEROLAN TRADE 1 LTD STI"


def card(text: str) -> str:
    """The first card as a reader sees it."""
    return " ".join(Reading(re.findall(r"<article.*?</article>", text, re.DOTALL)[0]).text.split())


def test_records_behind_a_name_stand_in_both_roles(tmp_path: Path, written: Write) -> None:
    rows = [declaration(n) for n in (1, 2)] + [declaration(3, consignor_name="HANDEL GMBH", consignee_name=NAME, value_usd=9.0)]
    said = card(written(small_case(tmp_path, declarations=rows, flows=[], documented_flows=[])))
    assert "3 records as consignor and consignee" in said
    assert "The records behind this name (3)" in said
    assert "The records behind this name, as consignor and consignee" in said
    for row in (2, 3, 4):
        assert f"imports.csv, row {row}" in said


def test_card_says_how_many_records_it_cuts(tmp_path: Path, written: Write) -> None:
    said = card(written(small_case(tmp_path, declarations=[declaration(n) for n in range(1, 15)], flows=[], documented_flows=[])))
    assert "The records behind this name (8 of 14)" in said


def test_record_of_a_firm_with_itself_stands_once(tmp_path: Path, written: Write) -> None:
    rows = [declaration(1, consignee_name=NAME), declaration(2, consignor_name="HANDEL GMBH", consignee_name=NAME)]
    said = card(written(small_case(tmp_path, declarations=rows, flows=[], documented_flows=[])))
    assert "(2)" in said
    assert said.count("imports.csv, row 2") == 1


def test_span_of_time_keeps_its_end(tmp_path: Path, written: Write) -> None:
    rows = [documented(date_from="2022-04-01", date_to="2022-10-31"), documented(2, date_from="2022-05", date_to=None)]
    said = card(written(small_case(tmp_path, declarations=[], flows=[], documented_flows=rows)))
    assert "dated 2022-04-01 to 2022-10-31" in said
    assert said.count("2022-04-01 to 2022-10-31") == 2


def test_standing_is_said_of_the_end_of_a_span_too(tmp_path: Path, written: Write) -> None:
    rows = [documented(date_from="2023-01", date_to="2024-02")]
    said = card(written(small_case(tmp_path, declarations=[], flows=[], documented_flows=rows)))
    assert "On the day of the first record: not yet listed; of the last: listed." in said


def test_report_says_how_many_names_it_shows(tmp_path: Path, written: Write) -> None:
    names = [f"VEROLAN TRADE {n} LTD STI" for n in range(1, 26)]
    rows = [declaration(n, consignor_name=name) for n, name in enumerate(names, 1)]
    case = small_case(tmp_path, declarations=rows, flows=[], documented_flows=[], candidates=[candidate(name) for name in names])
    text = Reading(written(case)).text
    assert "Shown are 20 of 25 names; the rest are in the explorer." in text
    assert "and 22 more" in text


def test_candidate_by_address_is_never_called_similar(tmp_path: Path, written: Write) -> None:
    door = "FLAT 1, 16/F, 8 INVENTED ROAD"
    found = candidate(
        NAME, entity_name=door, explanation="At a listed address: house and street agree; the name itself was not compared.",
        evidence=json.dumps({"address": {"record": door, "listed": door, "reason": "house and street agree"}}),
    )  # fmt: skip
    case = small_case(tmp_path, declarations=[declaration(1)], flows=[], documented_flows=[], candidates=[found])
    text = written(case)
    said = card(text)
    assert f"{NAME} at the listed address {door}" in said
    assert "How well the addresses agree: 0.90 (strong)" in said
    assert "imilar" not in said
    assert "there the address was compared, not the name" in text


@pytest.mark.parametrize(("score", "said"), [(0.99999, "0.99"), (0.9199, "0.91"), (0.57, "0.57"), (1.0, "1.00")])
def test_score_is_rounded_down(score: float, said: str) -> None:
    assert score_text(score) == said


def test_bands_are_defined(text: str) -> None:
    assert "Strong: a similarity of 0.95 and more" in text
    assert "of 1,000 names of ordinary parties about 0.7" in text


def test_one_record_is_one_record(tmp_path: Path, written: Write) -> None:
    rows = [declaration(1, date=date(2023, 1, 5))]
    text = Reading(written(small_case(tmp_path, declarations=rows, flows=[], documented_flows=[]))).text
    assert re.search(r"\b1 records", text) is None
    assert "1 of 1 declarations names a match or a candidate" in text
