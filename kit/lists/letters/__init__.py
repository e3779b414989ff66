"""Letters: what a PDF or DOCX names as parties, why, and what a person corrects before it goes in.

`propose_entries` puts every line of a document into exactly one `Entry`: taken
for a party, or left aside with the reason. `correct` edits them, `write_entries`
and `read_entries` keep the corrections as CSV beside the original text, and
`to_result` makes the tables.
"""

from kit.lists.letters.entries import Entry, Proposal
from kit.lists.letters.proposing import propose_entries
from kit.lists.letters.result import to_result

__all__ = ["Entry", "Proposal", "propose_entries", "to_result"]
