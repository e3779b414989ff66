"""Lines outside tables to entries: marked items, names with indented addresses, one party a line, blocks between gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from kit.files.documents import PAGE, Document, Line
from kit.lists.letters.entries import Entry, left_aside
from kit.lists.letters.party import SEPARATOR, Party, party_of
from kit.lists.letters.wording import (
    has_legal_form,
    is_bare_number,
    is_contact,
    is_prose,
    is_territory,
    label_of,
    letter_part,
    looks_like_address,
    mark_of,
    number_of,
    territory_at_end,
)

INDENT = 8.0  # points that count as set in
LONG = 220.0  # points: shorter lines are not taken to run on
PROSE = "part of the letter, no party"
INSIDE = "a legal form stands in this text: it may name a party"
WEAK = "nothing but its place in the list says that this is a name"


@dataclass(frozen=True)
class Group:
    """Lines that belong together, and how that is known."""

    lines: tuple[Line, ...]
    how: str
    is_item: bool = False
    block: int = 0  # groups of one block stand without a gap between them


def plain_entries(document: Document, lines: Sequence[Line]) -> list[Entry]:
    """Every line in exactly one entry, in order. Lines are those of one column."""
    if len(lines) == 0:
        return []
    right = max(line.right for line in lines)
    found: list[Entry] = []
    territory, heading = "", ""
    groups = groups_of(lines)
    for group in groups:
        entry = _entry(document, group, right)
        if not entry.is_taken and is_territory(entry.text) and len(group.lines) == 1:
            territory, heading = entry.text.strip(" :."), entry.where
            entry = replace(entry, why="a heading: the territory of the entries below it")
        elif entry.is_taken and entry.territory == "" and territory != "":
            entry = replace(entry, territory=territory, why=f"{entry.why}; territory from the heading at {heading}")
        found.append(entry)
    return _in_company(_without_frame(found), [group.block for group in groups])


def _without_frame(entries: Sequence[Entry]) -> list[Entry]:
    """Leave aside what stands above the salutation and below the closing: sender, addressee, signature."""
    parts = [letter_part(entry.text) for entry in entries]
    start = next((n for n, part in enumerate(parts) if part == "salutation"), 0)
    out = []
    page = -1
    for nth, (entry, part) in enumerate(zip(entries, parts, strict=True)):
        page = entry.place // PAGE if part == "closing" else -1 if part == "prose" or entry.place // PAGE != page else page
        why = "above the salutation: sender or addressee" if nth < start else "below the closing: the signature"
        is_frame = nth < start or (page >= 0 and part is None and "an item of a list" not in entry.why)
        out.append(replace(entry, is_taken=False, why=why) if is_frame and entry.is_taken else entry)
    return out


def groups_of(lines: Sequence[Line]) -> list[Group]:
    """Part lines into groups: an item or party each, or a paragraph."""
    marked = _item_starts(lines)
    out: list[Group] = []
    for number, block in enumerate(_blocks(lines, marked)):
        found = _items(block, marked) if block[0].place in marked else _unmarked(block)
        out += [replace(group, block=number) for group in found]
    return out


def _item_starts(lines: Sequence[Line]) -> set[int]:
    """Places of lines that begin an item: two or more with marks, numbers going up by one as a rule."""
    found = [line for line in lines if line.is_item or (mark_of(line.text) is not None and not is_contact(line.text))]
    found = _without_house_numbers(found)
    numbers = [n for n in (number_of(line.text) for line in found) if n is not None]
    steps = sum(b == a + 1 for a, b in pairwise(numbers))
    if (len(numbers) > 1 and 2 * steps < len(numbers) - 1) or len(numbers) == 1:
        found = [line for line in found if number_of(line.text) is None]
    if len(found) == 1 and not found[0].is_item:
        return set()
    return {line.place for line in found}


def _without_house_numbers(lines: Sequence[Line]) -> list[Line]:
    """Without lines that begin with a bare number where most numbers of items have a point or bracket.

    There "171 Plum Road" is the rest of the address above, cut by the end of a line.
    """
    bare = {line.place for line in lines if not line.is_item and is_bare_number(line.text)}
    numbered = sum(number_of(line.text) is not None for line in lines)
    return [line for line in lines if line.place not in bare] if 2 * len(bare) < numbered else list(lines)


def _blocks(lines: Sequence[Line], marked: set[int]) -> list[list[Line]]:
    """Lines without a wider gap between them; what stands set in below an item belongs to it also over a gap or page."""
    pitch = _pitch(lines)
    out: list[list[Line]] = [[lines[0]]]
    for before, line in pairwise(lines):
        is_list = out[-1][0].place in marked
        is_near = line.top < before.top or line.top - before.top <= 1.45 * pitch
        if line.place in marked:
            goes_on = is_list
        elif is_list:
            goes_on = line.left > out[-1][0].left + INDENT or (is_near and not _leaves(line))
        else:
            goes_on = is_near
        if goes_on:
            out[-1].append(line)
        else:
            out.append([line])
    return out


def _leaves(line: Line) -> bool:
    """Whether a line at the left edge below items is no longer part of them."""
    return is_prose(line.text) or (is_territory(line.text) and line.text.strip().endswith(":"))


def _pitch(lines: Sequence[Line]) -> float:
    """The usual distance from line to line."""
    steps = [b.top - a.top for a, b in pairwise(lines) if b.top > a.top]
    close = sorted(steps)[: max(1, (3 * len(steps)) // 4)]
    return max(min(median(close), 2.2 * lines[0].height), 1.0) if len(close) > 0 else 12.0


def _items(block: Sequence[Line], marked: set[int]) -> list[Group]:
    """A block that begins with a mark, cut at every mark."""
    out: list[list[Line]] = []
    for line in block:
        if line.place in marked or len(out) == 0:
            out.append([line])
        else:
            out[-1].append(line)
    return [Group(tuple(lines), "an item of a list", is_item=True) for lines in out]


def _unmarked(block: Sequence[Line]) -> list[Group]:
    """A block without marks: prose, names with addresses set in, one party, or one a line."""
    texts = [line.text for line in block]
    whole = " ".join(texts)
    if is_prose(texts[0]) or (is_prose(whole) and not _mostly_parties(texts)):
        return _after_prose(block)
    labels = [label_of(text) for text in texts]
    if sum(label is not None for label in labels) > 1:
        return [Group(tuple(group), "lines with labels") for group in _cut(block, _label_starts(labels))]
    left = min(line.left for line in block)
    starts = [line.left <= left + INDENT for line in block]
    if len(block) > 2 and starts[0] and 1 < sum(starts) < len(block) and not all(starts):
        return [Group(tuple(group), "a name with its address set in below it") for group in _cut(block, starts)]
    addresses = _address_starts(block)
    if sum(addresses) > 1:
        return [Group(tuple(group), "one address a line") for group in _cut(block, addresses)]
    if len(block) == 1 or _is_one_party(texts):
        return [Group(tuple(block), "lines between two gaps")]
    return [Group(tuple(group), "one party a line") for group in _cut(block, _line_starts(block))]


def _label_starts(labels: Sequence[tuple[str, str, str] | None]) -> list[bool]:
    """Where the label comes again that stands first: there the next party begins."""
    first = next(label[1] for label in labels if label is not None)
    return [nth == 0 or (label is not None and label[1] == first) for nth, label in enumerate(labels)]


def _after_prose(block: Sequence[Line]) -> list[Group]:
    """A paragraph, and the parties that stand right below it without a gap."""
    end = 1
    while end < len(block) and not (_is_party(block[end].text) and not is_prose(block[end].text)):
        end += 1
    first = Group(tuple(block[:end]), "a paragraph of the letter")
    return [first, *(_unmarked(block[end:]) if end < len(block) else [])]


def _mostly_parties(texts: Sequence[str]) -> bool:
    return 2 * sum(_is_party(text) for text in texts) >= len(texts)


def _is_party(text: str) -> bool:
    """Whether a line alone speaks for a party."""
    if is_prose(text):
        return False
    party = party_of([text])
    return has_legal_form(text) or (party.territory != "" and party.name != "")


def _is_one_party(texts: Sequence[str]) -> bool:
    """Whether lines are a name and its address below: only the first holds a legal form, or the others read as addresses."""
    below = texts[1:]
    addressed = sum((looks_like_address(text) and not is_prose(text)) or is_territory(text) for text in below)
    own = [text for text in below if has_legal_form(text) and not text.startswith(("(", "（"))]
    return len(own) == 0 and 2 * addressed >= len(below) and not _ends_alike(texts)


def _ends_alike(texts: Sequence[str]) -> bool:
    """Whether several lines end in a territory each, so that each is a party of its own."""
    return sum(party_of([text]).territory != "" and party_of([text]).name != "" for text in texts) >= 2


def _line_starts(block: Sequence[Line]) -> list[bool]:
    """Which lines begin a party, where each has a line: not what goes on from a full line, nor an address below a name."""
    right = max(line.right for line in block)
    out = [True]
    group = [block[0].text]
    for before, line in pairwise(block):
        open_end = before.text.rstrip().endswith((",", "-", ";", "(")) and not has_legal_form(line.text)
        wraps = is_full(before, line, right) and not _is_party(before.text)
        goes_on = wraps or open_end or line.text[:1].islower() or _is_below(group, line.text)
        begins = not goes_on or "salutation" in (letter_part(line.text), letter_part(before.text))
        group = [line.text] if begins else [*group, line.text]
        out.append(begins)
    return out


def _address_starts(block: Sequence[Line]) -> list[bool]:
    """Where each address begins, if a block is nothing but addresses that each end in a territory; else one start."""
    closed = [territory_at_end(line.text) != "" for line in block[:-1]]
    pieces = _cut(block, [True, *closed])
    parties = [party_of([" ".join(line.text for line in piece)]) for piece in pieces]
    if not all(party.name == "" and party.address != "" and party.territory != "" for party in parties):
        return [nth == 0 for nth in range(len(block))]
    firsts = {piece[0].place for piece in pieces}
    return [line.place in firsts for line in block]


def _is_below(group: Sequence[str], text: str) -> bool:
    """Whether a line is the address, or the territory, of the name that a group begins with and that has none yet."""
    first = party_of([group[0]])
    if first.name == "" or first.address != "" or first.territory != "" or any(is_territory(line) for line in group[1:]):
        return False
    return is_territory(text) or (looks_like_address(text) and not has_legal_form(text) and not is_prose(text))


def is_full(line: Line, below: Line, right: float) -> bool:
    """Whether the first word of the line below would not have fitted behind a line any more, so that it may run on."""
    first = below.words[0]
    return line.right + 0.3 * line.height + first.right - first.left > right


def _cut(block: Sequence[Line], starts: Sequence[bool]) -> list[list[Line]]:
    out: list[list[Line]] = []
    for line, begins in zip(block, starts, strict=True):
        if begins or len(out) == 0:
            out.append([line])
        else:
            out[-1].append(line)
    return out


def _entry(document: Document, group: Group, right: float) -> Entry:
    places = [line.place for line in group.lines]
    texts = [line.text for line in group.lines]
    text = "\n".join(texts)
    mark = mark_of(texts[0]) if group.is_item else None
    bare = [texts[0][len(mark) :] if mark is not None else texts[0], *texts[1:]]
    why = _why_not(group, bare)
    if why is not None:
        doubt = INSIDE if why == PROSE and has_legal_form(" ".join(bare)) else ""
        return replace(left_aside(document, places, text, why), doubt=doubt)
    full = [is_full(line, below, right) and line.right - line.left > LONG for line, below in pairwise(group.lines)]
    party = party_of(bare, full=full)
    if party.name == "" and party.address == "":
        return left_aside(document, places, text, "neither a name nor an address")
    if not party.is_certain and not group.is_item:
        reason = "no legal form, address or territory, and it stands in no list"
        return replace(left_aside(document, places, text, reason), name=party.name)
    doubts = [*party.doubts, *([WEAK] if not party.is_certain else [])]
    return _made(document, places, text, party, f"{group.how}; {party.how}", "; ".join(doubts))


def _made(document: Document, places: Sequence[int], text: str, party: Party, why: str, doubt: str) -> Entry:
    return Entry(
        tuple(places), document.where(places[0]), text, is_taken=True, name=party.name,
        other_names=SEPARATOR.join(party.other_names), address=party.address, territory=party.territory,
        more=tuple(party.more), why=why, doubt=doubt,
    )  # fmt: skip


def _why_not(group: Group, texts: Sequence[str]) -> str | None:
    whole = " ".join(texts)
    if is_prose(whole) and (group.how != "an item of a list" or not has_legal_form(texts[0]) or is_prose(texts[0])):
        return PROSE
    if len(texts) == 1 and is_contact(whole):
        return "a contact line"
    if is_territory(whole):
        return "a territory alone"
    if not any(c.isalpha() for c in whole):
        return "no letters"
    if whole.rstrip().endswith((":", "：")):
        return "a heading"
    return None


def _in_company(entries: Sequence[Entry], blocks: Sequence[int]) -> list[Entry]:
    """Bare names beside parties of the same block are taken, with a doubt; alone in a letter they are not."""
    out = list(entries)
    for nth, entry in enumerate(entries):
        beside = [entries[i] for i in (nth - 1, nth + 1) if 0 <= i < len(entries) and blocks[i] == blocks[nth]]
        around = [other.is_taken and "one party a line" in other.why for other in beside]
        is_bare = not entry.is_taken and entry.name != "" and "stands in no list" in entry.why
        if is_bare and len(around) > 0 and all(around):
            party = party_of(entry.text.split("\n"))
            out[nth] = replace(
                entry, is_taken=True, name=party.name, address=party.address, other_names=SEPARATOR.join(party.other_names),
                why=f"one party a line, between others; {party.how}", doubt=WEAK,
            )  # fmt: skip
        elif not entry.is_taken:
            out[nth] = replace(entry, name="", address="", territory="")
    return out
