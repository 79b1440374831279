"""Small organizations for tests: a tree of units crossed with an attribute, and sets that overlap as they like."""

from typing import NamedTuple

from hypothesis import strategies as st

from commonground.analysis.disclosure import Atom


class World(NamedTuple):
    """groups: the whole, each unit, each value of the attribute, and each unit × value; atoms: own people of a unit by value."""

    groups: dict[str, list[str]]
    atoms: dict[str, Atom]


def hierarchy(parents: list[int | None], sizes: list[list[Atom]]) -> World:
    """parents: of each unit, None for the root. sizes: of each unit and value."""
    atoms = {f"{unit}{value}": atom for unit, row in enumerate(sizes) for value, atom in zip("abcd", row, strict=False)}
    under: dict[int, list[int]] = {unit: [] for unit in range(len(parents))}
    for unit in range(len(parents)):
        above: int | None = unit
        while above is not None:
            under[above].append(unit)
            above = parents[above]
    values = "abcd"[: len(sizes[0])]
    groups = {"all": list(atoms)} | {value: [f"{unit}{value}" for unit in under] for value in values}
    for unit, below in under.items():
        groups[f"u{unit}"] = [f"{one}{value}" for one in below for value in values]
        groups |= {f"u{unit}{value}": [f"{one}{value}" for one in below] for value in values}
    return World(groups, atoms)


@st.composite
def hierarchies(draw, most_units: int = 4, most_values: int = 2, most_people: int = 9) -> World:
    units = draw(st.integers(2, most_units))
    values = draw(st.integers(1, most_values))
    parents = [None, *(draw(st.integers(0, unit - 1)) for unit in range(1, units))]
    people = st.integers(0, most_people)
    atom = st.tuples(people, st.integers(0, 2)).map(lambda pair: Atom(sum(pair), pair[0]))
    sizes = draw(st.lists(st.lists(atom, min_size=values, max_size=values), min_size=units, max_size=units))
    return hierarchy(parents, sizes)


@st.composite
def overlapping(draw) -> World:
    names = "stuvwxyz"[: draw(st.integers(2, 6))]
    atoms = {name: Atom(people + 1, people) for name in names for people in [draw(st.integers(0, 7))]}
    sets = draw(st.lists(st.sets(st.sampled_from(names), min_size=1), min_size=1, max_size=6))
    return World({f"g{place}": sorted(one) for place, one in enumerate(sets)}, atoms)


def answers(draw, atoms: dict[str, Atom], options: int) -> dict[str, list[int]]:
    """Counts of each atom, all of its people answering; few options of many, so that noughts are common."""
    found = {}
    for name, atom in atoms.items():
        given = draw(st.lists(st.integers(0, options - 1), min_size=atom.people, max_size=atom.people))
        found[name] = [given.count(option) for option in range(options)]
    return found
