"""The first lines of a text file, so that recognizing a format does not read all of it."""

from __future__ import annotations

import csv
import io
from itertools import islice
from pathlib import Path

from kit.files import FileKind, kind_of
from kit.files.kinds import open_plain

HEAD_BYTES = 65_536


def head_rows(path: Path, most: int = 5) -> list[list[str]]:
    """The first rows of a comma-separated file as text; none if the file is no plain text table.

    Meant for formats whose publisher writes UTF-8 or ASCII with commas and a
    header in the first line, if any.

    Raises:
        FileError: If there is no such file.
    """
    if kind_of(path) is not FileKind.CSV:
        return []
    with open_plain(path) as file:
        text = file.read(HEAD_BYTES).decode("utf-8-sig", errors="replace")
    try:
        return list(islice(csv.reader(io.StringIO(text, newline="")), most))
    except csv.Error:
        return []
