"""XES of 1 million events into coded rows, with full checks. Limit: at least 2 × as fast as pm4py's default reader.

    python bench/xes.py [--events 1000000] [--runs 3] [--keep FILE]

The file is written as pm4py and ProM write it, five attributes an event (346 MB). Each run is a process of its own, the ways take turns;
imports are not counted. Ours: every byte checked, events coded and sorted, persons with pseudonyms. Beside it, for what it costs: the same
with the quick reader switched off, so that expat reads the whole file. pm4py: `pm4py.read_xes(file)` as it comes, and by its variant
`chunk_regex`, which checks nothing. The ratio is held against both, by the clock. --keep keeps the made file there and uses it again.
"""

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

LIMIT, LIMIT_BYTES = 2.0, 600_000_000
Answer = dict[str, Any]
EVENT = """    <event>
      <string key="concept:name" value="Activity number {activity} of the process"/>
      <string key="org:resource" value="Person {person:05d}"/>
      <string key="org:group" value="Unit {unit}"/>
      <date key="time:timestamp" value="{time}"/>
      <string key="lifecycle:transition" value="complete"/>
    </event>
"""


def write(path: Path, events: int) -> None:
    """5,000 people in 200 units, 20 activities, 4 to 16 events a case."""
    chance = random.Random(1)
    begin = datetime(2024, 1, 1, tzinfo=UTC)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("<?xml version='1.0' encoding='UTF-8'?>\n<log>\n")
        case = left = 0
        for _ in range(events):
            if not left:
                file.write("  </trace>\n" if case else "")
                case, left = case + 1, chance.randint(4, 16)
                at = begin + timedelta(seconds=chance.randrange(40_000_000))
                file.write(f'  <trace>\n    <string key="concept:name" value="case{case:07d}"/>\n')
            at += timedelta(seconds=chance.randrange(200_000), milliseconds=chance.randrange(1000))
            person = chance.randrange(5000)
            time = at.isoformat(timespec="milliseconds")
            file.write(EVENT.format(activity=chance.randrange(20), person=person, unit=person % 200, time=time))
            left -= 1
        file.write("  </trace>\n</log>\n")


def ours(at_speed: bool) -> Callable[[Path], int]:
    from commonground.events.coding import code_rows
    from commonground.events.pseudonyms import Pseudonyms
    from commonground.intake.logs.xes import read_xes

    def read(path: Path) -> int:
        return len(
            code_rows(read_xes(path, at_speed=at_speed), pseudonyms=Pseudonyms(b"a key of thirty-two bytes, or so"))
        )

    return read


def rows_alone() -> Callable[[Path], int]:
    from commonground.intake.logs.xes import read_xes

    return lambda path: sum(map(len, read_xes(path)))


def theirs(variant: str | None) -> Callable[[Path], int]:
    import pm4py

    return lambda path: len(pm4py.read_xes(str(path), variant=variant))


WAYS: dict[str, Callable[[], Callable[[Path], int]]] = {
    "ours: coded, sorted events": lambda: ours(True),
    "ours: rows with codes for each piece": rows_alone,
    "ours, all by expat": lambda: ours(False),
    "pm4py, its default": lambda: theirs(None),
    "pm4py, chunk_regex": lambda: theirs("chunk_regex"),
}
OURS, PEERS = "ours: coded, sorted events", ("pm4py, its default", "pm4py, chunk_regex")


def one_way(way: str, path: Path) -> None:
    real = os.dup(1)
    os.dup2(2, 1)  # peers print what is not asked
    read = WAYS[way]()
    begun, begun_work = perf_counter(), process_time()
    events = read(path)
    spent, work = perf_counter() - begun, process_time() - begun_work
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    os.write(real, json.dumps({"events": events, "clock": spent, "processor": work, "peak": peak}).encode())


def measured(way: str, path: Path) -> Answer:
    """One run in a process of its own."""
    command = [sys.executable, "-W", "ignore", __file__, "--way", way, "--file", str(path)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    answer: Answer = json.loads(done.stdout)
    return answer


def show(events: int, path: Path, runs: dict[str, list[Answer]]) -> bool:
    """Prints the answer. Returns whether the limits are kept."""
    middle = {
        way: {part: statistics.median(one[part] for one in its) for part in ("clock", "processor", "peak")}
        for way, its in runs.items()
    }
    print(f"XES of {events:,} events, {path.stat().st_size / 1e6:,.0f} MB, medians of {len(runs[OURS])}")
    print("   clock  processor     peak")
    for way, its in middle.items():
        print(f"  {its['clock']:5.2f} s    {its['processor']:5.2f} s  {its['peak'] / 1e6:4,.0f} MB  {way}")
    kept = all(one["events"] == events for its in runs.values() for one in its)
    for peer in PEERS:
        ratio = middle[peer]["clock"] / middle[OURS]["clock"]
        work = middle[peer]["processor"] / middle[OURS]["processor"]
        kept &= ratio >= LIMIT
        print(f"  {ratio:.1f} × as fast as {peer} (by the processor's time {work:.1f} ×), limit {LIMIT:g} ×")
    peak = max(one["peak"] for one in runs[OURS])
    kept &= peak <= LIMIT_BYTES
    print(f"  {peak / 1e6:,.0f} MB at most, limit {LIMIT_BYTES / 1e6:,.0f} MB: {'kept' if kept else 'MISSED'}")
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    if load > cores + 1:
        print(f"The machine was busy with other work, load {load:.1f} on {cores} cores: read the ratios.")
    return kept


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--events", type=int, default=1_000_000)
    asked.add_argument("--runs", type=int, default=3)
    asked.add_argument("--keep", type=Path)
    asked.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    asked.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.way:
        one_way(given.way, given.file)
        return
    with tempfile.TemporaryDirectory() as scratch:
        path = given.keep or Path(scratch) / "made.xes"
        if not path.exists():
            write(path, given.events)
        runs: dict[str, list[Answer]] = {way: [] for way in WAYS}
        for _ in range(given.runs):
            for way, its in runs.items():
                its.append(measured(way, path))
        kept = show(given.events, path, runs)
    sys.exit(0 if kept else 1)


if __name__ == "__main__":
    main()
