"""Names of the Swiss list: parts in an order, each with spellings in other languages and scripts."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from kit.lists.xml_lists import own_text
from kit.model import NameKind

TITLES = frozenset({"title"})  # a part of the entry, not of the name
LATIN = "LATN"
MOST_ORDER = 1_000
MOST_SPELLINGS = 50  # of one name: a part may have several in the same language


@dataclass(frozen=True)
class Name:
    """One name and what the list calls it."""

    text: str
    kind: NameKind


def spelled(element: Element, kind: NameKind) -> list[Name]:
    """Put a name together from its parts, then each of its other spellings.

    The parts are joined in their order, without titles. A spelling in another
    language or script stands in place of its part; parts that lack it stay as
    they are within Latin letters, and are left out beside other letters, so
    that no name mixes scripts. Several spellings of one part in one language
    each give a name.

    Args:
        element: A `name` with its `name-part`s.
        kind: What the list calls the name.

    Returns:
        The name first; spellings of a primary name are aliases like the others.
    """
    parts = sorted((part for part in element.iterfind("name-part")), key=_order)
    said = [(own_text(part.find("value")), _spellings(part)) for part in parts if part.get("name-part-type") not in TITLES]
    whole = _joined([value for value, _ in said])
    names = [whole] if whole != "" else []
    cultures = dict.fromkeys(culture for _, spellings in said for culture in spellings)
    for culture in cultures:
        is_latin = culture[1] in ("", LATIN)
        most = max(len(spellings.get(culture, [])) for _, spellings in said)
        for i in range(min(most, MOST_SPELLINGS)):
            pieces = []
            for value, spellings in said:
                own = spellings.get(culture, [])
                pieces.append(own[min(i, len(own) - 1)] if len(own) > 0 else value if is_latin else "")
            names.append(_joined(pieces))
    return [Name(text, kind) for text in dict.fromkeys(names) if any(c.isalnum() for c in text)]


def _order(part: Element) -> int:
    text = part.get("order", "")
    return min(int(text), MOST_ORDER) if text.isascii() and text.isdigit() and len(text) < 6 else MOST_ORDER


def _spellings(part: Element) -> dict[tuple[str, str], list[str]]:
    """Spellings of a part by language and script."""
    out: dict[tuple[str, str], list[str]] = {}
    for node in part.iterfind("spelling-variant"):
        text = own_text(node)
        if text != "":
            out.setdefault((node.get("lang", ""), node.get("script", "")), []).append(text)
    return out


def _joined(pieces: list[str]) -> str:
    return " ".join(piece for piece in pieces if piece != "")
