"""Pictures: each with its own notes, official totals with what rose and what fell."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kit.case import Case
from kit.report import write_report
from kit.report.findings import ratio_text
from tests.factory import candidate, declaration, documented, flow, small_case
from tests.report.conftest import Write
from tests.report.reading_html import Reading

PORTS = "large ports may include goods that only pass through"


@pytest.fixture
def compared(tmp_path: Path) -> Case:
    """Official totals of one month in two years: more to Kazakhstan, almost nothing to Russia."""
    told = [("KZ", "2021-03", 100.0), ("KZ", "2022-03", 250.0), ("RU", "2021-03", 1000.0), ("RU", "2022-03", 30.0)]
    rows = [flow(n, partner=to, period=period, value=value) for n, (to, period, value) in enumerate(told, 1)]
    return small_case(tmp_path, flows=rows, declarations=[], documented_flows=[])


def figure_of(text: str, element_id: str) -> str:
    """One figure of a report, as a reader sees it."""
    found = next(figure for figure in re.findall(r"<figure.*?</figure>", text, re.DOTALL) if f'id="{element_id}"' in figure)
    return Reading(found).text


def test_report_says_what_rose_and_what_fell(compared: Case, written: Write) -> None:
    text = Reading(written(compared)).text
    assert "rose most to Kazakhstan by 150 euros (2.5 times as much); it fell most to Russia by 970 euros (−97 %)." in text


def test_comparison_stands_before_the_flows(compared: Case, written: Write) -> None:
    text = written(compared)
    assert 0 < text.index('id="flows-changes"') < text.index('id="flows-flow"')


def test_comparison_is_drawn_with_the_numbers_of_the_report(compared: Case, written: Write) -> None:
    figure = figure_of(written(compared), "flows-changes")
    assert "March 2021 to March 2022: to Kazakhstan +150 euros, to Russia −970 euros" in figure
    assert "−97 %" in figure


def test_largest_flow_is_said_with_its_period_and_the_caution_on_ports(compared: Case, written: Write) -> None:
    text = written(compared)
    assert "March 2021 to March 2022: the largest flow goes from Germany to Russia" in text
    assert PORTS in figure_of(text, "flows-flow")
    assert PORTS in Reading(text[text.index('id="found"') : text.index('id="flows"')]).text


@pytest.mark.parametrize(("ratio", "said"), [(2.31, "2.3 ×"), (0.027, "−97 %"), (0.00001, "−99.9 %"), (0.0, "−100 %")])
def test_fall_is_said_in_percent(ratio: float, said: str) -> None:
    assert ratio_text(ratio) == said


@pytest.fixture
def with_gaps(tmp_path: Path) -> str:
    """A case where one record of a candidate and two others lack consignee, value and date."""
    gap = {"consignee_name": None, "value_usd": None, "date": None, "date_precision": None}
    rows = [declaration(1), declaration(2), declaration(3, **gap)]
    rows += [declaration(n, consignor_name="HANDEL GMBH", **gap) for n in (4, 5)]
    case = small_case(
        tmp_path, declarations=rows, flows=[], documented_flows=[], candidates=[candidate("VEROLAN TRADE 1 LTD STI")]
    )

    return write_report(case, tmp_path / "r.html").read_text(encoding="utf-8")


def test_notes_under_the_flows_count_the_records_that_are_drawn(with_gaps: str) -> None:
    figure = figure_of(with_gaps, "declarations-flow")
    assert "Drawn are the 3 records that name a match or a candidate; 2 others are not." in figure
    assert "1 record has no value in this unit and is not in the sums." in figure
    assert "1 record (0 US dollars) names no consignee; it stands as “(not named)”." in figure


def test_each_picture_has_only_its_own_notes(with_gaps: str) -> None:
    flows, bars, places = (figure_of(with_gaps, f"declarations-{part}") for part in ("flow", "time", "map"))
    assert "3 records have no date, or only a year, and are not in the bars by month." in bars
    assert "bars by month" not in flows + places
    assert "no consignee" not in bars + places


def test_bundled_list_is_said_to_hold_nobody_in_russia(tmp_path: Path, written: Write) -> None:
    said = "holds no parties in Russia or Belarus: grey does not mean cleared."
    case = small_case(tmp_path, flows=[], documented_flows=[documented()])
    assert said not in written(case)
    case.note(sources=[{**s, "list_ids": ["us_russia_parties"]} for s in case.manifest["sources"]])
    assert f"The list of this case {said}" in figure_of(written(case), "documented_flows-flow")
