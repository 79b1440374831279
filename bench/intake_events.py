"""10 million events out of a CSV into the event store: read, checked, coded, sorted, rebuilt. Limit: 60 s and 2 GB.

    python bench/intake_events.py [--events 10000000] [--runs 3] [--keep FOLDER] [--no-peer]

Each run is a process of its own, from its start: seconds by the clock, and the most memory that it or a child of it held. Beside it DuckDB
reads the same CSV, gives codes and writes one sorted Parquet file, with the same memory; it checks nothing, and keeps the names of
persons. --keep keeps the made CSV in that folder and uses it again.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
LIMIT, LIMIT_BYTES = 60.0, 2_000_000_000
BEGUN = perf_counter()
Answer = dict[str, Any]


def ours(csv: Path, folder: Path) -> Answer:
    """The file through the importer into an empty store, as taking it over does, without the database's two rows."""
    from commonground.events.pseudonyms import Pseudonyms
    from commonground.events.store import Store
    from commonground.intake.logs.reading import read_log

    ready = perf_counter()
    store = Store(folder, Pseudonyms(b"a key of thirty-two bytes, or so"))
    store.deliver("made", read_log(csv), digest="made", file=csv.name)
    delivered = perf_counter()
    standing = store.rebuild(["made"])
    done = perf_counter()
    events = sum(len(block) for block in store.blocks())
    return {
        "imports": ready - BEGUN,
        "read and sorted": delivered - ready,
        "rebuilt": done - delivered,
        "read back": perf_counter() - done,
        "events": standing.events if standing.events == events else -1,
        "cases": standing.cases,
        "bytes": (folder / f"store-{standing.generation}" / "events.parquet").stat().st_size,
    }


def duckdb_way(csv: Path, folder: Path) -> Answer:
    """read_csv, a dictionary for each column, and one Parquet file sorted by case and time."""
    import duckdb

    con = duckdb.connect(str(folder / "peer.duckdb"))
    con.execute("SET memory_limit = '1600MB'")
    con.execute(f"CREATE TABLE raw AS SELECT * FROM read_csv('{csv}')")
    for name in ("activity", "person", "unit"):
        con.execute(
            f"CREATE TABLE {name}s AS SELECT {name}, (row_number() OVER (ORDER BY {name}) - 1)::INT AS code "
            f"FROM (SELECT DISTINCT {name} FROM raw WHERE {name} IS NOT NULL)"
        )
    con.execute(
        f"""COPY (SELECT hash(r."case") AS "case", r.time, a.code AS activity, p.code AS person,
                  coalesce(u.code, -1) AS unit
           FROM raw r JOIN activitys a USING (activity) JOIN persons p USING (person) LEFT JOIN units u USING (unit)
           ORDER BY 1, 2, r.rowid) TO '{folder}/peer.parquet' (FORMAT parquet)"""
    )
    counted = con.execute(f"SELECT count(*), count(DISTINCT \"case\") FROM '{folder}/peer.parquet'").fetchone()
    return {
        "read and sorted": perf_counter() - BEGUN,
        "events": counted[0],
        "cases": counted[1],
        "bytes": (folder / "peer.parquet").stat().st_size,
    }


def measured(way: str, csv: Path, near: Path) -> Answer:
    """One run in a process of its own."""
    with tempfile.TemporaryDirectory(dir=near) as folder:
        begun = perf_counter()
        done = subprocess.run(
            [sys.executable, __file__, "--way", way, "--csv", str(csv), "--folder", folder],
            stdout=subprocess.PIPE,
            check=True,
        )
        answer: Answer = json.loads(done.stdout)
        return answer | {"whole": perf_counter() - begun}


def one_way(way: str, csv: Path, folder: Path) -> None:
    answer = (ours if way == "ours" else duckdb_way)(csv, folder)
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    answer["peak"] = max(one.ru_maxrss for one in usage) * 1024
    answer["processor"] = sum(one.ru_utime + one.ru_stime for one in usage)
    print(json.dumps(answer))


def write_csv(path: Path, events: int) -> None:
    """The log of bench/handoffs.py as a system exports it: 5,000 people, 200 units, 20 activities, interleaved cases in order of time."""
    import pyarrow as pa
    import pyarrow.csv
    import pyarrow.parquet

    from handoffs_made import raw

    part, writer = path.with_name(path.name + ".part"), None
    for batch in pa.parquet.ParquetFile(raw(path.parent, events)).iter_batches(1 << 18):
        seconds = batch.column("time").cast(pa.timestamp("s"), safe=False)
        table = pa.table([*batch.columns[:4], seconds], names=["case", "activity", "person", "unit", "time"])
        writer = writer or pa.csv.CSVWriter(
            part, table.schema, write_options=pa.csv.WriteOptions(quoting_style="needed")
        )
        writer.write_table(table)
    if writer is not None:
        writer.close()
    part.rename(path)


def bench(given: argparse.Namespace) -> bool:
    """Prints the answer. Returns whether the limits are kept."""
    with tempfile.TemporaryDirectory() as scratch:
        near = Path(given.keep or scratch)
        csv = near / f"made-{given.events}.csv"
        if not csv.exists():
            near.mkdir(parents=True, exist_ok=True)
            # in a process of its own: what this one once held would count as the peak of those it starts
            subprocess.run(
                [sys.executable, __file__, "--way", "make", "--csv", str(csv), "--events", str(given.events)],
                check=True,
            )
        runs = [measured("ours", csv, near) for _ in range(given.runs)]
        peers = [] if given.no_peer else [measured("duckdb", csv, near) for _ in range(given.runs)]
        return show(given.events, csv.stat().st_size, runs, peers)


def show(events: int, size: int, runs: list[Answer], peers: list[Answer]) -> bool:
    wrong = [one for one in (*runs, *peers) if (one["events"], one["cases"]) != (events, runs[0]["cases"])]
    whole, peak = middle(runs, "whole"), max(one["peak"] for one in runs)
    kept = whole <= LIMIT and peak <= LIMIT_BYTES and not wrong
    print(
        f"{events:,} events, {runs[0]['cases']:,} cases, CSV of {size / 1e6:,.0f} MB, medians of {len(runs)}; seconds by the clock"
    )
    for part in ("imports", "read and sorted", "rebuilt", "read back"):
        print(f"  {middle(runs, part):6.2f}  {part}")
    print(f"  {whole:6.2f}  the whole process, limit {LIMIT:g} s; {middle(runs, 'processor'):.2f} s of the processors")
    print(f"  {peak / 1e9:6.2f}  GB at most, limit {LIMIT_BYTES / 1e9:g} GB: {'kept' if kept else 'MISSED'}")
    print(f"  {runs[0]['bytes'] / 1e6:6.0f}  MB of events on the disk, {runs[0]['bytes'] / events:.1f} bytes an event")
    if peers:
        peer = middle(peers, "whole")
        print(f"  {peer:6.2f}  DuckDB: read_csv, codes, one sorted Parquet file; ours ÷ this = {whole / peer:.2f}")
        processor = middle(peers, "processor")
        print(
            f"  {processor:6.2f}  s of the processors for it; ours ÷ this = {middle(runs, 'processor') / processor:.2f}"
        )
        print(
            f"          it held {max(one['peak'] for one in peers) / 1e9:.2f} GB; its file has {peers[0]['bytes'] / 1e6:.0f} MB"
        )
    if wrong:
        print("  The counts of events or cases differ.")
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    if load > cores + 1:
        print(
            f"The machine was busy with other work, load {load:.1f} on {cores} cores: read the processor's time and the ratio."
        )
    return kept


def middle(runs: list[Answer], part: str) -> float:
    return statistics.median(one[part] for one in runs)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--events", type=int, default=10_000_000)
    asked.add_argument("--runs", type=int, default=3)
    asked.add_argument("--keep")
    asked.add_argument("--no-peer", action="store_true")
    asked.add_argument("--way", choices=("ours", "duckdb", "make"), help=argparse.SUPPRESS)
    asked.add_argument("--csv", type=Path, help=argparse.SUPPRESS)
    asked.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.way == "make":
        write_csv(given.csv, given.events)
        return
    if given.way:
        one_way(given.way, given.csv, given.folder)
        return
    sys.exit(0 if bench(given) else 1)


if __name__ == "__main__":
    main()
