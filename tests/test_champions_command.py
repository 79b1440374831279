"""`commonground champions EDGES.csv`: the promised keys, demands kept, real and made networks, and what it says to bad input."""

import json
import os
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest
from typer.testing import CliRunner

from commonground.cli import app

REAL = Path(os.environ.get("COMMONGROUND_REAL_DATA", "../shared/data")) / "krackhardt_hightech"
run = CliRunner()
PEOPLE = "id,unit,level\na,Billing,1\nb,Billing,2\nc,Sales,1\nd,Sales,2\ne,Field,1\n"
TIES = "source,target\na,b\na,c\nd,c\nd,e\nb,a\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    return written(tmp_path, TIES, "ties.csv"), written(tmp_path, PEOPLE, "people.csv")


def written(folder: Path, text: str, name: str) -> str:
    (folder / name).write_text(text)
    return str(folder / name)


def asked(files: tuple[str, str], *words: str) -> dict[str, Any]:
    result = run.invoke(app, ["champions", files[0], "--people", files[1], *words, "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def refused(files: tuple[str, str], *words: str) -> str:
    result = run.invoke(app, ["champions", files[0], "--people", files[1], *words, "--json"])
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    return result.stderr.strip()


def chosen(answer: dict[str, Any]) -> list[str]:
    return [one["id"] for one in answer["champions"]]


def test_the_promised_keys_and_their_values(files: tuple[str, str]) -> None:
    answer = asked(files, "--count", "2")
    assert {"champions", "covered", "people", "bound", "gap", "proven_optimal", "seconds"} <= set(answer)
    assert sorted(chosen(answer)) == ["a", "d"]
    assert answer["champions"][0] == {"id": "a", "why": "first to reach 3 people, 2 of them nobody else reaches"}
    assert (answer["covered"], answer["people"], answer["bound"], answer["gap"]) == (5, 5, 5, 0)
    assert answer["proven_optimal"] is True


def test_demands_are_kept(files: tuple[str, str]) -> None:
    answer = asked(files, "--count", "3", "--cover", "unit,level", "--fixed", "c", "--forbidden", "a")
    assert chosen(answer)[0] == "c"
    assert sorted(chosen(answer)) == ["b", "c", "e"]
    assert "set beforehand" in answer["champions"][0]["why"]
    assert answer["covered"] == 4
    two = asked(files, "--count", "1", "--steps", "2")
    assert (chosen(two), two["covered"]) == (["a"], 3)
    assert asked(files, "--count", "1", "--steps", "2", "--undirected")["covered"] == 5


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (("--count", "2", "--cover", "unit"), ("--count 2", "every value of unit", "at least 3")),
        (("--count", "3", "--cover", "unit", "--forbidden", "e"), ("unit “Field”", "people.csv", "no count covers it")),
        (("--count", "0"), ("--count 0 chooses nobody",)),
        (("--count", "6"), ("--count 6", "5 people who may be chosen")),
        (("--count", "2", "--steps", "3"), ("--steps 3", "neither 1 nor 2")),
        (("--count", "2", "--cover", "site"), ("people.csv, row 1", "no column “site”", "--cover")),
        (("--count", "2", "--fixed", "zoe"), ("--fixed zoe", "nobody in people.csv")),
        (("--count", "2", "--fixed", "a", "--forbidden", "a"), ("a is both --fixed and --forbidden",)),
        (("--count", "1", "--fixed", "a,b"), ("2 people are fixed", "at least 2")),
        (("--count", "2", "--seconds", "-1"), ("--seconds -1",)),
    ],
)
def test_what_cannot_be_is_one_sentence(files: tuple[str, str], words: tuple[str, ...], parts: tuple[str, ...]) -> None:
    said = refused(files, *words)
    assert "\n" not in said
    for part in parts:
        assert part in said


@pytest.mark.parametrize("model", ["cascade", "threshold"])
def test_for_spread_demands_are_kept_and_the_bound_stands_above(files: tuple[str, str], model: str) -> None:
    answer = asked(files, "--count", "3", "--cover", "unit", "--spread", model, "--seconds", "2")
    assert {next(row.split(",")[1] for row in PEOPLE.split() if row.startswith(one)) for one in chosen(answer)} == {
        "Billing", "Sales", "Field",
    }  # fmt: skip
    assert 3 <= answer["covered"] <= answer["bound"]
    assert all(one["why"] for one in answer["champions"])
    assert answer["low"] <= answer["covered"]
    assert answer["ratio"] == pytest.approx(answer["low"] / answer["bound"])
    assert answer["failure"] == (0.01 if model == "cascade" else 0)


def test_good_under_all_tells_the_regret_under_each(files: tuple[str, str]) -> None:
    words = ("--count", "3", "--cover", "unit", "--fixed", "e", "--seconds", "2")
    most, answer = asked(files, *words), asked(files, *words, "--spread", "all")
    assert "e" in chosen(answer)
    assert list(answer["under"]) == ["reach", "cascade", "threshold", "noisy"]
    for one in answer["under"].values():
        assert one["regret"] == pytest.approx(1 - one["reached"] / one["best"])
    assert answer["worst_regret"] == max(one["regret"] for one in answer["under"].values())
    assert answer["under"]["reach"]["reached"] == answer["covered"] <= most["covered"]
    assert answer["bound"] == most["bound"]


def test_the_regrets_are_sentences_for_people(files: tuple[str, str]) -> None:
    result = run.invoke(app, ["champions", files[0], "--people", files[1], "--count", "3", "--spread", "all"])
    assert "Where two are needed: it spreads to" in result.stdout
    assert "less than the best known" in result.stdout


def test_what_is_left_out_goes_to_standard_error(tmp_path: Path) -> None:
    files = written(tmp_path, TIES + "a,zoe\n", "ties.csv"), written(tmp_path, PEOPLE, "people.csv")
    result = run.invoke(app, ["champions", files[0], "--people", files[1], "--count", "2", "--json"])
    assert json.loads(result.stdout)["covered"] == 5
    assert "“zoe” is nobody in people.csv" in result.stderr


def test_for_people_the_finding_stands_first(files: tuple[str, str]) -> None:
    result = run.invoke(app, ["champions", files[0], "--people", files[1], "--count", "3", "--cover", "unit"])
    assert result.exit_code == 0
    assert result.stdout.startswith("3 champions reach 5 of 5 people in one step (100 %)")
    for part in ("this is proven", "Billing", "5 ties; people.csv, 5 people"):
        assert part in result.stdout


def test_a_thousand_people_are_proven(tmp_path: Path) -> None:
    """Barabási and Albert 1999, 4 ties a newcomer; the bound is checked against nothing but itself, the answer against greedy."""
    graph = nx.barabasi_albert_graph(1000, 4, seed=7)
    drawn = np.random.default_rng(7)
    ties = "\n".join(["ego,alter", *(f"{one},{two}" for one, two in graph.edges())])
    rows = [f"{at},u{drawn.integers(12)},l{drawn.integers(4)}" for at in range(1000)]
    files = written(tmp_path, ties, "ties.csv"), written(tmp_path, "\n".join(["id,unit,level", *rows]), "people.csv")
    answer = asked(files, "--count", "20", "--undirected", "--cover", "unit,level", "--seconds", "60")
    assert answer["proven_optimal"]
    assert answer["covered"] == answer["bound"] >= greedily(graph, 20, rows)
    held = {tuple(rows[int(one)].split(",")[1:]) for one in chosen(answer)}
    assert {unit for unit, _ in held} == {row.split(",")[1] for row in rows}
    assert {level for _, level in held} == {row.split(",")[2] for row in rows}


def greedily(graph: nx.Graph, count: int, rows: list[str]) -> int:
    """What plain greedy reaches without any demand, less what demands can cost at the most: a lower line for any good answer."""
    reached: set[int] = set()
    for _ in range(count - len({row.split(",")[1] for row in rows})):
        reached |= max(({one, *graph[one]} for one in graph), key=lambda row: len(row - reached))
    return len(reached)


@pytest.mark.real_data
@pytest.mark.skipif(not REAL.exists(), reason="krackhardt_hightech of the real data is not there")
@pytest.mark.parametrize("words", [(), ("--undirected",)])
def test_the_21_managers(words: tuple[str, ...]) -> None:
    """Krackhardt 1987: proven for every count from 5, the fewest that cover five departments and three levels."""
    files = str(REAL / "ht_friends_edges.csv"), str(REAL / "ht_friends_nodes.csv")
    for count in (5, 6, 9):
        answer = asked(files, "--count", str(count), "--cover", "level,dept", *words)
        assert answer["proven_optimal"]
        assert answer["people"] == 21
    assert "at least 5" in refused(files, "--count", "4", "--cover", "level,dept", *words)
