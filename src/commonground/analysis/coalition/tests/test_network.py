"""Networks as arrays: ties both ways or one, doubles, loops, whom each reaches; held against plain sets."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.analysis.coalition import network as module
from commonground.analysis.coalition.network import Network, TooLargeError

PEOPLE = st.integers(1, 9)


@st.composite
def ties(draw: st.DrawFn) -> tuple[int, list[tuple[int, int]]]:
    people = draw(PEOPLE)
    end = st.integers(0, people - 1)
    return people, draw(st.lists(st.tuples(end, end), max_size=30))


def made(people: int, edges: list[tuple[int, int]], *, undirected: bool = False) -> Network:
    ids = [f"p{at}" for at in range(people)]
    return Network.from_edges(ids, [one for one, _ in edges], [two for _, two in edges], undirected=undirected)


def as_sets(people: int, edges: list[tuple[int, int]], *, undirected: bool) -> list[set[int]]:
    reached: list[set[int]] = [set() for _ in range(people)]
    for one, two in edges:
        reached[one].add(two)
        if undirected:
            reached[two].add(one)
    return reached


@settings(deadline=None)
@given(ties(), st.booleans())
def test_whom_each_reaches_is_what_sets_say(drawn: tuple[int, list[tuple[int, int]]], undirected: bool) -> None:
    people, edges = drawn
    network, sets = made(people, edges, undirected=undirected), as_sets(people, edges, undirected=undirected)
    one = [sets[at] | {at} for at in range(people)]
    two = [set().union(*(one[other] for other in one[at])) for at in range(people)]
    for steps, wanted in ((1, one), (2, two)):
        reach = network.reach(steps)
        assert [reach[at].tolist() for at in range(people)] == [sorted(row) for row in wanted]
        assert [reach.turned[at].tolist() for at in range(people)] == [
            [other for other in range(people) if at in wanted[other]] for at in range(people)
        ]
        assert reach.sums(np.ones(people)).tolist() == [len(row) for row in wanted]
    assert [network.rows[at].tolist() for at in range(people)] == [sorted(sets[at] - {at}) for at in range(people)]
    worth = np.arange(1.0, people + 1)
    assert network.rows.sums(worth).tolist() == [sum(one + 1 for one in sets[at] - {at}) for at in range(people)]
    back = network.reversed().reversed()
    assert (back.offsets.tolist(), back.targets.tolist()) == (network.offsets.tolist(), network.targets.tolist())


@settings(deadline=None)
@given(ties())
def test_two_steps_in_many_small_pieces_are_the_same(drawn: tuple[int, list[tuple[int, int]]]) -> None:
    network = made(*drawn)
    whole = network.reach(2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MOST_AT_ONCE", 3)
        pieces = network.reach(2)
    assert (pieces.offsets.tolist(), pieces.items.tolist()) == (whole.offsets.tolist(), whole.items.tolist())


def test_weights_of_doubles_add_up_and_turn_with_their_ties() -> None:
    network = Network.from_edges("abc", [0, 0, 2, 1, 1], [1, 1, 0, 1, 2], [1.0, 2.0, 5.0, 9.0, 4.0])
    assert network.targets.tolist() == [1, 2, 0]
    assert network.weights is not None
    assert network.weights.tolist() == [3, 4, 5]
    turned = network.reversed()
    assert turned.targets.tolist() == [2, 0, 1]
    assert turned.weights is not None
    assert turned.weights.tolist() == [5, 3, 4]


def test_what_contradicts_itself_is_refused() -> None:
    with pytest.raises(ValueError, match="positions are 0 to 1"):
        made(2, [(0, 2)])
    with pytest.raises(ValueError, match="twice"):
        Network.from_edges("aa", [0], [1])
    with pytest.raises(ValueError, match="1 sources, 2 targets"):
        Network.from_edges("ab", [0], [1, 0])
    with pytest.raises(ValueError, match="it is 1 or 2"):
        made(2, []).reach(3)


def test_two_steps_that_do_not_fit_are_refused_rather_than_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_REACHED", 8)
    with pytest.raises(TooLargeError, match="Ask for one step"):
        made(3, [(0, 1), (1, 2), (2, 0)]).reach(2)


def test_nobody_is_a_network_too() -> None:
    nobody = Network.from_edges([], [], [])
    assert len(nobody) == 0
    assert len(nobody.reach(2)) == len(nobody.reach(1)) == 0
