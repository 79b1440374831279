"""What an instrument asks and how its answers become scores (FORMATS `INSTRUMENT.toml`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]

FEWEST_OPTIONS, MOST_OPTIONS = 2, 101
OF_THE_WHOLE: Final = ("name", "options", "top", "scale")
OF_A_SCALE: Final = ("name", "items", "reversed", "minimum")
# what an instrument of the library says besides: words, licence, order of steps. It changes no score.
BESIDE: Final = frozenset({
    "key", "title", "purpose", "about", "labels", "ladder", "origin", "citation", "licence", "scoring", "note", "counts", "item",
})  # fmt: skip


class InstrumentError(ValueError):
    """An instrument that cannot be read; its text is a sentence for whoever wrote it."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Items whose mean is one score. reversed: those of them that count the other way round. minimum: the fewest answered items that
    make a score; 0 stands for half of them, rounded up."""

    name: str
    items: tuple[str, ...]
    reversed: tuple[str, ...] = ()
    minimum: int = 0

    @property
    def fewest(self) -> int:
        return self.minimum or (len(self.items) + 1) // 2


@dataclass(frozen=True, slots=True)
class Instrument:
    """Scales whose items are answered by 1 to `options`. top: the lowest score of the top box; 0 stands for the upper two answers of
    five or more, else for the highest."""

    name: str
    options: int
    scales: tuple[Scale, ...]
    top: float = 0

    @property
    def top_from(self) -> float:
        return self.top or (self.options - 1 if self.options >= 5 else self.options)

    @property
    def items(self) -> tuple[str, ...]:
        """Every item once, in the order of the scales."""
        return tuple(dict.fromkeys(item for scale in self.scales for item in scale.items))

    @classmethod
    def read(cls, mapping: Mapping[str, Any]) -> Self:
        """The instrument that the mapping of a TOML file writes. Raises InstrumentError with a sentence that says what to correct."""
        _known(mapping, OF_THE_WHOLE, "The instrument", BESIDE)
        options = _options(mapping)
        top = _top(mapping, options)
        scales = mapping.get("scale")
        if not isinstance(scales, list) or not scales or not all(isinstance(one, Mapping) for one in scales):
            raise InstrumentError("The instrument has no scale. Add a part [[scale]] with a name and its items.")
        read = tuple(_scale(one, place) for place, one in enumerate(scales, 1))
        names = [one.name for one in read]
        for name in names:
            if names.count(name) > 1:
                raise InstrumentError(f"Two scales are called “{name}”. Give each its own name.")
        return cls(_text(mapping.get("name", ""), "name"), options, read, top)


def _options(mapping: Mapping[str, Any]) -> int:
    options: Any = mapping.get("options")
    if not _whole(options) or not FEWEST_OPTIONS <= options <= MOST_OPTIONS:
        state = "does not say options" if options is None else f"has options = {options!r}"
        raise InstrumentError(f"The instrument {state}. Write how many answers there are, such as options = 5.")
    return int(options)


def _top(mapping: Mapping[str, Any], options: int) -> float:
    if "top" not in mapping:
        return 0
    top: Any = mapping["top"]
    if not isinstance(top, int | float) or isinstance(top, bool) or not 1 < top <= options:
        raise InstrumentError(f"top is {top!r}; it is a score above 1 and at most {options}, such as {options - 1}.")
    return top


def _scale(said: Mapping[str, Any], place: int) -> Scale:
    _known(said, OF_A_SCALE, f"[[scale]] {place}", frozenset({"key", "title"}))
    name = _text(said.get("name", ""), f"the name of [[scale]] {place}")
    if not name:
        raise InstrumentError(f"[[scale]] {place} has no name. Give it one: name = “…”.")
    items = _texts(said.get("items", ()), f"items of “{name}”")
    turned = _texts(said.get("reversed", ()), f"reversed of “{name}”")
    if not items:
        raise InstrumentError(f"“{name}” has no items. Name the columns of its answers: items = [“…”, “…”].")
    for item in turned:
        if item not in items:
            raise InstrumentError(
                f"“{name}” reverses “{item}”, which is none of its items. Add it there, or take it out."
            )
    minimum: Any = said.get("minimum", 0)
    if "minimum" in said and (not _whole(minimum) or not 1 <= minimum <= len(items)):
        raise InstrumentError(
            f"“{name}” has minimum = {minimum!r}. Write how many of its {len(items)} items must be answered: 1 to {len(items)}."
        )
    return Scale(name, items, turned, minimum)


def _known(mapping: Mapping[str, Any], keys: Sequence[str], where: str, beside: frozenset[str]) -> None:
    for key in mapping:
        if key not in keys and key not in beside:
            near = get_close_matches(str(key).casefold(), keys, n=1)
            meant = f" Did you mean {near[0]}?" if near else ""
            raise InstrumentError(
                f"{where} has “{key}”, which is not known there. It may have {', '.join(keys)}.{meant}"
            )


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise InstrumentError(f"{where} is {value!r}, which is no text. Write it in quotes.")
    return value.strip()


def _texts(value: Any, where: str) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) and one.strip() for one in value):
        raise InstrumentError(f"{where}: {value!r} is no list of names. Write them in brackets: [“a”, “b”].")
    texts = tuple(one.strip() for one in value)
    for one in texts:
        if texts.count(one) > 1:
            raise InstrumentError(f"{where}: “{one}” stands there twice. Name each item once.")
    return texts


def turned(instrument: Instrument, scale: Scale, answers: Mapping[str, ArrayLike]) -> Numbers:
    """The answers to a scale's items, shape (people, items), reversed ones turned: a high number always means more of the scale.

    answers: item → one answer a person, 1 to options; NaN where there is none. Raises ValueError for an answer outside.
    """
    columns = [np.asarray(answers[item], float) for item in scale.items]
    matrix = np.column_stack(columns)
    if ((matrix < 1) | (matrix > instrument.options)).any():
        raise ValueError(
            f"An answer to “{scale.name}” is not 1 to {instrument.options}. Correct it before it is scored."
        )
    back = [item in scale.reversed for item in scale.items]
    matrix[:, back] = instrument.options + 1 - matrix[:, back]
    return matrix


def means(matrix: ArrayLike, fewest: int = 1) -> Numbers:
    """Each person's mean over the items that they answered; NaN where these are fewer than `fewest`. matrix: (people, items)."""
    given = np.asarray(matrix, float)
    answered = np.isfinite(given).sum(axis=1)
    total = np.nansum(given, axis=1)
    return np.where(answered >= max(1, fewest), total / np.maximum(answered, 1), np.nan)


def scores(instrument: Instrument, answers: Mapping[str, ArrayLike]) -> dict[str, Numbers]:
    """Scale → one score a person, from 1 to options; NaN for whoever answered fewer items than the scale's minimum."""
    return {scale.name: means(turned(instrument, scale, answers), scale.fewest) for scale in instrument.scales}
