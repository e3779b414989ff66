from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kit.case import Case
from kit.errors import SelectionError
from kit.flows import Focus, Selection, Store, open_store
from kit.model import FileRole, Judgement, PartyStatus, RecordKind
from kit.trade import read_trade
from tests import factory


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(factory.small_case(tmp_path))


def test_kinds_are_counted_apart(store: Store) -> None:
    assert store.kinds() == {RecordKind.DECLARATIONS: 12, RecordKind.FLOWS: 12, RecordKind.DOCUMENTED: 1}


def test_repeats_and_monthly_totals_are_not_summed_with_lines(tmp_path: Path) -> None:
    rows = [factory.declaration(1), factory.declaration(2, repeat_of="D1"), factory.declaration(3, record_level="monthly_total")]
    store = open_store(factory.small_case(tmp_path, declarations=rows))
    count = store.count(Selection(measure="value_usd"))
    assert (count.records, count.value, count.repeats_left_out) == (1, 1000.0, 1)
    assert store.kinds()[RecordKind.MONTHLY_TOTALS] == 1


def test_a_row_that_is_left_out_says_why(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "case")
    why = {"declaration_id": "D2", "kept_id": "D1", "kind": "revision", "explanation": "another state counts"}
    dropped = why | {"source_file": "declarations.csv", "source_row": 3}
    rows = [factory.declaration(1), factory.declaration(2, repeat_of="D1")]
    factory.add(case, tmp_path, FileRole.DECLARATIONS, declarations=rows, dropped=[dropped])
    row = open_store(case).row(RecordKind.DECLARATIONS, "D2")
    assert (row["left_out_as"], row["left_out_because"]) == ("revision", "another state counts")
    assert "left_out_as" not in open_store(case).row(RecordKind.DECLARATIONS, "D1")


def test_flows_of_several_levels_are_never_summed(tmp_path: Path) -> None:
    rows = [factory.flow(1), factory.flow(1, hs_code="8542", hs_level=4, source_row=2)]
    store = open_store(factory.small_case(tmp_path, flows=rows))
    with pytest.raises(SelectionError, match="hs_level"):
        store.monthly(Selection(kind=RecordKind.FLOWS))
    assert store.count(store.default(RecordKind.FLOWS)).value == 500.0


def test_sums_of_the_publisher_are_left_out_and_counted(tmp_path: Path) -> None:
    rows = [factory.flow(1), factory.flow(1, reporter="EU27", value=900.0, source_row=2)]
    count = (store := open_store(factory.small_case(tmp_path, flows=rows))).count(store.default(RecordKind.FLOWS))
    assert (count.value, count.aggregates_left_out) == (500.0, 1)


def test_every_filter_says_how_many_records_it_left(store: Store) -> None:
    selection = Selection(hs_prefixes=("85",), statuses=(PartyStatus.CANDIDATE,), from_territories=("TR",))
    assert store.count(selection).sentence == "12 records → HS 85: 6 → from TR: 6 → candidate: 6"


def test_page_holds_the_rows_of_the_clicked_mark(store: Store) -> None:
    focus = Focus(nodes=(("consignor_name", "HANDEL GMBH"),), label="HANDEL GMBH")
    page = store.page(Selection(focus=focus), limit=4, sort="source_row")
    assert page["source_row"].tolist() == [8, 9, 10, 11]
    assert set(page["consignor_name"]) == {"HANDEL GMBH"}


def test_page_refuses_a_column_it_cannot_sort(store: Store) -> None:
    with pytest.raises(SelectionError, match="sort"):
        store.page(Selection(), sort="date; DROP TABLE parties")


def test_row_leads_to_file_and_line(store: Store) -> None:
    row = store.row(RecordKind.DECLARATIONS, "D3")
    assert (row["source_file"], row["source_row"]) == ("imports.csv", 4)


def test_entity_says_by_whom_and_since_when(store: Store) -> None:
    entry = store.entity("letter:1")
    assert [str(s["listing_date"]) for s in entry["sanctions"]] == ["2023-06-01"]
    assert [n["name"] for n in entry["names"]] == ["Verolan Trade 1"]


def test_judgement_turns_a_candidate_into_a_match_or_into_nothing(store: Store) -> None:
    candidate = store.candidates_of("VEROLAN TRADE 1 LTD STI").iloc[0].to_dict()
    store.case.journal.judge(candidate, Judgement.POSITIVE, reason="same tax number", reviewer="R")
    assert store.refresh() is True
    assert store.count(Selection(statuses=(PartyStatus.MATCH,))).records == 6
    store.case.journal.judge(candidate, Judgement.NEGATIVE, reason="another town", reviewer="R")
    store.refresh()
    assert store.count(Selection(statuses=(PartyStatus.MATCH, PartyStatus.CANDIDATE))).records == 0
    assert store.refresh() is False


def test_judgement_of_another_program_is_seen(store: Store) -> None:
    other = open_store(store.case)
    candidate = other.candidates_of("VEROLAN TRADE 1 LTD STI").iloc[0].to_dict()
    other.case.journal.judge(candidate, Judgement.POSITIVE, reason="same address", reviewer="S")
    assert store.refresh() is True
    assert store.count(Selection(statuses=(PartyStatus.MATCH,))).records == 6


def test_search_finds_names_in_lists_and_trade(store: Store) -> None:
    found = store.search("verolan")
    assert found["found_in"].tolist() == ["trade", "trade", "list"]


def test_search_finds_cyrillic_by_latin_letters(tmp_path: Path) -> None:
    store = open_store(factory.small_case(tmp_path, declarations=[factory.declaration(1, consignee_name="ООО ЗАРНИЦА")]))
    assert "ООО ЗАРНИЦА" in store.search("zarnitsa")["name"].tolist()


def test_look_first_ranks_by_what_is_at_stake(tmp_path: Path) -> None:
    rows = [factory.declaration(1), factory.declaration(2, consignor_name="VEROLAN BIG", value_usd=50_000.0)]
    found = [factory.candidate("VEROLAN TRADE 1 LTD STI"), factory.candidate("VEROLAN BIG", score=0.7)]
    store = open_store(factory.small_case(tmp_path, declarations=rows, candidates=found))
    first = store.look_first(Selection())
    assert first["record_name"].tolist() == ["VEROLAN BIG", "VEROLAN TRADE 1 LTD STI"]
    assert first["weight"].round(1).tolist() == [35_000.7, 900.9]


def test_two_periods_show_the_change_beside_the_ratio(tmp_path: Path) -> None:
    rows = [
        factory.flow(1, period="2021-05", value=10.0, source_row=1), factory.flow(1, period="2022-05", value=500.0, source_row=2),
        factory.flow(1, period="2022-06", value=70.0, partner="AM", source_row=3),
    ]  # fmt: skip
    store = open_store(factory.small_case(tmp_path, flows=rows))
    years = ((date(2021, 1, 1), date(2021, 12, 31)), (date(2022, 1, 1), date(2022, 12, 31)))
    found = store.compare_periods(store.default(RecordKind.FLOWS), *years).set_index("to_territory")
    assert found.loc["KZ", ["change", "ratio"]].tolist() == [490.0, 50.0]
    assert found.loc["AM", "change"] == 70.0
    assert found["ratio"].isna().tolist() == [False, True]


def test_screen_opens_with_watched_parties_and_goods(store: Store) -> None:
    opened = store.default(RecordKind.DECLARATIONS)
    assert store.count(opened).sentence == "12 records → high-priority goods: 6 → match or candidate: 6"


def test_screen_opens_with_everything_where_nobody_is_watched(tmp_path: Path) -> None:
    store = open_store(factory.small_case(tmp_path, candidates=[]))
    assert store.default(RecordKind.DECLARATIONS).statuses == ()


def test_exports_and_imports_of_the_same_goods_are_never_summed(tmp_path: Path) -> None:
    rows = [factory.flow(1), factory.flow(2), factory.flow(1, reporter="KZ", partner="DE", flow="import", source_row=3)]
    store = open_store(factory.small_case(tmp_path, flows=rows))
    with pytest.raises(SelectionError, match="direction"):
        store.monthly(Selection(kind=RecordKind.FLOWS))
    opened = store.default(RecordKind.FLOWS)
    assert (opened.direction, store.count(opened).value) == ("export", 1000.0)


def test_years_and_months_of_official_totals_are_never_summed(tmp_path: Path) -> None:
    rows = [factory.flow(1), factory.flow(2), factory.flow(3, period="2022", value=9000.0)]
    store = open_store(factory.small_case(tmp_path, flows=rows))
    with pytest.raises(SelectionError, match="date_precision"):
        store.count(Selection(kind=RecordKind.FLOWS))
    assert store.count(store.default(RecordKind.FLOWS)).value == 1000.0


def test_figure_in_two_overlapping_files_counts_once(tmp_path: Path) -> None:
    rows = [factory.flow(1), factory.flow(1, source_file="later.parquet", source_row=8), factory.flow(2)]
    count = (store := open_store(factory.small_case(tmp_path, flows=rows))).count(store.default(RecordKind.FLOWS))
    assert (count.value, count.repeats_left_out) == (1000.0, 1)


def test_parts_of_one_figure_in_one_file_are_summed(tmp_path: Path) -> None:
    rows = [factory.flow(1), factory.flow(1, source_row=2)]
    store = open_store(factory.small_case(tmp_path, flows=rows))
    assert store.count(store.default(RecordKind.FLOWS)).value == 1000.0


def test_record_with_only_a_year_stands_in_no_month(tmp_path: Path) -> None:
    rows = [factory.declaration(1), factory.declaration(2, date=date(2023, 1, 1), date_precision="year")]
    store = open_store(factory.small_case(tmp_path, declarations=rows))
    assert store.monthly(Selection())["records"].tolist() == [1]
    assert store.count(Selection()).without_date == 1
    assert store.count(Selection(focus=Focus(month="2023-01"))).records == 1


def test_click_on_a_sending_territory_means_the_end_that_is_drawn(tmp_path: Path) -> None:
    rows = [factory.declaration(1, origin_country="TW"), factory.declaration(2, origin_country="US", departure_country="TW")]
    store = open_store(factory.small_case(tmp_path, declarations=rows))
    clicked = Selection(from_end="origin", focus=Focus(nodes=(("from_territory", "TW"),)))
    assert store.page(clicked)["record_id"].tolist() == ["D1"]
    others = Selection(from_end="origin", focus=Focus(others=(("from_territory", ("TW",)),)))
    assert store.page(others)["record_id"].tolist() == ["D2"]


def test_order_for_work_adds_up_one_currency_only(tmp_path: Path) -> None:
    rows = [factory.declaration(1), factory.declaration(2, value=700.0, currency="EUR", value_usd=None)]
    store = open_store(factory.small_case(tmp_path, declarations=rows))
    values = [store.look_first(Selection(measure=m))["value"].tolist() for m in ("value_usd", "value_eur", "records")]
    assert values == [[1000.0], [700.0], [1000.0]]


def test_record_of_a_firm_with_itself_counts_once(tmp_path: Path) -> None:
    rows = [factory.declaration(1, consignee_name="VEROLAN TRADE 1 LTD STI")]
    first = open_store(factory.small_case(tmp_path, declarations=rows)).look_first(Selection())
    assert (first["records"].tolist(), first["value"].tolist()) == ([1], [1000.0])


def test_screen_opens_with_watched_parties_where_no_goods_of_theirs_are_watched(tmp_path: Path) -> None:
    rows = [factory.declaration(1, hs_code="690721"), factory.declaration(2, consignor_name="HANDEL GMBH")]
    opened = (store := open_store(factory.small_case(tmp_path, declarations=rows))).default(RecordKind.DECLARATIONS)
    assert store.count(opened).records == 1
    assert opened.goods == "all"


def test_records_without_a_route_are_shown_by_the_seats_of_the_parties(tmp_path: Path) -> None:
    ends = {"departure_country": None, "destination_country": None, "consignor_country": "HK", "consignee_country": "KG"}
    store = open_store(factory.small_case(tmp_path, declarations=[factory.declaration(1, **ends)]))
    opened = store.default(RecordKind.DECLARATIONS)
    pairs = store.territory_pairs(opened)[["from_territory", "to_territory"]]
    assert opened.from_end == "seat"
    assert pairs.to_numpy().tolist() == [["HK", "KG"]]
    assert store.options(RecordKind.DECLARATIONS).to_territories == ("KG",)
    assert store.count(opened.but(to_territories=("KG",))).records == 1
    assert store.count(opened.but(focus=Focus(nodes=(("to_territory", "KG"),)))).records == 1


def test_one_record_with_a_route_keeps_seats_out_of_the_way(tmp_path: Path) -> None:
    ends = {"departure_country": None, "destination_country": None, "consignor_country": "HK"}
    rows = [factory.declaration(1, **ends), factory.declaration(2)]
    store = open_store(factory.small_case(tmp_path, declarations=rows))
    assert store.default(RecordKind.DECLARATIONS).from_end == "departure"


def test_search_takes_words_in_any_order_and_romanization(tmp_path: Path) -> None:
    rows = [factory.declaration(1, consignee_name="ООО «КУЛРИРИКОН ТРЕЙД»"), factory.declaration(2)]
    store = open_store(factory.small_case(tmp_path, declarations=rows))
    for text in ("kulririkon treid", "treyd kulririkon", "Кулририкон"):
        assert "ООО «КУЛРИРИКОН ТРЕЙД»" in store.search(text)["name"].tolist(), text
    assert len(store.search("kulririkon verolan")) == 0
    assert len(store.search("%")) == 0
    assert len(store.search("zzzzzz")) == 0


def test_a_flow_is_found_again_where_a_row_gives_two_and_a_download_of_the_same_name_overlaps(tmp_path: Path) -> None:
    case = Case.create(tmp_path / "case")
    text = "year,month,country,export,import_origin,import_consignment,date\n2024,2,Georgia,5,7,7,2024-02-01\n"
    for folder, more in (("a", ""), ("b", "2024,3,Georgia,6,8,8,2024-03-01\n")):
        (tmp_path / folder).mkdir()
        path = tmp_path / folder / "armenia_trade_by_country.csv"
        path.write_text(text + more, encoding="utf-8")
        case.add(read_trade(path), path)
    store = open_store(case)
    for direction, values in (("export", [5000.0, 6000.0]), ("import", [7000.0, 8000.0])):
        page = store.page(Selection(kind=RecordKind.FLOWS, direction=direction))
        rows = [store.row(RecordKind.FLOWS, record_id) for record_id in page["record_id"]]
        assert sorted(page["value_usd"]) == values
        assert [row["value_usd"] for row in rows] == page["value_usd"].tolist()
