"""A published copy: matches only, or nothing is written."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest

from kit.case import Case
from kit.errors import ExportError
from kit.report import write_report
from tests.report.conftest import HOSTILE, PERSON, Write
from tests.report.reading_html import Reading

MATCH = "VEROLAN TRADE 1 LTD STI"
UNJUDGED = ("ZARNITSA PRIBOR", "Zarnitsa Pribor", "HANDEL GMBH", "Радиосвязь", "Radiosvyaz", "Гурьев", "onerror", PERSON, HOSTILE)


def test_without_judgements_no_party_is_named(case: Case, written: Write) -> None:
    text = Reading(written(case, working_copy=False)).text
    for name in (*UNJUDGED, MATCH, "Verolan Trade 1"):
        assert name not in text


def test_match_is_named_and_nobody_else(judged_case: Case, written: Write) -> None:
    text = Reading(written(judged_case, working_copy=False)).text
    assert MATCH in text
    for name in UNJUDGED:
        assert name not in text


def test_published_copy_is_not_marked_as_a_working_copy(judged_case: Case, written: Write) -> None:
    text = written(judged_case, working_copy=False)
    assert "Working copy" not in text
    assert "Published copy: matches only" in text


def test_match_with_a_confidential_list_is_not_named(judged_case: Case, written: Write) -> None:
    sources = [asdict(s) for s in judged_case.sources()]
    for source in sources:
        if source["role"] == "list":
            source.update(is_confidential=True, list_ids=["letter"], file="leaked_letter.csv")
    judged_case.note(sources=sources, command="run --list leaked_letter.csv --confidential leaked_letter.csv")
    text = Reading(written(judged_case, working_copy=False)).text
    for name in (MATCH, "Verolan Trade 1", "leaked_letter"):
        assert name not in text
    for source in (s for s in judged_case.sources() if s.is_confidential):
        assert source.sha256 not in text
        assert source.sha256[:12] not in text
        assert f"{source.bytes:,}" not in text


def test_question_that_names_an_unjudged_party_stops_the_export(judged_case: Case, tmp_path: Path) -> None:
    judged_case.note(question="What did OOO Zarnitsa Pribor receive?")
    with pytest.raises(ExportError, match="OOO ZARNITSA PRIBOR"):
        write_report(judged_case, tmp_path / "published.html", working_copy=False)
    assert not (tmp_path / "published.html").exists()


def test_sums_stay_whole_when_names_are_left_out(judged_case: Case, written: Write) -> None:
    assert "(parties not shown)" in written(judged_case, working_copy=False)


def test_published_copy_draws_matches_and_counts_no_candidates(judged_case: Case, written: Write) -> None:
    text = Reading(written(judged_case, working_copy=False)).text
    assert "8 of 9 declarations name a match" in text
    assert "similar name, nobody has judged it" not in text


def test_words_of_the_reviewer_stay_in_the_working_copy(judged_case: Case, written: Write) -> None:
    assert "by R. Viewer on 2" in written(judged_case)
    assert "same tax number" in written(judged_case)
    published = written(judged_case, working_copy=False)
    assert "R. Viewer" not in published
    assert "same tax number" not in published
