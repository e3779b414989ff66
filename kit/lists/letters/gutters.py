"""Columns without rules: runs of lines with the same empty strips between their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kit.files.documents import PAGE, Line, Word

Strip = tuple[float, float]
NARROWEST = 6.0  # points; a blank between words has two to four
LEAST_OF_COLUMN = 5  # lines
FAR = 3.2  # line heights between two lines of one run
WIDE_GAP = 0.9  # of the height of a line: such a gap in a line may part columns


@dataclass(frozen=True)
class Run:
    """Consecutive lines that stand in the same columns. `bounds` are the left edges of all columns but the first."""

    lines: tuple[Line, ...]
    bounds: tuple[float, ...]

    def cells(self, line: Line) -> tuple[tuple[Word, ...], ...]:
        """The words of a line by column."""
        out: list[list[Word]] = [[] for _ in range(len(self.bounds) + 1)]
        for word in line.words:
            out[sum((word.left + word.right) / 2 > bound for bound in self.bounds)].append(word)
        return tuple(tuple(words) for words in out)


def runs_of(lines: Sequence[Line]) -> list[Run | Line]:
    """Part lines into runs of columns and lines that stand in none, in order.

    A run has at least three lines of which two have words in several columns.
    """
    out: list[Run | Line] = []
    at = 0
    while at < len(lines):
        run = _run_from(lines, at)
        out.append(run if run is not None else lines[at])
        at += len(run.lines) if run is not None else 1
    return out


@dataclass(frozen=True)
class Columns:
    """Lines of a page of text in two columns: what stands above them, the columns one after the other, what stands below."""

    above: tuple[Line, ...]
    lines: tuple[Line, ...]
    below: tuple[Line, ...]


def side_by_side(lines: Sequence[Line]) -> Columns | None:
    """Two columns of text whose lines do not stand at the same heights; None if the page has none.

    The right column is moved to where the left one stands, so that its lines can be compared with those of the left.
    """
    if len(lines) < 2 * LEAST_OF_COLUMN:
        return None
    low, high = min(line.left for line in lines), max(line.right for line in lines)
    middle = [low + share * (high - low) for share in (0.5, 0.47, 0.53, 0.44, 0.56, 0.4, 0.6)]
    for cut in middle:
        free = [not any(word.left < cut + 2 and word.right > cut - 2 for word in line.words) for line in lines]
        first, last = _longest(free)
        inside = lines[first:last]
        sides = [(any(w.right < cut for w in line.words), any(w.left > cut for w in line.words)) for line in inside]
        both = sum(left and right for left, right in sides)
        lonely = [sum(left and not right for left, right in sides), sum(right and not left for left, right in sides)]
        if min(lonely) + both >= LEAST_OF_COLUMN and min(lonely) > both:
            return Columns(tuple(lines[:first]), tuple(columns_of(inside, [cut])), tuple(lines[last:]))
    return None


def columns_of(lines: Sequence[Line], bounds: Sequence[float]) -> list[Line]:
    """The lines of columns one column after the other, each moved to where the first column stands."""
    run = Run(tuple(lines), tuple(bounds))
    parts: list[list[Line]] = [[] for _ in range(len(bounds) + 1)]
    for line in lines:
        for nth, words in enumerate(run.cells(line)):
            if len(words) > 0:
                parts[nth].append(replace(line, words=words))
    home = min((line.left for line in parts[0]), default=0.0)
    out: list[Line] = []
    for part in parts:
        shift = min((line.left for line in part), default=home) - home
        out += [replace(line, words=tuple(Word(w.text, w.left - shift, w.right - shift) for w in line.words)) for line in part]
    return out


def _longest(marks: Sequence[bool]) -> tuple[int, int]:
    """Where the longest stretch of marks begins and ends."""
    best, start = (0, 0), 0
    for nth, mark in enumerate([*marks, False]):
        if not mark:
            best = max(best, (start, nth), key=lambda part: part[1] - part[0])
            start = nth + 1
    return best


def _run_from(lines: Sequence[Line], start: int) -> Run | None:
    strips = _gaps(lines[start], WIDE_GAP * min(lines[start].height, 14))
    end = start + 1
    last_parted = start
    while end < len(lines) and len(strips) > 0:
        line, before = lines[end], lines[end - 1]
        if _is_apart(before, line):
            break
        kept = _narrowed(strips, line)
        is_parted = _parts(kept, line)
        if len(kept) == 0 or (not is_parted and len(kept) < len(strips)):
            break
        strips = kept
        last_parted = end if is_parted else last_parted
        end += 1
    chosen = lines[start:end]
    parted = [line for line in chosen if _parts(strips, line)]
    if len(chosen) < 3 or len(parted) < 2 or 3 * len(parted) < len(chosen):
        return None
    useful = [s for s in strips if sum(_has_both(s, line) for line in chosen) >= 2]
    useful = [s for s in useful if s[1] - s[0] >= NARROWEST]
    return Run(tuple(chosen), tuple((a + b) / 2 for a, b in useful)) if len(useful) > 0 else None


def _is_apart(before: Line, line: Line) -> bool:
    """Whether two lines of one page are far apart; across pages nothing is known."""
    same_page = before.place // PAGE == line.place // PAGE and line.top >= before.top
    return same_page and line.top - before.bottom > FAR * min(before.height, line.height)


def _gaps(line: Line, least: float) -> list[Strip]:
    """Empty strips between the words of a line."""
    pairs = pairwise(line.words)
    return [(a.right, b.left) for a, b in pairs if b.left - a.right >= max(least, NARROWEST)]


def _narrowed(strips: Sequence[Strip], line: Line) -> list[Strip]:
    """What of the strips is still empty in this line: of each the widest part left."""
    out = []
    for low, high in strips:
        pieces = [(low, high)]
        for word in line.words:
            if word.right > low and word.left < high:
                parts = [part for a, b in pieces for part in ((a, min(b, word.left)), (max(a, word.right), b))]
                pieces = [(a, b) for a, b in parts if b - a >= NARROWEST]
        if len(pieces) > 0:
            out.append(max(pieces, key=lambda part: part[1] - part[0]))
    return out


def _parts(strips: Sequence[Strip], line: Line) -> bool:
    return any(_has_both(strip, line) for strip in strips)


def _has_both(strip: Strip, line: Line) -> bool:
    """Whether a line has words on both sides of a strip, next to it or further off."""
    return any(w.right <= strip[0] + 1 for w in line.words) and any(w.left >= strip[1] - 1 for w in line.words)
