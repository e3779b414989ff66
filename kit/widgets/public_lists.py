"""Every public list that the kit reads, on the screen: in the case or not, edition, age, where from, and where a file goes."""

from __future__ import annotations

from datetime import date
from typing import Any

from kit.case import Case
from kit.lists.freshness import ListStanding, list_folder, public_lists
from kit.widgets.view import Node, View, tag

HEADS = ("List", "In this case", "Newest edition", "Publisher and address")


class PublicLists:
    """A table of the public lists. It asks nothing of a network: fetching is a command of its own.

    Args:
        case: The case whose lists are shown.
        on: Day for which ages are said; today if None.
    """

    def __init__(self, case: Case, *, on: date | None = None) -> None:
        self.case = case
        self.standings = public_lists(case, on=on)
        self.panel = View()
        self.panel.add_class("kit-open-files")  # so that a narrow page shows a card a list
        self.panel.draw(self.tree())

    def _repr_mimebundle_(self, **options: Any) -> Any:
        return self.panel._repr_mimebundle_(**options)

    def tree(self) -> list[Node]:
        """The table as a tree of nodes."""
        held = sum(standing.edition is not None for standing in self.standings)
        head = tag("tr", *(tag("th", text, scope="col") for text in HEADS))
        table = tag(
            "table",
            tag("thead", head),
            tag("tbody", *(self._row(standing) for standing in self.standings)),
            cls="kit-plain-table",
        )
        return [
            tag("h3", "Public lists"),
            tag("p", f"{held} of {len(self.standings)} are in this case. An old edition is used all the same; its day is said."),
            tag("div", table, cls="kit-table-scroll"),
            *self._by_hand(),
        ]

    def _row(self, standing: ListStanding) -> Node:
        entry = standing.source
        command = f"python3 start.py {standing.renewal} --case {self.case.name}"
        copied = f"last fetched {standing.copied}" if standing.copied != "" else ""
        cells: tuple[list[Node], ...] = (
            [tag("strong", entry.title), tag("div", tag("code", entry.key), cls="kit-dim")],
            [standing.says, tag("div", copied, cls="kit-dim")],
            [tag("code", command) if len(entry.forms) > 0 else standing.renewal],
            [entry.publisher, tag("div", tag("code", entry.url), cls="kit-dim"), tag("div", entry.license, cls="kit-dim")],
        )
        # one node in each cell: on a narrow page a cell is a grid of its label and its content
        return tag("tr", *(tag("td", tag("div", *cell), data_label=head) for head, cell in zip(HEADS, cells, strict=True)))

    def _by_hand(self) -> list[Node]:
        """Where a file goes that was downloaded in a browser, or brought from another computer."""
        example = list_folder(self.case, "un_sc").relative_to(self.case.folder.parent)
        return [
            tag(
                "p",
                "Without a network on this computer: download the file elsewhere and put it into a folder of the case, such as ",
                tag("code", f"{example.as_posix()}/"),
                ", then open it like any file of your own (“Open a file”, or ",
                tag("code", f"python3 start.py run --case {self.case.name} --list FILE …"),
                "). The older edition stays in the case and counts no more.",
                cls="kit-note",
            )
        ]
