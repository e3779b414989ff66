"""Spelling skeletons: what different romanizations of one word have in common.

`Khrushchev`, `Hruščëv` and `Chruschtschow` are one word in three conventions.
A skeleton drops what conventions disagree about. Two words with one skeleton
may still be different words: it finds candidates, it proves nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

# Longest first. What each convention writes for one sound goes to one letter.
_GROUPS = {
    "SCHTSCH": "S", "SHTCH": "S", "SHCH": "S", "STSCH": "S", "SZCZ": "S", "TSCH": "C", "SCH": "S", "TCH": "C", "DZH": "Z",
    "DSCH": "Z", "SH": "S", "SZ": "S", "CZ": "C", "CH": "H", "KH": "H", "GH": "H", "ZH": "Z", "DJ": "Z", "DZ": "Z", "TS": "C",
    "TZ": "C", "TH": "T", "PH": "F", "CK": "K", "QU": "K", "OU": "U", "OO": "U", "EE": "I", "RN": "M", "VV": "V", "CL": "D",
    "X": "KS", "Q": "K", "W": "V", "F": "V", "G": "H", "J": "I", "Y": "I", "E": "I", "O": "U", "C": "K",
    "0": "U", "1": "I", "5": "S", "8": "B",
}  # fmt: skip
_GROUP = re.compile("|".join(sorted(_GROUPS, key=len, reverse=True)).replace("|C|", "|C(?![EIY])|"))
_GLIDE = re.compile(r"I+(?=[AUI])")
_REPEAT = re.compile(r"(.)\1+")


@lru_cache(maxsize=400_000)
def skeleton(word: str) -> str:
    """The spelling skeleton of one upper-case ASCII word; numbers stay as they are.

    >>> skeleton("RADIOSVYAZ") == skeleton("RADIOSWIAZ")
    True
    >>> skeleton("KHIMIYA") == skeleton("HIMIJA")
    True
    """
    if word.isdigit():
        return word
    short = _GROUP.sub(lambda found: _GROUPS[found.group()], word)
    short = _REPEAT.sub(r"\1", _GLIDE.sub("", short))
    return short if len(short) > 0 else word
