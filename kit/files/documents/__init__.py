"""Documents of running text, PDF and DOCX: their lines and ruled tables, each with page and line, so that it can be cited.

`read_document` gives a `Document`. What a line means is for the reader of lists
to say; here it is only known where it stands. Nothing is sent anywhere, and no
picture is read: a page that is a scan becomes a page with a problem.
"""

from kit.files.documents.opening import read_document
from kit.files.documents.parts import PAGE, Document, Line, Page, Table, TableRow, Word, joined, place_in_file, place_of

__all__ = [
    "PAGE",
    "Document",
    "Line",
    "Page",
    "Table",
    "TableRow",
    "Word",
    "joined",
    "place_in_file",
    "place_of",
    "read_document",
]
