from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.matching import explain


@pytest.mark.parametrize(
    ("record", "listed", "relation"),
    [
        ("TEKNOPARVAZ", "Teknoparvaz", "same"),
        ("RADIOSVET", "Радиосвет", "romanized"),
        ("TEKNOPARVEZ", "TEKNOPARVAZ", "spelling"),
        ("A TSVETKOVSKY", "ARKADY TSVETKOVSKY", "initial"),
        ("VITELCOM", "VITEL COM", "glued"),
        ("VITEL COM", "VITELCOM", "glued"),
        ("MAGNETOACOUSTI", "MAGNETOACOUSTICS", "spelling"),
        ("INSTR", "INSTRUMENTERING", "cut"),
    ],
)
def test_relation_of_aligned_words(record: str, listed: str, relation: str) -> None:
    assert relation in [token["relation"] for token in explain(record, listed).evidence["tokens"]]


def test_sentence_names_the_distinctive_word_the_form_and_the_place() -> None:
    said = explain("RADIOSVET LLC, MOSCOW", "ОАО Радиосвет").sentence
    assert said == (
        "Same distinctive word RADIOSVET (listed as Радиосвет); legal form differs; "
        "'MOSCOW' is only in the trade record; no identifier to compare."
    )


def test_a_common_word_alone_is_said_to_be_that() -> None:
    assert explain("ATLAS", "ATLAS").sentence == "Same name 'ATLAS', nothing else known; no identifier to compare."


def test_common_words_are_not_called_distinctive() -> None:
    assert "distinctive" not in explain("GLOBAL TRADING LLC", "GLOBAL TRADING").sentence


def test_places_numbers_and_forms_are_set_apart() -> None:
    apart = explain("OOO ZAVOD 12 MOSCOW", "ZAVOD 13 LLC").evidence["set_apart"]
    assert apart == {"legal_form": ["OOO", "LLC"], "place": ["MOSCOW", ""], "number": ["12", "13"]}


def test_words_of_one_side_are_listed() -> None:
    evidence = explain("TEKNOPARVAZ SAMOVAR", "TEKNOPARVAZ KETTLES").evidence
    assert (evidence["record_only"], evidence["listed_only"]) == (["SAMOVAR"], ["KETTLES"])


def test_what_would_settle_it_is_said() -> None:
    assert "identifier" in explain("A", "B").evidence["settle"]


def test_notes_are_part_of_the_sentence() -> None:
    assert "seen twice" in explain("A", "A", notes=("seen twice",)).sentence


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_two_texts_get_a_sentence(record: str, listed: str) -> None:
    assert explain(record, listed).sentence.endswith(".")


def test_name_that_agrees_in_every_common_word_is_said_to_agree_as_a_whole() -> None:
    sentence = explain("GLOBAL LOGISTICS", "Global Logistics LLC").sentence
    assert sentence.startswith("The whole name agrees word by word: GLOBAL LOGISTICS, each of them common alone;")
