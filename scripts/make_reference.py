"""Make data/reference/*.csv: the project's own tables, one fact a row, each with its source.

Reads the folder of collected facts (KIT_SHARED, else ../shared) and the spellings kept by hand in
data/lookups/territory_spellings.csv. Names of territories in eight languages come from the Unicode
CLDR through Babel, which JupyterLab brings along. Run it again when a source changes:

    python scripts/make_reference.py [FOLDER]

The folder is data/reference unless another is given.
"""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from babel import Locale

from kit.territories import name_key

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("KIT_SHARED", ROOT.parent / "shared")) / "data" / "reference"
OUT = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "data" / "reference"

HS_TEXT_SOURCE = "datasets/harmonized-system @905e5a0 (UN Comtrade texts, PDDL)"
CONCORDANCE_SOURCE = "UNSD conversion and correlation tables HS 2022, read in insongkim/concordance @201c812"
JUDGED = "own judgement from the wording of the heading; UNSD tables leave it out"
COPIES = "BIS Common High Priority List of 2024-02-23 (copies that agree: fyaic/TradeSieve and two R scripts)"
ALERT = "; the nine codes of 2023-05-19: FIN-2023-Alert004"
CLDR = "Unicode CLDR 47 through Babel"

LANGUAGES = ("en", "ru", "uk", "tr", "zh", "es", "de", "fr", "kk")
OFFICIAL = {
    "UNTERM English Short": "en",
    "official_name_en": "en",
    "UNTERM Russian Short": "ru",
    "official_name_ru": "ru",
    "UNTERM Chinese Short": "zh",
    "official_name_cn": "zh",
    "official_name_es": "es",
    "official_name_fr": "fr",
}
SHORT_NAMES = {
    "BA": "Bosnia and Herzegovina",
    "TR": "Türkiye",
    "CG": "Congo",
    "CD": "Democratic Republic of the Congo",
    "MO": "Macau",
}
BY_HAND = {"AX": ("20.0", "60.2"), "EH": ("-13.0", "24.2"), "ES": ("-3.7", "40.3")}  # for Spain the source names the Canaries
AGGREGATES = {
    "WLD": ("WORLD", "sum"),
    "EUR": ("EU27", "sum"),
    "R4": ("ASEAN", "sum"),
    "_X": ("_X", "unspecified"),
    "X1": ("X1", "unspecified"),
    "X2": ("X2", "unspecified"),
    "XX": ("XX", "unspecified"),
    "E19": ("E19", "unspecified"),
    "F19": ("F19", "unspecified"),
}


def rows_of(name: str) -> list[dict[str, str]]:
    """Rows of a facts table as text."""
    with (SHARED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(name: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write one reference table and say how many rows it has."""
    table = [tuple(row) for row in rows]
    with (OUT / name).open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(columns)
        out.writerows(table)
    print(f"{name}: {len(table)} rows")


def priority_goods() -> None:
    """The 50 codes of the Common High Priority List and what the tiers mean."""
    goods = []
    for row in rows_of("chpl.csv"):
        dated = row["date_added"] != ""
        note = "" if dated else "day of listing not found; after 2023-05-19 and not after 2024-02-23"
        source = COPIES + (ALERT if dated else "")
        goods.append((row["hs6"], row["tier"], row["description"], "HS2022", row["date_added"], note, source))
    write("priority_goods.csv", ("hs_code", "tier", "text", "hs_version", "date_added", "note", "source"), goods)
    tiers = [
        (r["tier"], r["meaning"], r["codes"], "BIS, Common High Priority List of 2024-02-23, in own words")
        for r in rows_of("chpl_tiers.csv")
    ]
    write("priority_tiers.csv", ("tier", "meaning", "codes", "source"), tiers)


def relation(row: dict[str, str]) -> tuple[str, str]:
    """How the predecessor covers the code, and the oldest edition that a series reaches."""
    before = row["recommended_hs2017"]
    if before == "":
        return "none", "HS2022"
    if before == row["hs2022"]:
        return "same", "HS2012"
    if "one to one" in row["backcast"]:
        return "renamed", "HS2012"
    return "part_of", "HS2022"


def concordance() -> None:
    """Predecessors of the 50 codes and 35 neighbours."""
    out = []
    for row in rows_of("hs_concordance_chpl.csv"):
        kind, back_to = relation(row)
        notes = [text for text in (row["recommendation_note"], row["note"]) if text != ""]
        source = JUDGED if "judgement" in row["recommendation_note"] else CONCORDANCE_SOURCE
        note = "; ".join(notes).replace("judgement: ", "")
        out.append(
            (row["hs2022"], row["chpl_tier"], row["recommended_hs2017"], row["recommended_hs2012"], kind, back_to, note, source)
        )
    write("hs_concordance.csv", ("hs2022", "tier", "hs2017", "hs2012", "relation", "back_to", "note", "source"), out)


def whole(text: str) -> str:
    """The text, with "…" where the collected facts cut it at 160 letters."""
    return text.rstrip() + "…" if len(text) >= 160 else text


def hs_texts() -> None:
    """Texts of HS 2022: sections, chapters, headings, and the subheadings of four chapters."""
    out: list[tuple[str, ...]] = [
        ("section " + r["section"], "0", "", r["name"], HS_TEXT_SOURCE) for r in rows_of("hs2022_sections.csv")
    ]
    for row in rows_of("hs2022_chapters_headings.csv"):
        parent = row["parent"] if row["parent"] != "" else "section " + row["section"]
        out.append((row["code"], row["level"], parent, whole(row["description"]), HS_TEXT_SOURCE))
    out += [
        (r["code"], "6", r["parent"], whole(r["description"]), HS_TEXT_SOURCE)
        for r in rows_of("hs2022_subheadings_84_85_88_90.csv")
    ]
    write("hs_texts.csv", ("hs_code", "level", "parent", "text", "source"), out)


def notices(row: dict[str, str]) -> str:
    """Official notices that name the territory as a transshipment point."""
    found = []
    if row["in_fincen_bis_2022"] == "yes":
        found.append("FIN-2022-Alert003 (2022-06-28)")
    if row["in_triseal_2023"] == "yes":
        found.append("Commerce, Treasury and Justice note (2023-03-02)")
    return "; ".join(found)


def yes(value: str) -> str:
    """`yes` or `no`."""
    return "yes" if value == "yes" else "no"


def source_of(row: dict[str, str]) -> str:
    """Short sources of one territory row."""
    parts = ["datasets/country-codes @caa72d1 (PDDL)", "UN Comtrade partner table of 2025-06-05"]
    by_hand = row["iso2"] in BY_HAND
    place = "position: set by hand" if by_hand else "position: world-countries-centroids @0c6e44d (MIT)"
    parts += [place] if row["lon"] != "" or by_hand else []
    parts += ["coalition: FIN-2023-Alert004 footnote 6"] if row["coalition_member"] == "yes" else []
    parts += ["transshipment: as named"] if notices(row) != "" else []
    return "; ".join(parts)


def territories() -> None:
    """One row a territory, then the sums and unspecified areas of trade statistics."""
    columns = ["iso2", "iso3", "m49", "comtrade_code", "name", "kind", "lon", "lat", "eu_member", "coalition_member"]
    columns += ["transshipment_notice", "eaeu_member", "note", "source"]
    out: list[tuple[str, ...]] = []
    for row in rows_of("countries.csv"):
        lon, lat = BY_HAND.get(row["iso2"], (row["lon"], row["lat"]))
        code, kind, m49 = row["iso2"], "territory", row["m49"]
        if row["iso3"] == "_KS":
            note = "no ISO code; XK is user-assigned and used by Eurostat"
            source = "UN Comtrade partner table; Eurostat; position set by hand"
            out.append(("XK", "XKX", "", "412", "Kosovo", "territory", "20.9", "42.6", "no", "no", "", "no", note, source))
            continue
        if code == "":
            if row["iso3"] not in AGGREGATES:
                continue  # 490 stands with Taiwan
            code, kind = AGGREGATES[row["iso3"]]
        iso3 = "" if kind != "territory" else row["iso3"]
        name = SHORT_NAMES.get(code, row["name_en"]).strip()
        members = (yes(row["eu_member"]), yes(row["coalition_member"]), notices(row), yes(row["eaeu_member"]))
        codes = (code, iso3, m49, row["comtrade_code"].strip())
        out.append((*codes, name, kind, lon, lat, *members, row["note"], source_of(row)))
    write("territories.csv", columns, out)


Spelling = tuple[str, str, str, str, str]  # alias, iso2, language, why, source


def spellings_by_hand() -> list[Spelling]:
    """Spellings kept by hand, with the marks that stand for no territory."""
    with (ROOT / "data" / "lookups" / "territory_spellings.csv").open(encoding="utf-8", newline="") as file:
        return [(r["alias"], r["iso2"], r["language"], r["why"], r["source"]) for r in csv.DictReader(file)]


def collected_spellings() -> list[Spelling]:
    """Spellings of the collected tables and of the CLDR."""
    out: list[Spelling] = []
    for row in rows_of("countries.csv"):
        code = row["iso2"] if row["iso2"] != "" else AGGREGATES.get(row["iso3"], ("TW" if row["iso3"] == "S19" else "XK", ""))[0]
        for alias in [*row["aliases"].split("|"), row["name_en"], row["comtrade_name"]]:
            out.append((alias.strip(), code, "", "spelling of lists, statistics or customs", "collected alias list, own work"))
    for row in rows_of("country_codes.csv"):
        code = row["ISO3166-1-Alpha-2"]
        for column, language in OFFICIAL.items():
            if code != "" and row[column] != "":
                name = row[column].replace(" (le)", "")
                out.append((name, code, language, "official name", "datasets/country-codes @caa72d1 (PDDL)"))
    codes = [*(row["iso2"] for row in rows_of("countries.csv") if row["iso2"] != ""), "XK"]
    for language in LANGUAGES:
        names = Locale(language).territories
        out += [(names[code], code, language, "usual name", CLDR) for code in codes]
    return out


def aliases() -> None:
    """Spellings of territories; one kept by hand settles what could mean two, another is refused here."""
    by_hand = {name_key(spelling[0]): spelling for spelling in reversed(spellings_by_hand())}
    found: dict[str, Spelling] = dict(by_hand)
    faults = []
    for spelling in collected_spellings():
        key = name_key(spelling[0])
        known = found.get(key)
        if known is not None and known[1] != spelling[1] and key not in by_hand:
            faults.append(f"{spelling[0]!r} is {known[1]} and {spelling[1]} ({spelling[4]})")
        if known is None and key != "":
            found[key] = spelling
    if len(faults) > 0:
        sys.exit("Spellings that mean two territories:\n" + "\n".join(faults))
    ordered = sorted(found.values(), key=lambda r: (r[1], r[2], r[0]))
    write("territory_aliases.csv", ("alias", "iso2", "language", "why", "source"), ordered)


def red_flags() -> None:
    """Published red flags: what each says, what it needs, and whether trade records can compute it."""
    out = []
    for row in rows_of("red_flags.csv"):
        source = f"{row['document']}; {row['source']}"
        fields = (row["id"], row["document"], row["date"], row["statement"], row["data_needed"])
        out.append((*fields, row["computable_from_trade_records"], row["how_to_compute"], row["caveat"], row["evidence"], source))
    columns = (
        "flag_id",
        "document",
        "published",
        "statement",
        "data_needed",
        "is_computable",
        "how",
        "caveat",
        "evidence",
        "source",
    )
    write("red_flags.csv", columns, out)


LACKING = (  # the source has no row with TRY, and no code that was withdrawn since 2012; records still name them
    ("TRY", "949", "Turkish Lira", "ISO 4217 list one"),
    *(
        (code, number, name, f"ISO 4217 list three: withdrawn {withdrawn}")
        for code, number, name, withdrawn in (
            ("ANG", "532", "Netherlands Antillean Guilder", "2025"),
            ("BGN", "975", "Bulgarian Lev", "2026"),
            ("BYR", "974", "Belarusian Ruble", "2017-01"),
            ("CUC", "931", "Peso Convertible", "2021-06"),
            ("HRK", "191", "Kuna", "2023-01"),
            ("LTL", "440", "Lithuanian Litas", "2014-12"),
            ("LVL", "428", "Latvian Lats", "2014-01"),
            ("MRO", "478", "Ouguiya", "2017-12"),
            ("SLL", "694", "Leone", "2023-12"),
            ("STD", "678", "Dobra", "2017-12"),
            ("VEF", "937", "Bolívar", "2018-08"),
            ("ZWL", "932", "Zimbabwe Dollar", "2024-09"),
        )
    ),
)


def currencies() -> None:
    """Codes of currencies in use, with the names of ISO 4217, and those that older records name."""
    found: dict[str, tuple[str, str]] = {}
    for row in rows_of("country_codes.csv"):
        codes = row["ISO4217-currency_alphabetic_code"].split(",")
        numbers = row["ISO4217-currency_numeric_code"].split(",")
        names = row["ISO4217-currency_name"].split(",")
        if len(codes) == len(numbers) == len(names):
            found |= {
                c.strip(): (n.strip().zfill(3), t.strip()) for c, n, t in zip(codes, numbers, names, strict=True) if c != ""
            }
    rows = [(code, number, name, "ISO 4217 in datasets/country-codes @caa72d1 (PDDL)") for code, (number, name) in found.items()]
    rows += [row for row in LACKING if row[0] not in found]
    write("currencies.csv", ("currency", "number", "name", "source"), sorted(rows))


def main() -> None:
    """Make every reference table."""
    OUT.mkdir(parents=True, exist_ok=True)
    priority_goods()
    concordance()
    hs_texts()
    territories()
    aliases()
    red_flags()
    currencies()


if __name__ == "__main__":
    main()
