from __future__ import annotations

from pathlib import Path

import pytest

from kit.matching import Index, kept_index, rank_names
from kit.matching.kept import open_index, save_index
from tests.matching.factory import index_of

LISTED = ("ООО «Радиосвет»", "Teknoparvaz FZE", "深圳市浩悦通电子有限公司", "TSVETKOVSKY, Arkady Lvovich", "Kvartsit-Mash LLC")
ASKED = ["RADIOSVIET LLC", "TEKN0PARVAZ", "SHENZHEN HAO YUE TONG", "A TSVETKOVSKIY", "KVARCITMASHLLC", "NOBODY"]


def never() -> Index:
    raise AssertionError("the index was built again")


def test_an_index_from_its_file_ranks_as_the_one_that_was_built(tmp_path: Path) -> None:
    index = index_of(*LISTED, weak=[(0, "Zmeyelov")])
    save_index(index, tmp_path / "index.arrow", "one")
    opened = open_index(tmp_path / "index.arrow", "one")
    assert opened is not None
    built, found = (rank_names(one.with_background(ASKED), ASKED) for one in (index, opened))
    assert built.listed.tolist() == found.listed.tolist() and built.score.tolist() == found.score.tolist()


def test_what_is_kept_is_not_built_again(tmp_path: Path) -> None:
    kept_index(tmp_path / "index.arrow", "one", lambda: index_of(*LISTED))
    assert kept_index(tmp_path / "index.arrow", "one", never).listed.names == index_of(*LISTED).listed.names


def test_an_index_of_another_list_is_built_again(tmp_path: Path) -> None:
    kept_index(tmp_path / "index.arrow", "one", lambda: index_of(*LISTED))
    fresh = kept_index(tmp_path / "index.arrow", "two", lambda: index_of("VEROLAN LTD"))
    assert fresh.listed.names == ("VEROLAN LTD",)


def test_a_damaged_file_is_built_again(tmp_path: Path) -> None:
    (tmp_path / "index.arrow").write_bytes(b"ARROW1 and then nothing")
    assert len(kept_index(tmp_path / "index.arrow", "one", lambda: index_of(*LISTED)).listed.names) == len(LISTED)


def test_an_empty_list_is_kept_too(tmp_path: Path) -> None:
    kept_index(tmp_path / "index.arrow", "none", index_of)
    assert len(rank_names(kept_index(tmp_path / "index.arrow", "none", never), ASKED).asked) == 0


@pytest.mark.parametrize("share", [0, 0.001, 0.1, 0.5, 0.9, 0.999])
def test_a_file_with_one_changed_bit_or_cut_short_is_not_opened(tmp_path: Path, share: float) -> None:
    path = tmp_path / "index.arrow"
    save_index(index_of(*LISTED), path, "one")
    whole = path.read_bytes()
    at = int(share * len(whole))
    path.write_bytes(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
    assert open_index(path, "one") is None
    path.write_bytes(whole[:at])
    assert open_index(path, "one") is None
