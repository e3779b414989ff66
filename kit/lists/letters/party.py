"""The lines of one item taken apart: name, other names, address, territory."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from kit.files.documents import joined
from kit.lists.letters.wording import (
    ends_in_form,
    has_legal_form,
    is_contact,
    is_territory,
    label_of,
    looks_like_address,
    mark_of,
)
from kit.lists.naming import alternatives, is_address_placeholder
from kit.lists.spoken import is_legal_form
from kit.names import script_of

_PARTS = re.compile(r"\s*[,;，；、]\s*|\s+[|–—]\s+|\s+-\s+|\t+|\s{3,}")
_BRACKETS = re.compile(r"\s*[(（\[]([^()（）\[\]]{2,120})[)）\]]")
_ALSO = re.compile(
    r"^\W*(?:also\s+known\s+as|also|a\.?\s?k\.?\s?a\b\.?|aliases?|f\.?\s?k\.?\s?a\b\.?|formerly(?:\s+known\s+as)?|он\s+же|также\s+известн\w+\s+как)"
    r"[\s:.,-]*(?=\S)",
    re.IGNORECASE,
)
_SURNAME = re.compile(r"[^\W\d_a-zа-я]{2,}(?:-[^\W\d_a-zа-я]+)?")  # a single word in capitals, as lists write surnames
_GIVEN = re.compile(r"[^\W\d_a-zа-я][^\W\d_]+(?:\s[^\W\d_a-zа-я][^\W\d_]*\.?){0,2}")
SEPARATOR = "; "


@dataclass
class Party:
    """What the lines of one item say."""

    name: str = ""
    other_names: list[str] = field(default_factory=list)
    address: str = ""
    territory: str = ""
    more: list[tuple[str, str, str]] = field(default_factory=list)
    how: str = ""
    doubts: list[str] = field(default_factory=list)

    @property
    def is_certain(self) -> bool:
        """Whether a legal form, territory, label or address speaks for a party, not only the place in the letter."""
        return self.territory != "" or self.address != "" or has_legal_form(self.name)


def party_of(lines: Sequence[str], *, full: Sequence[bool] = ()) -> Party:
    """Take the lines of one item apart.

    Args:
        lines: As they stand; the mark before the first one is left out.
        full: For each line whether it reaches the right margin, so that the next is its continuation.

    >>> p = party_of(["1. Verolan Trade Co., Ltd., Room 3, Plum Tower, Testville, China"])
    >>> p.name, p.address, p.territory
    ('Verolan Trade Co., Ltd.', 'Room 3, Plum Tower, Testville, China', 'China')
    >>> party_of(["Zarnik Import, Export and Forwarding Co., Ltd., Room 1, Shenzhen"]).name
    'Zarnik Import, Export and Forwarding Co., Ltd.'
    """
    first = lines[0]
    mark = mark_of(first)
    texts = [first[len(mark) :] if mark is not None else first, *lines[1:]]
    labels = [label_of(text) for text in texts]
    if sum(label is not None for label in labels) > 0 and (labels[0] is not None or len(texts) > 1):
        return _labelled(texts, labels)
    logical = _logical(texts, full)
    if len(logical) > 1 and not _goes_on(logical):
        return _stacked(logical)
    return _one_line(joined(logical))


def _logical(texts: Sequence[str], full: Sequence[bool]) -> list[str]:
    """Lines with those put together of which the first reaches the margin, or ends in a comma or hyphen."""
    out: list[list[str]] = []
    for nth, text in enumerate(t.strip() for t in texts):
        before = out[-1][-1] if len(out) > 0 else ""
        wraps = nth > 0 and nth - 1 < len(full) and full[nth - 1] and not _is_new(before, text)
        if len(out) > 0 and (wraps or before.endswith(("-", "\u00ad")) or _is_rest(before, text)):
            out[-1].append(text)
        else:
            out.append([text])
    return [joined(group) for group in out]


def _is_new(before: str, text: str) -> bool:
    """Whether a line begins something new though the one above is full: a territory, or an address below a legal form."""
    return is_territory(text) or (ends_in_form(before) and looks_like_address(text))


def _is_rest(before: str, text: str) -> bool:
    """Whether a line cannot stand alone: nothing but a legal form, or a closing bracket, or a word in small letters."""
    open_bracket = before.count("(") + before.count("（") > before.count(")") + before.count("）")
    return open_bracket or is_legal_form(text) or (text[:1].islower() and not looks_like_address(text))


def _goes_on(lines: Sequence[str]) -> bool:
    """Whether the first line already has name and address, so that what follows continues it."""
    pieces = _pieces(lines[0])
    return len(pieces) > 1 and any(looks_like_address(piece) for piece in pieces[1:])


def _labelled(texts: Sequence[str], labels: Sequence[tuple[str, str, str] | None]) -> Party:
    """Lines such as "Name: …", "Address: …"; a line without label continues the one before it."""
    party = Party(how="labels " + ", ".join(repr(label[0]) for label in labels if label is not None))
    found: list[list[str]] = []
    for text, label in zip(texts, labels, strict=True):
        if label is not None:
            found.append([label[0], label[1], label[2]])
        elif len(found) > 0:
            found[-1][2] = joined([found[-1][2], text])
        else:
            found.append(["", "name", text.strip()])
    addresses: list[str] = []
    for header, target, value in found:
        if target == "name" and party.name == "":
            _put_name(party, value)
        elif target in ("name", "alias", "weak_alias", "previous_name"):
            party.other_names += _names(value) if target != "previous_name" else [f"f.k.a. {one}" for one in _names(value)]
        elif target in ("address", "city", "region", "postal_code"):
            addresses.append(value)
        elif target == "country":
            party.territory = value
        else:
            party.more.append((header, target, value))
    party.address = ", ".join(addresses)
    _finish(party)
    return party


def _stacked(lines: Sequence[str]) -> Party:
    """The name on the first line, the address on those below."""
    party = Party(how="the name stands on the first line, the address below")
    rest: list[str] = []
    first = lines[0].rstrip(" ,;")
    if looks_like_address(first) and not has_legal_form(first) and not any(has_legal_form(line) for line in lines[1:]):
        rest.append(first)
        party.how = "lines of an address and no name"
    else:
        pieces = _pieces(first)
        tail = pieces[-1] if len(pieces) > 1 and is_territory(pieces[-1]) else ""
        _put_name(party, first[: first.rindex(tail)].rstrip(" ,;–—-|") if tail != "" else first)
        party.territory = tail
    for line in lines[1:]:
        also = _ALSO.match(line)
        if also is not None:
            party.other_names += _names(_marked(line, also))
        elif is_contact(line):
            party.more.append(("contact", "remarks", line))
        elif party.name != "" and len(rest) == 0 and _is_other_name(line):
            party.other_names.append(line.strip(" ()（）"))
        else:
            rest.append(line.rstrip(" ,;"))
    party.address = ", ".join(line for line in rest if line != "")
    _finish(party)
    return party


def _is_other_name(line: str) -> bool:
    """Whether a line below the name is the name again, in brackets or with a legal form."""
    return not looks_like_address(line) and not is_territory(line) and (line.startswith(("(", "（")) or has_legal_form(line))


def _marked(line: str, also: re.Match[str]) -> str:
    return f"f.k.a. {line[also.end() :]}" if re.match(r"^\W*f", also.group(), re.IGNORECASE) else line[also.end() :]


def _one_line(text: str) -> Party:
    """NAME, ADDRESS, TERRITORY on one line, parted by commas or dashes."""
    party = Party(how="one line: name, address, territory")
    if looks_like_address(text) and not has_legal_form(text) and looks_like_address(_pieces(text)[0]):
        party.address, party.how = text.strip(" ;"), "one line: an address and no name"
        _finish(party)
        return party
    whole = text.strip(" ,;")
    cut = _name_end(whole)
    name, rest = whole[:cut].rstrip(" ,;–—-|\t，；、"), whole[cut:].lstrip(" ,;–—-|\t，；、")
    if name == "":
        name, rest = whole, ""
    _put_name(party, name)
    if is_territory(rest):
        party.territory = rest
    elif rest != "":
        party.address = rest
        if not looks_like_address(rest) and not is_territory(_pieces(rest)[-1]):
            party.doubts.append("what follows the name has no number, street or territory")
    if rest == "":
        party.how = "one line: a name alone"
    _finish(party)
    return party


def _name_end(text: str) -> int:
    """Where the name ends: before the first part that is neither a legal form nor the rest of a person's name."""
    position, opened = 0, 0
    for found in _PARTS.finditer(text):
        opened = text.count("(", 0, found.start()) - text.count(")", 0, found.start())
        if opened > 0:
            continue
        position = found.end()
        following = _PARTS.split(text[position:])[0]
        also = _ALSO.match(following)
        if not is_legal_form(following) and also is None and not _completes(text[: found.start()], text[position:]):
            return found.start()
    return len(text)


def _completes(name: str, rest: str) -> bool:
    """Whether a legal form follows only after this part ("Plum, Pear and Partners Co., Ltd."), or the rest of a person's name."""
    head, *following = _PARTS.split(rest)
    if _SURNAME.fullmatch(name.strip()) is not None and _GIVEN.fullmatch(head.strip()) is not None and not is_territory(head):
        return True
    forms = list(takewhile(is_legal_form, following))
    return not has_legal_form(name) and has_legal_form(" ".join([head, *forms])) and not looks_like_address(head)


def _put_name(party: Party, text: str) -> None:
    """Set the name; what stands beside it as "a.k.a." or in brackets in another script is another name."""
    pieces = alternatives(text)
    if len(pieces) > 0:
        party.name, party.other_names = pieces[0], [*party.other_names, *pieces[1:]]
    else:
        party.name = text.strip()
    for found in _BRACKETS.finditer(party.name):
        outside = party.name.replace(found.group(), "").strip()
        if len(outside) > 2 and any(c.isalpha() for c in found[1]) and script_of(found[1]) != script_of(outside):
            party.other_names.append(found[1].strip())
            party.name = outside
            break


def _finish(party: Party) -> None:
    """Read the territory off the end of the address; say what is odd."""
    if party.territory == "" and party.address != "":
        last = _pieces(party.address)[-1]
        if is_territory(last):
            party.territory = last.strip(" .")
    if is_address_placeholder(party.name):
        party.name = ""
    if party.name != "" and not any(c.isalpha() for c in party.name):
        party.doubts.append("the name has no letters")
    if len(party.name) > 150:
        party.doubts.append("long for a name: check where it ends")
    if party.name == "" and party.address != "":
        party.doubts.append("no name: the address itself is taken as listed")


def _names(text: str) -> list[str]:
    return [piece.strip() for piece in re.split(r"\s*[;；\n]\s*", text) if piece.strip() != ""]


def _pieces(text: str) -> list[str]:
    found = [piece for piece in _PARTS.split(text) if piece.strip() != ""]
    return found if len(found) > 0 else [text]
