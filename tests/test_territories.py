"""Territories in many spellings and codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit import territories
from kit.errors import ValueFormError
from kit.territories import TerritoryKind, missing_reason, read_area, read_territory, reading_note


@pytest.mark.parametrize(
    ("text", "iso2"),
    [
        ("CN", "CN"),
        ("cn", "CN"),
        ("CHN", "CN"),
        ("КИТАЙ", "CN"),
        ("Китай", "CN"),
        ("中国", "CN"),
        ("Çin", "CN"),
        ("CHINA MAINLAND", "CN"),
        ("China, mainland", "CN"),
        ("P.R. China", "CN"),
        ("Hong Kong SAR", "HK"),
        ("香港", "HK"),
        ("ГОНКОНГ", "HK"),
        ("UAE", "AE"),
        ("U.A.E.", "AE"),
        ("ОАЭ", "AE"),
        ("Об'єднані Арабські Емірати", "AE"),
        ("Birleşik Arap Emirlikleri", "AE"),
        ("TÜRKİYE", "TR"),
        ("Turkiye", "TR"),
        ("Туреччина", "TR"),
        ("ABD", "US"),
        ("США", "US"),
        ("Росія", "RU"),
        ("RUSSIAN FEDERATION", "RU"),
        ("КЫРГЫЗСТАН", "KG"),
        ("Киргизия", "KG"),
        ("Czech Rep.", "CZ"),
        ("EL", "GR"),
        ("Kosovo", "XK"),
        ("CN - CHINA", "CN"),
        ("KZ КАЗАХСТАН", "KZ"),
        ("China (CN)", "CN"),
        ("TAIWAN (CHINA)", "TW"),
    ],
)
def test_spellings_are_read(text: str, iso2: str) -> None:
    assert read_territory(text).iso2 == iso2


def test_cyrillic_letters_inside_latin_names_do_not_hinder() -> None:
    assert read_territory("\u041aAZA\u041aHSTAN").iso2 == "KZ"
    assert read_territory("KИTAЙ").iso2 == "CN"


def test_na_is_namibia() -> None:
    assert read_territory("NA").name == "Namibia"


def test_a_code_that_contradicts_its_name_is_refused() -> None:
    with pytest.raises(ValueFormError):
        read_territory("CN - INDIA")


@pytest.mark.parametrize(
    ("code", "iso2"), [("490", "TW"), ("842", "US"), ("251", "FR"), ("699", "IN"), ("579", "NO"), ("757", "CH"), ("12", "DZ")]
)
def test_comtrade_numbers_differ_from_iso(code: str, iso2: str) -> None:
    assert read_territory(code, codes="comtrade").iso2 == iso2


def test_m49_numbers_may_have_lost_zeros() -> None:
    assert read_territory("51", codes="m49").iso2 == "AM"


def test_a_bare_number_needs_its_numbering() -> None:
    with pytest.raises(ValueFormError):
        read_territory("215")


@pytest.mark.parametrize("text", ["00", "99", "UNKNOWN", "НЕИЗВЕСТНА", "EU", "РАЗНЫЕ"])
def test_no_territory_has_a_reason(text: str) -> None:
    assert missing_reason(text) is not None
    with pytest.raises(ValueFormError):
        read_territory(text)


def test_an_unknown_word_has_no_reason() -> None:
    assert missing_reason("ATLANTIS") is None


def test_sums_are_kept_as_sums_and_are_no_territory() -> None:
    world = read_area("0", codes="comtrade")
    assert (world.iso2, world.kind) == ("WORLD", TerritoryKind.SUM)
    assert read_area("EU27_2020").iso2 == "EU27"
    with pytest.raises(ValueFormError, match="World"):
        read_territory("World")


def test_georgia_is_read_with_a_warning() -> None:
    assert read_territory("GEORGIA").iso2 == "GE"
    assert "US state" in str(reading_note("GEORGIA"))


def test_coalition_and_notice_are_two_things() -> None:
    taiwan = territories.territory("TW")
    assert taiwan.is_coalition_member
    assert "FIN-2022-Alert003" in taiwan.transshipment_notice


def test_memberships_have_their_published_counts() -> None:
    known = territories.territories()
    assert sum(t.is_coalition_member for t in known) == 39
    assert sum(t.is_eu_member for t in known) == 27
    assert sum("Alert003" in t.transshipment_notice for t in known) == 18
    assert {t.iso2 for t in known if t.is_eaeu_member} == {"AM", "BY", "KG", "KZ", "RU"}


def test_every_territory_has_a_position_and_a_source() -> None:
    plain = [t for t in territories.territories() if t.kind is TerritoryKind.TERRITORY]
    assert len(plain) == 250
    assert all(t.lon is not None and t.lat is not None and t.source != "" for t in plain)


def test_an_unknown_code_is_named_in_the_error() -> None:
    with pytest.raises(ValueFormError, match="'QQ'"):
        territories.territory("QQ")


@given(st.text(max_size=25), st.sampled_from([None, "iso2", "iso3", "m49", "comtrade", "name"]))
def test_any_text_is_a_territory_or_a_plain_refusal(text: str, numbering: str | None) -> None:
    try:
        found = read_area(text, codes=numbering)
    except ValueFormError:
        return
    assert found in territories.territories()


@pytest.mark.parametrize(("text", "iso2"), [("САР Гонконг", "HK"), ("Netherlands (Kingdom of the)", "NL"), ("საქართველო", "GE")])
def test_newer_and_own_names_are_known(text: str, iso2: str) -> None:
    assert read_territory(text).iso2 == iso2
