"""Match a file of names against a watch list and time it.

    python benchmarks/match_names.py WATCHLIST.parquet QUERIES.parquet OUT.parquet

WATCHLIST has the columns `entity, name` (and, if there, `schema`), QUERIES has
`qid, name`. OUT gets `qid, entity, score, rank`. Printed: seconds to build the
index and to open it again from its file, seconds to match (weighing the words of the queries included), names a
second, and the peak memory of all processes together.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import threading
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from kit.matching.index import Index, build_index
from kit.matching.kept import open_index, save_index
from kit.matching.ranking import rank_names


class PeakMemory(threading.Thread):
    """Sums the proportional memory of this process and its children, a few times a second (Linux)."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak_mb = 0.0
        self.is_over = threading.Event()

    def run(self) -> None:
        """Measure until `is_over` is set."""
        while not self.is_over.wait(0.2):
            self.peak_mb = max(self.peak_mb, memory_mb())


def cpu_seconds() -> float:
    """Processor time of this process and its finished children: steady even on a busy machine."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def memory_mb() -> float:
    """Proportional set size of this process and its children now, in MB; pages that are shared count once."""
    me = Path("/proc/self")
    if not me.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    children = (me / "task" / me.resolve().name / "children").read_text().split()
    return sum(_pss_mb(Path("/proc") / pid) for pid in [me.resolve().name, *children])


def _pss_mb(process: Path) -> float:
    try:
        lines = (process / "smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def list_tables(watchlist: pa.Table) -> tuple[pa.Table, pa.Table]:
    """NAMES and ENTITIES, as far as the matcher needs them, of a benchmark watch list."""
    rows = watchlist.to_pylist()
    first = {row["entity"]: row for row in reversed(rows)}
    entities = [
        {"entity_id": str(key), "schema": row.get("schema", "LegalEntity"), "list_id": "bench", "list_version": "1"}
        for key, row in first.items()
    ]
    names = pa.table(
        {"entity_id": [str(r["entity"]) for r in rows], "name": [r["name"] for r in rows], "kind": ["name"] * len(rows)}
    )
    table = pa.Table.from_pylist(entities)
    return names, table.append_column("is_address_only", pa.array([False] * len(entities)))


def _reopened(index: Index) -> float:
    """Seconds to open the index from its file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "index.arrow"
        save_index(index, path, "benchmark")
        start = time.perf_counter()
        open_index(path, "benchmark")
        return time.perf_counter() - start


def main() -> None:
    """Run the benchmark named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("watchlist")
    parser.add_argument("queries")
    parser.add_argument("out")
    parser.add_argument("--workers", type=int)
    parser.add_argument("--method", choices=["fork", "spawn"])
    asked = parser.parse_args()
    memory = PeakMemory()
    memory.start()
    names, entities = list_tables(pq.read_table(asked.watchlist))
    queries = pq.read_table(asked.queries, columns=["qid", "name"])
    start = time.perf_counter()
    index = build_index(names, entities)
    built = time.perf_counter() - start
    opened = _reopened(index)
    texts = queries.column("name").to_pylist()
    start, busy = time.perf_counter(), cpu_seconds()
    ranked = rank_names(index.with_background(texts), texts, workers=asked.workers, method=asked.method)
    seconds, busy = time.perf_counter() - start, cpu_seconds() - busy
    memory.is_over.set()
    entity = np.array([int(key) for key in index.listed.entity_ids])[index.listed.entity[ranked.listed]]
    rank = np.arange(len(ranked.asked)) - np.searchsorted(ranked.asked, ranked.asked, "left") + 1
    qid = queries.column("qid").to_numpy()[ranked.asked]
    pq.write_table(pa.table({"qid": qid, "entity": entity, "score": ranked.score, "rank": rank}), asked.out)
    print(f"index {built:.1f} s ({len(index.listed.names)} names, {len(index.listed.entity_ids)} parties)")
    print(f"index opened again in {opened:.2f} s")
    print(f"match {seconds:.1f} s, {len(texts) / seconds:.0f} names a second, peak memory {memory.peak_mb:.0f} MB")
    print(f"processor time {busy:.1f} s: {len(texts) / busy:.0f} names a second and core")


if __name__ == "__main__":
    main()
