"""The sheets in examples/northlight are the demo's own: `commonground check examples/northlight --as-of 2026-09-14`."""

import csv
from datetime import date
from io import StringIO
from pathlib import Path

import pytest

from commonground.demo.pace_sheets import measured
from commonground.demo.sheets import sheet
from commonground.demo.world import build

EXAMPLES = Path(__file__).resolve().parents[4] / "examples" / "northlight"
DAY = date(2026, 9, 14)
WEEKS = 6  # by which a day of a forecast may differ from one machine's arithmetic to another's


@pytest.fixture(scope="module")
def wanted() -> dict[str, str]:
    return {f"{table}.csv": sheet(table, rows) for table, rows in measured(build(today=DAY), "one-northlight").items()}


def test_the_sheets_equal_the_generator(wanted: dict[str, str]) -> None:
    given = {path.name: path.read_text(encoding="utf-8") for path in EXAMPLES.glob("*.csv")}
    assert given.keys() == wanted.keys()
    for name in given.keys() - {"forecasts.csv"}:
        assert given[name] == wanted[name], f"{name}: run python -m commonground.demo.examples"


def test_forecasts_are_those_of_the_generator(wanted: dict[str, str]) -> None:
    given, made = (
        list(csv.DictReader(StringIO(text)))
        for text in ((EXAMPLES / "forecasts.csv").read_text(encoding="utf-8"), wanted["forecasts.csv"])
    )
    assert [(row["behaviour"], row["unit"], row["share"]) for row in given] == [
        (row["behaviour"], row["unit"], row["share"]) for row in made
    ]
    for one, two in zip(given, made, strict=True):
        for side in ("low", "mid"):
            if one[side] and two[side]:
                apart = date.fromisoformat(one[side]) - date.fromisoformat(two[side])
                assert abs(apart.days) <= 7 * WEEKS, (one, two)


def test_the_sheets_stay_small() -> None:
    assert sum(path.stat().st_size for path in EXAMPLES.glob("*.csv")) <= 600_000
