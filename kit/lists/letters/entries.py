"""What was taken for a party in a letter, and what was not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kit.files.documents import Document
from kit.model import ColumnUse


@dataclass(frozen=True)
class Entry:
    """One party of a letter, or lines that are none.

    Attributes:
        places: The lines it stands on, in order (`kit.files.documents.place_of`).
        where: The first of them in words: "page 3, line 12".
        text: The lines as they stand, parted by line breaks. Never changed.
        is_taken: Whether it goes into the list.
        name: What was taken for the name; empty where the address itself is listed.
        other_names: Further names, joined by "; ".
        address: Addresses, joined by "; ".
        territory: As the letter spells it, or a code.
        more: What else its columns or labels say: (header, meaning, value).
        why: How it was read, or why it was left aside.
        doubt: What a person should look at; empty if nothing is odd.
        is_edited: A person changed it.
    """

    places: tuple[int, ...]
    where: str
    text: str
    is_taken: bool
    name: str = ""
    other_names: str = ""
    address: str = ""
    territory: str = ""
    more: tuple[tuple[str, str, str], ...] = ()
    why: str = ""
    doubt: str = ""
    is_edited: bool = False

    @property
    def place(self) -> int:
        """The line that cites it."""
        return self.places[0]


@dataclass(frozen=True)
class Proposal:
    """Every line of a document in entries. `unread` are pages that could not be read: (place, reason)."""

    source_file: str
    entries: tuple[Entry, ...]
    unread: tuple[tuple[int, str], ...] = ()
    notes: tuple[str, ...] = ()
    columns: tuple[ColumnUse, ...] = ()

    @property
    def taken(self) -> tuple[Entry, ...]:
        """The entries that go into the list."""
        return tuple(entry for entry in self.entries if entry.is_taken)

    def with_entries(self, entries: Sequence[Entry], *notes: str) -> Proposal:
        """The same document with other entries."""
        return replace(self, entries=tuple(entries), notes=(*self.notes, *notes))


def left_aside(document: Document, places: Sequence[int], text: str, why: str) -> Entry:
    """Lines that are no party."""
    return Entry(tuple(places), document.where(places[0]), text, is_taken=False, why=why)
