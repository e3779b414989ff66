"""Legal forms: found by a table, set apart, and told by common class (OOO, TOO, GmbH and Ltd are all limited companies)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kit.names.skeletons import skeleton
from kit.names.words import name_words
from kit.reference import read_reference

_LONG = 6  # words this long are looked up by skeleton, so that every romanization is found


@dataclass(frozen=True)
class LegalForm:
    """One legal form as found: its words and its common class (`limited`, `stock`, `sole_trader`, `state`, …)."""

    words: str
    common_class: str


@dataclass(frozen=True)
class LegalSplit:
    """A name parted into core words and legal forms.

    Two firms may differ in nothing but the form: the core is for finding, the
    forms are for telling apart. A name of nothing but legal words keeps them as
    its core.
    """

    core: tuple[str, ...]
    forms: tuple[LegalForm, ...]

    @property
    def classes(self) -> tuple[str, ...]:
        """Common classes found, sorted, each once."""
        return tuple(sorted({form.common_class for form in self.forms}))


@dataclass(frozen=True)
class _Phrase:
    keys: tuple[str, ...]
    common_class: str
    is_edge_only: bool


def split_legal_form(text: str) -> LegalSplit:
    """Set the legal forms of a name apart.

    >>> split = split_legal_form('ООО "Радиосвязь"')
    >>> split.core, split.classes
    (('RADIOSVYAZ',), ('limited',))
    >>> split_legal_form("CO., LIMITED").classes == split_legal_form("CO LTD").classes
    True
    """
    return split_words(name_words(text))


def split_words(words: Sequence[str]) -> LegalSplit:
    """Set legal forms apart in a name that is already in words (see `split_legal_form`)."""
    found = _find(words)
    if len(found) == 0:
        return LegalSplit(tuple(words), ())
    taken: set[int] = set()
    forms = []
    for start, end, phrase in found:
        taken.update(range(start, end))
        forms.append(LegalForm(" ".join(words[start:end]), phrase.common_class))
    core = tuple(word for place, word in enumerate(words) if place not in taken)
    return LegalSplit(core if len(core) > 0 else tuple(words), tuple(forms))


def legal_key(word: str) -> str:
    """What a word of a legal form is looked up by: itself, or for long words its spelling skeleton.

    >>> legal_key("OTVETSTVENNOSTYU") == legal_key("OTVETSTVENNOSTJU"), legal_key("LTD")
    (True, 'LTD')
    """
    return word if len(word) < _LONG else skeleton(word)


@cache
def legal_words() -> frozenset[str]:
    """Every single word of four letters or more in the table of legal forms."""
    rows = read_reference("reference", "legal_forms.csv")
    return frozenset(word for row in rows if row["spelled_out"] == "" for word in name_words(row["form"]) if len(word) > 3)


@cache
def _phrases() -> dict[str, tuple[_Phrase, ...]]:
    """Phrases of legal words by their first key, longest first."""
    by_first: dict[str, list[_Phrase]] = {}
    for row in read_reference("reference", "legal_forms.csv"):
        if row["spelled_out"] != "":
            continue
        keys = tuple(legal_key(word) for word in name_words(row["form"]))
        if len(keys) > 0:
            by_first.setdefault(keys[0], []).append(_Phrase(keys, row["common_class"], row["where"] == "edge"))
    return {first: tuple(sorted(found, key=lambda p: -len(p.keys))) for first, found in by_first.items()}


def _find(words: Sequence[str]) -> list[tuple[int, int, _Phrase]]:
    """Legal phrases as (start, end, phrase), in order, not overlapping."""
    table = _phrases()
    found: list[tuple[int, int, _Phrase]] = []
    place, count = 0, len(words)
    while place < count:
        word = words[place]
        hit = _phrase_at(words, place, table.get(word if len(word) < _LONG else skeleton(word)))
        if hit is None and len(word) == 1:
            hit = _letters_at(words, place, table)
        if hit is None:
            place += 1
            continue
        end, phrase = hit
        found.append((place, end, phrase))
        place = end
    return [hit for hit in found if not hit[2].is_edge_only or _is_at_edge(hit, found, count)]


def _phrase_at(words: Sequence[str], place: int, phrases: tuple[_Phrase, ...] | None) -> tuple[int, _Phrase] | None:
    if phrases is None:
        return None
    for phrase in phrases:
        end = place + len(phrase.keys)
        if end <= len(words) and all(legal_key(w) == k for w, k in zip(words[place + 1 : end], phrase.keys[1:], strict=True)):
            return end, phrase
    return None


def _letters_at(words: Sequence[str], place: int, table: dict[str, tuple[_Phrase, ...]]) -> tuple[int, _Phrase] | None:
    """`L L C` and `O O O`: single letters that spell one legal word."""
    end = place
    while end < len(words) and len(words[end]) == 1:
        end += 1
    for stop in range(end, place + 1, -1):
        for phrase in table.get("".join(words[place:stop]), ()):
            if len(phrase.keys) == 1:
                return stop, phrase
    return None


def _is_at_edge(hit: tuple[int, int, _Phrase], found: Sequence[tuple[int, int, _Phrase]], count: int) -> bool:
    """Whether nothing but legal words stands before, or after."""
    before = sum(end - start for start, end, _ in found if end <= hit[0])
    after = sum(end - start for start, end, _ in found if start >= hit[1])
    return before == hit[0] or after == count - hit[1]
