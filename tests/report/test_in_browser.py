"""The report in Chromium, opened from disk, without a network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.chromium import page_of

pytestmark = pytest.mark.browser


def test_pictures_are_drawn(browser: Any, report: Path) -> None:
    with page_of(browser, report) as page:
        page.wait_for_selector("#declarations-flow .sankey-node")
        page.wait_for_selector("#flows-time .bars path")
        page.wait_for_selector("#declarations-map .layer.land path")
        assert page.locator(".sankey-link").count() > 4


def test_no_button_offers_to_share(browser: Any, report: Path) -> None:
    with page_of(browser, report) as page:
        page.wait_for_selector("#declarations-flow .sankey-node")
        assert page.locator(".modebar-btn").count() == 0


def test_click_on_a_heading_sorts_the_table(browser: Any, report: Path) -> None:
    with page_of(browser, report) as page:
        table = page.locator("#read table.sortable").first
        heading = table.locator("thead th", has_text="Bytes").locator("button")
        heading.click()
        up = [int(text.replace(",", "")) for text in table.locator("tbody td:nth-child(8)").all_inner_texts()]
        heading.click()
        down = [int(text.replace(",", "")) for text in table.locator("tbody td:nth-child(8)").all_inner_texts()]
        assert up == sorted(up)
        assert down == up[::-1]
        assert up != down


def test_narrow_screen_does_not_scroll_sideways(browser: Any, report: Path) -> None:
    with page_of(browser, report, width=390, height=844) as page:
        page.wait_for_selector("#declarations-flow .sankey-node")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_picture_wider_than_a_narrow_screen_scrolls_and_says_so(browser: Any, report: Path) -> None:
    with page_of(browser, report, width=390, height=844) as page:
        page.wait_for_selector("#declarations-flow .sankey-node")
        wide = page.locator("figure .kit-scroll.is-wide")
        assert wide.count() == page.locator("figure .kit-scroll").count()
        assert wide.first.evaluate("box => getComputedStyle(box).overflowX") == "auto"
        assert "Scroll sideways" in wide.first.evaluate("box => getComputedStyle(box, '::before').content")


def test_picture_that_fits_does_not_speak_of_scrolling(browser: Any, report: Path) -> None:
    with page_of(browser, report) as page:
        page.wait_for_selector("#declarations-flow .sankey-node")
        assert page.locator("figure .kit-scroll.is-wide").count() == 0


def test_tables_read_without_scripts(browser: Any, report: Path) -> None:
    with page_of(browser, report, scripts=False) as page:
        assert page.locator("text=Same distinctive word VEROLAN.").first.is_visible()
        assert page.locator("#read table.sortable tbody tr").count() > 0


def test_script_that_came_from_elsewhere_does_not_run(browser: Any, text: str, tmp_path: Path) -> None:
    changed = tmp_path / "changed.html"
    changed.write_text(text.replace("</main>", "<script>window.ran = 1</script></main>"), encoding="utf-8")
    with page_of(browser, changed) as page:
        assert page.evaluate("window.ran === undefined")


def test_address_off_the_machine_is_refused(browser: Any, report: Path) -> None:
    with page_of(browser, report) as page:
        refused = page.evaluate("fetch('https://example.org/').then(() => false, () => true)")
        assert refused is True


def test_print_shows_the_mark_of_a_working_copy(browser: Any, report: Path) -> None:
    with page_of(browser, report) as page:
        page.emulate_media(media="print")
        assert page.locator("#limits .print-mark").is_visible()
