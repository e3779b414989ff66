"""Words of a name together with how the source spells them, and how two words relate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from kit.names import WordKind, name_words, script_of, skeleton, split_words, word_kind

_SPELLED = re.compile(r"[^\W_]+(?:[.'’ʼ/][^\W_]+)*\.?")
_MOST = 400
LEAST_ALIKE = 0.70
LEAST_CUT = 3


@dataclass(frozen=True)
class Token:
    """A compared word, how the source spells it, its script, its kind, and its legal class if it is part of a legal form."""

    word: str
    shown: str
    script: str
    kind: WordKind
    legal_class: str = ""

    @property
    def is_legal(self) -> bool:
        """Whether the word was set apart as part of a legal form."""
        return self.legal_class != ""

    @classmethod
    def joined(cls, tokens: Sequence[Token]) -> Token:
        """Neighbors written as one word."""
        return cls("".join(t.word for t in tokens), " ".join(t.shown for t in tokens), tokens[0].script, tokens[0].kind)


def tokens_of(name: str) -> list[Token]:
    """The words of a name in order, legal forms marked.

    >>> [(token.shown, token.legal_class) for token in tokens_of("ООО «Радиосвязь»")]
    [('ООО', 'limited'), ('Радиосвязь', '')]
    """
    pieces = _pieces(name[:_MOST])
    words = [word for word, _ in pieces]
    classes = [""] * len(words)
    at = 0
    split = split_words(words)
    if len(split.core) < len(words):
        for form in split.forms:
            parts = form.words.split(" ")
            while words[at : at + len(parts)] != parts:
                at += 1
            classes[at : at + len(parts)] = [form.common_class] * len(parts)
            at += len(parts)
    kinds = [word_kind(word) for word in words]
    return [
        Token(word, shown, script_of(shown), kind, found)
        for (word, shown), kind, found in zip(pieces, kinds, classes, strict=True)
    ]


def _pieces(name: str) -> list[tuple[str, str]]:
    """Compared words, each with its spelling in the source; where one spelling gives several words, each shows itself."""
    out: list[tuple[str, str]] = []
    for found in _SPELLED.finditer(name):
        shown = found.group()
        words = name_words(shown)
        clean = shown if len(words) == 1 and "." in shown[:-1] else shown.rstrip(".")
        out += [(words[0], clean)] if len(words) == 1 else [(word, word) for word in words]
    return out


def relate(left: Token, right: Token) -> tuple[float, str] | None:
    """How two words relate, as likeness and relation; None if they do not.

    >>> relate(*tokens_of("RADIOSVYAZ Радиосвязь"))
    (1.0, 'romanized')
    """
    same_script = left.script == right.script
    if left.word == right.word:
        return 1.0, "same" if same_script else "romanized"
    if left.word.isdigit() or right.word.isdigit():
        return None
    short, long = sorted((left.word, right.word), key=len)
    if len(short) == 1:
        return (0.5, "initial") if long.startswith(short) else None
    a, b = skeleton(left.word), skeleton(right.word)
    if a == b and len(a) > 1:
        return 0.97, "spelling" if same_script else "romanized"
    alike = 0.5 * OSA.normalized_similarity(left.word, right.word) + 0.5 * OSA.normalized_similarity(a, b)
    if alike >= LEAST_ALIKE:
        return alike, "spelling"
    if len(short) >= LEAST_CUT and long.startswith(short):
        return 0.6, "cut"
    return None
