from __future__ import annotations

import pytest

from kit.matching.asked import prepare
from kit.matching.encoding import encode
from kit.matching.grams import SIZE, grams_of, known_runs, runs_of
from kit.matching.index import Index
from kit.matching.retrieve import retrieve, sift
from tests.matching.factory import index_of

LISTED = (
    "Bladiolus Co Ltd", "Baltic Tanker Co Ltd", "LIMITED LIABILITY COMPANY SPETSAVIATEKHNIKA", "JOINT-STOCK COMPANY TREK",
    "Trinity Shipping LLC", "Hua Xin Dian Zi Ltd", "King Faisal Road Hotel", "Laliya Corp", "Xiechangchong Electronics Limited",
)  # fmt: skip


@pytest.fixture(scope="module")
def index() -> Index:
    return index_of(*LISTED)


def kept(index: Index, name: str) -> list[str]:
    asked = prepare(index, [encode(name, known=index.information.list_counts)])
    return [index.listed.names[place] for place in sift(index, asked, retrieve(index, asked)).listed.tolist()]


@pytest.mark.parametrize(
    ("record", "listed"),
    [
        ("BLADOLUSCOLTD", "Bladiolus Co Ltd"),
        ("BLADIOLUS CO LTD UNIT 158, 5/F, KING FAISAL ROAD, HONG KONG", "Bladiolus Co Ltd"),
        ("BALTICTANKRLTD", "Baltic Tanker Co Ltd"),
        ('LIMITED LIABILITY COMPANY "SPETSAVI', "LIMITED LIABILITY COMPANY SPETSAVIATEKHNIKA"),
        ("JOINTSTOCKCOMPANYTREK", "JOINT-STOCK COMPANY TREK"),
        ("TRNIITY SHIPPING", "Trinity Shipping LLC"),
        ("HUAXINDIANZI", "Hua Xin Dian Zi Ltd"),
        ("LALITA CORP", "Laliya Corp"),
        ("XIE CHANG CHONG ELECTRONICS LIMITED", "Xiechangchong Electronics Limited"),
    ],
)
def test_the_listed_name_is_among_those_kept(index: Index, record: str, listed: str) -> None:
    assert listed in kept(index, record)


def test_legal_words_glued_to_a_name_come_off() -> None:
    assert encode("JOINTSTOCKCOMPANYTREK").words == ("TREK",)
    assert encode("TREKLIMITEDLIABILITYCOMPANY").words == ("TREK",)


def test_words_of_the_list_stay_whole() -> None:
    assert encode("SPECIALLIMITED", known={"SPECIALLIMITED": 1}).words == ("SPECIALLIMITED",)


def test_runs_are_counted_once_a_name() -> None:
    codes, owners = runs_of([("ABABABABAB",), ("AB",)])
    assert len(codes) == 2 and owners.tolist() == [0, 0]


def test_runs_do_not_cross_from_name_to_name() -> None:
    codes, _ = runs_of([("A" * (SIZE - 1),), ("B" * (SIZE - 1),)])
    assert len(codes) == 0


def test_no_names_have_no_runs() -> None:
    matrix, counts = known_runs(grams_of([]), [("RADIOSVET",)])
    assert matrix.nnz == 0 and counts.tolist() == [4.0]
