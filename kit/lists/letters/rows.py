"""Rows of a table to entries: columns proposed as for a spreadsheet, headings between rows give their territory."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from kit.files import FileKind, Sheet
from kit.files.documents import PAGE, Document, TableRow
from kit.files.sheets import to_rejects, to_table, unique_names
from kit.lists.columns import propose_columns
from kit.lists.headers import header_meaning
from kit.lists.letters.entries import Entry, left_aside
from kit.lists.letters.grids import Grid, one_line
from kit.lists.letters.party import SEPARATOR, party_of
from kit.lists.letters.wording import has_legal_form, is_prose, is_territory, looks_like_address, territory_at_end
from kit.lists.naming import is_address_placeholder, is_note
from kit.model import ColumnUse
from kit.numbers import is_null

PLACES = ("city", "region", "postal_code")
_AND = re.compile(r"\s*[,;/&+]\s*|\s+(?:and|und|et|y|ve|и|та|і)\s+", re.IGNORECASE)
OTHER = ("alias", "weak_alias", "previous_name")


@dataclass(frozen=True)
class TableEntries:
    """The entries of one table and where its columns went."""

    entries: tuple[Entry, ...]
    columns: tuple[ColumnUse, ...]


def table_entries(document: Document, grid: Grid) -> TableEntries:
    """Every row of a table as an entry. A table without a column of names or addresses gives none that is taken."""
    aside = [_aside(document, row, "the header of a table") for row in grid.top]
    aside += [_aside(document, row, "repeats the header of the table") for row in grid.repeated]
    names = list(unique_names([*grid.header, *[""] * (grid.width - len(grid.header))]))
    rows = [replace(row, cells=(*row.cells, *[""] * (grid.width - len(row.cells)))) for row in grid.rows]
    uses = _uses(document, names, [row for row in rows if not row.spans], has_header=len(grid.header) > 0)
    targets = [use.target for use in uses]
    if "name" not in targets and "address" not in targets:
        why = f"a table without a column of names or addresses (columns: {', '.join(names)})"
        return TableEntries((*aside, *(_aside(document, row, why) for row in rows)), uses)
    found: list[Entry] = []
    territory, heading = "", ""
    for row in rows:
        text = one_line(row.cells[0]) if row.spans else ""
        if row.spans and is_territory(text):
            territory, heading = text, document.where(row.places[0])
            found.append(_aside(document, row, "a heading: the territory of the entries below it"))
            continue
        made = _entry(document, row, uses, found)
        if made is not None:
            if made.is_taken and made.territory == "" and territory != "":
                made = replace(made, territory=territory, why=f"{made.why}; territory from the heading at {heading}")
            found.append(made)
    return TableEntries(tuple(sorted([*aside, *found], key=lambda e: e.place)), uses)


def _uses(document: Document, names: Sequence[str], rows: Sequence[TableRow], *, has_header: bool) -> tuple[ColumnUse, ...]:
    """The proposal for a spreadsheet; without a header the first column of words is the name."""
    cells = [[one_line(cell) for cell in row.cells] for row in rows]
    table: pa.Table = to_table(names, cells, [row.places[0] for row in rows])
    sheet = Sheet(document.source_file, None, 0, tuple(names), table, to_rejects(document.source_file, []))
    uses = [_both(use) if has_header else use for use in propose_columns(sheet)]
    if "name" in {use.target for use in uses} or has_header:
        return tuple(uses)
    columns = list(zip(*cells, strict=True)) if len(cells) > 0 else []
    for nth, column in enumerate(columns):
        words = [value for value in column if value != ""]
        is_words = sum(any(c.isalpha() for c in value) for value in words) > 0.6 * len(words) and len(words) > 0
        if is_words and uses[nth].target in (None, "remarks") and not _is_place(words):
            uses[nth] = replace(uses[nth], target="name", reason="the first column of words that are no territory or address")
            break
    return tuple(uses)


def _both(use: ColumnUse) -> ColumnUse:
    """A header such as "Name and address" is the name; its cells are taken apart."""
    parts = [header_meaning(part) for part in _AND.split(use.source)]
    found = {word.target for word in parts if word is not None}
    if len(parts) > 1 and len(found & {"name", "party"}) > 0 and "address" in found:
        return replace(use, target="name", reason="name and address in one column; its cells are taken apart")
    return use


def _is_place(values: Sequence[str]) -> bool:
    places = sum(is_territory(value) or looks_like_address(value) for value in values)
    return 2 * places > len(values)


def _aside(document: Document, row: TableRow, why: str) -> Entry:
    return left_aside(document, row.places, _text(row), why)


def _text(row: TableRow) -> str:
    """The row as it stands, cells parted by bars; without what is repeated from above."""
    return " | ".join(one_line(cell) for nth, cell in enumerate(row.cells) if nth not in row.from_above and cell != "")


def _entry(document: Document, row: TableRow, uses: Sequence[ColumnUse], before: list[Entry]) -> Entry | None:
    """One row as an entry; None if it only brings a further address to the party above, which then has it."""
    by_target: dict[str, list[str]] = {}
    more: list[tuple[str, str, str]] = []
    for use, cell in zip(uses, row.cells, strict=True):
        value = cell if use.target in ("address", *OTHER) else one_line(cell)
        if use.target is None or value.strip() == "" or is_null(value):
            continue
        by_target.setdefault(use.target, []).append(value)
        if use.target not in ("name", "address", "country", *PLACES, *OTHER):
            more.append((use.source, use.target, value))
    name = SEPARATOR.join(by_target.get("name", []))
    address = _address(by_target)
    if address == "":
        name, address, territory, others = _taken_apart(row, uses, name)
        by_target.setdefault("alias", []).extend(others)
        if territory != "" and "country" not in by_target:
            by_target["country"] = [territory]
    at_end = territory_at_end(address) if "country" not in by_target else ""
    if at_end != "":
        by_target["country"] = [at_end]
    is_named_above = any(use.target == "name" and nth in row.from_above for nth, use in enumerate(uses))
    if is_named_above and len(before) > 0 and before[-1].is_taken and before[-1].name == name:
        _extend(before, row, address)
        return None
    problem = _problem(row, name, address)
    if problem is not None:
        return _aside(document, row, problem)
    doubt = "" if name != "" else "no name: the address itself is taken as listed"
    if row.places[0] // PAGE != row.places[-1] // PAGE and document.kind is FileKind.PDF:
        doubt = "put together over a page break"
    if is_address_placeholder(name):
        name = ""
    columns = ", ".join(f"{use.source!r} is the {use.target}" for use in uses if use.target in ("name", "address", "country"))
    columns += "; territory from the end of the address" if at_end != "" else ""
    return Entry(
        row.places, document.where(row.places[0]), _text(row), is_taken=True, name=name,
        other_names=SEPARATOR.join(_names(by_target)), address=address,
        territory=SEPARATOR.join(by_target.get("country", [])), more=tuple(more), why=f"a row of a table: {columns}",
        doubt=doubt if len(name) <= 150 else "long for a name: check where it ends",
    )  # fmt: skip


def _taken_apart(row: TableRow, uses: Sequence[ColumnUse], name: str) -> tuple[str, str, str, list[str]]:
    """Name, address, territory and other names of a cell that holds them all, as under the header "Name and address"."""
    cells = [cell for use, cell in zip(uses, row.cells, strict=True) if use.target == "name" and cell.strip() != ""]
    lines = cells[0].split("\n") if len(cells) == 1 else []
    is_short = has_legal_form(name) and not _has_tail(lines, name)
    if is_short or not any(looks_like_address(text) for text in [*lines[1:], name]):
        return name, "", "", []
    party = party_of(lines) if any(looks_like_address(line) for line in lines[1:]) else party_of([name])
    return party.name, party.address, party.territory, party.other_names


def _has_tail(lines: Sequence[str], name: str) -> bool:
    """Whether something that reads as an address stands behind the name."""
    party = party_of([name])
    return party.address != "" or any(looks_like_address(line) for line in lines[1:])


def _problem(row: TableRow, name: str, address: str) -> str | None:
    if row.spans:
        return "a heading or note over the whole table"
    if name == "" and address == "":
        return "a row without a name and without an address"
    if name != "" and (is_note(name) or (is_prose(name) and address == "")):
        return "a note inside the table, no party"
    return None


def _extend(before: list[Entry], row: TableRow, address: str) -> None:
    """Give the party above a further address: its name reaches down over this row."""
    known = [piece for piece in (before[-1].address, address) if piece != ""]
    before[-1] = replace(
        before[-1], places=(*before[-1].places, *row.places), text=f"{before[-1].text}\n{_text(row)}",
        address=SEPARATOR.join(dict.fromkeys(known)),
    )  # fmt: skip


def _address(cells: dict[str, list[str]]) -> str:
    parts = [one_line(cell) for cell in cells.get("address", [])]
    places = [one_line(cell) for target in PLACES for cell in cells.get(target, [])]
    return ", ".join([*parts, *places]) if len(places) > 0 else SEPARATOR.join(parts)


def _names(cells: dict[str, list[str]]) -> list[str]:
    """Other names; previous ones are marked so that they are read as such."""
    out: list[str] = []
    for target in OTHER:
        for cell in cells.get(target, []):
            out += [f"f.k.a. {one_line(cell)}" if target == "previous_name" else one_line(cell)]
    return out
