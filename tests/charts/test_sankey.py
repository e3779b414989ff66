"""The flow picture says what it shows, in order, and as text."""

import pandas as pd

from kit.charts import captions_of, describe, mark_at, sankey, table_of
from kit.charts.captions import with_captions

COLUMNS = (
    "stage_from", "node_from", "stage_to", "node_to", "status", "value", "records", "key_from", "key_to", "is_others_from",
    "is_others_to",
)  # fmt: skip
HOSTILE = "<b onclick=x>A & B</b>"


def corridors(*rows: tuple[str, str, str, float]) -> pd.DataFrame:
    """Links consignor -> territory: (consignor, territory, status, value)."""
    made = []
    for name, code, status, value in rows:
        key = None if name in ("(not named)",) or name.endswith(" others") else name
        link = ("consignor", name, "from_territory", code, status, value, 2, key, code, name.endswith(" others"), False)
        made.append(dict(zip(COLUMNS, link, strict=True)))
    return pd.DataFrame(made, columns=COLUMNS)


def draw(*rows: tuple[str, str, str, float], **options: object) -> object:
    return sankey(corridors(*rows), measure="value_usd", title="Who sent what", source="records.csv", **options)  # type: ignore[arg-type]


def test_markup_in_a_name_is_neutralized_in_label_and_hover() -> None:
    figure = draw((HOSTILE, "TR", "none", 5.0))
    node = figure.data[0].node
    assert any("&lt;b onclick=x&gt;A &amp; B&lt;/b&gt;" in label for label in node.label)
    assert not any("<b onclick" in text for text in [*node.label, *node.customdata, *figure.data[0].link.customdata])


def test_a_long_name_is_cut_in_the_label_and_whole_in_the_hover() -> None:
    name = "ООО «ПРИБОРОСТРОИТЕЛЬНОЕ ОБЪЕДИНЕНИЕ РАДИОЭЛЕКТРОННЫХ КОМПОНЕНТОВ»"
    figure = draw((name, "TR", "none", 5.0))
    node = figure.data[0].node
    at = next(i for i, label in enumerate(node.label) if label.startswith("ООО"))
    assert len(node.label[at]) <= 34
    assert name in node.customdata[at].replace("<br>", " ")


def test_nodes_stand_by_size_with_gathered_and_unnamed_ones_last() -> None:
    figure = draw(
        ("SMALL", "TR", "none", 1.0),
        ("7 others", "TR", "none", 90.0),
        ("(not named)", "TR", "none", 50.0),
        ("BIG", "TR", "none", 9.0),
    )
    consignors = [label for label in figure.data[0].node.label if label != "Türkiye"]
    assert consignors == ["BIG", "SMALL", "7 others", "(not named)"]


def test_a_candidate_has_a_sign_beside_its_color() -> None:
    figure = draw(("A", "TR", "candidate", 1.0), ("B", "TR", "match", 1.0), party_status={"A": "candidate", "B": "match"})
    assert {"◇ A", "◆ B"} <= set(figure.data[0].node.label)


def test_links_without_a_value_are_in_the_table_but_not_drawn() -> None:
    figure = draw(("A", "TR", "none", 0.0), ("B", "TR", "none", 3.0))
    assert len(figure.data[0].link.value) == 1
    assert len(table_of(figure)["rows"]) == 2


def test_a_click_on_a_link_and_on_a_node_with_the_same_number_are_two_marks() -> None:
    figure = draw(("A", "TR", "none", 3.0), ("B", "TR", "none", 1.0))
    link, node = mark_at(figure, "link", 0, 0), mark_at(figure, "node", 0, 0)
    assert link is not None and node is not None
    assert link.nodes == (("consignor", "A", "A"), ("from_territory", "TR", "TR"))
    assert node.nodes == (("consignor", "A", "A"),)


def test_a_node_that_gathers_others_says_so_in_its_mark() -> None:
    figure = draw(("7 others", "TR", "none", 3.0))
    mark = mark_at(figure, "node", 0, 0)
    assert mark is not None
    assert mark.others == ("consignor",)


def test_a_number_outside_the_picture_is_no_mark() -> None:
    assert mark_at(draw(("A", "TR", "none", 3.0)), "link", 0, 99) is None


def test_the_text_alternative_names_the_largest_flow_with_its_unit() -> None:
    assert "A to Türkiye, 3.0 million US dollars (neither)" in describe(draw(("A", "TR", "none", 3e6)))


def test_no_flow_gives_an_empty_figure_that_says_so() -> None:
    figure = sankey(corridors(), measure="records", title="t", source="s")
    assert len(figure.data) == 0
    assert "without any flow" in describe(figure)


def test_captions_travel_with_the_figure_and_can_be_drawn_into_it() -> None:
    figure = draw(("A", "TR", "none", 3.0), footnotes=["2 records have no value"])
    assert captions_of(figure).footnotes == ("2 records have no value",)
    drawn = with_captions(figure)
    assert "Who sent what" in drawn.layout.title.text
    assert any("2 records have no value" in a.text and "Source: records.csv" in a.text for a in drawn.layout.annotations)
