"""A confidential letter: its names, its file's name and its text leave the case in no export. Every party is invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kit import pipeline
from kit.__main__ import main
from kit.case import Case
from kit.errors import JournalError, SelectionError
from kit.flows import Selection, open_store
from kit.lists.letters import edit_entry, propose_letter
from kit.model import Judgement, RecordKind
from kit.report import write_report
from kit.review import release_list
from kit.widgets.explorer.export import save_view
from tests.files.documents_made import Sheetful, write_pdf

# Words that stand in the letter only; the trade file spells its parties otherwise.
CANARIES = ("Quillfeather", "Zanzabrook", "Mirrowgate", "Oxbrindle", "Tallowmere", "canarybird", "Hushmarker", "Correctedly")
LETTER = [
    "Dear Ms. Hushmarker,", "", "Please stop shipping to the parties below, as Mr. Oxbrindle asked of your firm.", "",
    "1. Verolan Quillfeather Electronics LLC (a.k.a. Zanzabrook Trade), Tallowmere Road 7, Testville, Turkiye",
    "2. Mirrowgate Import Co., Ltd., Plum Road 1, Shenzhen, China", "", "Sincerely,",
]  # fmt: skip
TRADE = (
    "Date,Shipper,Shipper Address,Consignee,HS Code,Description,Value USD,Origin Country\n"
    "2023-02-01,VEROLAN QUILFETHER ELEKTRONICS,TALOWMER RD 7,OOO ZARNITSA PRIBOR,854231,circuits,1000,TW\n"
    "2023-03-02,HANDEL GMBH,BIRNENWEG 4,OOO ZARNITSA PRIBOR,847330,parts,200,DE\n"
)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """A case with that letter, corrected by hand, and a match with it."""
    letter = write_pdf(tmp_path / "canarybird_letter.pdf", [Sheetful().lines(50, 50, LETTER)])
    trade = tmp_path / "trade.csv"
    trade.write_text(TRADE, encoding="utf-8")
    made = Case.create(tmp_path / "case")
    proposal = propose_letter(letter)
    number = next(n for n, entry in enumerate(proposal.entries) if entry.name.startswith("Mirrowgate"))
    pipeline.save_corrections(made, letter, edit_entry(proposal, number, name="Mirrowgate Correctedly Import"))
    made.note(command="run --list canarybird_letter.pdf")
    pipeline.run_case(made, pipeline.Request([letter], [trade], confidential=[letter]))
    for row in made.read("candidates").to_pylist():
        made.journal.judge(row, Judgement.POSITIVE, reason="Tallowmere Road is theirs", reviewer="R. Viewer")
    return made


def found(text: str) -> list[str]:
    """The canaries in a text, however it is escaped."""
    plain = text.casefold() + json.dumps(text).casefold()
    return [word for word in CANARIES if word.casefold() in plain]


def test_the_letter_is_in_the_case_with_its_corrections_and_found(case: Case) -> None:
    assert set(case.read("entities").column("is_confidential").to_pylist()) == {True}
    assert "Mirrowgate Correctedly Import" in case.read("names").column("name").to_pylist()
    assert len(case.read("candidates")) > 0


def test_published_copy_holds_nothing_of_the_letter(case: Case, tmp_path: Path) -> None:
    path = write_report(case, tmp_path / "published.html", working_copy=False)
    assert found(path.read_text(encoding="utf-8")) == []


def test_working_copy_says_that_it_holds_a_confidential_list(case: Case) -> None:
    text = (case.folder / "output" / "report.html").read_text(encoding="utf-8")
    assert "It holds a confidential list (canarybird_letter.pdf): this file must not leave the case." in text


def test_saved_views_and_the_words_beside_them_hold_nothing_of_the_letter(case: Case) -> None:
    store = open_store(case)
    list_ids = tuple(source.list_ids[0] for source in case.sources() if len(source.list_ids) > 0)
    for kind in store.kinds():
        for selection in (store.default(kind), Selection(kind=kind, list_ids=list_ids)):
            save_view(store, selection, "All records.", show_persons=True)
    written = [path for path in (case.folder / "output").iterdir() if path.suffix in (".csv", ".txt")]
    assert len(written) >= 2
    for path in written:
        assert found(path.read_text(encoding="utf-8-sig")) == [], path.name


def test_words_beside_a_view_do_not_name_a_confidential_list_or_entry(case: Case) -> None:
    store = open_store(case)
    list_id = next(source.list_ids[0] for source in case.sources() if len(source.list_ids) > 0)
    sentence = f"2 records → list {list_id}: 1 → search “mirrowgate correctedly import”: 1 → canarybird_letter.pdf: 1"
    path = save_view(store, store.default(RecordKind.DECLARATIONS), sentence)
    about = path.with_suffix(".about.txt").read_text(encoding="utf-8-sig")
    assert "2 records → list (confidential list): 1" in about
    assert found(about) == []


def test_it_stays_confidential_when_it_is_read_again_without_saying_so(case: Case, tmp_path: Path) -> None:
    pipeline.read_all(case, pipeline.Request([tmp_path / "canarybird_letter.pdf"]))
    assert [source.is_confidential for source in case.sources() if source.role == "list"] == [True]


def test_release_is_written_to_the_journal_and_only_then_names_may_leave(case: Case, tmp_path: Path) -> None:
    release_list(case, "canarybird_letter.pdf", reason="the source agreed", reviewer="E. Ditor")
    line = case.journal.releases()[0]
    assert (line["file"], line["reason"], line["reviewer"]) == ("canarybird_letter.pdf", "the source agreed", "E. Ditor")
    assert set(case.read("entities").column("is_confidential").to_pylist()) == {False}
    path = write_report(case, tmp_path / "published.html", working_copy=False)
    assert "Quillfeather" in found(path.read_text(encoding="utf-8"))
    pipeline.read_all(case, pipeline.Request([tmp_path / "canarybird_letter.pdf"]))
    assert [source.is_confidential for source in case.sources() if source.role == "list"] == [False]


@pytest.mark.parametrize(("reason", "reviewer"), [("", "E. Ditor"), ("agreed", " ")])
def test_release_without_a_name_or_reason_releases_nothing(case: Case, reason: str, reviewer: str) -> None:
    with pytest.raises(JournalError):
        release_list(case, "canarybird_letter.pdf", reason=reason, reviewer=reviewer)
    assert set(case.read("entities").column("is_confidential").to_pylist()) == {True}


def test_release_of_one_letter_opens_no_other_of_the_same_name(tmp_path: Path) -> None:
    made = Case.create(tmp_path / "case")
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        path = tmp_path / folder / "letter.csv"
        path.write_text(f"name,country\nVerolan Quillfeather {folder} LLC,TR\n", encoding="utf-8")
        pipeline.read_all(made, pipeline.Request([path], confidential=[path]))
    with pytest.raises(SelectionError, match="2 confidential lists called"):
        release_list(made, "letter.csv", reason="agreed", reviewer="E. Ditor")
    assert [source.is_confidential for source in made.sources()] == [True, True]
    assert len(made.journal.releases()) == 0
    wanted = made.sources()[0].sha256
    assert release_list(made, wanted[:12], reason="agreed", reviewer="E. Ditor").sha256 == wanted
    assert [source.is_confidential for source in made.sources()] == [False, True]


def test_release_of_a_list_that_is_not_confidential_is_refused(case: Case) -> None:
    with pytest.raises(SelectionError):
        release_list(case, "trade.csv", reason="agreed", reviewer="E. Ditor")


def test_command_line_takes_corrections_from_a_spreadsheet_and_releases(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write_pdf(tmp_path / "letter.pdf", [Sheetful().lines(50, 50, LETTER)])
    (tmp_path / "trade.csv").write_text(TRADE, encoding="utf-8")
    assert main(["inspect", "letter.pdf", "--entries", "entries.csv"]) == 0
    printed = json.loads(capsys.readouterr().out.splitlines()[0])
    assert next(entry["name"] for entry in printed["entries"] if entry["is_taken"]) == "Verolan Quillfeather Electronics LLC"
    text = (tmp_path / "entries.csv").read_text(encoding="utf-8-sig")
    (tmp_path / "entries.csv").write_text(text.replace("Mirrowgate Import", "Mirrowgate Exports"), encoding="utf-8-sig")
    run = ["run", "--case", "a", "--list", "letter.pdf", "--trade", "trade.csv", "--confidential", "letter.pdf"]
    assert main([*run, "--corrections", "entries.csv"]) == 0
    case = Case.open(tmp_path / "cases" / "a")
    assert "Mirrowgate Exports Co., Ltd." in case.read("names").column("name").to_pylist()
    assert main(["release", "--case", "a", "--list", "letter.pdf", "--by", "E. Ditor", "--reason", "agreed"]) == 0
    assert len(case.journal.releases()) == 1
