"""Who answers in bench/handoffs.py. Each runs in a process of its own: `python bench/handoffs_contenders.py NAME FOLDER EVENTS RUNS`.

Prints one line of JSON: seconds of each run by the clock and of the processor, seconds of imports, peak memory in MB, the answer's digest.
"""

import hashlib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

BEGAN = perf_counter()
Answer = dict[str, Any]
OF_TOTALS = ("activity", "person", "unit")  # what the totals rest on, beside the case


def main() -> None:
    name, folder, events, runs = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    ask = CONTENDERS[name](folder, events)
    imports = perf_counter() - BEGAN
    seconds, processor, answer = [], [], {}
    for _ in range(runs):
        answer = {}  # that of the run before is let go
        clock, spent = perf_counter(), process_time()
        answer = ask()
        seconds.append(perf_counter() - clock)
        processor.append(process_time() - spent)
    peak = _peak()
    digest = (
        hashlib.sha256(json.dumps(answer, sort_keys=True, default=str).encode()).hexdigest()[:16] if answer else None
    )
    print(json.dumps({"seconds": seconds, "processor": processor, "imports": imports, "peak": peak, "digest": digest}))


def _peak() -> float:
    """The most memory that this process ever had, in MB. (What getrusage tells also holds that of the process it was started from.)"""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def ours(source: str, what: str) -> Callable[[Path, int], Callable[[], Answer]]:
    """The product's own functions; source: raw (read, code, sort), store, or memory (coded and sorted before the clock runs)."""

    def contender(folder: Path, events: int) -> Callable[[], Answer]:
        import bench.handoffs_made as made

        from commonground.analysis.flow.counts import counts
        from commonground.analysis.flow.measure import measure
        from commonground.analysis.flow.working_time import WorkingWeek
        from commonground.events.coding import code_rows
        from commonground.events.pseudonyms import Pseudonyms
        from commonground.events.store import Store
        from commonground.intake.logs.reading import Options, read_log

        def blocks(*columns: str) -> Any:
            if source == "store":
                return Store(made.store(folder, events), Pseudonyms(made.KEY)).blocks(columns or None)
            return [code_rows(read_log(made.raw(folder, events), mapping=None, options=Options()))]

        held = blocks() if source == "memory" else None

        def ask() -> Answer:
            if what == "totals":
                return plain_totals(counts(held or blocks(*OF_TOTALS)))
            again = held or (blocks() if source == "raw" else None)  # coded once, asked twice
            totals = counts(again or blocks(*OF_TOTALS))
            flow = measure(again or blocks(), week=WorkingWeek(), threshold=1)
            return plain(flow, totals)

        return ask

    return contender


def duckdb(source: str, what: str) -> Callable[[Path, int], Callable[[], Answer]]:
    def contender(folder: Path, events: int) -> Callable[[], Answer]:
        import bench.handoffs_duckdb as sql
        import bench.handoffs_made as made

        def ask() -> Answer:
            path = (made.store if source == "store" else made.raw)(folder, events)
            con = sql.open_store(path) if source == "store" else sql.open_raw(path, coded=source == "coded")
            if what == "totals":
                return plain_totals(sql.totals(con))
            return plain_sql(sql.everything(con), names_of(path) if source == "store" else None)

        return ask

    return contender


def pm4py(persons: bool) -> Callable[[Path, int], Callable[[], Answer]]:
    """Its own answers to the same questions, as far as it has them. The frame is read and formatted before the clock runs."""

    def contender(folder: Path, events: int) -> Callable[[], Answer]:
        import os

        os.environ["PM4PY_SHOW_BANNER"] = "0"
        import bench.handoffs_made as made
        import pandas as pd
        import pm4py as pm

        standard = ("case:concept:name", "concept:name", "org:resource", "org:group", "time:timestamp")
        frame = pd.read_parquet(made.raw(folder, events))
        frame = frame.rename(columns=dict(zip(("case", "activity", "person", "unit", "time"), standard, strict=True)))
        frame = pm.format_dataframe(frame, case_id=standard[0], activity_key=standard[1], timestamp_key=standard[4])

        def ask() -> Answer:
            pm.discover_dfg(frame)
            pm.discover_performance_dfg(frame)
            pm.get_variants(frame)
            pm.get_all_case_durations(frame)
            pm.get_rework_cases_per_activity(frame)
            pm.discover_handover_of_work_network(frame, resource_key="org:group")
            if persons:
                pm.discover_handover_of_work_network(frame, resource_key="org:resource")
            return {}

        return ask

    return contender


def ours_beside_pm4py(persons: bool) -> Callable[[Path, int], Callable[[], Answer]]:
    """Everything we answer, with who hands over to whom if that is asked for; coded and sorted before the clock runs, as its frame is."""

    def contender(folder: Path, events: int) -> Callable[[], Answer]:
        import bench.handoffs_made as made

        from commonground.analysis.flow.between_people import directly_follows, handed_over
        from commonground.analysis.flow.counts import counts
        from commonground.analysis.flow.measure import measure
        from commonground.analysis.flow.working_time import WorkingWeek
        from commonground.events.coding import code_rows
        from commonground.intake.logs.reading import Options, read_log

        held = [code_rows(read_log(made.raw(folder, events), mapping=None, options=Options()))]

        def ask() -> Answer:
            counts(held)
            measure(held, week=WorkingWeek(), threshold=1)
            directly_follows(held)
            if persons:
                handed_over(held)
            return {}

        return ask

    return contender


def names_of(folder: Path) -> dict[str, list[str]]:
    from bench.handoffs_made import KEY

    from commonground.events.pseudonyms import Pseudonyms
    from commonground.events.store import Store

    return {name: list(values) for name, values in Store(folder, Pseudonyms(KEY)).names()._asdict().items()}


def plain_totals(found: Answer) -> Answer:
    return {name: value if isinstance(value, int) else dict(sorted(value.items())) for name, value in found.items()}


def milliseconds(microseconds: Any) -> list[int]:
    """Whole milliseconds, so that no answer lies between two."""
    return [round(float(value) / 1e3) for value in microseconds]


def plain(flow: Any, totals: Answer) -> Answer:
    """Our figures in the form that both are compared in."""

    def row(one: Any) -> list[Any]:
        spreads = [milliseconds([hours * 3.6e9 for hours in spread[1:]]) for spread in (one.calendar, one.working)]
        return [one.source, one.target, one.n, one.cases, one.crossings, one.back, *spreads, one.givers, one.receivers]

    return {
        "totals": plain_totals(totals),
        "steps": sorted(map(row, flow.between_steps)),
        "units": sorted(map(row, flow.between_units)),
        "leads": [
            milliseconds([hours * 3.6e9 for hours in spread[1:]]) for spread in (flow.lead_calendar, flow.lead_working)
        ],
        "loops": flow.loops,
        "repeats": flow.repeats,
        "top": sorted(one.cases for one in flow.top_variants),
        "activities": sorted(map(list, flow.steps)),
        "people_of": sorted(map(list, flow.people_of)),
    }


def plain_sql(found: Answer, names: dict[str, list[str]] | None) -> Answer:
    def called(column: str, value: Any) -> str:
        return names[column][value] if names else str(value)

    back = {(a, b): n for a, b, n in found["steps_back"]}
    steps = [(a, b, n, cases, crossed, back.get((a, b), 0), *rest) for a, b, n, cases, crossed, *rest in found["steps"]]
    units = [(a, b, n, cases, n, gone, *rest) for a, b, n, cases, gone, *rest in found["units"]]

    def rows(column: str, passages: list[Any]) -> list[Any]:
        return sorted(
            [called(column, a), called(column, b), *told, milliseconds(calendar), milliseconds(working), gave, took]
            for a, b, *told, calendar, working, gave, took in passages
        )

    return {
        "totals": plain_totals(found["totals"]),
        "steps": rows("activity", steps),
        "units": rows("unit", units),
        "leads": [milliseconds(spread) for spread in found["leads"][0]],
        "loops": found["loops"][0][0],
        "repeats": found["repeats"][0][0],
        "top": sorted(n for _, n in found["top"]),
        "activities": sorted([called("activity", a), *rest] for a, *rest in found["activities"]),
        "people_of": sorted([called("unit", u), n] for u, n in found["people_of"]),
    }


CONTENDERS = {
    **{
        f"ours {source} {what}": ours(source, what)
        for source in ("raw", "store", "memory")
        for what in ("totals", "all")
    },
    **{
        f"duckdb {source} {what}": duckdb(source, what)
        for source in ("raw", "coded", "store")
        for what in ("totals", "all")
    },
    "pm4py all": pm4py(persons=True),
    "pm4py without persons": pm4py(persons=False),
    "ours beside pm4py": ours_beside_pm4py(persons=True),
    "ours beside pm4py without persons": ours_beside_pm4py(persons=False),
}

if __name__ == "__main__":
    main()
