"""Letters: what a PDF or DOCX names as parties, why, and what a person corrects before it goes in.

`propose_letter` puts every line of a document into exactly one `Entry`: taken
for a party, or left aside with the reason. `edit_entry`, `take_entry`,
`merge_entries` and `split_entry` correct them, `write_entries` keeps them as CSV
beside the text as it stands, `propose_letter(path, corrections=…)` applies them
again, and `read_letter` makes the tables.
"""

from kit.lists.letters.corrections import edit_entry, merge_entries, split_entry, take_entry
from kit.lists.letters.entries import Entry, Proposal
from kit.lists.letters.kept import entries_csv, file_of, stamp_of_entries, write_entries
from kit.lists.letters.proposing import propose_entries
from kit.lists.letters.reading import READERS, propose_letter, read_letter

__all__ = [
    "READERS",
    "Entry",
    "Proposal",
    "edit_entry",
    "entries_csv",
    "file_of",
    "merge_entries",
    "propose_entries",
    "propose_letter",
    "read_letter",
    "split_entry",
    "stamp_of_entries",
    "take_entry",
    "write_entries",
]
