"""The catalog of sources: strict reading, and that it holds for every bundled file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kit.errors import SelectionError, TableError
from kit.sources import SourceKind, catalog, read_catalog, source, source_of_file

ENTRY = """
[[source]]
key = "letter"
kind = "list"
title = "A letter"
publisher = "Nobody"
url = "https://example.org/"
license = "none"
rhythm = "once"
renew = "Ask for it"
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "catalog.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_sound_entry_is_read(tmp_path: Path) -> None:
    (entry,) = read_catalog(write(tmp_path, ENTRY + "rows = [600, 700]\n"))
    assert (entry.key, entry.kind, entry.rows, entry.is_bundled) == ("letter", SourceKind.LIST, (600, 700), False)


def test_a_missing_value_is_named(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="source letter: license is missing"):
        read_catalog(write(tmp_path, ENTRY.replace('license = "none"\n', "")))


def test_an_unknown_key_is_named(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="unknown key 'colour'"):
        read_catalog(write(tmp_path, ENTRY + 'colour = "red"\n'))


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = ENTRY.replace('"list"', '"letters"').replace("https:", "ftp:")
    with pytest.raises(TableError, match=r"kind is 'letters'.*url is 'ftp://"):
        read_catalog(write(tmp_path, text))


@pytest.mark.parametrize("rows", ["[3]", "[5, 3]", "[0, 3]", '["a", "b"]', "[true, 3]"])
def test_rows_must_be_fewest_and_most(tmp_path: Path, rows: str) -> None:
    with pytest.raises(TableError, match="expected \\[fewest, most\\]"):
        read_catalog(write(tmp_path, ENTRY + f"rows = {rows}\n"))


def test_a_short_hash_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="64 hexadecimal digits"):
        read_catalog(write(tmp_path, ENTRY + 'sha256 = "abc"\n'))


def test_a_bundled_entry_needs_file_hash_rows_and_day(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"needs file.*needs sha256.*needs rows.*needs retrieved"):
        read_catalog(write(tmp_path, ENTRY.replace('"list"', '"public"')))


def test_a_key_stands_once(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="'letter' stands 2 times"):
        read_catalog(write(tmp_path, ENTRY + ENTRY))


def test_a_broken_file_is_told_in_one_error(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="cannot be read as TOML"):
        read_catalog(write(tmp_path, "[[source]"))


def test_a_catalog_without_entries_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"no \[\[source\]\] entries"):
        read_catalog(write(tmp_path, "# nothing\n"))


def test_an_unknown_source_names_the_known_ones() -> None:
    with pytest.raises(SelectionError, match="'us_russia_parties'"):
        source("letter")


def test_a_file_that_is_not_bundled_has_no_source() -> None:
    assert source_of_file("my_own_list.xlsx") is None


def test_no_title_calls_a_listed_party_a_supplier() -> None:
    assert [entry.key for entry in catalog() if re.search("supplier", entry.title, re.IGNORECASE) is not None] == []
