"""Why a pair of names is a candidate: the words that met, what was set apart, and one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from kit.matching.information import Information, no_background
from kit.matching.sentences import sentence_of
from kit.matching.wording import Token, relate, tokens_of
from kit.names import WordKind

SETTLE = "An identifier (tax or registration number), an address, an owner or a director in common would settle it."


@dataclass(frozen=True)
class Explanation:
    """One sentence at the strength of the evidence, and the evidence itself.

    `evidence` is ready for JSON: `tokens` (`record`, `listed`, `relation`: same,
    spelling, romanized, initial, glued, cut), `record_only`, `listed_only`,
    `set_apart` (legal forms, places, numbers as record and listed side), `settle`.
    """

    sentence: str
    evidence: dict[str, Any]


@dataclass
class _Found:
    pairs: list[tuple[list[Token], list[Token], str]] = field(default_factory=list)
    record_only: list[Token] = field(default_factory=list)
    listed_only: list[Token] = field(default_factory=list)


def explain(
    record_name: str, entity_name: str, *, information: Information | None = None, notes: Sequence[str] = ()
) -> Explanation:
    """Say which words of two names meet and what differs.

    Args:
        record_name: as the trade record spells it.
        entity_name: as the list spells it.
        information: how much words tell (`index.information`); without it the
            kit's table of common words decides.
        notes: further findings to add to the sentence ("also under the weak alias …").

    >>> explain("RADIOSVYAZ LLC, MOSCOW", "ООО Радиосвязь").evidence["tokens"]
    [{'record': 'RADIOSVYAZ', 'listed': 'Радиосвязь', 'relation': 'romanized'}]
    """
    told = information if information is not None else no_background()
    record, listed = tokens_of(record_name), tokens_of(entity_name)
    found = _align([t for t in record if not t.is_legal], [t for t in listed if not t.is_legal], told)
    evidence = {
        "tokens": [
            {"record": _shown(left), "listed": _shown(right), "relation": relation} for left, right, relation in found.pairs
        ],
        "record_only": [t.shown for t in found.record_only if t.kind not in _APART],
        "listed_only": [t.shown for t in found.listed_only if t.kind not in _APART],
        "set_apart": {
            "legal_form": _sides([t for t in record if t.is_legal], [t for t in listed if t.is_legal]),
            "place": _sides(_of(found.record_only, WordKind.PLACE), _of(found.listed_only, WordKind.PLACE)),
            "number": _sides(_of(found.record_only, WordKind.NUMBER), _of(found.listed_only, WordKind.NUMBER)),
        },
        "settle": SETTLE,
    }
    weighed = [(left, right, relation, sum(told.of(t.word) for t in right)) for left, right, relation in found.pairs]
    classes = (_classes(record), _classes(listed))
    return Explanation(sentence_of(weighed, found.record_only, found.listed_only, classes, notes), evidence)


_APART = (WordKind.PLACE, WordKind.NUMBER)


def _of(tokens: Sequence[Token], kind: WordKind) -> list[Token]:
    return [token for token in tokens if token.kind is kind]


def _sides(record: Sequence[Token], listed: Sequence[Token]) -> list[str]:
    """Record side and listed side as two phrases; none if both are empty."""
    return [] if len(record) == 0 and len(listed) == 0 else [_shown(record), _shown(listed)]


def _shown(tokens: Sequence[Token]) -> str:
    shown: list[str] = []
    for token in tokens:
        if len(shown) == 0 or token.shown != shown[-1] or token.shown == token.word:
            shown.append(token.shown)
    return " ".join(shown)


def _classes(tokens: Sequence[Token]) -> frozenset[str]:
    return frozenset(token.legal_class for token in tokens if token.legal_class not in ("", "company", "group", "branch"))


def _align(record: Sequence[Token], listed: Sequence[Token], told: Information) -> _Found:
    """Pair words one to one, surest first; then words glued on one side."""
    options: list[tuple[float, int, int, int, int, str]] = []
    for a, left in enumerate(record):
        for b, right in enumerate(listed):
            found = relate(left, right)
            if found is not None:
                options.append((-found[0], a, a + 1, b, b + 1, found[1]))
            options += _glued(record, listed, a, b)
    worth = [told.of(token.word) for token in listed]
    options.sort(key=lambda option: (option[0], -sum(worth[option[3] : option[4]]), option[1], option[3]))
    used_record: set[int] = set()
    used_listed: set[int] = set()
    out = _Found()
    chosen = []
    for _, a, a_end, b, b_end, relation in options:
        if used_record.isdisjoint(range(a, a_end)) and used_listed.isdisjoint(range(b, b_end)):
            used_record.update(range(a, a_end))
            used_listed.update(range(b, b_end))
            chosen.append((a, a_end, b, b_end, relation))
    for a, a_end, b, b_end, relation in sorted(chosen):
        out.pairs.append((list(record[a:a_end]), list(listed[b:b_end]), relation))
    out.record_only = [token for place, token in enumerate(record) if place not in used_record]
    out.listed_only = [token for place, token in enumerate(listed) if place not in used_listed]
    return out


MOST_GLUED = 6


def _fits(letters: int, parts: Sequence[Token]) -> bool:
    """Whether parts written together may be one word of so many letters."""
    together = sum(len(part.word) for part in parts)
    return 0.7 * letters <= together <= 1.4 * letters


def _glued(record: Sequence[Token], listed: Sequence[Token], a: int, b: int) -> list[tuple[float, int, int, int, int, str]]:
    """One word on one side against two or more neighbors written together on the other."""
    out = []
    mine, theirs = len(record[a].word), len(listed[b].word)
    for size in range(2, MOST_GLUED + 1):
        if b + size <= len(listed) and _fits(mine, listed[b : b + size]):
            found = relate(record[a], Token.joined(listed[b : b + size]))
            if found is not None and found[1] != "cut":
                out.append((-found[0] - 0.01, a, a + 1, b, b + size, "glued"))
        if a + size <= len(record) and _fits(theirs, record[a : a + size]):
            found = relate(Token.joined(record[a : a + size]), listed[b])
            if found is not None and found[1] != "cut":
                out.append((-found[0] - 0.01, a, a + size, b, b + 1, "glued"))
    return out
