"""Every public list that the kit reads: whether the case has it, in which edition, how old, and where it comes from.

Looks at the case and its folder only; nothing is asked of a network.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from kit import sources
from kit.case import Case
from kit.case import Source as ReadFile
from kit.model import FileRole
from kit.sources import EditionAge, SourceKind, edition_age

FOLDER = "lists"


@dataclass(frozen=True)
class ListStanding:
    """One public list and how the case stands to it.

    Attributes:
        source: The catalog's entry.
        edition: Edition in the case, None if the case does not have the list; a hash where the file gives no day.
        age: Of that edition on the day of looking.
        copy: The newest copy that was fetched into the case's folder.
        copied: How long ago that was, in words; empty without a copy.
    """

    source: sources.Source
    edition: str | None
    age: EditionAge | None
    copy: sources.Copy | None
    copied: str

    @property
    def says(self) -> str:
        """One sentence on where the case stands.

        An old edition is no error: whoever reads the result must know its day.
        """
        if self.age is None:
            return f"fetched {self.copied}, not read into the case" if self.copy is not None else "not in the case"
        return _said(self.edition or "", self.age)

    @property
    def renewal(self) -> str:
        """How to get the newest edition."""
        if len(self.source.forms) == 0:
            return f"by hand: {self.source.renew}"
        return f"fetch {self.source.key}"


def list_folder(case: Case, key: str) -> Path:
    """Where fetched copies of a list lie in a case, one folder an edition."""
    return case.folder / FOLDER / key


def public_lists(case: Case, *, on: date | None = None) -> tuple[ListStanding, ...]:
    """How the case stands to each public list that has a file of its own, those that it has first.

    The bundled list is among them where the case has it.

    Args:
        case: The case.
        on: Day of looking; today if None.

    Raises:
        SourceError: If a note on fetched copies cannot be read.
    """
    moment = sources.now()
    day = on if on is not None else moment.date()
    current = [file for file in case.sources(FileRole.LIST) if file.is_current]
    held = {key for file in current for key in file.list_ids}
    parts: dict[str, set[str]] = {}
    for entry in sources.catalog():
        if entry.kind is SourceKind.LIST or (entry.kind is SourceKind.PUBLIC and entry.key in held):
            parts.setdefault(entry.part_of or entry.key, set()).add(entry.key)
    out = []
    for key, keys in parts.items():
        entry = sources.source(key)
        read = [file for file in current if len(keys & set(file.list_ids)) > 0]
        newest = max(read, key=lambda file: age_of(file, day).day, default=None)
        copy = sources.newest_copy(list_folder(case, key), entry)
        out.append(
            ListStanding(
                source=entry,
                edition=edition_of(newest) if newest is not None else None,
                age=age_of(newest, day) if newest is not None else None,
                copy=copy,
                copied=sources.age_in_words(copy.retrieved, moment) if copy is not None else "",
            )
        )
    return tuple(sorted(out, key=lambda standing: (standing.edition is None, standing.copy is None)))


def editions_used(case: Case, *, on: date | None = None) -> tuple[str, ...]:
    """For each public list in use, one phrase: its edition, how old that is, and whether a newer one is to be expected."""
    day = on if on is not None else sources.now().date()
    said = []
    for file in case.sources(FileRole.LIST):
        known = list(dict.fromkeys(entry.key for key in file.list_ids if (entry := sources.ruling(key)) is not None))
        if file.is_current and len(known) > 0:
            said.append(f"{', '.join(known)}: {_said(edition_of(file), age_of(file, day))}")
    return tuple(dict.fromkeys(said))


def _said(edition: str, age: EditionAge) -> str:
    said = f"edition {edition}, {age.words}" if age.is_edition else f"edition not given; {age.words}"
    return "; ".join(part for part in (said, age.advice) if part != "")


def age_of(file: ReadFile, on: date) -> EditionAge:
    """How old the edition in a file that the case has read was on a day."""
    return edition_age(file.list_ids, edition_of(file), datetime.fromtimestamp(file.modified_ns / 1e9, UTC).date(), on)


def edition_of(file: ReadFile) -> str:
    """The edition that the reader found, else the one that the catalog names for a bundled file."""
    known = next((entry for entry in sources.catalog() if entry.sha256 == file.sha256), None)
    return file.version or (known.edition if known is not None and known.edition is not None else "")


def age_when_read(file: ReadFile) -> EditionAge:
    """How old the edition was on the day on which the case read it: what its results rest on."""
    return age_of(file, datetime.fromisoformat(file.read_at).date())
