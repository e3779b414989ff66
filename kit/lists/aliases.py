"""Adding a name that a list gives as one text, with the other names that the text holds."""

from __future__ import annotations

from kit.lists.building import ListBuilder
from kit.lists.naming import alternatives, read_alias
from kit.lists.spoken import spoken_names
from kit.model import NameKind, Schema


def add_alias(build: ListBuilder, entity_id: str, text: str, kind: NameKind) -> None:
    """Add a name without the words in front of it that only say what it is; such words tell its kind more closely."""
    alias = read_alias(text, quotes_are_weak=False)
    if alias is not None:
        build.name(entity_id, alias[0], kind if alias[1] is NameKind.ALIAS else alias[1])


def add_name(build: ListBuilder, entity_id: str, name: str, kind: NameKind, schema: Schema) -> None:
    """Add a name as the list writes it, and beside it what stands inside it: names behind "a.k.a.", names in brackets.

    The name of a person is not taken apart at "a.k.a." and the like.
    """
    build.name(entity_id, name, kind)
    inside = [*([] if schema is Schema.PERSON else alternatives(name)), *(piece for piece, _ in spoken_names(name, kind))]
    for piece in inside:
        add_alias(build, entity_id, piece, kind)
