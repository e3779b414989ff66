"""Names that stand in one text: beside a language's label, in brackets in another script, or as a legal form's short name."""

from __future__ import annotations

import re
from functools import cache

from kit.model import NameKind
from kit.names import script_of, split_legal_form
from kit.reference import read_reference

_BRACKET = re.compile(r"^([^()]*[^()\s])\s*\(([^()]+)\)[\s,]*$")
Spoken = tuple[str, NameKind]


def spoken_names(text: str, kind: NameKind = NameKind.ALIAS) -> list[Spoken]:
    """Take a text apart that holds several names; the text itself where it holds one.

    A bracket is taken apart only where it is surely another name: it is in
    another script, begins with a language's label, or has a legal form of its
    own. Labels are in `data/lookups/list_name_labels.csv`.

    Args:
        text: One alias as a list writes it.
        kind: What the list calls it; a label such as "stage name" says it more closely.

    >>> [name for name, _ in spoken_names("Oleg PLUM (Олег ПЛАМ)")]
    ['Oleg PLUM', 'Олег ПЛАМ']
    >>> [name for name, _ in spoken_names("Belarusian: ААТ ‘Слива’")]
    ['ААТ ‘Слива’']
    >>> spoken_names("Plum Trade (Hong Kong)")
    [('Plum Trade (Hong Kong)', <NameKind.ALIAS: 'alias'>)]
    >>> spoken_names("Oleg PLUM (nom de guerre)")
    [('Oleg PLUM', <NameKind.WEAK_ALIAS: 'weak_alias'>)]
    """
    bare = " ".join(text.split()).strip(" ,;")
    bracket = _BRACKET.match(bare)
    if bracket is not None:
        outer, inner = bracket[1].strip(), bracket[2].strip()
        said = _labels().get(inner.casefold())
        if said is not None:
            return [(outer, said)]
        parted = _by_label(inner, kind)
        if parted != [(inner, kind)] or _is_other_name(outer, inner):
            found = [*_by_label(outer, kind), *((one, k) for name, k in parted for one in _pieces(name))]
            return [(name, k) for name, k in found if any(c.isalnum() for c in name)]
        return [(bare, kind)]
    return _by_label(bare, kind) if "(" not in bare else [(bare, kind)]


def is_legal_form(text: str) -> bool:
    """Whether a text is a legal form and nothing else; as a name it would match every firm of that form.

    >>> [is_legal_form(text) for text in ("Joint Stock Company", "Co., Ltd.", "ООО Слива", "Plum")]
    [True, True, False, False]
    """
    said = split_legal_form(text)
    return len(said.forms) > 0 and set(said.core) <= {word for form in said.forms for word in form.words.split()}


def _by_label(text: str, kind: NameKind) -> list[Spoken]:
    """Split at labels such as "Russian:"; the text itself if it has none."""
    parts = _pattern().split(text)
    if len(parts) == 1:
        return [(text, kind)]
    found: list[Spoken] = [(parts[0].strip(" ,;"), kind)]
    found += [
        (name.strip(" ,;"), kind if kind is not NameKind.ALIAS else _labels()[label.casefold()])
        for label, name in zip(parts[1::2], parts[2::2], strict=True)
    ]
    return [(name, k) for name, k in found if any(c.isalnum() for c in name)]


def _is_other_name(outer: str, inner: str) -> bool:
    """Whether a bracket names the party once more: other letters, or a legal form on both sides."""
    if script_of(outer) != script_of(inner) and not any(c.isdigit() for c in inner):
        return True
    both = len(split_legal_form(outer).forms) > 0 and len(split_legal_form(inner).forms) > 0
    return both and not is_legal_form(inner)


def _pieces(text: str) -> list[str]:
    return [piece for piece in (p.strip() for p in text.split(";")) if any(c.isalnum() for c in piece)]


@cache
def _labels() -> dict[str, NameKind]:
    return {row["label"].casefold(): NameKind(row["kind"]) for row in read_reference("lookups", "list_name_labels.csv")}


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_labels(), key=len, reverse=True)
    return re.compile(r"(?<!\w)(" + "|".join(re.escape(label) for label in longest_first) + r")\s*:\s*", re.IGNORECASE)
