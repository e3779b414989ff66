"""A document to entries: tables first, then columns without rules, then plain lines."""

from __future__ import annotations

from collections.abc import Sequence

from kit.errors import counted
from kit.files.documents import PAGE, Document, Line, Table
from kit.lists.letters.entries import Entry, Proposal, left_aside
from kit.lists.letters.furniture import running_lines
from kit.lists.letters.grids import Grid, goes_on, ruled_grid, run_grid
from kit.lists.letters.gutters import Run, columns_of, runs_of, side_by_side
from kit.lists.letters.plain import plain_entries
from kit.lists.letters.rows import table_entries
from kit.model import ColumnUse

Part = Grid | tuple[Line, ...]


def propose_entries(document: Document) -> Proposal:
    """Put every line of a document into one entry: taken for a party and why, or left aside and why.

    It is a proposal: a person corrects it before it goes in. No line is lost, and
    each keeps its text as it stands.
    """
    furniture = running_lines(document)
    entries: list[Entry] = []
    columns: dict[tuple[str, str | None], ColumnUse] = {}
    for page in document.pages:
        lines = {block.place: block for block in page.blocks if isinstance(block, Line)}
        entries += [left_aside(document, [p], lines[p].text, why) for p, why in furniture.items() if p in lines]
    for part in _parts(document, set(furniture)):
        if isinstance(part, Grid):
            found = table_entries(document, part)
            entries += found.entries
            columns.update({(use.source, use.target): use for use in found.columns})
        else:
            entries += plain_entries(document, part)
    unread = tuple((page.number * PAGE, page.problem) for page in document.pages if page.problem is not None)
    entries.sort(key=lambda entry: entry.place)
    return Proposal(document.source_file, tuple(entries), unread, (*document.notes, *_notes(entries)), tuple(columns.values()))


def _parts(document: Document, furniture: set[int]) -> list[Part]:
    """Tables, those of following pages put together, and the lines between them."""
    out: list[Part] = []
    for page in document.pages:
        loose: list[Line] = []
        blocks = [block for block in page.blocks if not (isinstance(block, Line) and block.place in furniture)]
        for block in blocks:
            if isinstance(block, Line):
                loose.append(block)
                continue
            _add_lines(out, loose, is_alone=False)
            loose = []
            _add_grid(out, ruled_grid(block))
        _add_lines(out, loose, is_alone=not any(isinstance(block, Table) for block in blocks))
    return out


def _add_grid(out: list[Part], grid: Grid) -> None:
    before = out[-1] if len(out) > 0 else None
    joint = goes_on(before, grid) if isinstance(before, Grid) else None
    if joint is not None:
        out[-1] = joint
    else:
        out.append(grid)


def _add_lines(out: list[Part], lines: Sequence[Line], *, is_alone: bool) -> None:
    """Lines of one page: tables without rules, pages in columns, and plain lines, which go on from page to page."""
    columns = side_by_side(lines) if is_alone else None
    if columns is not None:
        _add_lines(out, columns.above, is_alone=False)
        _add_plain(out, columns.lines)
        _add_lines(out, columns.below, is_alone=False)
        return
    plain: list[Line] = []
    for piece in runs_of(lines):
        if isinstance(piece, Line):
            plain.append(piece)
            continue
        grid = run_grid(piece)
        if grid is not None:
            _add_plain(out, plain)
            plain = []
            _add_grid(out, grid)
        elif _is_list_in_columns(piece):
            start = _top_of_columns(plain, piece)
            _add_plain(out, plain[:start])
            _add_plain(out, columns_of([*plain[start:], *piece.lines], piece.bounds))
            plain = []
        else:
            plain += piece.lines
    _add_plain(out, plain)


def _add_plain(out: list[Part], lines: Sequence[Line]) -> None:
    if len(lines) == 0:
        return
    before = out[-1] if len(out) > 0 else None
    if isinstance(before, tuple):
        out[-1] = (*before, *lines)
    else:
        out.append(tuple(lines))


def _is_list_in_columns(run: Run) -> bool:
    """Whether a run is a page in columns: both sides are filled on a quarter of its lines, four at least."""
    filled = [sum(len(words) > 0 for words in run.cells(line)) for line in run.lines]
    return len(filled) >= 4 and 4 * sum(count > 1 for count in filled) >= len(filled)


def _top_of_columns(lines: Sequence[Line], run: Run) -> int:
    """Where the columns begin among the lines above a run: at the first of those that stand on one side of all its strips."""
    start = len(lines)
    while start > 0 and not any(w.left < bound < w.right for w in lines[start - 1].words for bound in run.bounds):
        start -= 1
    return start


def _notes(entries: Sequence[Entry]) -> list[str]:
    taken = sum(entry.is_taken for entry in entries)
    doubts = sum(entry.doubt != "" and entry.is_taken for entry in entries)
    notes = [
        f"taken for parties: {counted(taken, 'entry', 'entries')}; "
        f"left aside, with reasons: {counted(len(entries) - taken, 'piece')}; check them before they go in"
    ]
    if doubts > 0:
        notes.append(f"{counted(doubts, 'entry taken has', 'entries taken have')} a doubt beside it")
    inside = sum(entry.doubt != "" and not entry.is_taken for entry in entries)
    if inside > 0:
        held = counted(inside, "piece left aside holds", "pieces left aside hold")
        notes.append(f"{held} a legal form and so may name a party inside a sentence: look")
    return notes
