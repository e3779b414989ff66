"""Text, forms and buttons on a page: Python makes a tree of plain nodes, the page draws it.

Text is never markup: a name of a file shows as it was written. Python hears
(action, value, fields) and answers by setting another tree.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import anywidget
import traitlets

from kit.charts.export import asset
from kit.errors import KitError

Node = dict[str, Any] | str
Handler = Callable[[str, Any, Mapping[str, Any]], None]
UNEXPECTED = (
    "Something went wrong that should not ({problem}). Your judgements are saved. Press “Start again”, or reload the page."
)


def tag(name: str, /, *children: Node, cls: str = "", key: str = "", on: str = "", **options: Any) -> dict[str, Any]:
    """One node of a tree.

    Args:
        name: HTML tag; the page draws only those on its list.
        children: Nodes or text.
        cls: CSS classes.
        key: Lasting name: focus, scroll and openness are kept by it.
        on: Action that a click or change sends.
        options: `value` sent with the action, `live` to send while typing, `keys` for keyboard
            actions; everything else is an attribute (`_` for `-`, a trailing `_` is dropped).
    """
    node: dict[str, Any] = {"tag": name, "children": list(children)}
    own = {"cls": cls, "key": key, "on": on}
    node.update({field: text for field, text in own.items() if text != ""})
    for field in ("value", "live", "keys"):
        if field in options and not (field == "value" and name in ("input", "select", "textarea", "option")):
            node[field] = options.pop(field)
    node["attrs"] = {field.rstrip("_").replace("_", "-"): value for field, value in options.items() if value is not None}
    return node


def button(text: str, action: str, value: Any = None, *, cls: str = "kit-button", **options: Any) -> dict[str, Any]:
    """A button that sends an action."""
    return tag("button", text, cls=cls, on=action, value=value, type="button", **options)


def guarded(show: Callable[[str], None], step: Callable[[], None]) -> bool:
    """Do a step of a screen; what goes wrong is shown in its place, with what to do next. True if all went well."""
    try:
        step()
    except KitError as problem:
        show(str(problem))
        return False
    except Exception as problem:  # a screen is the last place: without this a click would silently do nothing
        logging.getLogger(__name__).exception("a screen failed")
        show(UNEXPECTED.format(problem=f"{type(problem).__name__}: {problem}"))
        return False
    return True


class View(anywidget.AnyWidget):
    """Draws a tree of nodes and reports what the reader does."""

    _esm = asset("widgets", "view.js")
    _css = asset("widgets", "kit.css")
    tree: Any = traitlets.List().tag(sync=True)
    tick_seconds = traitlets.Float(0.0).tag(sync=True)

    def __init__(self, tree: Sequence[Node] = (), *, on_action: Handler | None = None, tick_seconds: float = 0.0) -> None:
        super().__init__(tree=list(tree), tick_seconds=tick_seconds)
        self._on_action = on_action
        self.on_msg(self._receive)

    def draw(self, tree: Sequence[Node]) -> None:
        """Draw another tree; the reader's focus stays where its key is."""
        self.tree = list(tree)

    def say(self, words: str) -> None:
        """Tell a screen reader."""
        self.send({"say": words})

    def focus_on(self, key: str) -> None:
        """Move the focus to the node of that key and scroll it into sight."""
        self.send({"focus": key})

    def download(self, name: str, text: str) -> None:
        """Let the browser save a file that is made here; it does not leave the machine."""
        self.send({"download": {"name": name, "text": text}})

    def act(self, action: str, value: Any = None, fields: Mapping[str, Any] | None = None) -> None:
        """Do what the page would report; for tests and for keys."""
        self._receive(self, {"action": action, "value": value, "fields": dict(fields or {})}, None)

    def _receive(self, _: Any, message: Mapping[str, Any], __: Any) -> None:
        try:
            if self._on_action is not None:
                self._on_action(str(message["action"]), message.get("value"), message.get("fields") or {})
        finally:
            self.send({"done": True})
