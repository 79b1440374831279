"""The made log comes in as a real one does: six files on their agreements, one store, figures of workflows, and findings."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from commonground.demo.load import make_demo
from commonground.demo.world import World
from commonground.events.models import TAKEN, Delivery, Log
from commonground.guidance.models import Finding
from commonground.journal.recording import verify
from commonground.programs.models import Program
from commonground.workflows.measured import Between, Measured, handoff_figures
from commonground.workflows.models import Process
from commonground.workflows.seen import SeenActivity

DAY = date(2026, 9, 14)
AT = datetime(2026, 9, 14, 8, 0, tzinfo=UTC)
NUMBER = 30_000
pytestmark = pytest.mark.django_db


# code: what it finds in the log, and what it leaves in peace
FOUND = {
    "FLOW-01": ("move-in/check-power-point/check-water-point", "move-in/take-move-in-call/open-account"),
    "FLOW-02": ("move-in", "complaint"),
    "FLOW-03": ("move-out", "move-in"),
    "PROC-03": ("work-of-northlight/Note it in the shared spreadsheet", "work-of-northlight/Ask the foreman"),
}


@pytest.fixture
def world(tmp_path: Path, settings) -> World:
    settings.DATA = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return make_demo(today=DAY, at=AT, events=NUMBER)


def test_the_log_comes_in_as_a_real_one_does(world: World) -> None:
    """One load, looked at in four ways: it takes some seconds."""
    _stands_on_six_agreements()
    _persons_are_pseudonyms({row.id for row in world.organization["people"]})
    _figures_are_shown()
    _guidelines_find_and_leave_in_peace()


def _stands_on_six_agreements() -> None:
    log, deliveries = Log.objects.get(), Delivery.objects.all()
    assert abs(log.events - NUMBER) < 0.06 * NUMBER
    assert log.events == sum(len(block) for block in log.store().blocks())
    assert [row.state for row in deliveries] == [TAKEN] * 6
    assert {row.source for row in deliveries} == {"CRM", "Dispatch"}
    assert all(row.agreement and row.agreed_on for row in deliveries)
    assert sum(row.summary["taken"]["events"] for row in deliveries) > log.events
    assert verify().sound


def _persons_are_pseudonyms(keys: set[str]) -> None:
    names = next(Log.objects.get().store().blocks()).names
    assert names.person
    assert not keys & set(names.person)


def _figures_are_shown() -> None:
    program = Program.objects.get(slug="one-northlight")
    processes = {row.key: row for row in Process.objects.filter(program=program)}
    power, water = processes["check-power-point"], processes["check-water-point"]
    assert water.workflow_id is not None
    figures = handoff_figures(program, DAY)[Between(water.workflow_id, power.pk, water.pk)]
    assert figures.wait == pytest.approx(38.4, rel=0.3)
    assert (
        Measured.objects.filter(workflow_id=water.workflow_id).count() >= 16
    )  # three months of eighteen, sixteen times
    seen = {row.activity: row for row in SeenActivity.objects.all()}
    assert seen["Take the move-in call"].process_id == processes["take-move-in-call"].pk
    assert seen["Deposit refund"].process_id is None
    assert seen["Agree the plan of the year"].few


def _guidelines_find_and_leave_in_peace() -> None:
    for code, (fails, passes) in FOUND.items():
        found = set(Finding.objects.filter(code=code).values_list("subject", flat=True))
        assert fails in found, code
        assert passes not in found, code
