from __future__ import annotations

from pathlib import Path

import pytest

from kit.errors import FileError
from kit.files import read_sheet
from kit.files.encodings import encoding_of_letters
from tests.files.making import text_file

RUSSIAN = "Наименование;Страна\nООО «Ромашка»;Казахстан\nАО Лютик;Россия\nЗАВОД ЭЛЕКТРОНИКИ;Беларусь\n"
WESTERN = "Nom;Ville\nSociété générale d'électronique;Genève\nMüller & Söhne GmbH;Köln\nEspaña S.A.;Málaga\n"
TURKISH = "Ünvan;Şehir\nÇağdaş Dış Ticaret Ltd. Şti.;İstanbul\nIşık Elektronik A.Ş.;Eskişehir\n"


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1251", "cp1251"),
        ("koi8_r", "koi8_r"),
        ("cp866", "cp866"),
    ],
)
def test_russian_text_is_decoded_by_evidence(tmp_path: Path, encoding: str, shown: str) -> None:
    text = RUSSIAN if encoding not in ("koi8_r", "cp866") else RUSSIAN.replace("«", "").replace("»", "")
    sheet = read_sheet(text_file(tmp_path, text, encoding=encoding))
    assert sheet.columns == ("Наименование", "Страна")
    assert sheet.rows["Страна"].to_pylist() == ["Казахстан", "Россия", "Беларусь"]
    assert sheet.encoding == shown


def test_utf16_with_the_mark_of_the_other_order_is_read(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(b"\xfe\xff" + RUSSIAN.encode("utf-16-be"))
    assert read_sheet(path).columns == ("Наименование", "Страна")


def test_decoding_is_noted(tmp_path: Path) -> None:
    assert "decoded as cp1251" in read_sheet(text_file(tmp_path, RUSSIAN, encoding="cp1251")).notes


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_western_text_is_not_taken_for_russian(tmp_path: Path, encoding: str) -> None:
    sheet = read_sheet(text_file(tmp_path, WESTERN, encoding=encoding))
    assert sheet.rows["Nom"].to_pylist()[1] == "Müller & Söhne GmbH"


def test_bytes_that_cp1252_lacks_are_read_as_latin_1() -> None:
    assert encoding_of_letters("café".encode("latin-1") + b"\x81") == "latin-1"


def test_turkish_letters_are_read_as_cp1254(tmp_path: Path) -> None:
    sheet = read_sheet(text_file(tmp_path, TURKISH, encoding="cp1254"))
    assert sheet.encoding == "cp1254"
    assert sheet.rows["Ünvan"].to_pylist()[1] == "Işık Elektronik A.Ş."


def test_ukrainian_letters_are_read_as_cp1251(tmp_path: Path) -> None:
    text = "Назва;Країна\nПідприємство Єдність;Україна\nЗавод ім. Івана Їжакевича;Україна\n"
    assert read_sheet(text_file(tmp_path, text, encoding="cp1251")).encoding == "cp1251"


def test_cyrillic_in_a_few_rows_of_many_is_enough(tmp_path: Path) -> None:
    text = "name;city\n" + "PLAIN LLC;MOSCOW\n" * 5000 + "Ромашка;Москва\n"
    sheet = read_sheet(text_file(tmp_path, text, encoding="cp1251"))
    assert sheet.rows["name"][-1].as_py() == "Ромашка"


def test_a_few_damaged_characters_do_not_change_the_encoding(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(("имя;город\n" + "Ромашка;Москва\n" * 20).encode() + "Люти".encode() + b"\xd0;x\n")
    sheet = read_sheet(path)
    assert sheet.encoding == "utf-8"
    assert sheet.rows["имя"][-1].as_py() == "Люти\ufffd"
    assert any("damaged characters (1)" in note for note in sheet.notes)


def test_damage_that_the_file_itself_shows_is_not_counted_again(tmp_path: Path) -> None:
    assert read_sheet(text_file(tmp_path, "имя;город\nРом\ufffdшка;Москва\n")).notes == ()


def test_encoding_can_be_given(tmp_path: Path) -> None:
    sheet = read_sheet(text_file(tmp_path, RUSSIAN, encoding="cp1251"), encoding="latin-1")
    assert sheet.columns[0].startswith("Íàèì")


def test_unknown_encoding_is_refused_plainly(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="unknown encoding"):
        read_sheet(text_file(tmp_path, RUSSIAN), encoding="cp12511")


def test_mark_at_the_start_is_not_part_of_the_first_header(tmp_path: Path) -> None:
    assert read_sheet(text_file(tmp_path, "id,name\n1,A\n", encoding="utf-8-sig")).columns[0] == "id"


def test_chinese_letters_are_read_as_gb18030(tmp_path: Path) -> None:
    text = "名称;地址\n深圳市示例电子有限公司;广东省深圳市福田区\n香港示例贸易公司;香港九龙\n"
    sheet = read_sheet(text_file(tmp_path, text, encoding="gbk"))
    assert (sheet.encoding, sheet.rows["名称"][1].as_py()) == ("gb18030", "香港示例贸易公司")


def test_russian_capitals_are_not_taken_for_chinese(tmp_path: Path) -> None:
    text = "НАЗВАНИЕ;СТРАНА\nЗАВОД ЭЛЕКТРОННЫХ ПРИБОРОВ;РОССИЯ\nТОРГОВЫЙ ДОМ;КАЗАХСТАН\n"
    assert read_sheet(text_file(tmp_path, text, encoding="cp1251")).encoding == "cp1251"


def test_western_capitals_are_not_taken_for_chinese(tmp_path: Path) -> None:
    text = "name;city\nSOCIÉTÉ GÉNÉRALE;GENÈVE\nKÖLN GMBH;KÖLN\n"
    assert read_sheet(text_file(tmp_path, text, encoding="cp1252")).encoding == "cp1252"


def test_damage_in_a_file_with_a_mark_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("\ufeffname;city\nООО Веролан;X\n".encode() + "ООО Зарница;Y\n".encode("cp1251"))
    assert any("damaged characters" in note for note in read_sheet(path).notes)
