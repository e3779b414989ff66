from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from kit import __main__ as command_line
from kit import pipeline, tables
from kit.case import Case
from kit.errors import KitError
from kit.model import FileRole, Judgement
from kit.pipeline.job import summarize
from tests import factory

LIST = [
    ("Company name", "Also known as", "Address", "Country"),
    ("Verolan Elektronik Sanayi Limited Sirketi", "Verolan Electronics", "Ikitelli, Istanbul", "Türkiye"),
    ("Zarnitsa Pribor LLC", "ООО «Зарница Прибор»", "Ulitsa Lesnaya 5, Moscow", "Russia"),
]
TRADE = [
    ("date", "consignor_name", "consignee_name", "hs_code", "value_usd", "departure_country", "destination_country"),
    ("2023-02-01", "VEROLAN ELEKTRONIK SAN. LTD. STI.", "ООО ЗАРНИЦА ПРИБОР", "854231", "1200.50", "TR", "RU"),
    ("2023-02-02", "MEYERHOLD KERAMIK GMBH", "OOO DOMOVOY", "690721", "88", "DE", "RU"),
    ("2023-02-30", "MEYERHOLD KERAMIK GMBH", "OOO DOMOVOY", "690721", "88", "DE", "RU"),
]


def written(path: Path, rows: list[tuple[str, ...]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


@pytest.fixture
def request_(tmp_path: Path) -> pipeline.Request:
    return pipeline.Request([written(tmp_path / "letter.csv", LIST)], [written(tmp_path / "imports.csv", TRADE)])


def test_list_and_trade_file_give_candidates_and_a_report(tmp_path: Path, request_: pipeline.Request) -> None:
    summary = pipeline.run_case(Case.create(tmp_path / "case"), request_)
    found = summary.case.read("candidates").to_pylist()
    best = {row["record_name"]: row["entity_name"] for row in found if row["rank"] == 1 and row["band"] != "weak"}
    assert set(best) == {"VEROLAN ELEKTRONIK SAN. LTD. STI.", "ООО ЗАРНИЦА ПРИБОР"}
    assert all(row["explanation"].endswith(".") for row in found)
    assert summary.report.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_same_files_give_the_same_result(tmp_path: Path, request_: pipeline.Request) -> None:
    one = pipeline.run_case(Case.create(tmp_path / "one"), request_)
    two = pipeline.run_case(Case.create(tmp_path / "two"), request_)
    for table in ("entities", "names", "declarations", "candidates", "rejects"):
        assert one.case.read(table).equals(two.case.read(table)), table


def test_second_run_reads_nothing_again(tmp_path: Path, request_: pipeline.Request) -> None:
    case = Case.create(tmp_path / "case")
    pipeline.run_case(case, request_)
    stamps = {path: path.stat().st_mtime_ns for path in (case.folder / "tables").rglob("*.parquet")}
    pipeline.run_case(case, request_)
    assert {path: path.stat().st_mtime_ns for path in (case.folder / "tables").rglob("*.parquet")} == stamps


def test_judgements_outlive_a_rebuild(tmp_path: Path, request_: pipeline.Request) -> None:
    case = Case.create(tmp_path / "case")
    pipeline.run_case(case, request_)
    case.journal.judge(case.read("candidates").to_pylist()[0], Judgement.UNSURE, reason=None, reviewer="R")
    case.note(candidates_of="")
    pipeline.find_candidates(case)
    judged = case.read("judgements").column("candidate_id").to_pylist()
    assert set(judged) <= set(case.read("candidates").column("candidate_id").to_pylist())
    assert len(judged) == 1


def test_unreadable_value_is_in_the_reject_table_with_file_and_line(tmp_path: Path, request_: pipeline.Request) -> None:
    case = Case.create(tmp_path / "case")
    pipeline.read_all(case, request_)
    rejects = case.read("rejects").to_pylist()
    assert [(r["source_file"], r["source_row"]) for r in rejects] == [("imports.csv", 4)]
    assert "2023-02-30" in rejects[0]["reason"]


def test_file_of_unknown_layout_is_a_clear_error(tmp_path: Path) -> None:
    path = written(tmp_path / "x.csv", [("colour", "shape"), ("red", "round")])
    with pytest.raises(KitError, match="colour"):
        pipeline.add_file(Case.create(tmp_path / "case"), path, role=FileRole.DECLARATIONS)


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02" * 100, b"PK\x03\x04 broken", b"PAR1 cut", b"\xff\xfe", b'a;b\n"1;2\n'])
def test_inspect_never_ends_in_a_traceback(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    found = pipeline.inspect(path)
    assert found["role"] == "unknown"
    assert len(found["message"]) > 20


def test_inspect_says_where_each_column_went(capsys: pytest.CaptureFixture[str], request_: pipeline.Request) -> None:
    assert command_line.main(["inspect", str(request_.lists[0]), str(request_.trade[0])]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["role"] for line in lines] == ["list", "declarations"]
    assert {"source": "consignor_name", "target": "consignor_name"}.items() <= lines[1]["columns"][1].items()
    assert lines[0]["columns"][0]["target"] == "name"


def test_run_command_makes_the_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request_: pipeline.Request) -> None:
    monkeypatch.chdir(tmp_path)
    files = ["--list", str(request_.lists[0]), "--trade", str(request_.trade[0])]
    assert command_line.main(["run", "--case", "mine", *files]) == 0
    assert (tmp_path / "cases" / "mine" / "output" / "report.html").exists()


def test_run_command_says_what_is_wrong_with_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], request_: pipeline.Request
) -> None:
    monkeypatch.chdir(tmp_path)
    files = ["--list", str(request_.lists[0]), "--trade", "absent.csv"]
    assert command_line.main(["run", "--case", "mine", *files]) == 1
    assert "absent.csv" in capsys.readouterr().err


def test_judged_candidate_that_is_no_longer_found_stays(tmp_path: Path, request_: pipeline.Request) -> None:
    case = Case.create(tmp_path / "case")
    pipeline.run_case(case, request_)
    found = case.read("candidates")
    entity = case.read("entities").to_pylist()[0]["entity_id"]
    older = factory.candidate("OOO DOMOVOY", entity, score=0.6)
    case.replace("candidates", tables.concat("candidates", [found, tables.from_rows("candidates", [older])]))
    case.journal.judge(older, Judgement.POSITIVE, reason="same tax number", reviewer="R")
    case.note(candidates_of="")
    again = pipeline.find_candidates(case).to_pylist()
    assert [row for row in again if row["record_name"] == "OOO DOMOVOY"] == [older]
    assert len(again) == len(found) + 1


def test_confidential_file_is_known_however_its_path_is_written(
    tmp_path: Path, request_: pipeline.Request, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    case = Case.create(tmp_path / "case")
    pipeline.read_all(case, pipeline.Request(request_.lists, request_.trade, confidential=[Path("letter.csv")]))
    assert set(case.read("entities").column("is_confidential").to_pylist()) == {True}


def test_confidential_file_that_is_no_list_of_the_run_is_refused(tmp_path: Path, request_: pipeline.Request) -> None:
    case = Case.create(tmp_path / "case")
    request = pipeline.Request(request_.lists, request_.trade, confidential=[tmp_path / "imports.csv"])
    with pytest.raises(KitError, match=r"imports\.csv"):
        pipeline.read_all(case, request)
    assert case.sources() == ()


def test_monthly_totals_are_not_counted_as_declarations(tmp_path: Path) -> None:
    rows = [factory.declaration(1), factory.declaration(2, record_level="monthly_total"), factory.declaration(3, repeat_of="D1")]
    case = factory.small_case(tmp_path, declarations=rows)
    summary = summarize(case, case.output("report.html"))
    assert (summary.declarations, summary.monthly_totals) == (1, 1)
    assert "1 declarations, 1 monthly totals by party" in summary.lines()[0]
