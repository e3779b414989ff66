"""One way in: recognizing a file, using a given mapping, and plain errors."""

import gzip
from pathlib import Path

import pytest

from kit.errors import FileError, MappingError
from kit.files import read_sheet
from kit.trade import load_mappings, read_mapping, read_trade, recognize
from kit.trade.reader import HEAD, choose, readers
from tests.trade.sheets import STANDARD, rows_of, write_csv

OWN = """
layout = "letter"
title = "Layout of a letter"
kind = "declarations"
known_by = "own"
source = "a letter"
[recognize]
columns = ["From", "To"]
[columns]
consignor_name = "From"
consignee_name = "To"
hs_code = "Code"
"""


def own_mapping(folder: Path) -> Path:
    path = folder / "letter.toml"
    path.write_text(OWN, encoding="utf-8")
    return path


def test_a_given_mapping_file_is_used(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "letter.csv", [{"From": "VEROLAN", "To": "ZARNITSA", "Code": "854231"}])
    result = read_trade(path, mapping=own_mapping(tmp_path))
    assert result.reader == "letter"
    assert rows_of(result)[0]["consignee_name"] == "ZARNITSA"


def test_a_given_mapping_may_be_an_object(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "letter.csv", [{"From": "VEROLAN", "To": "ZARNITSA"}])
    assert read_trade(path, mapping=read_mapping(own_mapping(tmp_path))).rows_read == 1


def test_a_mapping_that_does_not_fit_names_every_missing_column(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "other.csv", [{"A": "1", "B": "2"}])
    with pytest.raises(MappingError) as refusal:
        read_trade(path, mapping=own_mapping(tmp_path))
    assert "'From'" in str(refusal.value)
    assert "'To'" in str(refusal.value)


def test_gzip_is_read(tmp_path: Path) -> None:
    plain = write_csv(tmp_path / "records.csv", [STANDARD])
    packed = tmp_path / "records.csv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert read_trade(packed).rows_read == 1


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="nowhere"):
        recognize(tmp_path / "nowhere.csv")
    with pytest.raises(FileError, match="nowhere"):
        read_trade(tmp_path / "nowhere.csv")


def test_an_empty_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_bytes(b"")
    assert recognize(path) is None
    with pytest.raises(FileError, match="empty"):
        read_trade(path)


def test_a_layout_with_more_required_columns_wins(tmp_path: Path) -> None:
    row = dict.fromkeys(("flow", "reporter", "partner", "period", "level", "code", "value_eur"), "")
    found = choose(read_sheet(write_csv(tmp_path / "comext.csv", [row | {"flow": "export"}])))
    assert found is not None
    assert found.layout == "eurostat_levels"


def test_no_two_shipped_layouts_ask_for_the_same_columns() -> None:
    rules = [(frozenset(m.requires), frozenset(m.absent), m.file_name) for m in load_mappings()]
    assert len(rules) == len(set(rules))


def test_formats_beyond_column_names_are_found_by_themselves() -> None:
    assert {"flows", "documented_flows"} <= {module.READER for module in readers()}


def test_a_long_file_is_recognized_by_its_beginning(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "long.csv", [STANDARD] * 15_000)
    assert path.stat().st_size > HEAD
    assert recognize(path) == "standard"


def test_a_long_file_in_utf_16_is_recognized(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "long.csv", [STANDARD] * 15_000, encoding="utf-16")
    assert recognize(path) == "standard"
