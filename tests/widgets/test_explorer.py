"""The explorer's state and screen, without a browser: what a click changes, and what is said about it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from kit.case import Case
from kit.charts import Mark
from kit.model import Judgement, RecordKind
from kit.widgets import Explorer
from tests.factory import declaration, small_case
from tests.widgets.hostile_case import HOSTILE, LISTED, LONG, hostile_case


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return hostile_case(tmp_path)


@pytest.fixture
def explorer(case: Case) -> Explorer:
    made = Explorer(case)
    made.state.filter(statuses=(), goods="all")
    made.draw()
    return made


def texts(tree: Any) -> str:
    """All text of a tree of nodes."""
    if isinstance(tree, str):
        return tree
    if isinstance(tree, list):
        return " ".join(texts(node) for node in tree)
    return " ".join([*(texts(child) for child in tree["children"])])


def first_mark(figure: Any, part: str, **wanted: Any) -> int:
    """Number of the first mark of a part whose fields are as wanted."""
    marks = [Mark.from_dict(dict(m)) for m in figure.layout.meta["marks"][f"0/{part}"]]
    return next(i for i, m in enumerate(marks) if all(getattr(m, k) == v for k, v in wanted.items()))


def links(explorer: Explorer) -> Any:
    """The bands of the flow picture."""
    return explorer.flows.figure.data[0].link.to_plotly_json()  # type: ignore[union-attr]


def click(explorer: Explorer, picture: str, part: str, index: int) -> None:
    chart = getattr(explorer, picture)
    chart._clicked(chart, {"action": "click", "part": part, "curve": 0, "index": index}, None)


def test_one_filter_moves_pictures_rows_and_sentence(explorer: Explorer) -> None:
    before = explorer.flows.view, explorer.timeline.view, explorer.territories.view
    explorer.filters.act("add_from", "HK")
    after = explorer.flows.view, explorer.timeline.view, explorer.territories.view
    assert all(a != b for a, b in zip(before, after, strict=True))
    left = explorer.state.counts().records
    assert explorer.rows.page["total"] == left
    assert f"{left:,}" in texts(explorer.status.tree)


def test_a_clicked_band_narrows_rows_and_other_pictures_but_not_its_own(explorer: Explorer) -> None:
    values, timeline = links(explorer)["value"], explorer.timeline.view
    click(explorer, "flows", "link", 0)
    assert 0 < explorer.rows.page["total"] < 400
    assert links(explorer)["value"] == values
    assert explorer.timeline.view != timeline


def test_a_clicked_band_stands_out_until_it_is_let_go(explorer: Explorer) -> None:
    before = links(explorer)["color"]
    click(explorer, "flows", "link", 3)
    assert [number for number, color in enumerate(links(explorer)["color"]) if color.endswith(",1)")] == [3]
    explorer.status.act("let_go")
    assert links(explorer)["color"] == before


def test_the_bands_of_a_clicked_node_stand_out(explorer: Explorer) -> None:
    click(explorer, "flows", "node", 0)
    shown = links(explorer)
    for source, target, color in zip(shown["source"], shown["target"], shown["color"], strict=True):
        assert color.endswith(",1)") == (0 in (source, target))


def test_the_rows_of_a_band_are_exactly_its_records(explorer: Explorer) -> None:
    corridors = explorer.store.corridors(explorer.selection, explorer.state.now.stages, most=12)
    drawn = corridors[corridors["value"] > 0].reset_index(drop=True)
    for index in range(0, len(drawn), 9):
        click(explorer, "flows", "link", index)
        assert explorer.rows.page["total"] == drawn.loc[index, "records"]
        explorer.status.act("let_go")


def test_the_same_mark_clicked_again_lets_go(explorer: Explorer) -> None:
    click(explorer, "flows", "node", 0)
    click(explorer, "flows", "node", 0)
    assert explorer.selection.focus is None


def test_a_node_of_others_shows_the_records_outside_the_named_ones(explorer: Explorer) -> None:
    explorer.state.show_most(2)
    explorer.draw()
    corridors = explorer.store.corridors(explorer.selection, explorer.state.now.stages, most=2)
    others = corridors[(corridors["stage_from"] == "consignor") & corridors["is_others_from"]]
    index = first_mark(explorer.flows.figure, "node", others=("consignor",))
    click(explorer, "flows", "node", index)
    assert explorer.rows.page["total"] == others["records"].sum()


def test_the_not_named_node_shows_the_records_that_name_nobody(explorer: Explorer) -> None:
    index = next(
        i
        for i, m in enumerate(explorer.flows.figure.layout.meta["marks"]["0/node"])
        if m["nodes"][0][:2] == ["consignee", "(not named)"]
    )
    click(explorer, "flows", "node", index)
    assert explorer.rows.page["total"] == 80


def test_undo_goes_back_step_by_step_and_reset_to_the_opening(explorer: Explorer) -> None:
    before = explorer.selection
    explorer.filters.act("goods", "priority")
    explorer.filters.act("add_to", "KG")
    explorer.status.act("undo")
    assert explorer.selection == before.but(goods="priority")
    explorer.status.act("undo")
    assert explorer.selection == before


def test_what_a_filter_changed_is_said(explorer: Explorer) -> None:
    explorer.filters.act("add_to", "KG")
    assert explorer.state.change == f"Before: 400 records. Now: {explorer.state.counts().records:,}."


@pytest.mark.parametrize(("action", "value", "field", "expected"), [
    ("hs", "8542, 847330", "hs_prefixes", ("8542", "847330")),
    ("date_from", "2023-01-15", "date_from", dt.date(2023, 1, 15)),
    ("tiers", "1", "tiers", ("1",)),
    ("min_score", "0.7", "min_score", 0.7),
    ("measure", "records", "measure", "records"),
    ("from_end", "origin", "from_end", "origin"),
])  # fmt: skip
def test_each_field_of_the_form_sets_its_filter(explorer: Explorer, action: str, value: str, field: str, expected: Any) -> None:
    explorer.filters.act(action, value)
    assert getattr(explorer.selection, field) == expected


def test_a_status_box_takes_one_status_away_and_all_are_no_filter(explorer: Explorer) -> None:
    explorer.filters.act("statuses", "none")
    assert [s.value for s in explorer.selection.statuses] == ["match", "candidate"]
    explorer.filters.act("statuses", "none")
    assert explorer.selection.statuses == ()


def test_a_code_that_is_none_is_answered_and_changes_nothing(explorer: Explorer) -> None:
    before = explorer.selection
    explorer.filters.act("hs", "85x")
    assert explorer.selection == before
    assert "85x" in texts(explorer.status.tree)


def test_a_fault_in_drawing_is_shown_and_not_silent(explorer: Explorer, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("disk on fire")

    monkeypatch.setattr(explorer.store, "corridors", fail)
    explorer.filters.act("goods", "priority")
    assert "disk on fire" in texts(explorer.status.tree)


def test_nothing_matches_is_drawn_as_a_state(explorer: Explorer) -> None:
    explorer.rows.filter_by("no such party")
    assert explorer.rows.page["total"] == 0
    assert explorer.flows.view["figure"]["data"] == []
    assert "Nothing matches" in explorer.flows.view["nothing"]


def test_a_case_without_records_says_what_to_do(tmp_path: Path) -> None:
    explorer = Explorer(Case.create(tmp_path / "empty"))
    shown = texts(explorer.panel.children[1].tree)
    assert "holds no trade records yet" in shown
    assert "the form “Open a file”" in shown and "start.py" not in shown


def test_another_kind_of_records_brings_its_own_columns(explorer: Explorer) -> None:
    explorer.head.act("kind", "flows")
    assert explorer.selection.kind is RecordKind.FLOWS
    assert "consignor_name" not in [c["key"] for c in explorer.rows.columns]
    assert explorer.first.tree == []


def test_documented_flows_say_that_their_bands_are_not_weighted(explorer: Explorer) -> None:
    explorer.head.act("kind", "documented_flows")
    assert any("not weighted" in note for note in explorer.flows.view["footnotes"])


def test_missing_consignees_and_values_stand_below_the_picture(explorer: Explorer) -> None:
    notes = " ".join(explorer.flows.view["footnotes"])
    assert "80 records name no consignee" in notes
    assert "30 of 400 records state no US dollars" in notes


def test_notes_under_a_picture_count_what_it_shows_and_nothing_of_another(explorer: Explorer) -> None:
    explorer.filters.act("add_from", "HK")
    records = explorer.state.counts().records
    flows, timeline, territories = (c.view["footnotes"] for c in (explorer.flows, explorer.timeline, explorer.territories))
    for notes, marks in ((flows, "bands"), (timeline, "bars"), (territories, "arcs")):
        assert any(f"of {records} records state no US dollars: they add nothing to the {marks}." in note for note in notes)
    assert not any("month" in note for note in [*flows, *territories])
    assert not any("consignee" in note for note in [*timeline, *territories])


def test_a_flow_picture_without_consignees_has_no_note_on_them(explorer: Explorer) -> None:
    explorer.filters.act("stages", "origin|from_territory|to_territory")
    assert not any("consignee" in note for note in explorer.flows.view["footnotes"])


def test_the_sentence_names_territories_in_words(explorer: Explorer) -> None:
    explorer.filters.act("add_from", "HK")
    explorer.filters.act("add_to", "RU")
    shown = texts(explorer.status.tree)
    assert "from Hong Kong" in shown and "to Russia" in shown


def test_a_measure_that_no_row_of_the_selection_states_has_no_column(tmp_path: Path) -> None:
    euros = declaration(1, currency="EUR", value_usd=None)
    explorer = Explorer(small_case(tmp_path, declarations=[euros, declaration(2, destination_country="KZ")], candidates=[]))
    explorer.state.filter(goods="all")
    explorer.draw()
    assert "value_eur" in [column["key"] for column in explorer.rows.columns]
    explorer.rows.sort_by("value_usd")
    explorer.filters.act("add_to", "KZ")
    assert "value_eur" not in [column["key"] for column in explorer.rows.columns]
    assert explorer.rows.sort == "value_usd"


def test_an_open_row_shows_its_file_and_line_and_both_parties(explorer: Explorer) -> None:
    explorer.open_row(explorer.rows.page["ids"][0])
    shown = texts(explorer.detail.tree)
    row = explorer.store.row(RecordKind.DECLARATIONS, explorer.rows.page["ids"][0])
    assert f"row {row['source_row']}" in shown
    assert row["source_file"] in shown
    assert str(row["consignor_name"]) in shown


def test_a_candidate_shows_its_sentence_aligned_words_and_list_entry(explorer: Explorer) -> None:
    explorer.open_name(LISTED)
    shown = texts(explorer.detail.tree)
    for words in (
        "Same distinctive word VEROLAN.",
        "verolan",
        "a Turkish registration number",
        "listed 2023-06-01",
        "letter.xlsx, row 6",
    ):
        assert words in shown


def test_a_record_before_the_listing_says_not_yet_listed(explorer: Explorer) -> None:
    explorer.state.filter(date_to=dt.date(2022, 12, 31), query=LISTED)
    explorer.draw()
    explorer.open_row(explorer.rows.page["ids"][0])
    assert "not yet listed on the day of this record" in texts(explorer.detail.tree)


def test_another_script_is_shown_romanized(explorer: Explorer) -> None:
    explorer.open_name(LONG)
    assert "PRIBOROSTROITELNOE" in texts(explorer.detail.tree).upper().replace("'", "")


def judge(explorer: Explorer, answer: str, *, reason: str = "", reviewer: str = "R") -> None:
    candidate = str(explorer.store.candidates_of(HOSTILE)["candidate_id"][0])
    explorer.detail.act("judge", [candidate, answer], {"reviewer": reviewer, f"reason {candidate}": reason})


def test_a_match_without_a_reason_is_not_saved(explorer: Explorer, case: Case) -> None:
    explorer.open_name(HOSTILE)
    judge(explorer, "positive")
    assert len(case.journal.judgements()) == 0
    assert "needs a reason" in texts(explorer.detail.tree)


def test_a_judgement_without_a_name_is_not_saved_and_keeps_what_was_typed(explorer: Explorer, case: Case) -> None:
    explorer.open_name(HOSTILE)
    judge(explorer, "positive", reason="same address", reviewer=" ")
    assert len(case.journal.judgements()) == 0
    assert "needs your name" in texts(explorer.detail.tree)
    assert "free space" not in texts(explorer.detail.tree)
    assert "same address" in json.dumps(explorer.detail.tree)


def test_a_match_is_on_disk_and_in_every_picture_and_can_be_withdrawn(explorer: Explorer, case: Case) -> None:
    explorer.open_name(HOSTILE)
    judge(explorer, "positive", reason="same address")
    assert [j["judgement"] for j in case.journal.judgements().to_pylist()] == [Judgement.POSITIVE.value]
    assert "match" in [entry["status"] for entry in explorer.flows.view["legend"]]
    assert any(label.startswith("◆") for label in explorer.flows.view["figure"]["data"][0]["node"]["label"])
    explorer.detail.act("undo_judgement", None, {"reviewer": "R"})
    assert len(case.journal.judgements()) == 0


def test_a_negative_judgement_needs_no_reason_and_takes_the_sign_away(explorer: Explorer) -> None:
    explorer.open_name(HOSTILE)
    judge(explorer, "negative")
    labels = explorer.flows.view["figure"]["data"][0]["node"]["label"]
    assert not any(label.startswith("◇") and "EVIL" in label for label in labels)


def test_a_judgement_of_another_program_is_taken_in_at_the_next_tick(explorer: Explorer, case: Case) -> None:
    row = explorer.store.candidates_of(HOSTILE).to_dict("records")[0]
    Case.open(case.folder).journal.judge(row, Judgement.POSITIVE, reason="same address", reviewer="elsewhere")
    explorer.head.act("tick")
    assert "match" in [entry["status"] for entry in explorer.flows.view["legend"]]


def test_files_read_by_another_program_are_taken_in_at_the_next_tick(tmp_path: Path) -> None:
    explorer = Explorer(Case.create(tmp_path / "case"))
    small_case(tmp_path)
    explorer.head.act("tick")
    assert explorer.rows.page["total"] > 0


def test_another_explorer_over_the_same_state_shows_the_same(explorer: Explorer) -> None:
    explorer.filters.act("add_to", "KG")
    again = Explorer(explorer.store, state=explorer.state)
    assert again.selection == explorer.selection
    assert again.flows.view == explorer.flows.view


def test_search_finds_names_of_lists_and_of_records_in_any_script(explorer: Explorer) -> None:
    explorer.head.act("search", "severnyy most")
    assert "ООО СЕВЕРНЫЙ МОСТ" in texts(explorer.head.tree)
    explorer.head.act("search", "verolan trade 1")
    assert "list letter" in texts(explorer.head.tree)


def test_search_without_a_result_gives_advice(explorer: Explorer) -> None:
    explorer.head.act("search", "zzzzzz")
    assert "Try fewer letters" in texts(explorer.head.tree)


def test_no_picture_sends_more_than_a_tenth_of_a_megabyte(explorer: Explorer) -> None:
    sent = sum(len(json.dumps(chart.view)) for chart in (explorer.flows, explorer.timeline, explorer.territories))
    assert sent < 100_000
