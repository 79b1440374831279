"""Survival curves and Bass fits for many at once, beside lifelines and scipy.

    python bench/pace.py [--only survival|bass] [--runs 5]

1. Kaplan-Meier curves with intervals and medians of 100,000 people in 1,000 groups, beside lifelines' KaplanMeierFitter asked once a
   group: at least 100 times as fast, and the same shares to 1e-9.
2. 1,000 Bass fits (p, q and m free; 40 periods with noise) beside scipy's curve_fit, asked once a series from good starting values:
   at least 5 times as fast, and the same estimates to 1e-6 wherever scipy comes as low.

Medians of several runs in one process, the two in turn, each once unmeasured. Beside the clock stands the processor's own time.
"""

import argparse
import statistics
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "src"))

import numpy as np  # noqa: E402

from commonground.analysis.curves import bass  # noqa: E402
from commonground.analysis.survival.curves import kaplan_meier  # noqa: E402

PEOPLE, GROUPS, FITS, PERIODS = 100_000, 1_000, 1_000, 40


class Ran(NamedTuple):
    """Medians of seconds by the clock and of the processor, and what was answered."""

    seconds: float
    processor: float
    answer: Any


class Bench:
    def __init__(self) -> None:
        self.missed = False

    def in_turn(self, runs: int, *ways: tuple[str, Callable[[], Any]], peers: int) -> list[Ran]:
        """Each way asked once unmeasured, then in turn; every way but the first, which is ours, at most `peers` times."""
        clock: dict[str, list[float]] = {name: [] for name, _ in ways}
        processor: dict[str, list[float]] = {name: [] for name, _ in ways}
        answers = {name: way() for name, way in ways}
        for run in range(runs):
            for at, (name, way) in enumerate(ways):
                if at and run >= peers:
                    continue
                begun, worked = perf_counter(), process_time()
                way()
                clock[name].append(perf_counter() - begun)
                processor[name].append(process_time() - worked)
        return [self.show(name, clock[name], processor[name], answers[name]) for name, _ in ways]

    def show(self, name: str, clock: list[float], processor: list[float], answer: Any) -> Ran:
        ran = Ran(statistics.median(clock), statistics.median(processor), answer)
        print(f"  {name:44} {ran.seconds:8.3f} s  processor {ran.processor:8.3f} s  ({len(clock)} runs)", flush=True)
        return ran

    def hold(self, what: str, value: float, limit: float) -> None:
        fine = value >= limit
        self.missed |= not fine
        print(f"  {'ok    ' if fine else 'MISSED'} {what}: {value:,.1f} (limit: ≥ {limit:,.0f})", flush=True)

    def same(self, what: str, fine: bool) -> None:
        self.missed |= not fine
        print(f"  {'ok    ' if fine else 'MISSED'} {what}", flush=True)


def beside_lifelines(bench: Bench, runs: int) -> None:
    from lifelines import KaplanMeierFitter

    print(f"{PEOPLE:,} people in {GROUPS:,} groups: curves with intervals and medians")
    draw = np.random.default_rng(1)
    duration = np.ceil(draw.exponential(40, PEOPLE))
    event, group = draw.random(PEOPLE) < 0.6, draw.integers(0, GROUPS, PEOPLE)
    parts = [(duration[group == code], event[group == code]) for code in range(GROUPS)]

    def ours() -> Any:
        curves = kaplan_meier(duration, event, group, GROUPS)
        return curves, curves.medians

    def theirs() -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            fits = [KaplanMeierFitter().fit(*part) for part in parts]
            return fits, [fit.median_survival_time_ for fit in fits]

    mine, other = bench.in_turn(runs, ("ours", ours), ("lifelines, one group after the other", theirs), peers=3)
    curves = [mine.answer[0].of(code) for code in range(GROUPS)]
    shares = zip(curves, other.answer[0], strict=True)
    equal = all(
        np.allclose(fit.survival_function_.loc[one.time].to_numpy()[:, 0], one.share, rtol=1e-9) for one, fit in shares
    )
    bench.same("the same shares to 1e-9", equal)
    bench.hold("times as fast", other.seconds / mine.seconds, 100)


def beside_scipy(bench: Bench, runs: int) -> None:
    from scipy.optimize import curve_fit

    print(f"{FITS:,} Bass fits of {PERIODS} periods, p, q and m free")
    draw = np.random.default_rng(2)
    times = np.arange(1, PERIODS + 1.0)
    p, q, m = 10 ** draw.uniform(-3, -1.5, FITS), draw.uniform(0.15, 0.5, FITS), 10 ** draw.uniform(1.5, 4, FITS)
    adopters = m[:, None] * (bass.share(times, p[:, None], q[:, None]) + 0.01 * draw.normal(size=(FITS, PERIODS)))

    def curve(t: Any, p: float, q: float, m: float) -> Any:
        x = np.exp(-(p + q) * t)
        return m * (1 - x) / (1 + q / p * x)

    def theirs(**how: Any) -> list[Any]:
        starts = zip(adopters, p, q, m, strict=True)
        return [
            curve_fit(curve, times, y, p0=(1.2 * a, 0.9 * b, 1.1 * c), maxfev=20_000, **how)[0] for y, a, b, c in starts
        ]

    mine, other = bench.in_turn(
        runs, ("ours", lambda: bass.fit_many(times, adopters)), ("scipy, one series after the other", theirs), peers=3
    )
    tight = np.array(theirs(ftol=1e-15, xtol=1e-15, gtol=1e-15))
    found = np.column_stack((mine.answer.p, mine.answer.q, mine.answer.m))
    left = np.array([((y - curve(times, *one)) ** 2).sum() for y, one in zip(adopters, tight, strict=True)])
    as_low = left <= mine.answer.squares * (1 + 1e-9)
    equal = np.isclose(found, tight, rtol=1e-6, atol=0).all(axis=1)
    bench.same(
        f"scipy comes as low in {as_low.sum():,}, and there the estimates are the same to 1e-6",
        bool(equal[as_low].all()),
    )
    bench.same("ours never ends higher", bool((mine.answer.squares <= left * (1 + 1e-9)).all()))
    bench.hold("times as fast", other.seconds / mine.seconds, 5)


# Pages of the pace with 10 million events in the store: not measured here yet; the limit is 100 ms, the median of several.


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--only", choices=("survival", "bass"))
    asked.add_argument("--runs", type=int, default=5)
    given = asked.parse_args()
    bench = Bench()
    if given.only != "bass":
        beside_lifelines(bench, given.runs)
    if given.only != "survival":
        beside_scipy(bench, given.runs)
    sys.exit(1 if bench.missed else 0)


if __name__ == "__main__":
    main()
