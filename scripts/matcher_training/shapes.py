"""Count the words and forms that names of each region are made of, and write them to shapes.csv.

    PYTHONPATH=scripts python -m matcher_training.shapes LIST.csv

LIST.csv is the list that the score is learned from. Nothing here is chosen by
hand or by looking at alerts: every row is counted by one of the rules below.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from anyascii import anyascii

from kit.matching.encoding import encode
from kit.reference import read_reference

SHAPES = Path(__file__).with_name("shapes.csv")
# Territories of each region, as the list writes them.
REGIONS = {
    "cn": ("CN", "HK"),
    "ru": ("RU", "BY", "KZ", "KG"),
    "tr": ("TR",),
    "gulf": ("AE",),
    "in": ("IN",),
    "west": ("GB", "US", "DE", "NL", "FR", "ES", "PL", "LT", "LV"),
}
MOST_WORDS = 20  # trading words and towns of a region
LEAST_NAMES = 5  # names that a trading word stands in
MOST_PARTS = 60  # parts of Russian compounds
PART_LENGTHS = range(4, 10)
LEAST_BEGINS = 4  # words of the list that a part begins and goes on in
LEAST_ENDS = 2  # words that it ends, or is
LEAST_REST = 3  # letters beside the part

Row = tuple[str, str, int, str]


def main() -> None:
    """Count on the list named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("list", type=Path)
    rows = list(all_rows(parser.parse_args().list))
    with SHAPES.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("shape", "text", "weight", "source"))
        writer.writerows(rows)


def all_rows(path: Path) -> Iterator[Row]:
    """Every row: syllables, forms, towns, trading words and Russian parts."""
    yield from _syllables()
    for region, territories in REGIONS.items():
        yield from _forms(f"{region}_forms", territories)
    places = {(row["place"], row["territory"]) for row in read_reference("reference", "place_words.csv")}
    for region, territories in REGIONS.items():
        names = list(_organizations(path, territories))
        said = f"US Consolidated Screening List: {{}} names of organizations in {'/'.join(territories)}"
        counts = Counter(word for words in names for word in set(words))
        towns = {word for word, territory in places if territory in territories}
        anywhere = {word for word, _ in places}
        if region == "cn":
            found = [word for word, _ in counts.most_common() if word in towns]
            yield from _counted("cn_places", found[:MOST_WORDS], counts, said)
        if region == "ru":
            parts = _parts(counts)
            yield from _counted("ru_parts", [p for p, _ in parts.most_common(MOST_PARTS)], parts, said.replace("names", "words"))
        if region != "west":
            plain = (word for word, count in counts.most_common() if count >= LEAST_NAMES and len(word) > 2 and word.isalpha())
            trade = [word for word in plain if word not in anywhere]
            yield from _counted(f"{region}_trade", trade[:MOST_WORDS], counts, said)


def _counted(shape: str, texts: Iterable[str], counts: Counter[str], said: str) -> Iterator[Row]:
    for text in texts:
        yield shape, text, counts[text], said.format(counts[text])


def _syllables() -> Iterator[Row]:
    """Mandarin syllables, by how many of the 3,755 common characters are read so."""
    counts: Counter[str] = Counter()
    for high in range(0xB0, 0xD8):
        for low in range(0xA1, 0xFF):
            if (high, low) <= (0xD7, 0xF9):
                counts[anyascii(bytes((high, low)).decode("gb2312")).upper()] += 1
    yield from _counted("syllables", sorted(counts), counts, "anyascii: {} of the 3,755 characters of GB 2312 level 1")


def _forms(shape: str, territories: tuple[str, ...]) -> Iterator[Row]:
    """Legal forms of the territories that the list itself has, by its count."""
    for row in read_reference("reference", "legal_forms.csv"):
        counted = re.search(r"Screening List [\d-]+: (\d+) names", row["source"])
        if counted is not None and not set(row["territories"].split(",")).isdisjoint(territories):
            yield (
                shape,
                row["form"],
                int(counted[1]),
                f"legal_forms.csv: {counted[1]} names of the US Consolidated Screening List",
            )


def _organizations(path: Path, territories: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Core words of the names of organizations with addresses there and nowhere else: branches abroad are left out."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            where = set(re.findall(r"\w+", row["address_countries"] or ""))
            if row["type"] not in ("Individual", "Vessel", "Aircraft") and len(where) > 0 and where.issubset(territories):
                for name in (row["name"], *(row["alt_names"] or "").split(";")):
                    yield encode(name).words


def _parts(words: Iterable[str]) -> Counter[str]:
    """Parts that Russian compounds are put together from, with the number of words that they begin or end.

    A part begins at least `LEAST_BEGINS` words and ends, or is, at least `LEAST_ENDS`.
    A part gives way to one that is a letter longer and in at least half as many words.
    """
    known = {word for word in words if word.isascii() and word.isalpha()}
    begins: Counter[str] = Counter()
    ends: Counter[str] = Counter()
    for word in known:
        for size in PART_LENGTHS:
            if len(word) >= size + LEAST_REST:
                begins[word[:size]] += 1
                ends[word[-size:]] += 1
    parts = Counter(
        {p: begins[p] + ends[p] for p in begins if begins[p] >= LEAST_BEGINS and ends[p] + (p in known) >= LEAST_ENDS}
    )
    longer: Counter[str] = Counter()
    for part, count in parts.items():
        for shorter in (part[:-1], part[1:]):
            longer[shorter] = max(longer[shorter], count)
    return Counter({part: count for part, count in parts.items() if 2 * longer[part] < count})


if __name__ == "__main__":
    main()
