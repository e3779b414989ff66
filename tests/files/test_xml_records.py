"""Large XML, one record at a time, and what is refused."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit.errors import FileError
from kit.files.xml_records import xml_records, xml_root

LAUGHS = """<?xml version="1.0"?>
<!DOCTYPE lolz [
 <!ENTITY lol "lol">
 <!ENTITY lol1 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
 <!ENTITY lol2 "&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;">
]>
<LIST><PARTY><NAME>&lol2;</NAME></PARTY></LIST>"""
EXTERNAL = """<?xml version="1.0"?>
<!DOCTYPE LIST [<!ENTITY secret SYSTEM "file:///etc/hostname">]>
<LIST><PARTY><NAME>&secret;</NAME></PARTY></LIST>"""
OUTSIDE = '<!DOCTYPE LIST SYSTEM "http://example.org/list.dtd"><LIST><PARTY/></LIST>'


def written(folder: Path, text: str) -> Path:
    path = folder / "list.xml"
    path.write_text(text, encoding="utf-8")
    return path


def test_each_record_comes_with_its_line_and_all_inside(tmp_path: Path) -> None:
    path = written(tmp_path, "<LIST>\n<PARTY><NAME>Verolan</NAME></PARTY>\n<OTHER/>\n<PARTY/></LIST>")
    found = list(xml_records(path, ["PARTY"]))
    assert [(record.line, record.element.findtext("NAME")) for record in found] == [(2, "Verolan"), (4, None)]


def test_record_inside_a_record_is_part_of_it(tmp_path: Path) -> None:
    path = written(tmp_path, "<LIST><PARTY><PARTY/></PARTY></LIST>")
    assert len(list(xml_records(path, ["PARTY"]))) == 1


def test_prefix_of_a_namespace_is_left_out(tmp_path: Path) -> None:
    path = written(tmp_path, '<n:LIST xmlns:n="urn:x"><n:PARTY><n:NAME>Verolan</n:NAME></n:PARTY></n:LIST>')
    assert [record.element.findtext("NAME") for record in xml_records(path, ["PARTY"])] == ["Verolan"]
    assert xml_root(path).tag == "LIST"


def test_packed_file_is_unpacked_on_the_way(tmp_path: Path) -> None:
    path = tmp_path / "list.xml.gz"
    path.write_bytes(gzip.compress(b"<LIST><PARTY/></LIST>"))
    assert len(list(xml_records(path, ["PARTY"]))) == 1


def test_record_longer_than_one_piece_of_reading_is_whole(tmp_path: Path) -> None:
    path = written(tmp_path, f"<LIST><PARTY>{'я' * 200_000}</PARTY></LIST>")
    assert [len(record.element.text or "") for record in xml_records(path, ["PARTY"])] == [200_000]


@pytest.mark.parametrize("text", [LAUGHS, EXTERNAL, OUTSIDE], ids=["billion laughs", "external entity", "external type"])
def test_declaration_of_a_document_type_is_one_clear_error(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(FileError, match="document type declaration or entities"):
        list(xml_records(path, ["PARTY"]))
    with pytest.raises(FileError, match="document type declaration or entities"):
        xml_root(path)


def test_file_that_was_cut_off_is_an_error_and_not_a_shorter_list(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="damaged or cut off"):
        list(xml_records(written(tmp_path, "<LIST><PARTY/><PARTY><NAME>Vero"), ["PARTY"]))


def test_elements_nested_without_end_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="depth of 65"):
        list(xml_records(written(tmp_path, "<a>" * 100_000), ["PARTY"]))


def test_record_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="one record of more than 8,000,000 characters"):
        list(xml_records(written(tmp_path, f"<LIST><PARTY>{'x' * 8_100_000}"), ["PARTY"]))


@pytest.mark.parametrize("part", ["<a/>" * 1_100_000, "<a/>" + f"<a b='{'x' * 900_000}'/>" * 9], ids=["elements", "attributes"])
def test_record_of_elements_or_attributes_without_end_is_refused(tmp_path: Path, part: str) -> None:
    with pytest.raises(FileError, match="one record of more than 8,000,000 characters"):
        list(xml_records(written(tmp_path, f"<LIST><PARTY>{part}</PARTY></LIST>"), ["PARTY"]))


@pytest.mark.parametrize("encoding", ["no-such-encoding", "GBK", "hex"])
def test_encoding_that_cannot_be_read_is_one_clear_error(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path, f'<?xml version="1.0" encoding="{encoding}"?><LIST><PARTY/></LIST>')
    with pytest.raises(FileError, match="encoding that cannot be read"):
        xml_root(path)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=80), st.integers(0, 40))
def test_damaged_bytes_give_records_or_one_clear_error(tmp_path: Path, noise: bytes, place: int) -> None:
    whole = b"<LIST><PARTY><NAME>Verolan</NAME></PARTY></LIST>"
    path = tmp_path / "list.xml"
    path.write_bytes(whole[:place] + noise + whole[place:])
    try:
        assert len(list(xml_records(path, ["PARTY"]))) <= 2
    except FileError as problem:
        assert "list.xml" in str(problem)
