"""A letter from file to tables, with or without corrections."""

from __future__ import annotations

from pathlib import Path

from kit.files import FileKind, kind_of, sha256
from kit.files.documents import read_document
from kit.lists.editions import edition
from kit.lists.letters.entries import Proposal
from kit.lists.letters.kept import apply_entries
from kit.lists.letters.proposing import propose_entries
from kit.lists.letters.result import to_result
from kit.lists.readers.own_sheet import slug
from kit.tables import ReadResult

READERS = {FileKind.PDF: "letter_pdf", FileKind.DOCX: "letter_docx"}


def propose_letter(path: Path, *, corrections: Path | None = None) -> Proposal:
    """What a letter names, as the kit takes it; with a file of corrections as a person changed it.

    Raises:
        FileError: If the letter is a scan, locked, damaged, or holds no text; the message says what to do.
        MappingError: If the corrections do not fit the letter.
    """
    proposal = propose_entries(read_document(path))
    return proposal if corrections is None else apply_entries(proposal, corrections, sha256(path))


def read_letter(
    path: Path,
    proposal: Proposal | None = None,
    *,
    list_id: str | None = None,
    list_version: str | None = None,
    is_confidential: bool = False,
) -> ReadResult:
    """The tables of a letter, from its entries as they are now; without these as the kit proposes them.

    Raises:
        FileError: If the letter cannot be read.
    """
    made = edition(path, list_id=list_id, list_version=list_version, is_confidential=is_confidential)
    entries = proposal if proposal is not None else propose_letter(path)
    return to_result(entries, made, list_id=list_id or slug(path.stem), reader=READERS[kind_of(path)])
