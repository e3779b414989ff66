"""Official exchange rates: known figures, gaps that stay gaps, currencies that were replaced, and rates of the user."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit import rates
from kit.__main__ import main
from kit.errors import KitError, TableError
from kit.rates import coverage, take_in, usd_rate
from kit.reference import DATA, read_reference

NEEDED = (
    "EUR", "RUB", "KZT", "UAH", "AMD", "GEL", "KGS", "UZS", "BYN", "TRY", "CNY", "HKD", "AED", "INR", "VND", "MXN", "PEN",
    "COP", "CLP", "GBP", "CHF", "JPY", "KRW", "SGD", "MYR", "THB", "MDL", "TJS", "AZN",
)  # fmt: skip
MONTHS = [f"{year}-{month:02d}" for year in range(2017, 2026) for month in range(1, 13)]


def rate(currency: str, month: str) -> float:
    found = usd_rate(currency, month)
    assert found is not None, (currency, month)
    return found.usd_per_unit


@pytest.mark.parametrize(
    ("currency", "month", "units_per_usd", "within"),
    [
        # Official averages of the National Bank of the Republic of Belarus, January 2022, June 2021, January 2020
        ("BYN", "2022-01", 2.5856, 0.01),
        ("BYN", "2021-06", 2.5200, 0.01),
        ("BYN", "2020-01", 2.1189, 0.01),
        # Bank of Russia, 2018-02-01 (kolanews.ru of 2018-01-31): the rate of one day, so the month is only near it
        ("RUB", "2018-02", 56.18, 0.03),
        # the peg of the Central Bank of the United Arab Emirates
        ("AED", "2020-05", 3.6725, 0.0001),
    ],
)
def test_rates_agree_with_figures_published_elsewhere(currency: str, month: str, units_per_usd: float, within: float) -> None:
    assert 1 / rate(currency, month) == pytest.approx(units_per_usd, rel=within)


OF_BELARUS = {
    "2019": (2.1574, 2.1539, 2.1262, 2.1156, 2.0918, 2.0688, 2.0364, 2.0533, 2.0775),
    "2020": (2.1189, 2.1916, 2.4023, 2.5069, 2.4271, 2.3835, 2.4127),
    "2021": (2.5669, 2.6036, 2.6083, 2.6122, 2.5298, 2.5200, 2.5399, 2.5095, 2.5037, 2.4633),
}
"""Official averages of the National Bank of the Republic of Belarus, rubles a dollar, from January on, as it published them."""


@pytest.mark.parametrize("year", OF_BELARUS)
def test_rates_of_the_polish_bank_agree_with_the_averages_of_the_bank_that_issues_the_currency(year: str) -> None:
    for number, units in enumerate(OF_BELARUS[year], 1):
        assert 1 / rate("BYN", f"{year}-{number:02d}") == pytest.approx(units, rel=0.02), number


def test_the_rate_of_the_euro_is_the_average_that_the_central_bank_publishes() -> None:
    found = usd_rate("EUR", "2022-03")
    assert found is not None
    assert (round(found.usd_per_unit, 4), found.days, found.kind) == (1.1019, 23, "monthly average")
    assert found.source_url.startswith("https://www.ecb.europa.eu/")


@pytest.mark.parametrize("currency", NEEDED)
def test_every_currency_of_the_sources_has_a_rate_or_a_named_conflict(currency: str) -> None:
    conflicts = {(row["currency"], row["month"]) for row in read_reference("reference", "rate_conflicts.csv")}
    missing = [month for month in MONTHS if usd_rate(currency, month) is None and (currency, month) not in conflicts]
    assert missing == []


def test_a_month_in_which_two_official_sources_contradict_each_other_has_no_rate() -> None:
    conflicts = read_reference("reference", "rate_conflicts.csv")
    assert len(conflicts) > 0
    assert [row for row in conflicts if usd_rate(row["currency"], row["month"]) is not None] == []


def test_a_month_in_which_the_issuing_bank_contradicts_both_tables_has_no_rate() -> None:
    # The National Bank of the Republic of Belarus had 2.5945 rubles a dollar on 2022-05-12; both tables have 3.3 and more.
    assert [usd_rate("BYN", month) for month in ("2022-04", "2022-05", "2022-06", "2022-07", "2022-08")] == [None] * 5


def test_an_unknown_currency_or_month_has_no_rate() -> None:
    assert usd_rate("XXX", "2022-03") is None
    assert usd_rate("EUR", "2014-12") is None
    assert usd_rate("IRR", "2022-03") is None


def test_the_old_ruble_of_belarus_is_a_ten_thousandth_of_the_new_one() -> None:
    assert rate("BYR", "2016-08") == pytest.approx(rate("BYN", "2016-08") / 10_000)
    assert rate("BYR", "2016-06") == pytest.approx(rate("BYN", "2016-07") / 10_000, rel=0.02)
    assert usd_rate("BYN", "2016-06") is None


@pytest.mark.parametrize(("currency", "month", "ratio"), [("HRK", "2023-04", 7.5345), ("BGN", "2026-02", 1.95583)])
def test_a_currency_that_joined_the_euro_goes_through_it(currency: str, month: str, ratio: float) -> None:
    found = usd_rate(currency, month)
    assert found is not None
    assert found.usd_per_unit == pytest.approx(rate("EUR", month) / ratio)
    assert "through EUR" in found.words


def test_a_year_is_the_mean_of_its_twelve_months_or_nothing() -> None:
    months = [rate("EUR", f"2021-{month:02d}") for month in range(1, 13)]
    assert rate("EUR", "2021") == pytest.approx(sum(months) / 12)
    assert usd_rate("BYN", "2022") is None  # some of its months are in conflict
    assert usd_rate("BYN", "2016") is None


def test_neighboring_months_are_never_a_factor_of_three_apart() -> None:
    rows = read_reference("reference", "exchange_rates.csv")
    known = {(row["currency"], row["month"]): float(row["usd_per_unit"]) for row in rows}
    for (currency, month), value in known.items():
        after = f"{int(month[:4]) + int(month[5:]) // 12}-{int(month[5:]) % 12 + 1:02d}"
        following = known.get((currency, after), value)
        assert 1 / 3 < following / value < 3, (currency, month)


def test_every_rate_names_a_source_with_publisher_terms_and_address() -> None:
    sources = {row["source"]: row for row in read_reference("reference", "rate_sources.csv")}
    used = {row["source"] for row in read_reference("reference", "exchange_rates.csv")}
    assert used <= set(sources)
    for source in used:
        assert all(sources[source][column] != "" for column in ("publisher", "what", "url", "terms", "retrieved"))
        assert "," not in sources[source]["publisher"]


def test_the_kinds_of_rates_are_three() -> None:
    kinds = {row["kind"] for row in read_reference("reference", "exchange_rates.csv")}
    assert kinds == {"monthly average", "customs rate of the month", "peg"}


def test_coverage_counts_the_months_of_each_source() -> None:
    found = {(row["currency"], row["source"]): row for row in coverage()}
    assert found["EUR", "ecb"]["from_month"] == "2015-01"
    assert int(found["KZT", "nbp"]["months"]) >= 140


# -- rates of the user ---------------------------------------------------------


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    target = tmp_path / "own_exchange_rates.csv"
    monkeypatch.setattr(rates, "OWN_FILE", target)
    return target


def test_rates_of_the_user_go_before_the_bundled_ones(own: Path, tmp_path: Path) -> None:
    file = tmp_path / "bank.csv"
    file.write_text("currency,month,usd_per_unit,kind\nBYN,2022-10,0.397,central bank average\n", encoding="utf-8")
    assert take_in(file, to=own) == 1
    found = usd_rate("BYN", "2022-10")
    assert found is not None
    assert (found.usd_per_unit, found.words) == (0.397, "your own file, central bank average (bank.csv)")


def test_taking_a_file_in_twice_changes_nothing(own: Path, tmp_path: Path) -> None:
    file = tmp_path / "bank.csv"
    file.write_text("currency,month,usd_per_unit\nBYN,2022-10,0.397\n", encoding="utf-8")
    take_in(file, to=own)
    before = own.read_bytes()
    take_in(file, to=own)
    assert own.read_bytes() == before


def test_the_history_of_the_european_central_bank_is_averaged_without_its_last_month(own: Path, tmp_path: Path) -> None:
    days = [f"2022-03-{day:02d},1.10,115.0,N/A," for day in range(1, 24)] + ["2022-04-01,1.20,120.0,N/A,"]
    file = tmp_path / "eurofxref-hist.csv"
    file.write_text("\n".join(["Date,USD,JPY,RUB,", *reversed(days)]), encoding="utf-8")
    assert take_in(file, to=own) == 2
    assert usd_rate("EUR", "2022-03").usd_per_unit == pytest.approx(1.10)  # type: ignore[union-attr]
    assert usd_rate("JPY", "2022-03").usd_per_unit == pytest.approx(1.10 / 115)  # type: ignore[union-attr]
    assert "2022-04" not in own.read_text(encoding="utf-8")


@pytest.mark.parametrize("row", ["EURO,2022-03,1.1", "EUR,March,1.1", "EUR,2022-03,-1", "EUR,2022-03,1,1", "EUR,2022-03,inf"])
def test_a_bad_row_is_named_and_nothing_is_taken_in(own: Path, tmp_path: Path, row: str) -> None:
    file = tmp_path / "bank.csv"
    good = "KZT,2022-03,0.002"
    bad = row if row.count(",") == 2 else "EUR,2022-03,"
    file.write_text(f"currency,month,usd_per_unit\n{good}\n{bad}\n", encoding="utf-8")
    with pytest.raises(TableError, match="line 3"):
        take_in(file, to=own)
    assert not own.exists()


@pytest.mark.parametrize(("rate", "said"), [("495", "KZT for one dollar"), ("0.2", "for 100")])
def test_a_rate_the_other_way_round_is_refused(own: Path, tmp_path: Path, rate: str, said: str) -> None:
    file = tmp_path / "bank.csv"
    file.write_text(f"currency,month,usd_per_unit\nKZT,2022-03,{rate}\n", encoding="utf-8")
    with pytest.raises(TableError, match=said):
        take_in(file, to=own)
    assert not own.exists()


def test_a_file_of_another_layout_is_refused(own: Path, tmp_path: Path) -> None:
    file = tmp_path / "other.csv"
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(TableError, match="its columns are a, b"):
        take_in(file, to=own)


@given(st.text(max_size=200))
def test_no_file_crashes_the_reader(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("rates")
    file = folder / "any.csv"
    file.write_text("currency,month,usd_per_unit\n" + text, encoding="utf-8", errors="replace")
    try:
        take_in(file, to=folder / "own.csv")
    except TableError as problem:
        assert "any.csv" in str(problem)


def test_the_command_takes_a_file_in(own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "bank.csv"
    file.write_text("currency,month,usd_per_unit\nBYN,2022-10,0.397\n", encoding="utf-8")
    assert main(["rates", str(file)]) == 0
    assert "1 rates taken in" in capsys.readouterr().out
    assert usd_rate("BYN", "2022-10") is not None


def test_the_command_says_what_is_wrong_with_a_file(own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rates", str(tmp_path / "none.csv")]) == 1
    assert "none.csv" in capsys.readouterr().err


@pytest.mark.parametrize(
    "content", ["Дата;Курс\n".encode("cp1251"), b"\xd0\xcf\x11\xe0\0\0", b"currency,month,usd_per_unit\nEUR,2024-01,1.1,9\n", b""]
)
def test_a_file_that_is_no_table_of_rates_is_refused_plainly(own: Path, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "rates.csv"
    path.write_bytes(content)
    with pytest.raises(KitError, match=r"rates\.csv"):
        take_in(path, to=own)


def months_between(first: str, last: str) -> set[str]:
    numbers = range(int(first[:4]) * 12 + int(first[5:]) - 1, int(last[:4]) * 12 + int(last[5:]))
    return {f"{number // 12}-{number % 12 + 1:02d}" for number in numbers}


def test_the_table_of_the_docs_says_which_months_each_source_gives() -> None:
    page = (DATA.parent / "docs" / "values.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([A-Z]{3}(?:, [A-Z]{3})*) \| (.+?) \| (.+?) \| (.+?) \| .+ \|$", page, re.MULTILINE)
    said: dict[tuple[str, str], set[str]] = {}
    for currencies, *cells in rows:
        for source, cell in zip(("ecb", "nbp", "hmrc"), cells, strict=True):
            for first, last in re.findall(r"(\d{4}-\d\d)(?: to (\d{4}-\d\d))?", cell):
                for currency in currencies.split(", "):
                    key = (currency, "cbuae" if "peg" in cell else source)
                    said.setdefault(key, set()).update(months_between(first, last or first))
    held: dict[tuple[str, str], set[str]] = {}
    for row in read_reference("reference", "exchange_rates.csv"):
        held.setdefault((row["currency"], row["source"]), set()).add(row["month"])
    assert said == held
