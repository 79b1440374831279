"""Choosing champions at size: proofs for a thousand people, certified gaps for 100 thousand and a million, beside HiGHS alone.

    python bench/champions.py [--only thousand|hundred|million|spread] [--alone SECONDS]

Limits: networks of 1,000 people proven optimal within 10 s each, in one step (two steps are told); at 100,000 a certified gap of at most
2 % in at most 10 s. At a million the gap and the time are told. --alone: how long HiGHS may take on the plain model of the same question
(60; 0 leaves it out). Cover is unit and level; networks and seeds are those of champions_made.py. Seconds are by the clock or the
processor, the lesser: on a busy machine trust ratios.
"""

import argparse
import importlib
import os
import sys
from pathlib import Path
from time import perf_counter, process_time

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

import highspy
import numpy as np
from bench.champions_made import MADE, Cover

from commonground.analysis.coalition.covering import Choice, choose
from commonground.analysis.coalition.demands import Demands
from commonground.analysis.coalition.network import Network

SECONDS, GAP = 10.0, 0.02
SEEDS = (1, 2, 3)


def asked(name: str, network: Network, count: int, cover: Cover, steps: int, **how: float) -> tuple[Choice, float]:
    """The choice and its seconds of the processor, with a line that tells them."""
    before = process_time()
    found = choose(network, count, cover=cover, steps=steps, **how)
    took = process_time() - before
    print(
        f"{name:<10} {len(network):>9,} people, {count:>6,} champions, {steps} step{'s' * (steps - 1)}: reached {found.covered:,.0f}, "
        f"bound {found.bound:,.0f}, gap {100 * found.gap:.2f} %{', proven' if found.proven_optimal else ''}; {found.seconds:.2f} s "
        f"({took:.2f} of the processor)",
        flush=True,
    )
    return found, took


def alone(network: Network, count: int, cover: Cover, steps: int, seconds: float) -> tuple[float, float, float]:
    """HiGHS alone on the plain model, one thread: reached, bound, seconds of the processor."""
    reach, people = network.reach(steps), len(network)
    by, demands = reach.turned, Demands.read(cover, people)
    rows = [np.append(by[at], people + at) for at in range(people)]
    values = [np.append(np.ones(len(row) - 1), -1.0) for row in rows]
    rows += [np.arange(people), *(demands.people(cell) for cell in range(len(demands.cells)))]
    values += [np.ones(len(row)) for row in rows[people:]]
    lp, inf, cells = highspy.HighsLp(), highspy.kHighsInf, len(demands.cells)
    lp.num_col_, lp.num_row_, lp.sense_ = 2 * people, len(rows), highspy.ObjSense.kMaximize
    lp.col_cost_ = np.repeat([0.0, 1.0], people)
    lp.col_lower_, lp.col_upper_ = np.zeros(2 * people), np.ones(2 * people)
    lp.row_lower_ = np.concatenate([np.zeros(people), [count], np.ones(cells)])
    lp.row_upper_ = np.concatenate([np.full(people, inf), [count], np.full(cells, inf)])
    lp.integrality_ = [highspy.HighsVarType.kInteger] * people + [highspy.HighsVarType.kContinuous] * people
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *map(len, rows)])
    lp.a_matrix_.index_, lp.a_matrix_.value_ = np.concatenate(rows), np.concatenate(values)
    solver = highspy.Highs()
    for option, value in (("output_flag", False), ("threads", 1), ("time_limit", seconds), ("mip_rel_gap", 0.0)):
        solver.setOptionValue(option, value)
    solver.passModel(lp)
    before = process_time()
    solver.run()
    info = solver.getInfo()
    return info.objective_function_value, info.mip_dual_bound, process_time() - before


def beside(network: Network, count: int, cover: Cover, steps: int, seconds: float, took: float) -> None:
    """A line on HiGHS alone, and how many times as long it takes."""
    if seconds <= 0:
        return
    reached, bound, theirs = alone(network, count, cover, steps, seconds)
    answer = f"{reached:,.0f}, bound {bound:,.0f}, gap {100 * (bound - reached) / bound:.2f} %"
    answer = answer if 0 <= reached <= bound < float("inf") and bound else "no answer within the time"
    print(
        f"           HiGHS alone: {answer}; {theirs:.2f} s of the processor, {theirs / max(took, 1e-3):.0f} times",
        flush=True,
    )


def thousand(seconds: float) -> bool:
    fine = []
    for name, made in MADE.items():
        for seed in SEEDS:
            network, cover = made(1000, seed)
            for count, steps in ((12, 1), (20, 1), (12, 2)):
                long = 120 if steps == 1 else 15
                found, took = asked(
                    f"{name} {seed}", network, count, cover, steps, certify_seconds=10, exact_seconds=long
                )
                if steps == 1:
                    fine.append(found.proven_optimal and min(found.seconds, took) <= SECONDS)
                if seed == SEEDS[0]:
                    beside(network, count, cover, steps, seconds, took)
    print(f"{sum(fine)} of {len(fine)} proven within {SECONDS:g} s")
    return all(fine)


def hundred(seconds: float) -> bool:
    fine = []
    for name, made in MADE.items():
        network, cover = made(100_000, 1)
        for at, count in enumerate((1_250, 2_000)):
            found, took = asked(name, network, count, cover, 1, certify_seconds=7)
            fine.append(found.gap <= GAP and min(found.seconds, took) <= SECONDS)
            if at:
                beside(network, count, cover, 1, seconds, took)
    return all(fine)


def million(_: float) -> bool:
    for name, made in MADE.items():
        network, cover = made(1_000_000, 1)
        for count in (12_500, 20_000):
            asked(name, network, count, cover, 1, certify_seconds=90)
    return True


def spread(_: float) -> bool:
    """What bench/champions_spread.py measures, where it is there."""
    if not (Path(__file__).parent / "champions_spread.py").exists():
        print("bench/champions_spread.py is not there")
        return True
    return bool(importlib.import_module("bench.champions_spread").main())


PARTS = {"thousand": thousand, "hundred": hundred, "million": million, "spread": spread}


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--only", choices=PARTS)
    words.add_argument("--alone", type=float, default=60.0)
    said = words.parse_args()
    began = perf_counter()
    fine = [part(said.alone) for name, part in PARTS.items() if said.only in (None, name)]
    print(f"{perf_counter() - began:.0f} s in all")
    return 0 if all(fine) else 1


if __name__ == "__main__":
    sys.exit(main())
