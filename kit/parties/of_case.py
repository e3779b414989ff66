"""PARTIES of a case: made once for each state of its files and of the kit."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pyarrow as pa

from kit.case import Case
from kit.parties.table import Standing, describe_parties
from kit.reference import stamp_of

RULES = ("kit/parties", "kit/names", "data/lookups", "data/reference")
# Where a party seems to sit: its own country column; else the side on which the record was made; else the way of the goods.
NAMES = """
WITH declared AS (SELECT * FROM declarations WHERE repeat_of IS NULL),
cells AS (
    SELECT consignor_name AS name, 'consignor' AS role, consignor_id AS number,
           coalesce(consignor_country, CASE WHEN direction = 'export' THEN reporter END, departure_country) AS territory
    FROM declared
    UNION ALL SELECT consignee_name, 'consignee', consignee_id,
           coalesce(consignee_country, CASE WHEN direction = 'import' THEN reporter END, destination_country) FROM declared
    UNION ALL SELECT notify_name, 'notify', NULL, destination_country FROM declared
    UNION ALL SELECT declarant_name, 'declarant', declarant_id, reporter FROM declared
    UNION ALL SELECT consignor_name, 'consignor', NULL, consignor_country FROM documented_flows
    UNION ALL SELECT intermediary_name, 'intermediary', NULL, intermediary_country FROM documented_flows
    UNION ALL SELECT consignee_name, 'consignee', NULL, consignee_country FROM documented_flows
)
SELECT name, string_agg(DISTINCT role, ', ' ORDER BY role), mode(territory), count(*),
       list(DISTINCT number ORDER BY number) FILTER (number IS NOT NULL)
FROM cells WHERE name IS NOT NULL GROUP BY name ORDER BY name
"""


def describe_case(case: Case, *, progress: Callable[[str], None] | None = None) -> pa.Table:
    """PARTIES of a case; computed again only after its files, the kit or its rules have changed."""
    stamp = _stamp(case)
    if case.manifest.get("parties_of") == stamp:
        return case.read("parties")
    connection = case.connect()
    rows = connection.execute(NAMES).fetchall()
    connection.close()
    standings = {
        name: Standing(roles, territory, int(records), tuple(numbers or ())) for name, roles, territory, records, numbers in rows
    }

    def say(done: int, total: int) -> None:
        if progress is not None and total > 0:
            progress(f"  {done:,} of {total:,} names taken apart")

    table = describe_parties(list(standings), standings, progress=say)
    case.replace("parties", table, parties_of=stamp)
    return table


def _stamp(case: Case) -> str:
    """A hash of everything that PARTIES depends on."""
    parts = [f"{s.sha256} {s.reader} {s.is_current} {s.rules} {s.columns} {s.notes}" for s in case.sources()]
    return hashlib.sha256("\n".join([stamp_of(RULES), *sorted(parts)]).encode()).hexdigest()
