"""Which copies of a list lie in a folder, and how old they are.

Each edition has a folder of its own, named by the day it was fetched and the
start of its hash; a newer one never overwrites an older one. A small JSON note
beside them (`<form>.json`) says which one is the newest, and what the server said of it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from kit.durable import write_atomically
from kit.errors import SourceError
from kit.sources.entries import Form, Source


@dataclass(frozen=True)
class KeptFile:
    """One file of a copy, with what the server said of it."""

    name: str
    url: str
    sha256: str
    bytes: int
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True)
class Copy:
    """The newest copy of a list in one form.

    Attributes:
        list_id: Key of the catalog.
        form: Name of the form.
        place: Folder of this edition, below the list's folder.
        files: Its files, the first one first.
        retrieved: When it was fetched (UTC).
        checked: When the publisher was last asked whether it is still the newest (UTC).
        count: Lines or items counted in the first file, None where they are not counted.
        columns: Header of the first file.
    """

    list_id: str
    form: str
    place: str
    files: tuple[KeptFile, ...]
    retrieved: datetime
    checked: datetime
    count: int | None
    columns: tuple[str, ...]

    def path(self, folder: Path) -> Path:
        """The first file, in the list's folder."""
        return folder / self.place / self.files[0].name


def read_copy(folder: Path, form: Form) -> Copy | None:
    """The newest copy that the note names, or None if there is no note.

    Raises:
        SourceError: If the note cannot be read.
    """
    note = folder / f"{form.name}.json"
    try:
        values = json.loads(note.read_text(encoding="utf-8"))
        return Copy(
            **{
                **values,
                "files": tuple(KeptFile(**file) for file in values["files"]),
                "columns": tuple(values["columns"]),
                "retrieved": datetime.fromisoformat(values["retrieved"]),
                "checked": datetime.fromisoformat(values["checked"]),
            }
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise SourceError.damaged_note(note.name, str(problem)) from problem


def newest_copy(folder: Path, source: Source) -> Copy | None:
    """Of the copies in all forms of a list, the one fetched last; None if there is none.

    Raises:
        SourceError: If a note cannot be read.
    """
    found = [copy for form in source.forms if (copy := read_copy(folder, form)) is not None]
    return max(found, key=lambda copy: copy.retrieved, default=None)


def write_copy(folder: Path, copy: Copy) -> None:
    """Write the note, old or new, never half."""
    values = {**asdict(copy), "retrieved": copy.retrieved.isoformat(), "checked": copy.checked.isoformat()}
    text = json.dumps(values, ensure_ascii=False, indent=1)
    write_atomically(folder / f"{copy.form}.json", lambda temporary: temporary.write_text(text, encoding="utf-8"))


def now() -> datetime:
    """This moment, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def age_in_words(then: datetime, moment: datetime) -> str:
    """How long ago something was, for a screen.

    >>> from datetime import timedelta
    >>> moment = datetime(2026, 11, 24, 12, tzinfo=UTC)
    >>> [age_in_words(moment - timedelta(days=days), moment) for days in (0, 1, 12, 45, 800)]
    ['today', 'yesterday', '12 days ago', '6 weeks ago', '2 years ago']
    """
    days = (moment.date() - then.date()).days
    if days < 0:
        return "in the future, says the clock of this computer"
    if days < 2:
        return ("today", "yesterday")[days]
    for unit, length in (("years", 365), ("months", 61), ("weeks", 21)):
        if days >= (730 if unit == "years" else length):
            return f"{days // {'years': 365, 'months': 30, 'weeks': 7}[unit]} {unit} ago"
    return f"{days} days ago"
