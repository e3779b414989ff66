"""The screens: they draw plain Python state and pass on what the reader does."""

from kit.widgets.chart import Chart
from kit.widgets.column_mapper import ColumnMapper
from kit.widgets.dashboard import Dashboard, open_dashboard
from kit.widgets.explorer import Explorer, ExplorerState
from kit.widgets.letter_entries import LetterEntries
from kit.widgets.open_files import OpenFiles
from kit.widgets.public_lists import PublicLists
from kit.widgets.table import Cell, Page, PagedTable, TableColumn
from kit.widgets.view import View

__all__ = [
    "Cell",
    "Chart",
    "ColumnMapper",
    "Dashboard",
    "Explorer",
    "ExplorerState",
    "LetterEntries",
    "OpenFiles",
    "Page",
    "PagedTable",
    "PublicLists",
    "TableColumn",
    "View",
    "open_dashboard",
]
