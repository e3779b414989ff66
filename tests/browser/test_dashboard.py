"""The dashboard in Chromium: look, filter, click, read a row, judge; nothing leaves the machine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from kit.case import Case
from tests.browser.conftest import Server, Watched, click_mark, open_page, run_lab, wait_until_drawn
from tests.widgets.hostile_case import HOSTILE, LONG


@pytest.fixture(scope="module")
def opened(browser: Any, dashboard: Server) -> Iterator[tuple[Any, Watched]]:
    page, watched = open_page(browser, dashboard, "/")
    wait_until_drawn(page)
    yield page, watched
    page.context.close()


@pytest.fixture
def page(opened: tuple[Any, Watched]) -> Any:
    """The page of the module, with every record in it."""
    found = opened[0]
    found.get_by_role("button", name="Start again").click()
    found.wait_for_function("!document.querySelector('.kit-status')?.textContent.includes('Only the rows of')")
    found.wait_for_timeout(700)
    if found.locator("#kit-goods").input_value() != "all":
        found.locator("#kit-goods").select_option("all")
        found.wait_for_timeout(700)
    if not found.locator("#kit-statuses-none").is_checked():
        found.locator("#kit-statuses-none").click()
    found.wait_for_function("document.querySelector('.kit-table-count').textContent.endsWith('of 400')")
    found.wait_for_function("document.querySelectorAll('[aria-busy=true]').length === 0")
    found.wait_for_timeout(500)  # plotly draws after the tables
    return found


def rows(page: Any) -> int:
    text = page.locator(".kit-table-count").inner_text()
    return int(text.rsplit(" ", 1)[-1].replace(",", ""))


def wait_for_fewer_rows(page: Any, than: int) -> int:
    page.wait_for_function(
        f"Number(document.querySelector('.kit-table-count').textContent.split(' ').pop().replace(',', '')) < {than}"
    )
    return rows(page)


def test_land_and_hong_kong_are_drawn(page: Any) -> None:
    assert page.locator(".layer.land path").count() > 0
    assert page.locator(".choroplethlayer path").count() == 7
    assert page.locator(".scattergeo path.point").count() >= 9


def test_the_page_offers_no_upload_and_no_logo(page: Any) -> None:
    assert page.get_by_text("Share").count() == 0
    assert page.locator(".modebar-btn--logo, .plotlyjsicon").count() == 0


def test_a_hostile_name_shows_as_text(page: Any) -> None:
    shown = page.locator(".sankey-node text, .sankey .node-label").all_text_contents()
    assert any("<b onmouseover=alert(1)>EVIL" in text for text in shown)
    assert page.locator(".kit-explorer b[onmouseover], .kit-explorer img").count() == 0


def test_a_click_on_a_band_shows_its_rows(page: Any) -> None:
    click_mark(page, ".sankey-link", 3)
    left = wait_for_fewer_rows(page, 400)
    assert left > 0
    chip = page.locator(".kit-status .kit-chip").inner_text()
    assert "→" in chip
    assert page.locator(".kit-table .kit-card-title").inner_text().startswith("Rows of")


def test_a_click_on_a_node_is_not_taken_for_a_band(page: Any) -> None:
    click_mark(page, ".sankey-node .node-rect", 2)
    wait_for_fewer_rows(page, 400)
    assert ": " in page.locator(".kit-status .kit-chip").inner_text()
    assert "→" not in page.locator(".kit-status .kit-chip").inner_text()


def test_a_click_on_a_bar_shows_the_month(page: Any) -> None:
    click_mark(page, ".bars .point path", 1)
    assert wait_for_fewer_rows(page, 400) > 0
    assert page.locator(".kit-status .kit-chip").inner_text()[:3] == "202"


def test_a_click_on_hong_kong_shows_what_was_sent_from_there(page: Any) -> None:
    row = page.locator(".kit-chart").nth(2).locator("summary")
    row.click()
    page.locator(".kit-chart").nth(2).get_by_role("button", name="Hong Kong").first.click()
    assert wait_for_fewer_rows(page, 400) > 0
    assert "Hong Kong" in page.locator(".kit-status .kit-chip").inner_text()


def test_a_circle_on_the_map_can_be_clicked(page: Any) -> None:
    click_mark(page, ".scattergeo path.point", 5)
    assert wait_for_fewer_rows(page, 400) > 0


def test_one_filter_moves_all_pictures(page: Any) -> None:
    before = page.locator(".sankey-node").count()
    page.locator("#kit-add_from").select_option("HK")
    left = wait_for_fewer_rows(page, 400)
    page.wait_for_function(f"document.querySelectorAll('.sankey-node').length < {before}")
    assert page.locator(".choroplethlayer path").count() == 1
    assert f"{left:,}" in page.locator(".kit-sentence-of-selection").inner_text()
    page.get_by_role("button", name="Undo", exact=True).click()
    page.wait_for_function(f"document.querySelectorAll('.sankey-node').length === {before}")


def test_nothing_matches_is_said_where_the_picture_stood(page: Any) -> None:
    page.locator(".kit-table input[type=search]").fill("no such party anywhere")
    page.wait_for_selector(".kit-chart .kit-nothing")
    assert "Nothing matches" in page.locator(".kit-chart .kit-nothing").first.inner_text()


def test_an_hs_code_that_is_none_is_answered_in_place(page: Any) -> None:
    page.locator("#kit-hs").fill("85x")
    page.locator("#kit-hs").press("Enter")
    page.wait_for_selector(".kit-status .kit-error")
    assert "85x" in page.locator(".kit-status .kit-error").inner_text()


def test_search_finds_a_cyrillic_name_by_latin_letters(page: Any) -> None:
    page.locator("#kit-search").fill("priborostroitel")
    page.wait_for_selector(".kit-result")
    assert LONG in page.locator(".kit-result").first.inner_text()
    page.locator(".kit-found").get_by_role("button", name="Close").click()


def test_a_row_opens_by_keyboard_with_its_file_and_line(page: Any) -> None:
    page.locator(".kit-table tbody tr").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector(".kit-place")
    assert (
        "declarations.csv" in page.locator(".kit-place").inner_text() or "imports.csv" in page.locator(".kit-place").inner_text()
    )
    page.keyboard.press("Escape")
    page.wait_for_selector(".kit-detail .kit-nothing")


def test_a_match_needs_a_name_and_a_reason_and_is_in_the_journal_when_the_screen_says_saved(page: Any, case: Case) -> None:
    page.locator(".kit-first-item", has_text="EVIL").first.click()
    card = page.locator(".kit-candidate").first
    card.get_by_role("button", name="Match (m)", exact=True).click()
    page.wait_for_selector(".kit-candidate .kit-error")
    page.locator("#kit-reviewer").fill("Reviewer One")
    card.get_by_role("button", name="Match (m)", exact=True).click()
    page.wait_for_function("document.querySelector('.kit-candidate .kit-error')?.textContent.includes('reason')")
    card.get_by_placeholder("an identifier, an address, a document").fill("the same address")
    card.get_by_role("button", name="Match (m)", exact=True).click()
    page.wait_for_selector(".kit-saved")
    judged = case.journal.judgements().to_pylist()
    assert [(j["record_name"], j["judgement"], j["reviewer"]) for j in judged] == [(HOSTILE, "positive", "Reviewer One")]
    page.get_by_role("button", name="Undo my last judgement (z)").click()
    page.wait_for_function("document.querySelector('.kit-saved')?.textContent.startsWith('Withdrawn')")
    assert len(case.journal.judgements()) == 0


def test_a_view_is_saved_without_cells_that_a_spreadsheet_runs(page: Any) -> None:
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save this view as CSV").click()
    text = waiting.value.path().read_text(encoding="utf-8")
    assert "'=cmd|" in text
    assert "\n=cmd" not in text


def test_a_judgement_made_in_a_notebook_is_seen_in_the_dashboard(page: Any, browser: Any, lab: Server, case: Case) -> None:
    other, watched = open_page(browser, lab, "/lab/tree/look.ipynb")
    run_lab(other)
    wait_until_drawn(other)
    other.locator(".kit-first-item", has_text="VEROLAN TRADE 1 LTD STI").first.click()
    other.wait_for_selector(".kit-candidate")
    other.locator("#kit-reviewer").fill("Reviewer Two")
    card = other.locator(".kit-candidate").first
    card.get_by_placeholder("an identifier, an address, a document").fill("tax number in both")
    before = other.locator(".jp-Cell").count()
    card.focus()
    for key in ("b", "a", "x", "m"):
        other.keyboard.press(key)
    other.wait_for_selector(".kit-saved")
    assert other.locator(".jp-Cell").count() == before
    page.wait_for_function(
        "[...document.querySelectorAll('.kit-first-item')].some(e => e.textContent.includes('match'))", timeout=20_000
    )
    assert case.journal.undo("Reviewer Two") is not None
    assert other.get_by_text("Jupyter news").count() == 0
    assert watched.left_the_machine == []
    assert watched.errors == []
    other.context.close()


def test_nothing_left_the_machine_and_no_error_of_ours_was_raised(opened: tuple[Any, Watched]) -> None:
    assert opened[1].left_the_machine == []
    assert opened[1].errors == []
