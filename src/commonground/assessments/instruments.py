"""Instruments as plain values: questions, kinds of answers, scales, and in which languages they can be asked.

The form of the file is that of `commonground assess` (`name`, `options`, `[[scale]]`) with the words beside it (`[[item]]`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

AGREEMENT, STEPS, POINTS, BETWEEN = "agreement", "steps", "points", "between"
KINDS: Final = {
    AGREEMENT: "how far one agrees, from 1 to the number of options",
    STEPS: "one of several sentences that follow upon one another",
    POINTS: "100 points over some alternatives",
    BETWEEN: "a place between two ends, from 1 to the number of options",
}
NOW, WANTED = "now", "wanted"
LANGUAGES: Final = {"en": "English", "de": "Deutsch"}
Words = Mapping[str, str]  # language → text


class Column(NamedTuple):
    """One number of an answer. name: its key in the stored answer. low, high: what it may be. when: “now”, “wanted” or empty.
    alternative: of which one, for points."""

    name: str
    item: str
    kind: str
    low: int
    high: int
    when: str = ""
    alternative: str = ""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One of those that points are given to, or one of several sentences. dimension: what it stands for."""

    name: str
    words: Words


@dataclass(frozen=True, slots=True)
class Item:
    """A question. asked: (“now”, “wanted”) where it is asked twice. ends: the words of the low and the high end, of `between`."""

    name: str
    kind: str
    words: Words
    alternatives: tuple[Alternative, ...] = ()
    ends: tuple[Words, Words] | None = None
    asked: tuple[str, ...] = ()

    def columns(self, options: int) -> Iterator[Column]:
        for when in self.asked or ("",):
            base = f"{self.name}.{when}" if when else self.name
            if self.kind == POINTS:
                for one in self.alternatives:
                    yield Column(f"{base}.{one.name}", self.name, POINTS, 0, 100, when, one.name)
            else:
                high = len(self.alternatives) if self.kind == STEPS else options
                yield Column(base, self.name, self.kind, 1, high, when)


@dataclass(frozen=True, slots=True)
class Scale:
    """Items whose mean is one figure; reversed ones count the other way round."""

    name: str
    items: tuple[str, ...]
    reversed: tuple[str, ...] = ()
    title: Words | None = None


@dataclass(frozen=True, slots=True)
class Instrument:
    """What can be asked. ladder: names of scales in the order in which one step rests on the one before, empty for none.

    origin: “ours”, “published” (its words are typed in from a licensed copy) or “own” (an organization's). note: what is known of it and
    what to beware of. counts: for a published one, how many items each scale has, in order."""

    key: str
    name: str
    title: Words
    purpose: str
    options: int
    items: tuple[Item, ...]
    scales: tuple[Scale, ...]
    about: Words
    labels: Mapping[str, tuple[str, ...]]
    ladder: tuple[str, ...] = ()
    origin: str = "ours"
    citation: str = ""
    licence: str = ""
    scoring: str = ""
    note: str = ""
    counts: Mapping[str, int] | None = None

    @property
    def languages(self) -> tuple[str, ...]:
        """Those in which every word is there, in the order of the title; none for a published one without words."""
        said = [self.title, *(words for item in self.items for words in _words_of(item))]
        return tuple(code for code in self.title if all(code in words for words in said)) if self.items else ()

    def columns(self) -> list[Column]:
        return [column for item in self.items for column in item.columns(self.options)]

    def in_language(self, words: Words | None, code: str) -> str:
        """The text in a language, else in the first there is."""
        return "" if not words else words.get(code) or next(iter(words.values()))

    def written(self) -> dict[str, Any]:
        """As plain values, to be frozen with a round; `analysis.assessment` reads scales and options as they stand there."""
        scale_of = {item: scale.name for scale in self.scales for item in scale.items}
        return {
            "key": self.key,
            "name": self.name,
            "title": dict(self.title),
            "purpose": self.purpose,
            "options": self.options,
            "about": dict(self.about),
            "labels": {code: list(words) for code, words in self.labels.items()},
            "ladder": list(self.ladder),
            "origin": self.origin,
            "citation": self.citation,
            "licence": self.licence,
            "scoring": self.scoring,
            "note": self.note,
            "scales": [_scale_written(scale) for scale in self.scales],
            "items": [_item_written(item, scale_of.get(item.name, ""), self.options) for item in self.items],
        }


def _words_of(item: Item) -> Iterator[Words]:
    yield item.words
    yield from (one.words for one in item.alternatives)
    yield from item.ends or ()


def _scale_written(scale: Scale) -> dict[str, Any]:
    return {
        "key": scale.name,
        "name": scale.name,
        "title": dict(scale.title or {}),
        "items": list(scale.items),
        "reversed": list(scale.reversed),
    }


def _item_written(item: Item, scale: str, options: int) -> dict[str, Any]:
    return {
        "key": item.name,
        "name": item.name,
        "kind": item.kind,
        "words": dict(item.words),
        "scale": scale,
        "alternatives": [{"name": one.name, "words": dict(one.words)} for one in item.alternatives],
        "ends": [dict(words) for words in item.ends or ()],
        "asked": list(item.asked),
        "columns": [column._asdict() for column in item.columns(options)],
    }


AGREE: Final[Mapping[str, tuple[str, ...]]] = {
    "en": ("disagree", "rather disagree", "neither", "rather agree", "agree"),
    "de": ("stimme nicht zu", "stimme eher nicht zu", "weder noch", "stimme eher zu", "stimme zu"),
}


def labels_for(options: int, code: str, labels: Mapping[str, Sequence[str]]) -> list[str]:
    """What stands at each option of agreement: the instrument's own words, else ours for five, else the ends and numbers between."""
    own = labels.get(code) or ()
    if len(own) == options:
        return list(own)
    ours = AGREE.get(code, AGREE["en"])
    if options == len(ours):
        return list(ours)
    return [ours[0], *(str(number) for number in range(2, options)), ours[-1]]
