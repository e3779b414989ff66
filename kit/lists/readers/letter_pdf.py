"""A letter or list as PDF with a text layer: tables, ruled or not, lists of names and addresses, one party a line.

There is no single form of a letter; how it was read is said for each entry, and a
person corrects it (`kit.lists.letters`). Read with pdfplumber; the forms that the
tests hold are invented. A scan is refused with advice.
"""

from __future__ import annotations

from pathlib import Path

from kit.files import FileKind, kind_of
from kit.lists.letters.reading import read_letter
from kit.tables import ReadResult

NAME = "letter_pdf"
IS_FALLBACK = True
KIND = FileKind.PDF


def recognizes(path: Path) -> bool:
    """Whether the file is a PDF; what cannot be read of it is said when it is read."""
    return kind_of(path) is KIND


def read(path: Path, *, list_id: str | None = None, list_version: str | None = None, is_confidential: bool = False) -> ReadResult:
    """Read the parties that the letter names, as proposed; lines left aside are rejects with page and line.

    Raises:
        FileError: If the file is a scan, locked, damaged, or holds no text.
    """
    return read_letter(path, list_id=list_id, list_version=list_version, is_confidential=is_confidential)
