"""Where each column of a file goes: shown with its reason, corrected by a choice, seen before and after."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kit.model import ColumnUse
from kit.widgets.view import Node, tag

NOT_USED = "(not used)"
MOST_SHOWN = 60
HEADS = ("Column of the file", "First value", "Goes to", "Why")
LABELS = {"hs_code": "HS code", "inn": "INN", "ogrn": "OGRN", "lei": "LEI"}


class ColumnMapper:
    """The columns of one file and what the reader made of them. Plain state: `tree` draws it, `choose` corrects it.

    Args:
        uses: Where each column goes, as the reader proposes.
        targets: Meanings that a column can be given; none if they cannot be corrected.
        before: First rows as the file has them.
        after: The same rows as the kit's table has them.
    """

    def __init__(
        self,
        uses: Sequence[ColumnUse],
        targets: Sequence[str],
        *,
        before: Sequence[Mapping[str, Any]] = (),
        after: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        self.uses, self.targets = tuple(uses), tuple(targets)
        self.before, self.after = tuple(before), tuple(after)
        self.corrections: dict[str, str | None] = {}

    def choose(self, source: str, target: str) -> None:
        """Give a column of the file another meaning; the proposed meaning takes the correction back."""
        wanted = None if target == "" else target
        proposed = next((use.target for use in self.uses if use.source == source), None)
        if wanted == proposed:
            self.corrections.pop(source, None)
        elif any(use.source == source for use in self.uses) and (wanted is None or wanted in self.targets):
            self.corrections[source] = wanted

    def target_of(self, use: ColumnUse) -> str | None:
        """Where a column goes now."""
        return self.corrections.get(use.source, use.target)

    def tree(self) -> list[Node]:
        """The table of columns, then the first rows before and after."""
        used = sum(1 for use in self.uses if self.target_of(use) is not None)
        head = tag("p", f"{used} of {len(self.uses)} columns are used.", cls="kit-note")
        rows = [self._row(use, number) for number, use in enumerate(self.uses[:MOST_SHOWN])]
        header = tag("tr", *(tag("th", text, scope="col") for text in HEADS))
        table = tag("table", tag("thead", header), tag("tbody", *rows), cls="kit-plain-table")
        rest = len(self.uses) - MOST_SHOWN
        more = [tag("p", f"{rest} more columns are not shown.", cls="kit-note")] if rest > 0 else []
        as_in_file = self._first_rows(self.before, "as the file has them", str, "rows-before")
        as_read = self._first_rows(self.after, "as they are read", words_of, "rows-after")
        return [head, tag("div", table, cls="kit-scroll-x"), *more, *as_in_file, *as_read]

    def _row(self, use: ColumnUse, number: int) -> Node:
        first = next((str(row[use.source]) for row in self.before if row.get(use.source) is not None), "")
        chosen = self.target_of(use)
        why = "as chosen by you" if use.source in self.corrections else use.reason
        cells = (use.source, first[:80], self._choice(use, chosen, number), tag("span", why, cls="kit-dim"))
        return tag("tr", *(tag("td", cell, dir="auto", data_label=head) for head, cell in zip(HEADS, cells, strict=True)))

    def _choice(self, use: ColumnUse, chosen: str | None, number: int) -> Node:
        """A select of meanings, or plain text where nothing can be corrected."""
        if len(self.targets) == 0:
            return words_of(chosen)
        names = [*self.targets] if chosen is None or chosen in self.targets else [chosen, *self.targets]
        options = [tag("option", NOT_USED, value="", selected=chosen is None)]
        options += [tag("option", words_of(name), value=name, selected=name == chosen) for name in names]
        return tag(
            "select",
            *options,
            key=f"column-{number}",
            on="column",
            name=f"column {number}",
            value=chosen or "",
            aria_label=f"Column {use.source} goes to",
        )

    def _first_rows(self, rows: Sequence[Mapping[str, Any]], how: str, heads: Callable[[str], str], key: str) -> list[Node]:
        """The first rows before or after reading, without empty columns."""
        filled = dict.fromkeys(name for row in rows for name, value in row.items() if value is not None)
        names = [name for name in (rows[0] if len(rows) > 0 else {}) if name in filled]
        if len(names) == 0:
            return []
        header = tag("tr", *(tag("th", heads(name), scope="col") for name in names))
        body = [
            tag("tr", *(tag("td", tag("span", _cell(row.get(name))), dir="auto", data_label=heads(name)) for name in names))
            for row in rows
        ]
        table = tag("table", tag("thead", header), tag("tbody", *body), cls="kit-plain-table")
        summary = tag("summary", f"The first row {how}" if len(rows) == 1 else f"The first {len(rows)} rows {how}")
        return [tag("details", summary, tag("div", table, cls="kit-scroll-x"), key=key)]


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)[:120]


def words_of(target: str | None) -> str:
    """A meaning in words.

    >>> words_of("consignor_name"), words_of(None)
    ('consignor name', '(not used)')
    """
    return NOT_USED if target is None else LABELS.get(target, target.replace("_", " "))
