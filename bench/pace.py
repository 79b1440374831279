"""Survival curves and Bass fits for many at once, beside lifelines and scipy; the pages of the pace with 10 million events in the store.

    python bench/pace.py [--only survival|bass|pages] [--runs 5] [--people 100000] [--events 10000000] [--data FOLDER]

1. Kaplan-Meier curves with intervals and medians of 100,000 people in 1,000 groups, beside lifelines' KaplanMeierFitter asked once a
   group: at least 100 times as fast, and the same shares to 1e-9.
2. 1,000 Bass fits (p, q and m free; 40 periods with noise) beside scipy's curve_fit, asked once a series from good starting values:
   at least 5 times as fast, and the same estimates to 1e-6 wherever scipy comes as low.
3. The demo with 100,000 people and 10 million events (`pace_pages.py`): every page of the pace, and the home page, for a change lead in
   at most 100 ms; the live preview of every rule in at most 1 s. Told besides, without a limit: the very first preview after a start,
   which reads the organization; how long it took to make the demo, and to observe and measure all behaviours anew, with peak memory.
   --data keeps the instance, 0.4 GB, and uses it again.

Medians of several runs in one process, the two in turn, each once unmeasured. Beside the clock stands the processor's own time.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "src"))

import numpy as np

from commonground.analysis.curves import bass
from commonground.analysis.survival.curves import kaplan_meier

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

    def within(self, what: str, seconds: float, limit: float) -> None:
        fine = seconds <= limit
        self.missed |= not fine
        print(
            f"  {'ok    ' if fine else 'MISSED'} {what}: {seconds * 1000:,.0f} ms (limit: {limit * 1000:,.0f} ms)",
            flush=True,
        )

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


def pages(bench: Bench, folder: Path, size: tuple[int, int], runs: int) -> None:
    """The part told in the module's docstring under 3."""

    def ask(part: str) -> Any:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", str(ROOT / "bench" / "pace_pages.py"), part, *map(str, (*size, runs))],
            env=os.environ | {"PYTHONPATH": str(ROOT / "src"), "COMMONGROUND_DATA": str(folder)},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return json.loads(done.stdout.splitlines()[-1])

    made = ask("make")
    if "seconds" in made:
        print(
            f"The demo made: {made['seconds']:.0f} s, processor {made['processor']:.0f} s, peak {made['peak']:,.0f} MB"
        )
    show_measuring(ask("measure"))
    show_pages(bench, ask("pages")["pages"])
    previews = ask("preview")["previews"]
    print("The live preview of a rule: ms of the first request and the median of the next, processor's in brackets")
    for one in previews:
        print(f"  {_ms(one['first'])}   {_ms(one['median'])}   {one['name']}")
    later = [seconds for one in previews for seconds in (one["first"][0], one["median"][0])][1:]
    bench.within("the slowest preview but the very first, which reads the organization", max(later), 1.0)
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    if load > cores:
        print(f"The machine was busy with other work, load {load:.1f} on {cores} cores: read the processor's time.")


def show_measuring(told: Any) -> None:
    lines = told["lines"]
    print(
        f"{told['people']:,} people, {told['events']:,} events of {told['log_people']:,} people: everything measured anew"
    )
    print(f"  {'the organization read':44} {_s(told['organization'])}")
    for one in lines:
        seen = (
            f"observing {_s(one['observing'])} ({one['rows']:,} rows of {one['people']:,} people), "
            if one["rows"]
            else ""
        )
        print(f"  {one['name'][:43]:44} {seen}measuring {_s(one['measuring'])} ({one['groups']} groups)")
    both = [told["organization"], *(one[what] for one in lines for what in ("observing", "measuring"))]
    total = [sum(column) for column in zip(*both, strict=True)]
    print(f"  {'all of it':44} {_s(total)}, peak {told['peak']:,.0f} MB")


def show_pages(bench: Bench, found: list[Any]) -> None:
    timed = sorted((one for one in found if one["status"] == 200), key=lambda one: -one["median"][0])
    print(
        f"{len(timed)} pages: ms of the first request and the median of the next, processor's in brackets; queries, kB"
    )
    for one in timed:
        print(
            f"  {_ms(one['first'])}   {_ms(one['median'])}   {one['queries']:3}   {one['bytes'] / 1000:4.0f}   {one['url']}"
        )
    for one in found:
        if one["status"] != 200:
            bench.same(f"{one['url']} answers {one['status']}", fine=False)
    bench.within("the slowest page", timed[0]["median"][0], 0.1)


def _ms(pair: Any) -> str:
    return f"{pair[0] * 1000:6.1f} ({pair[1] * 1000:6.1f})"


def _s(pair: Any) -> str:
    return f"{pair[0]:5.1f} s (processor {pair[1]:5.1f} s)"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--only", choices=("survival", "bass", "pages"))
    asked.add_argument("--runs", type=int, default=5)
    asked.add_argument("--people", type=int, default=100_000)
    asked.add_argument("--events", type=int, default=10_000_000)
    asked.add_argument("--data", type=Path)
    given = asked.parse_args()
    bench = Bench()
    if given.only in (None, "survival"):
        beside_lifelines(bench, given.runs)
    if given.only in (None, "bass"):
        beside_scipy(bench, given.runs)
    if given.only in (None, "pages"):
        with tempfile.TemporaryDirectory() as folder:
            pages(bench, given.data or Path(folder), (given.people, given.events), given.runs)
    sys.exit(1 if bench.missed else 0)


if __name__ == "__main__":
    main()
