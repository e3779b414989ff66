"""From a mark or a name back to the rows, the list entry, and the words of the source."""

from __future__ import annotations

from typing import Any

import duckdb
import pandas as pd

from kit.errors import SelectionError
from kit.flows.movements import FLOW_ID
from kit.model import RecordKind
from kit.names import romanize, skeleton

DECLARATION = """
SELECT d.*, x.kind AS left_out_as, x.explanation AS left_out_because
FROM declarations d LEFT JOIN (SELECT declaration_id, kind, explanation FROM dropped) x USING (declaration_id)
WHERE declaration_id = ?
"""
ROWS: dict[RecordKind, str] = {
    RecordKind.DECLARATIONS: DECLARATION,
    RecordKind.MONTHLY_TOTALS: DECLARATION,
    RecordKind.FLOWS: f"SELECT * FROM flows WHERE {FLOW_ID} = ?",  # noqa: S608  fixed text
    RecordKind.DOCUMENTED: "SELECT * FROM documented_flows WHERE flow_id = ?",
}
CANDIDATES_OF = """
SELECT c.*, j.judgement, j.reason, j.reviewer, j.judged_at
FROM candidates c LEFT JOIN judgements j USING (candidate_id)
WHERE c.record_name = ? ORDER BY c.rank
"""
SEARCH_KEYS = """
CREATE TABLE search_names AS
SELECT 'list' AS found_in, n.name, n.entity_id, e.list_id, e.countries[1] AS territory, NULL::BIGINT AS records, '' AS key
FROM names n JOIN entities e USING (entity_id)
UNION ALL
SELECT 'trade', name, p.entity_id, NULL, min(territory), count(*), ''
FROM (
    SELECT consignor_name AS name, from_territory AS territory FROM movements_declarations
    UNION ALL SELECT consignee_name, to_territory FROM movements_declarations
    UNION ALL SELECT consignor_name, from_territory FROM movements_monthly_totals
    UNION ALL SELECT consignee_name, to_territory FROM movements_monthly_totals
    UNION ALL SELECT consignor_name, from_territory FROM movements_documented_flows
    UNION ALL SELECT consignee_name, to_territory FROM movements_documented_flows
) t LEFT JOIN standings p ON p.record_name = t.name
WHERE name IS NOT NULL GROUP BY name, p.entity_id
"""
SEARCH = """
SELECT found_in, name, entity_id, list_id, territory, records FROM search_names WHERE {words}
ORDER BY found_in DESC, records DESC NULLS LAST, name, entity_id LIMIT ?
"""
LINKED = """
SELECT e.entity_id, e.name, e.list_id, e.is_confidential, min(coalesce(direct.basis, 'through another list')) AS basis,
    min(direct.explanation) AS explanation, string_agg(DISTINCT s.authority, ', ' ORDER BY s.authority) AS authority,
    CASE WHEN bool_and(s.listing_date IS NOT NULL) THEN min(s.listing_date) END AS listing_date,
    CASE WHEN bool_and(coalesce(s.listing_date, s.listed_not_before) IS NOT NULL)
        THEN min(coalesce(s.listing_date, s.listed_not_before)) END AS listed_not_before,
    min(coalesce(s.listing_date, s.listed_not_after)) AS listed_not_after,
    CASE WHEN bool_and(s.end_date IS NOT NULL) THEN max(s.end_date) END AS end_date
FROM (SELECT DISTINCT group_id FROM links WHERE $1 IN (entity_id_a, entity_id_b)) own
JOIN (SELECT group_id, entity_id_a AS other FROM links UNION SELECT group_id, entity_id_b FROM links) held USING (group_id)
JOIN entities e ON e.entity_id = held.other AND e.entity_id <> $1
LEFT JOIN sanctions s ON s.entity_id = e.entity_id
LEFT JOIN links direct ON direct.entity_id_a = least($1, e.entity_id) AND direct.entity_id_b = greatest($1, e.entity_id)
GROUP BY e.entity_id, e.name, e.list_id, e.is_confidential ORDER BY e.list_id, e.entity_id
"""
LEAST_SOUND = 3  # letters
WORD = "(contains(lower(name), ?) OR contains(key, ?) OR contains(key, ?))"


def row(connection: duckdb.DuckDBPyConnection, kind: RecordKind, record_id: str) -> dict[str, Any]:
    """The whole row of one record, empty cells left out; `source_file` and `source_row` say where it stands.

    Raises:
        SelectionError: If there is no such record.
    """
    found = connection.execute(ROWS[kind], [record_id])
    columns = [d[0] for d in found.description or []]
    rows = found.fetchall()
    if len(rows) == 0:
        raise SelectionError.unknown("record_id", record_id, ["the records of this case"])
    return {name: value for name, value in zip(columns, rows[0], strict=True) if value is not None}


def candidates_of(connection: duckdb.DuckDBPyConnection, record_name: str) -> pd.DataFrame:
    """CANDIDATES of one name, best first, with `judgement, reason, reviewer, judged_at` (empty if nobody judged)."""
    out: pd.DataFrame = connection.execute(CANDIDATES_OF, [record_name]).df()
    return out


def _records(connection: duckdb.DuckDBPyConnection, statement: str, entity_id: str) -> list[dict[str, Any]]:
    found = connection.execute(statement, [entity_id])
    columns = [d[0] for d in found.description or []]
    return [dict(zip(columns, values, strict=True)) for values in found.fetchall()]


def entity(connection: duckdb.DuckDBPyConnection, entity_id: str) -> dict[str, Any]:
    """One list entry with `names`, `addresses`, `identifiers`, `sanctions` and `linked` as lists of dictionaries.

    `linked` are entries of other lists that LINKS take for the same party, with `basis` and `explanation`.

    Raises:
        SelectionError: If no current list holds the entity.
    """
    found = _records(connection, "SELECT * FROM entities WHERE entity_id = ?", entity_id)
    if len(found) == 0:
        raise SelectionError.unknown("entity_id", entity_id, ["the entities of this case"])
    return {
        **found[0],
        "names": _records(connection, "SELECT name, kind, script FROM names WHERE entity_id = ?", entity_id),
        "addresses": _records(connection, "SELECT address, territory FROM addresses WHERE entity_id = ?", entity_id),
        "identifiers": _records(connection, "SELECT kind, value FROM identifiers WHERE entity_id = ?", entity_id),
        "sanctions": _records(connection, "SELECT * FROM sanctions WHERE entity_id = ?", entity_id),
        "linked": _records(connection, LINKED, entity_id),
    }


def _make_keys(connection: duckdb.DuckDBPyConnection) -> None:
    """Romanized lower-case forms of every name, once, so that a search in Latin letters finds Cyrillic and Han."""
    connection.execute(SEARCH_KEYS)
    distinct = [name for (name,) in connection.execute("SELECT DISTINCT name FROM search_names").fetchall()]
    keys = pd.DataFrame({"name": distinct, "romanized": [_key(name) for name in distinct]})
    connection.register("new_keys", keys)
    connection.execute("UPDATE search_names SET key = k.romanized FROM new_keys k WHERE k.name = search_names.name")
    connection.unregister("new_keys")


def _key(name: str) -> str:
    """What a search looks into besides the name: its Latin spelling, and its words as all romanizations agree on them."""
    latin = romanize(name).lower()
    return f"{latin} | {' '.join(_sounded(word) for word in latin.split())}"


def _needles(word: str) -> tuple[str, str, str]:
    """A word of a search as written, in Latin letters, and as it sounds if enough of it is left ("zzzz" sounds like z)."""
    latin = romanize(word).lower()
    sounded = _sounded(latin)
    return word, latin, sounded if 2 * len(sounded) > len(latin) and len(sounded) > LEAST_SOUND else latin


def _sounded(word: str) -> str:
    """A Latin word as most romanizations agree on it; y and i are one letter here, for a search may find too much."""
    return skeleton(word).replace("y", "i")


def search(connection: duckdb.DuckDBPyConnection, text: str, *, most: int = 50) -> pd.DataFrame:
    """Names that hold every word of the text, as written or in any romanization, in any letter case and order.

    Returns:
        `found_in` (trade or list), `name, entity_id, list_id, territory, records`; trade records first,
        most frequent first. No rows for a text of fewer than two characters.
    """
    made = connection.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'search_names'").fetchall()
    if made[0][0] == 0:
        _make_keys(connection)
    words = text.lower().split()
    limit = most if len(text.strip()) >= 2 else 0
    statement = SEARCH.format(words=" AND ".join([WORD] * max(1, len(words))))
    parameters = [part for word in words or [""] for part in _needles(word)]
    out: pd.DataFrame = connection.execute(statement, [*parameters, limit]).df()
    return out
