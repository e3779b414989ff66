"""Make data/public/ from the folder of real files: `python scripts/make_public.py [--out FOLDER]`.

The folder is KIT_SHARED, else ../shared beside the project. What is written
are facts in the kit's own tables, each row with its source; see data/README.md.
"""

from __future__ import annotations

import argparse
import csv
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from public import annex, documented, flows, parties
from public.coverage import Cover, read_entries

from kit.reference import read_reference

ROOT = Path(__file__).resolve().parent.parent


def shared_data() -> Path:
    """The data of the folder of real files."""
    folder = Path(os.environ.get("KIT_SHARED", "") or ROOT.parent / "shared") / "data"
    if not folder.is_dir():
        message = f"no folder {folder}; set KIT_SHARED to the folder of real files"
        raise SystemExit(message)
    return folder


def _write_csv(path: Path, columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, columns, lineterminator="\n")
        table.writeheader()
        table.writerows(rows)


def write(folder: Path, shared: Path) -> list[str]:
    """Write all public files; returns what was kept and left out, one line each."""
    folder.mkdir(parents=True, exist_ok=True)
    programs = frozenset(row["program"] for row in read_reference("lookups", "russia_programs.csv"))
    chosen, left = parties.choose(shared / "lists", programs)
    _write_csv(folder / "us_russia_parties.csv", parties.COLUMNS, chosen)
    listed, unlisted = annex.choose(shared / "lists")
    _write_csv(folder / "eu_annex_iv.csv", annex.COLUMNS, listed)
    words = {row["source_value"]: row["clean_value"] for row in read_reference("lookups", "documented_words.csv")}
    kept, counts = documented.choose(shared / "cases", Cover(read_entries(shared / "lists")), words)
    _write_csv(folder / "documented_flows.csv", documented.COLUMNS, kept)
    priority = flows.priority_exports(shared / "trade", shared / "reference")
    flows.write(folder / "eurostat_priority_exports.parquet", priority)
    total = flows.total_exports(shared / "trade")
    flows.write(folder / "eurostat_total_exports.parquet", total)
    return [
        f"us_russia_parties: {len(chosen)} kept", *(f"  left out, {why}: {count}" for why, count in left.items()),
        f"eu_annex_iv: {len(listed)} kept", *(f"  left out, {why}: {count}" for why, count in unlisted.items()),
        f"documented_flows: {len(kept)} kept", *(f"  {why}: {count}" for why, count in counts.items()),
        f"eurostat_priority_exports: {len(priority)} rows", f"eurostat_total_exports: {len(total)} rows",
    ]  # fmt: skip


def main() -> None:
    """Read the command line, write the files, say what was kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "data" / "public")
    folder = parser.parse_args().out
    for line in write(folder, shared_data()):
        print(line)
    for path in sorted(folder.iterdir()):
        print(f"{path.stat().st_size:9,d} bytes  {path.name}")


if __name__ == "__main__":
    main()
