"""The main job in order, called by the command line, the notebooks and the dashboard alike. No logic of its own."""

from kit.pipeline.bundled import bundled_request, open_bundled, run_bundled
from kit.pipeline.fetching import Renewal, ask_list, fetch_all, fetch_list, fetchable
from kit.pipeline.inspected import words_of
from kit.pipeline.inspecting import inspect
from kit.pipeline.job import Progress, Request, Summary, add_file, find_candidates, read_all, read_any, run_case
from kit.pipeline.layouts import case_layouts, layout_for, save_layout
from kit.pipeline.letters import corrections_for, save_corrections, take_corrections, write_letter_entries
from kit.pipeline.linking import link_lists
from kit.pipeline.opening import FileDesk, Look

__all__ = [
    "FileDesk",
    "Look",
    "Progress",
    "Renewal",
    "Request",
    "Summary",
    "add_file",
    "ask_list",
    "bundled_request",
    "case_layouts",
    "corrections_for",
    "fetch_all",
    "fetch_list",
    "fetchable",
    "find_candidates",
    "inspect",
    "layout_for",
    "link_lists",
    "open_bundled",
    "read_all",
    "read_any",
    "run_bundled",
    "run_case",
    "save_corrections",
    "save_layout",
    "take_corrections",
    "words_of",
    "write_letter_entries",
]
