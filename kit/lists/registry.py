"""Finds the readers and asks them in turn."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from pathlib import Path
from typing import Protocol, cast

from kit.errors import FormatError
from kit.lists import readers
from kit.tables import ReadResult


class Reader(Protocol):
    """What every module in `kit/lists/readers` offers."""

    NAME: str

    def recognizes(self, path: Path) -> bool:
        """Whether this reader can read the file, by its content."""

    def read(
        self, path: Path, *, list_id: str | None = None, list_version: str | None = None, is_confidential: bool = False
    ) -> ReadResult:
        """Read the file into the list tables."""


@cache
def all_readers() -> tuple[Reader, ...]:
    """Every reader: those of one format by name, then those that read what is left."""
    names = sorted(module.name for module in pkgutil.iter_modules(readers.__path__))
    found = [importlib.import_module(f"{readers.__name__}.{name}") for name in names]
    found.sort(key=lambda module: (getattr(module, "IS_FALLBACK", False), module.__name__))
    return tuple(cast(Reader, module) for module in found)


def reader_for(path: Path) -> Reader | None:
    """The first reader that recognizes the file, or None.

    Raises:
        FileError: If there is no such file or it cannot be opened.
    """
    return next((reader for reader in all_readers() if reader.recognizes(path)), None)


def reader_named(name: str) -> Reader:
    """A reader by its name.

    Raises:
        FormatError: If there is none.
    """
    for reader in all_readers():
        if name == reader.NAME:
            return reader
    raise FormatError(f"No reader of lists is called {name!r}; expected one of {', '.join(r.NAME for r in all_readers())}.")
