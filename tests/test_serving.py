"""Servers listen on this machine only, ask for a token, and call nobody."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kit.errors import CaseError
from kit.serving import ASSETS, POLICY, dashboard_command, environment, lab_command
from tests.factory import small_case


def test_the_dashboard_listens_on_the_loopback_address_with_a_token(tmp_path: Path) -> None:
    command = dashboard_command(small_case(tmp_path).folder, token="secret")  # noqa: S106 -- a made-up one
    assert "--Voila.ip=127.0.0.1" in command
    assert "--token=secret" in command
    assert "--strip_sources=True" in command


def test_every_start_has_a_token_of_its_own(tmp_path: Path) -> None:
    folder = small_case(tmp_path).folder
    tokens = {next(c for c in dashboard_command(folder) if c.startswith("--token=")) for _ in range(3)}
    assert len(tokens) == 3


def test_a_folder_without_a_case_is_refused_before_a_server_starts(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r"case\.json"):
        dashboard_command(tmp_path)


def test_lab_neither_asks_for_news_nor_looks_for_updates_or_extensions(tmp_path: Path) -> None:
    command = " ".join(lab_command(tmp_path))
    assert "NeverCheckForUpdate" in command
    assert "extension_manager=readonly" in command
    settings = json.loads((ASSETS / "config" / "labconfig" / "page_config.json").read_text(encoding="utf-8"))
    assert settings["disabledExtensions"]["@jupyterlab/apputils-extension:announcements"] is True


def test_both_pages_are_told_to_load_from_themselves_only(tmp_path: Path) -> None:
    assert POLICY.startswith("default-src 'self'")
    for command in (lab_command(tmp_path), dashboard_command(small_case(tmp_path).folder)):
        assert any(POLICY in part for part in command)


def test_the_servers_find_the_case_and_the_template_in_their_environment(tmp_path: Path) -> None:
    found = environment(tmp_path)
    assert found["KIT_CASE"] == str(tmp_path)
    assert (Path(found["JUPYTER_PATH"].split(":")[0]) / "voila" / "templates" / "kit" / "index.html.j2").exists()


def test_the_dashboards_template_has_a_landmark_and_no_address_of_a_network() -> None:
    template = (ASSETS / "share" / "jupyter" / "voila" / "templates" / "kit" / "index.html.j2").read_text(encoding="utf-8")
    assert 'role="main"' in template
    assert "cdn." not in template and '<link rel="stylesheet' not in template


def test_pages_may_talk_to_this_machine_only() -> None:
    sockets = [word.rstrip(";") for word in POLICY.split() if word.startswith(("ws", "http"))]
    assert sockets == ["ws://127.0.0.1:*", "ws://localhost:*"]
