"""OFAC's classic list is four files; this tells them apart by name and finds them beside each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Part(StrEnum):
    """One of the four files."""

    PARTIES = "parties"
    ADDRESSES = "addresses"
    ALIASES = "aliases"
    COMMENTS = "comments"


_SDN = {"sdn": Part.PARTIES, "add": Part.ADDRESSES, "alt": Part.ALIASES, "sdn_comments": Part.COMMENTS}
_CONS = {
    "cons_prim": Part.PARTIES,
    "cons_add": Part.ADDRESSES,
    "cons_alt": Part.ALIASES,
    "cons_comments": Part.COMMENTS,
}
_WORDS = "|".join(sorted({*_SDN, *_CONS}, key=len, reverse=True))
_NAME = re.compile(rf"^(?P<before>(?:.*?[^a-z])??)(?P<word>{_WORDS})(?P<after>(?:[^a-z].*)?)$", re.IGNORECASE)


@dataclass(frozen=True)
class Siblings:
    """The files of one list that are here: the one given and those beside it."""

    given: Part
    is_consolidated: bool
    paths: dict[Part, Path]
    before: str
    after: str

    @classmethod
    def of(cls, path: Path) -> Siblings:
        """Find the files that belong to the one given; a file of another name stands alone as parties.

        >>> import tempfile
        >>> folder = Path(tempfile.mkdtemp())
        >>> for name in ("ofac_sdn.csv", "ofac_alt.csv"): _ = (folder / name).write_text("")
        >>> [part.value for part in Siblings.of(folder / "ofac_alt.csv").paths]
        ['parties', 'aliases']
        """
        found = _NAME.match(path.name)
        if found is None:
            return cls(Part.PARTIES, False, {Part.PARTIES: path}, "", "")
        word = found["word"].lower()
        family = _CONS if word in _CONS else _SDN
        beside = {file.name.lower(): file for file in sorted(path.parent.iterdir()) if file.is_file()}
        paths = {}
        for other, part in family.items():
            name = f"{found['before']}{other}{found['after']}".lower()
            if other == word:
                paths[part] = path
            elif name in beside:
                paths[part] = beside[name]
        return cls(family[word], family is _CONS, paths, found["before"], found["after"])

    def expected(self, part: Part) -> str:
        """The name that a file of the list should have."""
        family = _CONS if self.is_consolidated else _SDN
        return self.before + next(word for word, other in family.items() if other is part) + self.after

    def notes(self) -> list[str]:
        """Which files were read together, and which are missing."""
        names = ", ".join(path.name for path in self.paths.values())
        said = [f"read together: {names}"]
        missing = [part for part in Part if part not in self.paths]
        if len(missing) > 0:
            wanted = ", ".join(f"{part.value} ({self.expected(part)})" for part in missing)
            said.append(f"not beside it, so left out: {wanted}")
        return said


def part_of(name: str) -> Part | None:
    """Which of the four files a file name means, or None.

    >>> part_of("ofac_cons_prim.csv").value, part_of("SDN.CSV").value, part_of("address_book.csv")
    ('parties', 'parties', None)
    """
    found = _NAME.match(name)
    return {**_SDN, **_CONS}[found["word"].lower()] if found is not None else None
