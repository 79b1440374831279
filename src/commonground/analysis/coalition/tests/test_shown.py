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
    # 3 would follow from the sum of their row, so that does not stand; 17 and 9 + 11 do, but then 3 would follow from the total: the
    # smallest group gives way too, and with it the sum of its row
    assert shown([("A", 17), ("A", 3), ("B", 9), ("B", 11)], 8) == ({0, 3}, set(), True)
    # 5 + 3 of a row are eight people: its sum stands
    assert shown([("A", 17), ("A", 5), ("A", 3), ("B", 9)], 8) == ({0, 3}, {"A", "B"}, True)
    # a row of few follows from the total and the others, so the sum of one with something left over gives way
    assert shown([("A", 4), ("B", 7), ("B", 7), ("B", 30)], 8) == ({3}, set(), True)
