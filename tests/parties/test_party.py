from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kit.parties import NumberCheck, Party, PartyKind, Standing, check_number, describe_parties, describe_party, find_lookalikes
from tests.shared_files import shared

WORDS = st.sampled_from(
    [
        *(
            "OOO",
            "ROMASHKA",
            "LLC",
            "КВАРЦИТ",
            "ON BEHALF OF",
            "FOR",
            "TO THE ORDER OF",
            "TO ORDER",
            "ПО ПОРУЧЕНИЮ",
            "C/O",
            "THROUGH",
        ),
        *(
            "ADINA",
            "A LA ORDEN DE",
            "VIA",
            "PLOT NO",
            "12",
            "7707083893",
            "772201001",
            "INN 7707083893",
            "TIN 010080000",
            "POLAND",
        ),
        *(
            "TEL: 971 42500000",
            "\n",
            "&#10;",
            "/N",
            "P O BOX 31",
            "12530 B",
            "КORVON",
            "DEMO BANK",
            "LOGISTICS",
            "12345678901234",
        ),
        *("VAT BG206602396", "深圳", "()", "№", "İ", "ß", "LTDSURVEY NO 5", "AND", ",", "-"),
    ]
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=9).map(" ".join))


def signs(text: str) -> Counter[str]:
    return Counter(sign for sign in text.replace("&#10;", "").replace("&#13;", "") if sign.isalnum())


def pieces(party: Party) -> str:
    agent = party.agent or ""
    whole = [party.name_part, party.address_part, "" if party.principal is None else agent, party.phrase or ""]
    return " ".join([*whole, *(number.text for number in party.numbers)])


@given(TEXTS)
@settings(max_examples=600, deadline=None)
@example("ROMASHKA/NVIA 3/NROMA")
@example("TO THE ORDER POLAND")
@example("7722476458 772201001")
def test_nothing_of_a_name_is_lost(text: str) -> None:
    missing = signs(text) - signs(pieces(describe_party(text)))
    assert missing == Counter(), f"{missing} of {text!r}"


@given(st.text(max_size=3000), st.sampled_from([None, "RU", "KZ", "UA", "XX"]))
@settings(max_examples=200, deadline=None)
def test_any_text_is_described(text: str, territory: str | None) -> None:
    assert describe_party(text, territory=territory).record_name == text


@given(st.lists(TEXTS, max_size=12, unique=True))
@settings(max_examples=60, deadline=None)
def test_table_has_one_row_a_name_and_keeps_its_spelling(names: list[str]) -> None:
    assert describe_parties(names).column("record_name").to_pylist() == names


@pytest.mark.parametrize(
    ("text", "principal", "agent"),
    [
        ("ADAMOV ADAM FOR LLC ROMASHKA TIN 010080000", "LLC ROMASHKA", "ADAMOV ADAM"),
        ("ADAMOV ADAM FOR ROMASHKA LLC INN 010080000", "ROMASHKA LLC", "ADAMOV ADAM"),
        ("ТОО ЛОГИСТ ПО ПОРУЧЕНИЮ ООО КВАРЦИТ", "ООО КВАРЦИТ", "ТОО ЛОГИСТ"),
        ("ТОВ ЛОГІСТ ЗА ДОРУЧЕННЯМ ТОВ КВАРЦИТ", "ТОВ КВАРЦИТ", "ТОВ ЛОГІСТ"),
        ("TRANSITARIO DEMO POR CUENTA DE KVARTSIT SA", "KVARTSIT SA", "TRANSITARIO DEMO"),
        ("KVARTSIT LTD STI ADINA DEMO GUMRUK", "KVARTSIT LTD STI", "DEMO GUMRUK"),
        ("ON BEHALF OF KVARTSIT LIMITED THROUGH DEMO CARRIER", "KVARTSIT LIMITED", "DEMO CARRIER"),
        ("KVARTSIT LLC C/O DEMO TERMINAL", "KVARTSIT LLC", "DEMO TERMINAL"),
        ("DEMO FREIGHT C/O KVARTSIT LLC", "KVARTSIT LLC", "DEMO FREIGHT"),
        ("TO THE ORDER OF KVARTSIT LLC", "KVARTSIT LLC", None),
        ("KVARTSIT LLC TO THE ORDER OF DEMO BANK", "KVARTSIT LLC", "DEMO BANK"),
        ("TO THE ORDER OF DEMO BANK", "DEMO BANK", None),
        ("A LA ORDEN DE KVARTSIT SA", "KVARTSIT SA", None),
        ("TO THE ORDER KVARTSIT LLC", "KVARTSIT LLC", None),
        ("DEMO TRADER ON BEHALF OF AND FOR KVARTSIT LLC", "KVARTSIT LLC", "DEMO TRADER"),
        ("DEMO TRADER, BY ORDER AND FOR ACCOUNT OF KVARTSIT LLC", "KVARTSIT LLC", "DEMO TRADER"),
        ("DEMO TRADER ON BEHALF OF", None, "DEMO TRADER"),
        ("KVARTSIT LLC", None, None),
        ("ADINA SRL", None, None),
    ],
)
def test_principal_and_agent_are_told_apart(text: str, principal: str | None, agent: str | None) -> None:
    party = describe_party(text)
    assert (party.principal, party.agent) == (principal, agent)


def test_to_the_order_of_a_place_names_nobody() -> None:
    party = describe_party("TO THE ORDER POLAND")
    assert (party.principal, party.address_part, party.kind) == (None, "POLAND", PartyKind.TO_ORDER)


@pytest.mark.parametrize(
    ("text", "name", "address"),
    [
        ("KVARTSIT S L 12110 PARTIDA TORRE", "KVARTSIT S L", "12110 PARTIDA TORRE"),
        ("KVARTSIT SRLVIA EMILIA 12", "KVARTSIT SRL", "VIA EMILIA 12"),
        ("KVARTSIT PVT LTDSURVEY NO 5 MORBI", "KVARTSIT PVT LTD", "SURVEY NO 5 MORBI"),
        ("SRL KVARTSIT MOLDOVA MUN CHISINAU", "SRL KVARTSIT", "MOLDOVA MUN CHISINAU"),
        ("KVARTSIT TRADE CO LIMITED CHINA", "KVARTSIT TRADE CO LIMITED", "CHINA"),
        ("KVARTSIT LTD&#10;14 DEMO ROAD&#10;COLOMBO", "KVARTSIT LTD", "14 DEMO ROAD\nCOLOMBO"),
        ("KVARTSIT VIETNAM CORPORATION", "KVARTSIT VIETNAM CORPORATION", ""),
        ("LLC STROY CITY INDUSTRY", "LLC STROY CITY INDUSTRY", ""),
        ("KVARTSIT 2011 LLC", "KVARTSIT 2011 LLC", ""),
    ],
)
def test_glued_address_is_cut_off(text: str, name: str, address: str) -> None:
    party = describe_party(text)
    assert (party.name_part, party.address_part) == (name, address)


@pytest.mark.parametrize(
    ("value", "territory", "kind", "check"),
    [
        ("7707083893", "RU", "inn", NumberCheck.VALID),
        ("7707083894", "RU", "inn", NumberCheck.WRONG),
        ("1027700132195", "RU", "ogrn", NumberCheck.VALID),
        ("32855961", "UA", "edrpou", NumberCheck.VALID),
        ("32855968", "UA", "edrpou", NumberCheck.WRONG),
        ("4540536920", "TR", "vkn", NumberCheck.VALID),
        ("4540536921", "TR", "vkn", NumberCheck.WRONG),
        ("123456789012", "KZ", "bin or iin", NumberCheck.NONE),
        ("27AAPFU0939F1ZV", "IN", "gstin", NumberCheck.VALID),
        ("91110000600037341L", "CN", "uscc", NumberCheck.VALID),
        ("0300060751", "IN", "iec", NumberCheck.NONE),  # it would pass as a Turkish number by chance
        ("7707083893", "KZ", "unknown", NumberCheck.NONE),
        ("7707083893", "AE", "unknown", NumberCheck.NONE),  # the kit knows no number of the Emirates
        ("0000000000", "RU", "unknown", NumberCheck.NONE),  # its check digits are right, and it is nobody's
        ("00000000", "UA", "unknown", NumberCheck.NONE),
        ("ABC010101AB1", "MX", "rfc", NumberCheck.NONE),  # its form is tested, its check digit is not
        ("BG206602396", "KZ", "vat", NumberCheck.VALID),
        ("123456789", None, "unknown", NumberCheck.NONE),
    ],
)
def test_number_is_told_by_its_form_and_checked(value: str, territory: str | None, kind: str, check: NumberCheck) -> None:
    number = check_number(value, territory=territory)
    assert (number.kind, number.check) == (kind, check)


def test_kinds_that_fit_equally_are_all_said() -> None:
    (number,) = describe_party("LLC ROMASHKA INN 010080000").numbers
    assert (number.kind, number.check) == ("stir or inn_tj", NumberCheck.NONE)


def test_territory_tells_kinds_apart() -> None:
    (number,) = describe_party("LLC ROMASHKA INN 010080000", territory="UZ").numbers
    assert number.kind == "stir"


def test_inn_of_a_kazakh_firm_is_its_bin() -> None:
    (number,) = describe_party("TOO ROMASHKA ИНН991341702782", territory="KZ").numbers
    assert (number.kind, number.check) == ("bin or iin", NumberCheck.NONE)


def test_a_labelled_filler_is_never_valid() -> None:
    (number,) = describe_party("LLC ROMASHKA INN 0000000000", territory="RU").numbers
    assert number.check is NumberCheck.FORM


def test_a_label_whose_number_has_another_form_is_said() -> None:
    (number,) = describe_party("ROMASHKA OGRN 12345").numbers
    assert (number.kind, number.check) == ("ogrn", NumberCheck.FORM)


@pytest.mark.parametrize(
    "text", ["ROMASHKA TEL: 971 42500000", "ROMASHKA P O BOX 30500159", "ROMASHKA LTD 3RD FLOOR 12345678 CITY"]
)
def test_telephones_boxes_and_post_codes_are_no_numbers_of_a_party(text: str) -> None:
    assert describe_party(text).numbers == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("SMART LOGISTICS LLC", PartyKind.FORWARDER),
        ("ООО ДЕМО ЛОГИСТИКА", PartyKind.FORWARDER),
        ("DEMO BANK JSC", PartyKind.BANK),
        ("DEMOINVESTBANK", PartyKind.BANK),
        ("DEMO GUMRUK MUSAVIRLIGI LTD", PartyKind.BROKER),
        ("TO ORDER", PartyKind.TO_ORDER),
        ("TO THE ORDER OF DEMO BANK", PartyKind.BANK),
        ("KVARTSIT LLC TO THE ORDER OF DEMO BANK", PartyKind.BANK),
        ("KVARTSIT MERMER NAKLIYE SAN TIC LTD STI", PartyKind.UNKNOWN),
        ("MINISTRY OF TRANSPORT", PartyKind.UNKNOWN),
        ("ROMASHKA LLC", PartyKind.UNKNOWN),
    ],
)
def test_kind_is_guessed_from_words(text: str, kind: PartyKind) -> None:
    party = describe_party(text)
    assert party.kind is kind
    assert (party.kind_reason != "") == (kind is not PartyKind.UNKNOWN)


def test_who_acts_for_three_principals_is_a_forwarder_and_the_count_is_said() -> None:
    names = [f"BETA SPA AS AGENT FOR {word} LLC" for word in ("KVARTSIT", "ROMASHKA", "ZVEZDA")]
    rows = describe_parties(names).to_pylist()
    assert {row["kind"] for row in rows} == {"forwarder or carrier"}
    assert rows[0]["kind_reason"] == "acts for 3 different principals in these records"


def test_look_alike_letters_are_named_and_folded_for_comparison_only() -> None:
    party = describe_party("LLC КORVON 2011")
    assert party.lookalikes is not None
    assert party.lookalikes.folded == "LLC KORVON 2011"
    assert "U+041A" in party.lookalikes.found[0]
    assert party.name_part == "LLC КORVON 2011"


def test_a_name_in_one_alphabet_a_word_has_no_look_alikes() -> None:
    assert find_lookalikes("ООО ROMASHKA") is None


def test_numbers_of_the_columns_are_checked_like_those_in_the_name() -> None:
    row = describe_parties(["OOO A"], {"OOO A": Standing("consignee", "RU", 2, ("7707083893/770701001",))}).to_pylist()[0]
    assert (row["number_values"], row["number_places"]) == (["7707083893", "770701001"], ["column", "column"])
    assert row["number_checks"][0] == "valid"


@pytest.mark.shared
def test_look_alike_names_of_the_sample_are_all_found() -> None:
    import pandas as pd

    path = shared("data", "trade", "eximpedia_samples", "eximpedia_monthly_pairs.csv.gz")
    table = pd.read_csv(path, dtype=str, keep_default_na=False, usecols=["exporter_name", "importer_name"])
    names = pd.concat([table["exporter_name"], table["importer_name"]])
    found = [name for name in names.unique() if find_lookalikes(name) is not None]
    assert (len(found), int(names.isin(found).sum())) == (50, 245)
