"""Masks: who counts as a person, and that no word of a masked name slips through."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from kit.model import PartyStatus, Schema
from kit.review import is_person, mask_name, mask_table, masks_of
from tests.factory import candidate, entity, small_case


@pytest.mark.parametrize("name", ["ИП Гурьев Олег Олегович", "Oleg Olegovich Guryev", "Гурьева Мария Олеговна"])
def test_sole_traders_and_patronymics_are_persons_without_any_list(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize("name", ["VEROLAN TRADE 1 LTD STI", "OOO ZARNITSA PRIBOR", "Zarnitsa Pribor"])
def test_firms_of_trade_records_are_no_persons(name: str) -> None:
    assert not is_person(name)


def test_a_kyrgyz_firm_with_its_form_in_latin_letters_is_no_person() -> None:
    assert not is_person("OcOO Verolan", Schema.LEGAL_ENTITY)


def test_untyped_list_name_is_a_person_until_judged() -> None:
    assert is_person("Verolan", Schema.LEGAL_ENTITY)
    assert not is_person("Verolan", Schema.LEGAL_ENTITY, PartyStatus.MATCH)


def test_judged_person_stays_masked() -> None:
    assert mask_name("Oleg Guryev", Schema.PERSON, PartyStatus.MATCH) == "O. G. (person, masked)"


def test_table_masks_by_its_own_column_of_kinds() -> None:
    rows = pd.DataFrame({"name": ["Oleg Guryev", "Verolan", None], "schema": ["Person", "Company", None]})
    masked = mask_table(rows, {"name": "schema"})
    assert masked["name"].tolist()[:2] == ["O. G. (person, masked)", "Verolan"]
    assert masked["name"].isna()[2]
    assert rows["name"][0] == "Oleg Guryev"


def test_one_person_keeps_one_number_and_two_persons_two(tmp_path: Path) -> None:
    masks = masks_of(small_case(tmp_path))
    first, second = (masks.listed_name(name, Schema.PERSON) for name in ("Oleg Guryev", "Olga Gavrina"))
    assert first != second
    assert masks.listed_name("Oleg  GURYEV", Schema.PERSON) == first


def test_record_name_with_a_person_as_candidate_is_masked(tmp_path: Path) -> None:
    case = small_case(tmp_path, candidates=[candidate("GURYEV OLEG", "letter:1")])
    person = case.read("entities").to_pylist()[0]
    assert person["schema"] == "Company"
    assert masks_of(case).record_name("GURYEV OLEG") == "GURYEV OLEG"
    changed = case.read("entities").set_column(1, "schema", [["Person"]])
    import pyarrow.parquet as pq

    pq.write_table(changed, case.parts("entities")[0])
    assert masks_of(case).record_name("GURYEV OLEG") == "G. O. (person 1, masked)"


def test_sentence_of_a_masked_pair_holds_no_word_of_either_name(tmp_path: Path) -> None:
    masks = masks_of(small_case(tmp_path))
    record, listed, sentence = masks.pair(
        "GURJEV OLEG", "Oleg Guryev", Schema.PERSON, is_match=False, sentence="Same word OLEG; GURJEV is close to Guryev."
    )
    for text in (record, listed, sentence):
        assert not any(word in text.lower() for word in ("gur", "oleg"))


def test_persons_show_if_the_user_says_so(tmp_path: Path) -> None:
    assert masks_of(small_case(tmp_path), show_persons=True).listed_name("Oleg Guryev", Schema.PERSON) == "Oleg Guryev"


def test_entity_of_the_factory_is_a_company() -> None:
    assert entity()["schema"] == "Company"
