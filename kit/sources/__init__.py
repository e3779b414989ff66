"""Public lists and bundled files: who publishes them, and how a list is fetched when the user asks for it.

`catalog` says where everything comes from. `fetch` downloads one list into a folder and keeps the
older copy until the newer one has passed its checks; nothing here uses a network unless it is called.
"""

from kit.sources.ages import EditionAge, edition_age, ruling
from kit.sources.copies import Copy, age_in_words, newest_copy, now, read_copy
from kit.sources.entries import Form, Layout, Source, SourceKind, catalog, read_catalog, source, source_of_file
from kit.sources.fetching import Fetched, ask, fetch, form_of
from kit.sources.transport import Limits, Told

__all__ = [
    "Copy",
    "EditionAge",
    "Fetched",
    "Form",
    "Layout",
    "Limits",
    "Source",
    "SourceKind",
    "Told",
    "age_in_words",
    "ask",
    "catalog",
    "edition_age",
    "fetch",
    "form_of",
    "newest_copy",
    "now",
    "read_catalog",
    "read_copy",
    "ruling",
    "source",
    "source_of_file",
]
