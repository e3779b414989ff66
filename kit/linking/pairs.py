"""Which entries of different lists may be one party: by numbers, by date of birth, by name and territory."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import combinations

from rapidfuzz.distance import Levenshtein

from kit import matching
from kit.linking.groups import Pair
from kit.linking.numbers import TELLING
from kit.linking.parties import Party, PartyKind
from kit.model import LinkBasis
from kit.names import compare_form, name_words, skeleton, split_legal_form

MOST_SHARING = 12  # entries with one number; more of them, and it is a mark of the list, not of a party
LEAST_LETTERS = 5  # of a name's skeleton: shorter ones are abbreviations that many share
RARE = 8.5  # nats, fewer than one name in 5,000: as in kit.matching.sentences
ALIKE = 0.95  # similarity from which names are taken for one; measured in docs/linking.md
NEAR_WORD = 0.8  # likeness of two spellings of one part of a person's name whose date of birth is the same
YEAR_ONLY = "-01-01"
_TELLS_NOTHING = frozenset({"", "company", "group", "branch", "state"})  # legal words that tell no firm from another


def by_number(parties: Sequence[Party]) -> Iterator[Pair]:
    """Pairs of different sources that share a number; a number without check digits needs a territory or a word in common too."""
    for kind in TELLING:
        for places, value in _sharing(parties, partial(_telling, kind)):
            for a, b in _across(parties, places):
                yield Pair(a, b, LinkBasis.IDENTIFIER, 1.0, ((kind, value),), (parties[a].name, parties[b].name))
    for places, value in _sharing(parties, lambda party: party.numbers.loose):
        for a, b in _across(parties, places):
            one, other = parties[a], parties[b]
            territories = tuple(one.shared_territories(other))
            words = _skeletons(one) & _skeletons(other)
            if len(words) > 0 and (len(territories) > 0 or one.kind is PartyKind.PERSON or len(value) >= 9):
                yield Pair(a, b, LinkBasis.IDENTIFIER, 1.0, (("number", value),), (one.name, other.name), territories)


def by_birth(parties: Sequence[Party]) -> Iterator[Pair]:
    """Pairs of persons born on one day, where every part of the shorter name stands in the longer one, two at least.

    Registers write 1 January where only the year is known; on that day a territory in common or a third part is asked for.
    """
    days: dict[str, list[int]] = defaultdict(list)
    for place, party in enumerate(parties):
        for day in party.births if party.kind is PartyKind.PERSON else ():
            days[day].append(place)
    for day, places in sorted(days.items()):
        for a, b in _across(parties, places):
            names = _same_person(parties[a], parties[b])
            territories = tuple(parties[a].shared_territories(parties[b]))
            if names is not None and (not day.endswith(YEAR_ONLY) or len(territories) > 0 or _least_parts(names) > 2):
                yield Pair(a, b, LinkBasis.BIRTH, 1.0, (), names, territories, day)


def by_form(parties: Sequence[Party], tells: Callable[[str], float]) -> Iterator[Pair]:
    """Pairs of firms in one territory with a name whose words agree, whatever script, order and legal form.

    Args:
        parties: All entries.
        tells: Nats of information that a word carries.
    """
    held: dict[str, dict[int, str]] = defaultdict(dict)
    for place, party in enumerate(parties):
        for name in party.names if party.kind is PartyKind.FIRM else ():
            held[compare_form(name)].setdefault(place, name)
    for key, names in held.items():
        if len(key.replace(" ", "")) < LEAST_LETTERS or len(names) > MOST_SHARING * 2:
            continue
        for a, b in _across(parties, _alone(parties, key, names)):
            yield from _named(parties, a, b, (names[a], names[b]), 1.0, tells)


def by_likeness(parties: Sequence[Party], index: matching.Index) -> Iterator[Pair]:
    """Pairs of firms in one territory whose names the matcher finds very alike: other spellings, words glued or cut."""
    place = {party.entity_id: number for number, party in enumerate(parties)}
    asked: dict[str, list[int]] = defaultdict(list)
    for number, party in enumerate(parties):
        if party.kind is PartyKind.FIRM:
            asked[party.name].append(number)
    names = list(asked)
    ranked = matching.rank_names(index, names, most=6)
    for name, listed, score in zip(ranked.asked.tolist(), ranked.listed.tolist(), ranked.score.tolist(), strict=True):
        if score < ALIKE:
            continue
        other = place[index.listed.entity_ids[int(index.listed.entity[listed])]]
        for own in asked[names[name]]:
            if parties[other].kind is PartyKind.FIRM and parties[own].source != parties[other].source:
                a, b = sorted((own, other))
                spelled = (names[name], index.listed.names[listed])
                yield from _named(parties, a, b, spelled if a == own else spelled[::-1], round(score, 4), index.information.of)


def _alone(parties: Sequence[Party], key: str, names: Iterable[int]) -> list[int]:
    """Entries with one name, less those whose own list has several parties of that name, where it is a single word.

    Names such as Avangard or Signal are borne by many plants: a list that tells two of them apart
    shows that the word alone does not tell which is meant.
    """
    places = sorted(names)
    if " " in key:
        return places
    counts = Counter(parties[place].source for place in places)
    return [place for place in places if counts[parties[place].source] == 1]


def _named(
    parties: Sequence[Party], a: int, b: int, names: tuple[str, str], score: float, tells: Callable[[str], float]
) -> Iterator[Pair]:
    """The pair, if territory, legal form and the rarity of the words allow it."""
    territories = tuple(parties[a].shared_territories(parties[b]))
    splits = [split_legal_form(name) for name in names]
    classes = [set(split.classes) - _TELLS_NOTHING for split in splits]
    if len(territories) == 0 or (len(classes[0]) > 0 and len(classes[1]) > 0 and len(classes[0] & classes[1]) == 0):
        return
    if min(sum(tells(word) for word in set(split.core)) for split in splits) >= RARE:
        yield Pair(a, b, LinkBasis.NAME, score, (), names, territories)


def _telling(kind: str, party: Party) -> frozenset[str]:
    return party.numbers.of(kind)


def _sharing(parties: Sequence[Party], take: Callable[[Party], Iterable[str]]) -> Iterator[tuple[list[int], str]]:
    held: dict[tuple[PartyKind, str], list[int]] = defaultdict(list)
    for place, party in enumerate(parties):
        for value in take(party):
            held[party.kind, value].append(place)
    for (_, value), places in sorted(held.items()):
        if 1 < len(places) <= MOST_SHARING:
            yield places, value


def _across(parties: Sequence[Party], places: Sequence[int]) -> Iterator[tuple[int, int]]:
    for a, b in combinations(places, 2):
        if parties[a].source != parties[b].source:
            yield a, b


def _skeletons(party: Party) -> frozenset[str]:
    return frozenset(skeleton(word) for name in party.names for word in split_legal_form(name).core if len(word) > 2)


def _same_person(one: Party, other: Party) -> tuple[str, str] | None:
    """Two names of which the shorter is contained in the longer, or None."""
    for left in one.names:
        for right in other.names:
            short, long = sorted((_parts(left), _parts(right)), key=len)
            if len(short) >= 2 and all(any(_is_near(part, whole) for whole in long) for part in short):
                return left, right
    return None


def _least_parts(names: Sequence[str]) -> int:
    return min(len(_parts(name)) for name in names)


def _parts(name: str) -> frozenset[str]:
    return frozenset(skeleton(word) for word in name_words(name) if len(word) > 1)


def _is_near(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) > 3 and Levenshtein.normalized_similarity(one, other) >= NEAR_WORD)
