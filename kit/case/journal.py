"""The journal of judgements: append-only, committed before the screen says so.

SQLite in WAL mode, so that two notebooks and a dashboard write to one case.
A line is never changed: to undo is to append a line that withdraws another.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from kit import tables
from kit.errors import JournalError
from kit.model import Judgement

SCHEMA = """
CREATE TABLE IF NOT EXISTS entries (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    candidate_id TEXT NOT NULL, record_name TEXT NOT NULL, entity_id TEXT NOT NULL, entity_name TEXT NOT NULL,
    judgement TEXT NOT NULL, reason TEXT, evidence TEXT, reviewer TEXT NOT NULL, judged_at TEXT NOT NULL,
    list_version TEXT NOT NULL, withdraws INTEGER
);
CREATE INDEX IF NOT EXISTS entries_by_candidate ON entries (candidate_id, seq);
CREATE TRIGGER IF NOT EXISTS entries_keep BEFORE UPDATE ON entries
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER IF NOT EXISTS entries_stay BEFORE DELETE ON entries
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
"""
RELEASES = """
CREATE TABLE IF NOT EXISTS releases (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL, file TEXT NOT NULL, reason TEXT NOT NULL, reviewer TEXT NOT NULL, released_at TEXT NOT NULL
);
CREATE TRIGGER IF NOT EXISTS releases_keep BEFORE UPDATE ON releases
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER IF NOT EXISTS releases_stay BEFORE DELETE ON releases
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
"""
FIELDS = ("candidate_id", "record_name", "entity_id", "entity_name", "judgement", "reason", "evidence")
WITHDRAWN = "withdrawn"
CURRENT = """
SELECT e.* FROM entries e
JOIN (SELECT candidate_id, max(seq) AS seq FROM entries
      WHERE judgement <> 'withdrawn' AND seq NOT IN (SELECT withdraws FROM entries WHERE withdraws IS NOT NULL)
      GROUP BY candidate_id) last USING (seq)
ORDER BY e.seq
"""
LAST_OF_REVIEWER = """
SELECT * FROM entries WHERE reviewer = ? AND judgement <> 'withdrawn'
AND seq NOT IN (SELECT withdraws FROM entries WHERE withdraws IS NOT NULL) ORDER BY seq DESC LIMIT 1
"""
INSERT = """
INSERT INTO entries (candidate_id, record_name, entity_id, entity_name, judgement, reason, evidence,
                     reviewer, judged_at, list_version, withdraws)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


class Journal:
    """Judgements of one case. Every call opens its own connection: any thread or process may use it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._connection() as connection:
            connection.executescript(SCHEMA + RELEASES)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        try:
            connection = sqlite3.connect(self.path, timeout=30, isolation_level=None)
        except sqlite3.Error as problem:
            raise JournalError.not_saved(str(problem)) from problem
        try:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            yield connection
        except sqlite3.Error as problem:
            raise JournalError.not_saved(str(problem)) from problem
        finally:
            connection.close()

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Hold the case alone for a moment: other writers wait. A kill releases it."""
        with self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            finally:
                connection.execute("ROLLBACK")

    def judge(self, candidate: Mapping[str, Any], judgement: Judgement, *, reason: str | None, reviewer: str) -> int:
        """Append one judgement and return its number; when this returns, the line is on disk.

        Args:
            candidate: One row of CANDIDATES.
            judgement: What the person decided.
            reason: In the reviewer's words; a match needs one.
            reviewer: Who decided.

        Raises:
            JournalError: Without a reviewer, for a match without a reason, or if the disk refuses the line.
        """
        if len(reviewer.strip()) == 0:
            raise JournalError.needs_reviewer()
        if judgement is Judgement.POSITIVE and (reason is None or len(reason.strip()) == 0):
            raise JournalError.needs_reason()
        values = [
            candidate["candidate_id"], candidate["record_name"], candidate["entity_id"], candidate["entity_name"],
            judgement.value, reason, candidate.get("evidence"), reviewer.strip(), _now(), candidate["list_version"], None,
        ]  # fmt: skip
        return self._append(values)

    def undo(self, reviewer: str) -> dict[str, Any] | None:
        """Withdraw this reviewer's last standing judgement; returns it, or None if there is none."""
        with self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")  # two screens of one reviewer never withdraw the same line
            last = connection.execute(LAST_OF_REVIEWER, [reviewer.strip()]).fetchone()
            if last is not None:
                values = [*(last[name] for name in FIELDS[:4]), WITHDRAWN, f"withdraws line {last['seq']}", None]
                connection.execute(INSERT, [*values, reviewer.strip(), _now(), last["list_version"], last["seq"]])
            connection.execute("COMMIT")
        return dict(last) if last is not None else None

    def _append(self, values: list[Any]) -> int:
        with self._connection() as connection:
            return int(connection.execute(INSERT, values).lastrowid or 0)

    def judgements(self) -> pa.Table:
        """The standing judgement of each candidate (JUDGEMENTS), oldest first."""
        with self._connection() as connection:
            rows = [dict(row) for row in connection.execute(CURRENT)]
        return tables.from_rows("judgements", rows)

    def release(self, sha256: str, file: str, *, reason: str, reviewer: str) -> int:
        """Write down that a confidential list may leave the case: who says so, when, and why.

        Raises:
            JournalError: Without a reviewer or a reason, or if the disk refuses the line.
        """
        if len(reviewer.strip()) == 0 or len(reason.strip()) == 0:
            raise JournalError.release_needs_both()
        line = [sha256, file, reason.strip(), reviewer.strip(), _now()]
        with self._connection() as connection:
            statement = "INSERT INTO releases (sha256, file, reason, reviewer, released_at) VALUES (?, ?, ?, ?, ?)"
            return int(connection.execute(statement, line).lastrowid or 0)

    def releases(self) -> list[dict[str, Any]]:
        """Every release of a confidential list, oldest first."""
        with self._connection() as connection:
            return [dict(row) for row in connection.execute("SELECT * FROM releases ORDER BY seq")]

    def history(self) -> list[dict[str, Any]]:
        """Every line ever written, withdrawn ones too, oldest first."""
        with self._connection() as connection:
            return [dict(row) for row in connection.execute("SELECT * FROM entries ORDER BY seq")]

    def last_line(self) -> int:
        """Number of the newest line, 0 if none: a cheap sign that something changed."""
        with self._connection() as connection:
            return int(connection.execute("SELECT coalesce(max(seq), 0) FROM entries").fetchone()[0])


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
