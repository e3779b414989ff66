"""What stands on every page and is no content: running titles, page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from kit.files.documents import Document, Line, Page
from kit.lists.headers import header_meaning
from kit.lists.letters.wording import is_page_number, mark_of

EDGE = 3  # lines looked at from the top and from the bottom
_DIGITS = re.compile(r"\d+")


def running_lines(document: Document) -> dict[int, str]:
    """Lines that are left aside because they run through the pages: place and reason.

    A line counts as running if the same text, digits aside, stands at the same edge of at
    least two pages and of half of all. A line at an edge that is nothing but a page number counts at once.
    """
    pages = [page for page in document.pages if len(page.blocks) > 0]
    found: dict[int, str] = {}
    for lines in ([_edge(page, from_top=True) for page in pages], [_edge(page, from_top=False) for page in pages]):
        counts = Counter(key for edge in lines for key in {_key(line) for line in edge})
        for edge in lines:
            for nth, line in enumerate(edge):
                if nth <= 1 and is_page_number(line.text):
                    found[line.place] = "a page number"
                elif len(pages) > 1 and counts[_key(line)] >= max(2, len(pages) / 2) and not _is_content(line):
                    found[line.place] = "a running title of the pages"
    return found


def _edge(page: Page, *, from_top: bool) -> Sequence[Line]:
    """Lines from one edge up to the first table, a few at most."""
    out: list[Line] = []
    for block in page.blocks if from_top else reversed(page.blocks):
        if not isinstance(block, Line) or len(out) == EDGE:
            break
        out.append(block)
    return out


def _key(line: Line) -> str:
    return _DIGITS.sub("#", " ".join(line.text.split()).casefold())


def _is_content(line: Line) -> bool:
    """Whether a repeated line is an item of a list, or the header of a table without rules."""
    if line.is_item or mark_of(line.text) is not None:
        return True
    return sum(header_meaning(word.text) is not None for word in line.words) >= 2
