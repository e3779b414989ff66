"""What a file is to the kit, without keeping anything."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from kit import lists
from kit.errors import FormatError, KitError
from kit.lists.letters import READERS, propose_letter, read_letter
from kit.model import FileRole
from kit.pipeline.job import read_any
from kit.pipeline.letters import letter_lines

MOST_REJECTS = 20


def inspect(path: Path) -> dict[str, Any]:
    """What a file is to the kit: role, reader, rows, rejects with reasons, and where each column went.

    A file that cannot be read gives `role: unknown` and the error's words.
    """
    with tempfile.TemporaryDirectory() as folder:
        return _inspect(path, Path(folder))


def _inspect(path: Path, folder: Path) -> dict[str, Any]:
    entries: dict[str, Any] = {}
    try:
        if lists.recognize(path) in READERS.values():
            letter = propose_letter(path)
            entries, result = {"entries": letter_lines(letter)}, read_letter(path, letter)
        else:
            result = read_any(path, folder=folder)
    except KitError as problem:
        kind = "unknown layout" if isinstance(problem, FormatError) else "unreadable"
        return {"file": path.name, "role": FileRole.UNKNOWN.value, "problem": kind, "message": str(problem)}
    reasons: dict[str, int] = {}
    for reason in result.rejects.column("reason").to_pylist():
        reasons[reason] = reasons.get(reason, 0) + 1
    return {
        "file": path.name,
        "role": result.role.value,
        "reader": result.reader,
        "version": result.version,
        "rows_read": result.rows_read,
        "rows_rejected": len(result.rejects),
        "rejects": result.rejects.select(["source_row", "reason"]).slice(0, MOST_REJECTS).to_pylist(),
        "reject_reasons": dict(sorted(reasons.items(), key=lambda item: -item[1])[:20]),
        "tables": {name: len(rows) for name, rows in result.tables.items()},
        "columns": [{"source": c.source, "target": c.target, "reason": c.reason} for c in result.columns],
        "notes": list(result.notes),
        **entries,
    }
