"""The benchmark of reading works on a small file; its targets are held when asked for with -m slow."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

INGEST = Path(__file__).resolve().parent.parent / "benchmarks" / "ingest.py"
MOST_RATIO, MOST_MEGABYTES, MOST_SECONDS_AGAIN = 1.5, 2000.0, 0.3


def run(rows: int, runs: int = 1) -> str:
    command = [sys.executable, str(INGEST), "--rows", str(rows), "--runs", str(runs)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def figure(pattern: str, text: str) -> float:
    found = re.search(pattern, text)
    assert found is not None, text
    return float(found[1].replace(",", ""))


@pytest.mark.skipif(sys.platform == "win32", reason="the module resource is not on Windows")
def test_reading_is_measured_beside_plain_duckdb() -> None:
    said = run(5_000)
    assert figure(r"([\d,]+) rows read", said) == 5_000
    assert figure(r"([\d,]+) rejects", said) == 5
    assert figure(r"the same again +([\d.]+) s", said) < MOST_SECONDS_AGAIN


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the module resource is not on Windows")
def test_ten_million_rows_keep_time_and_memory() -> None:
    said = run(10_000_000)
    assert figure(r"ratio +([\d.]+)", said) <= MOST_RATIO
    assert figure(r"kit into the case .* peak ([\d,]+) MB", said) < MOST_MEGABYTES
    assert figure(r"the same again +([\d.]+) s", said) < MOST_SECONDS_AGAIN
