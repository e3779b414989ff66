"""The report as a file: self-contained, escaped, marked, steady."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest

from kit.case import Case
from kit.model import Judgement
from kit.report import write_report
from kit.report.findings import same_months
from kit.sources import source
from tests.factory import declaration, small_case
from tests.report.conftest import HOSTILE, PERSON, Write
from tests.report.reading_html import Reading


def test_page_loads_nothing(page: Reading) -> None:
    assert page.loaded == []
    assert not any(re.search(r"url\(|@import", style) for style in page.styles)


def test_policy_forbids_the_network_and_names_the_hash_of_every_script(page: Reading) -> None:
    policy = next(
        a["content"] or "" for tag, a in page.tags if tag == "meta" and a.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none'")
    assert "http" not in policy
    assert "connect-src" not in policy
    for script in page.scripts:
        assert base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() in policy


def test_plotly_stands_in_the_page_once(page: Reading) -> None:
    assert sum(len(script) > 1_000_000 for script in page.scripts) == 1


def test_hostile_name_shows_as_text(page: Reading, text: str) -> None:
    assert page.count("img") == 0
    assert not any("onerror" in attrs for _, attrs in page.tags)
    assert not any("alert" in script for script in page.scripts if len(script) < 1_000_000)
    assert HOSTILE in page.text


def test_hostile_link_is_no_link(page: Reading) -> None:
    addresses = [attrs.get("href") or "" for tag, attrs in page.tags if tag == "a"]
    assert "https://example.org/act" in addresses
    assert not any(address.startswith("javascript") for address in addresses)


def test_persons_are_masked(text: str) -> None:
    assert "Гурьев" not in text
    assert "Guryev" not in text
    assert "И. Г. О. О. (person 1, masked)" in text


def test_persons_show_if_the_user_says_so(case: Case, written: Write) -> None:
    assert PERSON in written(case, show_persons=True)


def test_other_scripts_have_a_romanized_form_beside_them(text: str) -> None:
    assert "OOO Radiosvyaz" in text


def test_working_copy_is_marked_on_every_part(text: str) -> None:
    parts = re.findall(r"<section id=\"(\w+)\".*?</section>", text, re.DOTALL)
    assert {"asked", "declarations", "flows", "documented_flows", "read", "limits", "words"} <= set(parts)
    assert len(re.findall(r"class=\"print-mark\">Working copy", text)) >= len(parts) - 1


def test_report_says_what_was_asked_read_and_what_it_does_not_show(page: Reading, standing_case: Case) -> None:
    text = page.text
    for said in (
        "Who sent the chips?",
        "run --case small",
        standing_case.sources()[0].sha256,
        "A score is a similarity, not a probability",
    ):
        assert said in text


def test_lead_shows_sentence_list_entry_and_source_line(page: Reading) -> None:
    text = page.text
    assert "Same distinctive word VEROLAN." in text
    assert "row 6" in text
    assert "imports.csv, row 2" in text
    assert "listed since 2023-06-01" in text
    assert "On the day of the first record: not yet listed; of the last: listed." in text


def test_values_that_are_missing_are_counted(page: Reading, text: str) -> None:
    assert "1 record has no value in this unit and is not in the sums" in page.text


def test_every_picture_has_a_text_alternative_and_a_table(text: str) -> None:
    figures = re.findall(r"<figure.*?</figure>", text, re.DOTALL)
    assert len(figures) >= 6
    for figure in figures:
        assert re.search(r'role="img" aria-label="[^"]{20,}"', figure) is not None
        assert "<table" in figure


def test_same_case_gives_the_same_file(case: Case, tmp_path: Path) -> None:
    first, second = (write_report(case, tmp_path / name).read_bytes() for name in ("a.html", "b.html"))
    assert first == second


def test_case_without_records_still_has_a_report(tmp_path: Path, written: Write) -> None:
    assert "No trade records were read" in written(Case.create(tmp_path / "empty"))


def test_case_with_a_file_of_the_training_case_says_that_it_is_invented(tmp_path: Path, written: Write) -> None:
    made = small_case(tmp_path)
    assert "Everything in this case is invented" not in written(made)
    *others, last = (asdict(each) for each in made.sources())
    made.note(sources=[*others, {**last, "sha256": source("training_bills").sha256}])
    assert "Everything in this case is invented" in written(made)


@pytest.mark.parametrize(
    ("months", "found"),
    [
        (["2021-03", "2021-04", "2022-03", "2022-04", "2022-05"], ("2021-03-01", "2022-04-30")),
        (["2022-03", "2022-04"], None),
        (["2021-01", "2021-03", "2022-01", "2022-03"], None),
        ([], None),
    ],
)
def test_years_are_compared_by_the_months_that_both_hold(months: list[str], found: tuple[str, str] | None) -> None:
    import pandas as pd

    periods = same_months(pd.DataFrame({"month": months}))
    assert (None if periods is None else (str(periods[0][0]), str(periods[1][1]))) == found


def test_record_dated_by_year_leaves_the_standing_within_that_year_open(tmp_path: Path) -> None:
    rows = [declaration(1, date=date(2023, 1, 1), date_precision="year")]
    written = write_report(small_case(tmp_path, declarations=rows, flows=[], documented_flows=[]), tmp_path / "r.html")
    assert "On the days of these records: unknown whether listed." in Reading(written.read_text(encoding="utf-8")).text


def test_standing_is_said_of_the_records_that_have_a_date(tmp_path: Path) -> None:
    rows = [declaration(1, date=date(2023, 1, 5)), declaration(2, date=None, date_precision=None)]
    written = write_report(small_case(tmp_path, declarations=rows, flows=[], documented_flows=[]), tmp_path / "r.html")
    said = "On the days of these records (of the 1 of 2 that have a date): not yet listed."
    assert said in Reading(written.read_text(encoding="utf-8")).text


def test_report_shows_one_state_of_a_case_that_changes_meanwhile(case: Case, tmp_path: Path) -> None:
    def judge(_: str) -> None:
        if case.journal.last_line() == 0:
            row = next(r for r in case.read("candidates").to_pylist() if r["record_name"] == "VEROLAN TRADE 1 LTD STI")
            case.journal.judge(row, Judgement.POSITIVE, reason="same tax number", reviewer="R")

    text = Reading(write_report(case, tmp_path / "r.html", progress=judge).read_text(encoding="utf-8")).text
    assert "same tax number" in text
    assert "8 a match" in text
