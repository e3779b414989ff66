"""data/README.md and kit.model say the same of every table and column."""

from __future__ import annotations

import re

import pytest

from kit.model import TABLES
from kit.reference import DATA

README = (DATA / "README.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(?P<name>\w+)` \| (?P<kind>\w+) \| (?P<empty>yes|no) \| (?P<meaning>.+) \|$", re.MULTILINE)


def section(table: str) -> list[re.Match[str]]:
    _, _, rest = README.partition(f"### {table.upper()}\n")
    return list(ROW.finditer(rest.split("\n### ")[0]))


def test_every_table_has_a_section_in_the_order_of_the_model() -> None:
    assert [name.lower() for name in re.findall(r"^### ([A-Z_]+)$", README, re.MULTILINE)] == list(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_columns_of_a_table_are_those_of_the_model(table: str) -> None:
    said = [(row["name"], row["kind"], row["empty"] == "no") for row in section(table)]
    assert said == [(column.name, column.kind, column.required) for column in TABLES[table]]


@pytest.mark.parametrize("table", TABLES)
def test_every_column_has_a_meaning(table: str) -> None:
    assert [row["name"] for row in section(table) if len(row["meaning"].strip()) < 4] == []


def test_every_column_with_a_unit_names_it() -> None:
    units = {"usd": "dollar", "eur": "euro", "kg": "kilogram"}
    for table in TABLES:
        for row in section(table):
            unit = units.get(row["name"].rsplit("_", 1)[-1])
            assert unit is None or unit in row["meaning"].lower(), f"{table}.{row['name']}"
