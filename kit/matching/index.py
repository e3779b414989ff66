"""The index of listed names that trade names are set against."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy.sparse import csr_matrix

from kit.matching.encoding import Coded, encode
from kit.matching.grams import Grams, grams_of
from kit.matching.information import Information, count_words
from kit.matching.kinds import loudness
from kit.matching.spellings import SpellingTable, Texts, spelling_table, texts
from kit.matching.units import PAIR, SINGLE, TRIPLE, WHOLE, NameUnits, Strings, core_strings, name_units
from kit.model import NameKind, Schema
from kit.names import legal_words, name_words
from kit.reference import read_reference

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True)
class ListedNames:
    """Distinct listed names: one per party and set of words; `entity[i]` is the place of its party in `entity_ids`."""

    entity_ids: tuple[str, ...]
    list_ids: tuple[str, ...]
    list_versions: tuple[str, ...]
    is_person: npt.NDArray[np.bool_]  # by party
    names: tuple[str, ...]
    kinds: tuple[str, ...]
    is_weak: npt.NDArray[np.bool_]  # by name: a weak alias never matches alone
    entity: Ints
    words: tuple[tuple[str, ...], ...]
    classes: Ints
    full: Texts  # all words of each name, legal forms included


@dataclass(frozen=True)
class Index:
    """Listed names, made findable by spelling, with the information of each word.

    The information depends on the background (`with_background`); everything
    else on the list alone. The same index gives the same answer to a name
    whatever other names are asked with it.
    """

    listed: ListedNames
    units: NameUnits
    spellings: tuple[str, ...]
    table: SpellingTable
    information: Information
    is_listed: npt.NDArray[np.bool_]  # by spelling: stands in a listed name (else it is only a legal or common word)

    def with_background(self, names: Iterable[str]) -> Index:
        """The same list, with words weighed by these names of ordinary parties, as a rule the whole trade file."""
        return replace(self, information=self.information.with_background(name_words(name) for name in names))

    def warm(self) -> None:
        """Compute everything that is computed once, so that worker processes share it."""
        for name in _COMPUTED:
            getattr(self, name)

    @cached_property
    def word_information(self) -> Floats:
        """Nats of each spelling that is a single word; joined spellings get the sum of their words."""
        out = np.zeros(len(self.spellings), np.float32)
        units = self.units
        owner = np.repeat(np.arange(len(units.size)), np.diff(units.start))
        single = units.kind == SINGLE
        for number, word in enumerate(self.spellings):
            if not self.is_listed[number]:
                out[number] = self.information.of(word)
        chosen = np.unique(units.word[single])
        info = np.zeros(len(self.spellings), np.float32)
        for number in chosen.tolist():
            info[number] = self.information.of(self.spellings[number])
        out[chosen] = info[chosen]
        joined = np.flatnonzero(~single)
        base = units.start[owner[joined]] + units.first[joined]
        pair = info[units.word[base]] + info[units.word[base + 1]]
        words = np.where(single, info[units.word], 0.0)
        total = np.add.reduceat(words, units.start[:-1])[owner[joined]] if len(words) > 0 else words
        third = info[units.word[np.minimum(base + 2, len(units.word) - 1)]]
        kind = units.kind[joined]
        value = np.select([kind == PAIR, kind == TRIPLE], [pair, pair + third], total).astype(np.float32)
        fresh = info[units.word[joined]] == 0
        out[units.word[joined][fresh]] = value[fresh]
        return out

    @cached_property
    def name_information(self) -> Floats:
        """Nats of all words of each listed name."""
        single = self.units.kind == SINGLE
        values = np.where(single, self.word_information[self.units.word], 0.0)
        if len(values) == 0:
            return np.zeros(0, np.float32)
        return np.add.reduceat(values, self.units.start[:-1]).astype(np.float32)

    @cached_property
    def heads(self) -> npt.NDArray[np.uint32]:
        """The first three letters of each spelling as one number."""
        return heads_of(self.spellings)

    @cached_property
    def lengths(self) -> Ints:
        """Letters of each spelling."""
        return np.fromiter((len(word) for word in self.spellings), np.int32, len(self.spellings))

    @cached_property
    def strings(self) -> Strings:
        """Whole cores of the listed names."""
        return core_strings(self.listed.words)

    @cached_property
    def grams(self) -> Grams:
        """Runs of letters of the listed names."""
        return grams_of(self.listed.words)

    @cached_property
    def sorted_words(self) -> Ints:
        """Numbers of the single listed words by the alphabetical order of their skeletons."""
        single = np.flatnonzero(self.single_spellings)
        order = sorted(range(len(single)), key=self.table.skeletons[single].tolist().__getitem__)
        out: Ints = single[np.array(order, np.int64)].astype(np.int32)
        return out

    @cached_property
    def endings(self) -> list[str]:
        """Skeletons of `sorted_words`: what a cut word may go on as."""
        found: list[str] = self.table.skeletons[self.sorted_words].tolist()
        return found

    @cached_property
    def is_number(self) -> npt.NDArray[np.bool_]:
        """By spelling: digits only."""
        return np.fromiter((word.isdigit() for word in self.spellings), bool, len(self.spellings))

    @cached_property
    def loudness(self) -> Floats:
        """By spelling: how much its absence on the other side counts."""
        return loudness(self.spellings)

    @cached_property
    def sharing(self) -> Ints:
        """By listed name: how many listed parties carry the very same core."""
        seen: dict[tuple[str, ...], set[int]] = {}
        for words, entity in zip(self.listed.words, self.listed.entity.tolist(), strict=True):
            seen.setdefault(tuple(sorted(words)), set()).add(entity)
        return np.array([len(seen[tuple(sorted(words))]) for words in self.listed.words], np.int32)

    @cached_property
    def single_spellings(self) -> npt.NDArray[np.bool_]:
        """By spelling: whether it is a single word of some listed name."""
        out = np.zeros(len(self.spellings), bool)
        out[self.units.word[self.units.kind == SINGLE]] = True
        return out

    @cached_property
    def legal_spellings(self) -> npt.NDArray[np.bool_]:
        """By spelling: whether it is a word of a legal form."""
        legal = legal_words()
        return np.array([word in legal for word in self.spellings], bool)

    @cached_property
    def postings(self) -> csr_matrix:
        """Spellings by names, in each cell the information that a name shares when it shares the spelling."""
        owner = np.repeat(np.arange(len(self.units.size)), np.diff(self.units.start))
        weight = self.word_information[self.units.word] * np.where(self.units.kind == WHOLE, 0.5, 1.0)
        shape = (len(self.spellings), len(self.listed.names))
        out = csr_matrix((weight.astype(np.float32), (self.units.word, owner)), shape=shape)
        out.sum_duplicates()
        return out


_COMPUTED = (
    "word_information", "name_information", "postings", "strings", "is_number", "loudness", "sharing",
    "heads", "lengths", "single_spellings", "legal_spellings", "grams", "sorted_words", "endings",
)  # fmt: skip


def heads_of(words: Sequence[str]) -> npt.NDArray[np.uint32]:
    """The first three letters of each word as one number, the first letter highest."""
    codes = np.array(words, dtype="S3").view(np.uint8).reshape(len(words), 3).astype(np.uint32)
    return ((codes[:, 0] << np.uint32(16)) | (codes[:, 1] << np.uint32(8)) | codes[:, 2]).astype(np.uint32)


def build_index(names: pa.Table, entities: pa.Table, *, background: Sequence[str] = ()) -> Index:
    """Make the names of a list findable.

    Args:
        names: NAMES of one or more lists.
        entities: ENTITIES of the same lists; address-only entities are left out.
        background: names of ordinary parties (as a rule all names of the trade
            file): they tell which words are common in trade. Without them the
            list and the kit's table of common words must do.

    Returns:
        An `Index` for `find_candidates`.
    """
    listed = _listed_names(names, entities)
    numbers: dict[str, int] = {}
    units = name_units(listed.words, numbers)
    count = len(numbers)
    single = np.zeros(count, bool)
    single[units.word[units.kind == SINGLE]] = True
    for word in sorted(legal_words() | {row["word"] for row in read_reference("reference", "common_words.csv")}):
        numbers.setdefault(word, len(numbers))
    spellings = tuple(numbers)
    twice = np.concatenate((single, np.ones(len(spellings) - count, bool)))
    counts, size = _entity_counts(listed)
    information = Information(counts, size, {}, 0).with_background(name_words(name) for name in background)
    return Index(listed, units, spellings, spelling_table(spellings, twice), information, np.arange(len(spellings)) < count)


def _entity_counts(listed: ListedNames) -> tuple[dict[str, int], int]:
    """In how many parties each word stands."""
    words: list[set[str]] = [set() for _ in listed.entity_ids]
    for place, entity in enumerate(listed.entity.tolist()):
        words[entity].update(name_words(listed.names[place]))
    counts, size = count_words(sorted(found) for found in words)
    return dict(counts), size


def _listed_names(names: pa.Table, entities: pa.Table) -> ListedNames:
    parties = entities.select(["entity_id", "schema", "list_id", "list_version", "is_address_only"]).to_pylist()
    parties = sorted((row for row in parties if not row["is_address_only"]), key=lambda row: row["entity_id"])
    place = {row["entity_id"]: number for number, row in enumerate(parties)}
    rows = sorted(
        (place[e], _KIND_ORDER[k], name, k)
        for e, name, k in zip(*(names.column(c).to_pylist() for c in ("entity_id", "name", "kind")), strict=True)
        if e in place
    )
    kept: dict[tuple[int, tuple[str, ...]], tuple[str, str, Coded]] = {}
    for entity, _, name, kind in rows:
        coded = encode(name)
        if len(coded.words) > 0:
            kept.setdefault((entity, tuple(sorted(coded.words))), (name, kind, coded))
    found = list(kept.values())
    return ListedNames(
        tuple(row["entity_id"] for row in parties),
        tuple(row["list_id"] for row in parties),
        tuple(row["list_version"] for row in parties),
        np.array([row["schema"] == Schema.PERSON for row in parties], bool),
        tuple(row[0] for row in found),
        tuple(row[1] for row in found),
        np.array([row[1] == NameKind.WEAK_ALIAS for row in found], bool),
        np.array([entity for entity, _ in kept], np.int32),
        tuple(row[2].words for row in found),
        np.array([row[2].classes for row in found], np.int32),
        texts([row[2].full for row in found]),
    )


_KIND_ORDER = {NameKind.NAME: 0, NameKind.ALIAS: 1, NameKind.PREVIOUS_NAME: 2, NameKind.WEAK_ALIAS: 3}
