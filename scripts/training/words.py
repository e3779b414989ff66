"""Invented words in five manners, kept at least three letters apart so that the truth is clear."""

from __future__ import annotations

from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

from training.chance import Chance

_SYLLABLES = {
    "west": (
        "bre cra dro fel gar hol jun kel lor mav nor ost pel quen rav sel tor ulm ver wen zar bran gost helm lind mur nav prin",
        "a e i o u al en ir or um",
        "bex dak fir gan hart lix mond nel pard quist rion stal tek vex wick zor dane lund met vik",
    ),
    "cyrillic": (
        "век лим кор сим тан бра дел гор жер зав инк кул лаб мер нов оль пра рад сор тул уфр фим хол цел чар шум юрм ярг",
        "а о и е у то ри ла ко ми",
        "вант дрок зимар канор лимст монар пром тавр рикон сонт тормаш фраком хемил цитор шельт вальд нистр дор",
    ),
    "turkish": (
        "yel kar bal dem ers gün har ilk kuz mer öz par sel tuğ uğr yaz çel şim bor dağ",
        "a e ı i o u ka ma le ri",
        "nar dur kon laç mert pınar rak sev tam vuş yol zen bulut çay gür",
    ),
    "arabic": (
        "zum har kal mas nad qas rafi sal tah wad yaz bas dur fal ghaz jum khal lam muk nas",
        "a i u ra fi la ma",
        "rafi zan dari lani muri qadi sabi taimi wari zidi bani hadi jari khari",
    ),
}
_HAN = (
    "澜 lan|砚 yan|鹭 lu|桤 qi|翎 ling|榭 xie|岫 xiu|潼 tong|笙 sheng|箬 ruo|"
    "霁 ji|珂 ke|昶 chang|骧 xiang|菡 han|浔 xun|苒 ran|颢 hao|铎 duo|筠 yun|"
    "琬 wan|璟 jing|屹 yi|湉 tian|舸 ge|棠 tang|谡 su|驭 yu|芃 peng|淼 miao|"
    "禺 ou|樾 yue|犇 ben|峥 zheng|翀 chong|濯 zhuo|缈 mao|昀 jun|莞 guan|飏 fang"
)
HAN = tuple((pair.split()[0], pair.split()[1]) for pair in _HAN.split("|"))

_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a|b|v|g|d|e|e|zh|z|i|y|k|l|m|n|o|p|r|s|t|u|f|kh|ts|ch|sh|shch|_|y|_|e|yu|ya".split("|"),  # noqa: SIM905 (a table)
        strict=True,
    )
)
_OTHER = {"ж": "j", "х": "h", "ц": "c", "й": "i", "ы": "i", "ю": "iu", "я": "ia", "щ": "sch"}
_TURKISH = str.maketrans("çğıöşüÇĞİÖŞÜ", "cgiosuCGIOSU")
HOMOGLYPHS = {"A": "А", "B": "В", "C": "С", "E": "Е", "H": "Н", "K": "К", "M": "М", "O": "О", "P": "Р", "T": "Т", "X": "Х"}


def romanize(text: str, *, other: bool = False) -> str:
    """Cyrillic in Latin letters by the common table, or with `other` by a second convention."""
    out = []
    for letter in text:
        low = letter.lower()
        if low not in _CYRILLIC:
            out.append(letter)
            continue
        latin = _CYRILLIC[low].replace("_", "")
        if other:
            latin = _OTHER.get(low, latin)
        out.append(latin.capitalize() if letter != low else latin)
    return "".join(out)


def plain_turkish(text: str) -> str:
    """Turkish letters as they look on an English keyboard."""
    return text.translate(_TURKISH)


@dataclass(frozen=True)
class Word:
    """An invented word: in its own script and in Latin letters."""

    own: str
    latin: str


@dataclass
class Mint:
    """Makes words that no earlier word resembles."""

    chance: Chance
    _made: list[str] = field(default_factory=list)

    def _is_apart(self, latin: str) -> bool:
        key = latin.lower()
        return all(Levenshtein.distance(key, made, score_cutoff=2) > 2 for made in self._made)

    def _draw(self, manner: str) -> Word:
        if manner == "han":
            parts = [self.chance.pick(HAN) for _ in range(3)]
            return Word("".join(p[0] for p in parts), "".join(p[1] for p in parts).capitalize())
        first, middle, last = (part.split() for part in _SYLLABLES[manner])
        longer = [first, middle] if self.chance.unit() < 0.35 else []
        own = "".join(self.chance.pick(part) for part in [*longer, first, middle, last]).capitalize()
        if manner == "cyrillic":
            return Word(own, romanize(own))
        return Word(own, plain_turkish(own))

    def word(self, manner: str) -> Word:
        """A new word of at least seven letters in the manner west, cyrillic, turkish, arabic or han."""
        for _ in range(2000):
            word = self._draw(manner)
            if len(word.latin) >= 7 and self._is_apart(word.latin):
                self._made.append(word.latin.lower())
                return word
        message = f"no room left for another {manner} word; add syllables"
        raise RuntimeError(message)
