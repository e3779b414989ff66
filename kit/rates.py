"""Official exchange rates into US dollars, one a currency and month, each with its source.

The table is `data/reference/exchange_rates.csv`; `docs/values.md` says which months
of which currency it has. A month without a rate stays without one: nothing is
interpolated, carried forward, or taken from memory. Rates that a user took in (`take_in`) go before the bundled ones.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from statistics import fmean

from kit.errors import FileError, TableError
from kit.reference import DATA, read_reference

OWN_FILE = DATA / "reference" / "own_exchange_rates.csv"
COLUMNS = ("currency", "month", "usd_per_unit", "kind", "days", "source")
AVERAGE = "monthly average"
YEARLY = "average of the twelve months"
LEAST_DAYS = 10
"""A month of daily rates with fewer days than this gives no average."""
FAR_OFF = 3.0
"""A user's rate so many times above or below the published one is taken for a slip; the kit's own assumption."""
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_YEAR = re.compile(r"\d{4}")
_EUROPEAN = ("Date", "USD")


@dataclass(frozen=True)
class Rate:
    """One rate: how many US dollars one unit of a currency was in a month (YYYY-MM) or year (YYYY).

    `kind` says what it is: an average of days, a rate that customs used, or a
    peg. An amount converted with it is as exact as that: the rate of the day may have been some percent away.
    """

    currency: str
    month: str
    usd_per_unit: float
    kind: str
    days: int | None
    source: str

    @property
    def publisher(self) -> str:
        """Who published it; nobody needs to for the dollar itself."""
        return "" if self.currency == "USD" else _sources()[self.source]["publisher"]

    @property
    def source_url(self) -> str:
        """Where it is published."""
        return _sources()[self.source]["url"]

    @property
    def words(self) -> str:
        """Publisher and kind, as they stand beside a converted value.

        >>> usd_rate("EUR", "2022-03").words
        'European Central Bank, monthly average of 23 days'
        """
        if self.currency == "USD":
            return self.kind
        days = f" of {self.days} days" if self.days is not None else ""
        return f"{self.publisher}, {self.kind}{days}"


def usd_rate(currency: str, month: str) -> Rate | None:
    """The rate of a currency in a month (YYYY-MM) or year (YYYY), or None where there is no source.

    A year needs all of its twelve months; its rate is their mean. A currency
    that was replaced is converted through its successor from that month on,
    at the official ratio (BYR through BYN from July 2016). A successor has no rate before it existed: a value "in BYN"
    of 2015 may be off by ten thousand, and stays unconverted.

    >>> round(usd_rate("EUR", "2022-03").usd_per_unit, 4), usd_rate("EUR", "1950-01") is None
    (1.1019, True)
    >>> usd_rate("USD", "2022-03").usd_per_unit
    1.0
    """
    if currency == "USD":
        return Rate("USD", month, 1.0, "in US dollars", None, "own")
    if _YEAR.fullmatch(month) is not None:
        return _yearly(currency, month)
    table = _table(_stamp())
    found = table.get((currency, month))
    reform = _reforms().get(currency)
    if found is not None or reform is None or month < reform["from_month"]:
        return found
    after = table.get((reform["new_currency"], month))
    if after is None:
        return None
    ratio = float(reform["old_per_new"])
    kind = f"{after.kind}, through {after.currency} at {ratio:g} to 1"
    return replace(after, currency=currency, usd_per_unit=after.usd_per_unit / ratio, kind=kind)


def _yearly(currency: str, year: str) -> Rate | None:
    """The mean of twelve months, if all are there and of one source."""
    months = [usd_rate(currency, f"{year}-{month:02d}") for month in range(1, 13)]
    found = [rate for rate in months if rate is not None]
    if len(found) < 12:
        return None
    sources = sorted({rate.source for rate in found})
    kind = YEARLY if len(sources) == 1 else f"{YEARLY} ({', '.join(sources)})"
    return Rate(currency, year, fmean(rate.usd_per_unit for rate in found), kind, None, found[-1].source)


def coverage() -> list[dict[str, str]]:
    """Which months of which currency have a rate: one row a currency and source.

    Returns:
        `currency`, `source`, `publisher`, `from_month`, `to_month`, `months` (how many of them have a rate).
    """
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (currency, month), rate in _table(_stamp()).items():
        groups[currency, rate.source].append(month)
    return [
        {
            "currency": currency,
            "source": source,
            "publisher": _sources()[source]["publisher"],
            "from_month": min(months),
            "to_month": max(months),
            "months": str(len(months)),
        }
        for (currency, source), months in sorted(groups.items())
    ]


def take_in(path: Path, *, to: Path | None = None) -> int:
    """Take rates from a file that the user got: they go before the bundled ones from now on.

    Two layouts are read. The history of the European Central Bank (`eurofxref-hist.csv`,
    as seen in its download of 2026-10-30): its days are averaged by month. Or a
    table with the columns `currency`, `month` (YYYY-MM), `usd_per_unit`, and
    `kind` if known. Nothing is downloaded.

    Returns:
        How many rates were taken in; rates of the same currency and month that were taken in before are replaced.

    Raises:
        FileError: If the file is missing.
        TableError: With every fault; then nothing is taken in.
    """
    target = OWN_FILE if to is None else to
    if not path.exists():
        raise FileError.missing(path)
    rows = _rows_of(path)
    header = tuple(rows[0]) if len(rows) > 0 else ()
    if set(_EUROPEAN) <= set(header):
        new = _european(rows, path.name)
    elif {"currency", "month", "usd_per_unit"} <= set(header):
        new = _plain(rows, path.name)
    else:
        expected = "Date, USD, … (European Central Bank) or currency, month, usd_per_unit"
        raise TableError.faults(path.name, [f"its columns are {', '.join(map(str, header)) or 'none'}; expected {expected}"])
    kept = {(row["currency"], row["month"]): row for row in _own_rows(target)} | {(r["currency"], r["month"]): r for r in new}
    part = target.with_suffix(".part")
    with part.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        out.writeheader()
        out.writerows(kept[key] for key in sorted(kept))
    part.replace(target)
    return len(new)


def _rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV in UTF-8; a row longer than the header is a fault."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise FileError.unreadable(
            path, f"what is no CSV text in UTF-8 ({problem})", "a table of rates as CSV",
            "Save it from a spreadsheet program as CSV UTF-8 with the columns currency, month, usd_per_unit.",
        ) from problem  # fmt: skip
    longer = [f"line {line} has more cells than the header" for line, row in enumerate(rows, 2) if None in row]
    if len(longer) > 0:
        raise TableError.faults(path.name, longer[:5])
    return rows


def _plain(rows: Iterable[Mapping[str, str]], name: str) -> list[dict[str, str]]:
    """Rates in the kit's own layout."""
    out, faults = [], []
    for line, row in enumerate(rows, 2):
        currency, month = (row["currency"] or "").strip().upper(), (row["month"] or "").strip()
        rate = _positive(row["usd_per_unit"])
        if re.fullmatch(r"[A-Z]{3}", currency) is None or _MONTH.fullmatch(month) is None or rate is None:
            faults.append(f"line {line}: expected a code such as EUR, a month such as 2022-03, and a rate above 0")
            continue
        bundled = _table(0).get((currency, month))
        if bundled is not None and not 1 / FAR_OFF < rate / bundled.usd_per_unit < FAR_OFF:
            usual = f"{bundled.publisher} has {bundled.usd_per_unit:.4g}"
            faults.append(
                f"line {line}: {rate:g} dollars for one {currency}, but {usual}: is it {currency} for one dollar, or for 100?"
            )
            continue
        kind = (row.get("kind") or "").strip()
        kind = kind if kind != "" else "rate of the user's file"
        values = (currency, month, f"{rate:.8g}", f"{kind} ({name})", (row.get("days") or "").strip(), "own")
        out.append(dict(zip(COLUMNS, values, strict=True)))
    if len(faults) > 0:
        raise TableError.faults(name, faults)
    return out


def _european(rows: Iterable[Mapping[str, str]], name: str) -> list[dict[str, str]]:
    """Averages by month of the euro's reference rates; the last month of the file is left out if it is not over."""
    days: dict[tuple[str, str], list[float]] = defaultdict(list)
    months: set[str] = set()
    for row in rows:
        month, dollar = row["Date"][:7], _positive(row["USD"])
        if _MONTH.fullmatch(month) is None or dollar is None:
            raise TableError.faults(name, [f"the row of {row['Date']!r} has no day or no rate of the dollar"])
        months.add(month)
        days["EUR", month].append(dollar)
        for code, text in row.items():
            units = _positive(text) if code not in ("Date", "USD", "", None) else None
            if units is not None:
                days[code.strip(), month].append(dollar / units)
    ended = sorted(months)[:-1]
    return [
        dict(zip(COLUMNS, (code, month, f"{fmean(found):.8g}", AVERAGE, str(len(found)), "ecb"), strict=True))
        for (code, month), found in days.items()
        if month in ended and len(found) >= LEAST_DAYS
    ]


def _positive(text: str | None) -> float | None:
    try:
        number = float((text or "").strip())
    except ValueError:
        return None
    return number if 0 < number < float("inf") else None


@cache
def _sources() -> dict[str, dict[str, str]]:
    return {row["source"]: row for row in read_reference("reference", "rate_sources.csv")}


@cache
def _reforms() -> dict[str, dict[str, str]]:
    return {row["old_currency"]: row for row in read_reference("lookups", "currency_reforms.csv")}


def _own_rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _stamp() -> int:
    """When the user's own rates changed last; 0 without any."""
    return OWN_FILE.stat().st_mtime_ns if OWN_FILE.exists() else 0


@cache
def _table(stamp: int) -> dict[tuple[str, str], Rate]:
    """Every rate by currency and month, the user's own before the bundled ones."""
    own = _own_rows(OWN_FILE) if stamp > 0 else []
    rows = [*read_reference("reference", "exchange_rates.csv"), *own]
    return {(row["currency"], row["month"]): _rate(row) for row in rows}


def _rate(row: Mapping[str, str]) -> Rate:
    days = int(row["days"]) if row["days"] != "" else None
    return Rate(row["currency"], row["month"], float(row["usd_per_unit"]), row["kind"], days, row["source"])
