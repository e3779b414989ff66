"""JupyterLab in Chromium: load, filter, click a band, read its rows; two notebooks on one case."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from kit.case import Case
from tests.browser.conftest import Server, Watched, click_mark, open_page, run_lab, wait_until_drawn

ROWS = "Number(document.querySelector('.kit-table-count').textContent.split(' ').pop().replace(',', ''))"


@pytest.fixture(scope="module")
def notebooks(browser: Any, lab: Server) -> Iterator[list[tuple[Any, Watched]]]:
    """Two notebooks in two windows, each with a kernel of its own."""
    found = []
    for name in ("look", "second"):
        page, watched = open_page(browser, lab, f"/lab/workspaces/{name}/tree/{name}.ipynb", width=1500)
        run_lab(page)
        wait_until_drawn(page)
        found.append((page, watched))
    yield found
    for page, _ in found:
        page.context.close()


def rows(page: Any) -> int:
    return int(page.evaluate(ROWS))


def test_filter_and_click_lead_to_rows_in_a_notebook(notebooks: list[tuple[Any, Watched]]) -> None:
    page = notebooks[0][0]
    page.get_by_role("button", name="Start again").click()
    page.wait_for_timeout(700)
    opened = rows(page)
    page.locator("summary", has_text="Filters").first.click()
    page.locator("#kit-add_from").select_option("HK")
    page.wait_for_function(f"{ROWS} < {opened}")
    filtered = rows(page)
    page.wait_for_timeout(800)  # plotly draws after the tables
    click_mark(page, ".sankey-link", 0)
    page.wait_for_function("document.querySelector('.kit-status .kit-chip') !== null")
    assert 0 < rows(page) <= filtered < opened
    assert "→" in page.locator(".kit-status .kit-chip").first.inner_text()


def test_judgement_of_one_notebook_is_seen_in_the_other(notebooks: list[tuple[Any, Watched]], case: Case) -> None:
    (one, _), (two, _) = notebooks
    row = case.read("candidates").to_pylist()[0]
    one.get_by_role("button", name="Start again").click()
    one.locator(".kit-first-item", has_text=row["record_name"]).first.click()
    card = one.locator(".kit-candidate").first
    one.locator("#kit-reviewer").fill("Reviewer Three")
    card.get_by_placeholder("an identifier, an address, a document").fill("same address in both")
    card.get_by_role("button", name="Match (m)", exact=True).click()
    one.wait_for_selector(".kit-saved")
    assert case.journal.judgements().column("judgement").to_pylist() == ["positive"]
    seen = "[...document.querySelectorAll('.kit-first-item')].some(e => e.textContent.includes('match'))"
    two.wait_for_function(seen, timeout=20_000)
    assert case.journal.undo("Reviewer Three") is not None


def test_nothing_left_the_machine_from_the_notebooks(notebooks: list[tuple[Any, Watched]]) -> None:
    assert [watched.left_the_machine for _, watched in notebooks] == [[], []]
    assert [watched.errors for _, watched in notebooks] == [[], []]
