from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from kit import tables
from kit.case import Case
from kit.errors import CaseError, TableError
from kit.model import FileRole
from kit.tables import ReadResult
from kit.trade import read_trade, reader
from tests import factory


def result(version: str = "2024-01-01", name: str = "Verolan") -> ReadResult:
    rows = tables.from_rows("entities", [factory.entity(name=name, list_version=version)])
    return ReadResult(FileRole.LIST, "factory", {"entities": rows}, tables.empty("rejects"), rows_read=1, version=version)


def written(folder: Path, text: str) -> Path:
    path = folder / "letter.xlsx"
    path.write_text(text, encoding="utf-8")
    return path


def test_same_file_again_changes_nothing(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "c")
    path = written(tmp_path, "one")
    case.add(result(), path)
    before = case.read("entities")
    case.add(result(), path)
    assert case.read("entities").equals(before)
    assert len(case.sources()) == 1


def test_known_file_is_told_by_size_and_time_stamp(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "c")
    path = written(tmp_path, "one")
    assert case.knows(path) is None
    case.add(result(), path)
    assert case.knows(path) is not None
    path.write_text("one, changed", encoding="utf-8")
    assert case.knows(path) is None


def test_newer_list_version_is_current_and_the_older_stays(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "c")
    case.add(result("2024-01-01", "Old name"), written(tmp_path, "one"))
    case.add(result("2024-02-01", "New name"), written(tmp_path, "two"))
    assert case.read("entities").column("name").to_pylist() == ["New name"]
    assert [s.is_current for s in case.sources()] == [False, True]
    assert len(list((case.folder / "tables" / "entities").glob("*.parquet"))) == 2


def test_older_list_version_brought_later_does_not_become_current(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "c")
    case.add(result("2024-02-01", "New name"), written(tmp_path, "two"))
    case.add(result("2024-01-01", "Old name"), written(tmp_path, "one"))
    assert case.read("entities").column("name").to_pylist() == ["New name"]


def test_folder_without_case_json_is_no_case(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r"no case\.json"):
        Case.open(tmp_path)


def test_damaged_parquet_is_a_clear_error(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "c")
    case.add(result(), written(tmp_path, "one"))
    part = next((case.folder / "tables" / "entities").glob("*.parquet"))
    part.write_bytes(part.read_bytes()[:40])
    with pytest.raises(CaseError, match="run the case again"):
        case.read("entities")


def test_no_temporary_file_is_left_and_a_failed_write_keeps_the_old_table(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "c")
    rows = tables.from_rows("candidates", [factory.candidate("A")])
    case.replace("candidates", rows)
    with pytest.raises(TableError):
        case.replace("candidates", rows.drop_columns(["score"]))
    assert case.read("candidates").equals(rows)
    assert list(case.folder.rglob("*.tmp")) == []


def test_every_table_is_a_view_even_when_empty(tmp_path: Path) -> None:
    connection = Case.create(tmp_path / "c").connect()
    for table in ("entities", "declarations", "flows", "candidates", "judgements", "rejects"):
        assert len(connection.table(table).fetchall()) == 0


def test_manifest_says_what_was_read(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "c", question="Who sends to Zarnitsa?")
    case.add(result(), written(tmp_path, "one"))
    manifest = json.loads((case.folder / "case.json").read_text(encoding="utf-8"))
    assert manifest["question"] == "Who sends to Zarnitsa?"
    source = manifest["sources"][0]
    assert (source["file"], source["rows_read"], source["role"], len(source["sha256"])) == ("letter.xlsx", 1, "list", 64)
    assert pq.read_table(next((case.folder / "tables" / "entities").glob("*.parquet"))).num_rows == 1


def test_two_files_of_one_edition_are_not_counted_twice(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "c")
    case.add(result(), written(tmp_path, "one"))
    case.add(result(), written(tmp_path, "the same edition in another file"))
    assert case.read("entities").num_rows == 1


def trade(*rows: int) -> ReadResult:
    table = tables.from_rows("declarations", [factory.declaration(n) for n in rows])
    return ReadResult(FileRole.DECLARATIONS, "factory", {"declarations": table}, tables.empty("rejects"), rows_read=len(rows))


def test_changed_trade_file_takes_the_place_of_its_older_state(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "c")
    case.add(trade(1, 2), written(tmp_path, "two rows"))
    case.add(trade(1, 2, 3), written(tmp_path, "the same two rows and one more"))
    assert case.read("declarations").column("declaration_id").to_pylist() == ["D1", "D2", "D3"]
    assert [s.is_current for s in case.sources()] == [False, True]


def test_namesakes_in_two_folders_both_count(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "c")
    for number, folder in enumerate((tmp_path / "2022", tmp_path / "2023"), 1):
        folder.mkdir()
        case.add(trade(number), written(folder, f"rows of {number}"))
    assert len(case.read("declarations")) == 2


@pytest.mark.parametrize("long", [1, 1 << 26])
def test_rows_of_namesakes_never_share_an_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, long: int) -> None:
    monkeypatch.setattr(reader, "LONG", long)  # 1: as a long file, whose tables are on disk
    case = Case.create(tmp_path / "c")
    row = "2023-05-04,VEROLAN {0},ZARNITSA,854231,5,USD\n"
    for year in ("2022", "2023"):
        (tmp_path / year).mkdir()
        path = tmp_path / year / "export.csv"
        path.write_text(
            "date,consignor_name,consignee_name,hs_code,value,currency\n" + 2 * row.format(year) + row.format("X"),
            encoding="utf-8",
        )
        case.add(read_trade(path, folder=case.workplace()), path)
    rows = case.read("declarations").to_pylist()
    assert len({row["declaration_id"] for row in rows}) == len(rows) == 6
    sender = {row["declaration_id"]: row["consignor_name"] for row in rows}
    left = [row for row in rows if row["repeat_of"] is not None]
    assert (
        [sender[row["repeat_of"]] for row in left] == [row["consignor_name"] for row in left] == ["VEROLAN 2022", "VEROLAN 2023"]
    )
    dropped = case.read("dropped").to_pylist()
    assert [row["declaration_id"] for row in dropped] == [row["declaration_id"] for row in left]
    assert [row["kept_id"] for row in dropped] == [row["repeat_of"] for row in left]
    assert list((tmp_path / "c" / "tables").rglob("*.tmp")) == []


def test_restored_older_state_of_a_file_is_read_again(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "c")
    path = written(tmp_path, "one")
    stamp = path.stat().st_mtime_ns
    case.add(trade(1), path)
    case.add(trade(1, 2), written(tmp_path, "another"))
    written(tmp_path, "one")
    os.utime(path, ns=(stamp, stamp))
    assert case.knows(path) is None
    case.add(trade(1), path)
    assert len(case.read("declarations")) == 1


def test_file_read_again_in_another_role_leaves_no_rows_of_the_first(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "c")
    path = written(tmp_path, "one")
    case.add(trade(1), path)
    case.add(result(), path)
    assert (len(case.read("declarations")), len(case.read("entities"))) == (0, 1)


def test_damaged_parquet_is_a_clear_error_for_a_connection_too(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "c")
    case.add(result(), written(tmp_path, "one"))
    part = next((case.folder / "tables" / "entities").glob("*.parquet"))
    part.write_bytes(part.read_bytes()[:40])
    with pytest.raises(CaseError, match="damaged"):
        case.connect()


def test_signs_in_the_name_of_a_case_are_taken_as_they_are(tmp_path: Path) -> None:
    for folder, name in (("case 1", "Other"), ("case [1]", "Verolan")):
        case = Case.create(tmp_path / folder)
        case.add(result(name=name), written(tmp_path, name))
    found = Case.open(tmp_path / "case [1]").connect().table("entities").fetchall()
    assert len(found) == 1
    assert "Verolan" in found[0]


def test_derived_table_and_what_is_said_of_it_change_together(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "c")
    case.replace("candidates", tables.from_rows("candidates", [factory.candidate("A")]), record_names=7)
    assert (case.manifest["record_names"], len(case.read("candidates"))) == (7, 1)


def test_case_made_by_several_programs_at_once_loses_no_source(tmp_path: Path) -> None:
    def make(number: int) -> None:
        own = tmp_path / str(number)
        own.mkdir()
        Case.create(tmp_path / "c").add(trade(number), written(own, f"file {number}"))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(make, range(1, 13)))
    assert len(Case.open(tmp_path / "c").sources()) == 12


def test_case_of_another_kit_is_a_clear_error(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "c")
    case.add(result(), written(tmp_path, "one"))
    manifest = json.loads((case.folder / "case.json").read_text(encoding="utf-8"))
    del manifest["sources"][0]["reader"]
    (case.folder / "case.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(CaseError, match="Keep journal"):
        case.sources()


def test_workplace_forgets_what_a_stopped_reading_left_a_day_ago(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "case")
    old, new = case.workplace() / ".reading_old", case.workplace() / ".reading_new"
    for folder in (old, new):
        folder.mkdir()
    os.utime(old, (0, 0))
    assert [path.name for path in case.workplace().glob(".reading_*")] == [".reading_new"]


@pytest.mark.parametrize(("by_reader", "by_caller"), [(True, False), (False, True)])
def test_a_list_marked_confidential_after_it_was_looked_at_is_so_in_every_row(
    tmp_path: Path, by_reader: bool, by_caller: bool
) -> None:
    case = Case.create(tmp_path / "c")
    rows = tables.from_rows("entities", [factory.entity(name="Verolan", is_confidential=by_reader)])
    read = ReadResult(FileRole.LIST, "factory", {"entities": rows}, tables.empty("rejects"), rows_read=1, version="2024-01-01")
    source = case.add(read, written(tmp_path, "one"), is_confidential=by_caller)
    assert source.is_confidential
    assert case.read("entities").column("is_confidential").to_pylist() == [True]


def listing(**ids: str) -> ReadResult:
    """A list file that holds these lists, one party each; the version says nothing of a day."""
    rows = [factory.entity(n, list_id=list_id, list_version=version) for n, (list_id, version) in enumerate(ids.items(), 1)]
    made = tables.from_rows("entities", rows)
    version = next(iter(ids.values()))
    return ReadResult(FileRole.LIST, "factory", {"entities": made}, tables.empty("rejects"), rows_read=len(ids), version=version)


def test_lists_that_leave_the_figures_with_their_file_are_told_aloud(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "c")
    (tmp_path / "a").mkdir()
    case.add(listing(us_el="2026-01-01", us_uvl="2026-01-01"), written(tmp_path, "both"))
    found = case.add(listing(us_el="2026-02-01"), written(tmp_path / "a", "one of them"))
    assert any("us_uvl" in note and "letter.xlsx no longer counts" in note for note in tables.loud(found.notes))
    assert case.sources()[-1].notes == found.notes


@pytest.mark.parametrize("is_confidential", [True, False])
def test_a_namesake_from_another_folder_that_takes_the_place_of_a_list_is_told_aloud(
    tmp_path: Path, is_confidential: bool
) -> None:
    case = Case.create(tmp_path / "c")
    (tmp_path / "a").mkdir()
    case.add(listing(letter="c0ffee"), written(tmp_path, "one"), is_confidential=is_confidential)
    found = case.add(listing(letter="decaf0"), written(tmp_path / "a", "two"))
    (said,) = tables.loud(found.notes)
    assert "rename one of the two files" in said
    assert ("letter.xlsx" in said) is not is_confidential


def test_a_newer_edition_at_the_same_place_needs_no_warning(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "c")
    case.add(listing(letter="2026-01-01"), written(tmp_path, "one"))
    assert tables.loud(case.add(listing(letter="2026-02-01"), written(tmp_path, "two")).notes) == ()


def test_half_written_files_of_a_killed_run_are_removed_after_a_day(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "c")
    old, new = case.workplace() / ".index.arrow.1.tmp", case.workplace() / ".index.arrow.2.tmp"
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))
    assert [path.name for path in case.workplace().glob(".*.tmp")] == [new.name]
