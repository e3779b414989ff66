"""Which edition of a file this is: its hash, its size, its date."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kit.errors import FileError


@dataclass(frozen=True)
class Fingerprint:
    """The hash of a file's bytes, its size in bytes, and when it was last changed (UTC, ISO 8601).

    Two files with one `sha256` are the same; `bytes` and `modified` only say
    that a file was probably not touched since it was last read.
    """

    sha256: str
    bytes: int
    modified: str


def sha256(path: Path) -> str:
    """The SHA-256 of the file's bytes, in lower-case hexadecimal.

    Raises:
        FileError: If there is no such file.
    """
    if not path.is_file():
        raise FileError.missing(path)
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fingerprint(path: Path) -> Fingerprint:
    """Hash, size and time stamp of a file.

    Raises:
        FileError: If there is no such file.
    """
    digest = sha256(path)
    state = path.stat()
    return Fingerprint(digest, state.st_size, datetime.fromtimestamp(state.st_mtime, UTC).isoformat(timespec="seconds"))
