"""Two engines against answers worked out by hand (README.md beside this file)."""

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow.csv
import pytest

from commonground.analysis.events import Events
from commonground.analysis.flow.counts import counts
from commonground.analysis.flow.measure import measure
from commonground.analysis.flow.working_time import WorkingWeek
from commonground.events.coding import code_rows
from commonground.intake.logs.reading import Options, read_log

HERE = Path(__file__).parent
ANSWERS: dict[str, dict[str, Any]] = json.loads((HERE / "answers.json").read_text())
WEEK = WorkingWeek(zone="Europe/Berlin", closed_on=frozenset({date(2024, 5, 1)}))
KNOWN = {"U1": 1, "U2": 1, "U3": 1}  # no unit is withheld for want of people that the log tells
COLUMNS = ("case", "activity", "person", "unit", "product_line", "time")
HOLDERS = ("person", "unit", "product_line")


def product(path: Path, name: str) -> Any:
    """The answer of the product, all the way from the file."""
    log: list[Events] = [code_rows(read_log(path, mapping={name: name for name in COLUMNS}, options=Options()))]
    if name == "counts":
        return counts(log, product_line=True)
    if name == "as_unit":
        found = counts(log, product_line=True, missing_unit="as-unit")
        return {holder: found[holder] for holder in ("unit", "product_line")}
    flow = measure(log, week=WEEK, threshold=1, headcount=KNOWN)
    if name == "steps":
        return sorted([one.source, one.target, one.n, one.cases, one.crossings] for one in flow.between_steps)
    if name in ("units", "lines"):
        passages = flow.between_units if name == "units" else flow.between_lines
        return sorted([one.source, one.target, one.n, one.cases, one.back] for one in passages)
    if name == "wait":
        (one,) = flow.between_units
        spreads = {kind: pytest.approx(list(getattr(one, kind))) for kind in ("calendar", "working")}
        return {"source": one.source, "target": one.target, **spreads}
    return getattr(flow, name)


TOLD = "case when {0} in ('', '?', 'EMPTY') then {1} else {0} end"
PAIRS = """
with held as (select c, r, t, {holder} as h from e), told as (select * from held where h is not null),
pairs as (select *, lead(h) over (partition by c order by t, r) as next from told),
turns as (select *, lead(next) over (partition by c order by t, r) as after from pairs where next <> h)
"""
TOTALS = """select (select count(*) from pairs where next is not null), (select count(*) from turns),
(select count(distinct c) from turns), (select count(distinct c) from turns where after = h)"""
PASSAGES = "select h, next, count(*), count(distinct c), count(distinct c) filter (after = h) from turns group by 1, 2 order by 1, 2"
STEPS = """
with w as (select *, lead(a) over k as a2, lead(unit) over k as u2, lead(product_line) over k as l2 from told window k as
(partition by c order by t, r))
select a, a2, count(*), count(distinct c), count(*) filter (u2 <> unit or l2 <> product_line) from w where a2 is not null
group by 1, 2 order by 1, 2"""
PLACED = "select c, a, row_number() over (partition by c order by t, r) as place from e"
GAPS = "select c, place - lag(place) over (partition by c, a order by place) as gap from (" + PLACED + ")"  # noqa: S608  fixed texts
AGAIN = "select count(distinct c) from (" + GAPS + ") where gap "  # noqa: S608  fixed texts
BASE = """select count(distinct c), count(*), count(distinct a), count(distinct person), count(distinct unit),
(select count(distinct v) from (select list(a order by t, r) as v from told group by c)), count(*) - count(distinct c) from told"""


def sql(path: Path, name: str) -> Any:
    """The answer of DuckDB."""
    con = loaded(path)
    if name == "counts":
        base = con.execute(BASE).fetchone()
        names = ("cases", "events", "activities", "people", "units", "variants", "pairs")
        return dict(zip(names, base or (), strict=True)) | {holder: totals(con, holder, "null") for holder in HOLDERS}
    if name == "as_unit":
        return {holder: totals(con, holder, "'none'") for holder in ("unit", "product_line")}
    if name in ("units", "lines"):
        holder = TOLD.format("unit" if name == "units" else "product_line", "null")
        return list(map(list, con.execute(PAIRS.format(holder=holder) + PASSAGES).fetchall()))
    if name == "steps":
        return list(map(list, con.execute(STEPS).fetchall()))
    if name in ("loops", "repeats"):
        found = con.execute(AGAIN + ("> 1" if name == "loops" else "= 1")).fetchone()
        return (found or (None,))[0]
    raise ValueError(f"DuckDB is not asked for {name}.")


def loaded(path: Path) -> duckdb.DuckDBPyConnection:
    """The file as the view e (all texts as they are) and told (missing ones are null)."""
    options = pyarrow.csv.ConvertOptions(column_types=dict.fromkeys(COLUMNS, "string"), strings_can_be_null=False)
    table = pyarrow.csv.read_csv(path, convert_options=options)
    moments = [int(datetime.fromisoformat(text).timestamp() * 1_000_000) for text in table["time"].to_pylist()]
    table = table.append_column("t", [moments]).append_column("r", [np.arange(len(moments))])
    con = duckdb.connect()
    con.register("rows", table)
    con.execute('create table e as select "case" as c, activity as a, person, unit, product_line, t, r from rows')
    columns = ", ".join(f"{TOLD.format(holder, 'null')} as {holder}" for holder in HOLDERS)
    con.execute("create view told as select c, a, t, r, " + columns + " from e")  # noqa: S608  fixed texts
    return con


def totals(con: duckdb.DuckDBPyConnection, holder: str, missing: str) -> dict[str, int]:
    found = con.execute(PAIRS.format(holder=TOLD.format(holder, missing)) + TOTALS).fetchone()
    return dict(zip(("pairs", "handoffs", "cases", "ping_pong_cases"), found or (), strict=True))


Engine = Callable[[Path, str], Any]


ASKED = [
    (engine, log, question)
    for engine in (product, sql)
    for log, answers in ANSWERS.items()
    for question in answers
    if engine is product or question != "wait"  # DuckDB knows no working hours
]


@pytest.mark.parametrize(("engine", "log", "question"), ASKED)
def test_an_engine_answers_as_worked_out_by_hand(engine: Engine, log: str, question: str) -> None:
    assert engine(HERE / "logs" / f"{log}.csv", question) == ANSWERS[log][question]


def test_every_log_has_answers() -> None:
    assert {path.stem for path in (HERE / "logs").iterdir()} == set(ANSWERS)
