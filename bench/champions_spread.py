"""Spread from champions on made networks, beside pynetim's IMM; run by bench/champions.py, or alone.

    python bench/champions_spread.py [--people 100000] [--count 50] [--runs 3] [--target PATH]

1. Fast: a choice with its bound at least 4 times as fast as IMM, which promises 1 − 1/e − 0.5 by default (epsilon 0.5), at no less spread.
   Both are judged by the same simulation, with an interval; the order of the two takes turns; IMM's graph is built before.
2. Certified: at least 0.9 of the optimum, but for a chance of 1 in 100, in at most 40 s.

Ties pass something on with 1 ÷ how many reach their target. By the processor's time, medians. --target: where pynetim is, when it is
not installed beside this (it is built from source, and needs a C++ compiler).
"""

import argparse
import statistics
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))

from commonground.analysis.coalition.network import Network
from commonground.analysis.coalition.spread import SpreadChoice, choose_for_spread, spread
from commonground.analysis.coalition.spread_models import chances

TIMES, RATIO, SECONDS = 4.0, 0.9, 40.0


def block(people: int, seed: int = 1) -> Network:
    """Units of a hundred, six ties a head, four of five within the unit; one of each unit leads and reaches all of it."""
    drawn = np.random.default_rng(seed)
    units = max(1, people // 100)
    unit = drawn.integers(0, units, people)
    order = np.argsort(unit, kind="stable")
    size = np.bincount(unit, minlength=units)
    start = np.concatenate([[0], np.cumsum(size)[:-1]])
    one = np.repeat(np.arange(people), 6)
    near = order[start[unit[one]] + (drawn.random(len(one)) * size[unit[one]]).astype(np.int64)]
    two = np.where(drawn.random(len(one)) < 0.8, near, drawn.integers(0, people, len(one)))
    leads = order[np.minimum(start, people - 1)][unit]
    ids = [f"{at}" for at in range(people)]
    return Network.from_edges(
        ids, np.concatenate([one, leads]), np.concatenate([two, np.arange(people)]), undirected=True
    )


def scale_free(people: int, seed: int = 1) -> Network:
    """Each newcomer ties to up to four who are there, by how many ties these have (Barabási & Albert 1999)."""
    drawn = np.random.default_rng(seed)
    ends, one, two = [0, 1, 1, 2, 2, 0], [1, 2, 2], [0, 1, 0]
    for person in range(3, people):
        for other in {ends[int(at * len(ends))] for at in drawn.random(4)}:
            one.append(person)
            two.append(other)
            ends += [person, other]
    return Network.from_edges([f"{at}" for at in range(people)], one, two, undirected=True)


def timed(what: Callable[[], Any]) -> tuple[Any, float]:
    before = process_time()
    made = what()
    return made, process_time() - before


def against_imm(name: str, network: Network, count: int, runs: int) -> bool:
    """Whether the fast choice is so many times as fast, at no less spread."""
    try:
        from pynetim import IMGraph, IMMAlgorithm
    except ImportError:
        print(f"{name}: pynetim is not installed (the extra “bench”): not compared")
        return True
    one = np.repeat(np.arange(len(network)), np.diff(network.offsets)).tolist()
    graph = IMGraph(list(zip(one, network.targets.tolist(), strict=True)), weights=chances(network).tolist())
    mine: list[tuple[SpreadChoice, float]] = []
    theirs: list[tuple[list[int], float]] = []
    for run in range(runs):
        mine.append(timed(lambda run=run: choose_for_spread(network, count, seed=run)))
        imm = IMMAlgorithm(graph, model="IC", epsilon=0.5, random_seed=run)
        theirs.append(timed(lambda imm=imm: sorted(imm.run(count))))
    reached = [[spread(network, chosen, seed=99, runs=1000) for chosen in each] for each in (
        [found.champions for found, _ in mine], [found for found, _ in theirs])]  # fmt: skip
    means = [statistics.median(mean for mean, _ in each) for each in reached]
    half = max(half for each in reached for _, half in each)
    seconds = [statistics.median(took for _, took in each) for each in (mine, theirs)]
    times = statistics.median(their / own for (_, own), (_, their) in zip(mine, theirs, strict=True))
    ratio = statistics.median(found.ratio for found, _ in mine)
    print(
        f"{name}, fast: {seconds[0]:.2f} s, IMM {seconds[1]:.2f} s: {times:.1f} times (at least {TIMES:g}); spread {means[0]:,.0f} "
        f"and {means[1]:,.0f} (± {half:,.0f}); ours is shown to be at least {ratio:.3f} of the optimum"
    )
    return times >= TIMES and means[0] >= means[1] - half


def certified(name: str, network: Network, count: int) -> bool:
    found, seconds = timed(lambda: choose_for_spread(network, count, certified=True, seconds=3 * SECONDS))
    print(
        f"{name}, certified: at least {found.ratio:.3f} of the optimum ({RATIO:g}) in {seconds:.1f} s ({SECONDS:g}), {found.sets:,} sets; "
        f"spread {found.spread:,.0f}, bound {found.bound:,.0f}"
    )
    return found.ratio >= RATIO and seconds <= SECONDS


def main(people: int = 100_000, count: int = 50, runs: int = 3) -> bool:
    """Whether all limits are kept."""
    kept = True
    for name, made in (("block model", block), ("scale-free", scale_free)):
        network = made(people)
        print(f"{name}: {people:,} people, {len(network.targets):,} ties, {count} champions", flush=True)
        kept &= against_imm(name, network, count, runs)
        kept &= certified(name, network, count)
        sys.stdout.flush()
    return kept


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("--people", type=int, default=100_000)
    asked.add_argument("--count", type=int, default=50)
    asked.add_argument("--runs", type=int, default=3)
    asked.add_argument("--target")
    options = asked.parse_args()
    if options.target:
        sys.path.insert(1, options.target)
    sys.exit(0 if main(options.people, options.count, options.runs) else 1)
