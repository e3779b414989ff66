"""Judging from the panel: written to the journal first, shown as saved after."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from kit.errors import JournalError, KitError, SelectionError
from kit.flows import Store
from kit.model import Judgement
from kit.widgets.explorer.detail import JUDGED, Opened


def candidate_row(store: Store, opened: Opened, candidate_id: str) -> Mapping[Any, Any]:
    """The candidate of that id among the names that the panel shows.

    Raises:
        SelectionError: If the panel shows none.
    """
    for name in _names(store, opened):
        for row in store.candidates_of(name).to_dict("records"):
            if row["candidate_id"] == candidate_id:
                return row
    raise SelectionError.unknown("candidate", candidate_id, ["the candidates in the panel"])


def _names(store: Store, opened: Opened) -> list[str]:
    if opened.record_id == "" or opened.kind is None:
        return [opened.name]
    row = store.row(opened.kind, opened.record_id)
    return [str(value) for key, value in row.items() if key.endswith("_name") and isinstance(value, str)]


def judge(store: Store, opened: Opened, candidate_id: str, answer: str, reviewer: str) -> bool:
    """Write one judgement and note in `opened` what was saved or why not; True if it was saved."""
    opened.errors.clear()
    opened.saved = ""
    reason = opened.reasons.get(candidate_id, "").strip()
    try:
        if len(reviewer.strip()) == 0:
            raise JournalError.needs_reviewer()
        row = candidate_row(store, opened, candidate_id)
        store.case.journal.judge(row, Judgement(answer), reason=reason or None, reviewer=reviewer)
    except KitError as problem:
        opened.errors[candidate_id] = str(problem)
        return False
    store.refresh()
    opened.reasons.pop(candidate_id, None)
    opened.saved = f"Saved {datetime.now(UTC):%H:%M:%S} UTC: {row['record_name']} is {JUDGED[answer]} for {row['entity_name']}."
    return True


def undo(store: Store, opened: Opened, reviewer: str) -> bool:
    """Withdraw this reviewer's last judgement; True if there was one."""
    opened.errors.clear()
    opened.saved = ""
    try:
        last = store.case.journal.undo(reviewer)
    except KitError as problem:
        opened.errors[""] = str(problem)
        return False
    if last is None:
        opened.errors[""] = f"No judgement of {reviewer or 'anybody without a name'} stands. Check the name in “Your name”."
        return False
    store.refresh()
    opened.saved = f"Withdrawn: {last['record_name']} / {last['entity_name']} was judged {JUDGED[last['judgement']]}."
    return True
