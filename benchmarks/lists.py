"""Time the reading of a list, and say how much memory it takes.

    python benchmarks/lists.py LIST [--times N]

The US Consolidated Screening List (25,921 entries in the edition of 2026-07-31)
must be read in less than two seconds on a quiet machine. Processor time is
given beside the time by the clock, because it holds on a busy machine as well.
"""

from __future__ import annotations

import argparse
import resource
import time
from pathlib import Path

from kit.lists import read_list


def main() -> None:
    """Read the list some times and print the shortest time."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ is not None else "")
    parser.add_argument("list", type=Path)
    parser.add_argument("--times", type=int, default=3)
    given = parser.parse_args()
    clock, processor = [], []
    for _ in range(given.times):
        start, worked = time.perf_counter(), time.process_time()
        result = read_list(given.list)
        clock.append(time.perf_counter() - start)
        processor.append(time.process_time() - worked)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sizes = ", ".join(f"{len(rows):,} {table}" for table, rows in result.tables.items())
    print(f"{given.list.name}: read by {result.reader}: {sizes}; {len(result.rejects):,} rows refused")
    print(f"shortest of {given.times}: {min(clock):.2f} s by the clock, {min(processor):.2f} s of processor time; {most:,.0f} MB")


if __name__ == "__main__":
    main()
