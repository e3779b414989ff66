"""A table of any length, a page at a time: the rows stay where they are (DuckDB, a frame)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import anywidget
import traitlets

from kit.charts.export import asset


@dataclass(frozen=True)
class TableColumn:
    """One column on the screen. `kind` is text, number, or date and decides how a cell is set."""

    key: str
    label: str
    kind: str = "text"
    sortable: bool = False


@dataclass(frozen=True)
class Cell:
    """One cell: its text, a second line, and a sign with words (match, candidate)."""

    text: str
    note: str = ""
    sign: str = ""
    words: str = ""


@dataclass(frozen=True)
class Page:
    """One page of rows: their ids, their cells, and how many rows there are in all."""

    ids: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]
    total: int


PageOf = Callable[[int, int, str | None, str], Page]


class PagedTable(anywidget.AnyWidget):
    """Shows one page and asks `page_of(offset, limit, sort, text)` for another.

    `sort` is a column key, with a minus in front for descending, None for the order of the source.
    `on_open` is called with the id of a row that the reader opened by click or Enter.
    `on_filter`, if given, takes the filter text in place of `page_of`, which then always gets "".
    """

    _esm = asset("widgets", "table.js")
    _css = asset("widgets", "kit.css")
    columns: Any = traitlets.List().tag(sync=True)
    page = traitlets.Dict().tag(sync=True)
    order = traitlets.Dict().tag(sync=True)
    title = traitlets.Unicode("").tag(sync=True)
    nothing = traitlets.Unicode("").tag(sync=True)
    text = traitlets.Unicode("").tag(sync=True)
    selected = traitlets.Unicode("").tag(sync=True)

    def __init__(
        self,
        columns: Sequence[TableColumn],
        page_of: PageOf,
        *,
        title: str,
        limit: int = 15,
        on_open: Callable[[str], None] | None = None,
        on_filter: Callable[[str], None] | None = None,
    ) -> None:
        self._page_of, self._on_open, self._on_filter = page_of, on_open, on_filter
        self._offset, self._limit, self._sort = 0, limit, ""
        super().__init__(
            columns=[asdict(column) for column in columns],
            page={"ids": [], "cells": [], "total": 0, "offset": 0, "limit": limit},
            order={"column": "", "descending": False},
            title=title,
            nothing="No row matches.",
        )
        self.on_msg(self._receive)

    @property
    def sort(self) -> str | None:
        """Column key, with a minus in front for descending; None for the order of the source."""
        return self._sort if self._sort != "" else None

    def _fetch(self, text: str) -> dict[str, Any]:
        page = self._page_of(self._offset, self._limit, self.sort, text)
        if page.total > 0 and self._offset >= page.total:
            self._offset = (page.total - 1) // self._limit * self._limit
            page = self._page_of(self._offset, self._limit, self.sort, text)
        cells = [[asdict(cell) for cell in row] for row in page.cells]
        return {"ids": list(page.ids), "cells": cells, "total": page.total, "offset": self._offset, "limit": self._limit}

    def refresh(self, *, from_start: bool = False) -> None:
        """Ask for the page again: the rows have changed."""
        self._offset = 0 if from_start else self._offset
        self.page = self._fetch("" if self._on_filter is not None else self.text)

    def show_columns(self, columns: Sequence[TableColumn]) -> None:
        """Show other columns from now on; the order falls back to the source's if its column is gone."""
        wanted = [asdict(column) for column in columns]
        if wanted != self.columns:
            if self._sort.removeprefix("-") not in [column.key for column in columns if column.sortable]:
                self._sort, self.order = "", {"column": "", "descending": False}
            self.columns = wanted

    def turn_to(self, offset: int) -> None:
        """Show the page that begins at a row."""
        self._offset = max(0, offset // self._limit * self._limit)
        self.refresh()

    def sort_by(self, key: str) -> None:
        """Sort by a column; a second time turns the order around, a third gives the source's order again."""
        turns = {key: f"-{key}", f"-{key}": ""}
        self._sort = turns.get(self._sort, key)
        self.order = {"column": self._sort.removeprefix("-"), "descending": self._sort.startswith("-")}
        self.refresh(from_start=True)

    def filter_by(self, text: str) -> None:
        """Show only rows that contain a text."""
        self.text = text
        if self._on_filter is not None:
            self._on_filter(text)
        else:
            self.refresh(from_start=True)

    def open_row(self, row_id: str) -> None:
        """What a click on a row does."""
        self.selected = row_id
        if self._on_open is not None:
            self._on_open(row_id)

    def _receive(self, _: Any, message: dict[str, Any], __: Any) -> None:
        action, value = message.get("action"), message.get("value")
        if action == "open":
            self.open_row(str(value))
        elif action == "page":
            self.turn_to(int(value or 0))
        elif action == "sort" and any(c["key"] == value and c["sortable"] for c in self.columns):
            self.sort_by(str(value))
        elif action == "filter" and str(value) != self.text:
            self.filter_by(str(value))
        self.send({"done": True})
