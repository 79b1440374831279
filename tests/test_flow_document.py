"""The table of docs/explanation/flow.md, worked out by hand, is what the product makes of its log."""

import csv
import re
from itertools import pairwise
from pathlib import Path

import pytest

from commonground.analysis.events import Events
from commonground.analysis.flow.counts import counts
from commonground.analysis.flow.figures import Flow, Spread
from commonground.analysis.flow.measure import measure
from commonground.analysis.flow.working_time import WorkingWeek
from commonground.events.coding import code_rows
from commonground.intake.logs.look import Options
from commonground.intake.logs.reading import read_log

PAGE = Path(__file__).resolve().parent.parent / "docs" / "explanation" / "flow.md"


def tables() -> list[list[dict[str, str]]]:
    """The tables of the page, a row as header → cell."""
    found = []
    for block in re.findall(r"(?:^\|.*\n)+", PAGE.read_text(encoding="utf-8"), re.MULTILINE):
        cells = [[one.strip() for one in line.strip("|").split("|")] for line in block.splitlines()]
        found.append([dict(zip(cells[0], row, strict=True)) for row in cells[2:]])
    return found


LOG, COUNTED, BETWEEN = tables()


def events_of(rows: list[dict[str, str]], folder: Path) -> Events:
    path = folder / "week.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return code_rows(read_log(path, mapping=None, options=Options()))


def measured(rows: list[dict[str, str]], folder: Path) -> Flow:
    return measure([events_of(rows, folder)], week=WorkingWeek(), threshold=1)


@pytest.fixture
def flow(tmp_path: Path) -> Flow:
    return measured(LOG, tmp_path)


def test_the_totals_are_those_of_the_command(tmp_path: Path) -> None:
    answer = counts([events_of(LOG, tmp_path)])
    for row, holder in zip(COUNTED, ("person", "unit"), strict=True):
        assert list(answer[holder].values()) == [int(cell) for cell in list(row.values())[1:]], row["between"]


def test_each_crossing_is_measured_as_the_page_says(flow: Flow) -> None:
    found = {
        (one.source, one.target): (
            one.n,
            one.cases,
            one.back,
            one.working.median,
            pytest.approx(one.working.p90),
            one.calendar.median,
        )
        for one in flow.between_units
    }
    told = {(row["from"], row["to"]): tuple(float(cell) for cell in list(row.values())[2:]) for row in BETWEEN}
    assert told == found


def test_what_the_page_says_of_whole_cases(flow: Flow) -> None:
    words = " ".join(PAGE.read_text(encoding="utf-8").split())
    assert "16, 7 and 3.5 working hours here, so 7 at the median" in words
    assert flow.lead_working == Spread(3, 7.0, pytest.approx(7 + 0.8 * (16 - 7)))
    assert (flow.variants, flow.loops, flow.repeats) == (3, 1, 1)


def test_a_step_of_other_work_in_between_is_no_crossing(tmp_path: Path) -> None:
    projected = measured([row for row in LOG if row["activity"] in {"call", "bill"}], tmp_path)
    assert [(one.source, one.target, one.n) for one in projected.between_units] == [("Desk", "Billing", 3)]


def test_the_rows_of_a_case_stand_in_order() -> None:
    assert all(one["time"] < two["time"] for one, two in pairwise(LOG) if one["case"] == two["case"])
