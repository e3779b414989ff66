"""One way in for documents: refused with advice where there is nothing to read."""

from __future__ import annotations

from pathlib import Path

from kit.errors import FileError
from kit.files.documents.parts import Document
from kit.files.documents.pdf import read_pdf
from kit.files.documents.word import read_word
from kit.files.kinds import FileKind, kind_of

EXPECTED = "a PDF with a text layer, or a DOCX"


def read_document(path: Path, *, most_pages: int | None = None) -> Document:
    """Read the text of a PDF or DOCX, with page and line of everything.

    Pages without a text layer, as scans are, come back with a `problem` and are
    never silently left out.

    Args:
        path: The file.
        most_pages: Read only the first pages, to recognize what it is.

    Raises:
        FileError: If the file is neither, is damaged, asks for a password, or has
            no text at all; the message says what to do.
    """
    kind = kind_of(path)
    if kind is FileKind.PDF:
        return read_pdf(path, most_pages=most_pages)
    if kind is FileKind.DOCX:
        return read_word(path)
    if kind is FileKind.EMPTY:
        raise FileError.empty(path)
    raise FileError.unreadable(path, f"a file of the kind {kind.value}", EXPECTED, "Check which file this is.")
