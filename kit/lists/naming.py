"""Names in lists: aliases in one cell, what is said behind a name, and ids for parties without a number."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence

from kit.model import NameKind

_AKA = re.compile(r"^\W*(?:(?:also\s+)?(?:known|doing business|trading)\s+as|[ad]\.?\s?[kb]\.?\s?a\b\.?)[\s,:]*", re.IGNORECASE)
_FKA = re.compile(r"^\W*(?:formerly(?:\s+known\s+as)?|f\.?k\.?a\b\.?)[\s,:]*", re.IGNORECASE)
_AKA_INSIDE = re.compile(r";\s*a\.?k\.?a\b\.?\s*", re.IGNORECASE)
_AND = re.compile(r"^and\s+", re.IGNORECASE)
_TAIL = re.compile(
    r"""(?:
        [\s;,]*\band\s+(?:any|its)\s+(?:successors?|sub-?units?)\b.*(?:thereof|successors)\.?$
      | \s*\((?:[A-Z][A-Za-z]*\s)+(?:entity|individual|national)\)$
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_QUOTED = re.compile(r"""^(["'“‘«])(.+)(["'”’»])$""")
_PLACEHOLDER = re.compile(r"address(?:es)?\s*(?:no\.?\s*)?#?\d{1,3}", re.IGNORECASE)


def is_address_placeholder(name: str) -> bool:
    """Whether a list writes "Address 01" in place of a name: the address is what is listed.

    >>> is_address_placeholder(" Address 01"), is_address_placeholder("Address Trading Co.")
    (True, False)
    """
    return _PLACEHOLDER.fullmatch(name.strip()) is not None


def without_tail(name: str) -> str:
    """The name without what notices say behind it about successors or the kind of party.

    >>> without_tail("PMC Example (Russian entity); and any successor, sub-unit, or subsidiary thereof")
    'PMC Example'
    >>> without_tail("Successors and Sons Ltd.")
    'Successors and Sons Ltd.'
    """
    shorter = name
    while (cut := _TAIL.sub("", shorter).rstrip(" ;,")) != shorter and cut != "":
        shorter = cut
    return shorter


def aliases_in_name(name: str) -> list[str]:
    """Aliases that stand in the name itself behind "; a.k.a."; the name is kept whole beside them.

    >>> aliases_in_name("Cho Yan Nathan; a.k.a Nathan Man Man")
    ['Nathan Man Man']
    >>> aliases_in_name("Mason Trade; and any successor, sub-unit, or subsidiary thereof")
    []
    """
    return [piece.strip(" ;,") for piece in _AKA_INSIDE.split(name)[1:] if piece.strip(" ;,") != ""]


def read_alias(text: str) -> tuple[str, NameKind] | None:
    """Read one alias: its name and kind, or None if nothing is left.

    A name in quotes is what publishers call a weak alias; "f.k.a." marks a
    previous name.

    >>> read_alias("and CETC Research Institute 13")
    ('CETC Research Institute 13', <NameKind.ALIAS: 'alias'>)
    >>> read_alias("F.K.A. Office of Studies")
    ('Office of Studies', <NameKind.PREVIOUS_NAME: 'previous_name'>)
    >>> read_alias("a.k.a. 'RUSAG'")
    ('RUSAG', <NameKind.WEAK_ALIAS: 'weak_alias'>)
    """
    name = _AND.sub("", text.strip(" ;,")).strip()
    kind = NameKind.ALIAS
    previous = _FKA.sub("", name)
    if previous != name:
        name, kind = previous, NameKind.PREVIOUS_NAME
    name = _AKA.sub("", name).strip(" ;,")
    quoted = _QUOTED.match(name)
    if quoted is not None and quoted[1] not in quoted[2]:
        name, kind = quoted[2].strip(), NameKind.WEAK_ALIAS
    return (name, kind) if any(c.isalnum() for c in name) else None


def split_aliases(text: str) -> list[tuple[str, NameKind]]:
    """Take apart aliases that are joined by ";".

    >>> [name for name, _ in split_aliases("HSRI; Hebei Institute;OJSC Plum")]
    ['HSRI', 'Hebei Institute', 'OJSC Plum']
    """
    read = (read_alias(piece) for piece in text.split(";"))
    return [alias for alias in read if alias is not None]


def name_number(name: str, territories: Iterable[str]) -> str:
    """The number of a party that its list does not number: a hash of name and territories.

    Case, blanks and the order of territories do not matter. China beside Hong
    Kong or Macau is left out, because layouts of one list differ in it.

    >>> name_number(" Example  Ltd", ["CN", "HK"]) == name_number("EXAMPLE LTD", ["HK"])
    True
    """
    places = set(territories)
    if len(places & {"HK", "MO"}) > 0:
        places.discard("CN")
    text = "\n".join([" ".join(name.casefold().split()), *sorted(places)])
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def unique(values: Sequence[str]) -> list[str]:
    """Values without repeats, in order."""
    return list(dict.fromkeys(values))
