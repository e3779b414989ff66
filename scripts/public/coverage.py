"""Whether a firm stands on a public list: an exact or nearly exact name, never a guess."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from anyascii import anyascii
from rapidfuzz.distance import Levenshtein

_FORMS = {
    "llc", "ltd", "limited", "liability", "company", "co", "inc", "corp", "corporation", "gmbh", "oy", "ag", "jsc", "pjsc",
    "cjsc", "ojsc", "ooo", "oao", "zao", "ao", "pao", "too", "osoo", "llp", "fze", "fzco", "uab", "ou",
    "sti", "sirketi", "joint", "stock", "private", "public", "open", "closed", "society", "with", "and", "the", "of", "o",
}  # fmt: skip
_LISTS = (  # in the order in which an entry is preferred as cover
    ("csl_2026-07-31_compact.csv", "US Consolidated Screening List, 2026-07-31"),
    ("eu_journal_32014R0269.csv", "EU Regulation 269/2014, Annex I"),
    ("eu_journal_32014R0833.csv", "EU Regulation 833/2014"),
    ("eu_journal_32006R0765.csv", "EU Regulation 765/2006"),
    ("opensanctions_ua_war_sanctions_targets_simple_2026-03-13.csv", "Defence Intelligence of Ukraine, War and Sanctions"),
)
_COLUMNS = {
    "csl": ("name", "alt_names", "address_countries"),
    "eu_": ("name", "alias", "country"),
    "ope": ("name", "aliases", "countries"),
}


@dataclass(frozen=True)
class Entry:
    """A name on a public list."""

    name: str
    key: str
    countries: frozenset[str]
    list_title: str
    line: int

    @property
    def label(self) -> str:
        """How the entry is cited beside a firm."""
        return f"{self.list_title}: {self.name}"


def key_of(name: str) -> str:
    """The words of a name without legal forms, in Latin letters and in alphabetical order."""
    words = re.findall(r"[a-z0-9]+", anyascii(name).lower())
    return " ".join(sorted(word for word in words if word not in _FORMS))


def _entries_of(path: Path, title: str) -> Iterator[Entry]:
    name, others, countries = _COLUMNS[path.name[:3]]
    with path.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), 2):
            if row.get("type", row.get("schema", "")) in {"Individual", "Person", "Vessel", "Aircraft"}:
                continue
            where = frozenset(code.strip().upper() for code in re.split(r"[;|]", row[countries]) if code.strip() != "")
            for spelled in [row[name], *re.split(r"[;|]", row[others])]:
                key = key_of(spelled)
                if len(key) >= 4:
                    yield Entry(spelled.strip(), key, where, title, line)


def read_entries(folder: Path) -> tuple[Entry, ...]:
    """Every name of a firm or body on the public lists in a folder; persons, vessels and aircraft are left out."""
    return tuple(entry for file, title in _LISTS for entry in _entries_of(folder / file, title))


def _agrees(entry: Entry, country: str) -> bool:
    """Whether the list does not put the party elsewhere; ISO codes only, other spellings count as unknown."""
    codes = {code for code in entry.countries if len(code) == 2}
    if country == "HK":
        codes |= {"HK"} if "CN" in codes else set()
    return country == "" or len(codes) == 0 or country in codes


class Cover:
    """Finds the list entry that covers a firm."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self._entries = entries
        self._by_key: dict[str, list[Entry]] = {}
        for entry in entries:
            self._by_key.setdefault(entry.key, []).append(entry)

    def find(self, name: str, country: str) -> Entry | None:
        """The first entry whose words are the firm's words, else one that differs by one letter in a long name."""
        key = key_of(name)
        exact = [entry for entry in self._by_key.get(key, []) if _agrees(entry, country)]
        if len(exact) > 0:
            return exact[0]
        if len(key) < 10:
            return None
        near = (
            e for e in self._entries if abs(len(e.key) - len(key)) <= 1 and Levenshtein.distance(key, e.key, score_cutoff=1) <= 1
        )
        return next((entry for entry in near if _agrees(entry, country)), None)
