"""Finding techniques by words, symptom, cause, practice, evidence and mechanism. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from commonground.guidance.techniques.causes import BY_CAUSE
from commonground.guidance.techniques.symptoms import SYMPTOMS
from commonground.guidance.techniques.technique import CAUSES, Technique

_GRADES: Final = ("A", "B", "C", "ours", "D")
_LAST: Final = 99


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; empty for any. words: all must be there. com_b: a key, or the first part of one, such as `physical`."""

    words: str = ""
    kind: str = ""
    symptom: str = ""
    cause: str = ""
    practice: str = ""
    evidence: str = ""
    com_b: str = ""

    @property
    def anything(self) -> bool:
        return any((self.words, self.kind, self.symptom, self.cause, self.practice, self.evidence, self.com_b))


def matching(techniques: Iterable[Technique], wanted: Wanted) -> list[Technique]:
    """Those that fit all that is wanted: what is to be tried first for a symptom or cause, then by evidence and name."""
    return sorted(
        (one for one in techniques if _fits(one, wanted)),
        key=lambda one: (_place(one, wanted), _GRADES.index(one.evidence), one.name.casefold()),
    )


def _fits(one: Technique, wanted: Wanted) -> bool:
    chosen = (
        (wanted.kind, (one.kind,)),
        (wanted.symptom, one.symptoms),
        (wanted.cause, one.causes),
        (wanted.practice, one.practices),
        (wanted.evidence, (one.evidence,)),
        (wanted.com_b, one.com_b),
    )
    return all(not value or value in has for value, has in chosen) and _says(one, wanted.words)


def _says(one: Technique, words: str) -> bool:
    if not words.strip():
        return True
    heard = [SYMPTOMS[key].words for key in one.symptoms] + [CAUSES[key] for key in one.causes]
    text = " ".join((one.key, one.text, *heard)).casefold()
    return all(word in text for word in words.casefold().split())


def _place(one: Technique, wanted: Wanted) -> int:
    """Where it stands in the order of its symptom, else of its cause, else by whether a word stands in its name."""
    order: tuple[str, ...] = ()
    if wanted.symptom in SYMPTOMS:
        order = SYMPTOMS[wanted.symptom].first + SYMPTOMS[wanted.symptom].then
    elif wanted.cause in BY_CAUSE:
        order = BY_CAUSE[wanted.cause].first
    if one.key in order:
        return order.index(one.key)
    named = wanted.words.strip() and any(word in one.name.casefold() for word in wanted.words.casefold().split())
    return _LAST - 1 if named else _LAST
