"""Hand-offs out of made logs (5,000 people, 200 units, 20 activities, interleaved cases in order of time), beside pm4py and DuckDB.

    python bench/handoffs.py [--only pm4py|duckdb] [--events 10000000] [--runs 5] [--folder FOLDER]

1. 1 million events against pm4py, both warm with the log in memory: at least 100 times as fast with all it is asked for (pm4py is asked
   once, for it takes minutes: its hand-over of work is quadratic in the people), at least 20 times without who hands over to whom.
2. 10 million events against DuckDB. Cold: a fresh process from the raw Parquet file, start-up included, DuckDB on texts or on its own
   codes, whichever is faster: no slower. Warm: from the sorted store, both from the same files: at least 5 times, in at most 1 GB.
   Both for the totals that `commonground handoffs` answers and for all figures of a measured log, and the answers must be equal.

Medians; each contender in processes of its own. --folder keeps the made logs and uses them again.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
ONE, GIGABYTE = 1_000_000, 1_000.0


class Ran(NamedTuple):
    """Medians: seconds by the clock and of the processor, of imports; peak memory in MB; the answer's digest."""

    seconds: float
    processor: float
    imports: float
    peak: float
    digest: str | None


class Bench:
    def __init__(self, folder: Path, runs: int) -> None:
        self.folder, self.runs = folder, runs
        self.missed = False

    def ask(self, name: str, events: int, runs: int) -> tuple[dict[str, Any], float]:
        """One process of a contender: what it told, and how long it lived."""
        script = ROOT / "bench" / "handoffs_contenders.py"
        paths = os.pathsep.join((str(ROOT), str(ROOT / "src")))
        clock = perf_counter()
        done = subprocess.run(
            [sys.executable, "-W", "ignore", str(script), name, str(self.folder), str(events), str(runs)],
            env=os.environ | {"PYTHONPATH": paths},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return json.loads(done.stdout.splitlines()[-1]), perf_counter() - clock

    def warm(self, name: str, events: int, runs: int | None = None) -> Ran:
        """Asked several times in one process after once unmeasured, unless it is asked but once."""
        runs = runs or self.runs + 1
        told, _ = self.ask(name, events, runs)
        kept = slice(1 if runs > 1 else 0, None)
        middles = (statistics.median(told[key][kept]) for key in ("seconds", "processor"))
        return self.show(name, Ran(*middles, told["imports"], told["peak"], told["digest"]))

    def cold(self, name: str, events: int) -> Ran:
        """Asked in processes of its own, each timed from start to end."""
        told = [self.ask(name, events, 1) for _ in range(self.runs)]
        seconds = statistics.median(lived for _, lived in told)
        processor, imports, peak = (
            statistics.median(value)
            for value in (
                [t["processor"][0] for t, _ in told],
                [t["imports"] for t, _ in told],
                [t["peak"] for t, _ in told],
            )
        )
        return self.show(name + ", cold", Ran(seconds, processor, imports, peak, told[0][0]["digest"]))

    def show(self, name: str, ran: Ran) -> Ran:
        print(
            f"  {name:40} {ran.seconds:8.2f} s  processor {ran.processor:8.2f} s  {ran.peak:6.0f} MB"
            f"  (start-up {ran.imports:.1f} s)",
            flush=True,
        )
        return ran

    def hold(self, what: str, value: float, limit: float, *, least: bool) -> None:
        fine = value >= limit if least else value <= limit
        self.missed |= not fine
        print(
            f"  {'ok    ' if fine else 'MISSED'} {what}: {value:,.1f} (limit: {'≥' if least else '≤'} {limit:,.0f})",
            flush=True,
        )

    def same(self, what: str, *answers: Ran) -> None:
        fine = len({one.digest for one in answers}) == 1
        self.missed |= not fine
        print(f"  {'ok    ' if fine else 'MISSED'} {what}: the same answers from all", flush=True)


def beside_pm4py(bench: Bench) -> None:
    print("1 million events in memory, warm, beside pm4py")
    ours, theirs = (bench.warm(f"{who} without persons", ONE) for who in ("ours beside pm4py", "pm4py"))
    bench.hold("times as fast, without persons", theirs.seconds / ours.seconds, 20, least=True)
    ours, theirs = bench.warm("ours beside pm4py", ONE), bench.warm("pm4py all", ONE, runs=1)
    bench.hold("times as fast, with all (pm4py asked once)", theirs.seconds / ours.seconds, 100, least=True)


def beside_duckdb(bench: Bench, events: int) -> None:
    for what in ("totals", "all"):
        print(f"{events:,} events: {what}")
        ours, texts, coded = (bench.cold(f"{who} {what}", events) for who in ("ours raw", "duckdb raw", "duckdb coded"))
        fastest = min(texts.seconds, coded.seconds)
        bench.hold("cold: per cent of DuckDB's time", 100 * ours.seconds / fastest, 100, least=False)
        bench.same("cold", ours, texts, coded)
        ours, theirs = bench.warm(f"ours store {what}", events), bench.warm(f"duckdb store {what}", events)
        bench.hold("warm: times as fast on the same store", theirs.seconds / ours.seconds, 5, least=True)
        bench.hold("warm: peak, MB", ours.peak, GIGABYTE, least=False)
        bench.same("warm", ours, theirs)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--only", choices=("pm4py", "duckdb"))
    asked.add_argument("--events", type=int, default=10 * ONE)
    asked.add_argument("--runs", type=int, default=5)
    asked.add_argument("--folder", type=Path)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = given.folder or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        bench = Bench(folder, given.runs)
        wanted = {ONE} if given.only == "pm4py" else {given.events} if given.only == "duckdb" else {ONE, given.events}
        sys.path[:0] = [str(ROOT), str(ROOT / "src")]
        from bench import handoffs_made

        for events in sorted(wanted):
            handoffs_made.raw(folder, events)
            if events == given.events and given.only != "pm4py":
                handoffs_made.store(folder, events)
        if given.only != "duckdb":
            beside_pm4py(bench)
        if given.only != "pm4py":
            beside_duckdb(bench, given.events)
    sys.exit(1 if bench.missed else 0)


if __name__ == "__main__":
    main()
