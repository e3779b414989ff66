"""Figures leave for a page without a way to a network."""

import pandas as pd

from kit.charts import CONFIG, plotly_bundle, safe_config, standalone_html, timeline, to_html_fragment
from kit.charts.export import figure_json


def figure(title: str = "By month") -> object:
    rows = pd.DataFrame([{"month": "2023-01", "status": "none", "value": 1.0, "records": 1}])
    return timeline(rows, measure="records", title=title, source="records.csv")


def test_the_safe_configuration_has_no_share_button_no_server_and_no_logo() -> None:
    assert (CONFIG["showSendToCloud"], CONFIG["plotlyServerURL"], CONFIG["displaylogo"]) == (False, "", False)


def test_plotlys_own_ways_out_get_the_map_as_data() -> None:
    assert safe_config(with_map=True)["topojsonURL"].startswith("data:application/json;base64,")


def test_the_library_stands_once_in_a_page_if_asked_for_once() -> None:
    first = to_html_fragment(figure(), include_library=True, element_id="one")
    second = to_html_fragment(figure(), include_library=False, element_id="two")
    assert (first + second).count("var kitPlotly=") == 1
    assert len(second) < 20_000


def test_a_standalone_page_allows_nothing_from_outside() -> None:
    page = standalone_html(figure())
    assert "default-src 'none'" in page
    assert "https://cdn" not in page
    assert 'src="http' not in page and "<link" not in page


def test_a_title_with_markup_is_text_in_the_page() -> None:
    page = to_html_fragment(figure("<script>alert(1)</script>"), include_library=False)
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_figure_in_a_script_tag_cannot_end_it() -> None:
    assert "<" not in figure_json(figure("</script>"))


def test_marks_and_tables_are_not_sent_with_the_figure() -> None:
    assert '"meta"' not in figure_json(figure())


def test_the_fragment_has_a_text_alternative_and_a_table() -> None:
    page = to_html_fragment(figure(), include_library=False)
    assert 'role="img"' in page and 'aria-label="Bars for 1 months' in page
    assert "<td>2023-01</td>" in page


def test_the_bundle_hands_over_the_map_only_if_asked() -> None:
    assert "world_50m:{" in plotly_bundle()
    assert "world_50m:{" not in plotly_bundle(with_map=False)
