"""What `assess` shows of groups, held against the exact audit of the disclosure gate."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.analysis.assessment.instrument import Instrument, Scale
from commonground.analysis.assessment.scored import assess
from commonground.analysis.disclosure import Atom, audit

SCALE = Scale("s", ("a",))


@given(
    st.lists(st.lists(st.integers(1, 4), min_size=1, max_size=14), min_size=1, max_size=6),
    st.lists(st.integers(1, 4), max_size=7),
)
@settings(deadline=None, max_examples=150)
def test_what_is_shown_beside_the_whole_tells_nothing_of_few(groups: list[list[int]], alone: list[int]) -> None:
    """Groups of all sizes, often of one mind, and people of no group: by sums and by counts."""
    answers = [one for group in [*groups, alone] for one in group]
    codes = [place for place, group in enumerate(groups) for _ in group] + [-1] * len(alone)
    names = [f"g{place}" for place in range(len(groups))]
    found = assess(Instrument("i", 4, (SCALE,)), {"a": answers}, codes, names)
    shown = [name for name in names if found.groups[name]["s"] is not None]
    if not shown:
        return
    rows = dict(zip([*names, "alone"], [*groups, alone], strict=True))
    atoms = {name: Atom(len(row), len(row)) for name, row in rows.items() if row}
    counts = {name: np.bincount(rows[name], minlength=5)[1:].tolist() for name in atoms}
    sets = {"whole": set(atoms)} | {name: {name} for name in shown}
    assert audit(sets, atoms, threshold=5, counts=counts) == ()


def test_large_groups_that_differ_are_all_shown() -> None:
    drawn = np.random.default_rng(1)
    codes = np.repeat(np.arange(40), 30)
    names = [f"g{place}" for place in range(40)]
    found = assess(Instrument("i", 5, (SCALE,)), {"a": drawn.integers(1, 6, 1_200)}, codes, names)
    assert found.left_out == 0
    assert found.scales["s"].icc1 is not None
