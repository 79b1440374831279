"""What stands together on the page of champions gives nobody away: checked by the disclosure gate, which decides it exactly."""

from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.coalition.shown import shown
from commonground.analysis.disclosure import Atom, audit

GROUPS = st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 14)), max_size=9)


@given(GROUPS, st.sampled_from([2, 5, 8]))
def test_no_sum_or_difference_is_about_few(groups: list[tuple[str, int]], threshold: int) -> None:
    found = shown(groups, threshold)
    atoms = {f"{place}": Atom(people, people) for place, (_, people) in enumerate(groups)}
    told = {f"group {place}": [f"{place}"] for place in found.groups}
    for row in found.rows:
        told[f"row {row}"] = [f"{place}" for place, (one, people) in enumerate(groups) if one == row and people]
    if found.total and any(people for _, people in groups):
        told["total"] = [name for name, atom in atoms.items() if atom.people]
    assert not audit(told, atoms, threshold=threshold)


def test_worked_by_hand() -> None:
    assert shown([], 8).total
    assert not shown([("A", 7)], 8).total
    # 3 of few people would follow from 20 − 17, so the 17 give way; 9 + 11 stand in a row of their own
    found = shown([("A", 17), ("A", 3), ("B", 9), ("B", 11)], 8)
    assert found == ({2, 3}, {"A", "B"}, True)
    # a row of 4 follows from the total and the row of 20, so neither that row nor all its groups stand
    found = shown([("A", 4), ("B", 9), ("B", 11)], 8)
    assert found == ({2}, set(), True)
