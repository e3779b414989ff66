"""Tables of the report as plain values; the template turns them into HTML and escapes every text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from kit.names import romanize, script_of

LONGEST_WORD = 24


@dataclass(frozen=True)
class Cell:
    """One cell: its text, what it sorts by, a link to a source, and a smaller line below."""

    text: str
    sort: str = ""
    href: str = ""
    note: str = ""
    is_number: bool = False

    @property
    def is_long(self) -> bool:
        """Whether a word is too long for a column and may be broken, such as a hash."""
        return any(len(word) > LONGEST_WORD for word in self.text.split())


@dataclass(frozen=True)
class Grid:
    """One table: what it is, its columns, its rows, and how many rows there are in all."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    rows_in_all: int
    key: str = ""

    @property
    def rest(self) -> int:
        """Rows that are not shown."""
        return self.rows_in_all - len(self.rows)


def grid(caption: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], *, rows_in_all: int | None = None) -> Grid:
    """Make a table of cells, or of values that become cells."""
    made = tuple(tuple(value if isinstance(value, Cell) else cell(value) for value in row) for row in rows)
    return Grid(caption, tuple(columns), made, len(made) if rows_in_all is None else rows_in_all)


def is_missing(value: Any) -> bool:
    """Whether a value of a table is empty: None, NaN, NaT, or no text."""
    return value is None or value != value or value == ""


def cell(value: Any) -> Cell:
    """A value as a cell; an empty one says so.

    >>> cell(1234.5).text, cell(None).text, cell("a").text
    ('1,234', '–', 'a')
    """
    if is_missing(value):
        return Cell("–")
    if isinstance(value, bool):
        return Cell("yes" if value else "no")
    if isinstance(value, (int, float)):
        return Cell(f"{value:,.0f}", sort=f"{float(value):.6f}", is_number=True)
    if isinstance(value, date):
        return Cell(f"{value:%Y-%m-%d}")
    return Cell(str(value))


def name_cell(name: Any, *, href: str = "") -> Cell:
    """A name as its source spells it, with its romanized form below if it is in another script."""
    if is_missing(name):
        return Cell("(not named)")
    is_latin = script_of(str(name)) == "Latin"
    latin = "" if is_latin else romanize(str(name))
    return Cell(str(name), href=href, note=latin if latin != name else "")


def link(address: Any) -> str:
    """An address that a reader may follow: only http and https, and only as a link, never loaded.

    >>> link("https://example.org/a"), link("javascript:alert(1)")
    ('https://example.org/a', '')
    """
    if is_missing(address):
        return ""
    parts = urlsplit(str(address).strip())
    return str(address).strip() if parts.scheme in ("http", "https") and parts.netloc != "" else ""
