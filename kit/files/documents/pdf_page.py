"""One page of a PDF: its words in lines, counted from the top, and the tables that rules are drawn around."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from kit.files.documents.parts import MOST_LINES, PAGE, Line, Table, TableRow, Word

Box = tuple[float, float, float, float]
SETTINGS: dict[str, Any] = {
    "vertical_strategy": "lines",
    "horizontal_strategy": "lines",
    "snap_tolerance": 3,
    "join_tolerance": 3,
}
_FORMS = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufdff\ufe70-\ufefc]")
MOST_RULES = 20_000  # of a page; more is a drawing, in which looking for tables would take minutes


@dataclass
class _Row:
    """Words on one height while they are collected."""

    top: float
    bottom: float
    words: list[dict[str, Any]] = field(default_factory=list)


def words_of(page: Any) -> list[dict[str, Any]]:
    """The words of a page that lie on it, upright ones only; text printed twice for boldness counts once."""
    once = {(char["text"], round(char["x0"]), round(char["top"])) for char in page.chars}
    whole = page.dedupe_chars() if len(once) < 0.98 * len(page.chars) else page
    found = whole.extract_words(x_tolerance_ratio=0.2, y_tolerance=3, keep_blank_chars=False)
    left, top, right, bottom = page.bbox
    return [
        word for word in found
        if word["upright"] and word["text"].strip("\u00a0\u200b\ufeff") != ""
        and left - 1 <= (word["x0"] + word["x1"]) / 2 <= right + 1 and top - 1 <= (word["top"] + word["bottom"]) / 2 <= bottom + 1
    ]  # fmt: skip


def blocks_of(page: Any, words: Sequence[dict[str, Any]], number: int) -> tuple[Line | Table, ...]:
    """Lines and tables of a page in the order of reading."""
    rows = _rows(words)
    places = {id(word): number * PAGE + min(n, MOST_LINES) for n, row in enumerate(rows, 1) for word in row.words}
    taken: set[int] = set()
    found: list[tuple[float, Line | Table]] = []
    for source in _tables(page):
        table = _table(source, words, places, taken)
        if table is not None:
            found.append((source.bbox[1], table))
    for row in rows:
        free = [word for word in row.words if id(word) not in taken]
        if len(free) > 0:
            found.append((row.top, _line(free, places[id(free[0])])))
    return tuple(block for _, block in sorted(found, key=lambda item: item[0]))


def _rows(words: Sequence[dict[str, Any]]) -> list[_Row]:
    """Words that stand on one height, from the top."""
    out: list[_Row] = []
    for word in sorted(words, key=lambda w: ((w["top"] + w["bottom"]) / 2, w["x0"])):
        middle = (word["top"] + word["bottom"]) / 2
        if len(out) > 0 and out[-1].top <= middle <= out[-1].bottom and _overlap(out[-1], word) > 0.4:
            out[-1].words.append(word)
        else:
            out.append(_Row(word["top"], word["bottom"], [word]))
    for row in out:
        row.words.sort(key=lambda w: w["x0"])
    return out


def _overlap(row: _Row, word: dict[str, Any]) -> float:
    shared = min(row.bottom, word["bottom"]) - max(row.top, word["top"])
    return float(shared / max(min(row.bottom - row.top, word["bottom"] - word["top"]), 0.1))


def _line(words: Sequence[dict[str, Any]], place: int) -> Line:
    made = tuple(Word(_plain(word["text"]), float(word["x0"]), float(word["x1"])) for word in words)
    return Line(place, made, min(float(w["top"]) for w in words), max(float(w["bottom"]) for w in words))


def _plain(text: str) -> str:
    """The text with signs that fonts put in place of letters: radicals for Chinese signs, ligatures, forms of Arabic letters."""
    return _FORMS.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)


def _tables(page: Any) -> list[Any]:
    """Ruled tables, larger ones first; a frame around text is none."""
    if len(page.rects) + len(page.lines) + len(page.curves) > MOST_RULES:
        return []
    found = [table for table in page.find_tables(_settings(page)) if len({cell[0] for cell in table.cells}) >= 2]
    return sorted(found, key=lambda table: -len(table.cells))


def _settings(page: Any) -> dict[str, Any]:
    """The way to look for tables; one that a page break cuts is closed where its upright rules end."""
    upright = [edge for edge in page.edges if edge["orientation"] == "v" and edge["bottom"] - edge["top"] > 4]
    if len(upright) == 0:
        return SETTINGS
    ends = [min(edge["top"] for edge in upright), max(edge["bottom"] for edge in upright)]
    return {**SETTINGS, "explicit_horizontal_lines": ends}


def _table(source: Any, words: Sequence[dict[str, Any]], places: dict[int, int], taken: set[int]) -> Table | None:
    """A table with the words that lie in its cells; None if these are hardly any."""
    cells: list[Box] = sorted(source.cells, key=lambda cell: (cell[1], cell[0]))
    inside: dict[Box, list[dict[str, Any]]] = {cell: [] for cell in cells}
    for word in words:
        middle = ((word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2)
        cell = next((c for c in cells if c[0] <= middle[0] < c[2] and c[1] <= middle[1] < c[3]), None)
        if cell is not None and id(word) not in taken:
            inside[cell].append(word)
    if sum(len(found) > 0 for found in inside.values()) < 2:
        return None
    taken.update(id(word) for found in inside.values() for word in found)
    tops = sorted({round(cell[1], 1) for cell in cells})
    lefts = sorted({round(cell[0], 1) for cell in cells})
    rows = [_row(top, lefts, cells, inside, places) for top in tops]
    return Table(tuple(row for row in rows if len(row.places) > 0))


def _row(
    top: float, lefts: Sequence[float], cells: Sequence[Box], inside: dict[Box, list[dict[str, Any]]], places: dict[int, int]
) -> TableRow:
    """One row: a cell that reaches down from above is repeated, one that reaches to the right stands in its first column."""
    texts: list[str] = []
    above: set[int] = set()
    own: set[int] = set()
    widest = 0
    for column, left in enumerate(lefts):
        cell = next((c for c in cells if round(c[1], 1) <= top < c[3] - 1 and round(c[0], 1) <= left < c[2] - 1), None)
        if cell is None or round(cell[0], 1) < left:
            texts.append("")
            continue
        widest = max(widest, sum(cell[0] - 1 <= other < cell[2] - 1 for other in lefts))
        texts.append(_text(inside[cell]))
        if round(cell[1], 1) < top:
            above.add(column)
        else:
            own.update(places[id(word)] for word in inside[cell])
    return TableRow(tuple(sorted(own)), tuple(texts), frozenset(above), spans=widest == len(lefts))


def _text(words: Sequence[dict[str, Any]]) -> str:
    return "\n".join(_line(row.words, 0).text for row in _rows(words))
