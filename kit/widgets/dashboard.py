"""The dashboard: the explorer of one case, without code; which case is chosen by the reader or by the command."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from kit.case import Case
from kit.errors import CaseError
from kit.widgets.explorer import Explorer
from kit.widgets.view import View, guarded, tag

CASE_VARIABLE = "KIT_CASE"


class Dashboard:
    """One explorer, and a choice among the cases that lie beside the opened one.

    Args:
        folder: The case to open first; None takes the environment's KIT_CASE.

    Raises:
        CaseError: If neither names a case.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder if folder is not None else _from_environment()
        self.choice = View(on_action=self._act)
        self.place = widgets.Box([])
        self.panel = widgets.VBox([self.choice, self.place])
        self.explorer: Explorer | None = None
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
            self._draw("")

        guarded(self._draw, step)

    def _act(self, action: str, value: Any, _: Any) -> None:
        names = {path.name: path for path in self.cases()}
        if action == "case" and value in names:
            self.open(names[str(value)])

    def _draw(self, error: str) -> None:
        names = [path.name for path in self.cases()]
        problem = [tag("p", error, cls="kit-error", role="alert")] if error != "" else []
        if len(names) < 2:
            self.choice.draw(problem)
            return
        options = [tag("option", name, value=name, selected=name == self.folder.name) for name in names]
        select = tag("select", *options, key="case", on="case", name="case", id="kit-case", value=self.folder.name)
        field = tag("div", tag("label", "Case", for_="kit-case"), select, cls="kit-field")
        self.choice.draw([tag("div", field, cls="kit-choice"), *problem])


def _from_environment() -> Path:
    found = os.environ.get(CASE_VARIABLE, "")
    if found == "":
        raise CaseError.not_a_case(Path("(no case named)"))
    return Path(found)


def open_dashboard(folder: Path | None = None) -> Dashboard:
    """Open the dashboard; the last line of its notebook."""
    return Dashboard(folder)
