"""Two lists of the user's own that are called alike, such as letter.pdf and letter.docx, are two lists in the case."""

from __future__ import annotations

from pathlib import Path

from kit.case import Case
from kit.lists.letters import READERS
from kit.lists.readers import own_sheet
from kit.model import FileRole
from kit.tables import ATTENTION, ReadResult

OWN = (own_sheet.NAME, *READERS.values())


def other_id(case: Case, path: Path, result: ReadResult) -> str | None:
    """The id under which to read a list again whose own id another file of the case holds; None if it is free.

    The id of an own list is made of its file's name without the ending. A file of the very same name is
    taken for a newer state of the list, as `Case.add` says.

    Args:
        case: Where the list goes.
        path: Its file.
        result: What was read under the id of its name.
    """
    if result.reader not in OWN:
        return None
    used = {key for s in case.sources(FileRole.LIST) if s.is_current and s.file != path.name for key in s.list_ids}
    own = set(result.tables["entities"].column("list_id").to_pylist())
    if len(own) != 1 or len(own & used) == 0:
        return None
    base = f"{own.pop()}_{path.suffix.lstrip('.').lower() or 'list'}"
    return next(key for key in (base, *(f"{base}_{n}" for n in range(2, len(used) + 3))) if key not in used)


def apart_said(list_id: str) -> str:
    """The note on a list that was kept apart from its namesake."""
    return (
        f"{ATTENTION}the case holds another list of this name; both count, and this one is called {list_id}. "
        "If this file is a newer state of that list, start a new case with this file alone."
    )
