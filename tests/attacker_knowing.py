"""What an attacker makes of the numbers that were read: equations over kinds of people, and what follows from them.

An equation that the true answers do not fulfil would be a fault of the attacker's reading, and fails the test.
"""

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from itertools import combinations as pairs_of
from typing import Any

from commonground.analysis.assessment.cells import cells_of
from commonground.assessments.closing import label_of, parents_of
from commonground.assessments.models import Combination, Round
from tests.attacker_scene import Scene
from tests.attacker_solving import NEAR, Equation, Known, Space, System

CORNERS = 6
THRESHOLD = 5
Line = Mapping[str, str]
Sets = dict[str, list[frozenset[Hashable]]]  # question → the sets of kinds that were told


class Wave:
    """What is known of one round: its kinds of people (combinations), how many of each answered, the lines of its file."""

    def __init__(self, scene: Scene, row: Round, lines: Sequence[Line]) -> None:
        self.row, self.lines = row, [line for line in lines if line["shown"] == "yes"]
        found = {str(one.pk): one for one in Combination.objects.filter(round=row)}
        self.invited = {key: one.invited for key, one in found.items()}
        self.given = {str(pk): answers for pk, answers in scene.given[row.pk].items()}
        every = cells_of([*row.tables], {key: one.values for key, one in found.items()}, parents_of(row))
        self.cells = {("×".join(cell.cut) or "whole", label_of(row, cell)): cell.atoms for cell in every}
        self.items = {column["name"]: column for item in row.items["items"] for column in item["columns"]}
        self.scales = {f"scale:{one['name']}": one for one in row.items.get("scales", ())}

    def told(self) -> Sets:
        sets: Sets = {}
        for line in self.lines:
            sets.setdefault(line["question"], []).append(frozenset(self.cells[line["table"], line["group"]]))
        return sets

    def answered(self, kinds: Collection[Hashable]) -> int:
        return sum(len(self.given.get(str(kind), ())) for kind in kinds)

    def equations(self) -> Iterator[Equation]:
        for kind, people in self.invited.items():
            yield Equation({("n", kind): 1.0}, 0, people)
            for item, column in self.items.items():
                if column["kind"] != "points":
                    yield Equation({**{(item, kind, o): 1.0 for o in _options(column)}, ("n", kind): -1.0}, 0, 0)
        for line in self.lines:
            kinds = self.cells[line["table"], line["group"]]
            answered = float(line["answered"])
            yield Equation({("n", kind): 1.0 for kind in kinds}, answered, answered)
            if line["question"] in self.items:
                for option, count in enumerate(line["counts"].split(), 1):
                    yield Equation(
                        {(line["question"], kind, option): 1.0 for kind in kinds}, float(count), float(count)
                    )
            elif line["mean"] and line["question"] in self.scales:
                yield self._mean(self.scales[line["question"]], kinds, float(line["mean"]), answered)

    def _mean(self, scale: Mapping[str, Any], kinds: Collection[str], mean: float, answered: float) -> Equation:
        """The mean of a scale to four digits: the sum over its items, reversed ones turned, of everybody there."""
        factors = {
            (item, kind, option): float(high + 1 - option if item in scale.get("reversed", ()) else option)
            for item in scale["items"]
            for high in (int(self.items[item]["high"]),)
            for option in range(1, high + 1)
            for kind in kinds
        }
        many = answered * len(scale["items"])
        return Equation(factors, (mean - 5.1e-5) * many, (mean + 5.1e-5) * many)

    def true(self) -> dict[Hashable, float]:
        found: dict[Hashable, float] = {("n", kind): float(len(self.given.get(kind, ()))) for kind in self.invited}
        for item, column in self.items.items():
            for kind in self.invited:
                given = [one[item] for one in self.given.get(kind, ())]
                found |= {(item, kind, option): float(given.count(option)) for option in _options(column)}
        return found


def _options(column: Mapping[str, Any]) -> range:
    return range(1, int(column["high"]) + 1)


def fits(equations: Sequence[Equation], true: Mapping[Hashable, float]) -> bool:
    sums = [(sum(f * true[name] for name, f in one.factors.items()), one) for one in equations]
    return all(one.low - NEAR <= value <= one.high + NEAR for value, one in sums)


def by_sums(sets: Sets, small: Sequence[Collection[Hashable]]) -> list[Known]:
    """Groups of few whose sums follow from the sums that were told, question by question."""
    found, done = [], dict[frozenset[frozenset[Hashable]], list[Collection[Hashable]]]()
    for question, told in sets.items():
        key = frozenset(told)
        if key not in done:
            space = Space(key)
            done[key] = [one for one in small if space.holds(one)]
        found += [Known(one, f"{question}: the sum of so few follows") for one in done[key]]
    return found


def few(
    people: Mapping[Hashable, int], named: Collection[Collection[Hashable]] = (), *, least: int = THRESHOLD
) -> list[frozenset[Hashable]]:
    """Groups of fewer people than the threshold, but of some: each kind, each two kinds, and those that have a name."""
    sets = {frozenset(one) for one in named} | {frozenset({one}) for one in people}
    sets |= {frozenset(two) for two in pairs_of(people, 2)}
    return [one for one in sets if 0 < sum(people[kind] for kind in one) < least]


def by_counts(wave: Wave) -> tuple[list[Known], int, int]:
    """Whose answers follow since no count is below nought, over all questions and means at once; the equations, the programs solved."""
    equations = list(wave.equations())
    assert fits(equations, wave.true()), f"{wave.row}: read wrongly"
    system = System(equations)
    corners = system.some(CORNERS)
    found: list[Known] = []
    small = few({kind: wave.answered([kind]) for kind in wave.invited}, list(wave.cells.values()))
    for item, column in wave.items.items():
        places = {
            kind: [system.names[item, kind, o] for o in _options(column)]
            for kind in wave.invited
            if (item, kind, 1) in system.names
        }
        for kind, inside in places.items():
            if (corners[:, inside].max(axis=0) > NEAR).sum() == 1 and _alone(system, item, kind, _options(column)):
                found.append(Known(kind, f"{item}: all of {wave.answered([kind])} gave one answer"))
        for group in small:
            if group <= places.keys() and _same(system, corners, item, group, _options(column)):
                found.append(Known(group, f"{item}: how these {wave.answered(group)} answered follows"))
    return found, len(equations), system.programs


def _alone(system: System, item: str, kind: Hashable, options: range) -> bool:
    """Whether all but one answer are ruled out. A count is whole: what cannot reach 1 is nought."""
    most = [system.ends({(item, kind, option): 1.0})[1] for option in options]
    least = system.ends({("n", kind): 1.0})[0]
    return sum(one > 1 - NEAR for one in most) <= 1 and least > NEAR


def _same(system: System, corners: Any, item: str, group: Collection[Hashable], options: range) -> bool:
    for option in options:
        values = corners[:, [system.names[item, kind, option] for kind in group]].sum(axis=1)
        if values.max() - values.min() > NEAR:
            return False
    ends = [system.ends({(item, kind, option): 1.0 for kind in group}) for option in options]
    return all(high - low < 1 - NEAR for low, high in ends)


def if_nobody_changed(scene: Scene, first: Wave, second: Wave) -> list[Known]:
    """Two waves in which everybody answered, and answered alike: people are cut by where they were in both."""
    there = scene.where[first.row.pk], scene.where[second.row.pk]
    kinds: dict[Hashable, int] = {}
    held: list[dict[str, set[Hashable]]] = [{}, {}]
    for person in there[0].keys() | there[1].keys():
        kind = (there[0].get(person), there[1].get(person))
        kinds[kind] = kinds.get(kind, 0) + 1
        for place, combination in enumerate(kind):
            held[place].setdefault(str(combination), set()).add(kind)
    sets: Sets = {}
    for place, wave in enumerate((first, second)):
        for question, told in wave.told().items():
            sets.setdefault(question, []).extend(
                frozenset().union(*(held[place].get(str(a), ()) for a in one)) for one in told
            )
    return by_sums(sets, few(kinds))
