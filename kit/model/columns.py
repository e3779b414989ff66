"""What a column of a table is, and how a contract is written down."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column: its name, its kind, whether it may be empty, and its meaning.

    `kind` is one of text, date, int, float, bool, texts (a list of text).
    A required column has a value in every row.
    """

    name: str
    kind: str
    meaning: str
    required: bool = False


@dataclass(frozen=True)
class ColumnUse:
    """Where one column of a source file went, and why (target None: not used)."""

    source: str
    target: str | None
    reason: str


def columns(text: str) -> tuple[Column, ...]:
    """Read a contract written one column a line: `name kind[!] [meaning]`.

    `!` marks a required column. Without a meaning the name says it all.
    """
    out = []
    for line in text.strip().splitlines():
        name, kind, *meaning = line.strip().split(None, 2)
        out.append(Column(name, kind.rstrip("!"), meaning[0] if len(meaning) > 0 else name.replace("_", " "), kind.endswith("!")))
    return tuple(out)
