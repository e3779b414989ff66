"""Names: their script, their Latin spelling, their legal form, and who is meant.

Everything here is for comparing. What is shown to a reader is the name as the
source spells it; a compare form is never shown alone.
"""

from kit.names.forms import WordKind, compare_form, word_kind
from kit.names.legal import LegalForm, LegalSplit, legal_words, split_legal_form, split_words
from kit.names.letters import one_script, romanize, script_of, to_latin
from kit.names.principals import NumberSplit, PartyRole, PhraseFound, Principal, find_phrase, principal, split_numbers
from kit.names.skeletons import skeleton
from kit.names.words import name_words

__all__ = [
    "LegalForm",
    "LegalSplit",
    "NumberSplit",
    "PartyRole",
    "PhraseFound",
    "Principal",
    "WordKind",
    "compare_form",
    "find_phrase",
    "legal_words",
    "name_words",
    "one_script",
    "principal",
    "romanize",
    "script_of",
    "skeleton",
    "split_legal_form",
    "split_numbers",
    "split_words",
    "to_latin",
    "word_kind",
]
