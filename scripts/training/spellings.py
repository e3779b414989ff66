"""How a listed party is spelled in a trade record: one function a difficulty."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from training.chance import Chance
from training.parties import Party
from training.words import HOMOGLYPHS, plain_turkish, romanize

CUT = 35
_OTHER_FORMS = {
    "Limited": "LTD", "Co., Ltd.": "COMPANY LIMITED", "FZE": "FZCO", "FZ-LLC": "FZE", "LLC": "CJSC",
    "ОсОО": "ЗАО", "ООО": "АО", "ТОО": "АО", "OsOO": "LLC", "OOO": "LLC", "TOO": "LLP", "Limited Şirketi": "ANONIM SIRKETI",
}  # fmt: skip


@dataclass(frozen=True)
class Spelling:
    """A record name, what is difficult about it, and whether it needs letters that cp1251 lacks."""

    record_name: str
    difficulty: str
    why: str

    @property
    def is_plain(self) -> bool:
        """Whether the Russian file (cp1251) can hold it."""
        try:
            self.record_name.encode("cp1251")
        except UnicodeEncodeError:
            return False
        return True


def shout(text: str) -> str:
    """Capitals and straight quotes, as customs records are typed; a Turkish i keeps its dot."""
    if any(letter in text for letter in "ğışçöüŞÇÖÜĞİ"):
        text = text.replace("i", "İ").replace("ı", "I")
    return text.upper().replace("«", '"').replace("»", '"')


def _latin(party: Party) -> str:
    """The whole name in Latin letters and capitals."""
    return shout(plain_turkish(romanize(party.name.replace("«", "").replace("»", ""))))


def _exact(chance: Chance, party: Party) -> Spelling | None:
    return Spelling(shout(party.name), "exact", "the listed name in capitals")


def _alias(chance: Chance, party: Party) -> Spelling | None:
    if len(party.aliases) == 0:
        return None
    return Spelling(shout(party.aliases[0]), "alias", "a listed other name")


def _transliterated(chance: Chance, party: Party) -> Spelling | None:
    if party.manner == "cyrillic":
        if party.territory in {"RU", "KG"}:
            form = "LLC" if party.territory == "RU" else "OSOO"
            name = f"{form} {romanize(party.core, other=True)}"
            return Spelling(name.upper(), "transliterated", "listed in Cyrillic, recorded in Latin letters by another convention")
        form = "ТОО" if party.territory == "KZ" else "ООО"
        return Spelling(f'{form} "{party.core}"'.upper(), "transliterated", "listed in Latin letters, recorded in Cyrillic")
    if party.manner == "turkish":
        return Spelling(_latin(party), "transliterated", "Turkish letters recorded as on an English keyboard")
    return None


def _other_script(chance: Chance, party: Party) -> Spelling | None:
    if party.manner != "han" or len(party.aliases) == 0:
        return None
    return Spelling(party.aliases[0], "han", "recorded in Chinese characters, a listed other name")


def _pinyin_apart(chance: Chance, party: Party) -> Spelling | None:
    if party.manner != "han":
        return None
    spaced = " ".join(party.syllables)
    return Spelling(_latin(party).replace(party.word.latin.upper(), spaced.upper()), "pinyin_spaced", "the syllables stand apart")


def _homoglyph(chance: Chance, party: Party) -> Spelling | None:
    name = _latin(party)
    places = [i for i, letter in enumerate(name) if letter in HOMOGLYPHS]
    if len(places) < 4:
        return None
    chosen = set(chance.shuffled(places)[:3])
    mixed = "".join(HOMOGLYPHS[letter] if i in chosen else letter for i, letter in enumerate(name))
    return Spelling(mixed, "homoglyph", "three Latin letters are Cyrillic letters that look the same")


def _glued_tax_number(chance: Chance, party: Party) -> Spelling | None:
    if party.tax_number == "":
        return None
    name = shout(party.name).replace('"', "")
    if chance.unit() < 0.5:
        why = "tax and registration number before the name"
        return Spelling(f"{party.tax_number} {chance.digits(9)} {name}", "glued_tax_number", why)
    return Spelling(f"{name} ИНН{party.tax_number}", "glued_tax_number", "tax number behind the name")


def _cut(chance: Chance, party: Party) -> Spelling | None:
    whole = f"{_latin(party)} {shout(plain_turkish(romanize(party.address)))}"
    cut = whole[:CUT].rstrip()
    if len(whole) <= CUT or party.word.latin.upper() not in cut:
        return None
    return Spelling(cut, "cut_35", "name with address, cut at 35 characters")


def _word_order(chance: Chance, party: Party) -> Spelling | None:
    tokens = _latin(party).replace("(HK)", "").split()
    if len(tokens) < 3:
        return None
    return Spelling(" ".join([*tokens[1:], tokens[0]]), "word_order", "the first word stands last")


def _typo(chance: Chance, party: Party) -> Spelling | None:
    word = party.word.latin.upper()
    i = chance.whole(2, len(word) - 3)
    kind = chance.pick(("dropped", "doubled", "swapped"))
    wrong = {
        "dropped": word[:i] + word[i + 1 :],
        "doubled": word[:i] + word[i] + word[i:],
        "swapped": word[:i] + word[i + 1] + word[i] + word[i + 2 :],
    }[kind]
    if wrong == word:
        return None
    return Spelling(_latin(party).replace(word, wrong), "typo", f"a letter is {kind}")


def _legal_form(chance: Chance, party: Party) -> Spelling | None:
    for form, other in _OTHER_FORMS.items():
        tokens = party.name.replace("«", "").replace("»", "")
        if tokens.endswith(" " + form) or tokens.startswith(form + " "):
            return Spelling(shout(plain_turkish(tokens.replace(form, other))), "legal_form", f"legal form {form} became {other}")
    return None


def _glued_name(chance: Chance, party: Party) -> Spelling | None:
    core = plain_turkish(romanize(party.core)).upper()
    glued = core.replace(" ", "")
    if len(glued) > 30:
        return None
    return Spelling(_latin(party).replace(core, glued), "glued_name", "the blanks of the name are lost")


def _agent(chance: Chance, party: Party) -> Spelling | None:
    agent = chance.pick(("KORVELINE FREIGHT", "MERIDAX CARGO", "TRANSVOLMA LOGISTICS", "SEAWINDLE FORWARDING"))
    if party.manner == "cyrillic" and party.territory in {"RU", "KG"}:
        own = chance.pick(("ООО ТАМБРОКЕРИС", "ООО ДЕКЛАРМОНТ"))
        return Spelling(f"{own} ПО ПОРУЧЕНИЮ {shout(party.name)}", "agent_phrase", "a broker acts for the listed party")
    phrase = chance.pick(("FOR LLC {} TIN " + chance.digits(9), "ON BEHALF OF {}", "C/O {}", "FOR {}"))
    name = plain_turkish(romanize(party.core)).upper() if "LLC" in phrase else _latin(party)
    return Spelling(f"{agent} {phrase.format(name)}", "agent_phrase", "a forwarder acts for the listed party")


MAKERS: tuple[Callable[[Chance, Party], Spelling | None], ...] = (
    _exact, _alias, _transliterated, _other_script, _pinyin_apart, _homoglyph, _glued_tax_number, _cut, _word_order, _typo,
    _legal_form, _glued_name, _agent,
)  # fmt: skip


def spell(chance: Chance, party: Party, counts: dict[str, int], *, plain: bool) -> Spelling:
    """The spelling that the case has fewest of so far, among those that fit the party."""
    fitting = [s for s in (maker(chance, party) for maker in MAKERS) if s is not None and (s.is_plain or not plain)]
    fewest = min(fitting, key=lambda s: (counts.get(s.difficulty, 0), s.difficulty))
    counts[fewest.difficulty] = counts.get(fewest.difficulty, 0) + 1
    return fewest
