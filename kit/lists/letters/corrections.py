"""What a person changes in the entries of a letter: a field, yes or no, two put together, one parted. The text stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kit.errors import SelectionError
from kit.files.documents import joined, place_of
from kit.lists.letters.entries import Entry, Proposal
from kit.lists.letters.party import SEPARATOR, party_of

FIELDS = ("name", "other_names", "address", "territory")
BY_HAND, ASIDE = "as corrected by a person", "left aside by a person"


def edit_entry(proposal: Proposal, number: int, **fields: str) -> Proposal:
    """Write other words into fields of one entry (`name`, `other_names`, `address`, `territory`); it is then taken.

    Args:
        proposal: The entries.
        number: Position of the entry, from 0.
        fields: The new words.

    Raises:
        SelectionError: If there is no such entry or field.
    """
    entry = _entry(proposal, number)
    unknown = next((name for name in fields if name not in FIELDS), None)
    if unknown is not None:
        raise SelectionError.unknown("field", unknown, FIELDS)
    words = {name: " ".join(text.split()) for name, text in fields.items()}
    changed = replace(entry, name=words.get("name", entry.name), other_names=words.get("other_names", entry.other_names))
    changed = replace(changed, address=words.get("address", entry.address), territory=words.get("territory", entry.territory))
    if changed == entry:
        return proposal
    is_taken = changed.name != "" or changed.address != ""
    return _with(proposal, number, replace(changed, is_taken=is_taken, is_edited=True, why=BY_HAND, doubt=""))


def take_entry(proposal: Proposal, number: int, *, is_taken: bool) -> Proposal:
    """Take an entry or leave it aside. One that has no name yet is read from its lines; one without words cannot be taken."""
    entry = _entry(proposal, number)
    if entry.is_taken == is_taken:
        return proposal
    if is_taken and entry.name == "" and entry.address == "":
        entry = _read(entry)
        if entry.name == "" and entry.address == "":
            return proposal
    why = BY_HAND if is_taken else ASIDE
    return _with(proposal, number, replace(entry, is_taken=is_taken, is_edited=True, why=why, doubt=""))


def merge_entries(proposal: Proposal, number: int) -> Proposal:
    """Put an entry and the next one together, as where a wrapped name was cut.

    Two that were taken keep what was read of each; else the lines of both are read anew.

    Raises:
        SelectionError: If the entry is the last one.
    """
    first, second = _entry(proposal, number), _entry(proposal, number + 1)
    both = replace(
        first,
        places=(*first.places, *(place for place in second.places if place not in first.places)),
        text=f"{first.text}\n{second.text}",
        more=(*first.more, *second.more),
        is_taken=True,
        is_edited=True,
        why="put together by a person",
        doubt="",
    )
    if first.is_taken and second.is_taken:
        both = replace(
            both,
            name=joined([first.name, second.name]),
            other_names=_listed(first.other_names, second.other_names),
            address=", ".join(part for part in (first.address, second.address) if part != ""),
            territory=second.territory if second.territory != "" else first.territory,
        )
    else:
        both = _read(both)
    both = replace(both, is_taken=both.name != "" or both.address != "")
    return proposal.with_entries([*proposal.entries[:number], both, *proposal.entries[number + 2 :]])


def split_entry(proposal: Proposal, number: int, at: int = 1) -> Proposal:
    """Part an entry in two: after its first `at` lines; one that stands on a single line is doubled, the second one unnamed.

    Raises:
        SelectionError: If the entry has fewer lines.
    """
    entry = _entry(proposal, number)
    lines = entry.text.split("\n")
    if len(lines) == 1:
        second = replace(entry, name="", other_names="", address="", more=(), is_edited=True, why="a further party of this line")
        second = replace(second, doubt="write its name")
        parts = [replace(entry, is_edited=True), second]
    elif 0 < at < len(lines):
        is_even = len(entry.places) == len(lines)  # else it is not known which line is which: both halves cite all
        places = (entry.places[:at], entry.places[at:]) if is_even else (entry.places, entry.places)
        parts = [_half(entry, text, where) for text, where in zip((lines[:at], lines[at:]), places, strict=True)]
    else:
        raise SelectionError.unknown("line", at, range(1, len(lines)))
    return proposal.with_entries([*proposal.entries[:number], *parts, *proposal.entries[number + 1 :]])


def fields_of(entry: Entry) -> Mapping[str, str]:
    """The fields that a person may write into."""
    return {"name": entry.name, "other_names": entry.other_names, "address": entry.address, "territory": entry.territory}


def _half(entry: Entry, lines: list[str], places: tuple[int, ...]) -> Entry:
    where = place_of(places[0], has_pages=entry.where.startswith("page"))
    half = replace(entry, text="\n".join(lines), places=places, where=where, more=(), is_taken=True, is_edited=True)
    half = _read(half)
    return replace(half, is_taken=half.name != "" or half.address != "", why="parted by a person", doubt="")


def _read(entry: Entry) -> Entry:
    """The entry with its lines read anew; where nothing can be read they are the name as they stand."""
    party = party_of(entry.text.split("\n"))
    name = party.name if party.name != "" or party.address != "" else joined(entry.text.split("\n"))
    return replace(
        entry,
        name=name,
        other_names=SEPARATOR.join(party.other_names),
        address=party.address,
        territory=party.territory,
        more=tuple(party.more) if len(party.more) > 0 else entry.more,
    )


def _listed(*cells: str) -> str:
    return SEPARATOR.join(cell for cell in cells if cell != "")


def _entry(proposal: Proposal, number: int) -> Entry:
    if not 0 <= number < len(proposal.entries):
        raise SelectionError.unknown("entry", number, [f"0 to {len(proposal.entries) - 1}"])
    return proposal.entries[number]


def _with(proposal: Proposal, number: int, entry: Entry) -> Proposal:
    return proposal.with_entries([*proposal.entries[:number], entry, *proposal.entries[number + 1 :]])
