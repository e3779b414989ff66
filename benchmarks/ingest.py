"""Time the reading of one large CSV into a case beside the least that any program must do: DuckDB reads it and writes Parquet.

    python benchmarks/ingest.py [--rows N] [--runs N] [--seed N] [--keep FOLDER]

Makes an invented export of N declarations in 25 columns (names, addresses in
quotation marks, codes, dates, amounts, territories, free text; every 200th row
repeats an earlier one, every 1,000th holds a value that cannot be read), and times

- DuckDB: `CREATE TABLE raw AS SELECT * FROM read_csv(file)` and `COPY raw TO Parquet`;
- kit: the same file into a case, with checks, rejects, repeats and hash;
- kit again: the same file once more.

Each runs in a process of its own, one after the other, `--runs` times in turn,
so that a busy machine slows both; the ratio is that of the medians. Peak memory is the
largest resident size of the process with everything it loaded. On a machine that
others use too, the ratio of processor time says more than that of seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

BATCH = 200_000
SYLLABLES = "ba ver ol an zor mit ra sel ku dan or lim tes gor va nik el pra sto mir ka len du far".split()
WORDS = "TRADING ELECTRONICS TECHNOLOGY IMPEX LOGISTICS SUPPLY COMPONENTS GROUP SYSTEMS GLOBAL".split()
FORMS = "LTD LLC LIMITED FZE GMBH CO.,LTD OOO A.S.".split()
STREETS = "Verolan Mitra Selgor Kudan Limtes Pramir Stoka Lendu".split()
GOODS = (
    "INTEGRATED CIRCUITS", "MULTILAYER CAPACITORS", "BALL BEARINGS", "PORTABLE COMPUTERS", "RADIO MODULES", "CERAMIC TILES",
    "MEDICAMENTS", "PASSENGER CARS", "ANTENNAS", "CONNECTORS",
)  # fmt: skip
TERRITORIES = ("TR", "AE", "HK", "CN", "KG", "AM", "KZ", "DE", "VN", "IN", "US", "TW", "JP", "KR", "MY", "SG")
CURRENCIES = ("USD", "EUR", "CNY", "RUB", "KZT", "TRY")
UNITS = ("PCS", "KG", "SET", "M2")
MODES = ("road", "sea", "air", "rail")


def words(random: np.random.Generator, count: int, size: int) -> np.ndarray[Any, Any]:
    """Invented words of `size` syllables."""
    picked = random.integers(0, len(SYLLABLES), (count, size))
    return np.array(["".join(SYLLABLES[i] for i in row).upper() for row in picked])


def pools(random: np.random.Generator, rows: int) -> dict[str, pa.Array]:
    """The distinct texts that columns draw from."""
    firms = max(200, rows // 50)
    names = [f"{a} {WORDS[i % 10]} {FORMS[i % 8]}" for i, a in enumerate(words(random, firms, 4))]
    streets = [
        f"{STREETS[i % 8]} str. {i % 240 + 1}, office {i % 77}, {w.title()}" for i, w in enumerate(words(random, firms, 2))
    ]
    goods = [f"{GOODS[i % 10]} FOR INDUSTRIAL USE, MODEL {w}-{i}" for i, w in enumerate(words(random, firms * 4, 2))]
    codes = [f"{c}{s}" for c in (8542, 8532, 8482, 8471, 8517, 6907, 3004, 8703, 8529, 8536) for s in range(310000, 310999, 7)]
    return {
        "name": pa.array(names), "address": pa.array(streets), "goods": pa.array(goods), "code": pa.array(codes),
        "maker": pa.array(names[: max(50, firms // 20)]), "territory": pa.array(TERRITORIES), "currency": pa.array(CURRENCIES),
        "unit": pa.array(UNITS), "mode": pa.array(MODES), "direction": pa.array(("IMPORT", "EXPORT")),
        "day": pa.array([str(np.datetime64("2021-01-01") + n) for n in range(1400)]),
    }  # fmt: skip


def batch(random: np.random.Generator, pool: dict[str, pa.Array], first: int, size: int) -> pa.Table:
    """Some rows of the export, in the layout `vendor_declarations`."""

    def draw(name: str) -> pa.Array:
        return pool[name].take(pa.array(random.integers(0, len(pool[name]), size)))

    def amount(scale: float) -> pa.Array:
        return pa.array(np.round(random.exponential(scale, size) + 0.01, 2)).cast(pa.string())

    def number(prefix: str, digits: int) -> pa.Array:
        return pa.array([f"{prefix}{n:0{digits}d}" for n in random.integers(0, 10**digits, size)])

    serial = pa.array(range(first, first + size), pa.int64()).cast(pa.string())
    firm, buyer = random.integers(0, len(pool["name"]), size), random.integers(0, len(pool["name"]), size)
    value = np.where(np.arange(first, first + size) % 1000 == 998, "on request", amount(20_000.0).to_numpy(zero_copy_only=False))
    columns = {
        "DECLARATION_NUMBER": pc.binary_join_element_wise("10702070", serial, "/"),
        "REPORTING_COUNTRY": draw("territory"), "DIRECTION": draw("direction"), "REGISTRATION_DATE": draw("day"),
        "EXPORTER_NAME": pool["name"].take(pa.array(firm)), "EXPORTER_ADDRESS": pool["address"].take(pa.array(firm)),
        "EXPORTER_COUNTRY": draw("territory"),
        "IMPORTER_NAME": pool["name"].take(pa.array(buyer)), "IMPORTER_ADDRESS": pool["address"].take(pa.array(buyer)),
        "IMPORTER_CODE": number("77", 8), "IMPORTER_COUNTRY": draw("territory"), "HS_CODE": draw("code"),
        "PRODUCT_DESCRIPTION": draw("goods"), "BRAND": draw("maker"), "MANUFACTURER": draw("maker"),
        "QUANTITY": pa.array(random.integers(1, 9000, size)).cast(pa.string()), "UNIT": draw("unit"),
        "NET_WEIGHT_KG": amount(400.0), "INVOICE_VALUE_FC": pa.array(value), "CURRENCY": draw("currency"),
        "STATISTICAL_VALUE_USD": amount(18_000.0), "ORIGIN_COUNTRY": draw("territory"), "DISPATCH_COUNTRY": draw("territory"),
        "DESTINATION_COUNTRY": draw("territory"), "TRANSPORT_MODE": draw("mode"),
    }  # fmt: skip
    rows = pa.table(columns)
    again = np.where(np.arange(size) % 200 == 199, np.arange(size) - 150, np.arange(size))
    return rows.take(pa.array(np.maximum(again, 0)))


def write_export(path: Path, rows: int, seed: int) -> None:
    """Write the CSV, batch by batch; a cell stands in quotation marks only where it holds a comma."""
    random = np.random.default_rng(seed)
    pool = pools(random, rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        for first in range(0, rows, BATCH):
            made = batch(random, pool, first, min(BATCH, rows - first))
            if first == 0:
                file.write(",".join(made.column_names) + "\n")
            cells = [
                pc.if_else(pc.match_substring(c, ","), pc.binary_join_element_wise('"', c, '"', ""), c) for c in made.columns
            ]
            file.write("\n".join(pc.binary_join_element_wise(*cells, ",").to_pylist()) + "\n")


def run_duckdb(path: Path, folder: Path) -> dict[str, float]:
    """Read and write with DuckDB alone: a database file, so that memory may spill."""
    start, used = time.perf_counter(), time.process_time()
    connection = duckdb.connect(str(folder / "raw.duckdb"))
    connection.execute("CREATE TABLE raw AS SELECT * FROM read_csv(?)", [str(path)])
    made = time.perf_counter()
    connection.table("raw").write_parquet(str(folder / "raw.parquet"), compression="zstd")
    end = time.perf_counter()
    return {"seconds": end - start, "cpu": time.process_time() - used, "read": made - start, "write": end - made}


def run_kit(path: Path, folder: Path) -> dict[str, float]:
    """Read into a case, then ask for the same file again."""
    from kit import pipeline
    from kit.case import Case
    from kit.model import FileRole

    case = Case.create(folder / "case")
    start, before = time.perf_counter(), time.process_time()
    source = pipeline.add_file(case, path, role=FileRole.DECLARATIONS)
    seconds, used = time.perf_counter() - start, time.process_time() - before
    start = time.perf_counter()
    pipeline.add_file(Case.open(folder / "case"), path, role=FileRole.DECLARATIONS)
    again = time.perf_counter() - start
    return {"seconds": seconds, "cpu": used, "again": again, "rows": source.rows_read, "rejects": source.rows_rejected}


def apart(what: str, path: Path) -> dict[str, float]:
    """Run one side in a process of its own and return its figures."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        command = [sys.executable, __file__, "--worker", what, str(path), folder]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def worker(what: str, path: Path, folder: Path) -> None:
    """Inside the process: do it, and print the figures as JSON."""
    figures = run_duckdb(path, folder) if what == "duckdb" else run_kit(path, folder)
    sizes = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(json.dumps(figures | {"peak_mb": sum(sizes)}))


def main() -> None:
    """Make the file, run both in turn, print the table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rows", type=int, default=1_000_000)
    arguments.add_argument("--runs", type=int, default=1)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--keep", type=Path, default=None, help="folder in which the file stays for the next run")
    arguments.add_argument("--worker", nargs=3, default=None, help=argparse.SUPPRESS)
    options = arguments.parse_args()
    if options.worker is not None:
        worker(options.worker[0], Path(options.worker[1]), Path(options.worker[2]))
        return
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) if options.keep is None else options.keep
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"export_{options.rows}_{options.seed}.csv"
        if not path.exists():
            write_export(path, options.rows, options.seed)
        load = os.getloadavg()[0]
        runs = [(apart("duckdb", path), apart("kit", path)) for _ in range(options.runs)]
        size = path.stat().st_size / 1e6
    raw, ours = (median(pair[side]["seconds"] for pair in runs) for side in (0, 1))
    last_raw, last = runs[-1]
    print(f"{options.rows:,} rows, 25 columns, {size:,.0f} MB; {os.cpu_count()} cores, load before {load:.1f}")
    used, spent = (median(pair[side]["cpu"] for pair in runs) for side in (0, 1))
    print(f"DuckDB read + Parquet {raw:8.1f} s   cpu {used:6.1f} s   peak {last_raw['peak_mb']:,.0f} MB")
    print(f"kit into the case     {ours:8.1f} s   cpu {spent:6.1f} s   peak {last['peak_mb']:,.0f} MB")
    print(f"ratio                 {ours / raw:8.2f}     cpu {spent / used:6.2f}")
    print(f"kit, the same again   {last['again']:8.2f} s   {last['rows']:,.0f} rows read, {last['rejects']:,.0f} rejects")


if __name__ == "__main__":
    main()
