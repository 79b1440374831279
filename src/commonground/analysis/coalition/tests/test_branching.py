"""Proofs by cases against HiGHS on the plain model of the same question, in networks too large for brute force."""

import highspy
import networkx as nx
import numpy as np
import pytest

from commonground.analysis.coalition.bounding import Bounding, Prices
from commonground.analysis.coalition.branching import branch
from commonground.analysis.coalition.covering import choose
from commonground.analysis.coalition.demands import Demands
from commonground.analysis.coalition.network import Network
from commonground.analysis.coalition.proving import Model
from commonground.analysis.coalition.standing import Question

Cover = list[list[str]]


def made(kind: str, people: int, seed: int) -> tuple[Network, Cover]:
    drawn = np.random.default_rng(seed)
    graph = {
        "scale-free": lambda: nx.barabasi_albert_graph(people, 3, seed=seed),
        "random": lambda: nx.gnp_random_graph(people, 7 / people, seed=seed),
        "blocks": lambda: nx.random_partition_graph([people // 4] * 4, 0.2, 0.01, seed=seed),
    }[kind]()
    ends = np.array(list(graph.edges()))
    network = Network.from_edges([str(at) for at in range(people)], ends[:, 0], ends[:, 1], undirected=True)
    return network, [
        [f"u{one}" for one in drawn.integers(0, 5, people)],
        [f"l{one}" for one in drawn.integers(0, 3, people)],
    ]


def question(network: Network, count: int, cover: Cover, weight: np.ndarray) -> Question:
    demands, everybody = Demands.read(cover, len(network)), np.ones(len(network), bool)
    plan = tuple(demands.least(everybody, (), count))
    return Question(network.reach(1), weight, count, everybody, (), demands, plan)


def by_highs(asked: Question) -> float:
    """The optimum of the plain model: a column for each candidate and each person, nothing taken together or left out."""
    people, by = asked.reach.wide, asked.reach.turned
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("mip_rel_gap", 0.0)
    come = [solver.addBinary() for _ in range(people)]
    reached = [solver.addVariable(lb=0, ub=1) for _ in range(people)]
    for at in range(people):
        solver.addConstr(sum(come[int(one)] for one in by[at]) >= reached[at])
    solver.addConstr(sum(come) == asked.count)
    for cell in range(len(asked.demands.cells)):
        solver.addConstr(sum(come[int(one)] for one in asked.demands.people(cell)) >= 1)
    solver.maximize(sum(float(worth) * one for worth, one in zip(asked.weight, reached, strict=True)))
    return float(solver.getInfo().objective_function_value)


@pytest.mark.parametrize("kind", ["scale-free", "random", "blocks"])
@pytest.mark.parametrize("weighted", [False, True])
def test_both_ways_to_prove_agree_with_the_plain_model(kind: str, weighted: bool) -> None:
    network, cover = made(kind, 48, 3)
    weight = np.random.default_rng(1).random(48) if weighted else np.ones(48)
    asked = question(network, 8, cover, weight)
    best = by_highs(asked)
    bounding = Bounding(asked)
    bounding.improve(best * 0.97, 60, lambda: True)
    for proof in (
        branch(bounding, asked.plan, lambda: True),
        Model(bounding, asked.worth(asked.plan)).prove(asked.plan, 600),
    ):
        assert proof.worth == pytest.approx(best)
        assert proof.bound == pytest.approx(proof.worth)
        assert asked.worth(proof.chosen) == pytest.approx(proof.worth)
        assert len(set(proof.chosen)) == 8
        assert len(asked.demands.met(proof.chosen)) == len(asked.demands.cells)
    found = choose(network, 8, cover=cover, weight=weight, certify_seconds=600, exact_seconds=600)
    assert found.proven_optimal
    assert found.covered == pytest.approx(best)


def test_a_proof_that_is_cut_short_says_so_and_its_bound_holds() -> None:
    network, cover = made("random", 60, 4)
    asked = question(network, 8, cover, np.ones(60))
    bounding = Bounding(asked)
    bounding.improve(10.0, 5, lambda: True)
    left = [3]

    def three_times() -> bool:
        left[0] -= 1
        return left[0] >= 0

    proof = branch(bounding, asked.plan, three_times)
    assert proof.worth < by_highs(asked) <= proof.bound <= bounding.best.bound


def test_prices_of_another_question_are_cut_to_what_people_are_worth() -> None:
    """Prices above the worth would give a bound below the optimum: here everybody is priced far above."""
    network, cover = made("blocks", 80, 5)
    asked = question(network, 8, cover, np.ones(80))
    bounding = Bounding(asked, Prices(np.full(80, 50.0), np.full(len(asked.demands.cells), 2.0)))
    assert bounding.evaluate(bounding.at).bound >= by_highs(asked)
