"""What a letter was taken to say, as a table to correct: name, address, territory, yes or no; entries joined and parted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kit.errors import counted
from kit.files.documents import PAGE
from kit.lists.letters import Entry, Proposal, edit_entry, merge_entries, split_entry, take_entry
from kit.lists.letters.corrections import FIELDS
from kit.widgets.view import Node, View, button, guarded, tag

A_PAGE = 25
SHOWN: dict[str, tuple[str, Callable[[Entry], bool]]] = {
    "all": ("everything", lambda _: True),
    "taken": ("what is taken", lambda entry: entry.is_taken),
    "doubt": ("what has a doubt", lambda entry: entry.doubt != ""),
    "aside": ("what is left aside", lambda entry: not entry.is_taken),
}
HEADS = ("Where", "Take", "Name", "Other names", "Address", "Territory", "As it stands, and why", "Lines")
LABELS = {"name": "Name", "other_names": "Other names", "address": "Address", "territory": "Territory"}


class LetterEntries:
    """The entries of a letter, corrected step by step. Plain state: `tree` draws it, `act` corrects it.

    Args:
        proposal: The entries as proposed, or as corrected before.
    """

    def __init__(self, proposal: Proposal) -> None:
        self.proposal = proposal
        self.before: list[Proposal] = []
        self.shown, self.first, self.error = "all", 0, ""
        self.turn = 0  # counts joins, splits and undos: what was drawn before the last one is not heard any more

    @property
    def is_changed(self) -> bool:
        """Whether a person changed anything here."""
        return len(self.before) > 0

    # -- what the reader does --------------------------------------------------

    def act(self, action: str, value: Any, fields: Mapping[str, Any]) -> bool:
        """Do one action of the table; False if it is none of its own."""
        steps: dict[str, Callable[[], None]] = {
            "entry-field": lambda: None,
            "entry-take": lambda: None,
            "entry-shown": lambda: self._show(str(fields.get("entry shown", "all"))),
            "entry-page": lambda: self._turn(int(value)),
            "entry-join": lambda: self._join(str(value)),
            "entry-split": lambda: self._split(str(value), fields),
            "entry-all": lambda: self._take_all(is_taken=value == "take"),
            "entry-undo": self.undo,
        }
        if action not in steps:
            return False
        self.error = ""
        if action != "entry-undo":
            guarded(self._say, lambda: self._write(fields))
        guarded(self._say, steps[action])
        return True

    def undo(self) -> None:
        """Take the last change back."""
        if len(self.before) > 0:
            self.proposal = self.before.pop()
            self.turn += 1

    def numbers(self) -> list[int]:
        """Positions of the entries of the present view."""
        holds = SHOWN[self.shown][1]
        return [number for number, entry in enumerate(self.proposal.entries) if holds(entry)]

    def _say(self, text: str) -> None:
        self.error = text

    def _set(self, proposal: Proposal) -> None:
        if proposal is not self.proposal:
            self.before.append(self.proposal)
            self.proposal = proposal

    def _write(self, fields: Mapping[str, Any]) -> None:
        """Take over what was typed and ticked, in one step."""
        changed = self.proposal
        for number, entry in enumerate(self.proposal.entries):
            typed = {name: str(fields[key]) for name in FIELDS if (key := self._key(number, name)) in fields}
            now = {name: words for name, words in typed.items() if " ".join(words.split()) != getattr(entry, name)}
            if len(now) > 0:
                changed = edit_entry(changed, number, **now)
            ticked = fields.get(self._key(number, "take"))
            if isinstance(ticked, bool) and ticked != entry.is_taken:
                changed = take_entry(changed, number, is_taken=ticked)
        self._set(changed)

    def _show(self, which: str) -> None:
        self.shown, self.first = which if which in SHOWN else "all", 0

    def _turn(self, first: int) -> None:
        self.first = max(0, min(first, len(self.numbers()) - 1))

    def _key(self, number: int, name: str) -> str:
        """The name of a field on the page."""
        return f"entry {self.turn} {number} {name}"

    def _number(self, value: str) -> int | None:
        """The entry that a button is about; None if the table has changed since it was drawn."""
        turn, _, number = value.partition(" ")
        return int(number) if turn == str(self.turn) and number.isdigit() else None

    def _join(self, value: str) -> None:
        number = self._number(value)
        if number is not None:
            self._set(merge_entries(self.proposal, number))
            self.turn += 1

    def _split(self, value: str, fields: Mapping[str, Any]) -> None:
        number = self._number(value)
        if number is not None:
            at = str(fields.get(self._key(number, "at"), "1"))
            self._set(split_entry(self.proposal, number, int(at) if at.isdigit() else 1))
            self.turn += 1

    def _take_all(self, *, is_taken: bool) -> None:
        changed = self.proposal
        for number in self.numbers()[self.first : self.first + A_PAGE]:
            changed = take_entry(changed, number, is_taken=is_taken)
        self._set(changed)

    # -- drawing -------------------------------------------------------------

    def view(self) -> View:
        """The table alone, for a notebook; what is corrected stands in `proposal`."""

        def hear(action: str, value: Any, fields: Mapping[str, Any]) -> None:
            self.act(action, value, fields)
            view.draw(self.tree())

        view = View(self.tree(), on_action=hear)
        view.add_class("kit-alone")  # its width decides whether an entry takes one line or two
        return view

    def tree(self) -> list[Node]:
        """Counts, filter, table, pages."""
        numbers = self.numbers()
        page = numbers[self.first : self.first + A_PAGE]
        header = tag("tr", *(tag("th", text, scope="col") for text in HEADS))
        rows = [self._row(number) for number in page]
        table = tag("table", tag("thead", header), tag("tbody", *rows), cls="kit-plain-table kit-entries")
        error = [tag("p", self.error, cls="kit-error", role="alert")] if self.error != "" else []
        nothing = [tag("p", "There is nothing of that kind.", cls="kit-nothing")] if len(page) == 0 else []
        body = nothing if len(page) == 0 else [tag("div", table, cls="kit-scroll-x")]
        return [*self._head(), *error, *body, *self._pages(len(numbers))]

    def _head(self) -> list[Node]:
        taken = sum(entry.is_taken for entry in self.proposal.entries)
        aside = len(self.proposal.entries) - taken
        parts = (counted(taken, "entry is", "entries are"), counted(aside, "piece is", "pieces are"))
        words = f"{parts[0]} taken for parties, {parts[1]} left aside. Correct them, then take the file in."
        unread = [
            tag("p", f"Not read: page {place // PAGE}, {why}.", cls="kit-warning") for place, why in self.proposal.unread[:10]
        ]
        options = [tag("option", words, value=key, selected=key == self.shown) for key, (words, _) in SHOWN.items()]
        select = tag(
            "select", *options, key="entry-shown", on="entry-shown", name="entry shown", id="kit-entry-shown", value=self.shown
        )
        field = tag("div", tag("label", "Show", for_="kit-entry-shown"), select, cls="kit-field")
        tools = [
            button("Take all on this page", "entry-all", "take", key="entry-all-take"),
            button("Leave all on this page", "entry-all", "leave", key="entry-all-leave"),
            button("Undo", "entry-undo", key="entry-undo", disabled=len(self.before) == 0),
        ]
        return [tag("p", words, cls="kit-note", role="status"), *unread, field, tag("div", *tools, cls="kit-tools")]

    def _row(self, number: int) -> Node:
        entry = self.proposal.entries[number]
        take = tag(
            "input", type="checkbox", name=self._key(number, "take"), key=f"entry-{number}-take", on="entry-take",
            checked=entry.is_taken, aria_label=f"Take the entry at {entry.where}",
        )  # fmt: skip
        cells: list[Node] = [entry.where, take, *(self._input(number, entry, name) for name in FIELDS), self._said(entry)]
        cells.append(self._lines(number, entry))
        made = [tag("td", cell, dir="auto", data_label=head) for head, cell in zip(HEADS, cells, strict=True)]
        return tag("tr", *made, key=f"entry-{number}", cls="" if entry.is_taken else "kit-left-aside")

    def _input(self, number: int, entry: Entry, name: str) -> Node:
        return tag(
            "input", type="text", name=self._key(number, name), key=f"entry-{number}-{name}", on="entry-field", dir="auto",
            value=getattr(entry, name), data_keep="true", autocomplete="off", aria_label=f"{LABELS[name]} at {entry.where}",
        )  # fmt: skip

    def _said(self, entry: Entry) -> Node:
        more = [tag("div", f"{header}: {value}", cls="kit-dim") for header, _, value in entry.more]
        doubt = [tag("div", f"Look: {entry.doubt}", cls="kit-warning")] if entry.doubt != "" else []
        text = [tag("div", line, dir="auto") for line in entry.text.split("\n")[:12]]
        return tag("div", *text, *more, tag("div", entry.why, cls="kit-dim"), *doubt)

    def _lines(self, number: int, entry: Entry) -> Node:
        count = len(entry.text.split("\n"))
        parts: list[Node] = []
        if number + 1 < len(self.proposal.entries):
            words = f"Join the entry at {entry.where} with the next one"
            parts.append(
                button("Join with next", "entry-join", f"{self.turn} {number}", key=f"entry-{number}-join", aria_label=words)
            )
        if count > 2:
            options = [tag("option", f"after line {at}", value=str(at), selected=at == 1) for at in range(1, count)]
            parts.append(
                tag(
                    "select",
                    *options,
                    name=self._key(number, "at"),
                    key=f"entry-{number}-at",
                    value="1",
                    aria_label="Split where",
                )
            )
        words = f"Split the entry at {entry.where}"
        parts.append(button("Split", "entry-split", f"{self.turn} {number}", key=f"entry-{number}-split", aria_label=words))
        return tag("div", *parts, cls="kit-tools")

    def _pages(self, count: int) -> list[Node]:
        if count <= A_PAGE:
            return []
        last = min(self.first + A_PAGE, count)
        return [
            tag(
                "div",
                button("Earlier", "entry-page", self.first - A_PAGE, key="entry-earlier", disabled=self.first == 0),
                tag("span", f"{self.first + 1:,} to {last:,} of {count:,}"),
                button("Further", "entry-page", last, key="entry-further", disabled=last >= count),
                cls="kit-tools",
            )
        ]
