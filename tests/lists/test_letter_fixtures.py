"""Letters printed by a browser (scripts/make_letters.py): several scripts, wrapped cells, pages. Every party is invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit.lists.letters import propose_letter

LETTERS = Path(__file__).parent.parent / "fixtures" / "letters"
PARTIES = [
    ("ООО «Пример Радио»", "Россия"),
    ("深圳示例电子有限公司", "China"),
    ("Örnek Elektronik San. ve Tic. Ltd. Şti.", "Türkiye"),
    ("Verolan Trading Company of the Very Long Name that Wraps over Lines LLC", "UAE"),
]


@pytest.mark.parametrize("name", ["ruled", "unruled", "bulleted"])
def test_names_in_four_scripts_are_whole(name: str) -> None:
    taken = propose_letter(LETTERS / f"{name}.pdf").taken[:4]
    found = [(entry.name.partition(" (Shenzhen")[0], entry.territory) for entry in taken]
    assert found == PARTIES


@pytest.mark.parametrize(("name", "count"), [("unruled", 60), ("bulleted", 20)])
def test_every_party_of_many_pages_is_found_once_with_its_address(name: str, count: int) -> None:
    taken = propose_letter(LETTERS / f"{name}.pdf").taken[4:]
    assert [entry.name for entry in taken] == [f"Verolan Trading {n} LLC" for n in range(1, count + 1)]
    assert all(entry.address.startswith(f"Plum Road {n}, Unit {2 * n}, Testville") for n, entry in enumerate(taken, 1))
    assert {entry.territory for entry in taken} == {"Hong Kong"}


def test_page_in_columns_that_do_not_stand_at_the_same_heights() -> None:
    names = {entry.name for entry in propose_letter(LETTERS / "columns.pdf").taken}
    assert {f"Verolan Trading {n} LLC" for n in range(1, 30)} <= names


def test_running_titles_of_many_pages_are_no_parties() -> None:
    aside = [entry.text for entry in propose_letter(LETTERS / "unruled.pdf").entries if not entry.is_taken]
    assert aside.count("EXAMPLE AGENCY - not for release") == 4
