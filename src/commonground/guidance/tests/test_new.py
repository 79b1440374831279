"""NEW-01: an experiment that is about to begin has a measure and a stop rule."""

from datetime import date, timedelta

import pytest

from commonground.analysis.facts import Behaviour, Experiment
from commonground.guidance.guidelines import CATALOGUE, run
from commonground.guidance.tests.made import DAY, facts, found, subjects

WRITTEN = Experiment(
    "X1", "A card", behaviour="B1", stop_rule="after ten weeks", starts=DAY, weeks=10, hoped=5.0, state="running"
)
BARE = WRITTEN._replace(stop_rule=None)


def given(*rows: Experiment):
    return facts(experiments=rows, behaviours=[Behaviour("B1", "Say the next step")])


def test_an_experiment_with_both_passes() -> None:
    assert subjects("NEW-01", given(WRITTEN)) == []


def test_what_is_missing_is_named() -> None:
    row = WRITTEN._replace(behaviour=None, stop_rule=None)
    (one,) = found("NEW-01", given(row))
    assert str(one.subject) == "experiment:X1"
    assert one.what == "“A card” has begun, or is about to, without a measure and a stop rule"
    assert "stop rule: none" in one.evidence


@pytest.mark.parametrize(
    ("state", "starts", "is_found"),
    [
        ("running", DAY - timedelta(days=30), True),
        ("ready", DAY + timedelta(days=60), True),
        ("draft", DAY + timedelta(days=14), True),
        ("draft", DAY + timedelta(days=15), False),
        ("draft", None, False),
        (None, DAY, True),
        ("ended", DAY, False),
        ("stopped", DAY, False),
    ],
)
def test_a_draft_is_asked_only_when_it_is_near(state: str | None, starts: date | None, is_found: bool) -> None:
    assert bool(subjects("NEW-01", given(BARE._replace(state=state, starts=starts)))) is is_found


def test_its_remedy_ends_it() -> None:
    told = given(BARE, WRITTEN._replace(id="X2", behaviour=None))
    remedy = CATALOGUE["NEW-01"].remedy
    assert remedy is not None
    for finding in run(told, select=["NEW-01"]).findings:
        told = remedy(told, finding)
    assert run(told, select=["NEW-01"]).findings == ()
