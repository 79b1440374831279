"""The behaviours of the demo come in through their verbs, are measured as any other, and have a record of forecasts behind them."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from commonground.adoption.models import Behaviour, Benefit, Count, ForecastMade, Paced, Source
from commonground.adoption.scoring import record_of
from commonground.analysis.pace.figures import Group
from commonground.analysis.pace.rule import Rule
from commonground.demo.behaviours import COUNT, LOG, WANTED
from commonground.demo.load import make_demo
from commonground.disclosure.models import Release
from commonground.guidance.models import Finding
from commonground.journal.recording import verify

DAY = date(2026, 9, 14)
AT = datetime(2026, 9, 14, 8, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings) -> None:
    settings.DATA = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def test_the_pace_is_measured_as_a_real_one_is() -> None:
    """One load with a log of a quarter of its size, looked at in several ways: it takes some seconds."""
    make_demo(today=DAY, at=AT, events=80_000)
    _every_behaviour_is_there()
    _a_unit_of_six_is_withheld_and_one_not_gone_over_has_no_verdict()
    _earlier_forecasts_are_scored()
    _findings_tell_the_stories()
    assert verify().sound


def _every_behaviour_is_there() -> None:
    rows = {row.key: row for row in Behaviour.objects.filter(program__slug="one-northlight")}
    assert list(rows) == [one.key for one in WANTED]
    for one in WANTED:
        row = rows[one.key]
        assert row.owner is not None
        if one.source == LOG:
            assert Rule.read(row.rule).name == one.name
            assert row.log is not None
    paced = Paced.objects.filter(behaviour__program__slug="one-northlight")
    assert paced.count() == len(WANTED)
    assert Release.objects.count() >= len(WANTED)
    assert Source.objects.get().system == "CRM"
    assert Benefit.objects.filter(counter=True).count() == 2
    assert Count.objects.filter(behaviour__key="answer-first-call").count() > 100


def _group(key: str, name: str) -> Group:
    pace = Paced.objects.get(behaviour__key=key).pace
    return next(group for group in pace.groups if group.series.name == name)


def _a_unit_of_six_is_withheld_and_one_not_gone_over_has_no_verdict() -> None:
    few = _group("log-contact", "Key accounts").series
    assert (few.suppressed, few.weeks, few.people) == (True, (), None)
    dip = _group("read-on-device", "Metering crews").dip
    assert dip is not None
    assert not dip.passed
    assert dip.until > DAY.isoformat()


def _earlier_forecasts_are_scored() -> None:
    record = record_of(Behaviour.objects.get(key="log-contact"))
    assert record is not None
    assert record.n >= 8
    made = ForecastMade.objects.filter(behaviour__key="log-contact", group="whole")
    assert all(row.made_on <= DAY for row in made)
    assert {bool(row.score) for row in made if row.made_on < DAY} == {True}
    assert not any(row.score for row in made if row.made_on == DAY)


def _findings_tell_the_stories() -> None:
    found = {
        (row.program.slug, row.code)
        for row in Finding.objects.filter(code__startswith="PACE").select_related("program")
    }
    assert {("one-northlight", code) for code in ("PACE-01", "PACE-04", "PACE-05", "PACE-06")} <= found
    assert ("fleet-desk", "PACE-07") in found
    assert ("one-northlight", "PACE-07") not in found


def test_without_a_log_what_is_counted_is_measured_and_the_rest_waits() -> None:
    make_demo(today=DAY, at=AT)
    counted = {one.key for one in WANTED if one.source == COUNT}
    measured = Paced.objects.filter(behaviour__program__slug="one-northlight").values_list("behaviour__key", flat=True)
    assert set(measured) == counted
    assert not Behaviour.objects.exclude(log=None).exists()
