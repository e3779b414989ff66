"""Every notebook runs from top to bottom on the bundled data, twice the same, in under a minute."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from tests.factory import small_case
from tests.notebooks.shape import NOTEBOOKS, ROOT

MOST_SECONDS = 60
COLD_SECONDS = 180  # the first notebook may have to read the bundled data
WARNS = ("Traceback", "DeprecationWarning", "FutureWarning")

pytestmark = pytest.mark.notebook


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder as `notebooks/` is one: `../data` is a copy, and `../cases` is nobody's real work."""
    project = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "data", project / "data")
    (project / "notebooks").mkdir()
    return project / "notebooks"


def run(path: Path, folder: Path) -> Any:
    """Execute a notebook in a kernel of its own and give it back with its outputs."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=COLD_SECONDS, kernel_name="python3", resources={"metadata": {"path": str(folder)}}).execute()
    return notebook


def said(notebook: Any) -> str:
    """Text outputs and warnings of a notebook."""
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    return "\n".join(str(output.get("text", "")) + "\n".join(output.get("traceback", [])) for output in outputs)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs_from_top_to_bottom(path: Path, folder: Path) -> None:
    started = time.monotonic()
    text = said(run(path, folder))
    seconds = time.monotonic() - started
    assert not any(word in text for word in WARNS), text[:2000]
    if seconds > MOST_SECONDS:
        started = time.monotonic()
        run(path, folder)
        assert time.monotonic() - started <= MOST_SECONDS, "slow also with the bundled data read"


def test_dashboard_opens_the_case_that_it_is_given(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIT_CASE", str(small_case(tmp_path).folder))
    notebook = run(ROOT / "notebooks" / "dashboard.ipynb", folder)
    assert not any(word in said(notebook) for word in WARNS)
    assert any("application/vnd.jupyter.widget-view+json" in output.get("data", {}) for output in notebook.cells[-1].outputs)
