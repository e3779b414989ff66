from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kit.case import Journal
from kit.errors import JournalError
from kit.model import Judgement
from tests import factory

CANDIDATE = factory.candidate("VEROLAN LTD")

WRITER = """
import sys
from pathlib import Path
from kit.case import Journal
from kit.model import Judgement
journal = Journal(Path(sys.argv[1]))
number = 0
while True:
    number += 1
    candidate = dict(candidate_id=f"{sys.argv[2]}-{number}", record_name="A", entity_id="l:1", entity_name="A", list_version="1")
    journal.judge(candidate, Judgement.UNSURE, reason=None, reviewer="R")
    print(candidate["candidate_id"], flush=True)
"""


def test_match_needs_a_reason(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.sqlite")
    with pytest.raises(JournalError, match="needs a reason"):
        journal.judge(CANDIDATE, Judgement.POSITIVE, reason="  ", reviewer="R")
    assert journal.judgements().num_rows == 0


def test_judgement_without_a_reviewer_is_refused(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="needs your name"):
        Journal(tmp_path / "journal.sqlite").judge(CANDIDATE, Judgement.NEGATIVE, reason=None, reviewer=" ")


def test_later_judgement_stands_and_the_earlier_stays_in_history(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.sqlite")
    journal.judge(CANDIDATE, Judgement.POSITIVE, reason="same tax number", reviewer="R")
    journal.judge(CANDIDATE, Judgement.NEGATIVE, reason="another director", reviewer="S")
    assert journal.judgements().column("judgement").to_pylist() == ["negative"]
    assert [line["judgement"] for line in journal.history()] == ["positive", "negative"]


def test_undo_brings_the_judgement_before_back(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.sqlite")
    journal.judge(CANDIDATE, Judgement.POSITIVE, reason="same tax number", reviewer="R")
    journal.judge(CANDIDATE, Judgement.NEGATIVE, reason=None, reviewer="R")
    journal.undo("R")
    assert journal.judgements().column("judgement").to_pylist() == ["positive"]
    journal.undo("R")
    assert journal.judgements().num_rows == 0
    assert journal.undo("R") is None
    assert len(journal.history()) == 4


def test_undo_leaves_the_other_reviewer_alone(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.sqlite")
    journal.judge(CANDIDATE, Judgement.UNSURE, reason=None, reviewer="S")
    assert journal.undo("R") is None
    assert journal.judgements().num_rows == 1


def test_lines_cannot_be_changed_or_deleted(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.sqlite")
    journal.judge(CANDIDATE, Judgement.UNSURE, reason=None, reviewer="S")
    with sqlite3.connect(journal.path) as connection:
        for statement in ("UPDATE entries SET judgement = 'positive'", "DELETE FROM entries"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute(statement)


def test_damaged_journal_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "journal.sqlite").write_bytes(b"no database at all, only some text" * 50)
    with pytest.raises(JournalError, match="NOT saved"):
        Journal(tmp_path / "journal.sqlite")


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a POSIX signal")
def test_nothing_shown_as_saved_is_lost_by_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    shown: list[str] = []
    for attempt in range(5):
        process = subprocess.Popen([sys.executable, "-c", WRITER, str(path), str(attempt)], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        shown += [process.stdout.readline().strip() for _ in range(5)]
        process.send_signal(signal.SIGKILL)
        shown += [line.strip() for line in process.stdout if line.endswith("\n")]
        process.wait()
    kept = set(Journal(path).judgements().column("candidate_id").to_pylist())
    assert len(shown) >= 25
    assert set(shown) <= kept


def test_two_programs_write_at_the_same_time(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    Journal(path)
    command = [sys.executable, "-c", WRITER.replace("while True", "while number < 40"), str(path)]
    writers = [subprocess.Popen([*command, name], stdout=subprocess.DEVNULL) for name in ("a", "b")]
    started = time.monotonic()
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0]
    assert time.monotonic() - started < 60
    assert Journal(path).judgements().num_rows == 80
