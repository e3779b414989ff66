"""Time the main job step by step beside the same raw work in plain DuckDB.

    python benchmarks/pipeline.py [--rows N] [--listed N] [--seed N]

Makes N invented declarations as a CSV in the standard layout, with a tenth of
the names taken from an invented list and misspelled, and times

- read: CSV → checked DECLARATIONS in the case, beside DuckDB reading the same CSV as text into a table;
- candidates: every distinct name against every listed name, beside DuckDB's exact join on lower-case names;
- flows: corridors, months and territory pairs as the explorer asks for them, beside the same sums in SQL.

The raw work checks nothing and finds only exact names: the ratio is the price
of what the kit adds, not a contest. Ratios hold on a noisy machine; seconds do not.
"""

from __future__ import annotations

import argparse
import csv
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pyarrow as pa

from kit import pipeline, tables
from kit.case import Case
from kit.flows import open_store
from kit.model import FileRole, RecordKind
from kit.tables import ReadResult

HEADER = (
    "declaration_id", "date", "consignor_name", "consignee_name", "hs_code", "goods_description", "net_weight_kg",
    "value", "currency", "origin_country", "departure_country", "destination_country",
)  # fmt: skip
SYLLABLES = "ba ver ol an zor mit ra sel ku dan or lim tes gor va nik el pra sto mir ka len du far".split()
WORDS = "TRADING ELECTRONICS TECHNOLOGY IMPEX LOGISTICS SUPPLY COMPONENTS GROUP SYSTEMS GLOBAL".split()
FORMS = "LTD LLC LIMITED FZE GMBH CO.,LTD OOO A.S.".split()
GOODS = ("854231", "854232", "847150", "851762", "690721", "300490", "870323", "848210")
TERRITORIES = ("TR", "AE", "HK", "CN", "KG", "AM", "KZ", "DE")
RAW_FLOWS = (
    "SELECT consignor_name, departure_country, count(*), sum(value::DOUBLE) FROM raw GROUP BY ALL",
    "SELECT departure_country, consignee_name, count(*), sum(value::DOUBLE) FROM raw GROUP BY ALL",
    "SELECT date[1:7], count(*), sum(value::DOUBLE) FROM raw GROUP BY ALL",
    "SELECT departure_country, destination_country, count(*), sum(value::DOUBLE) FROM raw GROUP BY ALL",
)


def name(random: Random) -> str:
    """One invented firm."""
    root = "".join(random.choice(SYLLABLES) for _ in range(random.randint(2, 4))).upper()
    return f"{root} {random.choice(WORDS)} {random.choice(FORMS)}"


def misspelled(text: str, random: Random) -> str:
    """The same firm as a clerk would write it: one letter lost."""
    place = random.randrange(len(text))
    return text[:place] + text[place + 1 :]


def write_declarations(path: Path, rows: int, listed: list[str], random: Random) -> int:
    """Write the CSV; returns how many distinct names it draws from."""
    count = max(100, rows // 40)
    names = [name(random) for _ in range(count)] + [misspelled(random.choice(listed), random) for _ in range(count // 10)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in range(rows):
            day = f"{2021 + number % 4}-{1 + number % 12:02d}-{1 + number % 28:02d}"
            parties = (random.choice(names), random.choice(names))
            goods, weight, value = random.choice(GOODS), round(random.random() * 900, 2), round(random.random() * 90_000, 2)
            ends = (random.choice(TERRITORIES), random.choice(TERRITORIES), "RU")
            writer.writerow((f"D{number}", day, *parties, goods, "invented goods", weight, value, "USD", *ends))
    return len(set(names))


def add_list(case: Case, folder: Path, listed: list[str]) -> None:
    """Put the invented list into the case."""
    fixed = {"schema": "Company", "topics": ["export.risk"], "list_id": "bench", "list_version": "1", "source_file": "bench"}
    flags = {"is_address_only": False, "is_confidential": False}
    entities = [{"entity_id": f"bench:{i}", "name": n, "source_row": i, **fixed, **flags} for i, n in enumerate(listed)]
    names = [{"entity_id": f"bench:{i}", "name": n, "kind": "name", "script": "Latin"} for i, n in enumerate(listed)]
    made = {"entities": tables.from_rows("entities", entities), "names": tables.from_rows("names", names)}
    path = folder / "bench.txt"
    path.write_text("\n".join(listed), encoding="utf-8")
    case.add(ReadResult(FileRole.LIST, "bench", made, tables.empty("rejects"), rows_read=len(listed), version="1"), path)


def timed(work: Callable[[], Any]) -> float:
    """Seconds of one run."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def kit_flows(case: Case) -> None:
    """What the explorer asks for after one filter."""
    store = open_store(case)
    selection = store.default(RecordKind.DECLARATIONS)
    store.corridors(selection)
    store.monthly(selection)
    store.territory_pairs(selection)


def raw_flows(connection: duckdb.DuckDBPyConnection) -> None:
    """The same sums over the raw text table."""
    for statement in RAW_FLOWS:
        connection.execute(statement).df()


def raw_candidates(connection: duckdb.DuckDBPyConnection, listed: list[str]) -> None:
    """Exact names only."""
    connection.from_arrow(pa.table({"name": listed})).create("listed")
    connection.execute(
        "SELECT DISTINCT n FROM (SELECT consignor_name AS n FROM raw UNION SELECT consignee_name FROM raw) "
        "JOIN listed ON lower(n) = lower(listed.name)"
    ).df()


def main() -> None:
    """Make the data, run both, print the table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rows", type=int, default=100_000)
    arguments.add_argument("--listed", type=int, default=60_000)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    random = Random(options.seed)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        listed = [name(random) for _ in range(options.listed)]
        path = folder / "declarations.csv"
        distinct = write_declarations(path, options.rows, listed, random)
        case = Case.create(folder / "case")
        add_list(case, folder, listed)
        connection = duckdb.connect()
        steps = {
            "read": (
                timed(lambda: pipeline.add_file(case, path, role=FileRole.DECLARATIONS)),
                timed(lambda: connection.read_csv(str(path), all_varchar=True).create("raw")),
            ),
            "read again": (timed(lambda: pipeline.add_file(case, path, role=FileRole.DECLARATIONS)), None),
            "candidates": (timed(lambda: pipeline.find_candidates(case)), timed(lambda: raw_candidates(connection, listed))),
            "flows": (timed(lambda: kit_flows(case)), timed(lambda: raw_flows(connection))),
        }
    print(f"{options.rows:,} declarations, {distinct:,} distinct names, {options.listed:,} listed names")
    print(f"{'step':12s}{'kit s':>10s}{'DuckDB s':>10s}{'ratio':>8s}")
    for step, (ours, raw) in steps.items():
        print(f"{step:12s}{ours:10.2f}" + (f"{raw:10.2f}{ours / raw:8.1f}" if raw is not None else ""))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of this process {peak:,.0f} MB")


if __name__ == "__main__":
    main()
