"""Measures of structure against METHODS 3.2 and networkx, on Zachary's karate club (1977) and drawn networks."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.analysis.coalition.network import Network
from commonground.analysis.coalition.structure import (
    betweenness,
    constraint,
    degrees,
    mean_degree,
    mean_neighbour_degree,
)


def network_of(graph: nx.Graph) -> Network:
    ends = np.array(list(graph.edges()), np.int64).reshape(-1, 2)
    ids = [str(node) for node in range(len(graph))]
    return Network.from_edges(ids, ends[:, 0], ends[:, 1], undirected=not graph.is_directed())


KARATE = network_of(nx.karate_club_graph())


def test_the_karate_club_has_the_values_of_methods_3_2() -> None:
    found = constraint(KARATE)
    assert found[[0, 33, 11]] == pytest.approx([0.1554, 0.1564, 1.0], abs=5e-5)
    assert betweenness(KARATE)[[0, 33, 32]] == pytest.approx([0.4376, 0.3041, 0.1452], abs=5e-5)
    assert mean_degree(KARATE) == pytest.approx(4.588, abs=5e-4)
    assert mean_neighbour_degree(KARATE) == pytest.approx(7.769, abs=5e-4)


def test_a_star_and_a_triangle_have_the_constraint_of_methods_3_2() -> None:
    assert constraint(network_of(nx.star_graph(4)))[0] == pytest.approx(0.25)
    assert constraint(network_of(nx.complete_graph(3))) == pytest.approx([1.125] * 3)


def test_without_ties_there_is_no_constraint_and_nobody_stands_between() -> None:
    alone = Network.from_edges(["a", "b"], [], [])
    assert np.isnan(constraint(alone)).all()
    assert betweenness(alone).tolist() == [0, 0]
    assert (mean_degree(alone), mean_neighbour_degree(alone)) == (0, 0)
    assert mean_degree(Network.from_edges([], [], [])) == 0


@settings(deadline=None)
@given(st.integers(2, 12), st.integers(0, 10_000), st.booleans())
def test_any_network_has_the_values_of_networkx(people: int, seed: int, directed: bool) -> None:
    graph = nx.gnp_random_graph(people, 0.3, seed=seed, directed=directed)
    made = network_of(graph)
    theirs = nx.betweenness_centrality(graph)
    assert betweenness(made) == pytest.approx([theirs[node] for node in range(people)])
    burt = nx.constraint(graph)
    assert constraint(made) == pytest.approx([burt[node] for node in range(people)], nan_ok=True)
    assert degrees(made).tolist() == [len(graph[node]) for node in range(people)]
