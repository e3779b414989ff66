"""From the case's tables to MOVEMENTS, the one shape that all pictures are drawn of.

All statements here are fixed text over views of the case; values reach DuckDB
as parameters or as Arrow tables.
"""

from __future__ import annotations

import duckdb
import pyarrow as pa

from kit import codes
from kit.model import RecordKind

PARTIES = """
CREATE OR REPLACE TABLE standings AS
WITH judged AS (
    SELECT c.*, j.judgement FROM candidates c LEFT JOIN judgements j USING (candidate_id)
)
SELECT record_name,
       coalesce(bool_or(judgement = 'positive'), false) AS is_match,
       coalesce(min_by(entity_id, rank) FILTER (judgement = 'positive'),
                min_by(entity_id, rank) FILTER (judgement IS DISTINCT FROM 'negative')) AS entity_id,
       coalesce(min_by(score, rank) FILTER (judgement = 'positive'),
                min_by(score, rank) FILTER (judgement IS DISTINCT FROM 'negative')) AS score,
       '|' || string_agg(DISTINCT list_id, '|' ORDER BY list_id) FILTER (judgement IS DISTINCT FROM 'negative') || '|' AS lists
FROM judged GROUP BY record_name
"""

_DECLARATIONS = """
SELECT declaration_id AS record_id, direction, date, date_precision, hs_code, hs_level, departure_country AS from_territory,
       destination_country AS to_territory, origin_country, trading_country, NULL::VARCHAR AS via_territory,
       consignor_name, consignor_country, consignee_name, consignee_country, goods_description, value_usd, usd_rate_source,
       CASE WHEN currency = 'EUR' THEN value END AS value_eur, net_weight_kg, source_file, source_row
FROM declarations WHERE repeat_of IS NULL AND record_level = ?
"""
# one row of a file may give several flows: both directions, or a month a column
FLOW_ID = "source_file || ', row ' || source_row || ': ' || flow || ' ' || period || ' ' || hs_code"
_FLOWS = f"""
SELECT {FLOW_ID} AS record_id, flow AS direction,
       CASE WHEN length(period) = 4 THEN make_date(period::INT, 1, 1)
            ELSE make_date(period[1:4]::INT, period[6:7]::INT, 1) END AS date,
       CASE WHEN length(period) = 4 THEN 'year' ELSE 'month' END AS date_precision,
       hs_code, hs_level,
       CASE WHEN flow LIKE '%import' THEN partner ELSE reporter END AS from_territory,
       CASE WHEN flow LIKE '%import' THEN reporter ELSE partner END AS to_territory,
       NULL::VARCHAR AS origin_country, NULL::VARCHAR AS trading_country, NULL::VARCHAR AS via_territory,
       NULL::VARCHAR AS consignor_name, NULL::VARCHAR AS consignor_country,
       NULL::VARCHAR AS consignee_name, NULL::VARCHAR AS consignee_country,
       reporter || ' ' || flow AS goods_description,
       value_usd, usd_rate_source, CASE WHEN currency = 'EUR' THEN value END AS value_eur,
       net_weight_kg, source_file, source_row
FROM flows
-- the same figure in two files, as in two downloads that overlap, counts once
QUALIFY dense_rank() OVER (PARTITION BY reporter, partner, flow, period, hs_code, currency ORDER BY source_file DESC) = 1
"""  # noqa: S608  fixed text
_DOCUMENTED = """
SELECT flow_id AS record_id, NULL::VARCHAR AS direction,
       try_cast(rpad(replace(date_from, ' ', ''), 10, '-01-01'[(1 + greatest(0, length(date_from) - 4)):]) AS DATE) AS date,
       CASE length(date_from) WHEN 4 THEN 'year' WHEN 7 THEN 'month' WHEN 10 THEN 'day' END AS date_precision,
       hs_code, length(hs_code) AS hs_level, consignor_country AS from_territory, consignee_country AS to_territory,
       maker_country AS origin_country, NULL::VARCHAR AS trading_country, intermediary_country AS via_territory,
       consignor_name, consignor_country, consignee_name, consignee_country, goods AS goods_description,
       NULL::DOUBLE AS value_usd, NULL::VARCHAR AS usd_rate_source, NULL::DOUBLE AS value_eur, NULL::DOUBLE AS net_weight_kg,
       source_file, source_row
FROM documented_flows
"""
SELECTS: dict[RecordKind, tuple[str, list[str]]] = {
    RecordKind.DECLARATIONS: (_DECLARATIONS, ["line"]),
    RecordKind.MONTHLY_TOTALS: (_DECLARATIONS, ["monthly_total"]),
    RecordKind.FLOWS: (_FLOWS, []),
    RecordKind.DOCUMENTED: (_DOCUMENTED, []),
}
MOVEMENT_VIEW = """
CREATE OR REPLACE VIEW movements_{kind} AS
SELECT r.record_id, r.direction, r.date, r.date_precision, r.hs_code, r.hs_level, g.tier, r.from_territory, r.to_territory,
       r.origin_country, r.trading_country, r.via_territory,
       r.consignor_name, r.consignor_country, a.entity_id AS consignor_entity_id,
       coalesce(a.is_match, false) AS consignor_is_match,
       a.score AS consignor_score, a.lists AS consignor_lists,
       r.consignee_name, r.consignee_country, b.entity_id AS consignee_entity_id,
       coalesce(b.is_match, false) AS consignee_is_match,
       b.score AS consignee_score, b.lists AS consignee_lists,
       r.goods_description, r.value_usd, r.usd_rate_source, r.value_eur, r.net_weight_kg, r.source_file, r.source_row
FROM raw_{kind} r
LEFT JOIN standings a ON a.record_name = r.consignor_name
LEFT JOIN standings b ON b.record_name = r.consignee_name
LEFT JOIN priority_goods g ON g.hs6 = r.hs_code[1:6]
"""


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `raw_<kind>`, `standings`, `priority_goods` and the views `movements_<kind>` in a case's connection."""
    goods = codes.priority_codes()
    table = pa.table({"hs6": [g.hs_code for g in goods], "tier": [g.tier for g in goods]})
    connection.from_arrow(table).create("priority_goods")
    connection.execute(PARTIES)
    for kind, (statement, parameters) in SELECTS.items():
        connection.execute(f"CREATE TABLE raw_{kind.value} AS {statement}", parameters)
        connection.execute(MOVEMENT_VIEW.format(kind=kind.value))


def refresh_parties(connection: duckdb.DuckDBPyConnection, judgements: pa.Table) -> None:
    """Take new judgements into the pictures."""
    connection.execute("DROP TABLE IF EXISTS judgements")
    connection.from_arrow(judgements).create("judgements")
    connection.execute(PARTIES)
