from __future__ import annotations

from pathlib import Path

import pytest

from tests.shared_files import shared, shared_files


def test_absent_folder_skips(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KIT_SHARED", str(tmp_path / "nowhere"))
    monkeypatch.delenv("KIT_REQUIRE_SHARED", raising=False)
    with pytest.raises(pytest.skip.Exception, match="absent"):
        shared("data", "README.md")


def test_absent_folder_fails_where_it_is_required(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KIT_SHARED", str(tmp_path / "nowhere"))
    monkeypatch.setenv("KIT_REQUIRE_SHARED", "1")
    with pytest.raises(pytest.fail.Exception, match="KIT_REQUIRE_SHARED"):
        shared("data", "README.md")


def test_missing_file_in_a_present_folder_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KIT_SHARED", str(tmp_path))
    with pytest.raises(pytest.fail.Exception, match=r"lacks data/none\.csv"):
        shared("data", "none.csv")


def test_names_are_sorted_and_empty_without_the_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text("x", encoding="utf-8")
    (tmp_path / "a.csv").write_text("x", encoding="utf-8")
    monkeypatch.setenv("KIT_SHARED", str(tmp_path))
    assert shared_files(pattern="*.csv") == ["a.csv", "b.csv"]
    monkeypatch.setenv("KIT_SHARED", str(tmp_path / "nowhere"))
    assert shared_files(pattern="*.csv") == []
