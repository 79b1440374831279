"""The questions of bench/handoffs.py as DuckDB answers them: one window over the cases, the rest grouped from it.

The made logs lack no person and no unit, which spares DuckDB a window of its own for each.
"""

from pathlib import Path
from typing import Any

import duckdb

NAMED = ("activity", "person", "unit")
DAY, OPENS, WORKED = 86_400_000_000, 8 * 3_600_000_000, 8 * 3_600_000_000

MACROS = f"""
create macro worked(t) as (((t // {DAY} + 3) // 7) * 5 + least((t // {DAY} + 3) % 7, 5)) * {WORKED}
  + case when (t // {DAY} + 3) % 7 < 5 then least(greatest(t % {DAY} - {OPENS}, 0), {WORKED}) else 0 end;
"""
WINDOW = """
create temp table w as select c, a, p, u, t, r,
  lead(a) over k as a2, lead(p) over k as p2, lead(u) over k as u2, lead(t) over k as t2 {more}
from events window k as (partition by c order by t, r);
"""
MORE = ", row_number() over k as place, worked(t) as wt, lead(worked(t)) over k as wt2"
TURNS = """
create temp table {0}turns as select *, lead({0}2) over (partition by c order by t, r) as {0}3 from w where {0}2 <> {0};
"""
TOTALS = "select count(*), count(distinct c), count(distinct c) filter ({0}3 = {0}) from {0}turns"
WAITS = "quantile_cont(t2 - t, [0.5, 0.9]), quantile_cont(wt2 - wt, [0.5, 0.9]), count(distinct p), count(distinct p2)"
QUESTIONS = {
    "steps": f"select a, a2, count(*), count(distinct c), count(*) filter (u2 <> u), {WAITS} from w where a2 is not null group by 1, 2",
    "steps_back": "select a, a2, count(distinct c) from uturns where u3 = u group by 1, 2",
    "units": f"select u, u2, count(*), count(distinct c), count(distinct c) filter (u3 = u), {WAITS} from uturns group by 1, 2",
    "leads": "select quantile_cont(x, [0.5, 0.9]), quantile_cont(y, [0.5, 0.9]) from "
    "(select max(t) - min(t) as x, max(wt) - min(wt) as y from w group by c)",
    "loops": "select count(distinct c) from (select c, place - lag(place) over (partition by c, a order by place) as gap from w) "
    "where gap > 1",
    "repeats": "select count(distinct c) from w where a2 = a",
    "top": "select v, count(*) as n from (select list(a order by t, r) as v from w group by c) group by v order by n desc, v limit 10",
    "activities": "select a, count(*), count(distinct c), count(distinct p) from w group by 1",
    "people_of": "select u, count(distinct p) from w group by 1",
}
BASE = "select count(*), count(distinct c), count(distinct a), count(distinct p), count(distinct u) from w"
VARIANTS = "select count(distinct v) from (select list(a order by t, r) as v from w group by c)"


def open_raw(path: Path, *, coded: bool) -> duckdb.DuckDBPyConnection:
    """The raw file as `events`; coded: texts turned into numbers first, by dictionaries that DuckDB makes."""
    con = duckdb.connect()
    source = f"read_parquet('{path}', file_row_number=true)"
    columns = "file_row_number as r, epoch_us(time) as t"
    if not coded:
        con.execute(
            f'create view events as select "case" as c, activity as a, person as p, unit as u, {columns} from {source}'
        )
        return con
    for name in NAMED:
        con.execute(f"create type {name}s as enum (select distinct {name} from {source} order by 1)")
    named = ", ".join(f"{name}::{name}s as {name[0]}" for name in NAMED)
    con.execute(f'create temp table events as select hash("case") as c, {named}, {columns} from {source}')
    return con


def open_store(folder: Path) -> duckdb.DuckDBPyConnection:
    """The files of a store as `events`, in numbers, sorted by case and time."""
    con = duckdb.connect()
    (path,) = folder.glob("store-*/events.parquet")
    con.execute(
        'create view events as select "case" as c, activity as a, person as p, unit as u, file_row_number as r, epoch_us(time) as t '
        f"from read_parquet('{path}', file_row_number=true)"
    )
    return con


def totals(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """The keys that `commonground handoffs` promises."""
    con.execute(WINDOW.format(more=""))
    return _totals(con)


def _totals(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    events, cases, activities, people, units = con.execute(BASE).fetchone()  # type: ignore[misc]
    answer = {"cases": cases, "events": events, "activities": activities, "people": people, "units": units}
    answer["variants"] = con.execute(VARIANTS).fetchone()[0]  # type: ignore[index]
    answer["pairs"] = events - cases
    for name in ("person", "unit"):
        con.execute(TURNS.format(name[0]))
        found = con.execute(TOTALS.format(name[0])).fetchone()
        answer[name] = dict(zip(("handoffs", "cases", "ping_pong_cases"), found, strict=True))  # type: ignore[arg-type]
        answer[name]["pairs"] = answer["pairs"]
    return answer


def everything(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Every figure of a measured log, and the totals. Names are what the columns hold."""
    con.execute(MACROS)
    con.execute(WINDOW.format(more=MORE))
    answer = {"totals": _totals(con)}
    return answer | {name: con.execute(sql).fetchall() for name, sql in QUESTIONS.items()}
