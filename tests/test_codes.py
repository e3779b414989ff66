"""HS codes, priority goods, and what their numbers were before 2022."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit import codes
from kit.errors import ValueFormError


def test_dots_and_blanks_are_taken_away() -> None:
    assert codes.read_hs_code(" 8542.31 90.00 ") == "8542319000"


def test_a_star_marks_a_shortened_code() -> None:
    assert codes.read_hs_code("854231*") == "854231"
    assert "star" in str(codes.repair_note("854231*"))


def test_nine_digits_get_their_leading_zero_back_and_it_is_noted() -> None:
    assert codes.read_hs_code("804400000") == "0804400000"
    assert "leading zero" in str(codes.repair_note("804400000"))


@pytest.mark.parametrize("text", ["80440", "8044000", "804400000"])
def test_odd_digit_counts_lost_a_zero(text: str) -> None:
    assert codes.read_hs_code(text).startswith("0804")


def test_even_digit_counts_are_left_alone() -> None:
    assert codes.read_hs_code("80440000") == "80440000"
    assert codes.repair_note("80440000") is None


def test_a_known_width_tells_a_lost_zero_in_long_codes() -> None:
    assert codes.read_hs_code("80440000000", digits=12) == "0804400000"
    assert codes.read_hs_code("85423190000", digits=11) == "8542319000"


@pytest.mark.parametrize("text", ["", "0", "854", "chips", "8542,31", "7712345678", "0012345678", "854231X", "８５４２"])
def test_what_is_no_code_is_refused_with_its_value(text: str) -> None:
    with pytest.raises(ValueFormError) as refusal:
        codes.read_hs_code(text)
    assert repr(text) in str(refusal.value)


def test_a_number_that_was_a_float_is_read() -> None:
    assert codes.read_hs_code("8542310000.0") == "8542310000"


def test_the_list_has_fifty_codes_in_six_tiers() -> None:
    listed = codes.priority_codes()
    by_tier = {tier: sum(c.tier == tier for c in listed) for tier in codes.tiers()}
    assert by_tier == {"1": 4, "2": 5, "3.A": 16, "3.B": 9, "4.A": 11, "4.B": 5}


def test_every_priority_code_has_a_source() -> None:
    assert all(len(code.source) > 20 for code in codes.priority_codes())


def test_a_heading_is_too_short_for_a_tier() -> None:
    assert codes.tier_of("8542") is None


def test_a_national_code_has_the_tier_of_its_subheading() -> None:
    assert codes.tier_of("8542399010") == "1"


@pytest.mark.parametrize("code", ["854800", "852589", "854149", "854151", "854159", "880730"])
def test_six_codes_did_not_exist_in_hs_2017(code: str) -> None:
    answer = codes.hs2017_baseline(code)
    assert answer.exists_in_hs2017 is False
    assert "new in HS 2022" in answer.sentence


def test_exactly_six_priority_codes_are_new() -> None:
    new = [c.hs_code for c in codes.priority_codes() if codes.hs2017_baseline(c.hs_code).exists_in_hs2017 is False]
    assert len(new) == 6


def test_aircraft_parts_compare_with_their_old_number() -> None:
    answer = codes.hs2017_baseline("880730")
    assert (answer.hs2017, answer.is_comparable) == ("880330", True)


@pytest.mark.parametrize("code", ["852589", "854149", "854151", "854159"])
def test_a_wider_predecessor_is_no_baseline(code: str) -> None:
    answer = codes.hs2017_baseline(code)
    assert answer.is_comparable is False
    assert "No baseline" in answer.sentence


def test_sensors_do_not_descend_from_telephones() -> None:
    assert codes.concordance("854151", "HS2022", "HS2017") == ("854150",)


def test_drones_have_no_predecessor() -> None:
    assert codes.hs2017_baseline("880621").hs2017 is None
    assert codes.concordance("880621", "HS2022", "HS2017") == ()


def test_an_unlisted_code_says_that_it_was_not_checked() -> None:
    assert codes.hs2017_baseline("690721").relation is codes.Relation.UNKNOWN


def test_text_falls_back_to_the_heading() -> None:
    assert codes.hs_text("6907210000") == codes.hs_text("6907")


def test_level_of_total_is_zero() -> None:
    assert codes.hs_level("TOTAL") == 0


@given(st.text(max_size=20) | st.text("0123456789.* ", max_size=16))
def test_any_text_is_a_code_or_a_plain_refusal(text: str) -> None:
    try:
        code = codes.read_hs_code(text)
    except ValueFormError:
        return
    assert code.isdigit()
    assert codes.read_hs_code(code) == code


@pytest.mark.parametrize("text", ["85423", "8542319", "854231900"])
def test_cut_code_is_not_taken_for_one_that_lost_its_zero(text: str) -> None:
    with pytest.raises(ValueFormError):
        codes.read_hs_code(text)


def test_starred_code_of_odd_length_keeps_whole_pairs() -> None:
    assert codes.read_hs_code("8542319*") == "854231"
