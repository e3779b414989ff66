"""Names in lists: aliases in one cell, what is said behind a name, and ids for parties without a number."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from functools import cache

from kit.model import NameKind
from kit.reference import read_reference

_AKA = re.compile(r"^\W*(?:(?:also\s+)?(?:known|doing business|trading)\s+as|[ad]\.?\s?[kb]\.?\s?a\b\.?)[\s,:]*", re.IGNORECASE)
_FKA = re.compile(r"^\W*(?:formerly(?:\s+known\s+as)?|f\.?k\.?a\b\.?)[\s,:]*", re.IGNORECASE)
_MARKED = re.compile(
    r"""[\s,;(\[-]+(?:
        (?:(?i:a\.\s?k\.\s?a\b\.?|also\s+known\s+as|doing\s+business\s+as)|aka\b|(?<=[(\[-])AKA\b
          |также\s+известн\w+\s+как|он\s+же|она\s+же)[\s:,-]*
      | (?=(?i:f\.\s?k\.\s?a\b|formerly\s+known)|fka\b)
    )""",
    re.VERBOSE,
)
_AND = re.compile(r"^and\s+", re.IGNORECASE)
_TAIL = re.compile(
    r"""(?:
        [\s;,]*\band\s+(?:any|its)\s+(?:successors?|sub-?units?)\b.*(?:thereof|successors)\.?$
      | \s*\((?:[A-Z][A-Za-z]*\s)+(?:entity|individual|national)\)$
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_MARK_LETTERS = frozenset("aAdDfFkKtT")  # and, also, a.k.a., doing, d.b.a., formerly, f.k.a., known, trading
_QUOTED = re.compile(r"""^(["'“‘«])(.+)(["'”’»])$""")
_PLACEHOLDER = re.compile(r"address(?:es)?\s*(?:no\.?\s*)?#?\d{1,3}", re.IGNORECASE)


def is_address_placeholder(name: str) -> bool:
    """Whether a list writes "Address 01" in place of a name: the address is what is listed.

    >>> is_address_placeholder(" Address 01"), is_address_placeholder("Address Trading Co.")
    (True, False)
    """
    return _PLACEHOLDER.fullmatch(name.strip()) is not None


def is_note(text: str) -> bool:
    """Whether a text is a note beside a table by its first word and a colon (`data/lookups/list_note_words.csv`).

    >>> is_note("* Source: letter of 3 March"), is_note("Примечание 1: …"), is_note("Source Photonics LLC")
    (True, True, False)
    """
    return _note().match(text.casefold()) is not None


@cache
def _note() -> re.Pattern[str]:
    words = "|".join(re.escape(row["word"].casefold()) for row in read_reference("lookups", "list_note_words.csv"))
    return re.compile(rf"\W*(?:{words})\s*\d*\s*[:\uff1a]")


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


def read_alias(text: str, *, quotes_are_weak: bool = True) -> tuple[str, NameKind] | None:
    """Read one alias: its name and kind, or None if nothing is left.

    A name in double quotes, or in any quotes behind "a.k.a.", is what US
    publishers mark as a weak alias. Elsewhere quotes are part of many names
    («Ромашка»): pass `quotes_are_weak=False`. "f.k.a." marks a previous name.

    >>> read_alias("and CETC Research Institute 13")
    ('CETC Research Institute 13', <NameKind.ALIAS: 'alias'>)
    >>> read_alias("F.K.A. Office of Studies")
    ('Office of Studies', <NameKind.PREVIOUS_NAME: 'previous_name'>)
    >>> read_alias("a.k.a. 'RUSAG'")
    ('RUSAG', <NameKind.WEAK_ALIAS: 'weak_alias'>)
    """
    name = text.strip(" ;,")
    if name[:1].isalnum() and name[0] not in _MARK_LETTERS:
        return name, NameKind.ALIAS  # as most are
    name = _AND.sub("", name).strip()
    kind = NameKind.ALIAS
    previous = _FKA.sub("", name)
    if previous != name:
        name, kind = previous, NameKind.PREVIOUS_NAME
    bare = _AKA.sub("", name).strip(" ;,")
    quoted = _QUOTED.match(bare)
    if quotes_are_weak and quoted is not None and quoted[1] not in quoted[2] and (quoted[1] == '"' or bare != name):
        bare, kind = quoted[2].strip(), NameKind.WEAK_ALIAS
    name = bare
    return (name, kind) if any(c.isalnum() for c in name) else None


def is_fragment(text: str) -> bool:
    """Whether a text stands among names and is none: "Text of image", "Chinese:", or no letter or digit at all.

    A fragment would match thousands of records, so it never becomes a name.
    Fragments are in `data/lookups/list_name_fragments.csv`; one or two words and a
    colon are the label of what follows.

    >>> [is_fragment(text) for text in ("Text of image", "Chinese:", ";", "Image Plus Ltd")]
    [True, True, True, False]
    """
    bare = text.strip(" .;,()[]")
    is_label = bare.endswith(":") and bare.count(" ") < 2
    return is_label or bare.casefold() in _fragments() or not any(map(str.isalnum, bare))


@cache
def _fragments() -> frozenset[str]:
    return frozenset(row["fragment"] for row in read_reference("lookups", "list_name_fragments.csv"))


def alternatives(name: str) -> list[str]:
    """The names that stand in one cell as "X (a.k.a. Y)" or "X; a.k.a. Y"; none if the cell holds one name.

    The cell is kept whole as the name; these are aliases beside it. Short single
    words are left out, and a word AKA inside a name is part of it.

    >>> alternatives("Plum Trade Ltd (a.k.a. Pear Ltd, f.k.a. Fig Trade)")
    ['Plum Trade Ltd', 'Pear Ltd', 'f.k.a. Fig Trade']
    >>> alternatives("KOW EXAMPLE -AKA- ERIC EXAMPLE")
    ['KOW EXAMPLE', 'ERIC EXAMPLE']
    >>> alternatives("OOO AKA ELECTRONICS"), alternatives("Mason; and any successor, sub-unit, or subsidiary thereof")
    ([], [])
    """
    pieces = [_closed(piece.strip(" ;,-[]\n")) for piece in _MARKED.split(name)]
    return [piece for piece in pieces if " " in piece or len(piece) >= 6] if len(pieces) > 1 else []


def _closed(piece: str) -> str:
    """Drop a bracket that opens or closes outside the piece."""
    if piece.count("(") < piece.count(")"):
        return piece[: piece.rindex(")")].rstrip(" ;,")
    if piece.count("(") > piece.count(")"):
        return piece[: piece.rindex("(")].rstrip(" ;,")
    return piece


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
