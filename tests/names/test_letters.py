from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.names import name_words, one_script, romanize, script_of, skeleton, to_latin


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Radiosvet", "Latin"),
        ("Радиосвет", "Cyrillic"),
        ("深圳", "Han"),
        ("شركة", "Arabic"),
        ("შპს", "Georgian"),
        ("123 !", "None"),
    ],
)
def test_script_is_that_of_most_letters(text: str, script: str) -> None:
    assert script_of(text) == script


def test_cyrillic_letters_of_latin_shape_become_latin_in_a_latin_word() -> None:
    assert one_script("LLC КORVON 2011") == "LLC KORVON 2011"


def test_latin_letters_of_cyrillic_shape_become_cyrillic_in_a_cyrillic_word() -> None:
    assert one_script("ЗAВОД") == "ЗАВОД"


def test_a_word_of_one_script_is_left_alone() -> None:
    assert one_script("ООО Завод Ltd") == "ООО Завод Ltd"


def test_turkish_letters_fold_to_ascii() -> None:
    assert to_latin("Yıldız ŞTİ. Ğüç") == "Yildiz STI. Guc"


def test_romanize_leaves_latin_names_as_they_are() -> None:
    assert romanize("Präzision GmbH") == "Präzision GmbH"


def test_romanize_spells_han_by_syllables() -> None:
    assert romanize("皓月通") == "Hao Yue Tong"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("KHIMIYA", "HIMIJA"), ("YURIY", "IURII"), ("TSENTR", "CENTR"), ("GIDRO", "HYDRO"), ("ALEXANDER", "ALEKSANDER"),
        ("PETROV", "PETROFF"), ("VILHELM", "WILHELM"), ("ZHUKOV", "ŽUKOV"), ("SHEVCHENKO", "SCHEVCHENKO"),
    ],
)  # fmt: skip
def test_spellings_of_one_word_share_a_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(name_words(other)[0])


def test_numbers_keep_their_digits_in_the_skeleton() -> None:
    assert skeleton("1058") == "1058"


def test_dotted_abbreviations_are_one_word() -> None:
    assert name_words("L.L.C. S.A. Foo") == ["LLC", "SA", "FOO"]


def test_digits_that_scanning_put_for_letters_are_read_as_letters() -> None:
    assert name_words("C0MPANY 5KIMED") == ["COMPANY", "SKIMED"]


def test_letters_and_number_are_parted() -> None:
    assert name_words("SMT2") == ["SMT", "2"]


def test_a_name_of_ten_thousand_letters_is_read_in_part() -> None:
    assert len(name_words("AB " * 10_000)) <= 40


@given(st.text(max_size=300))
def test_words_of_any_text_are_ascii_capitals_and_digits(text: str) -> None:
    assert all(word.isascii() and word.isalnum() and word == word.upper() for word in name_words(text))


@given(st.text(max_size=200))
def test_any_text_has_a_script(text: str) -> None:
    assert script_of(text) != ""
