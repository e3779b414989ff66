"""Letters: what is taken for a party, what is left aside, and that no line is lost. Every party is invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit import lists
from kit.errors import FileError
from kit.files.documents import Document, Line, Page, Table, TableRow, Word, place_of, read_document
from kit.files.kinds import FileKind
from kit.lists.letters import Proposal, propose_entries, propose_letter
from tests.files.documents_made import Sheetful, write_docx, write_pdf

HEAD = ["No.", "Company", "Address", "Country"]
LEFTS = [50, 80, 220, 420, 540]


def told(proposal: Proposal) -> list[tuple[str, str, str]]:
    """Name, address, territory of what is taken."""
    return [(entry.name, entry.address, entry.territory) for entry in proposal.taken]


def letter(tmp_path: Path, *pages: Sheetful) -> Proposal:
    return propose_letter(write_pdf(tmp_path / "letter.pdf", pages))


def test_ruled_table_over_two_pages_is_one_table_and_its_second_header_no_party(tmp_path: Path) -> None:
    first = ["1", "Verolan Trade LLC\nand Sons", "Plum Road 1", "Turkiye"]
    second = ["2", "Qorvex Elec-\ntronics FZE", "PO Box 12", "UAE"]
    third = ["3", "Pear Import Co., Ltd.", "No. 5 Pear Road, Shenzhen", "China"]
    proposal = letter(
        tmp_path,
        Sheetful().grid(LEFTS, [150, 170, 200, 230], [HEAD, first, second]),
        Sheetful().grid(LEFTS, [50, 70, 100], [HEAD, third]),
    )
    assert told(proposal) == [
        ("Verolan Trade LLC and Sons", "Plum Road 1", "Turkiye"),
        ("Qorvex Electronics FZE", "PO Box 12", "UAE"),
        ("Pear Import Co., Ltd.", "No. 5 Pear Road, Shenzhen", "China"),
    ]
    assert [entry.why for entry in proposal.entries if not entry.is_taken] == [
        "the header of a table",
        "repeats the header of the table",
    ]


def test_table_goes_on_without_a_header_and_a_row_cut_by_the_page_is_put_together(tmp_path: Path) -> None:
    rows = [[str(n), f"Verolan {n} LLC", f"Plum Road {n}", "UAE"] for n in (1, 2, 3)]
    proposal = letter(
        tmp_path,
        Sheetful().grid(LEFTS, [150, 170, 190, 210, 230], [HEAD, *rows]),
        Sheetful().grid(LEFTS, [50, 70, 90], [["", "and Sons", "Unit 4", ""], ["4", "Pear Ltd", "Pear Road", "UAE"]]),
    )
    assert told(proposal)[2:] == [("Verolan 3 LLC and Sons", "Plum Road 3 Unit 4", "UAE"), ("Pear Ltd", "Pear Road", "UAE")]
    assert proposal.taken[2].doubt == "put together over a page break"


def test_table_without_rules_is_read_by_the_strips_between_its_columns(tmp_path: Path) -> None:
    rows = [
        ["Name", "Address", "Country"],
        ["Verolan Trade LLC", "Plum Road 1, Testville", "Turkiye"],
        ["Zarnik Electronics Import and", "Room 3, Plum Tower,", "Hong Kong"],
        ["Export Co., Ltd.", "Kowloon", ""],
        ["Pear GmbH", "Birnenweg 4, Berlin", "Germany"],
    ]
    page = Sheetful()
    for nth, row in enumerate(rows):
        for left, cell in zip((50, 230, 430), row, strict=True):
            page.lines(left, 90 + 14 * nth, [cell])
    assert told(letter(tmp_path, page)) == [
        ("Verolan Trade LLC", "Plum Road 1, Testville", "Turkiye"),
        ("Zarnik Electronics Import and Export Co., Ltd.", "Room 3, Plum Tower, Kowloon", "Hong Kong"),
        ("Pear GmbH", "Birnenweg 4, Berlin", "Germany"),
    ]


NUMBERED = [
    "Dear Sir or Madam:", "", "The following foreign parties are at high risk of diverting your", "products. Please do not ship.",
    "", "1. Verolan Trade LLC, Plum Road 1, Testville, Turkiye", "2. Qorvex FZE (a.k.a. Qorvex Dubai), PO Box 12, Dubai, UAE",
    "3. 16/F, Wealth Tower, 18 Example Road, Wan Chai, Hong Kong", "4. Pear Trading", "", "Sincerely,", "Jane Example",
]  # fmt: skip


def test_numbered_list_gives_names_addresses_and_an_entry_that_is_only_an_address(tmp_path: Path) -> None:
    proposal = letter(tmp_path, Sheetful().lines(50, 50, NUMBERED))
    assert told(proposal) == [
        ("Verolan Trade LLC", "Plum Road 1, Testville, Turkiye", "Turkiye"),
        ("Qorvex FZE", "PO Box 12, Dubai, UAE", "UAE"),
        ("", "16/F, Wealth Tower, 18 Example Road, Wan Chai, Hong Kong", "Hong Kong"),
        ("Pear Trading", "", ""),
    ]
    assert proposal.taken[1].other_names == "Qorvex Dubai"


def test_each_entry_is_cited_by_page_and_line(tmp_path: Path) -> None:
    proposal = letter(tmp_path, Sheetful().lines(50, 50, NUMBERED))
    assert [entry.where for entry in proposal.taken] == [f"page 1, line {line}" for line in (4, 5, 6, 7)]
    assert place_of(proposal.taken[0].place) == "page 1, line 4"


def test_name_that_only_its_place_in_the_list_speaks_for_has_a_doubt(tmp_path: Path) -> None:
    doubts = [entry.doubt for entry in letter(tmp_path, Sheetful().lines(50, 50, NUMBERED)).taken]
    assert doubts[0] == "" and "nothing but its place" in doubts[3] and "no name" in doubts[2]


def test_addresses_set_in_below_names_belong_to_them(tmp_path: Path) -> None:
    page = Sheetful().lines(50, 50, ["Verolan Trade LLC", "", "", "Qorvex FZE", "", "", "Pear Import Co., Ltd."])
    page.lines(75, 64, ["Plum Road 1", "Testville, Turkiye", "", "a.k.a. Qorvex Dubai", "Dubai, UAE", "", "Shenzhen, China"])
    assert told(letter(tmp_path, page)) == [
        ("Verolan Trade LLC", "Plum Road 1, Testville, Turkiye", "Turkiye"),
        ("Qorvex FZE", "Dubai, UAE", "UAE"),
        ("Pear Import Co., Ltd.", "Shenzhen, China", "China"),
    ]


def test_page_in_two_columns_is_read_column_by_column(tmp_path: Path) -> None:
    left = ["Verolan Trade LLC", "Plum Road 1", "Testville, Turkiye", "", "Qorvex FZE", "PO Box 12", "Dubai, UAE"]
    right = ["Pear Import Co., Ltd.", "No. 5 Pear Road", "Shenzhen, China", "", "Fig Limited", "Flat 3, Fig House", "Hong Kong"]
    found = told(letter(tmp_path, Sheetful().lines(50, 80, left).lines(310, 80, right)))
    assert sorted(name for name, _, _ in found) == ["Fig Limited", "Pear Import Co., Ltd.", "Qorvex FZE", "Verolan Trade LLC"]
    assert {territory for _, _, territory in found} == {"Turkiye", "UAE", "China", "Hong Kong"}


def test_labels_say_what_is_what(tmp_path: Path) -> None:
    texts = ["Name: Verolan Trade LLC", "Address: Plum Road 1", "Country: Turkiye", "Tax number: 1234567890"]
    proposal = letter(tmp_path, Sheetful().lines(50, 50, texts))
    assert told(proposal) == [("Verolan Trade LLC", "Plum Road 1", "Turkiye")]
    assert proposal.taken[0].more == (("Tax number", "tax", "1234567890"),)


def test_heading_with_a_territory_holds_for_the_entries_below(tmp_path: Path) -> None:
    proposal = letter(tmp_path, Sheetful().lines(50, 50, ["HONG KONG", "", "Fig Limited", "Flat 3, 5/F, Fig House, Kowloon"]))
    assert told(proposal) == [("Fig Limited", "Flat 3, 5/F, Fig House, Kowloon", "HONG KONG")]
    assert "heading at page 1, line 1" in proposal.taken[0].why


def test_sender_and_addressee_above_the_salutation_are_no_parties(tmp_path: Path) -> None:
    texts = ["Example Chips LLC", "1 Chip Way, Testville", "", "Dear Ms. Example,", "", "Verolan Trade LLC", "Plum Road 1, UAE"]
    assert [name for name, _, _ in told(letter(tmp_path, Sheetful().lines(50, 50, texts)))] == ["Verolan Trade LLC"]


def test_running_title_and_page_number_are_left_aside(tmp_path: Path) -> None:
    pages = [
        Sheetful().text(50, 20, "EXAMPLE AGENCY").text(50, 60, f"{n}. Verolan {n} LLC, UAE").text(280, 810, f"Page {n} of 2")
        for n in (1, 2)
    ]
    proposal = letter(tmp_path, *pages)
    assert [name for name, _, _ in told(proposal)] == ["Verolan 1 LLC", "Verolan 2 LLC"]
    assert {entry.why for entry in proposal.entries if not entry.is_taken} == {"a running title of the pages", "a page number"}


@pytest.mark.parametrize("is_turned_by_the_page", [True, False])
def test_page_that_lies_on_its_side_is_read(tmp_path: Path, is_turned_by_the_page: bool) -> None:
    texts = ["1. Verolan Trade LLC, Plum Road 1, Turkiye", "2. Qorvex FZE, PO Box 12, UAE"]
    page = Sheetful(rotate=90 if is_turned_by_the_page else 0)
    for nth, text in enumerate(texts):
        if is_turned_by_the_page:
            page.text(50, 50 + 14 * nth, text)
        else:
            page.lying(100 + 14 * nth, 700, text)
    assert [name for name, _, _ in told(letter(tmp_path, page))] == ["Verolan Trade LLC", "Qorvex FZE"]


def test_docx_with_a_table_and_a_list(tmp_path: Path) -> None:
    table = [
        HEAD,
        ["1", "Verolan Trade LLC", "Plum Road 1", "Turkiye"],
        ["2", "ООО «Пример Радио»", "ул. Примерная, 3", "Россия"],
    ]
    parts = ["Dear Ms. Example,", table, "Also:", "* 深圳示例电子有限公司, 1 Pear Road, Shenzhen, China", "* Qorvex FZE, UAE"]
    proposal = propose_letter(write_docx(tmp_path / "letter.docx", parts))
    assert told(proposal) == [
        ("Verolan Trade LLC", "Plum Road 1", "Turkiye"),
        ("ООО «Пример Радио»", "ул. Примерная, 3", "Россия"),
        ("深圳示例电子有限公司", "1 Pear Road, Shenzhen, China", "China"),
        ("Qorvex FZE", "", "UAE"),
    ]


def test_reading_gives_tables_with_places_and_rejects_with_reasons(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "Secret letter.pdf", [Sheetful().lines(50, 50, NUMBERED)])
    assert lists.recognize(path) == "letter_pdf"
    result = lists.read_list(path, is_confidential=True)
    entities = result.tables["entities"].to_pylist()
    assert [(e["name"], e["source_row"], e["is_address_only"]) for e in entities] == [
        ("Verolan Trade LLC", 1004, False),
        ("Qorvex FZE", 1005, False),
        ("16/F, Wealth Tower, 18 Example Road, Wan Chai, Hong Kong", 1006, True),
        ("Pear Trading", 1007, False),
    ]
    assert {e["is_confidential"] for e in entities} == {True}
    assert "page 1, line 4" in entities[0]["remarks"]
    assert result.rejects.to_pylist()[0] == {
        "source_file": "Secret letter.pdf",
        "source_row": 1001,
        "reason": "not taken: part of the letter, no party",
        "content": "page 1, line 1: Dear Sir or Madam:",
    }


# -- what cannot be read -----------------------------------------------------


def test_scan_is_refused_with_advice(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"no text layer.*OCR.*sends nothing anywhere"):
        read_document(write_pdf(tmp_path / "scan.pdf", [Sheetful(has_picture=True)]))


def test_locked_pdf_is_refused_with_advice(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="locked by a password"):
        read_document(write_pdf(tmp_path / "locked.pdf", [Sheetful().text(50, 50, "x")], encrypted=True))


def test_pdf_without_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no text"):
        read_document(write_pdf(tmp_path / "blank.pdf", [Sheetful()]))


def test_scanned_pages_among_others_are_rejects_and_said(tmp_path: Path) -> None:
    pages = [Sheetful().lines(50, 50, ["1. Verolan Trade LLC, UAE", "2. Qorvex FZE, UAE"]), Sheetful(has_picture=True)]
    result = lists.read_list(write_pdf(tmp_path / "mixed.pdf", pages))
    assert result.rows_read == 2
    assert result.rejects.to_pylist()[0]["reason"] == "page 2: no text layer: the page is a scan or a picture"
    assert any(note.startswith("NOT READ: 1 page of 2 (2)") for note in result.notes)


def test_docx_of_pictures_is_refused_with_advice(tmp_path: Path) -> None:
    import docx

    picture = tmp_path / "scan.png"
    picture.write_bytes(bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
        "3a7e9b550000000a49444154789c6360000000020001e221bc330000000049454e44ae426082"
    ))  # fmt: skip
    document = docx.Document()
    document.add_picture(str(picture))
    document.save(str(tmp_path / "scan.docx"))
    with pytest.raises(FileError, match="OCR"):
        read_document(tmp_path / "scan.docx")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_file_is_read_or_refused_and_never_breaks(tmp_path: Path, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(["pdf", "docx"]))
    path = tmp_path / f"damaged.{kind}"
    if kind == "pdf":
        write_pdf(
            path, [Sheetful().lines(50, 50, NUMBERED).grid(LEFTS, [350, 370, 400], [HEAD, ["1", "Verolan LLC", "x", "UAE"]])]
        )
    else:
        write_docx(path, ["Verolan Trade LLC, UAE", [HEAD, ["1", "Verolan LLC", "x", "UAE"]]])
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=20))
        if len(content) == 0:
            break
    path.write_bytes(bytes(content))
    try:
        propose_letter(path)
    except FileError as problem:
        assert f"damaged.{kind}" in str(problem)


# -- no line is lost -----------------------------------------------------------

TEXTS = st.one_of(
    st.sampled_from(NUMBERED),
    st.sampled_from(["UAE", "Hong Kong:", "Name", "Company", "Address", "Country", "• Zarnik", "Plum Road 1, Unit 3",
                     "3", "- 2 -", "Verolan Trade LLC", "(", "；", "ООО «Пример»", "深圳示例有限公司", "a.k.a.", "Address: x",
                     "Dear", "1.", "—"]),
    st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=40),
)  # fmt: skip


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Pages of lines and tables in any arrangement."""
    pages = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        blocks: list[Line | Table] = []
        place = number * 1000
        top = 40.0
        for _ in range(draw(st.integers(0, 9))):
            place += 1
            top += draw(st.sampled_from([12.0, 14.0, 30.0]))
            if draw(st.integers(0, 4)) == 0:
                blocks.append(draw(_tables(place)))
                place += 8
                continue
            words, left = [], draw(st.sampled_from([50.0, 70.0, 300.0]))
            for text in draw(st.lists(TEXTS, min_size=1, max_size=4)):
                for part in text.split() or ["x"]:
                    words.append(Word(part, left, left + 5 * len(part)))
                    left += 5 * len(part) + 3
                left += draw(st.sampled_from([0.0, 20.0, 90.0]))
            blocks.append(Line(place, tuple(words), top, top + 10, is_item=draw(st.booleans())))
        problem = draw(st.sampled_from([None, None, "a scan"])) if len(blocks) == 0 else None
        pages.append(Page(number, tuple(blocks), problem))
    return Document("any.pdf", FileKind.PDF, tuple(pages))


@st.composite
def _tables(draw: st.DrawFn, place: int) -> Table:
    width = draw(st.integers(1, 4))
    cells = st.one_of(st.just(""), TEXTS)
    rows = []
    for nth in range(draw(st.integers(1, 4))):
        row = tuple(draw(st.lists(cells, min_size=width, max_size=width)))
        above = frozenset(draw(st.sets(st.integers(0, width - 1), max_size=1))) if nth > 0 else frozenset()
        rows.append(TableRow((place + nth,), row, above, spans=draw(st.integers(0, 5)) == 0))
    return Table(tuple(rows))


@settings(max_examples=300, deadline=None)
@given(documents())
def test_every_line_of_any_layout_is_in_an_entry(document: Document) -> None:
    proposal = propose_entries(document)
    covered = {place for entry in proposal.entries for place in entry.places}
    stood = {
        place
        for page in document.pages
        for block in page.blocks
        for place in ([block.place] if isinstance(block, Line) else [p for row in block.rows for p in row.places])
    }
    assert covered == stood
    assert all(entry.name != "" or entry.address != "" for entry in proposal.taken)


@settings(max_examples=100, deadline=None)
@given(documents())
def test_entries_taken_and_rejects_add_up(document: Document) -> None:
    from kit.lists.editions import Edition
    from kit.lists.letters.result import to_result

    proposal = propose_entries(document)
    result = to_result(proposal, Edition("any.pdf", "1", None, True, ""), list_id="any", reader="letter_pdf")
    assert result.rows_read + len(result.rejects) == len(proposal.entries) + len(proposal.unread)


@settings(max_examples=100, deadline=None)
@given(documents())
def test_every_word_of_any_layout_is_in_the_text_of_an_entry(document: Document) -> None:
    kept = "".join("".join(entry.text.split()) for entry in propose_entries(document).entries)
    for page in document.pages:
        for block in page.blocks:
            if isinstance(block, Line):
                for word in block.words:
                    assert "".join(word.text.replace("\u00ad", "").split()) in kept


def test_column_of_name_and_address_is_taken_apart(tmp_path: Path) -> None:
    rows = [
        ["No.", "Name and Address"],
        ["1", "Verolan Trade LLC\nPlum Road 1\nTestville, Turkiye"],
        ["2", "Qorvex FZE, PO Box 12, Dubai, UAE"],
    ]
    assert told(propose_letter(write_docx(tmp_path / "both.docx", [rows]))) == [
        ("Verolan Trade LLC", "Plum Road 1, Testville, Turkiye", "Turkiye"),
        ("Qorvex FZE", "PO Box 12, Dubai, UAE", "UAE"),
    ]


def test_person_written_with_the_surname_first_is_one_name(tmp_path: Path) -> None:
    texts = ["1. IVANOV, Ivan Ivanovich, Russia", "2. Zarnik Import, Export and Forwarding Co., Ltd., Room 1, Shenzhen"]
    names = [name for name, _, _ in told(letter(tmp_path, Sheetful().lines(50, 50, texts)))]
    assert names == ["IVANOV, Ivan Ivanovich", "Zarnik Import, Export and Forwarding Co., Ltd."]


def test_places_of_a_long_docx_do_not_repeat(tmp_path: Path) -> None:
    rows = [["Name", "Country"], *([f"Verolan {n} LLC", "UAE"] for n in range(1100))]
    taken = propose_letter(write_docx(tmp_path / "long.docx", [rows])).taken
    assert [entry.place for entry in taken] == list(range(2, 1102))
    assert taken[-1].where == "line 1101"


def test_sentence_that_holds_a_legal_form_is_left_aside_with_a_doubt(tmp_path: Path) -> None:
    texts = [
        "We write to ask that you stop shipping to the parties in",
        "the enclosure, among them is Verolan Trade LLC of Turkiye.",
    ]
    proposal = letter(tmp_path, Sheetful().lines(50, 50, texts))
    assert [entry.is_taken for entry in proposal.entries] == [False]
    assert "may name a party" in proposal.entries[0].doubt
    assert any("may name a party inside a sentence" in note for note in proposal.notes)


def test_a_docx_whose_packed_part_is_damaged_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "damaged.docx"
    write_docx(path, ["Verolan Trade LLC, UAE"])
    content = path.read_bytes()
    path.write_bytes(content[:49] + bytes(5) + content[54:])
    with pytest.raises(FileError, match="damaged or cut off"):
        propose_letter(path)
