"""What may be told, and whether what was told gives few people away: the two questions of the disclosure gate."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from commonground.analysis.disclosure.choosing import choose
from commonground.analysis.disclosure.covers import cheapest_cover
from commonground.analysis.disclosure.gate import Gate
from commonground.analysis.disclosure.numbers import Known, known
from commonground.analysis.disclosure.sets import Atom, Merged, added, answering, merged, options_of
from commonground.analysis.disclosure.short import Told

FEW, ALIKE, BESIDE = "few", "alike", "beside"
_LITTLE = 0.01  # among groups of one worth, the smaller gives way

Groups = Mapping[str, Collection[str]]
Counts = Mapping[str, Sequence[int]]


class Protected(NamedTuple):
    """shown: names of the groups that may be told, in the order given. hidden: the others and why: "few" people, all answers "alike", or
    "beside": it would give others away. The reason is for the ledger: on a page it would itself tell something."""

    shown: tuple[str, ...]
    hidden: Mapping[str, str]


class Leak(NamedTuple):
    """atoms: about whom something would be known. how: in words."""

    atoms: tuple[str, ...]
    how: str


def protect(
    groups: Groups,
    atoms: Mapping[str, Atom],
    *,
    threshold: int,
    released: Sequence[Collection[str]] = (),
    must: Collection[str] = (),
    counts: Counts | None = None,
    worth: Mapping[str, float] | None = None,
) -> Protected:
    """Which groups may be told, so that nothing about few people follows, by the two promises of this package, and little is lost.

    groups: name → its atoms. atoms: name → people; where counts are given, people are those who answered. released: sets that were told
    before, of the same people. must: groups that come first, in their order; they are held back only where they must. counts: atom →
    answers per option, one answer of each person at most. worth: what each group counts for when one of several has to give way
    [1 each]; among equals the smaller does.
    Raises ValueError for an atom that is not known, and for counts that cannot be.
    """
    people = atoms if counts is None else answering(atoms, counts)
    sets = merged(groups, people, released)
    gate = Gate(sets.weights, threshold)
    for one in sets.released:
        gate.let_in(gate.reduced(one))
    hidden = {name: FEW for name in groups if sets.groups[name] and sets.people(name) < threshold}
    if counts is not None:
        options = options_of(counts)
        alike = (name for name in groups if name not in hidden and _alike(added(counts, groups[name], options)))
        hidden |= dict.fromkeys(alike, ALIKE)
    value = {name: (worth or {}).get(name, 1.0) - _LITTLE / (1 + sets.people(name)) for name in groups}
    first = _kept_first(gate, sets, [name for name in dict.fromkeys(must) if name not in hidden])
    left = (name for name in groups if name not in hidden and name not in must)
    rest = sorted(left, key=lambda name: -sets.people(name))
    told = first | choose(gate, {name: sets.groups[name] for name in rest}, value).told
    if counts is not None:
        told = _counted(
            {name: groups[name] for name in groups if name in told}, people, threshold, counts, (must, value)
        )
    return Protected(
        tuple(name for name in groups if name in told),
        {name: hidden.get(name, BESIDE) for name in groups if name not in told},
    )


def _alike(counts: Sequence[int]) -> bool:
    return sum(count > 0 for count in counts) == 1


def _kept_first(gate: Gate, sets: Merged, must: Sequence[str]) -> frozenset[str]:
    """The groups that come before all others, as far as they can be told one after the other."""
    told = set()
    for name in must:
        row = gate.reduced(sets.groups[name])
        if gate.told_by(row) is None:
            gate.let_in(row)
            told.add(name)
    return frozenset(told)


def _counted(
    groups: Groups,
    atoms: Mapping[str, Atom],
    threshold: int,
    counts: Counts,
    ranks: tuple[Collection[str], Mapping[str, float]],
) -> frozenset[str]:
    """The groups without those that give way since counts are never below nought. ranks: those that must be kept, worth of each."""
    must, worth = ranks
    told, gone, rounds = dict(groups), [], 0
    while found := _follows(told, atoms, threshold, counts):
        ways = [_ways(by, near if rounds >= _PATIENCE else by, must) for by, near in found]
        victims, _ = cheapest_cover(ways, {**worth, **dict.fromkeys(must, len(groups))})
        gone += sorted(victims)
        told = {name: told[name] for name in told if name not in victims}
        rounds += 1
    for name in sorted(gone, key=lambda name: (name not in must, -worth[name]))[: _AGAIN // (1 + len(told))]:
        if not _follows({**told, name: groups[name]}, atoms, threshold, counts):
            told[name] = groups[name]
    return frozenset(told)


def _ways(by: frozenset[str], near: frozenset[str], must: Collection[str]) -> frozenset[str]:
    """Which groups may give way: of those by which something follows the ones near it, if possible none that must be kept."""
    return next(one for one in ((by & near).difference(must), by.difference(must), by) if one)


_PATIENCE = 2  # rounds in which any group by which something follows may give way; then the groups it follows of
_AGAIN = 4_000  # how many groups are looked at to see whether one that gave way can come back


def _follows(
    groups: Groups, atoms: Mapping[str, Atom], threshold: int, counts: Counts
) -> list[tuple[frozenset[str], frozenset[str]]]:
    """For each thing that the counts give away, of one answer of all if there is such: groups by which it follows, and those that hold
    whom it is about."""
    sets = merged(groups, atoms)
    names = list(sets.groups)
    every = known(_told(sets, counts, threshold))
    found = []
    for one in [one for one in every if one.alike] or every:
        near = frozenset(name for name in names if not sets.groups[name].isdisjoint(one.atoms))
        found.append((frozenset(names[place] for place in one.by) or near, near))
    return found


def _told(sets: Merged, counts: Counts, threshold: int) -> Told:
    options = options_of(counts)
    return Told(list(sets.groups.values()), [added(counts, each, options) for each in sets.names], threshold)


def audit(
    shown: Groups, atoms: Mapping[str, Atom], *, threshold: int, counts: Counts | None = None
) -> tuple[Leak, ...]:
    """What the shown groups give away, by the two promises of this package; nothing where they are safe.

    Exact: as many leaks as there are groups that add one, not every way to reach them. Raises as `protect`.
    """
    people = atoms if counts is None else answering(atoms, counts)
    sets = merged(shown, people)
    gate = Gate(sets.weights, threshold)
    leaks = []
    for name in sorted(shown, key=lambda name: -sets.people(name)):
        row = gate.reduced(sets.groups[name])
        told = gate.told_by(row)
        gate.let_in(row)
        if told is not None:
            few = sum(sets.weights[number] for number in told)
            leaks.append(Leak(_named(sets, told), f"sums and differences with “{name}” tell of {few} people alone"))
    if counts is not None:
        leaks += [Leak(_named(sets, one.atoms), _how(one)) for one in known(_told(sets, counts, threshold))]
    return tuple(leaks)


def _named(sets: Merged, numbers: Collection[int]) -> tuple[str, ...]:
    return tuple(sorted(atom for number in numbers for atom in sets.names[number]))


def _how(one: Known) -> str:
    return "all of them gave one answer" if one.alike else "how they answered follows, since no count is below nought"
