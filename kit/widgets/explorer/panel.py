"""The explorer's screen: it draws an `ExplorerState` and passes on what the reader does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import ipywidgets as widgets
import pandas as pd

from kit.case import Case
from kit.charts import Mark
from kit.flows import Selection, Store, open_store
from kit.model import RecordKind
from kit.widgets.chart import Chart, library
from kit.widgets.explorer import filters, judging, words
from kit.widgets.explorer.detail import Opened, detail_tree
from kit.widgets.explorer.export import about_path, save_view
from kit.widgets.explorer.pictures import MOST_LIVE, draw_flows, draw_map, draw_timeline
from kit.widgets.explorer.rows import columns_of, filled_measures, page_of
from kit.widgets.explorer.state import ExplorerState
from kit.widgets.table import Page, PagedTable
from kit.widgets.view import View, guarded

TICK_SECONDS = 4.0
PICTURES = {"flows": draw_flows, "timeline": draw_timeline, "map": draw_map}


class Explorer:
    """Filters, pictures, rows and judging over one case; display it, or its `panel`.

    All state is in `state`. `selection` is what is chosen, to paste into a notebook.

    Args:
        source: A case, or a store that was opened on one.
        state: Go on from the state of another explorer.
    """

    def __init__(self, source: Case | Store, *, state: ExplorerState | None = None) -> None:
        self.store = source if isinstance(source, Store) else open_store(source)
        self.state = state or ExplorerState(self.store)
        self.opened: Opened | None = None
        self._error, self._saved, self._typed = "", "", ""
        self._found: pd.DataFrame | None = None
        self._drawn: dict[str, Any] = {}
        self._stamp = _stamp(self.store.case)
        self.head = View(on_action=self.act, tick_seconds=TICK_SECONDS)
        self.filters, self.status = View(on_action=self.act), View(on_action=self.act)
        self.first, self.detail = View(on_action=self.act), View(on_action=self.act)
        self.panel = self._build()
        self.draw()

    @property
    def selection(self) -> Selection:
        """What is chosen now."""
        return self.state.selection

    def _repr_mimebundle_(self, **options: Any) -> Any:
        return self.panel._repr_mimebundle_(**options)

    # -- building ------------------------------------------------------------

    def _build(self) -> widgets.Box:
        """The screen; a case without records gets a word on what to do."""
        if self.state.is_empty:
            return _box("kit-explorer", [self.head, View(words.empty_tree()), self.detail])
        self.flows, self.timeline, self.territories = (Chart(on_mark=partial(self.click, name)) for name in PICTURES)
        self._columns = self._columns_now()
        self.rows = PagedTable(
            self._columns, self._page, title="Rows", limit=10, on_open=self.open_row, on_filter=self._filter_rows
        )
        pair = _box("kit-pair-of-pictures", [self.timeline, self.territories])
        work = _box("kit-work", [self.first, self.detail])
        main = _box("kit-main", [self.status, self.flows, pair, self.rows, work])
        return _box("kit-explorer", [library(), self.head, _box("kit-columns", [self.filters, main])])

    def _columns_now(self) -> Any:
        return columns_of(self.selection.kind, filled_measures(self.state))

    def _page(self, offset: int, limit: int, sort: str | None, _: str) -> Page:
        return page_of(self.state, self._columns, offset=offset, limit=limit, sort=sort)

    # -- drawing -------------------------------------------------------------

    def draw(self) -> None:
        """Draw everything anew from the state."""
        self._draw_head()
        self.detail.draw(detail_tree(self.store, self.opened, self.state.reviewer))
        if self.state.is_empty:
            return
        self._draw_words()
        for chart, (name, make) in zip((self.flows, self.timeline, self.territories), PICTURES.items(), strict=True):
            clicked = self.selection.focus if name == "flows" and self.state.now.focus_from == "flows" else None
            now = self.state.now
            key = (self.state.drawn(name), clicked, now.stages, now.most, self.store.case.journal.last_line())
            if self._drawn.get(name) != key:
                chart.draw(make(self.state))
                self._drawn[name] = key
        self._columns = self._columns_now()
        with self.rows.hold_sync():
            self.rows.show_columns(self._columns)
            self.rows.text = self.selection.query
            self.rows.title = "Rows" if self.selection.focus is None else f"Rows of {self.selection.focus.label}"
            self.rows.refresh(from_start=True)

    def _draw_head(self) -> None:
        question = str(self.store.case.manifest.get("question") or "")
        self.head.draw(words.head_tree(self.state, question, self._typed, self._found))

    def _draw_words(self) -> None:
        self.filters.draw(filters.filter_form(self.state))
        self.status.draw(words.status_tree(self.state, self._error, self._saved))
        self.first.draw(words.first_tree(self.state, self.store.look_first(self.selection, most=MOST_LIVE)))

    def _draw_detail(self) -> None:
        self.detail.draw(detail_tree(self.store, self.opened, self.state.reviewer))

    def _show_error(self, text: str) -> None:
        self._error = text
        self.status.draw(words.status_tree(self.state, self._error, self._saved))

    # -- what the reader does --------------------------------------------------

    def act(self, action: str, value: Any, fields: Mapping[str, Any]) -> None:
        """Do one action of a panel; what goes wrong is shown in place."""
        self._keep(fields)
        if action != "tick":
            self._error = self._saved = ""
        guarded(self._show_error, partial(self._act, action, value, fields))

    def _keep(self, fields: Mapping[str, Any]) -> None:
        """Take what is typed into the panel, so that drawing it anew loses nothing."""
        if "reviewer" in fields:
            self.state.reviewer = str(fields["reviewer"])
        if self.opened is not None:
            reasons = {name.removeprefix("reason "): str(text) for name, text in fields.items() if name.startswith("reason ")}
            self.opened.reasons.update(reasons)

    def _act(self, action: str, value: Any, fields: Mapping[str, Any]) -> None:
        simple: dict[str, Callable[[], None]] = {
            "tick": self.tick, "undo": self.state.undo, "reset": self._reset, "let_go": self.state.let_go, "close": self.close,
            "undo_judgement": self.undo_judgement, "end_search": lambda: self.search(""), "reviewer": lambda: None,
        }  # fmt: skip
        with_value: dict[str, Callable[[str], None]] = {
            "search": self.search, "open_name": self.open_name, "open_entity": self.open_entity, "look_at": self.state.look_at,
            "kind": lambda name: self._show_kind(RecordKind(name)),
        }  # fmt: skip
        if action == "judge":
            self.judge(str(value[0]), str(value[1]))
        elif action == "export":
            self.export(show_persons=bool(fields.get("show_persons")))
        elif action in simple:
            simple[action]()
        elif action in with_value:
            with_value[action](str(value))
        elif not filters.apply(self.state, action, value):
            return
        if action in ("undo", "reset", "let_go", "look_at", "kind") or action not in {*simple, *with_value, "judge", "export"}:
            self.draw()
            self.status.say(f"{self.state.change} {words.sentence_of(self.state)}")

    def click(self, picture: str, mark: Mark) -> None:
        """A mark was clicked in a picture or in its table."""
        self._error = self._saved = ""

        def step() -> None:
            self.state.focus(mark, picture)
            self.draw()
            self.status.say(f"Rows of {mark.label}. {self.state.counts().records:,} records.")

        guarded(self._show_error, step)

    def _filter_rows(self, text: str) -> None:
        def step() -> None:
            self.state.filter(query=text)
            self.draw()

        guarded(self._show_error, step)

    def _show_kind(self, kind: RecordKind) -> None:
        self.opened = None
        self.state.show_kind(kind)

    def _reset(self) -> None:
        self.opened = None
        self.state.reset()

    def search(self, text: str) -> None:
        """Find names in lists and records; fewer than two letters end the search."""
        self._typed = text
        self._found = self.store.search(text, most=60) if len(text.strip()) >= 2 else None
        self._draw_head()
        if self._found is not None:
            self.head.say(f"{len(self._found)} names found")

    # -- the panel of one record ---------------------------------------------

    def open_row(self, record_id: str) -> None:
        """Show one record."""
        self._open(Opened(kind=self.selection.kind, record_id=record_id))

    def open_name(self, name: str) -> None:
        """Show one name of the trade records."""
        self._open(Opened(name=name))

    def open_entity(self, entity_id: str) -> None:
        """Show one list entry."""
        self._open(Opened(entity_id=entity_id))

    def _open(self, opened: Opened) -> None:
        def step() -> None:
            self.opened = opened
            self._draw_detail()
            self.detail.focus_on("detail")

        if not guarded(self._show_error, step):
            self.opened = None

    def close(self) -> None:
        """Close the panel of one record."""
        self.opened = None
        if not self.state.is_empty:
            self.rows.selected = ""
        self._draw_detail()

    def judge(self, candidate_id: str, answer: str) -> None:
        """Judge a candidate of the open panel; it is on disk before the screen says so."""
        if self.opened is None:
            return
        if judging.judge(self.store, self.opened, candidate_id, answer, self.state.reviewer):
            self.state.forget()
            self.draw()
            self.detail.say(self.opened.saved)
            return
        self._draw_detail()
        self.detail.focus_on("reviewer" if self.state.reviewer.strip() == "" else f"reason {candidate_id}")

    def undo_judgement(self) -> None:
        """Withdraw this reviewer's last judgement."""
        opened = self.opened or Opened()
        if judging.undo(self.store, opened, self.state.reviewer):
            self.state.forget()
            self.draw()
        else:
            self._draw_detail()
        self.detail.say(opened.saved or opened.errors.get("", ""))

    def tick(self) -> None:
        """Take in judgements that another notebook or the dashboard wrote."""
        stamp = _stamp(self.store.case)
        if stamp != self._stamp:
            self._stamp = stamp
            self._renew()
        elif self.store.refresh():
            self.state.forget()
            self.draw()

    def _renew(self) -> None:
        """Another program has read files into the case: open it anew, with the same selection."""
        was_empty = self.state.is_empty
        self.store = open_store(self.store.case)
        self.state.renew(self.store)
        self._drawn.clear()
        if was_empty and not self.state.is_empty:
            self.panel.children = self._build().children
        self.draw()

    def export(self, *, show_persons: bool = False) -> None:
        """Save the view as CSV in the case, and hand it to the browser."""
        path = save_view(self.store, self.selection, words.sentence_of(self.state), show_persons=show_persons)
        persons = "Names of persons stand in it: its name says WITH_PERSONS." if show_persons else "Names of persons are masked."
        self._saved = f"Saved as {path.name} in {path.parent}, what it holds in {about_path(path).name} beside it. {persons}"
        self.status.draw(words.status_tree(self.state, self._error, self._saved))
        self.status.download(path.name, path.read_text(encoding="utf-8"))  # with its mark at the start, for Excel


def _stamp(case: Case) -> tuple[int, ...]:
    """A sign that the tables of a case have changed: when they were last written."""
    paths = (case.folder / "case.json", case.folder / "tables" / "candidates.parquet")
    return tuple(path.stat().st_mtime_ns if path.exists() else 0 for path in paths)


def _box(name: str, children: list[Any]) -> widgets.Box:
    box = widgets.Box(children)
    box.add_class(name)
    return box
