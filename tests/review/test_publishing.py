"""What a published export may show."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from kit.case import Case
from kit.errors import ExportError
from kit.model import Judgement
from kit.review import NOT_SHOWN, publication_of
from tests.factory import candidate, declaration, small_case


def judged(case: Case, judgement: Judgement) -> Case:
    """The case with its first candidate judged."""
    case.journal.judge(candidate("VEROLAN TRADE 1 LTD STI"), judgement, reason="same tax number", reviewer="R. Viewer")
    return case


def test_unjudged_names_are_not_shown(tmp_path: Path) -> None:
    assert publication_of(small_case(tmp_path)).record_name("VEROLAN TRADE 1 LTD STI") == NOT_SHOWN


@pytest.mark.parametrize("judgement", [Judgement.NEGATIVE, Judgement.UNSURE])
def test_names_judged_no_match_or_unsure_are_not_shown(tmp_path: Path, judgement: Judgement) -> None:
    assert publication_of(judged(small_case(tmp_path), judgement)).record_name("VEROLAN TRADE 1 LTD STI") == NOT_SHOWN


def test_matches_are_shown(tmp_path: Path) -> None:
    publication = publication_of(judged(small_case(tmp_path), Judgement.POSITIVE))
    assert publication.record_name("VEROLAN TRADE 1 LTD STI") == "VEROLAN TRADE 1 LTD STI"


def test_matches_with_a_confidential_list_are_not_shown(tmp_path: Path) -> None:
    case = judged(small_case(tmp_path), Judgement.POSITIVE)
    sources = [
        {**asdict(s), "is_confidential": s.role == "list", "list_ids": ["letter"] if s.role == "list" else []}
        for s in case.sources()
    ]
    case.note(sources=sources)
    assert publication_of(case).record_name("VEROLAN TRADE 1 LTD STI") == NOT_SHOWN


def test_text_with_an_unjudged_name_is_refused_and_the_name_said(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="OOO ZARNITSA PRIBOR"):
        publication_of(small_case(tmp_path)).check("<p>We ask about OOO &quot;Zarnitsa&quot; Pribor</p>")


def test_text_with_matches_only_passes(tmp_path: Path) -> None:
    publication_of(judged(small_case(tmp_path), Judgement.POSITIVE)).check("<p>VEROLAN TRADE 1 LTD STI sent chips</p>")


def test_name_escaped_as_in_the_data_of_a_picture_is_found(tmp_path: Path) -> None:
    case = small_case(tmp_path, declarations=[declaration(1, consignee_name="ООО Радиосвязь")])
    escaped = json.dumps({"label": "ООО Радиосвязь"})
    assert "Радиосвязь" not in escaped
    with pytest.raises(ExportError, match="Радиосвязь"):
        publication_of(case).check(escaped)


def test_romanized_form_of_a_match_passes_though_a_list_spells_it_so(tmp_path: Path) -> None:
    rows = [declaration(1, consignor_name="ООО Радиосвязь Плюс"), declaration(2, consignor_name="OOO Radiosvyaz Plyus")]
    case = small_case(tmp_path, declarations=rows, candidates=[candidate("ООО Радиосвязь Плюс")])
    case.journal.judge(candidate("ООО Радиосвязь Плюс"), Judgement.POSITIVE, reason="same tax number", reviewer="R. Viewer")
    publication_of(case).check("<td>ООО Радиосвязь Плюс <span>OOO Radiosvyaz Plyus</span></td>")
