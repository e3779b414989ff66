"""What the header of a column says about it, in six languages."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from kit.reference import read_reference

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class HeaderWord:
    """One row of `data/lookups/list_column_names.csv`, ready to compare."""

    words: str
    target: str
    language: str
    why: str
    pattern: re.Pattern[str]


def header_key(header: str) -> str:
    """The form in which headers are compared: words in lower case, no marks, no signs.

    >>> header_key("startDate"), header_key("Street_Address"), header_key("Ülke / Şehir")
    ('start date', 'street address', 'ulke sehir')
    """
    parted = _CAMEL.sub(" ", header).replace("ı", "i").replace("№", " № ")
    letters = "".join(c for c in unicodedata.normalize("NFKD", parted.casefold()) if unicodedata.category(c) != "Mn")
    return _SIGNS.sub(" ", letters).strip()


def header_meaning(header: str) -> HeaderWord | None:
    """The first row of the table whose words fit the header, or None.

    Of a header under a merged one (`Party: Also known as`) the lower part counts.

    >>> header_meaning("Наименование организации").target, header_meaning("Vergi No").target
    ('name', 'tax')
    >>> header_meaning("Date of birth").target, header_meaning("Horsepower") is None
    ('remarks', True)
    """
    for part in dict.fromkeys((header, header.rpartition(": ")[2])):
        key = header_key(part)
        found = next((word for word in _words() if word.pattern.fullmatch(key) is not None), None)
        if found is not None:
            return found
    return None


@cache
def targets() -> frozenset[str]:
    """Every meaning that a column can be given."""
    return frozenset(word.target for word in _words()) - {"trade", "goods_code", "party", "ordinal", "contact"}


@cache
def _words() -> tuple[HeaderWord, ...]:
    rows = read_reference("lookups", "list_column_names.csv")
    return tuple(HeaderWord(row["words"], row["target"], row["language"], row["why"], _pattern(row["words"])) for row in rows)


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(
        ".*".join(re.escape(header_key(part)) if part.strip() == part else _spaced(part) for part in words.split("*"))
    )


def _spaced(part: str) -> str:
    """A part of a pattern that begins or ends with a blank keeps it: "name *" needs a second word."""
    key = re.escape(header_key(part))
    return (r"\ " if part.startswith(" ") else "") + key + (r"\ " if part.endswith(" ") else "")
