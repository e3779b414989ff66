"""Public lists and bundled files: who publishes them, and how a list is fetched when the user asks for it.

`catalog` says where everything comes from. `fetch` downloads one list into a folder and keeps the
older copy until the newer one has passed its checks; nothing here uses a network unless it is called.
"""

from kit.sources.catalog import Form, Layout, Source, SourceKind, catalog, read_catalog, source, source_of_file

__all__ = ["Form", "Layout", "Source", "SourceKind", "catalog", "read_catalog", "source", "source_of_file"]
