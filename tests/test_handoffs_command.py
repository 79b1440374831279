"""`commonground handoffs LOG`: the figures of real logs, held against pm4py 2.7 and DuckDB's SQL, from every kind of file."""

import gzip
import json
import os
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from commonground.analysis.events import MISSING
from commonground.cli import app
from commonground.events.coding import code_rows
from commonground.intake.logs.counting import count_file
from commonground.intake.logs.reading import KeptOut, Options, read_log

REAL = Path(os.environ.get("COMMONGROUND_REAL_DATA", "../shared/data"))
real_data = pytest.mark.real_data
run = CliRunner()

# from the log's own description, beside the data
RECEIPT = {
    "cases": 1434, "events": 8577, "activities": 27, "people": 48, "variants": 116, "pairs": 7143,
    "person": {"pairs": 7143, "handoffs": 1208, "cases": 564},
    "unit": {"pairs": 5293, "handoffs": 3853, "cases": 1254},
}  # fmt: skip
AS_UNIT = {"pairs": 7143, "handoffs": 5440, "cases": 1318}

# apart from the tests: it prints a banner, and what it imports warns
PM4PY = """
import json, sys, warnings
warnings.simplefilter("ignore")
import pandas, pm4py
log, out = sys.argv[1:]
frame = pandas.read_csv(log, dtype=str, keep_default_na=False)
frame["time:timestamp"] = pandas.to_datetime(frame["time:timestamp"], utc=True, format="ISO8601")
frame = pm4py.format_dataframe(frame, case_id="case:concept:name", activity_key="concept:name", timestamp_key="time:timestamp")
follows, _, _ = pm4py.discover_dfg(frame)
answer = {"follows": [[*pair, n] for pair, n in follows.items()], "variants": len(pm4py.get_variants(frame))}
for key in ("org:resource", "org:group"):
    if key in frame:
        told = frame[~frame[key].isin(["", "?", "EMPTY"])]
        shares = pm4py.discover_handover_of_work_network(told, beta=0, resource_key=key).connections
        answer[key] = [[*pair, share] for pair, share in shares.items()]
json.dump(answer, open(out, "w"))
"""
SQL = """
with events as (
    select "case:concept:name" as c, nullif(nullif("{holder}", ''), 'EMPTY') as h,
        "time:timestamp"::timestamptz as t, row_number() over () as r
    from read_csv('{file}', all_varchar=true, header=true)
), steps as (
    select c, h, lag(h) over (partition by c order by t, r) as before, lag(h, 2) over (partition by c order by t, r) as first
    from events where {where}
), turns as (
    select c, h, lag(h, 2) over (partition by c order by n) as first from (
        select c, h, n, lag(h) over (partition by c order by n) as before from (
            select c, coalesce(h, '') as h, row_number() over (partition by c order by t, r) as n from events where {where})
    ) where before is null or before is distinct from h
)
select (select count(*) - count(distinct c) from steps),
       (select count(*) from (select coalesce(h, '') as h, lag(coalesce(h, '')) over (partition by c order by t, r) as b
                              from events where {where}) where b is not null and b <> h),
       (select count(distinct c) from turns where c in (select c from turns group by c having count(*) > 1)),
       (select count(distinct c) from turns where first = h)
"""


def real(path: str) -> Path:
    file = REAL / path
    if not file.exists():
        pytest.skip(f"{file} is not there: name the folder of real data in COMMONGROUND_REAL_DATA")
    return file


def asked(*words: str | Path) -> dict[str, Any]:
    result = run.invoke(app, ["handoffs", *map(str, words), "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def holds(answer: dict[str, Any], expected: dict[str, Any]) -> None:
    for key, value in expected.items():
        if isinstance(value, dict):
            holds(answer[key], value)
        else:
            assert answer[key] == value, key


@pytest.fixture(params=["csv", "csv.gz", "parquet", "parquet.gz", "semicolons"])
def receipt(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The receipt log as each kind of file."""
    log, kind = real("receipt/receipt.csv"), request.param
    if kind == "csv":
        return log
    path = tmp_path / f"receipt.{kind}"
    if kind == "csv.gz":
        path.write_bytes(gzip.compress(log.read_bytes(), 1))
    elif kind == "semicolons":
        table = arrow_csv.read_csv(log)
        arrow_csv.write_csv(table, path, arrow_csv.WriteOptions(delimiter=";"))
    else:
        pq.write_table(arrow_csv.read_csv(log), path, row_group_size=1000)
        if kind == "parquet.gz":
            path.write_bytes(gzip.compress(path.read_bytes(), 1))
    return path


@real_data
def test_the_receipt_log_from_every_kind_of_file(receipt: Path) -> None:
    answer = asked(receipt)
    holds(answer, RECEIPT)
    assert answer["columns"]["channel"] == "case:channel"
    holds(asked(receipt, "--missing-unit", "as-unit")["unit"], AS_UNIT)


@real_data
def test_a_log_larger_than_memory_gives_the_same_answer() -> None:
    log = real("receipt/receipt.csv")
    whole, sorted_on_disk = (
        count_file(
            log, {"product_line": "case:channel"}, options=Options(), kept_out=KeptOut(strict=True), in_memory=rows
        )
        for rows in (10_000, 1_000)
    )
    assert whole == sorted_on_disk
    holds(whole.counts, RECEIPT)


@real_data
def test_the_running_example_is_the_same_as_xes_and_csv() -> None:
    answers = [asked(real(f"running_example/running-example.{kind}")) for kind in ("csv", "xes")]
    assert answers[0] == answers[1]
    holds(answers[0], {"cases": 6, "events": 42, "pairs": 36, "units": 0})


@pytest.fixture(scope="module", params=["receipt/receipt.csv", "running_example/running-example.csv"])
def beside_pm4py(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, Any]]:
    log, out = real(request.param), tmp_path_factory.mktemp("pm4py") / "answer.json"
    subprocess.run([sys.executable, "-c", PM4PY, log, out], check=True, capture_output=True)
    return log, json.loads(out.read_text())


@real_data
def test_pm4py_agrees_on_every_pair(beside_pm4py: tuple[Path, dict[str, Any]]) -> None:
    log, theirs = beside_pm4py
    events = code_rows(read_log(log))
    assert asked(log)["variants"] == theirs["variants"]
    for name, key in (("activity", "follows"), ("person", "org:resource"), ("unit", "org:group")):
        if key not in theirs:
            continue
        told = events.only(getattr(events, name) != MISSING)
        same_case = ~told.first_of_case()[1:]
        codes, names = getattr(told, name), getattr(told.names, name)
        ours = Counter(zip(codes[:-1][same_case].tolist(), codes[1:][same_case].tolist(), strict=True))
        in_words = {(names[one], names[other]): n for (one, other), n in ours.items()}
        factor = 1 if key == "follows" else ours.total()  # it gives hand-overs as shares of all
        assert in_words == {(one, other): round(n * factor) for one, other, n in theirs[key]}


@real_data
@pytest.mark.parametrize(("holder", "ours"), [("org:resource", "person"), ("org:group", "unit")])
@pytest.mark.parametrize("missing", ["skip", "as-unit"])
def test_sql_counts_the_same(holder: str, ours: str, missing: str) -> None:
    log = real("receipt/receipt.csv")
    where = "true" if missing == "as-unit" and ours == "unit" else "h is not null"
    with duckdb.connect() as database:
        row = database.execute(SQL.format(file=log, holder=holder, where=where)).fetchone()
    answer = asked(log, "--missing-unit", missing)[ours]
    assert row == tuple(answer[key] for key in ("pairs", "handoffs", "cases", "ping_pong_cases"))


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A case to and fro between two units, one without a unit in the middle, one of a single event; rows in no order of time."""
    rows = [
        ("c1", "a", "p1", "U", "L1", 1), ("c1", "b", "p2", "V", "L1", 2), ("c1", "c", "p1", "U", "L2", 3), ("c1", "c", "p1", "U", "L2", 3),
        ("NA", "a", "p1", "U", "L1", 1), ("NA", "b", "?", "EMPTY", "L1", 2), ("NA", "c", "p3", "U", "L1", 3),
        ("c3", "a", "p1", "V", "", 9),
    ]  # fmt: skip
    random.Random(7).shuffle(rows)
    rows.sort(key=lambda row: row[0] == "c3")
    path = tmp_path / "log.csv"
    lines = [f"{c};{a};{p};{u};{line};2025-01-{day:02d}" for c, a, p, u, line, day in rows]
    path.write_text("\n".join(["Fall;Aktivität;Bearbeiter;Team;Linie;Datum", *lines]))
    return path


def test_a_small_log_worked_by_hand(made: Path) -> None:
    assert {key: value for key, value in asked(made, "--product-line", "linie").items() if key not in ("columns", "first", "last")} == {
        "cases": 3, "events": 8, "activities": 3, "people": 3, "units": 2, "variants": 3, "pairs": 5, "kept_out": 0,
        "person": {"pairs": 4, "handoffs": 3, "cases": 2, "ping_pong_cases": 1},
        "unit": {"pairs": 4, "handoffs": 2, "cases": 1, "ping_pong_cases": 1},
        "product_line": {"pairs": 5, "handoffs": 1, "cases": 1, "ping_pong_cases": 0},
    }  # fmt: skip
    as_unit = asked(made, "--missing-unit", "as-unit")
    assert as_unit["unit"] == {"pairs": 5, "handoffs": 4, "cases": 2, "ping_pong_cases": 2}
    assert "product_line" not in as_unit
    assert asked(made, "--missing-values", "U")["unit"]["pairs"] == 0


def test_the_answer_in_words_begins_with_what_it_comes_to(made: Path) -> None:
    result = run.invoke(app, ["handoffs", str(made)])
    assert result.exit_code == 0
    assert " ".join(result.stdout.split()).startswith(
        "Work changes hands between units in 2 of 4 steps (50 %), in 1 of 3 cases, and to and fro in 1 of them."
    )
    assert "p1" not in result.stdout


def test_broken_rows_are_an_error_unless_they_may_be_left_out(made: Path, tmp_path: Path) -> None:
    made.write_text(made.read_text() + "\nc4;a;p1;U;L1;soon\n;a;p1;U;L1;2025-01-01\n")
    refused = run.invoke(app, ["handoffs", str(made), "--json"])
    assert (refused.exit_code, refused.stdout) == (2, "")
    for word in ("log.csv", "row 10", "Datum", "“soon”", "--problems"):
        assert word in refused.stderr
    left_out = tmp_path / "problems.csv"
    done = run.invoke(app, ["handoffs", str(made), "--json", "--problems", str(left_out)])
    assert (done.exit_code, json.loads(done.stdout)["kept_out"], json.loads(done.stdout)["cases"]) == (0, 2, 3)
    assert "2 rows are left out" in done.stderr
    assert len(left_out.read_text("utf-8-sig").splitlines()) == 3


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--day-first", "--month-first"], "cannot both stand first"),
        (["--unit", "Bureau"], "no column “Bureau” for unit. Its headers are “Fall”"),
        (["--zone", "Mars"], "no time zone"),
        (["--problems", "nowhere/problems.csv"], "cannot be written"),
        (["--time", "Linie"], "the column Linie does not hold times"),
    ],
)
def test_what_is_asked_wrongly_is_told(made: Path, options: list[str], sentence: str) -> None:
    result = run.invoke(app, ["handoffs", str(made), *options])
    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in " ".join(result.stderr.split())


def test_two_columns_of_one_meaning_are_told_of(made: Path) -> None:
    made.write_text(made.read_text().replace("Linie", "Abteilung"))
    result = run.invoke(app, ["handoffs", str(made), "--json"])
    assert "“Team”" in result.stderr
    assert "“Abteilung” would do as well" in result.stderr
    assert json.loads(result.stdout)["columns"]["unit"] == "Team"


def test_days_and_months_are_asked_for(made: Path) -> None:
    text = made.read_text().replace("2025-01-", "01/").replace("\n", "/2025\n").replace("Datum/2025", "Datum") + "/2025"
    made.write_text(text)
    assert "--day-first or --month-first" in run.invoke(app, ["handoffs", str(made)]).stderr
    assert asked(made, "--month-first")["last"].startswith("2025-01-09")
    assert asked(made, "--day-first")["last"].startswith("2025-09-01")


def test_it_starts_without_django(made: Path) -> None:
    code = (
        "import sys; from typer.testing import CliRunner; from commonground.cli import app;"
        f"print(CliRunner().invoke(app, ['handoffs', {str(made)!r}]).exit_code, 'django' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": "src"},
    )
    assert done.stdout.split() == ["0", "False"]


def test_numbers_are_plain_numbers(made: Path) -> None:
    counted = count_file(made, {}, options=Options(), kept_out=KeptOut(strict=True))
    assert not any(isinstance(value, np.generic) for value in counted.counts.values())
