"""The event store is plain Parquet: DuckDB reads the same files, and counts the same."""

from itertools import pairwise
from pathlib import Path

import duckdb

from commonground.events.tests.made import told
from commonground.events.tests.test_store import built, some_log


def test_duckdb_counts_the_same_in_the_same_files(tmp_path: Path) -> None:
    log = some_log(8, size=300, moments=200)
    store, standing = built(tmp_path, [("a", log[:170]), ("b", log[150:])], rows=64)
    folder = store.folder / f"store-{standing.generation}"
    sql = f"""
        WITH named AS (
            SELECT e."case", e.time, n.name, e.file_row_number AS place
            FROM read_parquet('{folder}/events.parquet', file_row_number = true) e
            JOIN '{folder}/names.parquet' n ON n.kind = 'activity' AND n.code = e.activity)
        SELECT name, next, count(*) FROM (
            SELECT name, lead(name) OVER (PARTITION BY "case" ORDER BY place) AS next FROM named) WHERE next IS NOT NULL
        GROUP BY ALL ORDER BY ALL"""  # noqa: S608 - the folder is the test's own
    pairs: dict[tuple[str, str], int] = {}
    for one, other in pairwise(told(store.blocks())):
        if one[0] == other[0]:
            pairs[one[2], other[2]] = pairs.get((one[2], other[2]), 0) + 1
    assert duckdb.sql(sql).fetchall() == [(*pair, count) for pair, count in sorted(pairs.items())]
    times = duckdb.sql(
        f"SELECT epoch_us(min(time)), epoch_us(max(time)), count(DISTINCT person) - 1 FROM '{folder}/events.parquet'"  # noqa: S608
    )
    assert times.fetchall() == [(standing.first, standing.last, standing.people)]
