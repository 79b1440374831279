"""Whether words say that past work was wrong, or are jargon, and what could stand there instead. Pure.

The words and their suggestions stand in `wording_words`; a language that is not in the tables is read with all of them.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final, NamedTuple

from commonground.analysis.communication.wording_words import BLAME, JARGON, Entry

KINDS: Final = {"blame": "It sounds as if what people did was wrong.", "jargon": "Not everybody knows this word."}
ENGLISH, GERMAN = "en", "de"
CALLED: Final = {
    "en": ENGLISH, "eng": ENGLISH, "english": ENGLISH, "englisch": ENGLISH,
    "de": GERMAN, "deu": GERMAN, "ger": GERMAN, "german": GERMAN, "deutsch": GERMAN,
}  # fmt: skip
LONG: Final = 25  # words of a sentence beyond which many lose the thread


class Remark(NamedTuple):
    """One place in a text. found: the words that stand there; instead: what could; why: what they do to a reader."""

    start: int
    end: int
    found: str
    kind: str
    instead: tuple[str, ...]
    why: str


def language_of(name: str) -> str:
    """The table of a language by its name or code (“de-AT”, “German”); empty for one that has none."""
    return CALLED.get(re.split(r"[-_\s(]", name.strip().casefold(), maxsplit=1)[0], "")


def remarks(text: str, language: str = "") -> list[Remark]:
    """What could be said otherwise in a text, in the order in which it stands there; of two that overlap the longer.

    language: of the text, by name or code; empty or unknown reads it with every table. Raises nothing: an empty text has no remarks.
    """
    wanted = language_of(language)
    found = [
        Remark(match.start(), match.end(), match.group(), kind, entry.instead, entry.why or KINDS[kind])
        for kind, entry, pattern in _patterns()
        if not wanted or entry.language == wanted
        for match in pattern.finditer(text)
    ]
    return _apart(found)


def _apart(found: Iterable[Remark]) -> list[Remark]:
    kept: list[Remark] = []
    for one in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept)


@cache
def _patterns() -> Sequence[tuple[str, Entry, re.Pattern[str]]]:
    tables = (("blame", BLAME), ("jargon", JARGON))
    return [
        (kind, entry, re.compile(rf"(?<!\w)(?:{entry.pattern})(?!\w)", re.IGNORECASE))
        for kind, entries in tables
        for entry in entries
    ]


def long_sentences(text: str) -> list[str]:
    """Sentences of more than 25 words, each by its beginning: two short ones are read more easily."""
    found = []
    for one in re.split(r"(?<=[.!?:])\s+|\n+", text):
        words = one.split()
        if len(words) > LONG:
            found.append(" ".join(words[:6]) + " …")
    return found
