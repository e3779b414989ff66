"""What the trade records of a case lack: counted over all rows, by file and by month, and followed back to the rows.

A gap is a property of the source. A record without a consignee is no sign of
hiding: in several countries the customs leaves one side out by its own rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd

from kit.case import Case
from kit.errors import SelectionError
from kit.model import FileRole

FAR_YEARS = 10  # a date so much older than the middle of its file is taken for a slip; the kit's own assumption
# what may be lacking, in the words of a reader, and how a row of DECLARATIONS shows it
CHECKS: dict[str, tuple[str, str]] = {
    "no consignor": ("the sender is not named", "consignor_name IS NULL"),
    "no consignee": ("the receiver is not named", "consignee_name IS NULL"),
    "no HS code": ("the goods have no code", "hs_code IS NULL"),
    "no value": ("no value in any currency", "value IS NULL AND value_usd IS NULL"),
    "no US dollars": ("no dollar value in the source, and none converted", "value_usd IS NULL"),
    "no route": ("sent from or sent to is not stated", "departure_country IS NULL OR destination_country IS NULL"),
    "no net weight": ("no kilograms", "net_weight_kg IS NULL"),
    "no date": ("no date, or one that could not be read", "date IS NULL"),
    "date out of range": ("later than the day of reading, or far before the rest of the file", "is_far"),
}
_ROWS = """
CREATE TEMP TABLE checked AS
WITH middles AS (SELECT source_file, median(date) AS middle FROM declarations WHERE date IS NOT NULL GROUP BY source_file)
SELECT d.*, coalesce(date < $first OR date > $last OR ($first IS NULL AND date < middle - to_years($years)), false) AS is_far
FROM declarations d LEFT JOIN middles USING (source_file) WHERE repeat_of IS NULL
"""
_SHOWN = "declaration_id, date, consignor_name, consignee_name, hs_code, value, currency, net_weight_kg, source_file, source_row"


class Quality:
    """The state of a case's declarations; every number has its rows."""

    def __init__(self, case: Case, *, dates: tuple[date, date] | None = None) -> None:
        """Look at the case as it is now.

        Args:
            case: Where the records are.
            dates: The first and last day that a record can have. Without them a date is out of range if it is
                later than the day of reading, or ten years before the middle of its file.
        """
        self.case = case
        self._connection = case.connect()
        first, last = (None, _last_reading(case)) if dates is None else dates
        self._connection.execute(_ROWS, {"first": first, "last": last, "years": FAR_YEARS})

    def files(self) -> pd.DataFrame:
        """One row a file of declarations: `source_file, counted, left_out, rejected`.

        `counted` rows stand in sums; `left_out` rows are repeats and the like, kept in DROPPED; `rejected` are lines
        with something that could not be read, the whole line or one value of a line that counts.
        """
        return self._frame("""
            WITH kept AS (
                SELECT source_file, count(*) FILTER (repeat_of IS NULL) AS counted, count(repeat_of) AS left_out
                FROM declarations GROUP BY source_file
            ), refused AS (SELECT source_file, count(DISTINCT source_row) AS rejected FROM rejects GROUP BY source_file)
            SELECT source_file, counted, left_out, coalesce(rejected, 0) AS rejected
            FROM kept LEFT JOIN refused USING (source_file) ORDER BY counted DESC, source_file
        """)

    def left_out(self) -> pd.DataFrame:
        """Rows left out of sums, by file and kind: `source_file, kind, rows`."""
        return self._frame("""
            SELECT d.source_file, coalesce(k.kind, 'repeat') AS kind, count(*) AS rows
            FROM declarations d LEFT JOIN dropped k USING (declaration_id, source_file, source_row)
            WHERE d.repeat_of IS NOT NULL GROUP BY ALL ORDER BY rows DESC, d.source_file, kind
        """)

    def rejects(self) -> pd.DataFrame:
        """What could not be read, by file and reason, values in the reasons left out: `source_file, reason, lines`."""
        return self._frame("""
            SELECT source_file, regexp_replace(reason, '''[^'']*''|"[^"]*"', '…', 'g') AS reason, count(*) AS lines
            FROM rejects GROUP BY ALL ORDER BY lines DESC, source_file, reason
        """)

    def checks(self) -> pd.DataFrame:
        """One row a check: `check, meaning, rows, of, share`; rows that are left out of sums do not count."""
        statement = f"SELECT count(*) AS n, {_counts()} FROM checked"  # noqa: S608  fixed text
        counted = self._frame(statement).to_dict("records")[0]
        rows = [(name, words, int(counted[name]), int(counted["n"])) for name, (words, _) in CHECKS.items()]
        table = pd.DataFrame(rows, columns=["check", "meaning", "rows", "of"])
        return table.assign(share=table["rows"] / table["of"].clip(lower=1))

    def by_file(self) -> pd.DataFrame:
        """Each check in each file: `check, source_file, rows, of, share`."""
        return self._by("source_file", "source_file")

    def by_month(self) -> pd.DataFrame:
        """Each check in each month: `check, month, rows, of, share`; rows without a date have no month."""
        return self._by("strftime(date, '%Y-%m')", "month")

    def rows(self, check: str, *, source_file: str | None = None, month: str | None = None, most: int = 100) -> pd.DataFrame:
        """The rows behind a number, each with its file and line.

        Raises:
            SelectionError: If there is no such check.
        """
        if check not in CHECKS:
            raise SelectionError.unknown("check", check, CHECKS)
        statement = f"""
            SELECT {_SHOWN} FROM checked
            WHERE {CHECKS[check][1]} AND ($file IS NULL OR source_file = $file)
              AND ($month IS NULL OR strftime(date, '%Y-%m') = $month)
            ORDER BY source_file, source_row LIMIT $most
        """  # noqa: S608  the condition is one of CHECKS
        return self._frame(statement, {"file": source_file, "month": month, "most": most})

    def kinds_of_parties(self) -> pd.DataFrame:
        """Kinds that the words of names tell: `kind, names, records`; unknown is the ordinary case."""
        return self._frame(
            "SELECT kind, count(*) AS names, sum(records)::BIGINT AS records FROM parties GROUP BY kind ORDER BY names DESC"
        )

    def numbers_of_parties(self) -> pd.DataFrame:
        """Tax and registration numbers by kind: `kind, numbers, valid, wrong, unchecked`.

        `wrong` numbers have wrong check digits, or another length than their label says; `unchecked` kinds have none.
        """
        return self._frame("""
            WITH numbers AS (SELECT unnest(number_kinds) AS kind, unnest(number_checks) AS found FROM parties)
            SELECT kind, count(*) AS numbers, count(*) FILTER (found = 'valid') AS valid,
                   count(*) FILTER (found LIKE 'wrong%') AS wrong, count(*) FILTER (found = 'no check') AS unchecked
            FROM numbers GROUP BY kind ORDER BY numbers DESC, kind
        """)

    def facts_of_parties(self) -> pd.DataFrame:
        """What names say besides who it is: `fact, names, records, example` (the name in most records)."""
        facts = {
            "seems a forwarder or carrier": "kind = 'forwarder or carrier'",
            "seems a bank": "kind = 'bank'",
            "seems a customs broker": "kind = 'customs broker'",
            "to order, nobody named": "kind = 'to order' AND principal IS NULL",
            "acts for a principal": "principal IS NOT NULL",
            "a number in the name": "list_contains(number_places, 'name')",
            "an address in the name": "address_part IS NOT NULL",
            "two alphabets in one word": "len(lookalikes) > 0",
        }
        columns = "count(*) AS names, coalesce(sum(records), 0)::BIGINT AS records, arg_max(record_name, records) AS example"
        parts = [
            f"SELECT '{fact}' AS fact, {columns} FROM parties WHERE {condition}"  # noqa: S608  fixed text
            for fact, condition in facts.items()
        ]
        return self._frame(" UNION ALL ".join(parts) + " ORDER BY names DESC")

    def _by(self, expression: str, name: str) -> pd.DataFrame:
        wide = self._frame(
            f"SELECT {expression} AS {name}, count(*) AS n, {_counts()} FROM checked WHERE {expression} IS NOT NULL "  # noqa: S608
            f"GROUP BY 1 ORDER BY 1"
        )
        table = wide.melt([name, "n"], var_name="check", value_name="rows").rename(columns={"n": "of"})
        return table.assign(share=table["rows"] / table["of"])[["check", name, "rows", "of", "share"]]

    def _frame(self, statement: str, parameters: dict[str, Any] | Sequence[Any] | None = None) -> pd.DataFrame:
        out: pd.DataFrame = self._connection.execute(statement, parameters or []).df()
        return out


def _counts() -> str:
    return ", ".join(f'count(*) FILTER ({condition}) AS "{name}"' for name, (_, condition) in CHECKS.items())


def _last_reading(case: Case) -> date:
    """The day on which the newest file was read: no record of it can be later."""
    days = [datetime.fromisoformat(source.read_at).date() for source in case.sources(FileRole.DECLARATIONS)]
    return max(days, default=date.max)
