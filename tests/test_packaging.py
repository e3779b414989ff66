"""One list of dependencies, told in three places: pyproject.toml, environment.yml, and the decision that explains it."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CONDA_NAMES = {"python-duckdb": "duckdb"}  # conda-forge's name -> the name elsewhere
IMPORTED_AS = {"python-calamine": "python_calamine", "python-docx": "docx", "python-stdnum": "stdnum"}
LAUNCHED = {"jupyterlab", "voila", "nbclient"}  # programs, and the runner of notebooks; not imported by the kit
REQUIREMENT = re.compile(r"([A-Za-z0-9_.-]+)\s*(.*)")


def name_and_bounds(requirement: str) -> tuple[str, str]:
    """`plotly>=7.1,<8` -> (`plotly`, `>=7.1,<8`)."""
    found = REQUIREMENT.fullmatch(requirement.strip())
    assert found is not None
    return found[1].lower(), found[2]


def project() -> dict[str, list[str]]:
    """Requirements to run and to test."""
    written = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {
        "run": written["dependencies"],
        "test": written["optional-dependencies"]["test"],
        "python": [written["requires-python"]],
    }


def conda() -> dict[str, str]:
    """environment.yml's own entries, without the part that pip does."""
    lines = (ROOT / "environment.yml").read_text(encoding="utf-8").splitlines()
    listed = [line.strip()[2:] for line in lines[lines.index("dependencies:") + 1 :] if line.startswith("  - ")]
    pairs = [name_and_bounds(line) for line in listed if line != "pip:"]
    return {CONDA_NAMES.get(name, name): bounds for name, bounds in pairs}


def explained() -> dict[str, tuple[str, str]]:
    """Rows of the tables of docs/decisions/0002: package -> (license, why)."""
    text = (ROOT / "docs" / "decisions" / "0002-dependencies.md").read_text(encoding="utf-8").split("## What was refused")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]
    return {row[0]: (row[1], row[2]) for row in rows if len(row) == 3 and row[0] not in ("package", "---")}


def test_conda_names_the_same_packages_and_bounds() -> None:
    own = {"python": project()["python"][0]}
    beside = {name: bounds for name, bounds in conda().items() if name not in ("pip", "setuptools")}
    assert beside == own | dict(name_and_bounds(requirement) for requirement in project()["run"])


def test_conda_says_that_it_was_not_tested() -> None:
    for page in ("environment.yml", "README.md"):
        assert "was not tested" in (ROOT / page).read_text(encoding="utf-8")


def test_conda_installs_the_project_itself() -> None:
    assert "      - -e ." in (ROOT / "environment.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize("use", ["run", "test"])
def test_every_dependency_is_explained_with_license_and_reason(use: str) -> None:
    for requirement in project()[use]:
        name, _ = name_and_bounds(requirement)
        assert name in explained(), f"{name} is missing in docs/decisions/0002-dependencies.md"
        license_name, why = explained()[name]
        assert license_name != ""
        assert len(why) > 3


def test_nothing_is_explained_that_is_not_needed() -> None:
    assert set(explained()) == {name_and_bounds(requirement)[0] for use in ("run", "test") for requirement in project()[use]}


def test_every_runtime_dependency_is_used() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in [*ROOT.glob("kit/**/*.py"), *ROOT.glob("notebooks/*.ipynb")])
    for requirement in project()["run"]:
        name, _ = name_and_bounds(requirement)
        module = IMPORTED_AS.get(name, name)
        assert name in LAUNCHED or re.search(rf"\b(import|from) {module}\b", code) is not None, f"nothing imports {name}"


def test_runtime_dependencies_have_an_upper_bound() -> None:
    for requirement in project()["run"]:
        assert "<" in requirement, f"{requirement} may jump to a version that nobody tried"


def test_start_asks_for_the_same_python_as_the_project() -> None:
    least = project()["python"][0].removeprefix(">=").split(".")
    assert f"sys.version_info < ({', '.join(least)})" in (ROOT / "start.py").read_text(encoding="utf-8")
    assert sys.version_info >= tuple(int(part) for part in least)


def test_no_address_of_a_package_index_stands_in_the_project_files() -> None:
    for name in ("pyproject.toml", "environment.yml", "start.py", ".ci/run", "Makefile"):
        assert "://" not in (ROOT / name).read_text(encoding="utf-8")
