"""Which edition of a list a file is: the date in its name, else its hash."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

from kit.files import sha256

_DATE = re.compile(r"(?<!\d)(20\d\d)([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")


@dataclass(frozen=True)
class Edition:
    """One edition of a list.

    Attributes:
        source_file: Name of the file, without its folder.
        version: The list's date (ISO) if the file name has one or the user gave
            it, else the first 12 digits of the file's sha256.
        list_id: As the user gave it, else None: the reader knows its own.
        is_confidential: The list may not leave the case.
        note: Where `version` comes from, one sentence.
    """

    source_file: str
    version: str
    list_id: str | None
    is_confidential: bool
    note: str


def edition(path: Path, *, list_id: str | None = None, list_version: str | None = None, is_confidential: bool = False) -> Edition:
    """Find out the edition of a list file.

    Raises:
        FileError: If there is no such file.
    """
    if list_version is not None:
        return Edition(path.name, list_version, list_id, is_confidential, f"edition {list_version}, as given")
    day = date_in_name(path.stem)
    if day is not None:
        note = f"edition {day.isoformat()}, read from the file name"
        return Edition(path.name, day.isoformat(), list_id, is_confidential, note)
    version = sha256(path)[:12]
    note = f"the file names no edition; {version} is the beginning of its sha256"
    return Edition(path.name, version, list_id, is_confidential, note)


def edition_said(
    path: Path, day: dt.date | None, *, list_id: str | None = None, list_version: str | None = None, is_confidential: bool = False
) -> Edition:
    """The edition of a file that itself says its day; a version given by the user or in the file name goes before.

    Raises:
        FileError: If there is no such file.
    """
    if day is None or list_version is not None or date_in_name(path.stem) is not None:
        return edition(path, list_id=list_id, list_version=list_version, is_confidential=is_confidential)
    said = day.isoformat()
    return Edition(path.name, said, list_id, is_confidential, f"edition {said}, as the file says of itself")


def date_in_name(stem: str) -> dt.date | None:
    """The last full date in a file name, or None.

    >>> date_in_name("csl_2026-07-31_compact")
    datetime.date(2026, 7, 31)
    >>> date_in_name("sdn") is None
    True
    """
    for year, _, month, day in reversed(_DATE.findall(stem)):
        try:
            return dt.date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None
