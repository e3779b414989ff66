"""Who is meant: agents, orders, banks and tax numbers around the party's own name."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from kit.names.forms import WordKind, word_kind
from kit.names.words import name_words
from kit.reference import read_reference


class PartyRole(StrEnum):
    """How a name in a record stands to the trade."""

    PARTY = "party"  # named plainly
    AGENT_FOR = "agent_for"  # somebody acts for the principal
    TO_ORDER = "to_order"  # a bill of lading to order
    BANK = "bank"  # a bank holds the documents or pays
    IN_CARE_OF = "in_care_of"  # goods reach the party through another


class Principal(NamedTuple):
    """The party that a phrase points to.

    `principal` is None where nobody is named ("TO ORDER"). `other` is what the
    phrase sets beside it (the agent, the carrier), None if nothing. A role is a
    guess from words; `reason` says which.
    """

    principal: str | None
    role: PartyRole
    reason: str
    other: str | None = None


class PhraseFound(NamedTuple):
    """Where a phrase stands in a name, and on which side of it the principal: `before`, `after`, or `whole` for nobody."""

    start: int
    end: int
    stands: str
    role: PartyRole
    reason: str


class NumberSplit(NamedTuple):
    """A name without the tax or registration numbers glued to it, and those numbers."""

    name: str
    numbers: tuple[str, ...]


_FOR_FORM = re.compile(
    r"\bFOR\s+(?=[\"'«“]?\s*(?:THE\s+)?"
    r"(?:LLC|OOO|JSC|CJSC|OJSC|PJSC|TOO|LTD|AO|ZAO|PAO|FGUP|LIMITED|OAO|IP|ИП|ООО|АО|ЗАО|ПАО|ТОО)\b"
    r"|\S+(?:\s+\S+){0,5}\s+(?:INN|TIN|ИНН)\b)",
    re.I,
)
_LABEL = (
    r"(?:INN|KPP|OGRN|OGRNIP|TIN|VAT|VKN|BIN|IIN|UNP|EORI|USCI|EDRPOU|ИНН|КПП|ОГРН|БИН|ИИН|УНП|ЄДРПОУ"
    r"|TAX\s*(?:ID|NO)|REG\.?\s*NO)"
)
_NUMBER = re.compile(rf"(?:{_LABEL}[\s.:№/-]*)(\d[\dX-]{{4,19}})\b|(?<![\w-])(\d{{8,20}})(?![\w-])", re.I)
_MARKS = " \t,;:/-–—()[]\"'«»“”."


def split_numbers(text: str) -> NumberSplit:
    """Take tax and registration numbers off a name: labelled ones, and bare ones of eight digits or more.

    >>> split_numbers("7722476458 772201001 OOO YATASH RUS")
    NumberSplit(name='OOO YATASH RUS', numbers=('7722476458', '772201001'))
    >>> split_numbers("PLANT NO 38").numbers
    ()
    """
    numbers = tuple(labelled or bare for labelled, bare in _NUMBER.findall(text))
    if len(numbers) == 0:
        return NumberSplit(text, ())
    rest = " ".join(_NUMBER.sub(" ", text).split())
    return NumberSplit(rest if len(name_words(rest)) > 0 else text, numbers)


def find_phrase(text: str) -> PhraseFound | None:
    """Where a phrase of agency or order stands in a name, None if there is none.

    A phrase that points at nobody because the name was cut behind it counts; a
    Turkish or Kazakh one with nobody before it does not (Adina is also a name).
    Where goods go to the order of a bank, the party on the other side of the
    phrase is more likely the buyer, and counts as the principal.

    >>> found = find_phrase("SMART LOGISTICS ON BEHALF OF OOO ROMASHKA")
    >>> found.start, found.end, found.stands
    (16, 29, 'after')
    """
    short = text[:2000]
    upper = short.upper()
    if not any(word in upper for word in _telling_words(upper.isascii())):
        return None
    for pattern, stands, role, reason in _phrases():
        found = pattern.search(short)
        if found is not None and not (stands == "before" and len(name_words(short[: found.start()])) == 0):
            return _buyer_first(short, PhraseFound(found.start(), found.end(), stands, role, reason))
    found = _FOR_FORM.search(short)
    if found is not None and len(name_words(short[: found.start()])) > 0:
        reason = "'FOR' before a legal form or a taxpayer: the party acts for the one named after it"
        return PhraseFound(found.start(), found.end(), "after", PartyRole.AGENT_FOR, reason)
    return None


def _buyer_first(text: str, found: PhraseFound) -> PhraseFound:
    """Turn a phrase of order around where a bank holds the bill and another party is named beside it."""
    if found.role is not PartyRole.TO_ORDER or found.stands == "whole":
        return found
    sides = {"before": text[: found.start], "after": text[found.end :]}
    holder, other = sides.pop(found.stands), *sides.values()
    is_named = any(word_kind(word) is not WordKind.PLACE for word in name_words(other))
    if not _is_bank(holder) or not is_named or _is_bank(other):
        return found
    return found._replace(stands=next(iter(sides)), reason=f"{found.reason}; here the bank beside the buyer")


def principal(text: str) -> Principal:
    """Take "on behalf of", "for LLC …", "по поручению", "to the order of", "C/O" apart.

    >>> found = principal("SMART LOGISTICS ON BEHALF OF OOO ROMASHKA")
    >>> found.principal, found.role.value, found.other
    ('OOO ROMASHKA', 'agent_for', 'SMART LOGISTICS')
    >>> principal("TO THE ORDER").principal is None
    True
    """
    found = find_phrase(text)
    if found is None:
        return _plain(text)
    before, after = text[: found.start].strip(_MARKS), text[found.end : 2000].strip(_MARKS)
    named = before if found.stands == "before" else after
    other = after if found.stands == "before" else before
    if found.stands == "whole":
        named, other = before if len(name_words(before)) > 0 else after, ""
    return _principal(named, other, found.role, found.reason)


def _plain(text: str) -> Principal:
    if _is_bank(text):
        return Principal(text, PartyRole.BANK, "the name holds the word bank")
    return Principal(text, PartyRole.PARTY, "no phrase of agency or order")


@cache
def _telling_words(is_ascii: bool) -> tuple[str, ...]:
    """The longest word of each phrase: a name without any of them needs no closer look."""
    words = {max(row["phrase"].split(), key=len) for row in read_reference("lookups", "agent_phrases.csv")} | {"FOR"}
    kept = {word for word in words if not any(other in word for other in words if other != word)}
    return tuple(sorted(word for word in kept if word.isascii() or not is_ascii))


def _principal(named: str, other: str, role: PartyRole, reason: str) -> Principal:
    beside = other if len(name_words(other)) > 0 else None
    if len(name_words(named)) == 0:
        return Principal(None if beside is None else beside, role, reason)
    if role is PartyRole.TO_ORDER and _is_bank(named):
        return Principal(named, PartyRole.BANK, reason + "; the holder is a bank", beside)
    return Principal(named, role, reason, beside)


def _is_bank(text: str) -> bool:
    upper = text[:400].upper()
    if not any(part in upper for part in ("BAN", "БАНК", "银行", "銀行")):
        return False
    return any(word in ("BANK", "BANKASI", "BANKA", "BANQUE", "BANCO", "BANKING") for word in name_words(text))


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], str, PartyRole, str], ...]:
    """Phrases as patterns, longest first."""
    rows = sorted(read_reference("lookups", "agent_phrases.csv"), key=lambda row: -len(row["phrase"]))
    out = []
    for row in rows:
        words = r"[\s.]+".join(re.escape(word) for word in row["phrase"].split())
        pattern = re.compile(rf"(?<!\w){words}(?!\w)[\s:.,-]*", re.I)
        out.append((pattern, row["principal_stands"], PartyRole(row["role"]), f"'{row['phrase']}': {row['why']}"))
    return tuple(out)
