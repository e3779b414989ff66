"""The notebooks of the project, their cells and what the cells hold."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parent.parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
EVERY_NOTEBOOK = sorted((ROOT / "notebooks").glob("*.ipynb"))  # dashboard.ipynb too: exempt from the naming rule only


@dataclass(frozen=True)
class Cell:
    """One cell: its place, kind, source and tags."""

    number: int
    kind: str
    source: str
    tags: tuple[str, ...]
    outputs: int
    execution_count: int | None
    attachments: int

    @property
    def tree(self) -> ast.Module:
        """The code of the cell; IPython's own commands are left out."""
        lines = ["pass" if line.lstrip().startswith(("%", "!")) else line for line in self.source.splitlines()]
        return ast.parse("\n".join(lines))

    @property
    def is_import(self) -> bool:
        """Whether the cell imports."""
        return self.kind == "code" and any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(self.tree))

    @property
    def is_parameters(self) -> bool:
        """Whether the cell is tagged `parameters`."""
        return "parameters" in self.tags


def cells_of(path: Path) -> list[Cell]:
    """The cells of a notebook in order."""
    notebook = nbformat.read(path, as_version=4)
    return [
        Cell(
            number, cell.cell_type, cell.source, tuple(cell.metadata.get("tags", [])), len(cell.get("outputs", [])),
            cell.get("execution_count"), len(cell.get("attachments", {})),
        )
        for number, cell in enumerate(notebook.cells)
    ]  # fmt: skip


def code_of(path: Path) -> list[Cell]:
    """The code cells of a notebook in order."""
    return [cell for cell in cells_of(path) if cell.kind == "code"]


def bound_names(tree: ast.Module) -> Iterator[str]:
    """Names that the top level of a cell binds."""
    for statement in tree.body:
        targets = (
            statement.targets
            if isinstance(statement, ast.Assign)
            else [statement.target]
            if isinstance(statement, ast.AnnAssign)
            else []
        )
        for target in targets:
            for node in ast.walk(target):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                    yield node.id


def changed_names(tree: ast.Module) -> Iterator[str]:
    """Names that the top level of a cell changes in place: `x += 1`, `x[0] = 1`, `x.y = 1`, `del x`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            yield node.target.id
        if (
            isinstance(node, ast.Subscript | ast.Attribute)
            and isinstance(node.ctx, ast.Store | ast.Del)
            and isinstance(node.value, ast.Name)
        ):
            yield node.value.id
