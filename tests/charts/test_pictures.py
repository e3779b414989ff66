"""Bars and maps: units, patterns, places that are small, places that are not stated."""

import pandas as pd

from kit.charts import amount_text, captions_of, describe, mark_at, table_of, territory_map, timeline


def monthly(*rows: tuple[str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(
        [{"month": m, "status": s, "value": v, "records": 1} for m, s, v in rows], columns=["month", "status", "value", "records"]
    )


def pairs(*rows: tuple[str | None, str | None, str, float]) -> pd.DataFrame:
    columns = ["from_territory", "to_territory", "status", "value", "records"]
    return pd.DataFrame([(*row, 1) for row in rows], columns=columns)


def draw_map(*rows: tuple[str | None, str | None, str, float]) -> object:
    return territory_map(pairs(*rows), measure="value_usd", title="t", source="s")


def test_the_axis_of_the_timeline_carries_the_unit() -> None:
    figure = timeline(monthly(("2023-01", "none", 2.0)), measure="net_weight_kg", title="t", source="s")
    assert figure.layout.yaxis.title.text == "kilograms"


def test_candidates_are_hatched_in_the_timeline() -> None:
    figure = timeline(monthly(("2023-01", "candidate", 2.0), ("2023-01", "match", 1.0)), measure="records", title="t", source="s")
    shapes = {trace.name: trace.marker.pattern.shape for trace in figure.data}
    assert shapes == {"match": None, "candidate": "/"}


def test_a_bar_is_a_month_and_a_status() -> None:
    figure = timeline(monthly(("2023-01", "none", 2.0), ("2023-02", "none", 1.0)), measure="records", title="t", source="s")
    mark = mark_at(figure, "point", 0, 1)
    assert mark is not None
    assert (mark.month, mark.status) == ("2023-02", "none")


def test_the_map_asks_for_the_resolution_that_has_hong_kong() -> None:
    figure = draw_map(("HK", "RU", "none", 5.0))
    assert figure.layout.geo.resolution == 50  # type: ignore[attr-defined]
    assert list(figure.data[0].locations) == ["HKG"]  # type: ignore[attr-defined]


def test_pairs_without_a_place_are_counted_below_the_map() -> None:
    figure = draw_map(("HK", "RU", "none", 5.0), (None, "RU", "none", 7.0))
    assert any("Not on the map: 1 record, 7 US dollars" in note for note in captions_of(figure).footnotes)


def test_every_map_carries_the_note_on_borders() -> None:
    assert any("68/262" in note for note in captions_of(draw_map(("HK", "RU", "none", 5.0))).footnotes)


def test_a_map_of_nothing_says_so() -> None:
    figure = draw_map()
    assert "without any flow" in describe(figure)
    assert table_of(figure)["rows"] == []


def test_a_map_where_no_place_is_stated_is_drawn_without_arcs() -> None:
    assert len(draw_map((None, None, "none", 5.0)).data) == 0  # type: ignore[attr-defined]


def test_an_arc_and_its_row_are_the_same_mark() -> None:
    figure = draw_map(("HK", "RU", "candidate", 5.0))
    arc, row = mark_at(figure, "point", 1, 4), mark_at(figure, "row", 0, 0)
    assert arc is not None and row is not None
    assert arc.nodes == row.nodes == (("from_territory", "HK", "HK"), ("to_territory", "RU", "RU"))


def test_amounts_are_said_with_their_unit() -> None:
    assert [amount_text(1, "records"), amount_text(950_000, "value_eur"), amount_text(2.5e9, "net_weight_kg")] == [
        "1 record", "950,000 euros", "2.5 billion kilograms",
    ]  # fmt: skip
