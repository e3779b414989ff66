"""The documented flows that may be shipped, each firm of an investigation covered by a public list."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from kit.model import DOCUMENTED_FLOWS
from public.coverage import Cover

SOURCE = "documented_flows.csv"
_MADE_BY_READER = ("source_file", "source_row")
COLUMNS = (*(c.name for c in DOCUMENTED_FLOWS if c.name not in _MADE_BY_READER), "covered_by", "line_in_source")
_PARTIES = ("consignor", "intermediary", "consignee", "end_user")
_RENAMED = {"hs_code": "hs6", "hs_basis": "hs6_basis"}


def _cover(row: Mapping[str, str], cover: Cover) -> tuple[list[str], list[str]]:
    """The list entry of each named firm, and the firms without one."""
    covered, bare = [], []
    for party in _PARTIES:
        name = row[f"{party}_name"]
        if name == "":
            continue
        entry = cover.find(name, row.get(f"{party}_country", "RU"))
        if entry is None:
            bare.append(name)
        else:
            covered.append(f"{name} = {entry.label}")
    return covered, bare


def _clean(row: Mapping[str, str], words: Mapping[str, str]) -> dict[str, str]:
    out = {name: row[_RENAMED.get(name, name)] for name in COLUMNS if _RENAMED.get(name, name) in row}
    out["goods"] = words.get(out["goods"], out["goods"])
    out["note"] = words.get(out["note"], out["note"])
    return out


def choose(cases: Path, cover: Cover, words: Mapping[str, str]) -> tuple[list[dict[str, str]], Counter[str]]:
    """The rows that may be shipped, and how many were kept and dropped for which reason.

    Rows of an EU legal act stay. A row of an investigation stays if every firm
    that it names stands on a public list; makers named among the goods are
    taken out by `data/lookups/documented_words.csv`.
    """
    out, counts = [], Counter[str]()
    with (cases / SOURCE).open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), 2):
            covered, bare = _cover(row, cover)
            is_act = row["source_kind"] == "eu_legal_act"
            if not is_act and (len(bare) > 0 or len(covered) == 0):
                counts["dropped: a named firm stands on no public list" if len(bare) > 0 else "dropped: names no firm"] += 1
                continue
            counts[f"kept: {row['source_kind']}"] += 1
            act = "named in the legal act itself"
            covered_by = " | ".join([*([act] if is_act else []), *covered])
            out.append({**_clean(row, words), "covered_by": covered_by, "line_in_source": str(line)})
    return out, counts
