"""What counts tell beyond sums, since none is below nought.

Where a group has no answer of a kind, none of its parts has one; where a part must hold all of them, its answers are known. The counts that
fit what was told are the whole numbers of a polytope. Here it is taken over the reals, where it holds more: its *forced noughts* (counts
that are nought in every point) come from one linear program, and what is determined on it follows from the sums and these, exactly.
"""

from collections.abc import Sequence
from typing import NamedTuple

from commonground.analysis.disclosure.gate import Gate, Row
from commonground.analysis.disclosure.noughts import Count, Noughts, Told


class Known(NamedTuple):
    """Something that follows. atoms: of whom. alike: that all of them gave one answer; else that their distribution is determined.

    by: groups of which one at least must go so that it does not follow in this way; none where that is not known.
    """

    atoms: tuple[int, ...]
    alike: bool
    by: frozenset[int] = frozenset()


def known(told: Told) -> tuple[Known, ...]:
    """What the counts give away: atoms all of one answer; where there are none, sets of fewer people than the threshold whose distribution
    is determined."""
    atoms = told.atoms
    if not atoms:
        return ()
    noughts = Noughts(told)
    free = noughts.free()
    left = {atom: [option for option in range(told.options) if (atom, option) in free] for atom in atoms}
    alike = [Known((atom,), True, noughts.forcing(atom, one[0])) for atom, one in left.items() if len(one) == 1]
    if alike or len(free) == len(atoms) * told.options:
        return tuple(alike)  # where no nought is forced, the sums alone decide, and they are the gate's
    return tuple(_determined(told, atoms, free))


def _determined(told: Told, atoms: Sequence[int], free: frozenset[Count]) -> list[Known]:
    """Sets of fewer people than the threshold whose distribution every fitting point shares.

    A change that keeps all that was told moves each option's counts; what is determined is 0 on all changes. So: the space of changes, and
    of the vectors over atoms that are 0 on it the lightest.
    """
    number = {one: place for place, one in enumerate(sorted(free))}
    system = Gate([1] * len(number), 2)
    for atom in atoms:
        system.let_in(system.reduced(number[atom, o] for o in range(told.options) if (atom, o) in free))
    told_rows = Gate([1] * len(told.counts), 2)
    for group in told.groups:
        members = [atom for atom in group if sum(told.counts[atom])]
        new = told_rows.reduced(members)
        if new:
            told_rows.let_in(new)
            for o in range(told.options):
                system.let_in(system.reduced(number[atom, o] for atom in members if (atom, o) in free))
    moved = Gate([1] * len(told.counts), 2)
    most = len(atoms) - told_rows.rank
    names = {place: one for one, place in number.items()}
    for change in system.changes(range(len(number))):
        by_option: dict[int, Row] = {}
        for place, value in change.items():
            atom, option = names[place]
            by_option.setdefault(option, {})[atom] = value
        for row in by_option.values():
            moved.let_in(moved.rest_of(row))
        if moved.rank == most:
            return []  # nothing is determined but what the sums tell
    return _lightest(moved, atoms, told)


def _lightest(moved: Gate, atoms: Sequence[int], told: Told) -> list[Known]:
    gate = Gate([sum(counts) for counts in told.counts], told.threshold)
    found = []
    for row in moved.changes(atoms):
        new = gate.rest_of(row)
        few = gate.told_by(new)
        gate.let_in(new)
        if few is not None:
            found.append(Known(tuple(sorted(few)), False))
    return found
