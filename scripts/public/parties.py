"""Parties on a US list under a Russia program, outside Russia and Belarus, each with the rule that chose it."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

SOURCE = "csl_2026-07-31_compact.csv"
EDITION = "2026-07-31"
COLUMNS = (
    "entry_id", "authority", "source_list", "source_number", "name", "aliases", "countries", "programs", "license_requirement",
    "license_policy", "citation", "chosen_by", "chosen_by_words", "remark", "source_edition", "source_file", "line_in_source",
    "source_url", "license",
)  # fmt: skip
_RULE = re.compile(r"746\.8|734\.9\s*\(g\)|supplement\s+no\.?\s*7\s+to\s+part\s+746", re.IGNORECASE)
_INSIDE = {"RU", "BY", "REGION: RUSSIA"}
_RESPELLED = {"MAN, ISLE OF": "IM", "CRIMEA (OCCUPIED)": "UA"}  # the list's words for what has an ISO code; Crimea: see remark
_ADDRESS = re.compile(r"^address \d+$", re.IGNORECASE)
_LICENSE = "US government work, public domain"
ENTITY_LIST, SDN = (
    "Entity List (EL) - Bureau of Industry and Security",
    "Specially Designated Nationals (SDN) - Treasury Department",
)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip() != ""]


def _rule_of(row: Mapping[str, str], programs: frozenset[str]) -> tuple[str, str] | None:
    """The rule that chooses a row and the words of the list that it rests on, or None."""
    if row["source"] == ENTITY_LIST:
        for column in ("license_requirement", "license_policy"):
            if _RULE.search(row[column]) is not None:
                return "bis_russia_rule", row[column]
    if row["source"] == SDN and row["type"] == "Entity":
        named = [program for program in _parts(row["programs"]) if program in programs]
        if len(named) > 0:
            return "ofac_russia_program", "; ".join(named)
    return None


def _entry(row: Mapping[str, str], line: int, rule: tuple[str, str]) -> dict[str, str]:
    is_bis = row["source"] == ENTITY_LIST
    countries = _parts(row["address_countries"])
    remark = ""
    if any(country.startswith("CRIMEA") for country in countries):
        remark = "address in Crimea, which the list calls occupied; drawn as Ukraine"
    elif "UA" in countries:
        remark = "address in Ukraine; the list does not say whether under Russian occupation"
    elif len(countries) == 0:
        remark = "the list gives no territory"
    return {
        "entry_id": f"el-{line}" if is_bis else f"sdn-{row['entity_number']}", "authority": "BIS" if is_bis else "OFAC",
        "source_list": row["source"], "source_number": row["entity_number"], "name": row["name"].strip(),
        "aliases": "; ".join(_parts(row["alt_names"])),
        "countries": "; ".join(_RESPELLED.get(country, country) for country in countries),
        "programs": "; ".join(_parts(row["programs"])),
        "license_requirement": row["license_requirement"], "license_policy": row["license_policy"],
        "citation": row["federal_register_notice"], "chosen_by": rule[0], "chosen_by_words": rule[1], "remark": remark,
        "source_edition": EDITION, "source_file": SOURCE, "line_in_source": str(line),
        "source_url": row["source_list_url"], "license": _LICENSE,
    }  # fmt: skip


def choose(lists: Path, programs: frozenset[str]) -> tuple[list[dict[str, str]], Counter[str]]:
    """The chosen entries in the list's order, and what was left out and why."""
    out, left = [], Counter[str]()
    with (lists / SOURCE).open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), 2):
            rule = _rule_of(row, programs)
            if rule is None:
                continue
            if _INSIDE & set(_parts(row["address_countries"])):
                left[f"{rule[0]}: has an address in Russia or Belarus"] += 1
            elif _ADDRESS.match(row["name"]) is not None:
                left[f"{rule[0]}: is only an address, and this edition gives no address"] += 1
            else:
                out.append(_entry(row, line, rule))
    return out, left
