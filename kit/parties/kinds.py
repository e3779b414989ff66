"""What kind of party a name is, guessed from its words: forwarder or carrier, bank, customs broker, to order."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from kit.names import PartyRole, PhraseFound, WordKind, name_words, word_kind
from kit.parties.words import KindWord, kind_words

_BANK_ENDINGS = ("BANK", "BANKI")
_NO_TRADE = ("INTERNATIONAL", "GROUP", "COMPANY", "SERVICE", "SERVICES", "HOLDING", "GLOBAL")
_MOST_WORDS = 8  # behind them stands an address as a rule
_LEAST_BANK = 7  # letters of a word that ends so


class PartyKind(StrEnum):
    """Kinds of parties that stand in records for somebody else. A guess from words, never a finding."""

    FORWARDER = "forwarder or carrier"
    BANK = "bank"
    BROKER = "customs broker"
    TO_ORDER = "to order"  # the holder of the bill of lading decides who receives
    UNKNOWN = "unknown"


def kind_of_words(name: str) -> tuple[PartyKind, str]:
    """The kind that the words of a name tell, and which word told it.

    >>> kind_of_words("SMART LOGISTICS LLC")
    (<PartyKind.FORWARDER: 'forwarder or carrier'>, "the word 'LOGISTICS': a word of forwarders and carriers")
    >>> kind_of_words("ROMASHKA LLC")
    (<PartyKind.UNKNOWN: 'unknown'>, '')
    """
    words = name_words(name)[:_MOST_WORDS]
    table = kind_words()
    found = [row for place, word in enumerate(words) if word in table for row in _at(words, place, table[word])]
    known = {word for row in found if row.strength == "exception" for word in row.words}
    found = [row for row in found if known.isdisjoint(row.words)]
    strong = [row for row in found if row.strength == "strong"]
    if len(strong) > 0:
        return _told(strong[0])
    banks = [word for word in words if word.endswith(_BANK_ENDINGS) and len(word) >= _LEAST_BANK and word not in known]
    if len(banks) > 0:
        return PartyKind.BANK, f"the word '{banks[0]}' ends in BANK"
    if len(found) > 0 and not _names_other_trade(words, found):
        return _told(found[0])
    return PartyKind.UNKNOWN, ""


def _told(row: KindWord) -> tuple[PartyKind, str]:
    return PartyKind(row.kind), f"the word{'s' if len(row.words) > 1 else ''} '{' '.join(row.words)}': {row.why}"


def kind_of_phrase(found: PhraseFound, agent: str, named: str) -> tuple[PartyKind, str]:
    """The kind of a cell that names two parties: to order, a bank that holds the bill, or what the agent is."""
    if found.role is PartyRole.TO_ORDER:
        for name in (named, agent):  # the bank is the principal only where nobody else is named
            kind, reason = kind_of_words(name)
            if kind is PartyKind.BANK:
                return kind, f"{found.reason}; {reason}"
        return PartyKind.TO_ORDER, found.reason
    return kind_of_words(agent)


def _at(words: Sequence[str], place: int, rows: Sequence[KindWord]) -> list[KindWord]:
    """The longest phrase of the table that begins here."""
    for row in rows:
        if tuple(words[place : place + len(row.words)]) == row.words:
            return [row]
    return []


def _names_other_trade(words: Sequence[str], weak: Sequence[KindWord]) -> bool:
    """Whether another line of business is named besides the carrier's."""
    mine = {word for row in weak for word in row.words}
    others = (word for word in words if word not in mine and word not in _NO_TRADE)
    return any(word_kind(word) is WordKind.TRADING for word in others)
