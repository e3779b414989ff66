"""Corrections of letters that a case keeps: a CSV for each letter in its folder `corrections`, applied whenever it is read."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kit.case import Case, Source
from kit.case.atomic import write_text
from kit.errors import FileError, SelectionError
from kit.files import kind_of, sha256
from kit.lists.letters import READERS, Proposal, entries_csv, file_of, propose_letter, stamp_of_entries, write_entries

FOLDER = "corrections"
MARK = "file of corrections "


def save_corrections(case: Case, path: Path, proposal: Proposal) -> Path:
    """Keep the entries of a letter as they are now; the case reads the letter by them from here on.

    The file holds the text of the letter: with a confidential letter it is as confidential as that.
    """
    stamp = sha256(path)
    kept = _kept(case, stamp)
    kept.parent.mkdir(exist_ok=True)
    write_text(kept, "\ufeff" + entries_csv(proposal, stamp))
    return kept


def take_corrections(case: Case, corrections: Path, letters: Sequence[Path]) -> Path:
    """Take a file of corrections into the case, once it fits one of the letters.

    Raises:
        SelectionError: If it was made for none of them.
        MappingError: If it does not fit its letter; every fault is named.
    """
    wanted = file_of(corrections)
    letter = next((path for path in letters if path.is_file() and sha256(path) == wanted), None)
    if letter is None:
        raise SelectionError.unknown("corrections", corrections.name, [f"entries of {path.name}" for path in letters])
    propose_letter(letter, corrections=corrections)
    kept = _kept(case, wanted)
    kept.parent.mkdir(exist_ok=True)
    shutil.copyfile(corrections, kept)
    return kept


def corrections_for(case: Case, path: Path) -> Path | None:
    """The corrections that the case keeps for a letter; None for any other file."""
    if not (case.folder / FOLDER).is_dir() or not path.is_file():
        return None
    kept = _kept(case, sha256(path))
    return kept if kept.is_file() else None


def corrections_said(source: Source) -> str:
    """By which corrections a source was read; empty if by none."""
    return "; ".join(note for note in source.notes if MARK in note)


def is_read_by(source: Source, corrections: Path | None) -> bool:
    """Whether a source was read with these corrections, or without any."""
    said = corrections_said(source)
    return said == "" if corrections is None else f"{MARK}{stamp_of_entries(corrections)}" in said


def write_letter_entries(path: Path, target: Path) -> int:
    """Write what a letter names into a CSV that a person corrects in a spreadsheet; returns how many entries were taken.

    Raises:
        FileError: If the file is no letter, or cannot be read.
    """
    kind = kind_of(path)
    if kind not in READERS:
        raise FileError.unreadable(
            path, f"a file of the kind {kind.value}", "a PDF or DOCX", "Only letters have entries to correct."
        )
    proposal = propose_letter(path)
    write_entries(proposal, sha256(path), target)
    return len(proposal.taken)


def letter_lines(proposal: Proposal) -> list[dict[str, Any]]:
    """What a letter names, one dictionary an entry, as `inspect` prints it."""
    names = ("where", "is_taken", "name", "other_names", "address", "territory", "why", "doubt", "text")
    return [{name: getattr(entry, name) for name in names} for entry in proposal.entries]


def _kept(case: Case, stamp: str) -> Path:
    return case.folder / FOLDER / f"{stamp[:16]}.csv"
