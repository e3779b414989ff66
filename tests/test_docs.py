"""Pages for people: links that lead somewhere, notebooks and commands that exist, changes that say why."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("data/*.md")])
WORDS_NEVER_SAID = re.compile(r"\b(smuggl\w+|evad(?:e|es|ed|ing)|violat\w+)\b", re.IGNORECASE)


def read(name: str) -> str:
    """A page of the project."""
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_to_files_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_readme_names_every_notebook_and_no_other() -> None:
    named = set(re.findall(r"^\| `(\w+)` \|", read("README.md").split("## The notebooks")[1].split("\n## ")[0], re.MULTILINE))
    assert named == {path.stem for path in ROOT.glob("notebooks/*.ipynb")}


def test_readme_gives_each_notebook_its_own_question() -> None:
    rows = dict(re.findall(r"^\| `(\d\d_\w+)` \| (.+?) \|$", read("README.md"), re.MULTILINE))
    for name, question in rows.items():
        assert question in read(f"notebooks/{name}.ipynb"), f"README and {name} ask different questions"


def test_readme_commands_exist() -> None:
    usage = read("start.py")
    for command in re.findall(r"python3 start\.py (\w+)", read("README.md")):
        assert f"\n  {command} " in usage, f"README names the command {command}"


def test_docs_index_names_every_decision() -> None:
    for path in ROOT.glob("docs/decisions/*.md"):
        assert f"decisions/{path.name}" in read("docs/README.md")


@pytest.mark.parametrize("path", sorted(ROOT.glob("docs/decisions/*.md")), ids=lambda path: path.stem)
def test_decision_has_date_one_line_why_and_what_was_refused(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.match(r"# \d+\. [^\n]+\n\n\d+ \w+ \d{4}\n\n\*\*.+?\*\*", text, re.DOTALL) is not None
    assert "## Why" in text
    assert "## What was refused" in text


def test_changelog_gives_a_version_to_what_is_built() -> None:
    version = re.search(r'^version = "(.+)"', read("pyproject.toml"), re.MULTILINE)
    assert version is not None
    assert f"## {version[1]}" in read("CHANGELOG.md")


@pytest.mark.parametrize("page", ["README.md", "docs/README.md", "CHANGELOG.md"])
def test_pages_make_no_accusation(page: str) -> None:
    assert WORDS_NEVER_SAID.search(read(page)) is None
