"""An order for work: which candidates to look at first."""

from __future__ import annotations

import duckdb
import pandas as pd

FORMULA = "score × (1 + value of high-priority goods + a tenth of the value of other goods), all in one currency"
CURRENCIES = ("value_usd", "value_eur")

LOOK_FIRST = """
WITH spans AS (
    SELECT *, CASE date_precision WHEN 'year' THEN make_date(year(date), 12, 31) WHEN 'month' THEN last_day(date) ELSE date END
              AS latest
    FROM selected
),
sides AS (
    SELECT consignor_name AS record_name, 'consignor' AS role, consignee_name AS other, * FROM spans
    WHERE consignor_status IN ('match', 'candidate')
    UNION ALL
    SELECT consignee_name, 'consignee', consignor_name, * FROM spans
    WHERE consignee_status IN ('match', 'candidate') AND consignee_name IS DISTINCT FROM consignor_name
),
sums AS (
    SELECT record_name, string_agg(DISTINCT role, ', ' ORDER BY role) AS role, count(*) AS records,
           count(DISTINCT other) AS counterparties, min(date) AS first_date, max(date) AS last_date,
           count(date) AS dated_records, min_by(latest, date) AS first_latest, max(latest) AS last_latest,
           coalesce(sum({amount}), 0) AS value,
           coalesce(sum({amount}) FILTER (tier IS NOT NULL), 0) AS priority_value,
           count(*) FILTER (tier IS NOT NULL) AS priority_records
    FROM sides GROUP BY record_name
),
best AS (
    SELECT c.*, j.judgement FROM candidates c LEFT JOIN judgements j USING (candidate_id)
    WHERE j.judgement IS DISTINCT FROM 'negative'
    QUALIFY row_number() OVER (PARTITION BY c.record_name ORDER BY (j.judgement IS NOT DISTINCT FROM 'positive') DESC, c.rank) = 1
)
SELECT s.record_name, s.role, b.entity_name, b.entity_id, b.list_id, b.score, b.band, b.judgement, s.records, s.counterparties,
       s.value, s.priority_value, s.priority_records, s.first_date, s.last_date, s.dated_records,
       s.first_latest, s.last_latest, b.explanation, b.candidate_id,
       b.score * (1 + s.priority_value + 0.1 * (s.value - s.priority_value)) AS weight
FROM sums s JOIN best b USING (record_name)
ORDER BY weight DESC, b.score DESC, s.record_name LIMIT ?
"""


def look_first(
    connection: duckdb.DuckDBPyConnection, selected: duckdb.DuckDBPyRelation, *, measure: str = "value_usd", most: int = 20
) -> pd.DataFrame:
    """Names that may be listed parties, in the order of what is at stake; an order for work, not a verdict.

    Args:
        connection: A prepared connection of the case.
        selected: MOVEMENTS with status columns, of one kind.
        measure: The currency of `value`, `priority_value` and `weight`: value_usd or value_eur; any other
            measure weighs in US dollars. Amounts of two currencies are never added up.
        most: Rows to return.

    Returns:
        One row a name of the trade records: `record_name, role, entity_name, entity_id, list_id, score, band,
        judgement, records, counterparties, value, priority_value, priority_records, first_date, last_date,
        dated_records, first_latest, last_latest (the last possible days where a date is only a month or year),
        explanation, candidate_id, weight`. `weight` is `FORMULA`; a record of a firm with itself counts once, as consignor.
    """
    selected.create_view("selected", replace=True)
    amount = measure if measure in CURRENCIES else CURRENCIES[0]
    out: pd.DataFrame = connection.execute(LOOK_FIRST.format(amount=amount), [most]).df()
    return out
