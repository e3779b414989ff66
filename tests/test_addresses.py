from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.addresses import address_similarity, compare_form

SAME = [
    ("FLAT 1, 16/F, WEALTH BUILDING, 18 LUARD ROAD, WANCHAI", "18 Luard Rd., Wealth Bldg., 16th Floor, Flat 1, Hong Kong"),
    (
        "GUL MAH. ZAMBAK SOK. NO:12 D:5 KAT:3 UMRANIYE ISTANBUL",
        "Gül Mahallesi, Zambak Sokak No 12, Kat 3 Daire 5, Ümraniye/İstanbul",
    ),
    ("深圳市福田区福华路12号5楼1604室", "Room 1604, 5/F, No. 12 Fuhua Road, Futian, Shenzhen"),
    ("г. Самара, ул. Лесная, д. 7, оф. 12", "Samara, Lesnaya str., 7, office 12"),
    ("OFFICE 204, ZUMURRUD TOWER, AL QAMAR ROAD, DUBAI", "Zumurrud Tower, Al Qamar Rd, Office 204, Dubai UAE"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_door_in_two_spellings_is_fully_alike(one: str, other: str) -> None:
    assert address_similarity(one, other).score >= 0.9


def test_the_flat_is_not_the_house_number() -> None:
    assert address_similarity("FLAT 1, 16/F, 18 LUARD RD", "1 LUARD ROAD").score <= 0.35


def test_another_unit_in_the_same_building_is_said() -> None:
    found = address_similarity("FLAT 1, 16/F, 18 LUARD RD", "FLAT 2, 16/F, 18 LUARD ROAD")
    assert found.score < 0.9 and "another unit (1 / 2)" in found.reason


def test_a_missing_unit_is_said() -> None:
    assert "only one address gives" in address_similarity("FLAT 1, 16/F, 18 LUARD RD", "18 LUARD ROAD").reason


def test_a_range_of_units_holds_each_of_them() -> None:
    assert compare_form("UNIT 1604-05, 8 DEMO ROAD").units == {"1604", "1605"}


def test_a_town_alone_is_nothing_in_common() -> None:
    assert address_similarity("DUBAI, UAE", "SAPPHIRE TOWER, DUBAI, UAE").score == 0.0


def test_a_post_box_is_not_a_door() -> None:
    assert "a box has no door" in address_similarity("P.O. BOX 4477, DUBAI", "Zumurrud Tower PO Box 4477").reason


@given(st.text(max_size=200))
def test_any_text_is_like_itself_or_has_nothing_to_compare(text: str) -> None:
    assert (
        address_similarity(text, text).score in (0.0, pytest.approx(1.0))
        or "no number" in address_similarity(text, text).reason
        or ("box" in address_similarity(text, text).reason)
    )


@given(st.text(max_size=120), st.text(max_size=120))
def test_likeness_does_not_depend_on_the_side(one: str, other: str) -> None:
    assert address_similarity(one, other).score == address_similarity(other, one).score
