"""A letter in the dashboard: looked at, corrected by keyboard, taken in. Every party is invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.browser.conftest import Server, open_page, wait_until_drawn

LETTER = Path(__file__).parent.parent / "fixtures" / "letters" / "ruled.pdf"


def test_entries_of_a_letter_are_corrected_by_keyboard(browser: Any, dashboard: Server) -> None:
    page, watched = open_page(browser, dashboard, "/")
    wait_until_drawn(page)
    page.get_by_role("button", name="Open a file").click()
    page.locator("#kit-path").fill(str(LETTER.resolve()))
    page.get_by_role("button", name="Look at this file").click()
    page.wait_for_selector(".kit-entries", timeout=30_000)
    name = page.get_by_label("Name at page 1, line 4", exact=True)
    assert name.input_value() == "ООО «Пример Радио»"
    name.focus()
    page.keyboard.press("End")
    page.keyboard.type(" Плюс")
    page.keyboard.press("Tab")  # writes the name and goes on to the next field
    page.wait_for_function("document.activeElement.getAttribute('aria-label') === 'Other names at page 1, line 4'")
    page.get_by_text("as corrected by a person").first.wait_for()
    take = page.get_by_label("Take the entry at page 1, line 6")
    take.focus()
    page.keyboard.press("Space")
    page.get_by_text("left aside by a person").first.wait_for()
    page.get_by_text("3 entries are taken for parties").wait_for()
    assert page.get_by_label("Name at page 1, line 4", exact=True).input_value() == "ООО «Пример Радио» Плюс"
    assert watched.left_the_machine == [] and watched.errors == []
    page.context.close()
