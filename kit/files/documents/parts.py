"""What a document is made of: pages, lines of words, tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kit.files.kinds import FileKind

PAGE = 1000  # a place is page × 1000 + line: 3012 is page 3, line 12
MOST_LINES = PAGE - 1
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u2010]$")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


@dataclass(frozen=True)
class Word:
    """A run of letters without a blank, and its left and right edge in points."""

    text: str
    left: float
    right: float


@dataclass(frozen=True)
class Line:
    """One line of text. `place` cites it; `top` and `bottom` are in points from the top of the page."""

    place: int
    words: tuple[Word, ...]
    top: float
    bottom: float
    is_item: bool = False  # the program that wrote the document set it as an item of a list

    @property
    def text(self) -> str:
        """Its words with one blank between them; none between signs of Chinese or Japanese."""
        return joined([word.text for word in self.words], hyphens=False)

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return max(word.right for word in self.words)

    @property
    def height(self) -> float:
        """Height of its letters."""
        return max(self.bottom - self.top, 1.0)


@dataclass(frozen=True)
class TableRow:
    """One row of a ruled table.

    Attributes:
        places: The lines that it takes, in order.
        cells: One text a column; lines inside a cell are parted by a line break.
        from_above: Columns whose cell reaches down from the row above and is repeated here.
        spans: Whether a single cell runs over all columns, as headings inside tables do.
    """

    places: tuple[int, ...]
    cells: tuple[str, ...]
    from_above: frozenset[int] = frozenset()
    spans: bool = False


@dataclass(frozen=True)
class Table:
    """A table drawn with rules, or a table of a word processor."""

    rows: tuple[TableRow, ...]

    @property
    def width(self) -> int:
        """Number of columns."""
        return max((len(row.cells) for row in self.rows), default=0)


@dataclass(frozen=True)
class Page:
    """Lines and tables in order of reading. `problem` says why a page could not be read; it then holds nothing."""

    number: int
    blocks: tuple[Line | Table, ...] = ()
    problem: str | None = None


@dataclass(frozen=True)
class Document:
    """All pages of a document. A DOCX has no pages: everything stands on page 0, and lines are counted through."""

    source_file: str
    kind: FileKind
    pages: tuple[Page, ...]
    notes: tuple[str, ...] = ()

    def where(self, place: int) -> str:
        """A place in words."""
        return place_of(place, has_pages=self.kind is FileKind.PDF)


def place_of(place: int, *, has_pages: bool = True) -> str:
    """A place in words.

    >>> place_of(3012), place_of(4000), place_of(1012, has_pages=False)
    ('page 3, line 12', 'page 4', 'line 1012')
    """
    if not has_pages:
        return f"line {place}"
    page, line = divmod(place, PAGE)
    return f"page {page}, line {line}" if line > 0 else f"page {page}"


def place_in_file(file: str, row: int) -> str:
    """Where a row stands, in words: page and line of a PDF, line of a text document, row of a table.

    Tables keep only the name and the row, so the name's ending tells which it is.

    >>> place_in_file("letter.pdf", 2038), place_in_file("letter.docx", 7), place_in_file("list.csv", 2038)
    ('page 2, line 38', 'line 7', 'row 2,038')
    """
    ending = file.rpartition(".")[2].lower()
    if ending in ("docx", "docm") or (ending == "pdf" and row >= PAGE):
        return place_of(row, has_pages=ending == "pdf")
    return f"row {row:,}"


def joined(parts: Sequence[str], *, hyphens: bool = True) -> str:
    """Join the lines of one text: with a blank, without one in Chinese or Japanese, and closing up hyphenation.

    A hyphen at the end of a line goes where the next line begins with a small letter;
    else it is part of the word. Between two digits it stays, without a blank.

    >>> joined(["Example Elec-", "tronics Al-", "Farabi"]), joined(["深圳示例", "有限公司"])
    ('Example Electronics Al-Farabi', '深圳示例有限公司')
    >>> joined(["165-", "171 Plum Road"])
    '165-171 Plum Road'
    """
    out = ""
    for part in (p.replace("\u00ad", "").strip() for p in parts):
        if part == "":
            continue
        if out == "":
            out = part
        elif hyphens and _HYPHEN.search(out) is not None and part[0].isalpha():
            out = out[:-1] + part if part[0].islower() else out + part
        elif (hyphens and _is_range(out, part)) or (_WIDE.match(out[-1]) is not None and _WIDE.match(part[0]) is not None):
            out += part
        else:
            out += f" {part}"
    return out


def _is_range(before: str, after: str) -> bool:
    """Whether a line ends within numbers such as 165-171."""
    return before[-1] == "-" and before[-2:-1].isdigit() and after[0].isdigit()
