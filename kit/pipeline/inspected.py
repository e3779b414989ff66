"""What `inspect` found, in words for a screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kit.errors import counted
from kit.files.documents import place_in_file

ROLES = {"list": "a list of parties", "declarations": "trade records", "statistics": "official statistics"}
MOST = 8


def words_of(found: Mapping[str, Any]) -> list[str]:
    """Lines that say what a file is, where each column went, what was not read, and what to do next.

    Args:
        found: What `kit.pipeline.inspect` returns.

    >>> words_of({"file": "x.csv", "role": "unknown", "problem": "unreadable", "message": "x.csv is empty."})
    ['x.csv', '  not read: x.csv is empty.']
    """
    if "message" in found:
        return [str(found["file"]), f"  not read: {found['message']}"]
    edition = f", edition {found['version']}" if found["version"] else ""
    entries = found.get("entries", [])
    taken = [entry for entry in entries if entry["is_taken"]]
    read = f"  {counted(found['rows_read'], 'row')} read" if len(entries) == 0 else f"  {len(taken):,} taken for parties"
    return [
        str(found["file"]),
        f"  {ROLES.get(found['role'], found['role'])}, read as {found['reader']}{edition}",
        read,
        *_entries(taken),
        *_columns(found["columns"] if len(entries) == 0 else []),
        *_refused(found, is_letter=len(entries) > 0),
        *(f"  note: {note}" for note in found["notes"]),
        *(["  to correct what was taken: inspect this file with --entries entries.csv"] if len(entries) > 0 else []),
    ]


def _entries(taken: list[Mapping[str, Any]]) -> list[str]:
    out = []
    for entry in taken[:MOST]:
        parts = [entry["name"] or "(no name)", entry["address"], entry["territory"]]
        out.append(f"    {entry['where']}: " + " | ".join(part for part in parts if part != ""))
    return [*out, *_more(len(taken) - MOST)]


def _columns(columns: list[Mapping[str, Any]]) -> list[str]:
    return [f"    column {c['source']!r}: {c['target'] or 'not used'} ({c['reason']})" for c in columns]


def _refused(found: Mapping[str, Any], *, is_letter: bool) -> list[str]:
    """Reasons with their number; each with the place of the first row that has it."""
    if found["rows_rejected"] == 0:
        return ["  nothing left aside" if is_letter else "  nothing refused"]
    number = found["rows_rejected"]
    head = (
        f"  {counted(number, 'piece')} left aside"
        if is_letter
        else f"  {counted(number, 'row or value', 'rows or values')} refused"
    )
    first: dict[str, int] = {}
    for row in found["rejects"]:
        first.setdefault(row["reason"], row["source_row"])
    out = []
    for reason, times in list(found["reject_reasons"].items())[:MOST]:
        at = f", first at {place_in_file(found['file'], first[reason])}" if reason in first else ""
        out.append(f"    {times:,} times{at}: {reason}" if times > 1 else f"    once{at.replace('first ', '')}: {reason}")
    return [head, *out, *_more(len(found["reject_reasons"]) - MOST)]


def _more(number: int) -> list[str]:
    return [f"    … and {number:,} more; --json shows all"] if number > 0 else []
