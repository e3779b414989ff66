"""A published export holds matches only: no name that nobody has judged, none that is known from a confidential list alone.

Two nets: every name passes `Publication.record_name` on its way in, and
`Publication.check` reads the finished text again.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kit.case import Case
from kit.errors import ExportError
from kit.names import romanize

NOT_SHOWN = "(parties not shown)"
_WORDS = re.compile(r"\w+")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")  # as JSON writes letters in the data of pictures
_LEAST_LETTERS = 8
_ALLOWED = """
SELECT DISTINCT j.record_name, e.entity_id, n.name
FROM judgements j JOIN entities e USING (entity_id) JOIN names n USING (entity_id)
WHERE j.judgement = 'positive' AND NOT e.is_confidential AND NOT list_contains(?, e.list_id)
"""
_EVERY_NAME = """
SELECT DISTINCT name FROM (
    SELECT name FROM names
    UNION ALL SELECT unnest([consignor_name, consignee_name, notify_name, declarant_name]) FROM declarations
    UNION ALL SELECT unnest([consignor_name, intermediary_name, consignee_name, end_user_name]) FROM documented_flows
) WHERE name IS NOT NULL ORDER BY name
"""


@dataclass(frozen=True)
class Publication:
    """What one case may show in public.

    `record_names` and `entity_ids` belong to matches with entries of lists that are
    not confidential; `listed_names` are all names of those entries, `every_name` is every name in the case.
    """

    record_names: frozenset[str]
    entity_ids: frozenset[str]
    listed_names: frozenset[str]
    every_name: tuple[str, ...]

    def record_name(self, name: str) -> str:
        """The name if it may be shown, else the one phrase that stands for all others."""
        return name if name in self.record_names else NOT_SHOWN

    def check(self, text: str) -> None:
        """Refuse a text that holds a name of two or more words that may not be shown.

        Raises:
            ExportError: With the names found.
        """
        plain = html.unescape(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), text))
        words = [word.casefold() for word in _WORDS.findall(plain)]
        pairs = set(pairwise(words))
        spaced = f" {' '.join(words)} "
        shown = self.record_names | self.listed_names
        allowed = {_spaced(form) for name in shown for form in (name, romanize(name))}
        found = [
            name for name, key, start in self._forbidden()
            if start in pairs and key in spaced and not any(key in known for known in allowed)
        ]  # fmt: skip
        if len(found) > 0:
            raise ExportError.leak(found)

    def _forbidden(self) -> Iterator[tuple[str, str, tuple[str, str]]]:
        """Names that may not be shown, in the form of the search, with their first two words."""
        for name in self.every_name:
            words = [word.casefold() for word in _WORDS.findall(name)]
            if len(words) >= 2 and sum(len(word) for word in words) >= _LEAST_LETTERS:
                yield name, f" {' '.join(words)} ", (words[0], words[1])


def _spaced(name: str) -> str:
    return f" {' '.join(word.casefold() for word in _WORDS.findall(name))} "


def publication_of(case: Case) -> Publication:
    """What a case may show in public now."""
    confidential = sorted({list_id for source in case.sources() if source.is_confidential for list_id in source.list_ids})
    connection = case.connect()
    allowed = connection.execute(_ALLOWED, [confidential]).fetchall()
    every_name = connection.execute(_EVERY_NAME).fetchall()
    connection.close()
    return Publication(
        record_names=frozenset(name for name, _, _ in allowed),
        entity_ids=frozenset(entity_id for _, entity_id, _ in allowed),
        listed_names=frozenset(name for _, _, name in allowed),
        every_name=tuple(name for (name,) in every_name),
    )
