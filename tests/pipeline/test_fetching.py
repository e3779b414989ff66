"""Fetching into a case: editions side by side, the newest in use, and nothing taken in that was refused."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kit import __main__ as command
from kit import pipeline, sources
from kit.case import Case
from kit.errors import SourceError
from kit.lists.freshness import age_when_read, editions_used, list_folder, public_lists
from kit.model import FileRole
from kit.report import write_report
from kit.sources import Form, Layout, Source, SourceKind
from kit.sources import entries as entries_module
from kit.sources.entries import FileAddress
from kit.widgets.explorer.entry import entry_nodes
from tests.sources.serving import QUICK, Board, good, server, status

COLUMNS = "_id,source,entity_number,type,programs,name,alt_names,addresses,federal_register_notice,start_date,source_list_url"


@pytest.fixture
def board() -> Iterator[Board]:
    with server() as made:
        yield made


@pytest.fixture
def listed(board: Board, monkeypatch: pytest.MonkeyPatch) -> Source:
    """The screening list of the catalog, at an address of this machine and with small bounds."""
    form = Form("csv", Layout.CSV, "csl", (FileAddress("consolidated.csv", f"{board.base}/list.csv"),), "invented")
    entries = sources.catalog()
    small = replace(sources.source("us_csl"), forms=(form,), rows=(2, 1000))
    changed = tuple(small if entry.key == "us_csl" else entry for entry in entries)
    monkeypatch.setattr(entries_module, "catalog", lambda: changed)
    return small


def csl(count: int) -> bytes:
    rows = [
        f"a{n},Entity List (EL) - Bureau of Industry and Security,,Entity,,Verolan {n} LLC,,,,2024-01-0{n + 1},https://example.org"
        for n in range(count)
    ]
    return "\n".join([COLUMNS, *rows, ""]).encode()


def test_a_fetched_list_is_in_the_case_with_the_publishers_day_as_its_edition(
    board: Board, listed: Source, tmp_path: Path
) -> None:
    case = Case.create(tmp_path / "c")
    board.tell("/list.csv", good(csl(4), Last_Modified="Fri, 20 Nov 2026 10:00:00 GMT"))
    done = pipeline.fetch_list("us_csl", case=case, limits=QUICK)
    (file,) = case.sources(FileRole.LIST)
    assert (file.version, file.rows_read, file.is_current, file.list_ids) == ("2026-11-20", 4, True, ("us_el",))
    assert "edition 2026-11-20: 4 rows read" in done.sentence
    assert done.fetched.path.is_relative_to(list_folder(case, "us_csl"))


def test_an_older_edition_stays_and_is_no_longer_in_use(board: Board, listed: Source, tmp_path: Path) -> None:
    case = Case.create(tmp_path / "c")
    board.tell("/list.csv", good(csl(4), Last_Modified="Fri, 20 Nov 2026 10:00:00 GMT"))
    first = pipeline.fetch_list("us_csl", case=case, limits=QUICK)
    board.tell("/list.csv", good(csl(5), Last_Modified="Mon, 23 Nov 2026 10:00:00 GMT"))
    pipeline.fetch_list("us_csl:csv", case=case, limits=QUICK)
    assert [(s.version, s.is_current) for s in case.sources()] == [("2026-11-20", False), ("2026-11-23", True)]
    assert first.fetched.path.read_bytes() == csl(4)
    assert len(case.read("entities")) == 5


def test_nothing_new_changes_nothing(board: Board, listed: Source, tmp_path: Path) -> None:
    case = Case.create(tmp_path / "c")
    board.tell("/list.csv", good(csl(4), ETag='"a"'))
    pipeline.fetch_list("us_csl", case=case, limits=QUICK)
    before = case.manifest
    board.tell("/list.csv", status(304))
    done = pipeline.fetch_list("us_csl", case=case, limits=QUICK)
    assert "no newer edition" in done.sentence
    assert case.manifest == before


def test_a_refused_edition_leaves_the_case_as_it_was(board: Board, listed: Source, tmp_path: Path) -> None:
    case = Case.create(tmp_path / "c")
    board.tell("/list.csv", good(csl(4)))
    pipeline.fetch_list("us_csl", case=case, limits=QUICK)
    before = case.manifest
    board.tell("/list.csv", good(csl(1)))
    with pytest.raises(SourceError, match="was refused: it holds 1 entry"):
        pipeline.fetch_list("us_csl", case=case, limits=QUICK)
    assert case.manifest == before


def test_a_list_in_a_new_form_is_not_taken_for_a_sheet_of_ones_own(board: Board, listed: Source, tmp_path: Path) -> None:
    case = Case.create(tmp_path / "c")
    board.tell("/list.csv", good(csl(4)))
    pipeline.fetch_list("us_csl", case=case, limits=QUICK)
    changed = csl(5).replace(b"source,entity_number", b"origin,number").replace(b"source_list_url", b"url")
    board.tell("/list.csv", good(changed))
    with pytest.raises(SourceError, match="reads like own_sheet, expected csl"):
        pipeline.fetch_list("us_csl", case=case, accept_changes=True, limits=QUICK)
    assert [(source.reader, source.is_current) for source in case.sources()] == [("csl", True)]


def test_without_a_case_only_the_file_is_kept(board: Board, listed: Source, tmp_path: Path) -> None:
    board.tell("/list.csv", good(csl(4)))
    done = pipeline.fetch_list("us_csl", folder=tmp_path / "lists", limits=QUICK)
    assert done.added is None
    assert done.fetched.path.parent.parent == tmp_path / "lists" / "us_csl"


def test_one_list_that_fails_does_not_stop_the_others(board: Board, listed: Source, tmp_path: Path) -> None:
    case = Case.create(tmp_path / "c")
    board.tell("/list.csv", good(csl(4)))
    said: list[str] = []
    problems = pipeline.fetch_all(["jp_meti_eul", "us_csl"], case=case, progress=said.append)
    assert len(problems) == 1
    assert "no lasting address" in str(problems[0])
    assert case.sources()[0].list_ids == ("us_el",)


def test_all_leaves_out_collections_under_a_non_commercial_licence() -> None:
    assert "un_sc" in pipeline.fetchable()
    assert not {"opensanctions", "ua_war_sanctions", "jp_meti_eul"} & set(pipeline.fetchable())


def test_asking_fetches_nothing(board: Board, listed: Source, tmp_path: Path) -> None:
    case = Case.create(tmp_path / "c")
    assert pipeline.ask_list("us_csl", case=case) == "us_csl: there is no fetched copy yet"
    board.tell("/list.csv", good(csl(4), ETag='"a"'))
    pipeline.fetch_list("us_csl", case=case, limits=QUICK)
    assert pipeline.ask_list("us_csl", case=case) == "us_csl: the copy is the newest edition"
    board.tell("/list.csv", good(csl(5), ETag='"b"'))
    assert pipeline.ask_list("us_csl", case=case) == "us_csl: there is a newer edition"
    assert len(case.sources()) == 1


# -- where the case stands ------------------------------------------------------------------


def test_the_age_of_an_edition_is_said_and_a_newer_one_expected(board: Board, listed: Source, tmp_path: Path) -> None:
    case = Case.create(tmp_path / "c")
    board.tell("/list.csv", good(csl(4), Last_Modified="Fri, 20 Nov 2026 10:00:00 GMT"))
    pipeline.fetch_list("us_csl", case=case, limits=QUICK)
    first = public_lists(case, on=date(2026, 11, 22))[0]
    assert (first.source.key, first.says) == ("us_csl", "edition 2026-11-20, 2 days old")
    later = public_lists(case, on=date(2026, 12, 20))[0]
    assert later.says == ("edition 2026-11-20, 30 days old; a newer edition is to be expected (rhythm: most working days)")


def test_a_list_that_the_case_lacks_is_shown_with_its_way(tmp_path: Path) -> None:
    standing = {each.source.key: each for each in public_lists(Case.create(tmp_path / "c"))}
    assert standing["un_sc"].says == "not in the case"
    assert standing["un_sc"].renewal == "fetch un_sc"
    assert standing["jp_meti_eul"].renewal.startswith("by hand: Open the address")
    assert "us_el" not in standing  # a part of us_csl


def test_a_file_without_a_day_of_its_own_is_as_old_as_the_file(tmp_path: Path) -> None:
    case, path = Case.create(tmp_path / "c"), tmp_path / "consolidated.csv"
    path.write_bytes(csl(4))
    os.utime(path, (1_780_000_000,) * 2)  # 2026-05-28
    file = pipeline.add_file(case, path, role=FileRole.LIST)
    assert public_lists(case, on=date(2026, 5, 30))[0].says == "edition not given; its file is 2 days old"
    assert age_when_read(file).day == date(2026, 5, 28)


# -- the commands -----------------------------------------------------------------------------


def test_the_command_fetches_into_a_case_and_shows_it(
    board: Board, listed: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    board.tell("/list.csv", good(csl(4), Last_Modified="Fri, 20 Nov 2026 10:00:00 GMT"))
    assert command.main(["fetch", "us_csl", "--case", "mine"]) == 0
    assert command.main(["lists", "--case", "mine"]) == 0
    shown = capsys.readouterr().out
    assert "us_csl: a new edition, 4 lines or entries; edition 2026-11-20" in shown
    assert "edition 2026-11-20, " in shown
    assert command.main(["fetch", "jp_meti_eul", "--case", "mine"]) == 1


def test_the_command_needs_a_list() -> None:
    with pytest.raises(SystemExit, match="Name the lists to fetch"):
        command.main(["fetch"])


def test_every_catalogued_form_is_read_by_a_reader_that_there_is() -> None:
    from kit.lists.registry import all_readers

    names = {reader.NAME for reader in all_readers()}
    used = {form.reader for entry in sources.catalog() if entry.kind is SourceKind.LIST for form in entry.forms}
    assert sorted(used - names) == []


# -- what results say of the editions that they rest on ---------------------------------------


def test_the_summary_names_edition_and_age_of_each_public_list(board: Board, listed: Source, tmp_path: Path) -> None:
    case = Case.create(tmp_path / "c")
    board.tell("/list.csv", good(csl(4), Last_Modified="Fri, 20 Nov 2026 10:00:00 GMT"))
    pipeline.fetch_list("us_csl", case=case, limits=QUICK)
    assert editions_used(case, on=date(2026, 11, 21)) == ("us_csl: edition 2026-11-20, 1 day old",)


def test_the_report_says_how_old_a_list_was_when_it_was_read(board: Board, listed: Source, tmp_path: Path) -> None:
    case = Case.create(tmp_path / "c")
    board.tell("/list.csv", good(csl(4), Last_Modified="Mon, 03 Aug 2020 10:00:00 GMT"))
    pipeline.fetch_list("us_csl", case=case, limits=QUICK)
    text = write_report(case, tmp_path / "report.html").read_text(encoding="utf-8")
    assert "days old when it was read; a newer edition is to be expected (rhythm: most working days)" in text
    assert "US Consolidated Screening List" in text


def test_the_list_entry_on_the_screen_says_the_age_of_its_edition() -> None:
    entity = {
        "list_id": "us_el", "list_version": "2020-08-03", "sanctions": [], "names": [], "addresses": [], "identifiers": [],
        "schema": "Organization", "source_file": "list.csv", "source_row": 2,
    }  # fmt: skip
    shown = str(entry_nodes(entity, day=None))
    assert "us_el, edition 2020-08-03, " in shown
    assert "a newer edition is to be expected" in shown
    assert "edition abc'" in str(entry_nodes({**entity, "list_version": "abc"}, day=None))


OFAC = Path(__file__).parents[1] / "fixtures" / "lists" / "ofac"


def test_the_four_files_of_ofac_are_one_edition_and_are_read_together(
    board: Board, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("sdn.csv", "add.csv", "alt.csv", "sdn_comments.csv")
    for name in names:
        board.tell(f"/{name}", good((OFAC / name).read_bytes(), Last_Modified="Fri, 20 Nov 2026 10:00:00 GMT"))
    files = tuple(FileAddress(name, f"{board.base}/{name}") for name in names)
    whole = sources.source("ofac_sdn")
    small = replace(whole, forms=(replace(whole.forms[0], files=files),), rows=(1, 1000))
    entries = tuple(small if entry.key == "ofac_sdn" else entry for entry in sources.catalog())
    monkeypatch.setattr(entries_module, "catalog", lambda: entries)
    case = Case.create(tmp_path / "c")
    done = pipeline.fetch_list("ofac_sdn", case=case, limits=QUICK)
    assert sorted(path.name for path in done.fetched.path.parent.iterdir()) == sorted(names)
    assert (case.sources()[0].version, case.sources()[0].list_ids) == ("2026-11-20", ("ofac_sdn",))
    assert len(case.read("addresses")) > 0
