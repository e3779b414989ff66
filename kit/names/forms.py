"""The compare form of a whole name, and what kind of word each of its words is."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from kit.names.legal import legal_key, legal_words, split_legal_form
from kit.names.skeletons import skeleton
from kit.names.words import name_words
from kit.reference import read_reference


class WordKind(StrEnum):
    """What a word of a name tells."""

    NAME = "name"  # may tell who it is
    LEGAL = "legal"  # legal form
    PLACE = "place"  # city or territory
    ADDRESS = "address"  # street, floor, room
    NUMBER = "number"
    CONTACT = "contact"  # tel, INN
    AGENT = "agent"  # on behalf of, shipper
    BRANCH = "branch"
    FORMER = "former"  # f.k.a., a.k.a.
    LINKING = "linking"  # of, the, and
    TRADING = "trading"  # says what a firm does, not who it is


def compare_form(text: str) -> str:
    """A key in which common spellings of one name agree: skeletons of the core words, sorted, legal forms left out.

    Equal keys mean that the names differ in nothing that romanization, letter
    case, word order, marks or legal form explain. It is a reason to look, no
    proof: homonyms share a key. Empty if the name has neither letters nor digits.

    >>> compare_form("ООО «Радиосвязь»") == compare_form("Radiosviaz LLC")
    True
    >>> compare_form("!!!")
    ''
    """
    return " ".join(sorted(skeleton(word) for word in split_legal_form(text).core))


def word_kind(word: str) -> WordKind:
    """What an upper-case ASCII word of a name tells, by the kit's own tables.

    >>> word_kind("MOSCOW"), word_kind("SANAYI"), word_kind("RADIOSVYAZ")
    (<WordKind.PLACE: 'place'>, <WordKind.TRADING: 'trading'>, <WordKind.NAME: 'name'>)
    """
    if word.isdigit():
        return WordKind.NUMBER
    kind = _noise().get(word)
    if kind is not None:
        return kind
    if len(word) > 3 and (word in legal_words() or legal_key(word) in _legal_keys()):
        return WordKind.LEGAL
    return WordKind.PLACE if word in place_words() else WordKind.NAME


@cache
def place_words() -> frozenset[str]:
    """Words of four letters or more that are a city or a territory, or part of one (`KONG`), and short codes (`HK`, `UAE`)."""
    rows = read_reference("reference", "place_words.csv")
    whole = {row["place"] for row in rows if " " not in row["place"]}
    parts = {part for row in rows if " " in row["place"] for part in row["place"].split() if len(part) > 3}
    return frozenset(whole | parts | {"HONG", "ABU", "SAINT", "SANKT"})


@cache
def _noise() -> dict[str, WordKind]:
    rows = read_reference("lookups", "name_noise.csv")
    return {word: WordKind(row["kind"]) for row in rows for word in name_words(row["word"])}


@cache
def _legal_keys() -> frozenset[str]:
    return frozenset(legal_key(word) for word in legal_words())
