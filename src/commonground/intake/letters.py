"""Which encoding makes the most sense of bytes that are no UTF-8: the one whose letters are those of one language.

Names in a roster are too short for statistics of a language, but not for its alphabet: read in the wrong encoding, Czech names show
letters of Danish, French and Spanish side by side.
"""

# ruff: noqa: SIM905 - alphabets are easier to read and add to as text

import re
from collections.abc import Mapping

SAMPLE = 64_000
GOOD_ENOUGH = 0.7
_EVERYWHERE = frozenset("–—‘’“”„‚…€°´«»§·\xa0£®©™")

# Encoding → alphabets beyond ASCII of the languages that use it; the first encoding wins where several make equal sense.
_ALPHABETS: Mapping[str, tuple[str, ...]] = {
    "cp1252": tuple(
        "äöüß éèêëàâçîïôûùœæ áéíóúñü¿¡ºª ãõáéíóúâêôçàü åäö æøåé áðéíóúýþæö éëïöüá àèéìòù àèéíòóúçï".split()
    ),
    "cp1250": tuple("áčďéěíňóřšťúůýž áäčďéíĺľňóôŕšťúýž ąćęłńóśźż áéíóöőúüű čćđšž ăâîşţ".split()),
    "cp1254": ("çğıöşüâî",),
    "cp1257": tuple("ąčęėįšųūž āčēģīķļņšūž äõöüšž".split()),
    "mac_roman": tuple("äöüß éèêëàâçîïôûùœæ áéíóúñü¿¡ ãõáéíóúâêôçàü åäö æøåé".split()),
    "cp850": tuple("äöüß éèêëàâçîïôûù áéíóúñü¿¡ ãõáéíóúâêôçàü åäö æøåé".split()),
    "cp1251": ("абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ№ў",),
    "koi8_r": ("абвгдежзийклмнопрстуфхцчшщъыьэюяё",),
    "cp1253": ("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",),
}
_VOWELS = {"cp1251": "аеёиоуыэюяіїєў", "koi8_r": "аеёиоуыэюя", "cp1253": "αεηιουωάέήίόύώϊϋ"}
_MIXED = 0.75  # names from all over western Europe in one roster, where no single language fits better
_WORDS = re.compile(r"[^\W\d_]+")
_PAIRS = re.compile(rb"([\x81-\xfe])([\x40-\x7e\x80-\xfe])")
_HALF_WIDTH = re.compile("[\uff61-\uff9f]")
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def telling_lines(data: bytes) -> bytes:
    """The first lines that hold bytes above 127: only they tell encodings apart."""
    telling: list[bytes] = []
    size = 0
    for line in re.split(rb"[\r\n]+", data):
        if not line.isascii():
            telling.append(line)
            size += len(line) + 1
            if size > SAMPLE:
                break
    return b"\n".join(telling)


def likely_encodings(sample: bytes) -> list[str]:
    """Encodings that make sense of a sample, the best first; empty when none does."""
    scores = {encoding: _sense(sample, encoding) for encoding in _ALPHABETS}
    likely = [name for name in sorted(scores, key=lambda name: -scores[name]) if scores[name] >= GOOD_ENOUGH]
    if likely and (likely[0] in _VOWELS or (scores[likely[0]] == 1.0 and _cased(sample.decode(likely[0])))):
        return likely
    eastern = _east_asian(sample)
    return [eastern] if eastern else likely


def _cased(text: str) -> bool:
    """Whether capitals stand where they do in words: first, or everywhere."""
    words = [word for word in _WORDS.findall(text) if not word.isascii()]
    return all(word.islower() or word.isupper() or not any(map(str.isupper, word[1:])) for word in words)


def _sense(sample: bytes, encoding: str) -> float:
    """The share of letters beyond ASCII that are those of the one language that fits best."""
    text = _decoded(sample, encoding)
    if text is None or (encoding in _VOWELS and not _speakable(text, _VOWELS[encoding])):
        return 0.0
    beyond = [letter.casefold() if letter != "ß" else letter for letter in _without_marks(text) if not letter.isascii()]
    if not beyond:
        return 1.0
    alphabets = _ALPHABETS[encoding]
    shares = [sum(1 for letter in beyond if letter in alphabet) / len(beyond) for alphabet in alphabets]
    together = "".join(alphabets) if encoding == "cp1252" else ""
    return max(*shares, _MIXED * sum(1 for letter in beyond if letter in together) / len(beyond))


def _speakable(text: str, vowels: str) -> bool:
    """Whether words of another script have no ASCII letters among theirs, no capitals in the middle, and enough vowels."""
    words = [word for word in _WORDS.findall(text) if not word.isascii()]
    odd = sum(
        1
        for word in words
        if any(map(str.isascii, word)) or not (word[1:].islower() or word.isupper() or len(word) == 1)
    )
    letters = "".join(words).casefold()
    return odd * 10 <= len(words) and sum(1 for letter in letters if letter in vowels) * 4 >= len(letters)


def _without_marks(text: str) -> str:
    """Text without the marks that any language uses, unless they stand within a word, where they are misread letters."""
    return "".join(
        letter
        for at, letter in enumerate(text)
        if letter not in _EVERYWHERE
        or (letter != "’" and text[at - 1 : at].isalpha() and text[at + 1 : at + 2].isalpha())
    )


def _east_asian(sample: bytes) -> str | None:
    """Which of the East Asian encodings it is, told by the ranges that its pairs of bytes are in."""
    japanese = _decoded(sample, "cp932")
    if japanese and not _HALF_WIDTH.search(japanese) and _mostly_east_asian(japanese):
        return "cp932"
    pairs = _PAIRS.findall(sample)
    if not pairs or len(pairs) * 2 < sum(1 for byte in sample if byte > 0x80) * 0.9:
        return None
    leads = [lead[0] for lead, _ in pairs]
    kana = sum(1 for lead in leads if lead in (0xA4, 0xA5)) / len(leads)
    low = sum(1 for _, trail in pairs if trail[0] < 0x80) / len(pairs)
    if low > 0.1:
        order = ["big5"]
    elif kana > 0.1:
        order = ["euc_jp"]
    elif all(0xB0 <= lead <= 0xC8 for lead in leads):
        order = ["euc_kr", "gb18030"]
    else:
        order = ["gb18030"]
    return next((name for name in order if (text := _decoded(sample, name)) and _mostly_east_asian(text)), None)


def _decoded(sample: bytes, encoding: str) -> str | None:
    try:
        return sample.decode(encoding)
    except UnicodeDecodeError:
        return None


def _mostly_east_asian(text: str) -> bool:
    """Whether most words beyond ASCII are of two letters or more, all of them kana, Han or Hangul."""
    words = [word for word in _WORDS.findall(text) if not word.isascii()]
    pure = sum(1 for word in words if len(word) > 1 and len(_EAST_ASIAN.findall(word)) == len(word))
    return pure * 2 > len(words)
