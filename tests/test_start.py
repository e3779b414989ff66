"""start.py: what a person without an environment sees. No test here installs anything."""

from __future__ import annotations

import doctest
import importlib.util
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
FAILURES = {
    "The virtual environment was not created successfully because ensurepip is not available.": "python3-venv",
    "OSError: [Errno 28] No space left on device": "the disk is full",
    "NewConnectionError: Failed to establish a new connection: [Errno -3] Temporary failure in name resolution": "no network",
    "ERROR: Could not find a version that satisfies the requirement duckdb": "ready-made file",
    "ERROR: Package 'kit' requires a different Python: 3.10.2 not in '>=3.11'": "does not exist for this version of Python",
    "PermissionError: [WinError 5] Access is denied": "cannot be written",
    "SSLError(SSLCertVerificationError(1, 'CERTIFICATE_VERIFY_FAILED'))": "certificate",
    "something never seen before": "delete the folder .venv",
}


@pytest.fixture(scope="module")
def start() -> ModuleType:
    """start.py as a module."""
    spec = importlib.util.spec_from_file_location("start", ROOT / "start.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["start"] = module
    spec.loader.exec_module(module)
    return module


def called(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """start.py as a person calls it."""
    env = {**os.environ, **settings}
    return subprocess.run(
        [sys.executable, str(ROOT / "start.py"), *arguments], capture_output=True, text=True, env=env, check=False
    )


@pytest.fixture
def pyproject(tmp_path: Path) -> Path:
    """A project file to make stamps of."""
    path = tmp_path / "pyproject.toml"
    path.write_text("[project]\nname = 'stub'\n", encoding="utf-8")
    return path


def test_help_names_every_command(start: ModuleType) -> None:
    shown = called("--help")
    assert shown.returncode == 0
    for command in ("lab", "dashboard", "run", "report", "inspect", "check", "test", "setup"):
        assert f"\n  {command} " in shown.stdout


def test_unknown_command_is_named_and_sets_nothing_up() -> None:
    shown = called("investigat")
    assert shown.returncode == 2
    assert "Unknown command 'investigat'" in shown.stdout


def test_unknown_test_option_is_named() -> None:
    shown = called("test", "--quick")
    assert shown.returncode == 2
    assert "--quick" in shown.stdout


def test_old_python_gets_a_sentence_not_a_traceback() -> None:
    code = (
        "import sys, pathlib; sys.version_info = (3, 8, 10, 'final', 0);"
        f"exec(compile(pathlib.Path({str(ROOT / 'start.py')!r}).read_text(encoding='utf-8'), 'start.py', 'exec'))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert shown.returncode == 1
    assert "needs Python 3.11 or newer; this is Python 3.8" in shown.stderr
    assert "Traceback" not in shown.stderr


@pytest.mark.parametrize("said", FAILURES)
def test_failure_of_pip_becomes_what_to_do(start: ModuleType, said: str) -> None:
    message = str(start.SetupError.from_output("Installing the packages", ["Collecting plotly", said]))
    assert FAILURES[said] in message
    assert "What to do: " in message
    assert f"| {said}" in message


def test_network_failure_is_not_taken_for_a_missing_package(start: ModuleType) -> None:
    said = ["WARNING: Retrying after connection broken by NewConnectionError", "ERROR: No matching distribution found for plotly"]
    assert "no network" in str(start.SetupError.from_output("Installing", said))


def test_fresh_stamp_says_what_the_environment_holds(start: ModuleType, pyproject: Path) -> None:
    stamp = pyproject.with_name("stamp.json")
    start.write_stamp(stamp, pyproject, frozenset({"test"}))
    assert start.stamped_extras(stamp, pyproject) == {"test"}


def test_changed_pyproject_makes_the_stamp_worthless(start: ModuleType, pyproject: Path) -> None:
    stamp = pyproject.with_name("stamp.json")
    start.write_stamp(stamp, pyproject, frozenset())
    pyproject.write_text("[project]\nname = 'changed'\n", encoding="utf-8")
    assert start.stamped_extras(stamp, pyproject) is None


@pytest.mark.parametrize("content", [None, "", "{", "[]", '{"pyproject": 1}'])
def test_missing_or_damaged_stamp_means_do_it_again(start: ModuleType, pyproject: Path, content: str | None) -> None:
    stamp = pyproject.with_name("stamp.json")
    if content is not None:
        stamp.write_text(content, encoding="utf-8")
    assert start.stamped_extras(stamp, pyproject) is None


def installs(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[frozenset[str]]:
    """Record what would be installed, and install nothing."""
    wanted: list[frozenset[str]] = []
    monkeypatch.setattr(start, "install", lambda venv, extras: wanted.append(extras))
    monkeypatch.setattr(start, "runs", lambda python: True)
    return wanted


def stub_venv(start: ModuleType, folder: Path) -> Path:
    """A folder that looks like an environment."""
    python: Path = start.venv_python(folder / "venv")
    python.parent.mkdir(parents=True)
    python.touch()
    return folder / "venv"


def test_finished_environment_is_left_alone(start: ModuleType, pyproject: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted, venv = installs(start, monkeypatch), stub_venv(start, pyproject.parent)
    start.ensure(frozenset(), venv=venv, pyproject=pyproject)
    start.ensure(frozenset(), venv=venv, pyproject=pyproject)
    assert wanted == [frozenset()]


def test_asking_for_tests_later_adds_them_and_keeps_them(
    start: ModuleType, pyproject: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted, venv = installs(start, monkeypatch), stub_venv(start, pyproject.parent)
    start.ensure(frozenset({"test"}), venv=venv, pyproject=pyproject)
    start.ensure(frozenset(), venv=venv, pyproject=pyproject)
    assert wanted == [frozenset({"test"})]


def test_failed_install_leaves_no_stamp(start: ModuleType, pyproject: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installs(start, monkeypatch)
    venv = stub_venv(start, pyproject.parent)

    def fail(venv: Path, extras: frozenset[str]) -> None:
        raise start.SetupError.from_output("Installing", ["[Errno 28]"])

    monkeypatch.setattr(start, "install", fail)
    with pytest.raises(start.SetupError):
        start.ensure(frozenset(), venv=venv, pyproject=pyproject)
    assert not (venv / "kit-setup.json").exists()


def test_moved_environment_is_made_anew(start: ModuleType, pyproject: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installs(start, monkeypatch)
    venv = stub_venv(start, pyproject.parent)
    made: list[Path] = []
    monkeypatch.setattr(start, "runs", lambda python: False)
    monkeypatch.setattr(start, "make_venv", made.append)
    monkeypatch.setattr(start, "write_stamp", lambda *given: None)
    start.ensure(frozenset(), venv=venv, pyproject=pyproject)
    assert made == [venv]


def test_python_without_venv_is_told_the_package_to_install(
    start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = ["The virtual environment was not created successfully because ensurepip is not available.", "exit 1"]
    monkeypatch.setattr(start, "lines_of", lambda command: iter(said))
    with pytest.raises(start.SetupError, match="sudo apt install python3-venv"):
        start.make_venv(tmp_path / "venv")


def test_lines_of_a_program_end_with_its_code(start: ModuleType) -> None:
    assert list(start.lines_of([sys.executable, "-c", "print('a'); raise SystemExit(3)"])) == ["a", "exit 3"]


def test_program_that_does_not_start_is_a_set_up_error(start: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(start.SetupError, match="What to do"):
        list(start.lines_of([str(tmp_path / "no such program")]))


def test_error_of_the_disk_is_said_without_a_traceback(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(extras: frozenset[str]) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(start, "ensure", full)
    assert start.guarded(["setup"]) == 1
    assert "the disk is full" in capsys.readouterr().out


def test_progress_names_the_package_that_pip_works_on(start: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    progress = start.Progress(0.0)
    progress.see("Collecting plotly<8,>=7.1 (from kit==0.1.0)")
    assert "1 packages found, now plotly" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["run", "report", "inspect", "lab", "dashboard"])
def test_commands_of_the_kit_get_their_options_unchanged(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    calls: list[Sequence[str]] = []
    monkeypatch.setattr(start, "ensure", lambda extras: None)
    monkeypatch.setattr(start, "run", lambda given, **options: calls.append(given) or 7)
    assert start.main([command, "--list", "a b.xlsx"]) == 7
    assert list(calls[0][1:]) == ["-m", "kit", command, "--list", "a b.xlsx"]


def test_no_command_means_the_bundled_data(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[Sequence[str]] = []
    monkeypatch.setattr(start, "ensure", lambda extras: None)
    monkeypatch.setattr(start, "run", lambda given, **options: calls.append(given) or 0)
    assert start.main([]) == 0
    assert list(calls[0][1:]) == ["-m", "kit", "bundled"]


def test_one_failed_step_fails_the_whole_and_the_rest_still_runs(start: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    steps = [("bad", [sys.executable, "-c", "raise SystemExit(1)"]), ("good", [sys.executable, "-c", ""])]
    assert start.run_steps(steps, {}) == 1
    shown = capsys.readouterr().out
    assert "bad: FAILED" in shown
    assert "good: ok" in shown


def test_without_chromium_browser_tests_are_left_out(start: ModuleType) -> None:
    _, command = start.test_step(None, fast=False)
    assert command[command.index("-m", 2) + 1] == "not slow and not browser"


def test_fast_leaves_out_notebooks_and_browser(start: ModuleType) -> None:
    _, command = start.test_step("/usr/bin/chromium", fast=True)
    assert command[command.index("-m", 2) + 1] == "not slow and not browser and not notebook"


def test_chromium_named_by_hand_is_taken(start: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = tmp_path / "chromium"
    named.touch()
    monkeypatch.setenv("KIT_CHROMIUM", str(named))
    assert start.find_chromium() == str(named)


def test_examples_in_start_hold(start: ModuleType) -> None:
    assert doctest.testmod(start).failed == 0
