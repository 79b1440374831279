"""The answers of a round as arrays, and what can be told of them: choices, scales, points."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.assessment.cells import UNIT, Question, Values
from commonground.analysis.assessment.instrument import Instrument, Scale, means, turned

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]
Truths = NDArray[np.bool_]
POINTS, SCALE, PAIR, PROFILE = "points", "scale:", "pair:", "profile"
NOW, WANTED = "now", "wanted"
_NOW, _WANTED = f"_{NOW}", f"_{WANTED}"
FEWEST_DIMENSIONS: Final = 2


class Choice(NamedTuple):
    """A question that is answered by one of 1 to `options`."""

    key: str
    options: int

    @property
    def top(self) -> int:
        """The lowest answer of the top box: the upper two of five or more, else the highest."""
        return int(Instrument("", self.options, ()).top_from)


class Scaled(NamedTuple):
    """A scale with the number of options of its items."""

    key: str
    scale: Scale
    instrument: Instrument

    @property
    def bins(self) -> int:
        """Scores are told as so many classes: from 1 up to 2, … , and the top box."""
        return int(self.instrument.top_from)


class Pair(NamedTuple):
    """Two scales that the same people answered: how it is, and how they would want it."""

    key: str
    now: Scaled
    wanted: Scaled


WAYS: Final = 3  # less, the same, more


class Sheet:
    """The answers of a round. asked: the instrument as it was frozen (`Instrument.written` of assessments); combinations: their values;
    invited: combination → people; answers: combination, and column → number. What is no number of its column counts as not answered."""

    def __init__(
        self,
        asked: Mapping[str, Any],
        combinations: Mapping[str, Values],
        invited: Mapping[str, int],
        answers: Sequence[tuple[str, Mapping[str, Any]]],
    ) -> None:
        self.asked, self.combinations, self.invited = asked, combinations, invited
        self.fields: Mapping[str, Mapping[str, Any]] = {
            one["name"]: one for item in asked.get("items", ()) for one in item["columns"]
        }
        self.atoms = np.array([atom for atom, _ in answers], dtype=object)
        self.columns: dict[str, Numbers] = {
            name: np.array([_number(field, given.get(name)) for _, given in answers], float)
            for name, field in self.fields.items()
        }

    @cached_property
    def answered(self) -> Mapping[str, int]:
        """Combination → how many answered."""
        return Counter(self.atoms.tolist())

    def inside(self, atoms: frozenset[str]) -> Places:
        """The places of the answers of these combinations, ascending."""
        here = [self._places[atom] for atom in atoms if atom in self._places]
        return np.sort(np.concatenate(here)) if here else np.zeros(0, np.int64)

    @cached_property
    def _places(self) -> Mapping[str, Places]:
        found: dict[str, list[int]] = {}
        for place, atom in enumerate(self.atoms.tolist()):
            found.setdefault(atom, []).append(place)
        return {atom: np.array(places, np.int64) for atom, places in found.items()}

    def by_unit(self, told: Collection[str]) -> NDArray[np.int64]:
        """A code of each answer's unit, −1 for none and for a unit that is not of these."""
        place = {key: number for number, key in enumerate(sorted(told))}
        return np.array([place.get(self.combinations[atom].get(UNIT) or "", -1) for atom in self.atoms], np.int64)

    @cached_property
    def choices(self) -> list[Choice]:
        return [Choice(name, int(one["high"])) for name, one in self.fields.items() if one["kind"] != POINTS]

    @cached_property
    def scales(self) -> list[Scaled]:
        """The scales whose items are all there, with as many options each."""
        found = []
        for one in self.asked.get("scales", ()):
            items = tuple(one["items"])
            kinds = {
                (self.fields[name]["kind"] == POINTS, int(self.fields[name]["high"]))
                for name in items
                if name in self.fields
            }
            if items and all(name in self.fields for name in items) and len(kinds) == 1 and not min(kinds)[0]:
                scale = Scale(one["name"], items, tuple(one.get("reversed", ())))
                found.append(Scaled(f"{SCALE}{scale.name}", scale, Instrument("", min(kinds)[1], (scale,))))
        return found

    @cached_property
    def pairs(self) -> list[Pair]:
        """Scales that are asked now and wanted: `focus_now` and `focus_wanted`."""
        by_name = {one.scale.name: one for one in self.scales}
        return [
            Pair(f"{PAIR}{name.removesuffix(_NOW)}", one, by_name[name.removesuffix(_NOW) + _WANTED])
            for name, one in by_name.items()
            if name.endswith(_NOW) and name.removesuffix(_NOW) + _WANTED in by_name
        ]

    def ways(self, pair: Pair) -> Numbers:
        """1 who wants less than there is, 2 the same, 3 more; NaN without both scores."""
        return np.sign(self.scores(pair.wanted) - self.scores(pair.now)) + 2

    def matrix(self, scaled: Scaled) -> Numbers:
        """Answers to the items of a scale, reversed ones turned: (people, items)."""
        return turned(scaled.instrument, scaled.scale, self.columns)

    def scores(self, scaled: Scaled) -> Numbers:
        return means(self.matrix(scaled), scaled.scale.fewest)

    def classes(self, scaled: Scaled) -> Numbers:
        """The class of each score, 1 to `bins`, NaN without a score."""
        scores = self.scores(scaled)
        return np.where(np.isfinite(scores), np.minimum(np.floor(scores), scaled.bins), np.nan)

    @cached_property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions that points are given to, now and wanted; empty unless each has as many questions for both."""
        counted = Counter((one["alternative"], one["when"]) for one in self.fields.values() if one["kind"] == POINTS)
        names = tuple(dict.fromkeys(one["alternative"] for one in self.fields.values() if one["kind"] == POINTS))
        sizes = {counted[name, when] for name in names for when in (NOW, WANTED)}
        return names if len(names) >= FEWEST_DIMENSIONS and len(sizes) == 1 and 0 not in sizes else ()

    def profile(self, when: str) -> Numbers:
        """Mean points of each dimension: (people, dimensions), NaN for whoever left out one of the questions."""
        of = {
            name: [
                self.columns[key]
                for key, one in self.fields.items()
                if one["alternative"] == name and one["when"] == when
            ]
            for name in self.dimensions
        }
        table = np.stack([np.mean(columns, axis=0) for columns in of.values()], axis=1)
        table[~np.isfinite(table).all(axis=1)] = np.nan
        return table

    @cached_property
    def profiled(self) -> Truths:
        """Whose profile is whole, now and wanted."""
        both = np.hstack([self.profile(NOW), self.profile(WANTED)])
        return np.asarray(np.isfinite(both).all(axis=1), bool)


def _number(field: Mapping[str, Any], value: object) -> float:
    fits = isinstance(value, int) and field["low"] <= value <= field["high"]
    return float(value) if fits and isinstance(value, int) else float("nan")


def questions_of(sheet: Sheet) -> dict[str, Question]:
    """What is to be told of each cell, for the gate: choices by option, scales by class of score, pairs by way, the
    profile of points."""
    found = {one.key: _chosen(sheet, sheet.columns[one.key], one.options) for one in sheet.choices}
    found |= {one.key: _chosen(sheet, sheet.classes(one), one.bins, tuple(one.scale.items)) for one in sheet.scales}
    found |= {one.key: _chosen(sheet, sheet.ways(one), WAYS, (one.now.key, one.wanted.key)) for one in sheet.pairs}
    if sheet.dimensions:
        found[PROFILE] = Question(Counter(sheet.atoms[sheet.profiled].tolist()))
    return found


def _chosen(sheet: Sheet, values: Numbers, options: int, parts: tuple[str, ...] = ()) -> Question:
    counts: dict[str, list[int]] = {}
    for atom, value in zip(sheet.atoms, values, strict=True):
        if np.isfinite(value):
            counts.setdefault(atom, [0] * options)[int(value) - 1] += 1
    return Question({atom: sum(one) for atom, one in counts.items()}, counts, parts)
