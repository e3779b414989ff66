"""Invented ordinary parties in the shapes of trade files: Chinese brands, Russian compounds, Turkish, Gulf and Indian traders."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence

from kit.matching.encoding import encode
from kit.reference import read_reference
from matcher_training.shapes import SHAPES


def read_shapes() -> dict[str, dict[str, int]]:
    """Texts of each shape with their weights, in the order of the file."""
    out: dict[str, dict[str, int]] = {}
    with SHAPES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            out.setdefault(row["shape"], {})[row["text"]] = int(row["weight"])
    return out


def invented_firms(dice: random.Random, names: Sequence[str], people: Sequence[str], count: int) -> list[str]:
    """Make names of parties nobody lists.

    Args:
        dice: seeded randomness.
        names: names of parties outside the list: their words are the raw material.
        people: such names of persons.
        count: how many to make.
    """
    maker = _Maker(dice, names, people)
    # Every region alike, so that none is favored; what belongs to no region half as often.
    kinds = (
        (maker.chinese, 2),
        (maker.russian, 2),
        (maker.turkish, 2),
        (maker.gulf, 2),
        (maker.indian, 2),
        (maker.western, 2),
        (maker.acronym, 1),
        (maker.person, 1),
        (maker.changed, 1),
    )
    makers, weights = zip(*kinds, strict=True)
    return [make() for make in dice.choices(makers, weights, k=count)]


class _Maker:
    """Raw material and one method a region."""

    def __init__(self, dice: random.Random, names: Sequence[str], people: Sequence[str]) -> None:
        self.dice = dice
        self.shapes = read_shapes()
        self.cores = [words for words in (encode(name).words for name in names) if len(words) > 0]
        self.words = [word for core in self.cores for word in core if len(word) > 1 and word.isalpha()]
        self.people = [words for words in (encode(name).words for name in people) if len(words) > 1]
        self.heads = [word[:5] for word in self.words if len(word) > 7]
        self.tails = [word[-5:] for word in self.words if len(word) > 7]
        self.common = [row["word"] for row in read_reference("reference", "common_words.csv") if len(row["word"]) > 2]
        texts = (row["text"] for row in read_reference("reference", "hs_texts.csv"))
        self.goods = sorted({word for text in texts for word in encode(text).words if len(word) > 3})

    def _some(self, shape: str, count: int = 1) -> list[str]:
        """Texts of a shape, each as often as its weight."""
        texts = self.shapes[shape]
        return self.dice.choices(list(texts), list(texts.values()), k=count)

    def _trade(self, shape: str, most: int) -> list[str]:
        """One to `most` trading words, none twice."""
        return list(dict.fromkeys(self._some(shape, self.dice.randint(1, most))))

    def _word(self) -> str:
        """A word of another party, a common word, or a word of goods."""
        return self.dice.choice(self.dice.choices((self.words, self.common, self.goods), (3, 3, 1))[0])

    def _formed(self, parts: Sequence[str], shape: str, in_front: float) -> str:
        name, form = " ".join(parts), self._some(shape)[0]
        return f"{form} {name}" if self.dice.random() < in_front else f"{name} {form}"

    def chinese(self) -> str:
        """Town, brand of two or three syllables, trade, form."""
        brand = self.dice.choice(["", "", " "]).join(self._some("syllables", self.dice.choice([2, 2, 3])))
        parts = [brand, *self._trade("cn_trade", 2)]
        if self.dice.random() < 0.6:
            parts = [*self._some("cn_places"), *parts]
        return self._formed(parts, "cn_forms", 0.0)

    def russian(self) -> str:
        """Compounds of the usual parts, or another party's word, form mostly in front."""
        kind = self.dice.random()
        if kind < 0.5:
            word = self.dice.choice(["", "", "-", " "]).join(self._some("ru_parts", self.dice.choice([2, 2, 3])))
        elif kind < 0.7:
            word = self._some("ru_parts")[0] + self.dice.choice(self.tails)
        else:
            word = self._word()
        extra = [self.dice.choice([*self._some("ru_trade", 2), self._number()])] if self.dice.random() < 0.25 else []
        core = [f'"{word}"' if self.dice.random() < 0.4 else word, *extra]
        return self._formed(core, "ru_forms", 0.7)

    def _number(self) -> str:
        """A number behind the name, as customs records of the region have it: a year ("LLC KORVON 2011") or a tax number."""
        return str(self.dice.choice([self.dice.randint(1990, 2025), self.dice.randint(10**9, 10**10 - 1)]))

    def turkish(self) -> str:
        """A word or two, trading words, form."""
        parts = [self._word() for _ in range(self.dice.randint(1, 2))]
        return self._formed([*parts, *self._trade("tr_trade", 2)], "tr_forms", 0.0)

    def gulf(self) -> str:
        """Words or a person's name, trade, form."""
        parts = (
            list(self.dice.choice(self.people)[:2])
            if self.dice.random() < 0.3
            else [self._word() for _ in range(self.dice.randint(1, 2))]
        )
        return self._formed([*parts, *self._trade("gulf_trade", 2)], "gulf_forms", 0.05)

    def indian(self) -> str:
        """A word or two, trade, form."""
        parts = [self._word() for _ in range(self.dice.randint(1, 2))]
        return self._formed([*parts, *self._some("in_trade")], "in_forms", 0.0)

    def western(self) -> str:
        """One to three words, often plain ones, form."""
        parts = [self._word() for _ in range(self.dice.choice([1, 1, 2, 2, 3]))]
        if self.dice.random() < 0.2:
            parts = [self.dice.choice(self.heads) + self.dice.choice(self.tails)]
        return self._formed(parts, "west_forms", 0.05)

    def acronym(self) -> str:
        """Two to four letters, sometimes a trade word, form."""
        letters = "".join(self.dice.choices("ABCDEFGHIKLMNOPRSTUVXZ", k=self.dice.randint(2, 4)))
        extra = [self.dice.choice(self.common[:200])] if self.dice.random() < 0.4 else []
        return self._formed([letters, *extra], self.dice.choice(["west_forms", "ru_forms"]), 0.2)

    def person(self) -> str:
        """Words of two persons' names."""
        parts = [self.dice.choice(self.dice.choice(self.people)) for _ in range(self.dice.randint(2, 3))]
        return " ".join(parts)

    def changed(self) -> str:
        """Another party's name with one word replaced."""
        parts = list(self.dice.choice(self.cores)[:6])
        parts[self.dice.randrange(len(parts))] = self._word()
        return self._formed(parts, "west_forms", 0.1)
