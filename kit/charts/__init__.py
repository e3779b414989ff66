"""Table in, figure out: pictures of what moved, and their safe way into a page.

Every figure carries its captions (title, source, footnotes, legend), a text
alternative, and a table of the same numbers; a color means the same thing in
every picture and is never the only sign.
"""

from kit.charts.bars import changes, counts
from kit.charts.captions import Captions, captions_of, describe, table_of, with_captions
from kit.charts.export import CONFIG, plotly_bundle, safe_config, standalone_html, to_html_fragment, world_data_url
from kit.charts.listings import listing_dates
from kit.charts.marks import Mark, mark_at
from kit.charts.matrix import matrix, parts
from kit.charts.sankey import sankey
from kit.charts.territory_map import territory_map
from kit.charts.timeline import timeline
from kit.charts.words import MEASURE_WORDS, STAGE_WORDS, STATUS_WORDS, amount_text, territory_name

__all__ = [
    "CONFIG",
    "MEASURE_WORDS",
    "STAGE_WORDS",
    "STATUS_WORDS",
    "Captions",
    "Mark",
    "amount_text",
    "captions_of",
    "changes",
    "counts",
    "describe",
    "listing_dates",
    "mark_at",
    "matrix",
    "parts",
    "plotly_bundle",
    "safe_config",
    "sankey",
    "standalone_html",
    "table_of",
    "territory_map",
    "territory_name",
    "timeline",
    "to_html_fragment",
    "with_captions",
    "world_data_url",
]
