"""Where the kit's own data lie, and strict reading of its small tables."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from kit.errors import FileError, TableError

STAMPED = (".py", ".csv", ".toml", ".json", ".npz")
DATA = Path(__file__).resolve().parent.parent / "data"


def data_path(*parts: str) -> Path:
    """A path under `data/`; the file must exist.

    Raises:
        FileError: If the project was copied without it.
    """
    path = DATA.joinpath(*parts)
    if not path.exists():
        raise FileError.missing(path)
    return path


@cache
def read_reference(*parts: str) -> tuple[dict[str, str], ...]:
    """Read a small CSV under `data/` as rows of text; nothing is guessed ("NA" stays Namibia).

    Raises:
        FileError: If the file is missing.
        TableError: If a row has another number of cells than the header.
    """
    path = data_path(*parts)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    width = len(rows[0])
    faults = [f"line {i} has {len(row)} cells, the header {width}" for i, row in enumerate(rows, 1) if len(row) != width]
    if len(faults) > 0:
        raise TableError.faults("/".join(parts), faults)
    return tuple(dict(zip(rows[0], row, strict=True)) for row in rows[1:])


def stamp_of(places: Iterable[str]) -> str:
    """The first 16 digits of a hash over code and tables: what a result depends on besides its input.

    Args:
        places: Folders or files under the project, such as `kit/names` or `data/mappings`.
    """
    digest = hashlib.sha256()
    for place in sorted(places):
        path = DATA.parent / place
        files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.suffix in STAMPED)
        for file in files:
            digest.update(f"{file.relative_to(DATA.parent).as_posix()}\n".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
