"""The explorer: one selection, three pictures, the rows, and the panel of one record."""

from kit.widgets.explorer.panel import Explorer
from kit.widgets.explorer.state import ExplorerState

__all__ = ["Explorer", "ExplorerState"]
