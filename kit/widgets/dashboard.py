"""The dashboard: the explorer of one case, without code; which case, and which files, the reader chooses."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from kit.case import Case
from kit.errors import CaseError
from kit.widgets.explorer import Explorer
from kit.widgets.open_files import Desk, OpenFiles
from kit.widgets.view import Node, View, button, guarded, tag

CASE_VARIABLE = "KIT_CASE"
CASE_NAME = re.compile(r"[\w][\w .-]{0,60}", re.UNICODE)


class Dashboard:
    """One explorer, a choice among the cases that lie beside the opened one, and the form for own files.

    Args:
        folder: The case to open first; None takes the environment's KIT_CASE.
        desk: Who reads own files; None leaves the form out.

    Raises:
        CaseError: If neither names a case.
    """

    def __init__(self, folder: Path | None = None, *, desk: Desk | None = None) -> None:
        self.folder = folder if folder is not None else _from_environment()
        self._desk = desk
        self.choice = View(on_action=self.act)
        self.files, self.place = widgets.Box([]), widgets.Box([])
        self.panel = widgets.VBox([self.choice, self.files, self.place])
        self.panel.add_class("kit-dashboard")
        self.explorer: Explorer | None = None
        self.open_files: OpenFiles | None = None
        self.error = ""
        self.open(self.folder)

    def _repr_mimebundle_(self, **options: Any) -> Any:
        return self.panel._repr_mimebundle_(**options)

    def cases(self) -> list[Path]:
        """The cases beside the opened one, by name."""
        return sorted(path.parent for path in self.folder.parent.glob("*/case.json"))

    def open(self, folder: Path) -> None:
        """Show another case."""

        def step() -> None:
            self.explorer = Explorer(Case.open(folder))
            self.folder = folder
            self.place.children = [self.explorer.panel]

        guarded(self._show_error, step)
        self.draw()

    def make(self, name: str) -> None:
        """Make an empty case beside the opened one, and show the form for its files."""
        if CASE_NAME.fullmatch(name.strip()) is None:
            self.error = f"Cannot name a case {name!r}. Use letters, digits, blanks, dots and dashes, 60 at most."
            self.draw()
            return
        self.open(Case.create(self.folder.parent / name.strip()).folder)
        self.show_files(is_shown=True)

    def show_files(self, *, is_shown: bool) -> None:
        """Show or hide the form for own files."""
        self.open_files = None
        if is_shown and self._desk is not None and self.explorer is not None:
            self.open_files = OpenFiles(self.explorer.store.case, self._desk, on_done=lambda: self.open(self.folder))
        self.files.children = [] if self.open_files is None else [self.open_files.panel]
        self.draw()

    def act(self, action: str, value: Any, fields: Mapping[str, Any]) -> None:
        """Do what the reader asks of the bar."""
        self.error = ""
        names = {path.name: path for path in self.cases()}
        if action == "case" and value in names:
            self.show_files(is_shown=False)
            self.open(names[str(value)])
        elif action == "files":
            self.show_files(is_shown=self.open_files is None)
        elif action == "make":
            guarded(self._show_error, lambda: self.make(str(fields.get("new_case", ""))))
            self.draw()

    def _show_error(self, text: str) -> None:
        self.error = text

    def draw(self) -> None:
        """Draw the bar anew."""
        names = [path.name for path in self.cases()]
        options = [tag("option", name, value=name, selected=name == self.folder.name) for name in names]
        select = tag("select", *options, key="case", on="case", name="case", id="kit-case", value=self.folder.name)
        parts: list[Node] = [tag("div", tag("label", "Case", for_="kit-case"), select, cls="kit-field")]
        if self._desk is not None:
            words = "Open a file" if self.open_files is None else "Close the form"
            box = tag(
                "input", type="text", name="new_case", key="new_case", id="kit-new-case", data_keep="true", autocomplete="off"
            )
            parts.append(button(words, "files", key="files"))
            parts.append(tag("div", tag("label", "New case", for_="kit-new-case"), box, button("Make", "make"), cls="kit-field"))
        problem = [tag("p", self.error, cls="kit-error", role="alert")] if self.error != "" else []
        self.choice.draw([tag("div", *parts, cls="kit-choice"), *problem])


def _from_environment() -> Path:
    found = os.environ.get(CASE_VARIABLE, "")
    if found == "":
        raise CaseError.not_a_case(Path("(no case named)"))
    return Path(found)


def open_dashboard(folder: Path | None = None, *, desk: Desk | None = None) -> Dashboard:
    """Open the dashboard; the last line of its notebook."""
    return Dashboard(folder, desk=desk)
