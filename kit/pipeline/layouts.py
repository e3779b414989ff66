"""Layouts that a case has learned: mapping files in its folder `mappings`, made by the column mapper or by hand."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from itertools import count
from pathlib import Path

from kit.case import Case, Source
from kit.case.atomic import write_text
from kit.errors import FileError, MappingError
from kit.files import read_head
from kit.trade.mapping import TradeMapping, read_mapping, to_toml
from kit.trade.reader import choose

FOLDER = "mappings"
MARK = "read by a layout of this case, state "


def save_layout(case: Case, mapping: TradeMapping) -> Path:
    """Keep a mapping in the case: a later file with the same columns is read by it. Returns the file, which can be sent on.

    A layout of the same name is replaced; one of another name never is, whatever letters the names have.
    """
    folder = case.folder / FOLDER
    folder.mkdir(exist_ok=True)
    name = re.sub(r"\W+", "_", mapping.layout.casefold()).strip("_") or "layout"
    path = next(path for n in count(1) if _is_free(path := folder / (f"{name}.toml" if n == 1 else f"{name}_{n}.toml"), mapping))
    write_text(path, to_toml(mapping))
    return path


def _is_free(path: Path, mapping: TradeMapping) -> bool:
    """Whether a file is not there, or holds the same layout; one with faults may be somebody's work and stays."""
    try:
        return not path.exists() or read_mapping(path).layout == mapping.layout
    except MappingError:
        return False


def case_layouts(case: Case) -> tuple[TradeMapping, ...]:
    """The layouts that a case has learned.

    Raises:
        MappingError: If a mapping file was edited and is faulty now.
    """
    return tuple(read_mapping(path) for path in sorted((case.folder / FOLDER).glob("*.toml")))


def layout_for(case: Case, path: Path) -> TradeMapping | None:
    """The layout by which the case wants this file read; None if the kit decides.

    A layout that the user made for a file in these columns comes before those that the kit ships. The row of the header
    is that of this file: the title lines above it may be fewer or more than in the file from which the layout was learned.

    Raises:
        MappingError: If a mapping file is faulty.
    """
    wanted = case_layouts(case)
    if len(wanted) == 0 or not path.is_file():
        return None
    try:
        found = choose(read_head(path), wanted)
    except FileError:  # no table: another reader may know it
        return None
    return None if found is None else replace(found, header_row=None)


def layout_said(layout: TradeMapping) -> str:
    """A note that tells by which state of a layout a file was read."""
    text = to_toml(replace(layout, header_row=None))
    return f"{MARK}{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def is_read_under(source: Source, layout: TradeMapping | None) -> bool:
    """Whether a source was read by this very state of a layout; without one, whether the case has not read it by one."""
    said = [note for note in source.notes if note.startswith(MARK)]
    return len(said) == 0 if layout is None else source.reader == layout.layout and said == [layout_said(layout)]
