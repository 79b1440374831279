"""Choosing champions: demands are never broken, bounds hold, proofs are right; against brute force, METHODS 3.2 and real networks."""

import csv
import os
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.analysis.coalition.covering import CannotCoverError, Choice, choose
from commonground.analysis.coalition.network import Network

REAL = Path(os.environ.get("COMMONGROUND_REAL_DATA", "../shared/data")) / "krackhardt_hightech"
Cover = list[list[str | None]]


class Drawn:
    """A small network with everything that may be demanded of a choice."""

    def __init__(self, draw: Callable[[Any], Any]) -> None:
        people = draw(st.integers(2, 9))
        end = st.integers(0, people - 1)
        edges = draw(st.lists(st.tuples(end, end), max_size=26))
        self.network = Network.from_edges(
            [f"p{at}" for at in range(people)], [one for one, _ in edges], [two for _, two in edges]
        )
        value = st.one_of(st.none(), st.sampled_from("xyz"))
        self.cover: Cover = draw(st.lists(st.lists(value, min_size=people, max_size=people), max_size=3))
        self.steps = draw(st.sampled_from((1, 2)))
        named = draw(st.lists(end, unique=True, max_size=3))
        cut = draw(st.integers(0, len(named)))
        self.fixed, self.forbidden = named[:cut], named[cut:]
        self.weight = draw(
            st.one_of(
                st.none(),
                st.lists(st.integers(0, 4).map(float), min_size=people, max_size=people),
                st.lists(st.floats(0, 3, width=32), min_size=people, max_size=people),
            )
        )
        self.candidates = draw(st.one_of(st.none(), st.lists(st.booleans(), min_size=people, max_size=people)))

    def ask(self, count: int, **how: Any) -> Choice:
        return choose(
            self.network, count, cover=self.cover, steps=self.steps, fixed=self.fixed, forbidden=self.forbidden,
            weight=None if self.weight is None else np.array(self.weight),
            candidates=None if self.candidates is None else np.array(self.candidates), **how,
        )  # fmt: skip

    def worth(self, chosen: tuple[int, ...]) -> float:
        reach = self.network.reach(self.steps)
        reached = {int(one) for person in chosen for one in reach[person]}
        return float(sum(1.0 if self.weight is None else self.weight[one] for one in reached))

    def meets(self, chosen: tuple[int, ...]) -> bool:
        return all({column[one] for one in chosen} >= set(column) - {None} for column in self.cover)

    @property
    def free(self) -> list[int]:
        named = {*self.fixed, *self.forbidden}
        return [
            at
            for at in range(len(self.network))
            if at not in named and (self.candidates is None or self.candidates[at])
        ]

    def possible(self, count: int) -> list[tuple[int, ...]]:
        """Every choice of so many that breaks no demand."""
        more = min(count - len(self.fixed), len(self.free))
        every = ((*self.fixed, *rest) for rest in combinations(self.free, max(more, 0)))
        return [chosen for chosen in every if more >= 0 and self.meets(chosen)]


@st.composite
def questions(draw: st.DrawFn) -> Drawn:
    return Drawn(draw)


@settings(max_examples=150, deadline=None)
@given(questions(), st.integers(1, 9))
def test_no_demand_is_broken_and_the_bound_holds(asked: Drawn, count: int) -> None:
    possible = asked.possible(count)
    if not possible:
        with pytest.raises(CannotCoverError):
            asked.ask(count)
        return
    best = max(map(asked.worth, possible))
    for how in ({}, {"exact_seconds": 0}, {"exact_seconds": 0, "certify_seconds": 0}):
        found = asked.ask(count, **how)
        assert len(found.champions) == len(set(found.champions)) == min(count, len(asked.fixed) + len(asked.free))
        assert set(asked.fixed) <= set(found.champions) <= {*asked.fixed, *asked.free}
        assert asked.meets(found.champions)
        assert found.covered == pytest.approx(asked.worth(found.champions), abs=1e-9)
        assert found.bound >= found.covered
        assert found.bound >= best - 1e-6
        assert found.gap == pytest.approx((found.bound - found.covered) / found.bound if found.bound else 0)
        assert len(found.why) == len(found.champions)
        if found.proven_optimal:
            assert found.covered == pytest.approx(best, abs=1e-6)
    assert asked.ask(count).proven_optimal


@settings(max_examples=100, deadline=None)
@given(questions())
def test_the_least_count_that_covers_is_the_least(asked: Drawn) -> None:
    counts = [count for count in range(1, len(asked.network) + 1) if asked.possible(count)]
    fewest = max(len(asked.fixed), 1)
    if fewest in counts:
        asked.ask(fewest)
        return
    with pytest.raises(CannotCoverError) as refused:
        asked.ask(fewest)
    error = refused.value
    assert error.least == (counts[0] if counts else None)
    assert (error.least is None) == bool(error.missing)
    for column, value in error.missing:
        assert value not in {asked.cover[column][one] for one in (*asked.free, *asked.fixed)}


@settings(max_examples=60, deadline=None)
@given(questions())
def test_a_larger_budget_never_covers_less(asked: Drawn) -> None:
    before = 0.0
    for count in range(1, len(asked.network) + 1):
        try:
            now = asked.ask(count).covered
        except CannotCoverError:
            continue
        assert now >= before - 1e-9
        before = now


def test_the_overlapping_sets_of_methods_3_2_are_chosen_right() -> None:
    """A = {1..8}, B, C: greedy takes A and reaches 11 of 14, B and C reach all."""
    sets = {1: range(1, 9), 15: (1, 2, 3, 4, 9, 10, 11), 16: (5, 6, 7, 8, 12, 13, 14)}
    edges = [(who, whom) for who, row in sets.items() for whom in row]
    network = Network.from_edges([str(at) for at in range(17)], [one for one, _ in edges], [two for _, two in edges])
    weight = np.array([0, *[1.0] * 14, 0, 0])
    found = choose(network, 2, weight=weight, candidates=np.isin(np.arange(17), list(sets)))
    assert (sorted(found.champions), found.covered, found.proven_optimal) == ([15, 16], 14, True)


@pytest.mark.parametrize(("count", "covered"), [(1, 18), (2, 31), (3, 33), (4, 34)])
def test_the_karate_club_is_covered_as_in_methods_3_2(count: int, covered: int) -> None:
    ends = np.array(list(nx.karate_club_graph().edges()))
    network = Network.from_edges([str(at) for at in range(34)], ends[:, 0], ends[:, 1], undirected=True)
    found = choose(network, count)
    assert (found.covered, found.bound, found.proven_optimal) == (covered, covered, True)
    assert found.champions[0] == (33 if count < 4 else found.champions[0])


@pytest.mark.real_data
@pytest.mark.skipif(not REAL.exists(), reason="krackhardt_hightech of the real data is not there")
@pytest.mark.parametrize("ties", ["advice", "friends", "reports"])
@pytest.mark.parametrize("undirected", [False, True])
def test_every_answer_about_the_21_managers_is_proven(ties: str, undirected: bool) -> None:
    """Krackhardt 1987; the optimum by going through all two million choices."""
    with (REAL / f"ht_{ties}_edges.csv").open() as lines:
        edges = [(int(row["from"]) - 1, int(row["to"]) - 1) for row in csv.DictReader(lines)]
    with (REAL / f"ht_{ties}_nodes.csv").open() as lines:
        people = list(csv.DictReader(lines))
    cover: Cover = [[row["level"] for row in people], [row["dept"] for row in people]]
    network = Network.from_edges(
        [row["id"] for row in people], [one for one, _ in edges], [two for _, two in edges], undirected=undirected
    )
    for columns in ([], cover):
        before = 0.0
        for count, best in enumerate(best_of_all(network, columns), 1):
            if best < 0:
                with pytest.raises(CannotCoverError) as refused:
                    choose(network, count, cover=columns)
                assert refused.value.least == 5
                continue
            found = choose(network, count, cover=columns)
            assert found.proven_optimal
            assert found.covered == found.bound == best
            assert found.covered >= before
            before = found.covered


def best_of_all(network: Network, cover: Cover) -> list[int]:
    """For 1, 2, … champions the most that any choice reaches which meets the demands, −1 where none does; by going through all."""
    reach, people = network.reach(1), len(network)
    cells = sorted({(column, value) for column, values in enumerate(cover) for value in values if value is not None})
    reached, held, size = (np.zeros(1, np.int32) for _ in range(3))
    for person in range(people):
        row = sum(1 << int(one) for one in reach[person])
        met = sum(1 << at for at, (column, value) in enumerate(cells) if cover[column][person] == value)
        reached, held = np.concatenate([reached, reached | row]), np.concatenate([held, held | met])
        size = np.concatenate([size, size + 1])
    whole = held == (1 << len(cells)) - 1
    most = np.full(people + 1, -1)
    np.maximum.at(most, size[whole], np.bitwise_count(reached[whole]).astype(np.int64))
    return most[1:].tolist()


def test_why_is_told_in_plain_words() -> None:
    network = Network.from_edges("abcdef", [0, 0, 0, 3, 3], [1, 2, 4, 4, 5])
    found = choose(network, 2, cover=[["Billing", "Sales", "Sales", "Sales", None, None]])
    assert found.champions == (0, 3)
    assert found.why == (
        "first to reach 4 people, 3 of them nobody else reaches; the only one of Billing",
        "first to reach 2 people, whom nobody else reaches; the only one of Sales",
    )


def test_what_contradicts_itself_is_refused() -> None:
    network = Network.from_edges("abc", [0], [1])
    for wrong in (
        {"count": 0}, {"count": 1, "fixed": [3]}, {"count": 2, "fixed": [1], "forbidden": [1]}, {"count": 1, "weight": [1, 1]},
        {"count": 1, "weight": [1, 1, -1]}, {"count": 1, "cover": [["x"]]}, {"count": 1, "steps": 3},
    ):  # fmt: skip
        with pytest.raises(ValueError, match=r"\w"):
            choose(network, **wrong)
    with pytest.raises(CannotCoverError) as refused:
        choose(network, 1, fixed=[0, 1])
    assert refused.value.least == 2


def test_the_same_question_has_the_same_answer() -> None:
    drawn = np.random.default_rng(5)
    network = Network.from_edges(
        [str(at) for at in range(120)], drawn.integers(0, 120, 500), drawn.integers(0, 120, 500)
    )
    cover = [[f"u{at % 7}" for at in range(120)], [f"l{at % 3}" for at in range(120)]]
    one, two = (choose(network, 9, cover=cover, exact_seconds=60, certify_seconds=60) for _ in range(2))
    assert one.champions == two.champions
    assert one.proven_optimal
