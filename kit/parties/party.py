"""One name of a trade record taken apart: who is meant, for whom, where, under which number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kit.names import PartyRole, PhraseFound, WordKind, find_phrase, name_words, word_kind
from kit.parties.glued import split_address
from kit.parties.kinds import PartyKind, kind_of_phrase, kind_of_words
from kit.parties.lookalikes import Lookalikes, find_lookalikes
from kit.parties.numbers import PartyNumber, find_numbers
from kit.parties.words import MARKS

_THROUGH = re.compile(r"\bTHROUGH\b", re.IGNORECASE)


@dataclass(frozen=True)
class Party:
    """What one name in a record says, in pieces of the source's own text.

    `principal` is the party that a phrase points to and `agent` the one that acts
    for it; both are None in a plain name. `name_part` is the name to look for: of
    the principal where one is named. Nothing of the source is lost: name, address,
    agent, phrase and numbers cover it, marks and blanks apart.
    """

    record_name: str
    name_part: str
    address_part: str
    address_reason: str
    principal: str | None
    agent: str | None
    phrase: str | None
    phrase_reason: str
    numbers: tuple[PartyNumber, ...]
    kind: PartyKind
    kind_reason: str
    lookalikes: Lookalikes | None


def describe_party(name: str, *, territory: str | None = None) -> Party:
    """Take the name of a record apart. What is shown to a reader stays the name as the source spells it.

    Args:
        name: As the record spells it.
        territory: Where the party seems to sit (ISO 3166 alpha-2): tells kinds of numbers apart.

    >>> party = describe_party("ADAMOV ADAM FOR LLC ROMASHKA TIN 010080000 ")
    >>> party.principal, party.agent, party.numbers[0].value
    ('LLC ROMASHKA', 'ADAMOV ADAM', '010080000')
    >>> describe_party("SMART LOGISTICS LLC").kind.value
    'forwarder or carrier'
    """
    found = find_phrase(name)
    if found is None:
        rest, numbers = _without_numbers(name, territory)
        split = split_address(rest)
        kind, reason = kind_of_words(split.name)
        own = split.name.strip() if split.address == "" else split.name.strip(MARKS)
        return Party(
            name, own if own != "" else name, split.address, split.reason, None, None, None, "", numbers, kind, reason,
            find_lookalikes(name),
        )  # fmt: skip
    named, other, phrase = _sides(name, found)
    rest, numbers = _without_numbers(named, territory)
    agent, more = _without_numbers(other, territory)
    split = split_address(rest)
    principal, agent = split.name.strip(MARKS), agent.strip(MARKS)
    kind, reason = kind_of_phrase(found, split_address(agent).name, principal)
    address, has_principal = split.address, _names_somebody(principal)
    if principal != "" and not has_principal:  # TO THE ORDER POLAND names a place
        address = f"{principal} {address}".strip()
    own = principal if has_principal else agent if _names_somebody(agent) else name
    return Party(
        name, own, address, split.reason, principal if has_principal else None, agent if agent != "" else None, phrase,
        found.reason, (*numbers, *more), kind, reason, find_lookalikes(name),
    )  # fmt: skip


def _sides(name: str, found: PhraseFound) -> tuple[str, str, str]:
    """The text of the principal, that of the agent, and the phrase; who is named after THROUGH goes to the agent."""
    before, after, phrase = name[: found.start], name[found.end :], name[found.start : found.end].strip(MARKS)
    if found.role is PartyRole.IN_CARE_OF and _is_forwarder(before) and not _is_forwarder(after):
        return after, before, phrase  # FREIGHT LINE C/O BUYER: the one that only carries stands first
    if found.stands == "before":
        return before, after, phrase
    if found.stands == "whole" and len(name_words(before)) > 0:
        return before, after, phrase
    through = _THROUGH.search(after)
    if through is None or found.stands == "whole":
        return after, before, phrase
    return after[: through.start()], f"{before.strip()} {after[through.end() :].strip()}", f"{phrase} … {through.group()}"


def _is_forwarder(text: str) -> bool:
    return kind_of_words(text)[0] is PartyKind.FORWARDER


def _names_somebody(text: str) -> bool:
    """Whether more than places and marks stand here."""
    return any(word_kind(word) is not WordKind.PLACE for word in name_words(text))


def _without_numbers(text: str, territory: str | None) -> tuple[str, tuple[PartyNumber, ...]]:
    """A text without the numbers in it; a text of nothing but numbers keeps them as its name."""
    found = find_numbers(text, territory=territory)
    if len(found) == 0:
        return text, ()
    pieces, last = [], 0
    for start, end, _ in found:
        pieces.append(text[last:start])
        last = end
    rest = " ".join(piece.strip() for piece in [*pieces, text[last:]] if piece.strip() != "")
    numbers = tuple(number for _, _, number in found)
    return (rest if any(sign.isalpha() for sign in rest) else text), numbers
