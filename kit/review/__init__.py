"""What may be shown to whom: masked persons, names that nobody has judged, cells that a spreadsheet would run."""

from kit.review.export import neutralize, write_csv
from kit.review.masking import Masks, is_person, mask_name, mask_table, masks_of
from kit.review.publishing import NOT_SHOWN, Publication, publication_of
from kit.review.releasing import release_list

__all__ = [
    "NOT_SHOWN",
    "Masks",
    "Publication",
    "is_person",
    "mask_name",
    "mask_table",
    "masks_of",
    "neutralize",
    "publication_of",
    "release_list",
    "write_csv",
]
