"""Tax and registration numbers: found in a name, told by kind, and checked by their check digits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kit.parties.words import NumberForm, label_pattern, labels, number_forms, plain_label

UNKNOWN = "unknown"
_BARE = re.compile(r"(?<![\w.-])(?:[A-Z]{2})?\d{8,20}(?![\w-])|(?<![\w.-])[0-9A-Z]{15,20}(?![\w-])", re.IGNORECASE)
_VAT = re.compile(r"(?:AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK)\s?\d{8,12}(?!\w)")
_MAYBE = re.compile(r"\d[\d-]{4}|\d[A-Z]{3,5}\d{4}|[A-Z]{5}\d{4}", re.IGNORECASE)
# what stands before a number that is none of a party: telephones, post boxes, house and plot numbers
_OTHER = re.compile(r"(?:TEL[A-Z]*|PHONE|FAX|MOB[A-Z]*|BOX|REF|NO|NR|N°|PLOT|ТЕЛ|БАГ|BAG|\+)[\s.:№#+\d()-]*$", re.IGNORECASE)
_KPP = re.compile(r"\d{4}[0-9A-Z]{2}\d{3}")
MOST_LETTERS = 2000
TAXPAYER = ("inn", "tax")
GENERAL = ("tax", "registration")  # what is said where no kind of its own fits


class NumberCheck(StrEnum):
    """What the check digits of a number say."""

    VALID = "valid"
    WRONG = "wrong check digit"
    FORM = "wrong form"  # its label names a kind that has other lengths or letters, or it is one sign over and over
    NONE = "no check"  # the kind has no check digits, or none that the kit can test


@dataclass(frozen=True)
class PartyNumber:
    """A number that stands in a name or beside it.

    `text` is the whole piece of the source, label included. `kind` joins several
    kinds by " or " where the number fits each. A valid number is well formed;
    it may still belong to somebody else.
    """

    text: str
    value: str
    kind: str
    check: NumberCheck


def check_number(value: str, *, territory: str | None = None) -> PartyNumber:
    """Tell the kind of a number by its form, its check digits, and where the party sits.

    >>> check_number("7707083893", territory="RU").kind, check_number("7707083894", territory="RU").check.value
    ('inn', 'wrong check digit')
    >>> check_number("123456789").kind
    'unknown'
    """
    return _told(value, value, _likely(value, territory), territory, is_labelled=False)


def _likely(value: str, territory: str | None) -> list[NumberForm]:
    """Kinds that a number without a label may be.

    Every territory has its own; one digit in ten is right by chance, so digits
    alone are not called a number of another territory, also where the kit knows none of this one.
    """
    if territory is None:
        return [form for form in number_forms() if form.is_bare]
    local = [form for form in number_forms() if form.territory == territory]
    return local + [form for form in number_forms() if form.is_bare and not value.isdigit() and form not in local]


def find_numbers(text: str, *, territory: str | None = None) -> list[tuple[int, int, PartyNumber]]:
    """Numbers of a party in a text as (start, end, number), in order, not overlapping.

    Labelled numbers, and bare ones of eight digits or more; telephone numbers,
    post boxes and house numbers are left alone.

    >>> [number.kind for _, _, number in find_numbers("7707083893 772201001 OOO YATASH")]
    ['inn', 'kpp']
    """
    short = text[:MOST_LETTERS]
    if _MAYBE.search(short) is None:
        return []
    found: list[tuple[int, int, PartyNumber]] = []
    for hit in label_pattern().finditer(short):
        forms = _meant(labels()[plain_label(hit["label"])], territory)
        value = _own_part(hit["value"], forms)
        end = hit.start("value") + len(value)
        if sum(sign.isdigit() for sign in value) >= 4:
            found.append((hit.start(), end, _told(short[hit.start() : end], value, forms, territory, is_labelled=True)))
    for pattern in (_VAT, _BARE):
        for hit in pattern.finditer(short):
            if any(start < hit.end() and hit.start() < end for start, end, _ in found):
                continue
            number = _bare(short, hit, territory)
            if number is not None:
                found.append((hit.start(), hit.end(), number))
    found.sort(key=lambda piece: piece[0])
    return _with_kpp(short, found)


def _meant(forms: Sequence[NumberForm], territory: str | None) -> Sequence[NumberForm]:
    """Kinds that a label may mean: INN and TIN stand before the taxpayer numbers of every territory."""
    if territory is None or not any(form.kind in TAXPAYER for form in forms):
        return forms
    return [*forms, *(form for form in number_forms() if form.territory == territory and form not in forms)]


def _own_part(value: str, forms: Sequence[NumberForm]) -> str:
    """A number without the word that is glued behind it: `B66392465CASTELLON`."""
    if any(form.form.fullmatch(value.upper()) is not None for form in forms if form.territory != ""):
        return value
    own = [form for form in forms if form.territory != ""]
    cut = [hit.group() for form in own if (hit := form.form.match(value.upper())) is not None]
    cut = [part for part in cut if value[len(part) :].isalpha()]
    return value[: len(cut[0])] if len(cut) > 0 else value


def _bare(text: str, hit: re.Match[str], territory: str | None) -> PartyNumber | None:
    """A number without a label; letters in it must make it valid, for many words hold letters and digits."""
    if _OTHER.search(text[max(0, hit.start() - 24) : hit.start()]) is not None:
        return None
    number = check_number(hit.group(), territory=territory)
    is_inside = any(sign.isalpha() for sign in text[: hit.start()]) and any(sign.isalpha() for sign in text[hit.end() :])
    is_local = any(form.territory == territory for form in number_forms() if form.kind in number.kind.split(" or "))
    if is_inside and hit.group().isdigit() and not is_local:
        return None  # amid words it may as well be a post code, a telephone, a reference
    return number if hit.group().isdigit() or number.check is NumberCheck.VALID else None


def _with_kpp(text: str, found: Sequence[tuple[int, int, PartyNumber]]) -> list[tuple[int, int, PartyNumber]]:
    """Nine signs right behind a Russian INN are its KPP."""
    out: list[tuple[int, int, PartyNumber]] = []
    for place, (start, end, number) in enumerate(found):
        before = out[place - 1] if place > 0 else None
        follows = before is not None and len(before[2].value) == 10 and "inn" in before[2].kind.split(" or ")
        if follows and before is not None and text[before[1] : start].strip(" /,;-") == "" and _KPP.fullmatch(number.value):
            number = PartyNumber(number.text, number.value, "kpp", NumberCheck.NONE)
            out[place - 1] = (before[0], before[1], PartyNumber(before[2].text, before[2].value, "inn", before[2].check))
        out.append((start, end, number))
    return out


def _told(text: str, value: str, forms: Sequence[NumberForm], territory: str | None, *, is_labelled: bool) -> PartyNumber:
    """Kinds that fit: those of the territory first, then those whose check digits are right."""
    plain = "".join(value.split()).upper()
    is_filler = len(set(plain) - {"-"}) == 1  # 0000000000: right check digits, and nobody's number
    fitting = [form for form in forms if form.form.fullmatch(plain) is not None and not is_filler]
    if len(fitting) == 0:
        kinds = [form.kind for form in forms] if is_labelled else [UNKNOWN]
        return PartyNumber(text, value, " or ".join(dict.fromkeys(kinds)), NumberCheck.FORM if is_labelled else NumberCheck.NONE)
    fitting = [form for form in fitting if form.kind not in GENERAL] or fitting
    local = [form for form in fitting if form.territory == territory]
    fitting = local if len(local) > 0 else fitting
    valid = [form.kind for form in fitting if form.is_valid is not None and form.is_valid(plain)]
    unchecked = [form.kind for form in fitting if form.is_valid is None]
    wrong = [form.kind for form in fitting if form.is_valid is not None]
    if len(valid) > 0:
        return PartyNumber(text, value, " or ".join(valid), NumberCheck.VALID)
    if len(unchecked) > 0 and (is_labelled or len(local) > 0):
        return PartyNumber(text, value, " or ".join(unchecked), NumberCheck.NONE)
    if is_labelled or len(local) > 0:
        return PartyNumber(text, value, " or ".join(wrong), NumberCheck.WRONG)
    return PartyNumber(text, value, UNKNOWN, NumberCheck.NONE)
