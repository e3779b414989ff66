"""Which sign parts the cells of a text file."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence

DELIMITERS = ("\t", ";", "|", ",")
ENOUGH = 0.6  # share of lines that must agree
HINT = re.compile(r'\ufeff?"?sep=(.)"?\s*', re.IGNORECASE)


def separator_hint(line: str) -> str | None:
    """The delimiter that a first line `sep=;` names, as Excel writes it.

    >>> separator_hint("sep=;")
    ';'
    >>> separator_hint("name;sep") is None
    True
    """
    found = HINT.fullmatch(line)
    return found.group(1) if found is not None else None


def find_delimiter(lines: Sequence[str], width: int | None = None) -> str | None:
    r"""The delimiter under which most lines have one and the same number of cells, two or more.

    None if no sign does: the file then has a single column. With a `width` it is
    the sign that parts most lines into that many cells.

    >>> find_delimiter(["a;b;c\n", "1,5;2,5;3,5\n", "1,7;2;3\n"])
    ';'
    >>> find_delimiter(["name\n", "Romashka, OOO\n", "Lutik\n"]) is None
    True
    """
    if width is not None:
        fitting = {sign: sum(found == width for found in _widths(lines, sign)) for sign in DELIMITERS}
        best = max(DELIMITERS, key=lambda sign: fitting[sign])
        return best if width > 1 and fitting[best] > 0 else None
    scores = {sign: _agreement(lines, sign) for sign in DELIMITERS}
    best = max(DELIMITERS, key=lambda sign: scores[sign])
    if scores[best][0] >= ENOUGH:
        return best
    return next((sign for sign in DELIMITERS if _parts_all(lines, sign)), None)


def _parts_all(lines: Sequence[str], sign: str) -> bool:
    """Whether a sign parts every line into two cells or more."""
    widths = _widths(lines, sign)
    return len(widths) > 0 and min(widths) > 1


def _agreement(lines: Sequence[str], sign: str) -> tuple[float, int, int]:
    """How well a sign parts the lines: share of lines at the usual width, lines before the table, that width."""
    widths = _widths(lines, sign)
    counts = Counter(width for width in widths if width > 1)
    if len(counts) == 0:
        return (0.0, 0, 0)
    usual, number = max(counts.items(), key=lambda pair: (pair[1], pair[0]))
    first = next(i for i, width in enumerate(widths) if width >= usual)
    share = number / (len(widths) - first)
    if usual == 2 and first > len(widths) / 2:
        share /= 2
    return (round(min(1.0, share), 1), -first, usual)


def _widths(lines: Sequence[str], sign: str) -> list[int]:
    """Cells of each record, quotes minded; where one never closes, line by line."""
    try:
        rows = list(csv.reader(lines, delimiter=sign, strict=True))
    except csv.Error:
        rows = [_alone(line.rstrip("\r\n"), sign) for line in lines]
    return [len(row) for row in rows if len(row) > 0]


def _alone(line: str, sign: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=sign, strict=True), [])
    except csv.Error:
        return line.split(sign)
