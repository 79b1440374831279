"""What counts tell beyond sums, since none is below nought.

Where a group has no answer of a kind, none of its parts has one; where a part must hold all of them, its answers are known. The counts that
fit what was told are the whole numbers of a polytope. Here it is taken over the reals, where it holds more: its *forced noughts* (counts
that are nought in every point) come from linear algebra and one linear program, and what is determined on it follows from the sums and
these, exactly.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from commonground.analysis.disclosure.gate import Gate, Row
from commonground.analysis.disclosure.noughts import Noughts
from commonground.analysis.disclosure.short import Count, Told
from commonground.analysis.disclosure.span import Span, Vector


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
    beyond = [row for part in _parts(_tied(told, left)) for row in _determined(part, left, told.options)]
    return tuple(_lightest(told, beyond)) if beyond else ()  # else nothing is determined but what the sums tell


def _tied(told: Told, left: Mapping[int, Sequence[int]]) -> dict[int, Vector]:
    """The atoms about which more may be known than the sums tell, with their columns, less those of atoms with no forced nought.

    Among atoms with no forced nought all changes that keep the sums are free, so nothing beyond the sums is known of them; nor of an atom
    whose column they span, since they make up for whatever changes in it.
    """
    span = Span()
    for atom in told.atoms:
        if len(left[atom]) == told.options:
            span.add(dict.fromkeys(told.places[atom], 1))
    rests = {
        atom: span.rest_of(dict.fromkeys(told.places[atom], 1)) for atom in told.atoms if len(left[atom]) < told.options
    }
    return {atom: rest for atom, rest in rests.items() if rest}


def _parts(tied: Mapping[int, Vector]) -> Iterator[dict[int, Vector]]:
    """The atoms with their columns, apart where no row joins them."""
    holding: dict[int, list[int]] = {}
    for atom, column in tied.items():
        for at in column:
            holding.setdefault(at, []).append(atom)
    waiting = set(tied)
    for first in tied:
        if first in waiting:
            part, stack = {}, [first]
            waiting.discard(first)
            while stack:
                atom = stack.pop()
                part[atom] = tied[atom]
                new = {one for at in tied[atom] for one in holding.pop(at, ()) if one in waiting}
                waiting -= new
                stack += sorted(new)
            yield part


def _determined(part: Mapping[int, Vector], left: Mapping[int, Sequence[int]], options: int) -> Iterator[Row]:
    """Sums of atoms whose distribution every fitting point shares, from which with the told sums all such can be made.

    A change that keeps all that was told moves each option's counts; what is determined is 0 on all changes. So: the space of changes, and
    the vectors over atoms that are 0 on it; none where it holds every change that keeps the sums.
    """
    names = [(atom, option) for atom in part for option in left[atom]]
    number = {one: place for place, one in enumerate(names)}
    rows: dict[int, Row] = {}
    for atom, column in part.items():
        for at, value in column.items():
            rows.setdefault(at, {})[atom] = value
    system, alone = Gate([1] * len(names), 2), Span()
    for atom in part:
        system.let_in(system.reduced(number[atom, option] for option in left[atom]))
    for row in rows.values():
        alone.add(row)
        for option in range(options):
            here = {number[atom, option]: value for atom, value in row.items() if (atom, option) in number}
            system.let_in(system.rest_of(here))
    moved = Gate([1] * (1 + max(part)), 2)
    for change in system.changes(range(len(names))):
        for one in _by_option(change, names):
            moved.let_in(moved.rest_of(one))
        if moved.rank == len(part) - alone.rank:
            return
    yield from moved.changes(part)


def _by_option(change: Row, names: Sequence[Count]) -> Collection[Row]:
    """What a change does to the counts of each option: atom → by how much."""
    found: dict[int, Row] = {}
    for place, value in change.items():
        atom, option = names[place]
        found.setdefault(option, {})[atom] = value
    return found.values()


def _lightest(told: Told, beyond: Collection[Row]) -> Iterator[Known]:
    """The sets of fewer people than the threshold among what the sums and these tell."""
    gate = Gate([sum(counts) for counts in told.counts], told.threshold)
    for row in [*(dict.fromkeys(one.atoms, 1) for one in told.short), *beyond]:
        new = gate.rest_of(row)
        few = gate.told_by(new)
        gate.let_in(new)
        if few is not None:
            yield Known(tuple(sorted(few)), False)
