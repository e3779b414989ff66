"""Words of a list in the sentences that a reader says, and cells of several lines made tidy."""

from __future__ import annotations

from collections import Counter


def some_of(words: Counter[str]) -> str:
    """The first five words that were met.

    >>> some_of(Counter(["moon", "sun", "moon"]))
    "'moon', 'sun'"
    """
    return ", ".join(repr(word) for word in list(words)[:5])


def most_of(words: Counter[str]) -> str:
    """The five words that were met most often, with how often.

    >>> most_of(Counter(["moon", "sun", "moon"]))
    "'moon' (2), 'sun' (1)"
    """
    return ", ".join(f"{word!r} ({count})" for word, count in words.most_common(5))


def tidy_lines(text: str) -> str:
    r"""The text with runs of blanks made single, line by line; empty lines are left out.

    >>> tidy_lines("1  Plum Road\n \n Testville")
    '1 Plum Road\nTestville'
    """
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line != "")
