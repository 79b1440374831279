"""The cells of a round's tables, and which of them can be told: decided once over all tables, all questions and all earlier rounds.

A cell is a group of people. It is made of combinations, the smallest groups that an answer is stored with; combinations are disjoint.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from commonground.analysis.disclosure import Atom, protect

UNIT = "unit"
Values = Mapping[str, str | None]  # attribute → key, None where it was coarsened away
Crossing = Mapping[tuple[str | None, tuple[str | None, ...]], int]


class Cell(NamedTuple):
    """cut: the attributes that are crossed; values: the key of each, in their order; atoms: the combinations that it is made of."""

    cut: tuple[str, ...]
    values: tuple[str, ...]
    atoms: frozenset[str]

    @property
    def name(self) -> str:
        return f"{'×'.join(self.cut)}:{'|'.join(self.values)}"


class Before(NamedTuple):
    """An earlier round of the same questions. released: the cells that it told, as sets of its own combinations. silent: combination →
    how many of its people did not answer (a number capped at the threshold is enough)."""

    released: tuple[frozenset[str], ...]
    silent: Mapping[str, int]


class Question(NamedTuple):
    """Something that is told of a cell. answered: combination → how many answered it. counts: combination → how often each option was
    chosen, None for what is no choice (points). parts: the questions that it is reckoned from, such as a scale from its items: it is told
    only where all of them are, since the mean of a scale less those of the others is that of the one withheld."""

    answered: Mapping[str, int]
    counts: Mapping[str, Sequence[int]] | None = None
    parts: tuple[str, ...] = ()


class Gated(NamedTuple):
    """shown: names of the cells that can be told. questions: question → the cells of which it can be told. hidden: cell → why, for the
    ledger alone."""

    shown: tuple[str, ...]
    questions: Mapping[str, frozenset[str]]
    hidden: Mapping[str, str]


def cells_of(
    cuts: Iterable[Sequence[str]], combinations: Mapping[str, Values], parents: Mapping[str, str | None]
) -> list[Cell]:
    """The cells of some tables, in their order. cuts: the attributes of each, empty for the whole. parents: unit → the unit above it.

    A unit's cell holds all below it. Where two units of one table hold the same people, the lower one stands for both; a unit that holds
    everybody is the whole.
    """
    everybody = frozenset(combinations)
    found: dict[str, Cell] = {}
    for cut in cuts:
        names = tuple(cut)
        groups: dict[tuple[str, ...], set[str]] = {}
        for atom, values in combinations.items():
            for key in product(*(_keys(values.get(name), name, parents) for name in names)):
                groups.setdefault(key, set()).add(atom)
        cells = [Cell(names, key, frozenset(atoms)) for key, atoms in groups.items()]
        for cell in _distinct(cells, everybody, parents):
            found[cell.name] = cell
    return list(found.values())


def _keys(value: str | None, attribute: str, parents: Mapping[str, str | None]) -> list[str]:
    if value is None:
        return []
    return [value, *above(value, parents)] if attribute == UNIT else [value]


def above(unit: str, parents: Mapping[str, str | None]) -> Iterator[str]:
    """The units above a unit, from the nearest to the root."""
    seen = {unit}
    while (unit := parents.get(unit) or "") and unit not in seen:
        seen.add(unit)
        yield unit


def _distinct(cells: list[Cell], everybody: frozenset[str], parents: Mapping[str, str | None]) -> list[Cell]:
    if not cells or UNIT not in cells[0].cut:
        return cells
    place = cells[0].cut.index(UNIT)
    alone = cells[0].cut == (UNIT,)
    lowest: dict[tuple[frozenset[str], tuple[str, ...]], Cell] = {}
    for cell in cells:
        if alone and cell.atoms == everybody:
            continue
        rest = cell.values[:place] + cell.values[place + 1 :]
        other = lowest.get((cell.atoms, rest))
        if other is None or other.values[place] in set(above(cell.values[place], parents)):
            lowest[cell.atoms, rest] = cell
    return list(lowest.values())


def gate(
    cells: Sequence[Cell],
    invited: Mapping[str, int],
    answered: Mapping[str, int],
    questions: Mapping[str, Question],
    *,
    threshold: int,
    before: Sequence[Before] = (),
    crossing: Crossing | None = None,
) -> Gated:
    """Which cells can be told, and of which questions, so that nothing follows of fewer people than the threshold.

    invited, answered: combination → people. before, crossing: earlier rounds in which the same people may have answered alike, and how many
    people stand in which combination of this round and of each of them (None: not invited).

    Three steps, each of which only takes cells away, so that what the step before promised still holds: over all who answered; over the
    people of earlier rounds; and for each question over those who answered it, with the numbers themselves.
    """
    groups = {cell.name: cell.atoms for cell in cells}
    whole = [cell.name for cell in cells if not cell.cut]
    atoms = {atom: Atom(people, answered.get(atom, 0)) for atom, people in invited.items()}
    first = protect(groups, atoms, threshold=threshold, must=whole)
    shown, hidden = list(first.shown), dict(first.hidden)
    if before and shown:
        kept = _beside_earlier(shown, groups, invited, answered, threshold, before, crossing or {}, whole)
        hidden |= {name: why for name, why in kept.items() if name in shown}
        shown = [name for name in shown if name not in kept]
    told: dict[str, frozenset[str]] = {}
    for key, question in sorted(questions.items(), key=lambda one: _depth(one[0], questions)):
        left = {name: groups[name] for name in shown if all(name in told[part] for part in question.parts)}
        told[key] = _for_question(question, left, invited, threshold, whole)
    return Gated(tuple(shown), {key: told[key] for key in questions}, hidden)


def _depth(key: str, questions: Mapping[str, Question]) -> int:
    """0 for a question of its own, more for one that is reckoned from others, so that these are decided before it."""
    return max((1 + _depth(part, questions) for part in questions[key].parts), default=0)


def _for_question(
    question: Question,
    groups: Mapping[str, Collection[str]],
    invited: Mapping[str, int],
    threshold: int,
    whole: Sequence[str],
) -> frozenset[str]:
    atoms = {atom: Atom(people, question.answered.get(atom, 0)) for atom, people in invited.items()}
    counts = None
    if question.counts is not None:
        options = max((len(one) for one in question.counts.values()), default=0)
        counts = {atom: question.counts.get(atom, (0,) * options) for atom in invited}
    must = [name for name in whole if name in groups]
    return frozenset(protect(groups, atoms, threshold=threshold, must=must, counts=counts).shown)


def _beside_earlier(
    shown: Sequence[str],
    groups: Mapping[str, frozenset[str]],
    invited: Mapping[str, int],
    answered: Mapping[str, int],
    threshold: int,
    before: Sequence[Before],
    crossing: Crossing,
    whole: Sequence[str],
) -> Mapping[str, str]:
    """The cells that would tell of few together with what earlier rounds told, if people answered as they did then.

    Who of a combination answered is known to nobody, so a sum is about the people of its cells less some unknown ones: these stand as an
    atom of their own for each combination and round, since a difference of two rounds is blurred by them.
    """
    atoms: dict[str, Atom] = {}
    held: dict[tuple[int, str], list[str]] = {}
    for (now, then), people in crossing.items():
        name = repr((now, then))
        atoms[name] = Atom(people, people)
        for place, atom in enumerate((now, *then)):
            if atom is not None:
                held.setdefault((place, atom), []).append(name)
    quiet = [
        {atom: people - answered.get(atom, 0) for atom, people in invited.items()},
        *(one.silent for one in before),
    ]
    for place, silent in enumerate(quiet):
        for atom, people in silent.items():
            if people:
                name = repr((place, atom, "silent"))
                atoms[name] = Atom(people, people)
                held.setdefault((place, atom), []).append(name)
    crossed = {name: _union(held, 0, groups[name]) for name in shown}
    released = [_union(held, place, one) for place, earlier in enumerate(before, 1) for one in earlier.released]
    found = protect(
        crossed, atoms, threshold=threshold, released=released, must=[name for name in whole if name in crossed]
    )
    return found.hidden


def _union(held: Mapping[tuple[int, str], list[str]], place: int, members: Iterable[str]) -> set[str]:
    return {name for atom in members for name in held.get((place, atom), ())}


def tally(answers: Iterable[tuple[str, int]], options: int) -> dict[str, list[int]]:
    """Combination → how often each option (1 to options) was chosen. answers: (combination, option)."""
    found: dict[str, list[int]] = {}
    for atom, value in answers:
        found.setdefault(atom, [0] * options)[value - 1] += 1
    return found


def sums(groups: Iterable[str], counts: Mapping[str, Sequence[int]], options: int) -> list[int]:
    """The counts of some combinations together."""
    total = [0] * options
    for atom in groups:
        for place, count in enumerate(counts.get(atom, ())):
            total[place] += count
    return total


def people_of(atoms: Iterable[str], people: Mapping[str, int]) -> int:
    """How many people stand in some combinations together."""
    return sum(people.get(atom, 0) for atom in set(atoms))
