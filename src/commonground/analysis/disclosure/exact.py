"""What may be told, and whether what was told gives few people away: the two questions of the disclosure gate."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from commonground.analysis.disclosure.choosing import choose
from commonground.analysis.disclosure.gate import Gate
from commonground.analysis.disclosure.sets import Atom, Merged, merged

FEW, ALIKE, BESIDE = "few", "alike", "beside"
_LITTLE = 0.01  # among groups of one worth, the smaller gives way


class Protected(NamedTuple):
    """shown: names of the groups that may be told, in the order given. hidden: the others and why: "few" people, all answers "alike", or
    "beside": it would give others away. The reason is for the ledger: on a page it would itself tell something."""

    shown: tuple[str, ...]
    hidden: Mapping[str, str]


class Leak(NamedTuple):
    """atoms: about whom something would be known, fewer people than the threshold. how: in words."""

    atoms: tuple[str, ...]
    how: str


def protect(  # noqa: PLR0913 - the facts of one release; all but the first three have a default
    groups: Mapping[str, Collection[str]],
    atoms: Mapping[str, Atom],
    *,
    threshold: int,
    released: Sequence[Collection[str]] = (),
    must: Collection[str] = (),
    counts: Mapping[str, Sequence[int]] | None = None,
    worth: Mapping[str, float] | None = None,
) -> Protected:
    """Which groups may be told, so that nothing about few people follows and little is lost."""
    sets = merged(groups, atoms, released)
    gate = Gate(sets.weights, threshold)
    for one in sets.released:
        gate.let_in(gate.reduced(one))
    few = {name for name in groups if sets.groups[name] and sets.people(name) < threshold}
    first = _kept_first(gate, sets, [name for name in dict.fromkeys(must) if name not in few])
    rest = sorted(
        (name for name in groups if name not in few and name not in must), key=lambda name: -sets.people(name)
    )
    value = {name: (worth or {}).get(name, 1.0) - _LITTLE / (1 + sets.people(name)) for name in rest}
    shown = first | choose(gate, {name: sets.groups[name] for name in rest}, value).told
    hidden = {name: FEW if name in few else BESIDE for name in groups if name not in shown}
    return Protected(tuple(name for name in groups if name in shown), hidden)


def _kept_first(gate: Gate, sets: Merged, must: Sequence[str]) -> frozenset[str]:
    """The groups that come before all others, as far as they can be told one after the other."""
    told = set()
    for name in must:
        row = gate.reduced(sets.groups[name])
        if gate.told_by(row) is None:
            gate.let_in(row)
            told.add(name)
    return frozenset(told)


def audit(
    shown: Mapping[str, Collection[str]],
    atoms: Mapping[str, Atom],
    *,
    threshold: int,
    counts: Mapping[str, Sequence[int]] | None = None,
) -> tuple[Leak, ...]:
    """What the shown groups give away of fewer people than the threshold; nothing where they are safe.

    Exact: as many leaks as there are groups that add one, not every way to reach them.
    """
    sets = merged(shown, atoms)
    gate = Gate(sets.weights, threshold)
    leaks = []
    for name in sorted(shown, key=lambda name: -sets.people(name)):
        row = gate.reduced(sets.groups[name])
        told = gate.told_by(row)
        gate.let_in(row)
        if told is not None:
            who = tuple(sorted(atom for number in told for atom in sets.names[number]))
            people = sum(sets.weights[number] for number in told)
            leaks.append(Leak(who, f"sums and differences with “{name}” tell of {people} people alone"))
    return tuple(leaks)
