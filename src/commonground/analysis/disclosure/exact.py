"""What may be told, and whether what was told gives few people away: the two questions of the disclosure gate."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from commonground.analysis.disclosure.gate import Gate, TooHardError
from commonground.analysis.disclosure.sets import Atom, Merged, merged

FEW, ALIKE, BESIDE = "few", "alike", "beside"
STEPS = 2_000  # of one search while choosing; a group whose search takes more is held back, which is always safe


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
    value = {name: (worth or {}).get(name, 1.0) for name in groups}
    wanted = sorted(
        (name for name in groups if name not in few),
        key=lambda name: (name not in must, -value[name], -sets.people(name)),
    )
    shown = _let_in(gate, sets, wanted)
    hidden = {name: FEW if name in few else BESIDE for name in groups if name not in shown}
    return Protected(tuple(name for name in groups if name in shown), hidden)


def _let_in(gate: Gate, sets: Merged, order: Sequence[str]) -> set[str]:
    """The groups that can be told one after the other."""
    shown = set()
    for name in order:
        row = gate.reduced(sets.groups[name])
        try:
            told = gate.told_by(row, STEPS)
        except TooHardError:
            continue
        if told is None:
            gate.let_in(row)
            shown.add(name)
    return shown


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
