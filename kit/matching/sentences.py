"""The sentence that says why a pair is a candidate, at the strength of the evidence."""

from __future__ import annotations

from collections.abc import Sequence

from kit.matching.wording import Token
from kit.names import WordKind

NO_IDENTIFIER = "no identifier to compare"
DISTINCTIVE = 8.5  # nats: fewer than one name in 5,000
RELATIONS = {
    "same": "same",
    "romanized": "same word in another script",
    "spelling": "nearly the same spelling",
    "initial": "initial",
    "glued": "written together or apart",
    "cut": "cut short",
}
Weighed = tuple[list[Token], list[Token], str, float]


def sentence_of(
    pairs: Sequence[Weighed],
    record_only: Sequence[Token],
    listed_only: Sequence[Token],
    classes: tuple[frozenset[str], frozenset[str]],
    notes: Sequence[str] = (),
) -> str:
    """Put the findings about two names into one sentence."""
    parts = [_met(pairs, len(record_only) + len(listed_only) == 0)]
    parts += _forms(*classes)
    parts += _alone(record_only, "only in the trade record")
    parts += _alone(listed_only, "only in the listed name")
    sentence = "; ".join([part for part in parts if part != ""] + list(notes)) + f"; {NO_IDENTIFIER}."
    return sentence[0].upper() + sentence[1:]


def _met(pairs: Sequence[Weighed], is_whole: bool) -> str:
    """What met: the distinctive words first, else that they are common."""
    if len(pairs) == 0:
        return "no whole word in common, the letters of the whole names are alike"
    rare = sorted((p for p in pairs if p[3] >= DISTINCTIVE), key=lambda p: -p[3])
    if len(rare) == 0 and len(pairs) == 1 and is_whole:
        return f"same name {_quoted(pairs[0][0])}, nothing else known"
    if len(rare) == 0 and is_whole and all(pair[2] in ("same", "romanized") for pair in pairs):
        whole = " ".join(_plain(pair[0]) for pair in pairs)
        return f"the whole name agrees word by word: {whole}, each of them common alone"
    if len(rare) == 0:
        return f"only common words in common: {_joined([_quoted(p[0]) for p in pairs])}"
    exact = [p for p in rare if p[2] in ("same", "romanized")]
    other = [p for p in rare if p[2] not in ("same", "romanized")]
    said = []
    if len(exact) > 0:
        said.append(f"same distinctive {_words(len(exact))} {_joined([_same(p) for p in exact[:4]])}")
    said += [_other(p) for p in other[:4]]
    common = [p for p in pairs if p[3] < DISTINCTIVE]
    if len(common) > 0:
        said.append(f"also {_joined([_plain(p[0]) for p in common[:4]])} in common")
    return ", ".join(said)


def _same(pair: Weighed) -> str:
    left, right, relation, _ = pair
    return _plain(left) if relation == "same" else f"{_plain(left)} (listed as {_plain(right)})"


def _other(pair: Weighed) -> str:
    left, right, relation, _ = pair
    return f"{_plain(left)} for {_plain(right)} ({RELATIONS[relation]})"


def _forms(record: frozenset[str], listed: frozenset[str]) -> list[str]:
    if len(record) == 0 and len(listed) == 0:
        return []
    if len(record & listed) > 0:
        return ["legal form agrees"]
    if len(record) > 0 and len(listed) > 0:
        return ["legal form differs"]
    return ["only the trade record has a legal form" if len(record) > 0 else "only the listed name has a legal form"]


def _alone(tokens: Sequence[Token], where: str) -> list[str]:
    """Words on one side only; linking words are left out."""
    shown = [token for token in tokens if token.kind is not WordKind.LINKING]
    if len(shown) == 0:
        return []
    names = [f"'{token.shown}'" for token in shown[:5]]
    rest = f" and {len(shown) - 5} more words" if len(shown) > 5 else ""
    return [f"{_joined(names)}{rest} {'is' if len(shown) == 1 else 'are'} {where}"]


def _words(count: int) -> str:
    return "word" if count == 1 else "words"


def _plain(tokens: Sequence[Token]) -> str:
    return " ".join(dict.fromkeys(token.shown for token in tokens))


def _quoted(tokens: Sequence[Token]) -> str:
    return f"'{_plain(tokens)}'"


def _joined(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]
