"""Writing a file so that a kill at any moment leaves the old one or the new one."""

from __future__ import annotations

import os
import shutil
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from kit.errors import CaseError

ATTEMPTS = 20  # Windows refuses to replace a file while another program reads it; readers are short


def _replace(temporary: Path, path: Path) -> None:
    """Rename over the old file, waiting for readers that hold it open."""
    for attempt in range(ATTEMPTS):
        try:
            temporary.replace(path)
            return
        except PermissionError as problem:
            if attempt == ATTEMPTS - 1:
                raise CaseError.damaged(path, f"another program holds it open: {problem.strerror}") from problem
            time.sleep(0.1)


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable where the system offers it."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_atomically(path: Path, write: Callable[[Path], object]) -> None:
    """Call `write` with a temporary name, sync it, and rename it to `path`.

    Raises:
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
    _sync_folder(path.parent)


def write_table(path: Path, rows: pa.Table) -> None:
    """Write an Arrow table as Parquet, old or new, never half."""
    write_atomically(path, lambda temporary: pq.write_table(rows, temporary, compression="zstd"))


def take_file(path: Path, source: Path) -> None:
    """Move a finished file to `path`, old or new, never half; from another disk it is copied."""
    write_atomically(path, lambda temporary: shutil.move(source, temporary))


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text, old or new, never half."""
    write_atomically(path, lambda temporary: temporary.write_text(text, encoding="utf-8"))
