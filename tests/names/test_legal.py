from __future__ import annotations

import pytest

from kit.names import compare_form, split_legal_form
from kit.reference import read_reference


@pytest.mark.parametrize(
    ("name", "common_class"),
    [
        ("OOO Radiosvet", "limited"),
        ("ООО Радиосвет", "limited"),
        ("ZAO Foo", "stock"),
        ("PAO Foo", "stock"),
        ("АО Фу", "stock"),
        ("TOO Foo", "limited"),
        ("ТОО Фу", "limited"),
        ("OsOO Foo", "limited"),
        ("ОсОО Фу", "limited"),
        ("OcOO Foo", "limited"),
        ("ОcОО Фу", "limited"),
        ("FGUP Foo", "state"),
        ("IP Ivanov", "sole_trader"),
        ("Foo MCHJ", "limited"),
        ("МЧЖ Фу", "limited"),
        ("Foo MMC", "limited"),
        ("Foo CJSC", "stock"),
        ("შპს Foo", "limited"),
        ("SHPS Foo", "limited"),
        ("UAB Foo", "limited"),
        ("Foo d.o.o.", "limited"),
        ("Foo Sdn Bhd", "limited"),
        ("Foo Pte Ltd", "limited"),
        ("Foo LTD STI", "limited"),
        ("Foo LIMITED SIRKETI", "limited"),
        ("Foo ŞTİ.", "limited"),
        ("Foo A.S.", "stock"),
        ("Foo FZE", "limited"),
        ("Foo FZCO", "limited"),
        ("Foo FZ-LLC", "limited"),
        ("Foo FZ-LLE", "limited"),
        ("Foo GmbH", "limited"),
        ("Foo CO LTD", "limited"),
        ("Foo CO., LIMITED", "limited"),
        ("深圳福有限公司", "limited"),
        ("ПБОЮЛ Иванов", "sole_trader"),
        ("Foo PVT", "limited"),
        ("Foo (P) LTD", "limited"),
        ("FL Ivanov", "sole_trader"),
        ("Общество с ограниченной ответственностью Фу", "limited"),
        ("Obschestvo s ogranichennoi otvetstvennostju Foo", "limited"),
    ],
)
def test_legal_form_goes_to_its_common_class(name: str, common_class: str) -> None:
    assert common_class in split_legal_form(name).classes


def test_spelled_out_and_short_turkish_forms_leave_the_same_core() -> None:
    assert split_legal_form("Kaya LTD STI").core == split_legal_form("Kaya LIMITED SIRKETI").core


def test_a_place_in_brackets_stays_in_the_core() -> None:
    assert split_legal_form("X (HK) LIMITED").core == ("X", "HK")


def test_letters_written_apart_are_one_form() -> None:
    assert split_legal_form("L L C FOO").core == ("FOO",)


def test_an_ambiguous_form_inside_a_name_stays_in_the_core() -> None:
    assert "IP" in split_legal_form("FOO IP SYSTEMS").core


def test_a_name_of_legal_words_alone_keeps_them() -> None:
    assert split_legal_form("LIMITED COMPANY").core == ("LIMITED", "COMPANY")


def test_compare_form_is_blind_to_script_order_and_form() -> None:
    assert compare_form("ООО «Кварцит Маш»") == compare_form("MASH KVARTSIT LLC")


def test_every_legal_form_has_a_source_and_a_reason() -> None:
    assert all(row["source"] != "" and row["why"] != "" for row in read_reference("reference", "legal_forms.csv"))
