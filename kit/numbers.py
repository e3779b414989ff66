"""Numbers as people write them: `1.234,56`, `1 234,56`, `(5)`, `NULL`.

Whether a comma or a point is the decimal mark is decided for a whole column
(`number_form`), because `1.234` alone can be both. What cannot be decided is
refused, never guessed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kit.errors import ValueFormError
from kit.reference import read_reference

_MARKS = read_reference("lookups", "null_marks.csv")
NULL_MARKS: Final = frozenset(row["mark"].casefold() for row in _MARKS if row["scope"] == "any")
"""Texts that mean "no value" in any column, case-folded; "NA" is not among them (Namibia)."""
NUMBER_NULL_MARKS: Final = NULL_MARKS | {row["mark"].casefold() for row in _MARKS}
"""Texts that mean "no value" in a column of numbers or dates."""

EXPECTED = "a number such as 1234.56, 1.234,56, 1 234,56 or (5)"
SPACES = re.compile(r"[\s\u00a0\u2009\u202f'’`]")
SIGNS = re.compile(r"^[$€£¥₽₴₸₺₹]\s*|\s*[$€£¥₽₴₸₺₹]$")
PLAIN = re.compile(r"\d+(\.\d*)?([eE][-+]?\d+)?|\.\d+")
EXPONENT = re.compile(r"[eE][-+]?\d+$")
SPACED = re.compile(r"\d{1,3}(?:([\s\u00a0\u2009\u202f'’`])\d{3})(?:\1\d{3})*(?:[.,]\d+)?")
# Thousands in threes, or the Indian way: 12,34,567.
BY_COMMA = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}")
BY_POINT = re.compile(r"\d{1,3}(?:\.\d{3})+")
EITHER = re.compile(r"[1-9]\d{0,2}([.,])\d{3}")


class NumberKind(StrEnum):
    """What a number counts, for `value_fault`."""

    VALUE = "value"
    WEIGHT_KG = "weight_kg"
    QUANTITY = "quantity"


# More than this in one row is absurd. Value: in any currency; the trade of the world in a year is about 3e13 US dollars.
# Weight: the largest ships carry 4e8 kg; a month's total of one pair of firms can be some times that.
MOST: Final = {NumberKind.VALUE: 1e15, NumberKind.WEIGHT_KG: 1e10, NumberKind.QUANTITY: 1e13}


@dataclass(frozen=True)
class NumberForm:
    """The decimal mark of a column: "." or ",", or None where the column does not show it.

    `note` says in a sentence by what the decision was made, or why it could not be.
    """

    decimal: str | None
    note: str


def is_null(text: str, *, number: bool = False) -> bool:
    """Whether a text means "no value": blank, or a null mark; `number` adds the marks of number columns.

    >>> [is_null(text) for text in ("NULL", " -0- ", "НЕ УКАЗАН", "NA", "0")]
    [True, True, True, False, False]
    >>> is_null("NA", number=True)
    True
    """
    bare = text.strip().casefold()
    return bare == "" or bare in (NUMBER_NULL_MARKS if number else NULL_MARKS)


def parse_number(text: str, *, decimal: str | None = None) -> float | None:
    """Read one number; None if the text means "no value".

    A negative number is read as such (`-5`, `5-`, `(5)`); whether it makes sense
    is for `value_fault` to say. A currency sign is left out, a unit is not.

    Args:
        text: One cell.
        decimal: "." or ",", as `number_form` decided for the column. Without it a
            text that can be read both ways (`1.234`) is refused.

    Returns:
        The number, or None for blank, `NULL`, `nan`, `N/A` and the other null marks.

    Raises:
        ValueFormError: If the text is no number, or can be read both ways.

    >>> [parse_number(text) for text in ("1.234,56", "1,234.56", "1 234,56", "(5)", "5-", "NULL")]
    [1234.56, 1234.56, 1234.56, -5.0, -5.0, None]
    >>> parse_number("1.234", decimal=","), parse_number("1.234", decimal=".")
    (1234.0, 1.234)
    """
    if is_null(text, number=True):
        return None
    negative, bare = _sign(text)
    digits = _plain_digits(text, bare, decimal)
    number = float(digits)
    if not math.isfinite(number):
        raise ValueFormError.unreadable("number", text, EXPECTED)
    return -number if negative else number


def _sign(text: str) -> tuple[bool, str]:
    """Whether the number is negative, and the text without sign, brackets and currency sign."""
    bare = SIGNS.sub("", text.strip().replace("−", "-"))
    if bare.startswith("(") and bare.endswith(")"):
        return True, SIGNS.sub("", bare[1:-1].strip())
    if bare.endswith("-"):
        return True, bare[:-1].strip()
    if bare[:1] in ("-", "+"):
        return bare[0] == "-", SIGNS.sub("", bare[1:].strip())
    return False, bare


def _plain_digits(text: str, bare: str, decimal: str | None) -> str:
    """The text with a point as decimal mark and no grouping."""
    if SPACED.fullmatch(bare) is not None:
        joined = SPACES.sub("", bare)
        mark = next((sign for sign in ".," if sign in joined), None)
        if mark is not None and decimal is not None and mark != decimal:
            raise ValueFormError.unreadable("number", text, f"{decimal!r} as decimal mark, as in the rest of the column")
        return joined.replace(",", ".")
    mark = decimal if decimal is not None else _mark_of(text, bare)
    whole, found, part = bare.rpartition(mark) if mark in bare else (bare, "", "")
    group = BY_COMMA if mark == "." else BY_POINT
    if group.fullmatch(whole) is not None and (found == "" or part.isdigit()):
        return re.sub("[.,]", "", whole) + ("." + part if found != "" else "")
    plain = bare.replace(mark, ".") if bare.count(mark) == 1 else bare
    if PLAIN.fullmatch(plain) is None or (mark == "," and "." in bare):
        raise ValueFormError.unreadable("number", text, EXPECTED)
    return plain


def _mark_of(text: str, bare: str) -> str:
    """The decimal mark of a single number that shows it by itself."""
    if EITHER.fullmatch(bare) is not None:
        raise ValueFormError.unreadable("number", text, "a decimal mark that the column decides; both readings are possible here")
    comma, point = bare.rfind(","), bare.rfind(".")
    if comma < 0 or (point >= 0 and point > comma):
        return "." if bare.count(".") <= 1 else ","
    return "," if bare.count(",") == 1 else "."


def number_form(values: Iterable[str | None]) -> NumberForm:
    """Decide the decimal mark of a column by all its values.

    Values that show the mark (`12,5`, `1.234,56`) decide. Failing that, whole
    numbers of four digits or more without grouping show that a point before
    three digits does not group. A column with evidence for both marks, or of
    nothing but such as `1.234`, stays undecided.

    >>> number_form(["1.234", "12,5"]).decimal
    ','
    >>> number_form(["1.234", "20500"]).decimal
    '.'
    >>> number_form(["1.234"]).decimal is None
    True
    """
    evidence = NumberEvidence()
    for value in values:
        evidence.add(value)
    return evidence.decide()


class NumberEvidence:
    """What the values of a column show about its decimal mark, with the first value that shows each thing."""

    def __init__(self) -> None:
        self._shown: dict[str, str] = {}
        self._open: dict[str, str] = {}
        self._ungrouped = False

    def add(self, value: str | None) -> None:
        """Take one value in."""
        if value is None or is_null(value, number=True):
            return
        _, bare = _sign(value)
        either = EITHER.fullmatch(bare)
        if either is not None:
            self._open.setdefault(either.group(1), value)
            return
        self._ungrouped = self._ungrouped or re.fullmatch(r"\d{4,}", bare) is not None
        mark = _shown_mark(bare)
        if mark is not None:
            self._shown.setdefault(mark, value)

    def merge(self, later: NumberEvidence) -> None:
        """Take in what other values of the same column show."""
        self._shown = {**later._shown, **self._shown}
        self._open = {**later._open, **self._open}
        self._ungrouped = self._ungrouped or later._ungrouped

    def decide(self) -> NumberForm:
        """The decimal mark, as `number_form` says."""
        return _decide(self._shown, self._open, self._ungrouped)


def _shown_mark(bare: str) -> str | None:
    """The decimal mark that one number proves, or None."""
    compact = EXPONENT.sub("", SPACES.sub("", bare))
    if re.fullmatch(r"[\d.,]+", compact) is None or ("," not in compact and "." not in compact):
        return None
    comma, point = compact.rfind(","), compact.rfind(".")
    if comma >= 0 and point >= 0:
        return "," if comma > point else "."
    mark = "," if comma >= 0 else "."
    if compact.count(mark) > 1:
        return "." if mark == "," else ","
    return mark


def _decide(shown: dict[str, str], open_marks: dict[str, str], ungrouped: bool) -> NumberForm:
    if len(shown) > 1:
        return NumberForm(None, f"both decimal marks occur ({shown['.']!r} and {shown[',']!r}); each number is read by itself")
    if len(shown) == 1:
        mark, value = next(iter(shown.items()))
        return NumberForm(mark, f"decimal mark {mark!r}, shown by {value!r}")
    if len(open_marks) == 0:
        return NumberForm(".", "whole numbers only")
    if len(open_marks) > 1:
        return NumberForm(None, f"{open_marks['.']!r} and {open_marks[',']!r} can both be read two ways; give the decimal mark")
    mark, value = next(iter(open_marks.items()))
    if ungrouped:
        return NumberForm(mark, f"decimal mark {mark!r}: thousands are not grouped elsewhere in the column")
    return NumberForm(None, f"{value!r} can be read two ways and no other value decides; give the decimal mark")


def value_fault(number: float | None, kind: NumberKind | str) -> str | None:
    """Why a number makes no sense as what it counts, or None.

    Zero is no fault here (customs use it for "not given"); the caller decides.
    A fault is a reason to look, and the number stays in the record.

    >>> value_fault(-5.0, "weight_kg")
    'a weight below zero'
    >>> value_fault(12.5, NumberKind.VALUE) is None
    True
    """
    what = NumberKind(kind)
    word = {NumberKind.VALUE: "value", NumberKind.WEIGHT_KG: "weight", NumberKind.QUANTITY: "quantity"}[what]
    if number is None:
        return None
    if not math.isfinite(number):
        return f"a {word} that is no number"
    if number < 0:
        return f"a {word} below zero"
    if number > MOST[what]:
        return f"a {word} above {MOST[what]:,.0f}, more than one row can hold"
    return None
