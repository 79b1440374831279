"""What stays unsaid: worked tables of METHODS 7.1, and an audit by an independent method (rank over the rationals)."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.analysis.suppression import Sum, determined, withheld


@pytest.mark.parametrize(
    ("sizes", "threshold", "hidden"),
    [
        ({"A": 8, "B": 7, "C": 2, "D": 5, "E": 1}, 5, {"C", "D", "E"}),
        ({"Tech": 7, "Product": 1}, 3, {"Tech", "Product"}),
        ({"A": 12, "B": 9, "C": 4}, 5, {"B", "C"}),
        ({"A": 12, "B": 9, "C": 4, "D": 3}, 5, {"C", "D"}),
    ],
)
def test_the_remainder_rule_gives_the_worked_examples_of_methods(sizes, threshold, hidden):
    total = {"total": sum(sizes.values())}
    assert withheld({**sizes, **total}, [Sum("total", tuple(sizes))], threshold) == hidden


def test_an_empty_group_protects_nobody_and_is_shown():
    sizes = {"A": 12, "B": 0, "C": 20, "total": 32}
    assert withheld(sizes, [Sum("total", ("A", "B", "C"))], 8) == set()


def test_a_table_that_does_not_add_up_is_refused():
    with pytest.raises(ValueError, match="not the sum of its parts"):
        withheld({"A": 1, "total": 2}, [Sum("total", ("A",))], 8)


def rank(rows: list[list[Fraction]]) -> int:
    rows, found = [list(row) for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((i for i in range(found, len(rows)) if rows[i][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for i in range(len(rows)):
            if i != found and rows[i][column]:
                factor = rows[i][column] / rows[found][column]
                rows[i] = [a - factor * b for a, b in zip(rows[i], rows[found], strict=True)]
        found += 1
    return found


def given_away(hidden, sums):
    """A hidden number is determined just when adding its unit vector to the equations leaves their rank as it was."""
    names = sorted(hidden, key=str)
    rows = [[Fraction((name in one.parts) - (name == one.total)) for name in names] for one in sums]
    rows = [row for row in rows if any(row)]
    return {name for name in names if rows and rank([*rows, [Fraction(n == name) for n in names]]) == rank(rows)}


def table(counts):
    """A table of counts with its margins, and every equation between them."""
    height, width = len(counts), len(counts[0])
    sizes = {(r, c): counts[r][c] for r in range(height) for c in range(width)}
    sizes |= {("row", r): sum(counts[r]) for r in range(height)}
    sizes |= {("column", c): sum(row[c] for row in counts) for c in range(width)}
    sizes["all"] = sum(map(sum, counts))
    sums = [Sum(("row", r), tuple((r, c) for c in range(width))) for r in range(height)]
    sums += [Sum(("column", c), tuple((r, c) for r in range(height))) for c in range(width)]
    sums += [
        Sum("all", tuple(("row", r) for r in range(height))),
        Sum("all", tuple(("column", c) for c in range(width))),
    ]
    return sizes, sums


tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 30), min_size=width, max_size=width), min_size=1, max_size=4)
)


@settings(max_examples=60, deadline=None)
@given(tables, st.sampled_from([5, 8]))
def test_no_withheld_number_can_be_had_from_rows_and_columns(counts, threshold):
    sizes, sums = table(counts)
    hidden = withheld(sizes, sums, threshold)
    assert {name for name, size in sizes.items() if 0 < size < threshold} <= hidden
    assert given_away(hidden, sums) == set()
    for one in sums:
        closed = [part for part in one.parts if part in hidden]
        if one.total not in hidden and closed:
            assert sum(sizes[part] for part in closed) >= threshold


@settings(max_examples=60, deadline=None)
@given(tables, st.data())
def test_what_elimination_finds_is_what_the_rank_says(counts, data):
    sizes, sums = table(counts)
    hidden = data.draw(st.sets(st.sampled_from(list(sizes))))
    assert determined(hidden, sums) == given_away(hidden, sums)


def test_a_ring_of_four_keeps_its_secret_and_a_stair_does_not():
    _, sums = table([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    assert determined({(0, 0), (0, 1), (1, 0), (1, 1)}, sums) == set()
    assert determined({(0, 0), (0, 1), (1, 1)}, sums) == {(0, 0), (0, 1), (1, 1)}


def test_large_tables_are_quick_enough_to_be_made_on_a_page():
    sizes, sums = table([[(7 * r + 11 * c) % 23 for c in range(6)] for r in range(300)])
    assert determined(withheld(sizes, sums, 8), sums) == set()
