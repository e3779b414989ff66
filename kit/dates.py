"""Dates as files write them, with the precision that the source gives.

`12/07/2023` alone can be two days; `date_form` decides for a whole column, and
where even the column does not show it the value is refused, never guessed.
A two-digit year below 70 is in this century.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from kit.errors import ValueFormError
from kit.model import DatePrecision
from kit.reference import read_reference

EARLIEST = datetime.date(1901, 1, 1)
"""Days before this one are refused: 1899 and 1900 are the zero dates of spreadsheets."""
LATEST = datetime.date(2100, 12, 31)
"""Days after this one are refused: 3017 is a slip of the pen, 9999 means "no end"."""

EXPECTED = "a day, month or year from 1901 to 2100, such as 2024-03-17, 17.03.2014, 17-Mar-2014 or 2024-01"
EXCEL = "excel"
SPREADSHEET_ZERO = datetime.date(1899, 12, 30)
TIME = re.compile(r"[T\s]+\d{1,2}:\d{2}(:\d{2})?([.,]\d+)?\s*([AP]M)?\s*(Z|UTC|[-+]\d{2}:?\d{2})?$", re.IGNORECASE)
YEAR_WORD = re.compile(r"\s*(?<=[\d\s])(г\.?|года?|р\.?|року|рік)$", re.IGNORECASE)
CHINESE = re.compile(r"(\d{4})\s*年(?:\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日?)?)?")
NUMERIC = re.compile(r"(\d{1,4})\s*([-./\s])\s*(\d{1,2})\s*\2\s*(\d{1,4})")
MONTH_FIRST_WORDS = re.compile(r"([^\W\d_]+)\.?[\s\-]*(\d{1,2})(?:st|nd|rd|th)?\s*,?\s+(\d{4})")
DAY_FIRST_WORDS = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[\s\-./]*(?:de\s+|of\s+)?([^\W\d_]+)\.?[\s\-./,]*(?:de(?:l)?\s+)?(\d{4}|\d{2})"
)
MONTH_WORDS = re.compile(r"(?:\d{6}-)?([^\W\d_]+)\.?[\s\-./,]*(?:de(?:l)?\s+)?(\d{4}|\d{2})")
YEAR_FIRST_WORDS = re.compile(r"(\d{4})[\s\-./]+([^\W\d_]+)\.?[\s\-./]+(\d{1,2})")
YEAR_MONTH_WORDS = re.compile(r"(\d{4})[\s\-./]+([^\W\d_]+)\.?")
WORD_FORMS = (
    (DAY_FIRST_WORDS, "dmy"),
    (MONTH_FIRST_WORDS, "mdy"),
    (YEAR_FIRST_WORDS, "ymd"),
    (MONTH_WORDS, "my"),
    (YEAR_MONTH_WORDS, "ym"),
)
YEAR_MONTH = re.compile(r"(\d{4})[-./M](\d{1,2})")
MONTH_YEAR = re.compile(r"(\d{1,2})[-./](\d{4})")
ANNUAL = 52  # UN Comtrade and Eurostat write a whole year as its month 52
MOST_SERIAL = 73_415  # 2100-12-31


@dataclass(frozen=True)
class ParsedDate:
    """A day and how much of it the source gives; a month or year stands as its first day."""

    day: datetime.date
    precision: DatePrecision


@dataclass(frozen=True)
class DateForm:
    """How the dates of a column are read.

    `day_first` is None where no value shows the order: values that can be read
    both ways are then refused. `form` is "excel" for serial numbers of a
    spreadsheet, else None. `note` says by what it was decided.
    """

    form: str | None
    day_first: bool | None
    note: str

    def read(self, text: str) -> ParsedDate:
        """Read one value the way of the column; raises as `parse_date` does."""
        return _parse_again(text, self.form, self.day_first)


@cache
def month_names() -> dict[str, int]:
    """Months by their names and abbreviations in five languages, lower case (`data/lookups/month_names.csv`).

    >>> month_names()["марта"], month_names()["ağustos"]
    (3, 8)
    """
    return {_fold(row["name"]): int(row["month"]) for row in read_reference("lookups", "month_names.csv")}


def _fold(word: str) -> str:
    return word.casefold().replace("i\u0307", "i")


def parse_date(text: str, *, form: str | None = None, day_first: bool | None = None) -> ParsedDate:
    """Read one date.

    Args:
        text: One cell; a time of day behind the date is left out.
        form: None to recognize the form; "excel" for the serial numbers of a
            spreadsheet; or a pattern with percent signs (`%d%m%Y`) for forms
            that cannot be recognized.
        day_first: The order in `12/07/2023`, as `date_form` decided for the
            column. Without it only values that show their order are read
            (points mean day first: `12.07.2023`).

    Returns:
        The day and its precision: `2024-01` is the first of January, precision month.

    Raises:
        ValueFormError: If the text is no date, can be read both ways, is an
            impossible day, or lies outside 1901 to 2100.

    >>> parse_date("17 марта 2014 г.").day.isoformat(), parse_date("Jan-2024").precision.value
    ('2014-03-17', 'month')
    >>> parse_date("12/07/2023", day_first=True).day.isoformat()
    '2023-07-12'
    """
    bare = TIME.sub("", text.strip()).strip()
    if form == EXCEL:
        found = _from_serial(text, bare)
    elif form is not None:
        found = _from_pattern(text, bare, form)
    else:
        found = _recognize(text, bare, day_first)
    if not EARLIEST <= found.day <= LATEST:
        raise ValueFormError.unreadable("date", text, EXPECTED)
    return found


@lru_cache(maxsize=1 << 16)
def _parse_again(text: str, form: str | None, day_first: bool | None) -> ParsedDate:
    """`parse_date` with a memory, for the same days come again and again."""
    return parse_date(text, form=form, day_first=day_first)


def _made(text: str, year: int, month: int, day: int | None, *, century: bool = False) -> ParsedDate:
    if century:
        year += 2000 if year < 70 else 1900
    try:
        return ParsedDate(datetime.date(year, month, day or 1), DatePrecision.MONTH if day is None else DatePrecision.DAY)
    except ValueError as problem:
        raise ValueFormError.unreadable("date", text, EXPECTED) from problem


def _from_serial(text: str, bare: str) -> ParsedDate:
    if re.fullmatch(r"\d{1,6}([.,]\d+)?", bare) is None:
        raise ValueFormError.unreadable("date", text, "the serial number of a day in a spreadsheet, such as 45000")
    serial = int(re.split("[.,]", bare)[0])
    if serial > MOST_SERIAL:
        raise ValueFormError.unreadable("date", text, EXPECTED)
    return ParsedDate(SPREADSHEET_ZERO + datetime.timedelta(days=serial), DatePrecision.DAY)


def _from_pattern(text: str, bare: str, form: str) -> ParsedDate:
    try:
        moment = datetime.datetime.strptime(bare, form)  # noqa: DTZ007 - a day has no time zone
    except ValueError as problem:
        raise ValueFormError.unreadable("date", text, f"the form {form}") from problem
    by_day = any(part in form for part in ("%d", "%j", "%x", "%c"))
    by_month = any(part in form for part in ("%m", "%b", "%B"))
    precision = DatePrecision.DAY if by_day else DatePrecision.MONTH if by_month else DatePrecision.YEAR
    return ParsedDate(moment.date(), precision)


def _recognize(text: str, bare: str, day_first: bool | None) -> ParsedDate:
    bare = YEAR_WORD.sub("", bare)
    chinese = CHINESE.fullmatch(bare)
    if chinese is not None:
        bare = "-".join(part for part in chinese.groups() if part is not None)
    if bare.isascii() and bare.isdigit():
        return _from_digits(text, bare)
    numeric = NUMERIC.fullmatch(bare)
    if numeric is not None:
        return _from_three(text, numeric.group(1), numeric.group(3), numeric.group(4), numeric.group(2), day_first)
    found = YEAR_MONTH.fullmatch(bare)
    if found is not None:
        return _made_month(text, int(found.group(1)), int(found.group(2)))
    found = MONTH_YEAR.fullmatch(bare)
    if found is not None:
        return _made_month(text, int(found.group(2)), int(found.group(1)))
    return _from_words(text, bare)


def _made_month(text: str, year: int, month: int) -> ParsedDate:
    if month == ANNUAL and 1 <= year <= 9999:
        return ParsedDate(datetime.date(year, 1, 1), DatePrecision.YEAR)
    return _made(text, year, month, None)


def _from_digits(text: str, bare: str) -> ParsedDate:
    """`20140317`, `202401` or `2024`."""
    if len(bare) == 8:
        return _made(text, int(bare[:4]), int(bare[4:6]), int(bare[6:]))
    if len(bare) == 6:
        return _made_month(text, int(bare[:4]), int(bare[4:]))
    if len(bare) == 4:
        return ParsedDate(_made(text, int(bare), 1, 1).day, DatePrecision.YEAR)
    raise ValueFormError.unreadable("date", text, EXPECTED)


def _from_three(text: str, first: str, second: str, third: str, sign: str, day_first: bool | None) -> ParsedDate:
    """Three numbers: year first, or day and month in an order that must be known."""
    if len(first) == 4:
        return _made(text, int(first), int(second), int(third))
    if len(third) not in (2, 4) or len(first) > 2:
        raise ValueFormError.unreadable("date", text, EXPECTED)
    a, b = int(first), int(second)
    if sign == "." and day_first is None:
        day_first = True
    if day_first is None:
        if a <= 12 and b <= 12 and a != b:
            raise ValueFormError.unreadable(
                "date", text, "an order of day and month that the column decides; both are possible here"
            )
        day_first = a > 12 or a == b
    day, month = (a, b) if day_first else (b, a)
    return _made(text, int(third), month, day, century=len(third) == 2)


def _from_words(text: str, bare: str) -> ParsedDate:
    """A month by its name, with or without a day."""
    for pattern, order in WORD_FORMS:
        found = pattern.fullmatch(bare)
        if found is None:
            continue
        parts = dict(zip(order, found.groups(), strict=True))
        month = month_names().get(_fold(parts["m"]))
        if month is None:
            continue
        day = int(parts["d"]) if "d" in parts else None
        return _made(text, int(parts["y"]), month, day, century=len(parts["y"]) == 2)
    raise ValueFormError.unreadable("date", text, EXPECTED)


def date_form(values: Iterable[str | None]) -> DateForm:
    """Decide how the dates of a column are read, by all its values.

    A day above 12 shows the order for the whole column. Where both orders are
    shown, or none is and some value can be read both ways, `day_first` stays None
    and the note says so. A column of nothing but whole numbers from 20,000 to
    59,999 is read as serial numbers of a spreadsheet (1954 to 2064).

    >>> date_form(["12/07/2023", "25/07/2023"]).day_first
    True
    >>> date_form(["12/07/2023"]).day_first is None
    True
    >>> date_form(["45123", "45200"]).form
    'excel'
    """
    evidence = _Evidence()
    for value in values:
        if value is not None:
            evidence.add(value)
    return evidence.decide()


class _Evidence:
    """One example of each thing that the values of a column show about their order of day and month."""

    def __init__(self) -> None:
        self.day_first: str | None = None
        self.month_first: str | None = None
        self.open_point: str | None = None  # 12.07.2023: points mean day first, unless the column says otherwise
        self.open: str | None = None
        self.month_first_by_point = False
        self.serials = self.others = 0

    def add(self, value: str) -> None:
        """Take one value in."""
        bare = TIME.sub("", value.strip()).strip()
        if bare == "":
            return
        is_serial = re.fullmatch(r"[2-5]\d{4}(\.\d+)?", bare) is not None
        self.serials, self.others = self.serials + is_serial, self.others + (not is_serial)
        found = NUMERIC.fullmatch(YEAR_WORD.sub("", bare))
        if found is None or len(found.group(1)) > 2:
            return
        first, sign, second = int(found.group(1)), found.group(2), int(found.group(3))
        if first > 12 >= second:
            self.day_first = value
        elif second > 12 >= first:
            self.month_first = value
            self.month_first_by_point = self.month_first_by_point or sign == "."
        elif first != second and sign == ".":
            self.open_point = value
        elif first != second:
            self.open = value

    def decide(self) -> DateForm:
        """How the column is read, as `date_form` says."""
        if self.serials > 0 and self.others == 0:
            return DateForm(EXCEL, None, "whole numbers were read as the serial dates of a spreadsheet")
        day_first = self.day_first
        if day_first is None and self.month_first is not None and not self.month_first_by_point:
            day_first = self.open_point
        if day_first is not None and self.month_first is not None:
            both = f"both orders of day and month occur ({day_first!r} and {self.month_first!r})"
            return DateForm(None, None, f"{both}; a date that can be read both ways is refused")
        if day_first is not None:
            return DateForm(None, True, f"day before month, shown by {day_first!r}")
        if self.month_first is not None:
            return DateForm(None, False, f"month before day, shown by {self.month_first!r}")
        if self.open is not None:
            return DateForm(None, None, f"no date shows whether {self.open!r} has the day or the month first; give day_first")
        return DateForm(None, None, "each date shows its own order")
