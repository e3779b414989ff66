"""What stands on every page and is no content: running titles, page numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from kit.files.documents import Document, Line, Page
from kit.lists.letters.grids import is_header
from kit.lists.letters.wording import is_page_number, is_territory, mark_of

EDGE = 3  # lines looked at from the top and from the bottom


def running_lines(document: Document) -> dict[int, str]:
    """Lines that are left aside because they run through the pages: place and reason.

    A line counts as running if the same text stands at the same height on at least two
    pages and half of all; the number of its own page may differ. A line at an edge that is
    nothing but a page number counts at once. Items, territories and headers of tables never count.
    """
    pages = [page for page in document.pages if len(page.blocks) > 0]
    found: dict[int, str] = {}
    for from_top in (True, False):
        edges = [(page, _edge(page, from_top=from_top)) for page in pages]
        counts = Counter(key for page, edge in edges for key in {_key(page, line) for line in edge})
        for page, edge in edges:
            for nth, line in enumerate(edge):
                if nth <= 1 and is_page_number(line.text):
                    found[line.place] = "a page number"
                elif len(pages) > 1 and counts[_key(page, line)] >= max(2, len(pages) / 2) and not _is_content(line):
                    found[line.place] = "a running title of the pages"
    return found


def _edge(page: Page, *, from_top: bool) -> Sequence[Line]:
    """Lines from one edge that a gap parts from the text, a few at most; all up to a table."""
    out: list[Line] = []
    for block in page.blocks if from_top else reversed(page.blocks):
        if not isinstance(block, Line):
            return out[:EDGE]
        out.append(block)
        if len(out) > EDGE:
            break
    else:
        return out[:EDGE]
    gaps = [max(b.top - a.bottom, a.top - b.bottom) > 0.8 * a.height for a, b in pairwise(out)]
    return out[: max((nth for nth, is_gap in enumerate(gaps, 1) if is_gap), default=0)]


def _key(page: Page, line: Line) -> tuple[str, int]:
    """A line without the number of its page, and its height in steps of four points."""
    words = ["#" if word.strip(".,/|-") == str(page.number) else word for word in line.text.casefold().split()]
    return " ".join(words), round(line.top / 4)


def _is_content(line: Line) -> bool:
    """Whether a repeated line is an item of a list, a territory, or the header of a table without rules."""
    if line.is_item or mark_of(line.text) is not None or is_territory(line.text):
        return True
    return is_header([word.text for word in line.words])
