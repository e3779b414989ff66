"""What was asked and what was read: files with their hashes, what each column became, and what was refused."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from kit import sources
from kit.case import Source
from kit.errors import counted
from kit.files.documents import place_in_file
from kit.lists.freshness import age_when_read, edition_of
from kit.model import FileRole
from kit.report.cells import Cell, Grid, cell, grid, link
from kit.report.shown import Shown
from kit.trade.cells import NOT_READ

MOST_REASONS = 12
ROLE_WORDS = {"list": "list", "declarations": "trade records", "statistics": "statistics"}


@dataclass(frozen=True)
class ReadFile:
    """One file: where its columns went, what was assumed, and why rows or cells were not read."""

    name: str
    about: tuple[tuple[str, str], ...]
    href: str
    columns: Grid
    notes: tuple[str, ...]
    reasons: Grid | None


@dataclass(frozen=True)
class NotRead:
    """What of a file, or of all, was not read: whole rows, and single cells, whose rows are kept."""

    rows: int
    cells: int

    @property
    def sentence(self) -> str:
        """What that means for the figures; empty if all was read."""
        said = []
        if self.rows > 0:
            said.append(f"{counted(self.rows, 'row', 'rows')} not read and in none of the figures")
        if self.cells > 0:
            kept = "its row is in the figures" if self.cells == 1 else "their rows are in the figures"
            said.append(f"{counted(self.cells, 'cell', 'cells')} left empty because the value could not be read, {kept}")
        return "; ".join(said)


def not_read(shown: Shown, file: str | None = None) -> NotRead:
    """Count what was not read of one current file, or of all together."""
    rows = [row for row in shown.case.read("rejects").to_pylist() if file is None or row["source_file"] == file]
    cells = sum(row["reason"].startswith(NOT_READ) for row in rows)
    return NotRead(len(rows) - cells, cells)


def _left_out(shown: Shown, source: Source) -> tuple[Cell, Cell]:
    """Rows refused and cells left empty; of an older edition only their sum is kept."""
    if not source.is_current:
        return replace(cell(source.rows_rejected), note="rows and cells"), cell(None)
    found = not_read(shown, source.file)
    return cell(found.rows), cell(found.cells)


def files_table(shown: Shown) -> Grid:
    """Every file that the case has read; a published copy says nothing by which a confidential one could be told."""
    rows = [
        [
            Cell(_file_name(shown, s), note="" if s.is_current else "an older edition, not in the figures"),
            Cell(ROLE_WORDS.get(s.role, s.role)), Cell(s.reader), *_marks(shown, s),
        ]
        for s in shown.case.sources()
    ]  # fmt: skip
    columns = [
        "File", "What it is", "Read as", "Edition", "Rows read", "Rows refused", "Cells left empty",
        "Bytes", "File dated", "SHA-256",
    ]  # fmt: skip
    return grid("Files read", columns, rows)


def _marks(shown: Shown, source: Source) -> list[Cell]:
    """Edition, counts, size, day and hash. Of a confidential list the counts only: the others tell one copy from another."""
    counts = [cell(source.rows_read), *_left_out(shown, source)]
    if source.is_confidential and not shown.is_working_copy:
        return [Cell("not shown"), *counts, cell(None), Cell("not shown"), Cell("not shown")]
    return [_edition(source), *counts, cell(source.bytes), Cell(_day(source.modified_ns)), Cell(source.sha256)]


def _edition(source: Source) -> Cell:
    """The edition that the reader found, else the one that the catalog names; of a list how old it was when it was read."""
    edition = edition_of(source)
    if source.role != FileRole.LIST.value or is_invented(source):
        return cell(edition or None)
    age = age_when_read(source)
    said = f"{age.words} when it was read" if age.is_edition else f"no edition given; when it was read, {age.words}"
    return replace(cell(edition or None), note="; ".join(part for part in (said, age.advice) if part != ""))


def _day(nanoseconds: int) -> str:
    return f"{datetime.fromtimestamp(nanoseconds / 1e9, UTC):%Y-%m-%d}"


def _file_name(shown: Shown, source: Source) -> str:
    return source.file if shown.is_working_copy or not source.is_confidential else "a confidential list"


def files(shown: Shown) -> list[ReadFile]:
    """Details of each current file; a published copy leaves out the reasons, which quote cells."""
    out = []
    for source in shown.case.sources():
        if not source.is_current or (source.is_confidential and not shown.is_working_copy):
            continue
        used = [[Cell(str(c["source"])), cell(c["target"] or "not used"), Cell(str(c["reason"]))] for c in source.columns]
        table = grid(f"Columns of {source.file}", ["Column of the file", "Became", "Why"], used)
        reasons = _reasons(shown, source) if shown.is_working_copy and source.rows_rejected > 0 else None
        known = catalogued(source) or _public_list(source)
        out.append(
            ReadFile(source.file, _about(known), link(known.url) if known is not None else "", table, source.notes, reasons)
        )
    return out


def catalogued(source: Source) -> sources.Source | None:
    """The catalog's entry of a file that the kit ships, told by its hash; None for a file of the user's own."""
    return next((entry for entry in sources.catalog() if entry.sha256 == source.sha256), None)


def _public_list(source: Source) -> sources.Source | None:
    """The catalog's entry of the public list that a file holds, told by its key; None for a list of the user's own."""
    found = {entry.key: entry for key in source.list_ids if (entry := sources.ruling(key)) is not None}
    return next(iter(found.values())) if len(found) == 1 else None


def is_invented(source: Source) -> bool:
    """Whether a file belongs to the training case."""
    known = catalogued(source)
    return known is not None and known.kind is sources.SourceKind.TRAINING


def _about(known: sources.Source | None) -> tuple[tuple[str, str], ...]:
    """What the catalog says about a bundled file or a public list."""
    if known is None:
        return ()
    said = (("Title", known.title), ("Publisher", known.publisher), ("License", known.license), ("Note", known.note))
    return tuple((label, text) for label, text in said if text != "")


def _reasons(shown: Shown, source: Source) -> Grid:
    """Why rows were refused or cells left empty, with their number and the first rows; the rows' content stays in the case."""
    found: dict[str, list[str]] = {}
    for row in shown.case.read("rejects").to_pylist():
        if row["source_file"] == source.file:
            found.setdefault(row["reason"], []).append(place_in_file(source.file, row["source_row"]))
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    rows = [[Cell(reason), cell(len(at)), Cell("; ".join(at[:8]))] for reason, at in ordered[:MOST_REASONS]]
    return grid(f"What of {source.file} was not read", ["Reason", "Times", "The first places"], rows, rows_in_all=len(ordered))


def asked(shown: Shown) -> list[tuple[str, str]]:
    """What was asked, as (label, text) pairs; a published copy of a case with a confidential list leaves out the command."""
    manifest = shown.case.manifest
    by_role: dict[str, list[str]] = {}
    for source in shown.case.sources():
        by_role.setdefault(source.role, []).append(_file_name(shown, source))
    hides_files = not shown.is_working_copy and any(source.is_confidential for source in shown.case.sources())
    command = "" if hides_files else manifest.get("command", "")
    pairs = [("Question", manifest.get("question", "")), ("Command", command), ("Case", shown.case.name)]
    pairs += [
        (label, ", ".join(by_role.get(role, [])))
        for role, label in (("list", "Lists"), ("declarations", "Trade files"), ("statistics", "Statistics"))
    ]
    return [(label, text) for label, text in pairs if text not in ("", None)]
