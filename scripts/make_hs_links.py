"""Make data/reference/hs_links.csv: every link between editions of the Harmonized System that is not plain identity.

Reads the correlation tables of the United Nations in the folder of collected facts (KIT_SHARED, else ../shared):

    python scripts/make_hs_links.py [FOLDER]

A code of the newer edition that the tables tie to more than MOST codes of the older one is tied to them by a legal note (waste
of electronics, display modules, multi-component circuits): such links say nothing about trade. Of them only a link to the
same number is kept; without one the code stands here with an empty `before`: no baseline.
"""

from __future__ import annotations

import csv
import gzip
import os
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("KIT_SHARED", ROOT.parent / "shared")) / "data" / "reference"
OUT = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "data" / "reference"
STEPS = {"2022 to 2017": ("HS2022", "HS2017"), "2017 to 2012": ("HS2017", "HS2012")}
MOST = 60
SOURCE = "UNSD correlation tables, in trade-conversion-weights @503c5d8"
COLUMNS = ("edition", "hs_code", "edition_before", "before", "relationship", "source")


def main() -> None:
    """Write the table and say how many rows it has."""
    with gzip.open(SHARED / "hs6_concordance_2007_2012_2017_2022.csv.gz", "rt", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["step"] in STEPS]
    groups: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in rows:
        groups[row["step"], row["code_after"]].append((row["code_before"], row["relationship"]))
    out = []
    for (step, code), links in sorted(groups.items()):
        if links == [(code, "1:1")]:
            continue
        kept = links
        if len(links) > MOST:
            kept = [link for link in links if link[0] == code]
            kept = [(code, "by note")] if len(kept) > 0 else [("", "by note")]
        newer, older = STEPS[step]
        out += [(newer, code, older, before, relationship, SOURCE) for before, relationship in sorted(kept)]
    with (OUT / "hs_links.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(out)
    print(f"hs_links.csv: {len(out)} rows")


if __name__ == "__main__":
    main()
