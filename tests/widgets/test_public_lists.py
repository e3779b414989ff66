"""The table of public lists: what the case has, how old, and how to renew it; nothing is fetched."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from kit import pipeline
from kit.case import Case
from kit.model import FileRole
from kit.reference import data_path
from kit.sources import transport
from kit.widgets import PublicLists
from tests.widgets.test_explorer import texts


@pytest.fixture
def case(tmp_path: Path) -> Case:
    made = Case.create(tmp_path / "mine")
    pipeline.add_file(made, data_path("public", "us_russia_parties.csv"), role=FileRole.LIST)
    return made


def test_a_list_in_the_case_comes_first_with_edition_and_age(case: Case) -> None:
    shown = PublicLists(case, on=date(2026, 8, 5))
    assert shown.standings[0].says == "edition 2026-07-31, 5 days old"
    assert f"1 of {len(shown.standings)} are in this case" in texts(shown.tree())


def test_a_list_that_can_be_fetched_has_its_command_and_address(case: Case) -> None:
    shown = texts(PublicLists(case).tree())
    assert "python3 start.py fetch un_sc --case mine" in shown
    assert "https://main.un.org/securitycouncil/en/content/un-sc-consolidated-list" in shown


def test_a_file_fetched_by_hand_has_a_place(case: Case) -> None:
    assert "mine/lists/un_sc/" in texts(PublicLists(case).tree())


def test_drawing_uses_no_network(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError(f"asked by process {os.getpid()}")

    monkeypatch.setattr(transport, "_request", refuse)
    PublicLists(case)
