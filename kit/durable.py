"""Writing a file so that a kill at any moment leaves the old one or the new one."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Callable
from pathlib import Path

ATTEMPTS = 20  # Windows refuses to replace a file while another program reads it; readers are short


class HeldOpenError(OSError):
    """A file that another program held open until the end, so that it could not be replaced."""


def write_atomically(path: Path, write: Callable[[Path], object]) -> None:
    """Call `write` with a temporary name, sync it, and rename it to `path`.

    Raises:
        HeldOpenError: If another program holds the old file open.
        OSError: If the disk is full or not writable; the old file is whole then.
    """
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex}.tmp")
    try:
        write(temporary)
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        _replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)


def _replace(temporary: Path, path: Path) -> None:
    """Rename over the old file, waiting for readers that hold it open."""
    for attempt in range(ATTEMPTS):
        try:
            temporary.replace(path)
            return
        except PermissionError as problem:
            if attempt == ATTEMPTS - 1:
                raise HeldOpenError(f"another program holds it open: {problem.strerror}") from problem
            time.sleep(0.1)


def sync_folder(folder: Path) -> None:
    """Make a rename in it durable where the system offers that."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
