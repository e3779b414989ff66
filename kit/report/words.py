"""Numbers with words that agree with them."""

from __future__ import annotations


def counted(number: int, one: str, many: str) -> str:
    """A number with the words that agree with it.

    >>> counted(1, "record has", "records have"), counted(1200, "record has", "records have")
    ('1 record has', '1,200 records have')
    """
    return f"{number:,} {one if number == 1 else many}"
