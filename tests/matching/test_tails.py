from __future__ import annotations

import pytest

from kit.matching.asked import Asked, prepare
from kit.matching.encoding import encode
from tests.matching.factory import index_of


def asked(name: str) -> Asked:
    return prepare(index_of("Teknoparvaz FZE"), [encode(name)])


def quiet(name: str) -> list[str]:
    """Words of a name that count little where the listed name lacks them."""
    made = asked(name)
    return [word for word, loud in zip(made.coded[0].words, made.loud.tolist(), strict=False) if loud < 1]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ANSHIP LLC UNIT 9/F, PUSHKINA ROAD, HONG KONG", ["UNIT", "9", "F", "PUSHKINA", "ROAD", "HONG", "KONG"]),
        ("OOO INFRATEST - 18 SOVETSKAYA STR, MINSK", ["18", "SOVETSKAYA", "STR", "MINSK"]),
        ("CENTER OF SEVASTOPOL HEROES", ["OF", "SEVASTOPOL"]),
        ("PLANT NO 38 TEKNOPARVAZ", ["NO", "38"]),
    ],
)
def test_words_of_the_address_behind_a_name_are_quiet(name: str, words: list[str]) -> None:
    assert quiet(name) == words


def test_a_name_that_is_all_address_keeps_no_tail() -> None:
    assert "PUSHKINA" not in quiet("UNIT 9 PUSHKINA ROAD")


def test_no_words_have_no_tail() -> None:
    assert asked("!!!").loud.tolist() == []
