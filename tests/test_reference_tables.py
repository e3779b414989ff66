"""The reference tables: committed as the script makes them, each row with its source, each spelling with one meaning."""

import csv
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kit.reference import DATA, read_reference
from kit.territories import name_key, territory
from tests.shared_files import shared, shared_folder

TABLES = (
    "priority_goods.csv",
    "priority_tiers.csv",
    "hs_concordance.csv",
    "hs_texts.csv",
    "territories.csv",
    "territory_aliases.csv",
    "red_flags.csv",
    "currencies.csv",
)
LOOKUPS = (
    "territory_spellings.csv",
    "trade_column_names.csv",
    "flow_words.csv",
    "currency_words.csv",
    "sum_words.csv",
    "comtrade_old_codes.csv",
)


@pytest.mark.shared
def test_the_committed_tables_are_what_the_script_makes(tmp_path: Path) -> None:
    shared("data", "reference", "chpl.csv")
    root = DATA.parent
    environment = {**os.environ, "KIT_SHARED": str(shared_folder()), "PYTHONPATH": str(root)}
    done = subprocess.run(
        [sys.executable, str(root / "scripts" / "make_reference.py"), str(tmp_path)],
        capture_output=True,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    for name in TABLES:
        assert (tmp_path / name).read_bytes() == (DATA / "reference" / name).read_bytes(), name


@pytest.mark.parametrize("name", TABLES)
def test_every_reference_row_has_a_source(name: str) -> None:
    assert all(row["source"].strip() != "" for row in read_reference("reference", name))


@pytest.mark.parametrize("name", LOOKUPS)
def test_every_lookup_row_says_why(name: str) -> None:
    assert all(row["why"].strip() != "" for row in read_reference("lookups", name))


def test_a_spelling_of_a_territory_means_one_thing() -> None:
    keys = [name_key(row["alias"]) for row in read_reference("reference", "territory_aliases.csv")]
    assert len(keys) == len(set(keys))


def test_every_alias_leads_to_a_territory_or_says_why_not() -> None:
    for row in read_reference("reference", "territory_aliases.csv"):
        assert row["iso2"] == "" or territory(row["iso2"]).iso2 == row["iso2"]


def test_no_cell_is_a_path_of_somebodys_machine() -> None:
    for folder in ("reference", "lookups"):
        for path in (DATA / folder).glob("*.csv"):
            with path.open(encoding="utf-8", newline="") as file:
                cells = [cell for row in csv.reader(file) for cell in row if "://" not in cell]
                assert not any(re.search("/(work|home)/", cell) for cell in cells), path.name
