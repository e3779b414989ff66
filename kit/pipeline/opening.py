"""Files that a reader opens on a screen: look first, correct the columns, then take them into the case."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kit import lists, trade
from kit.case import Case, Source
from kit.errors import KitError
from kit.files import Sheet, read_head, read_sheet
from kit.files.long import Told, untold
from kit.lists.headers import targets
from kit.lists.letters import READERS, Proposal, propose_letter, read_letter
from kit.model import FileRole
from kit.pipeline.job import add_file, find_candidates, read_any
from kit.pipeline.layouts import layout_said, save_layout
from kit.pipeline.letters import corrections_for, save_corrections
from kit.pipeline.linking import link_lists
from kit.tables import ReadResult
from kit.trade.mapping import ColumnMap, KnownBy, TradeMapping, targets_of
from kit.trade.reader import choose, is_long

SAMPLE = 10


@dataclass(frozen=True)
class Look:
    """What a file is, before anything of it is kept.

    `targets` are the meanings that a column can be given; `mapping` is the layout under which a trade file was read
    with the user's corrections, None without any. `letter` is what a PDF or DOCX was taken to name, to be corrected.
    """

    path: Path
    result: ReadResult
    targets: tuple[str, ...]
    before: tuple[Mapping[str, Any], ...]
    after: tuple[Mapping[str, Any], ...]
    mapping: TradeMapping | None = None
    letter: Proposal | None = None


class FileDesk:
    """Looks at files and takes them into a case; the screens are handed one, for they stand on a lower floor."""

    def look(
        self,
        path: Path,
        *,
        columns: Mapping[str, str | None] | None = None,
        is_confidential: bool = False,
        case: Case | None = None,
        progress: Told = untold,
    ) -> Look:
        """Read a file without keeping it.

        Args:
            path: The file.
            columns: Corrections: column of the file -> meaning, None for not used.
            is_confidential: For a list: its names never leave the case.
            case: Where the file is going: a letter is shown as that case keeps it corrected.
            progress: Told how much of a long file is read, and of how much, in bytes.

        Raises:
            KitError: If the file cannot be read, or a correction does not fit.
        """
        is_confidential = is_confidential or (case is not None and _is_closed(case, path, FileRole.LIST))
        if lists.recognize(path) in READERS.values():
            return self._letter(path, case, is_confidential=is_confidential)
        folder = case.workplace() if case is not None else Path(tempfile.gettempdir())
        mapping = None
        is_plain = columns is None or len(columns) == 0
        result = read_any(path, is_confidential=is_confidential, folder=folder, progress=progress if is_plain else untold)
        if columns is not None and len(columns) > 0 and result.role is FileRole.LIST:
            result = lists.read_list(path, mapping=dict(columns), is_confidential=is_confidential)
        elif columns is not None and len(columns) > 0:
            mapping = with_corrections(self._mapping(path), columns)
            result = trade.read_trade(path, mapping=mapping, folder=folder, progress=progress)
        if result.role is FileRole.LIST:
            table, known = "entities", tuple(sorted(targets()))
        else:
            table, known = next(iter(result.tables)), self._trade_targets(path, result)
        after = result.tables[table].slice(0, SAMPLE).to_pylist()
        return Look(path, result, known, self._before(path), tuple(after), mapping)

    def _letter(self, path: Path, case: Case | None, *, is_confidential: bool) -> Look:
        """A letter with its entries, as proposed or as the case keeps them corrected."""
        kept = corrections_for(case, path) if case is not None else None
        letter = propose_letter(path, corrections=kept)
        result = read_letter(path, letter, is_confidential=is_confidential)
        return Look(path, result, (), (), (), letter=letter)

    def keep(self, case: Case, look: Look, *, is_confidential: bool = False, letter: Proposal | None = None) -> Source:
        """Take a looked-at file into the case; corrected columns are kept as a layout of the case, corrected entries as they are.

        Args:
            case: Where it goes.
            look: What was looked at.
            is_confidential: For a list: its names never leave the case.
            letter: The entries of a letter after a person corrected them; None if nobody did.
        """
        is_confidential = is_confidential or _is_closed(case, look.path, look.result.role)
        if letter is not None:
            save_corrections(case, look.path, letter)
        if look.letter is not None:
            return add_file(case, look.path, role=FileRole.LIST, is_confidential=is_confidential)
        if look.mapping is None:
            return case.add(look.result, look.path, is_confidential=is_confidential)
        save_layout(case, look.mapping)
        result = replace(look.result, notes=(*look.result.notes, layout_said(look.mapping)))
        return case.add(result, look.path, is_confidential=is_confidential)

    def finish(self, case: Case) -> int:
        """Link the lists and find candidates with the new files; returns how many candidates there are."""
        link_lists(case)
        return len(find_candidates(case))

    def _mapping(self, path: Path) -> TradeMapping:
        """The mapping that reads a trade file now: a known one, or the proposal."""
        sheet = _beginning(path)
        known = choose(sheet)
        return known if known is not None else trade.propose_mapping(sheet).mapping

    def _trade_targets(self, path: Path, result: ReadResult) -> tuple[str, ...]:
        """Meanings of columns; none for a format whose columns cannot be corrected."""
        if len(result.columns) == 0 or "documented_flows" in result.tables:
            return ()
        return targets_of(self._mapping(path).kind)

    def _before(self, path: Path) -> tuple[Mapping[str, Any], ...]:
        """The first rows as the file has them; none for what is no sheet."""
        try:
            return tuple(_beginning(path).rows.slice(0, SAMPLE).to_pylist())
        except KitError:  # a format of its own, such as XML: it was read, but has no sheet to show
            return ()


def _beginning(path: Path) -> Sheet:
    """A file as a sheet; of a long one the beginning, for that is enough to know its columns."""
    return read_head(path) if is_long(path) else read_sheet(path)


def _is_closed(case: Case, path: Path, role: FileRole) -> bool:
    """Whether a list is confidential in the case already: it stays so until it is released."""
    return role is FileRole.LIST and case.closed(path) is not None


def with_corrections(mapping: TradeMapping, columns: Mapping[str, str | None]) -> TradeMapping:
    """The same mapping with some columns of the file given another meaning.

    A column that had the meaning before loses it; what the mapping knows about a meaning (unit, form of dates) stays.
    """
    kept = {c.target: c for c in mapping.columns if not any(source in columns for source in c.sources)}
    options = {c.target: c for c in mapping.columns}
    for source, target in columns.items():
        if target is not None:
            kept[target] = replace(options.get(target, ColumnMap(target, ())), sources=(source,), reason="as given by the user")
    requires = tuple(name for name in mapping.requires if columns.get(name, name) is not None)
    return replace(
        mapping, columns=tuple(kept.values()), requires=requires, known_by=KnownBy.OWN, layout=f"{mapping.layout}_corrected"
    )
