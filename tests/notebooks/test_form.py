"""House rules of notebooks, as far as a machine can check them; they hold for every notebook there is."""

from __future__ import annotations

import ast
import re
from itertools import pairwise
from pathlib import Path

import pytest

from tests.notebooks.shape import EVERY_NOTEBOOK, NOTEBOOKS, bound_names, cells_of, changed_names, code_of

FORBIDDEN = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.For, ast.AsyncFor, ast.While)
LAST_SECTION = "What this shows, and what it does not"
MOST_LINES = 12

numbered = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
every = pytest.mark.parametrize("path", EVERY_NOTEBOOK, ids=lambda path: path.stem)


@every
def test_name_is_number_verb_object(path: Path) -> None:
    assert path.stem == "dashboard" or re.fullmatch(r"\d\d_[a-z]+(_[a-z]+)+", path.stem) is not None


@numbered
def test_first_line_is_a_question(path: Path) -> None:
    first = cells_of(path)[0]
    line = first.source.splitlines()[0]
    assert first.kind == "markdown"
    assert re.fullmatch(r"# .+\?", line) is not None, f"{path.name} begins with {line!r}"


@numbered
@pytest.mark.parametrize("said", ["need", "get", "(minute|second)"])
def test_beginning_says_what_you_need_get_and_how_long_it_takes(path: Path, said: str) -> None:
    assert re.search(rf"\b{said}", cells_of(path)[0].source, re.IGNORECASE) is not None


@numbered
def test_one_cell_holds_the_parameters_in_capitals(path: Path) -> None:
    tagged = [cell for cell in code_of(path) if cell.is_parameters]
    assert len(tagged) == 1
    names = list(bound_names(tagged[0].tree))
    assert len(names) > 0
    assert all(name == name.upper() for name in names), f"not in capitals: {names}"
    for line in tagged[0].source.splitlines():
        assert "=" not in line or "#" in line, f"a parameter says its unit or meaning in a comment: {line}"


@every
def test_imports_stand_in_one_cell(path: Path) -> None:
    importing = [cell for cell in code_of(path) if cell.is_import]
    assert len(importing) <= 1, f"imports in cells {[cell.number for cell in importing]}"


@every
def test_cells_have_at_most_twelve_lines(path: Path) -> None:
    for cell in code_of(path):
        assert len(cell.source.splitlines()) <= MOST_LINES, f"cell {cell.number} has {len(cell.source.splitlines())} lines"


@every
def test_no_functions_classes_or_loops(path: Path) -> None:
    for cell in code_of(path):
        found = [type(node).__name__ for node in ast.walk(cell.tree) if isinstance(node, FORBIDDEN)]
        assert found == [], f"cell {cell.number} holds {found}: that belongs in kit/, with a test"


@numbered
def test_every_code_cell_follows_a_sentence(path: Path) -> None:
    cells = cells_of(path)
    for before, cell in pairwise(cells):
        if cell.kind == "code":
            assert before.kind == "markdown", f"cell {cell.number} follows another code cell"


@every
def test_variable_is_bound_once(path: Path) -> None:
    seen: dict[str, int] = {}
    for cell in code_of(path):
        for name in set(bound_names(cell.tree)) - {"_"}:
            assert name not in seen, f"{name} is bound in cells {seen[name]} and {cell.number}"
            seen[name] = cell.number


@every
def test_variable_is_not_changed_in_another_cell(path: Path) -> None:
    bound_before: set[str] = set()
    for cell in code_of(path):
        changed = set(changed_names(cell.tree)) & bound_before
        assert changed == set(), f"cell {cell.number} changes {changed}"
        bound_before |= set(bound_names(cell.tree))


@numbered
def test_last_section_says_what_this_shows_and_what_not(path: Path) -> None:
    headings = [
        line.lstrip("# ")
        for cell in cells_of(path)
        if cell.kind == "markdown"
        for line in re.findall(r"^#+ .+$", cell.source, re.MULTILINE)
    ]
    assert headings[-1] == LAST_SECTION


@every
def test_committed_without_outputs_counts_or_pictures(path: Path) -> None:
    for cell in cells_of(path):
        assert cell.outputs == 0, f"cell {cell.number} holds outputs"
        assert cell.execution_count is None, f"cell {cell.number} holds a count"
        assert cell.attachments == 0, f"cell {cell.number} holds a pasted picture"
        assert "data:image" not in cell.source


@every
def test_nothing_is_fetched_and_no_path_of_one_machine_is_named(path: Path) -> None:
    for cell in code_of(path):
        assert re.search(r"urllib|requests\.|wget|curl|pip install", cell.source) is None
        assert re.search(r"[\"'](/(home|root|work|Users)/|[A-Z]:\\)", cell.source) is None
