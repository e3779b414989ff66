"""Tables of a letter, drawn with rules or not, as rows of cells; those that go on over pages put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kit.files.documents import Line, Table, TableRow, joined
from kit.lists.headers import header_meaning
from kit.lists.letters.gutters import Run
from kit.lists.letters.wording import has_legal_form, is_territory, looks_like_address

NAMES = ("name", "party", "family_name", "given_name")
MOST_HEADER = 4  # lines or rows of a header


@dataclass(frozen=True)
class Grid:
    """A table ready to be read: header texts (empty if it has none), the rows of the header, the rows below."""

    header: tuple[str, ...]
    top: tuple[TableRow, ...]
    rows: tuple[TableRow, ...]
    repeated: tuple[TableRow, ...] = ()

    @property
    def width(self) -> int:
        """Number of columns."""
        return max((len(row.cells) for row in (*self.top, *self.rows)), default=len(self.header))


def is_header(cells: Sequence[str]) -> bool:
    """Whether cells are the header of a list: most say what a column is, and one is the name, an address or a country."""
    filled = [cell for cell in cells if cell.strip() != ""]
    meanings = [header_meaning(one_line(cell)) for cell in filled]
    known = {word.target for word in meanings if word is not None}
    is_list = len(known & {*NAMES, "address", "alias", "country"}) > 0
    return len(filled) >= 2 and is_list and 2 * sum(word is not None for word in meanings) >= len(filled)


def one_line(cell: str) -> str:
    """The text of a cell with its lines put together."""
    return joined(cell.split("\n"))


def ruled_grid(table: Table) -> Grid:
    """A ruled table with its header, which may take two rows, found under a title."""
    rows = list(table.rows)
    for nth, row in enumerate(rows[:MOST_HEADER]):
        if not row.spans and is_header(row.cells):
            both = _two_rows(rows, nth)
            last = nth + (2 if both is not None else 1)
            header = tuple(both if both is not None else [_header_text(cell) for cell in row.cells])
            return Grid(header, tuple(rows[:last]), tuple(rows[last:]))
    return Grid((), (), tuple(rows))


def _two_rows(rows: Sequence[TableRow], nth: int) -> list[str] | None:
    """A header of two rows, told by cells that reach down from the first."""
    if nth + 1 >= len(rows) or len(rows[nth + 1].from_above) == 0:
        return None
    lower = rows[nth + 1]
    if any(looks_like_address(cell) or has_legal_form(cell) for cell in lower.cells):
        return None
    pairs = zip(rows[nth].cells, lower.cells, strict=False)
    return [_header_text(low if low.strip() != "" else top) for top, low in pairs]


def _header_text(cell: str) -> str:
    """A header; of one in two languages the line that is known."""
    whole = one_line(cell)
    if header_meaning(whole) is not None:
        return whole
    lines = [line.strip() for line in cell.split("\n")]
    return next((line for line in reversed(lines) if header_meaning(line) is not None), whole)


def run_grid(run: Run) -> Grid | None:
    """A table without rules, or None if the run is a page in columns or no table of parties."""
    cells = [tuple(joined([word.text for word in words], hyphens=False) for words in run.cells(line)) for line in run.lines]
    depth = next((n for n in range(1, MOST_HEADER) if is_header(_stacked(cells[:n]))), 0)
    if depth == 0 and not _columns_differ(cells):
        return None
    top = [TableRow((line.place,), c) for line, c in zip(run.lines[:depth], cells[:depth], strict=True)]
    header = tuple(_header_text(cell) for cell in _stacked(cells[:depth])) if depth > 0 else ()
    rows = _rows(run.lines[depth:], cells[depth:])
    return Grid(header, tuple(top), tuple(rows))


def _stacked(cells: Sequence[Sequence[str]]) -> list[str]:
    return ["\n".join(part for part in column if part != "") for column in zip(*cells, strict=True)]


def _columns_differ(cells: Sequence[Sequence[str]]) -> bool:
    """Whether columns hold different kinds of things, as in a table: in a page of columns all hold the same."""
    kinds = [_kind([cell for cell in column if cell != ""]) for column in zip(*cells, strict=True)]
    return len(set(kinds)) > 1 and ("territory" in kinds or "address" in kinds or "number" in kinds)


def _kind(values: Sequence[str]) -> str:
    """What most cells of a column are."""
    if len(values) == 0:
        return "empty"
    shares = {
        "number": sum(value.strip(" .)(").isdigit() for value in values),
        "territory": sum(is_territory(value) for value in values),
        "address": sum(looks_like_address(value) and not has_legal_form(value) for value in values),
    }
    best = max(shares, key=lambda kind: shares[kind])
    return best if 2 * shares[best] >= len(values) else "text"


def _rows(lines: Sequence[Line], cells: Sequence[tuple[str, ...]]) -> list[TableRow]:
    """Put wrapped cells together: rows begin at numbers, else after a wider gap, else where a usual column is filled."""
    starts = _starts(lines, cells)
    out: list[TableRow] = []
    for line, row, begins in zip(lines, cells, starts, strict=True):
        if begins or len(out) == 0:
            out.append(TableRow((line.place,), row))
        else:
            joint = tuple("\n".join(p for p in (old, new) if p != "") for old, new in zip(out[-1].cells, row, strict=True))
            out[-1] = replace(out[-1], places=(*out[-1].places, line.place), cells=joint)
    return out


def _starts(lines: Sequence[Line], cells: Sequence[tuple[str, ...]]) -> list[bool]:
    if len(lines) == 0:
        return []
    first = [row[0].strip(" .)(") for row in cells]
    numbers = [text.isdigit() for text in first]
    if (
        3 * sum(numbers) >= len(lines)
        and sum(numbers) >= 2
        and not any(t != "" and not n for t, n in zip(first, numbers, strict=True))
    ):
        return numbers
    gaps = [b.top - a.top if b.top >= a.top else 0.0 for a, b in pairwise(lines)]
    close = sorted(gap for gap in gaps if gap > 0)
    if len(close) > 2 and close[-1] > 1.25 * close[0]:
        middle = (close[0] + close[-1]) / 2
        if sum(gap > middle for gap in close) >= max(2, len(close) // 6):
            return [True, *(gap > middle or gap <= 0 for gap in gaps)]
    return [_is_full(row, cells) for row in cells]


def _is_full(row: Sequence[str], cells: Sequence[Sequence[str]]) -> bool:
    """Whether a line fills its first column, and its last where that is usually filled."""
    if row[0] == "":
        return False
    share = sum(other[-1] != "" for other in cells) / len(cells)
    return row[-1] != "" or share < 0.3


def goes_on(before: Grid, after: Grid) -> Grid | None:
    """The table of the page before with that of the next page below it, or None if they do not fit."""
    if after.width != before.width:
        return None
    if len(after.header) > 0 and [h.casefold() for h in after.header] != [h.casefold() for h in before.header]:
        return None
    rows, added = list(before.rows), list(after.rows)
    if len(rows) > 0 and len(added) > 0 and _fits(added[0], before) and _is_rest(added[0], before):
        cells = zip(rows[-1].cells, added[0].cells, strict=False)
        joint = tuple("\n".join(part for part in pair if part != "") for pair in cells)
        rows[-1] = replace(rows[-1], places=(*rows[-1].places, *added[0].places), cells=joint)
        added = added[1:]
    return replace(before, rows=(*rows, *added), repeated=(*before.repeated, *after.top))


def _fits(row: TableRow, before: Grid) -> bool:
    """Whether all rows have the cells that the table has."""
    return all(len(other.cells) == len(row.cells) for other in before.rows)


def _is_rest(row: TableRow, before: Grid) -> bool:
    """Whether the first row of a page is the rest of a row that the page break cut: a cell that all others fill is empty."""
    if row.spans or len(before.rows) < 3:
        return not row.spans and row.cells[0] == "" and len(before.rows) > 0 and before.rows[-1].cells[0] != ""
    filled = [sum(other.cells[column] != "" for other in before.rows) for column in range(len(row.cells))]
    return any(cell == "" and count > 0.95 * len(before.rows) for cell, count in zip(row.cells, filled, strict=True))
