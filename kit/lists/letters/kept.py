"""Corrections as a file: one row an entry with its text as it stands, so that the same letter is read so again."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from kit.errors import MappingError
from kit.files import read_sheet
from kit.files import sha256 as hash_of
from kit.lists.letters.corrections import ASIDE, BY_HAND, FIELDS, fields_of
from kit.lists.letters.entries import Entry, Proposal

COLUMNS = ("file_sha256", "places", "where", "take", *FIELDS, "why", "doubt", "changed", "more", "text")
YES = ("yes", "true", "1", "ja", "да", "evet", "oui", "sí")
NO = ("no", "false", "0", "nein", "нет", "hayır", "non")
_RUNS = ("=", "+", "-", "@", "'")
MOST_FAULTS = 12


def entries_csv(proposal: Proposal, sha256: str) -> str:
    """The entries as CSV for a spreadsheet: change name, address, territory or `take` (yes, no), save, and give it back.

    A cell that a spreadsheet would run gets an apostrophe in front, which reading takes away.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for entry in proposal.entries:
        fields = [entry.name, entry.other_names, entry.address, entry.territory, entry.why, entry.doubt]
        places, more = ";".join(map(str, entry.places)), json.dumps(entry.more, ensure_ascii=False) if len(entry.more) > 0 else ""
        row = [sha256, places, entry.where, _word(entry.is_taken), *fields, _word(entry.is_edited), more, entry.text]
        writer.writerow([_guarded(cell) for cell in row])
    return out.getvalue()


def write_entries(proposal: Proposal, sha256: str, path: Path) -> Path:
    """Write the entries as CSV (UTF-8 with a mark at its start, as spreadsheets want it)."""
    path.write_text(entries_csv(proposal, sha256), encoding="utf-8-sig", newline="\n")
    return path


def file_of(path: Path) -> str:
    """The sha256 of the letter that a file of corrections was made for.

    Raises:
        FileError: If the file cannot be read.
        MappingError: If it is no file of corrections, or of several letters.
    """
    rows = _rows(path)
    found = {row["file_sha256"] for row in rows} - {""}
    if len(found) != 1:
        raise MappingError.faults(path.name, [f"rows of {len(found)} letters; expected the entries of one"])
    return found.pop()


def stamp_of_entries(path: Path) -> str:
    """A short hash of a file of corrections, by which a reading says which one it used."""
    return hash_of(path)[:12]


def apply_entries(proposal: Proposal, path: Path, sha256: str) -> Proposal:
    """The proposal as a person corrected it. A row that was deleted counts as left aside.

    Raises:
        FileError: If the file of corrections cannot be read.
        MappingError: With every fault: rows of another letter, places that the letter lacks, a `take` that is neither
            yes nor no, a party without name and address.
    """
    rows = _rows(path)
    faults: list[str] = []
    if any(row["file_sha256"] not in ("", sha256) for row in rows):
        faults.append("it was made for another letter, or for another version of this one: read the letter anew")
    known: dict[int, list[Entry]] = {}
    for entry in proposal.entries:
        for place in entry.places:
            known.setdefault(place, []).append(entry)
    found: list[Entry] = []
    kept: set[int] = set()
    remade: set[int] = set()
    for number, row in enumerate(rows, 2):
        places = _places(row)
        if len(places) == 0 or any(place not in known for place in places):
            faults.append(f"row {number}: the letter has no line at {row['places']!r}")
            continue
        proposed = _proposed(row, places, known, kept)
        kept.add(id(proposed))
        if proposed is None:
            remade.update(places)
        found.append(_entry(row, places, proposed, number, faults))
    if len(faults) > 0:
        more = [f"and {len(faults) - MOST_FAULTS} more"] if len(faults) > MOST_FAULTS else []
        raise MappingError.faults(path.name, [*faults[:MOST_FAULTS], *more])
    gone = [entry for entry in proposal.entries if id(entry) not in kept and not set(entry.places) <= remade]
    found += [replace(entry, is_taken=False, is_edited=True, why="left out of the corrections") for entry in gone]
    changed = sum(entry.is_edited for entry in found)
    notes = [f"corrected by a person: {changed:,} of {len(found):,} entries (file of corrections {stamp_of_entries(path)})"]
    return proposal.with_entries(sorted(found, key=lambda entry: entry.place), *notes)


def _rows(path: Path) -> list[dict[str, str]]:
    sheet = read_sheet(path, header_row=1)
    missing = [name for name in ("file_sha256", "places", "take", "text", *FIELDS) if name not in sheet.columns]
    if len(missing) > 0:
        raise MappingError.faults(path.name, [f"no column {name!r}; expected the file that the kit wrote" for name in missing])
    broken = [f"row {row['source_row']}: {row['reason']}" for row in sheet.rejects.to_pylist()]
    if len(broken) > 0:  # a row that cannot be read is no row that a person deleted
        raise MappingError.faults(path.name, broken[:MOST_FAULTS])
    return [{name: _bare(row.get(name) or "") for name in COLUMNS} for row in sheet.rows.to_pylist()]


def _places(row: Mapping[str, str]) -> tuple[int, ...]:
    return tuple(int(text) for text in row["places"].replace(",", ";").split(";") if text.strip().isdigit())


def _proposed(
    row: Mapping[str, str], places: tuple[int, ...], known: Mapping[int, Sequence[Entry]], kept: set[int]
) -> Entry | None:
    """The proposed entry that a row is about: same lines and same text; None if a person parted it or put it together."""
    text = _letters(row["text"])
    same = [entry for entry in known[places[0]] if entry.places == places and _letters(entry.text) == text]
    return next((entry for entry in same if id(entry) not in kept), same[0] if len(same) > 0 else None)


def _letters(text: str) -> str:
    """Letters and digits only, for a spreadsheet program may change blanks, quotes and ends of lines."""
    return "".join(c for c in text if c.isalnum()) or "".join(text.split())


def _entry(row: Mapping[str, str], places: tuple[int, ...], proposed: Entry | None, number: int, faults: list[str]) -> Entry:
    said = row["take"].casefold()
    if said not in (*YES, *NO):
        faults.append(f"row {number}: take is {row['take']!r}; expected yes or no")
    fields = {name: " ".join(row[name].split()) for name in FIELDS}
    is_taken = said in YES
    if is_taken and fields["name"] == "" and fields["address"] == "":
        faults.append(f"row {number} ({row['where']}): taken, but without a name and without an address")
    more = _more(row["more"], number, faults)
    if proposed is not None and (proposed.is_taken, proposed.more, *fields_of(proposed).values()) == (
        is_taken,
        more,
        *fields.values(),
    ):
        return proposed
    why = row["why"] if row["changed"] in YES else BY_HAND if is_taken else ASIDE
    text = proposed.text if proposed is not None else row["text"]
    return Entry(places, row["where"], text, is_taken, **fields, more=more, why=why, is_edited=True)


def _more(text: str, number: int, faults: list[str]) -> tuple[tuple[str, str, str], ...]:
    if text == "":
        return ()
    try:
        found: Sequence[Sequence[str]] = json.loads(text)
        return tuple((str(header), str(target), str(value)) for header, target, value in found)
    except (ValueError, TypeError) as problem:
        faults.append(f"row {number}: the column more was changed ({problem}); leave it as it was")
        return ()


def _word(value: bool) -> str:
    return "yes" if value else "no"


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.lstrip().startswith(_RUNS) else cell


def _bare(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].lstrip().startswith(_RUNS) else cell
