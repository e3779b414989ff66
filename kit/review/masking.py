"""Natural persons are masked in everything exported, unless the user says otherwise.

Who counts as a person: an entity listed as one; an entity of unknown kind
until a person has judged it, unless its name carries a company's legal form; a
sole trader; and a name of a trade record with a patronymic, or whose candidate
counts as a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from kit.case import Case
from kit.model import PartyStatus, Schema
from kit.names import split_legal_form

_PATRONYMIC = re.compile(r"\w{2,}(ович|евич|ьич|овна|евна|ична|ovich|evich|ovna|evna|ichna)\b", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+")
_LEAST_LETTERS = 3  # shorter words of a masked name are not taken out of sentences
_KNOWN_KINDS = (Schema.COMPANY, Schema.ORGANIZATION, Schema.VESSEL, Schema.AIRPLANE, Schema.ADDRESS)
_PARTIES = """
SELECT c.record_name, e.schema, bool_or(coalesce(j.judgement, '') = 'positive') AS is_match
FROM candidates c JOIN entities e USING (entity_id) LEFT JOIN judgements j USING (candidate_id)
WHERE coalesce(j.judgement, '') <> 'negative'
GROUP BY c.record_name, e.schema ORDER BY c.record_name, e.schema
"""


def is_person(name: str, schema: Schema | None = None, status: PartyStatus = PartyStatus.CANDIDATE) -> bool:
    """Whether a name counts as a natural person's.

    Args:
        name: As its source spells it.
        schema: Kind of the listed entity; None for a name that stands in trade records only.
        status: MATCH if a person has judged it.

    >>> is_person("Petr Ivanov", Schema.PERSON), is_person("Verolan Trade", Schema.COMPANY)
    (True, False)
    >>> is_person("Verolan Trade", Schema.LEGAL_ENTITY), is_person("Verolan Trade LLC", Schema.LEGAL_ENTITY)
    (True, False)
    >>> is_person("ИП Петров Пётр Петрович"), is_person("VEROLAN TRADE")
    (True, False)
    """
    if schema in _KNOWN_KINDS:
        return False
    if schema is Schema.PERSON:
        return True
    classes = split_legal_form(name).classes
    if "sole_trader" in classes:
        return True
    if len(classes) > 0:
        return False
    if schema is Schema.LEGAL_ENTITY:
        return status is not PartyStatus.MATCH
    return _PATRONYMIC.search(name) is not None


def mask_name(name: str, schema: Schema | None = None, status: PartyStatus = PartyStatus.CANDIDATE) -> str:
    """The name, or a person's initials.

    >>> mask_name("Petr Ivanov", Schema.PERSON), mask_name("OOO Zarnitsa", Schema.COMPANY)
    ('P. I. (person, masked)', 'OOO Zarnitsa')
    """
    return f"{_initials(name)} (person, masked)" if is_person(name, schema, status) else name


def mask_table(rows: pd.DataFrame, columns: Mapping[str, str | None]) -> pd.DataFrame:
    """Mask the names in some columns of a table.

    Args:
        rows: Any table.
        columns: Column of names -> column that holds their schema, or None if there is none.

    Returns:
        A copy; empty cells stay empty.
    """
    out = rows.copy()
    for column, kinds in columns.items():
        schemas = [None] * len(rows) if kinds is None else [Schema(s) if isinstance(s, str) else None for s in rows[kinds]]
        out[column] = [
            mask_name(name, schema) if isinstance(name, str) else name for name, schema in zip(rows[column], schemas, strict=True)
        ]
    return out


def _initials(name: str) -> str:
    return " ".join(f"{word[0].upper()}." for word in _LETTERS.findall(name)[:4])


@dataclass(frozen=True)
class Party:
    """What the candidates say about one name of the trade records."""

    schemas: tuple[Schema, ...]
    is_match: bool


class Masks:
    """Masks of one export: the same person has the same number throughout, so that two persons stay two.

    The number has no meaning outside that export.
    """

    def __init__(self, parties: Mapping[str, Party], *, show_persons: bool = False) -> None:
        self._parties = parties
        self._show_persons = show_persons
        self._labels: dict[str, str] = {}

    def record_name(self, name: str) -> str:
        """A name of the trade records as the export may show it."""
        party = self._parties.get(name, Party((), is_match=False))
        status = PartyStatus.MATCH if party.is_match else PartyStatus.CANDIDATE
        schemas: Iterable[Schema | None] = party.schemas if len(party.schemas) > 0 else (None,)
        hidden = is_person(name) or any(is_person(name, schema, status) for schema in schemas)
        return self._label(name) if hidden and not self._show_persons else name

    def listed_name(self, name: str, schema: Schema, *, is_match: bool = False) -> str:
        """A name of a list as the export may show it."""
        status = PartyStatus.MATCH if is_match else PartyStatus.CANDIDATE
        return self._label(name) if is_person(name, schema, status) and not self._show_persons else name

    def sentence(self, text: str) -> str:
        """A sentence, with the words of every name masked so far cut to their first letter."""
        if len(self._labels) == 0:
            return text
        words = {w for name in self._labels for w in _LETTERS.findall(name) if len(w) >= _LEAST_LETTERS}
        known = {word.lower() for word in words}
        return _LETTERS.sub(lambda found: f"{found[0][0]}…" if found[0].lower() in known else found[0], text)

    def pair(self, record_name: str, entity_name: str, schema: Schema, *, is_match: bool, sentence: str) -> tuple[str, str, str]:
        """A candidate as the export may show it: the record's name, the listed name, and the sentence between them."""
        shown = self.record_name(record_name), self.listed_name(entity_name, schema, is_match=is_match)
        hidden = [name for name, label in zip((record_name, entity_name), shown, strict=True) if name != label]
        if len(hidden) == 0:
            return (*shown, sentence)
        # One side masked would be read off the other: the two names are nearly the same.
        record, listed = (self._label(name) for name in (record_name, entity_name))
        only = Masks({}, show_persons=False)
        only._labels = dict.fromkeys((record_name, entity_name), "")
        return record, listed, only.sentence(sentence)

    @property
    def count(self) -> int:
        """How many names are masked so far."""
        return len(self._labels)

    def _label(self, name: str) -> str:
        key = " ".join(name.split()).casefold()
        if key not in self._labels:
            self._labels[key] = f"{_initials(name)} (person {len(self._labels) + 1}, masked)"
        return self._labels[key]


def masks_of(case: Case, *, show_persons: bool = False) -> Masks:
    """The masks for one export of a case."""
    connection = case.connect()
    rows = connection.execute(_PARTIES).fetchall()
    connection.close()
    parties: dict[str, Party] = {}
    for name, schema, is_match in rows:
        before = parties.get(name, Party((), is_match=False))
        parties[name] = Party((*before.schemas, Schema(schema)), before.is_match or is_match)
    return Masks(parties, show_persons=show_persons)
