"""Speed and memory on large files; the gigabyte is marked slow."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kit.files import read_sheet
from kit.files.encodings import scan
from kit.files.fast import SMALL, read_fast

PEAK = """
import resource, sys
from pathlib import Path
from kit.files import read_sheet
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
sheet = read_sheet(Path(sys.argv[1]))
print(len(sheet.rows), len(sheet.rejects), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
LINE = '{i},2024-{m:02d}-01,"OOO ROMASHKA, {i}",X LLC,8542310000,{v}.5,RU,KZ,CN,"some text about goods",kg,USD\n'


def big_file(folder: Path, lines: int, *, quoted: bool = True) -> Path:
    path = folder / "big.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("n,day,name,to,hs,value,a,b,c,goods,unit,currency\n")
        for start in range(0, lines, 10_000):
            rows = (LINE.format(i=i, m=i % 12 + 1, v=i * 7 % 9973) for i in range(start, min(start + 10_000, lines)))
            file.write("".join(rows if quoted else (row.replace(", ", " ").replace('"', "") for row in rows)))
    return path


def peak_bytes(path: Path) -> tuple[int, int, int]:
    """Rows, rejects and the growth of memory in bytes while a fresh process reads the file."""
    done = subprocess.run([sys.executable, "-c", PEAK, str(path)], capture_output=True, text=True, check=True)
    rows, rejects, grown = (int(word) for word in done.stdout.split())
    return rows, rejects, grown * (1 if sys.platform == "darwin" else 1024)


def test_large_clean_file_takes_the_fast_way_with_the_same_lines(tmp_path: Path) -> None:
    path = big_file(tmp_path, 30_000, quoted=False)
    assert path.stat().st_size > SMALL
    with path.open("rb") as file:
        found = scan(file)
    sheet = read_sheet(path)
    assert read_fast(path, found, ",", sheet.columns, 1) is not None
    assert sheet.rows["source_row"].to_pylist() == list(range(2, 30_002))


def test_fast_way_stands_back_for_a_row_of_another_width(tmp_path: Path) -> None:
    path = big_file(tmp_path, 30_000, quoted=False)
    with path.open("a", encoding="utf-8") as file:
        file.write("one,two\n")
    sheet = read_sheet(path)
    assert len(sheet.rows) == 30_000
    assert sheet.rejects["source_row"].to_pylist() == [30_002]


@pytest.mark.skipif(sys.platform == "win32", reason="the module resource is not on Windows")
def test_memory_stays_within_six_times_the_file(tmp_path: Path) -> None:
    path = big_file(tmp_path, 300_000)
    rows, rejects, grown = peak_bytes(path)
    assert (rows, rejects) == (300_000, 0)
    assert grown < 6 * path.stat().st_size


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the module resource is not on Windows")
def test_a_gigabyte_needs_less_than_four(tmp_path: Path) -> None:
    path = big_file(tmp_path, 10_500_000)
    assert path.stat().st_size > 1_000_000_000
    rows, _, grown = peak_bytes(path)
    assert rows == 10_500_000
    assert grown < 4_000_000_000
