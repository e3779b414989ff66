"""A letter or list as DOCX: tables, lists of names and addresses, one party a line.

There is no single form of a letter; how it was read is said for each entry, and a
person corrects it (`kit.lists.letters`). Read with python-docx; the forms that the
tests hold are invented. A document of pictures is refused with advice.
"""

from __future__ import annotations

from pathlib import Path

from kit.files import FileKind, kind_of
from kit.lists.letters.reading import read_letter
from kit.tables import ReadResult

NAME = "letter_docx"
IS_FALLBACK = True
KIND = FileKind.DOCX


def recognizes(path: Path) -> bool:
    """Whether the file is a DOCX; what cannot be read of it is said when it is read."""
    return kind_of(path) is KIND


def read(path: Path, *, list_id: str | None = None, list_version: str | None = None, is_confidential: bool = False) -> ReadResult:
    """Read the parties that the letter names, as proposed; lines left aside are rejects with their line.

    Raises:
        FileError: If the file is damaged or holds no text.
    """
    return read_letter(path, list_id=list_id, list_version=list_version, is_confidential=is_confidential)
