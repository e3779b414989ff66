from __future__ import annotations

import pytest

from kit.names import PartyRole, principal, split_numbers


@pytest.mark.parametrize(
    ("text", "named", "role"),
    [
        ("SMART FREIGHT ON BEHALF OF OOO KVARTSIT", "OOO KVARTSIT", PartyRole.AGENT_FOR),
        ("FORWARDER FOR LLC AEROSTART TIN 010080000", "LLC AEROSTART TIN 010080000", PartyRole.AGENT_FOR),
        ("ТОО ЛОГИСТ ПО ПОРУЧЕНИЮ ООО КВАРЦИТ", "ООО КВАРЦИТ", PartyRole.AGENT_FOR),
        ("TO THE ORDER OF FIRST DEMO BANK", "FIRST DEMO BANK", PartyRole.BANK),
        ("TO ORDER OF KVARTSIT LLC", "KVARTSIT LLC", PartyRole.TO_ORDER),
        ("KVARTSIT LLC TO THE ORDER OF FIRST DEMO BANK", "KVARTSIT LLC", PartyRole.TO_ORDER),
        ("FIRST DEMO BANK EMRINE KVARTSIT LTD STI", "KVARTSIT LTD STI", PartyRole.TO_ORDER),
        ("DUBAI TO THE ORDER OF FIRST DEMO BANK", "FIRST DEMO BANK", PartyRole.BANK),
        ("SMART FREIGHT TO THE ORDER OF KVARTSIT LLC", "KVARTSIT LLC", PartyRole.TO_ORDER),
        ("KVARTSIT LLC C/O DEMO TERMINAL", "KVARTSIT LLC", PartyRole.IN_CARE_OF),
        ("DEMO BANK JSC", "DEMO BANK JSC", PartyRole.BANK),
        ("KVARTSIT LLC", "KVARTSIT LLC", PartyRole.PARTY),
        ("FOOD FOR LIFE LLC", "FOOD FOR LIFE LLC", PartyRole.PARTY),
    ],
)
def test_principal_is_taken_out_of_the_phrase(text: str, named: str, role: PartyRole) -> None:
    found = principal(text)
    assert (found.principal, found.role) == (named, role)


def test_to_order_alone_names_nobody() -> None:
    assert principal("TO THE ORDER").principal is None


def test_the_agent_is_kept_beside_the_principal() -> None:
    assert principal("SMART FREIGHT ON BEHALF OF OOO KVARTSIT").other == "SMART FREIGHT"


def test_a_bank_that_holds_the_bill_is_kept_beside_the_buyer() -> None:
    found = principal("KVARTSIT LLC TO THE ORDER OF FIRST DEMO BANK")
    assert (found.other, "bank beside the buyer" in found.reason) == ("FIRST DEMO BANK", True)


def test_the_reason_names_the_phrase() -> None:
    assert "ON BEHALF OF" in principal("A ON BEHALF OF B LLC").reason


def test_tax_numbers_come_off_the_name() -> None:
    assert split_numbers("7722000000 772201001 OOO KVARTSIT").name == "OOO KVARTSIT"


def test_labelled_numbers_come_off_the_name() -> None:
    assert split_numbers("ООО КВАРЦИТ ИНН 7722000000") == ("ООО КВАРЦИТ", ("7722000000",))


def test_short_numbers_belong_to_the_name() -> None:
    assert split_numbers("PLANT NO 38").name == "PLANT NO 38"


def test_a_name_of_nothing_but_a_number_stays() -> None:
    assert split_numbers("7722000000").name == "7722000000"
