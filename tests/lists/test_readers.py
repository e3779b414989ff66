import pytest

from kit import lists
from kit.errors import FormatError
from kit.lists.editions import date_in_name
from kit.lists.registry import all_readers, reader_named
from kit.lists.spans import Span, span_of
from tests.lists.listing import write_csv


def test_readers_are_found_and_the_one_for_own_sheets_is_asked_last():
    names = [reader.NAME for reader in all_readers()]
    assert {"csl", "ofac", "opensanctions_simple"} <= set(names)
    assert names[-1] == "own_sheet"


@pytest.mark.parametrize("reader", all_readers(), ids=lambda reader: reader.NAME)
def test_no_reader_takes_a_file_of_trade_records_for_a_list(reader, tmp_path):
    path = write_csv(tmp_path / "a.csv", [{"HS Code": "854231", "Exporter": "Verolan Ltd", "Net weight": "1"}])
    assert reader.recognizes(path) is False


def test_unknown_reader_is_an_error_that_names_the_known_ones():
    with pytest.raises(FormatError, match=r"expected one of .*csl.*ofac"):
        reader_named("nonsense")


def test_edition_given_by_the_user_holds(tmp_path):
    path = write_csv(tmp_path / "list_2024-03-01.csv", [{"Name": "Verolan Ltd"}])
    assert lists.read_list(path, list_version="spring").version == "spring"


@pytest.mark.parametrize("stem", ["sdn", "list_20240230", "v12345678", "2024-13-01"])
def test_number_that_is_no_date_is_no_edition(stem):
    assert date_in_name(stem) is None


def test_nothing_is_a_span_of_nothing():
    assert span_of(None, None) == Span()
