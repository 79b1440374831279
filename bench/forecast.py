"""Rolling-origin back-test of the forecast: made curves of twelve kinds, and real series; beside a naive drift and AutoETS.

    python bench/forecast.py [--seeds 200] [--only KIND] [--processes 2]

Each made series gives one forecast from one origin, so that forecasts are independent: its score is the mean CRPS over all later times,
its coverage the share of later times inside (one time drawn at random stands beside it: the same quantity, with more noise).

Limits: median CRPS at most 1.02 times that of the best single model, below the drift and below AutoETS; 80 % intervals cover 72 to 88 %
of each kind with at least 200 forecasts. AutoETS runs on the plain and on the logit scale and is given the better of the two over all
series. Real series: every origin from a third to all but three of the times, with a
paired bootstrap interval over series of how much lower the score is.
"""

import argparse
import multiprocessing
import os
import sys
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

import numpy as np
from bench.forecast_made import KINDS, OUTSIDE, Made

from commonground.analysis.forecast.combining import paths_from
from commonground.analysis.forecast.outlook import History, looked_ahead, prepare
from commonground.analysis.forecast.scoring import crps_ensemble, wilson

LEVELS = (np.arange(199) + 1) / 200
ALONE = 400
BEST, LOW, HIGH, INDEPENDENT = 1.02, 0.72, 0.88, 200
OURS, DRIFT, ETS_PLAIN, ETS_LOGIT = "combined", "drift forecast", "AutoETS", "AutoETS, logit"
PEERS = (DRIFT, ETS_PLAIN, ETS_LOGIT)


class Told(NamedTuple):
    """One forecast: mean CRPS by contender, place of what came among the paths (one time at random), share of times inside by level."""

    kind: str
    crps: dict[str, float]
    place: float
    inside: tuple[float, float, float]
    seconds: float


def judge(kind: str, made: Made, seed: int) -> Told:
    """Forecasts one series from its origin and scores everybody."""
    rng, cut = np.random.default_rng(seed + 7), made.cut
    came, ahead = made.share[cut:], made.times[cut:]
    clock = perf_counter()
    prepared = prepare(history(made))
    told = looked_ahead(prepared, ahead)
    seconds = perf_counter() - clock
    crps = {OURS: float(crps_ensemble(told.members, came).mean())}
    steps, draw = prepared.steps(ahead), np.random.default_rng(5)
    for model, draws in zip(prepared.models, prepared.draws, strict=True):
        alone = paths_from(model, draws, cut - 1, steps, ALONE, draw).seen
        crps[{"drift": "trend"}.get(model.name, model.name)] = float(crps_ensemble(alone, came).mean())
    crps.setdefault("line", crps["trend"])
    for peer, members in peers(made.share[:cut], len(ahead), rises=made.adopters is not None).items():
        crps[peer] = float(crps_ensemble(members, came).mean())
    at = int(rng.integers(len(came)))
    inside = tuple(
        float(np.mean((told.quantiles[:, low] <= came) & (came <= told.quantiles[:, 6 - low]))) for low in (2, 1, 0)
    )
    return Told(kind, crps, float((told.members[at] < came[at]).mean()), inside, seconds)


def history(made: Made) -> History:
    cut = made.cut
    if made.adopters is not None:
        return History(made.times[:cut], adopters=made.adopters[:cut], population=made.population)
    return History(made.times[:cut], share=made.share[:cut], n=None if made.n is None else made.n[:cut])


def peers(share: np.ndarray, ahead: int, *, rises: bool) -> dict[str, np.ndarray]:
    """Quantiles of the peers at each later time, as members, kept inside 0 to 1 (and above the last, of what can only rise)."""
    from statsforecast.models import AutoETS, RandomWalkWithDrift

    inner = np.clip(share, 0.005, 0.995)
    least = float(share[-1]) if rises else 0.0
    made = {}
    for name, model, series in (
        (DRIFT, RandomWalkWithDrift(), share),
        (ETS_PLAIN, AutoETS(season_length=1), share),
        (ETS_LOGIT, AutoETS(season_length=1), np.log(inner / (1 - inner))),
    ):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                told = model.forecast(np.ascontiguousarray(series, float), h=ahead, level=[80])
                mean, spread = told["mean"], (told["hi-80"] - told["lo-80"]) / 2 / 1.2815516
            except Exception:
                mean, spread = np.full(ahead, series[-1]), np.full(ahead, 0.05)
        members = np.asarray(mean)[:, None] + np.nan_to_num(np.asarray(spread))[:, None] * NORMAL
        members = 1 / (1 + np.exp(-members)) if name == ETS_LOGIT else members
        made[name] = np.clip(members, least, 1.0)
    return made


def _normal() -> np.ndarray:
    from statistics import NormalDist

    return np.array([NormalDist().inv_cdf(level) for level in LEVELS])


NORMAL = _normal()


def made_one(job: tuple[str, int]) -> Told:
    kind, seed = job
    rng = np.random.default_rng([seed, list(KINDS).index(kind)])
    return judge(kind, KINDS[kind](rng), seed)


def real_one(job: tuple[str, Made]) -> Told:
    return judge(job[0], job[1], 0)


class Bench:
    def __init__(self) -> None:
        self.missed: list[str] = []

    def hold(self, what: str, fine: bool) -> None:
        print(f"{'  ' if fine else '! '}{what}{'' if fine else '   MISSED'}")
        if not fine:
            self.missed.append(what)

    def table(self, told: Sequence[Told]) -> None:
        names = list(told[0].crps)
        print(f"\nmedian CRPS in points of share × 100\n{'kind':22}" + "".join(f"{name[:10]:>11}" for name in names))
        for kind in dict.fromkeys(one.kind for one in told):
            self.row(kind, [one for one in told if one.kind == kind], names)
        self.row("all", told, names)

    @staticmethod
    def row(label: str, told: Sequence[Told], names: Iterable[str]) -> None:
        print(f"{label:22}" + "".join(f"{100 * np.median([one.crps[name] for one in told]):11.3f}" for name in names))

    def covered(self, told: Sequence[Told]) -> None:
        print(
            "\nshare of later times inside the interval, mean over independent series (± two standard errors); one time at random"
        )
        for kind in dict.fromkeys(one.kind for one in told):
            some = [one for one in told if one.kind == kind]
            inside = np.array([one.inside for one in some])
            half, share, nearly_all = inside.mean(axis=0)
            error = 200 * inside[:, 1].std() / np.sqrt(len(some))
            places = np.array([one.place for one in some])
            at_random = int(((places >= 0.1) & (places <= 0.9)).sum())
            low, high = wilson(at_random, len(some))
            line = (
                f"{kind:22} 80 %: {100 * share:5.1f} ± {error:.1f}   50, 95 %: {100 * half:.0f}, {100 * nearly_all:.0f}   "
                f"at random {100 * at_random / len(some):.1f} ({100 * low:.0f} to {100 * high:.0f}, n {len(some)})"
            )
            self.hold(line, len(some) < INDEPENDENT or LOW <= share <= HIGH)

    def limits(self, told: Sequence[Told]) -> None:
        middle = {name: float(np.median([one.crps[name] for one in told])) for name in told[0].crps}
        singles = {name: value for name, value in middle.items() if name not in (OURS, *PEERS)}
        best = min(singles, key=lambda name: singles[name])
        print()
        ratio = middle[OURS] / singles[best]
        self.hold(f"median CRPS ÷ best single model ({best}): {ratio:.3f}, at most {BEST}", ratio <= BEST)
        for peer, value in ((DRIFT, middle[DRIFT]), ("AutoETS", min(middle[ETS_PLAIN], middle[ETS_LOGIT]))):
            self.hold(f"median CRPS ÷ {peer}: {middle[OURS] / value:.3f}, below 1", middle[OURS] < value)
        print(f"  seconds a series: median {np.median([one.seconds for one in told]):.3f}")


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--seeds", type=int, default=INDEPENDENT)
    words.add_argument("--only", help="one kind of made curve, or “real”")
    words.add_argument("--processes", type=int, default=2)
    asked = words.parse_args()
    bench, clock = Bench(), perf_counter()
    kinds = [kind for kind in KINDS if asked.only in (None, kind)]
    with multiprocessing.get_context("spawn").Pool(asked.processes) as pool:
        jobs = [(kind, seed) for kind in kinds for seed in range(asked.seeds)]
        if jobs:
            told = pool.map(made_one, jobs, chunksize=8)
            bench.table(told)
            bench.covered(told)
            bench.limits(told)
            outside = [one for one in told if one.kind in OUTSIDE]
            if outside and asked.only is None:
                print("\nthe kinds that are of no model used")
                bench.limits(outside)
        if asked.only in (None, "real"):
            from bench.forecast_real import real_series, report

            report([(name, pool.map(real_one, cuts)) for name, cuts in real_series()], (OURS, *PEERS))
    print(f"\n{perf_counter() - clock:.0f} s; {len(bench.missed)} limits missed")
    return 1 if bench.missed else 0


if __name__ == "__main__":
    sys.exit(main())
