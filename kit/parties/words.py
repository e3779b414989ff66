"""The kit's own tables of words about parties, read once: numbers, kinds, addresses, legal forms as they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module

import stdnum

from kit.names import name_words
from kit.reference import read_reference

LONG_LABEL = 6
MARKS = " \t\r\n\f\v\xa0,;:/-–—()[]{}\"'«»“”.|&#"


@dataclass(frozen=True)
class NumberForm:
    """One kind of number that tells parties apart (a row of data/lookups/party_numbers.csv)."""

    kind: str
    territory: str
    form: re.Pattern[str]
    is_valid: Callable[[str], bool] | None  # None where no check digit exists, or none that the kit can test
    labels: tuple[str, ...]
    is_bare: bool


@dataclass(frozen=True)
class KindWord:
    """A word or phrase that tells what kind of party a name is."""

    words: tuple[str, ...]
    kind: str
    strength: str
    why: str


@cache
def number_forms() -> tuple[NumberForm, ...]:
    """Every kind of number, in the order of the file."""
    rows = read_reference("lookups", "party_numbers.csv")
    return tuple(
        NumberForm(
            row["kind"], row["territory"], re.compile(row["form"]),
            import_module(row["check"].removeprefix("stdnum"), stdnum.__name__).is_valid if row["check"] != "" else None,
            tuple(row["labels"].split(";")), row["is_bare"] == "yes",
        )
        for row in rows
    )  # fmt: skip


@cache
def labels() -> dict[str, tuple[NumberForm, ...]]:
    """Kinds of numbers by label, upper case with single blanks."""
    found: dict[str, list[NumberForm]] = {}
    for form in number_forms():
        for label in form.labels:
            found.setdefault(plain_label(label), []).append(form)
    return {label: tuple(forms) for label, forms in found.items()}


def plain_label(text: str) -> str:
    """A label without marks, upper case: `P. IVA` and `P IVA` are one."""
    return " ".join(re.sub(r"[^\w]", " ", text).upper().split())


@cache
def label_pattern() -> re.Pattern[str]:
    """A label and the number behind it."""
    words = sorted({label for form in number_forms() for label in form.labels}, key=len, reverse=True)
    short = "|".join(_loose(word) for word in words if len(word) < LONG_LABEL)
    long = "|".join(_loose(word) for word in words if len(word) >= LONG_LABEL)  # also found glued: `INDIATAX ID : …`
    return re.compile(
        rf"(?P<label>{long}|(?<![^\W\d_])(?:{short}))(?![^\W\d_])[\s.:№#/-]*(?:(?:NO|ID|NUMBER)\b[\s.:№#-]*)?"
        r"(?P<value>(?=[A-Z]*-?\d)[A-Z0-9][A-Z0-9-]{4,19})(?![\w-])",
        re.IGNORECASE,
    )


def _loose(words: str) -> str:
    return r"[\s.]*".join(re.escape(part) for part in re.split(r"[\s.]+", words) if part != "")


@cache
def kind_words() -> dict[str, tuple[KindWord, ...]]:
    """Words of kinds by their first word, longest phrase first."""
    found: dict[str, list[KindWord]] = {}
    for row in read_reference("lookups", "party_kinds.csv"):
        words = tuple(name_words(row["words"]))
        found.setdefault(words[0], []).append(KindWord(words, row["kind"], row["strength"], row["why"]))
    return {first: tuple(sorted(rows, key=lambda row: -len(row.words))) for first, rows in found.items()}


@cache
def address_pattern() -> re.Pattern[str]:
    """Words that begin an address: alone, or only where a number follows."""
    return re.compile(
        rf"(?<!\w)(?:(?:{_alternatives('start')})(?!\w)|(?:{_alternatives('start_number')})(?![^\W\d_])[\s.:,°#-]*(?=[A-Z]?-?\d))",
        re.IGNORECASE,
    )


@cache
def address_firsts() -> frozenset[str]:
    """First words of what tells an address without a number: a name that holds none of them needs no closer look."""
    rows = [row["words"] for row in read_reference("lookups", "address_starts.csv") if row["use"] == "start"]
    return frozenset(re.findall(r"\w+", row.upper())[0] for row in rows)


@cache
def street_pattern() -> re.Pattern[str]:
    """Words that stand behind the name of a street or a building."""
    return re.compile(rf"(?<!\w)(?:{_alternatives('end')})(?![^\W_])", re.IGNORECASE)


@cache
def glued_pattern() -> re.Pattern[str]:
    """A legal form to which an address, or its number, is glued: `SRLVIA`, `LTD205,`."""
    first = f"{_alternatives('start')}|{_alternatives('start_number')}"
    return re.compile(
        rf"(?<![^\W_])(?:{_glued_forms()})(?=(?:(?:{first})(?![^\W_])|MANUFACTURER|\d{{1,5}}(?!\w)))", re.IGNORECASE
    )


@cache
def legal_pattern() -> re.Pattern[str]:
    """A limited company's or a stock company's form as a word of its own, its letters dotted or apart."""
    return re.compile(rf"(?<![^\W_])(?:{_glued_forms()})(?![^\W_])", re.IGNORECASE)


def _alternatives(use: str) -> str:
    rows = [row["words"] for row in read_reference("lookups", "address_starts.csv") if row["use"] == use]
    return "|".join(r"[\s]+".join(re.escape(part) for part in word.split()) for word in sorted(rows, key=len, reverse=True))


def _glued_forms() -> str:
    forms = {
        row["form"]
        for row in read_reference("reference", "legal_forms.csv")
        if row["common_class"] in ("limited", "stock") and row["spelled_out"] == "" and row["form"].isascii()
    }
    forms = {form.upper() for form in forms if len(form) > 1} | {"SC", "SCA"}  # cooperatives of Italy and Spain
    by_letter: dict[str, list[str]] = {}  # so that most places of a text are passed after one look
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        by_letter.setdefault(form[0], []).append(_spaced(form)[len(re.escape(form[0])) :])
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in sorted(by_letter.items()))


def _spaced(form: str) -> str:
    """`SPA` also as `S P A` and `S.P.A.`."""
    letters = form.replace(".", "").replace(" ", "")
    if len(letters) <= 4 and letters.isalpha() and " " not in form:
        return r"[\s.]{0,2}".join(letters) + r"\.?"
    return r"[\s.]+".join(re.escape(part) for part in re.split(r"[\s.]+", form) if part != "") + r"\.?"
