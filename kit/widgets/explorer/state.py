"""What the reader has chosen: plain Python, no widget. Drop the screen, build another over it, and nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from kit.charts import Mark
from kit.flows import Counts, Selection, Store
from kit.flows.corridors import STAGES
from kit.flows.store import DEFAULT_STAGES, Options
from kit.model import RecordKind
from kit.widgets.explorer.marks import focus_of

STAGE_CHOICES: dict[RecordKind, tuple[tuple[str, ...], ...]] = {
    RecordKind.DECLARATIONS: (
        ("consignor", "from_territory", "consignee"),
        ("consignor", "from_territory", "to_territory", "consignee"),
        ("origin", "from_territory", "to_territory"),
        ("trading", "from_territory", "to_territory"),
        ("consignor", "consignee"),
        ("tier", "from_territory", "to_territory"),
    ),
    RecordKind.FLOWS: (("from_territory", "to_territory"), ("from_territory", "tier", "to_territory")),
    RecordKind.DOCUMENTED: (
        ("consignor", "from_territory", "via_territory", "to_territory", "consignee"),
        ("origin", "from_territory", "to_territory"),
        ("consignor", "from_territory", "consignee"),
    ),
}
STAGE_CHOICES[RecordKind.MONTHLY_TOTALS] = STAGE_CHOICES[RecordKind.DECLARATIONS]
MOST_CHOICES = (8, 12, 20, 40)


@dataclass(frozen=True)
class Snapshot:
    """Everything that a filter or click changes; undo goes back to the one before."""

    selection: Selection
    stages: tuple[str, ...]
    most: int
    focus_from: str = ""  # picture whose mark is clicked: flows, timeline, map


class ExplorerState:
    """The selection, its past, and what is open. `store` answers what it holds."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.kinds = store.kinds()
        first = next(iter(self.kinds), RecordKind.DECLARATIONS)
        self.now = self._opening(first)
        self.reviewer = ""
        self.change = ""
        self._past: list[Snapshot] = []
        self._counts: dict[Selection, Counts] = {}
        self._options: dict[RecordKind, Options] = {}

    def _opening(self, kind: RecordKind) -> Snapshot:
        selection = self.store.default(kind) if kind in self.kinds else Selection(kind=kind)
        return Snapshot(selection, DEFAULT_STAGES[kind], 12)

    @property
    def selection(self) -> Selection:
        """What the rows show."""
        return self.now.selection

    @property
    def is_empty(self) -> bool:
        """Whether the case holds no trade records at all."""
        return len(self.kinds) == 0

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to go back."""
        return len(self._past) > 0

    def drawn(self, picture: str) -> Selection:
        """What a picture shows: the picture that was clicked stays as it was, the others follow the click."""
        return self.selection.but(focus=None) if self.now.focus_from == picture else self.selection

    def counts(self) -> Counts:
        """How many records the selection holds."""
        return self.count(self.selection)

    def count(self, selection: Selection) -> Counts:
        """How many records a selection holds."""
        if selection not in self._counts:
            self._counts[selection] = self.store.count(selection)
        return self._counts[selection]

    def options(self) -> Options:
        """What the filters of the kind that is shown can be set to."""
        kind = self.selection.kind
        if kind not in self._options:
            self._options[kind] = self.store.options(kind)
        return self._options[kind]

    def renew(self, store: Store) -> None:
        """Go on over a newly opened store; a kind of records that is gone gives way to the first there is."""
        self.store, self.kinds = store, store.kinds()
        self.forget()
        if self.selection.kind not in self.kinds:
            self.now = self._opening(next(iter(self.kinds), self.selection.kind))
            self._past.clear()

    def forget(self) -> None:
        """Ask the store anew: judgements or tables have changed."""
        self._counts.clear()
        self._options.clear()

    def filter(self, **changes: Any) -> None:
        """Change filters. A clicked mark is let go, for the pictures change under it."""
        self._step(replace(self.now, selection=self.selection.but(focus=None, **changes), focus_from=""))

    def show_kind(self, kind: RecordKind) -> None:
        """Look at another kind of records, with the filters that it opens with."""
        if kind is not self.selection.kind:
            self._step(self._opening(kind))

    def show_stages(self, stages: tuple[str, ...]) -> None:
        """Let the flow picture run through other stages."""
        if all(stage in STAGES for stage in stages):
            self._step(replace(self.now, selection=self.selection.but(focus=None), stages=stages, focus_from=""))

    def show_most(self, most: int) -> None:
        """Give that many names a stage a node of their own."""
        self._step(replace(self.now, selection=self.selection.but(focus=None), most=most, focus_from=""))

    def focus(self, mark: Mark, picture: str) -> None:
        """Narrow the rows, and the other pictures, to a clicked mark. The same mark again lets go."""
        focus = focus_of(mark, self.shown)
        if self.selection.focus == focus:
            self.let_go()
            return
        self._step(replace(self.now, selection=self.selection.but(focus=focus), focus_from=picture))

    def look_at(self, name: str) -> None:
        """Narrow to the records in which a party stands on either side."""
        self._step(replace(self.now, selection=self.selection.but(focus=None, query=name), focus_from=""))

    def let_go(self) -> None:
        """Forget the clicked mark."""
        if self.selection.focus is not None:
            self._step(replace(self.now, selection=self.selection.but(focus=None), focus_from=""))

    def undo(self) -> None:
        """Go back one step."""
        if self.can_undo:
            before = self.counts().records
            self.now = self._past.pop()
            self._say_change(before)

    def reset(self) -> None:
        """The filters that this kind of records opens with."""
        self._step(self._opening(self.selection.kind))

    def shown(self, stage: str) -> tuple[str, ...]:
        """The values of a stage that have a node of their own in the flow picture."""
        return self.store.shown_nodes(self.drawn("flows").but(focus=None), stage, most=self.now.most)

    def _step(self, wanted: Snapshot) -> None:
        if wanted == self.now:
            return
        before_kind, before = self.selection.kind, self.counts().records
        self._past.append(self.now)
        self.now = wanted
        if before_kind is wanted.selection.kind:
            self._say_change(before)
        else:
            self.change = ""

    def _say_change(self, before: int) -> None:
        after = self.counts().records
        self.change = f"Before: {before:,} records. Now: {after:,}." if before != after else f"Still {after:,} records."
