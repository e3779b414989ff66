"""Writing the files of a case so that a kill at any moment leaves the old one or the new one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from kit import durable
from kit.errors import CaseError


def write_atomically(path: Path, write: Callable[[Path], object]) -> None:
    """Call `write` with a temporary name, sync it, and rename it to `path`.

    Raises:
        CaseError: If another program holds the old file open.
        OSError: If the disk is full or not writable; the old file is whole then.
    """
    try:
        durable.write_atomically(path, write)
    except durable.HeldOpenError as problem:
        raise CaseError.damaged(path, str(problem)) from problem


def write_table(path: Path, rows: pa.Table) -> None:
    """Write an Arrow table as Parquet, old or new, never half."""
    write_atomically(path, lambda temporary: pq.write_table(rows, temporary, compression="zstd"))


def take_file(path: Path, source: Path) -> None:
    """Move a finished file to `path`, old or new, never half; from another disk it is copied."""
    write_atomically(path, lambda temporary: shutil.move(source, temporary))


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text, old or new, never half."""
    write_atomically(path, lambda temporary: temporary.write_text(text, encoding="utf-8"))
