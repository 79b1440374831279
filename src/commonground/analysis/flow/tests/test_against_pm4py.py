"""Directly-follows, waits, variants, lead times and hand-overs between people, as pm4py 2.7 finds them in a made log."""

import random
import warnings
from importlib import import_module
from typing import Any

import pytest

from commonground.analysis.flow.between_people import directly_follows, handed_over
from commonground.analysis.flow.counts import counts
from commonground.analysis.flow.measure import measure
from commonground.analysis.flow.tests.slowly import ACTIVITIES, BEGIN, LINES, MINUTE, PEOPLE, UNITS, Row, events
from commonground.analysis.flow.working_time import WorkingWeek


def made() -> list[Row]:
    """300 cases without ties, in which everybody is told: pm4py leaves neither to a rule of its own."""
    chosen = random.Random(5)
    rows: list[Row] = []
    for case in range(300):
        for minute in sorted(chosen.sample(range(20_000), chosen.randint(1, 9))):
            who = (chosen.choice(PEOPLE), chosen.choice(UNITS), LINES[0])
            rows.append((case, BEGIN + minute * MINUTE, chosen.choice(ACTIVITIES), *who))
    return rows


@pytest.fixture(scope="module")
def theirs() -> dict[str, Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pandas, pm4py = import_module("pandas"), import_module("pm4py")

        columns = ("case:concept:name", "time:timestamp", "concept:name", "org:resource", "org:group", "line")
        frame = pandas.DataFrame(made(), columns=columns)
        frame["case:concept:name"] = frame["case:concept:name"].astype("string")
        frame["time:timestamp"] = pandas.to_datetime(frame["time:timestamp"], unit="us", utc=True)
        return {
            "follows": dict(pm4py.discover_dfg(frame)[0]),
            "waits": dict(pm4py.discover_performance_dfg(frame)[0]),
            "variants": {tuple(steps): n for steps, n in pm4py.get_variants(frame).items()},
            "leads": pm4py.get_all_case_durations(frame),
            "handed": dict(pm4py.discover_handover_of_work_network(frame, beta=0).connections),
        }


def test_directly_follows_and_waits(theirs: dict[str, Any]) -> None:
    log = [events(made())]
    matrix = directly_follows(log)
    found = {(ACTIVITIES[a], ACTIVITIES[b]): int(matrix[a, b]) for a, b in zip(*matrix.nonzero(), strict=True)}
    assert found == theirs["follows"]
    flow = measure(log, week=WorkingWeek(), threshold=1)
    assert {(one.source, one.target): one.n for one in flow.between_steps} == theirs["follows"]
    for one in flow.between_steps:
        assert one.calendar.median == pytest.approx(theirs["waits"][one.source, one.target]["median"] / 3600)


def test_variants_and_lead_times(theirs: dict[str, Any]) -> None:
    flow = measure([events(made())], week=WorkingWeek(), threshold=1)
    assert flow.variants == len(theirs["variants"])
    assert all(theirs["variants"][one.activities] == one.cases for one in flow.top_variants)
    durations = sorted(theirs["leads"])
    assert flow.lead_calendar.median == pytest.approx((durations[149] + durations[150]) / 7200)


def test_hand_overs_between_people(theirs: dict[str, Any]) -> None:
    """pm4py tells shares of all pairs, those that stay with a person included."""
    found = handed_over([events(made())])
    pairs = counts([events(made())])["pairs"]
    ours = {
        (PEOPLE[a], PEOPLE[b]): n / pairs
        for a, b, n in zip(found.source.tolist(), found.target.tolist(), found.n.tolist(), strict=True)
    }
    assert ours == pytest.approx({(a, b): share for (a, b), share in theirs["handed"].items() if a != b and share})
