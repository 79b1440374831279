"""The made log comes in as a real one does: six files on their agreements, one store, figures of workflows, and findings."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from commonground.accounts.models import User, actor_for
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
NUMBER = 40_000
pytestmark = pytest.mark.django_db


@pytest.fixture
def world(tmp_path: Path, settings) -> World:  # type: ignore[no-untyped-def]
    settings.DATA = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return make_demo(today=DAY, at=AT, events=NUMBER)


def test_the_log_stands_and_its_figures_are_shown(world: World) -> None:
    log = Log.objects.get()
    assert abs(log.events - NUMBER) < 0.06 * NUMBER
    assert log.events == sum(len(block) for block in log.store().blocks())
    deliveries = Delivery.objects.all()
    assert [row.state for row in deliveries] == [TAKEN] * 6
    assert {row.source for row in deliveries} == {"CRM", "Dispatch"}
    assert all(row.agreement and row.agreed_on for row in deliveries)
    assert sum(row.summary["taken"]["events"] for row in deliveries) > log.events
    assert verify().sound

    figures = handoff_figures(Program.objects.get(slug="one-northlight"), DAY)
    keys = dict(Process.objects.filter(program__slug="one-northlight").values_list("key", "pk"))
    flow = Process.objects.get(key="check-water-point", program__slug="one-northlight").workflow_id
    assert flow is not None
    water = figures[Between(flow, keys["check-power-point"], keys["check-water-point"])]
    assert water.wait == pytest.approx(38.4, rel=0.25)
    assert Measured.objects.filter(workflow_id=flow).count() >= 16  # three months of eighteen, sixteen times

    seen = {row.activity: row for row in SeenActivity.objects.all()}
    assert seen["Take the move-in call"].process_id == keys["take-move-in-call"]
    assert seen["Deposit refund"].process_id is None
    assert seen["Agree the plan of the year"].few

    found = {code: set(Finding.objects.filter(code=code).values_list("subject", flat=True)) for code in FOUND}
    for code, (fails, passes) in FOUND.items():
        assert fails in found[code], code
        assert passes not in found[code], code


# code: what it finds in the log, and what it leaves in peace
FOUND = {
    "FLOW-01": ("move-in/check-power-point/check-water-point", "move-in/take-move-in-call/open-account"),
    "FLOW-02": ("move-in", "complaint"),
    "FLOW-03": ("move-out", "move-in"),
    "PROC-03": ("work-of-northlight/Note it in the shared spreadsheet", "work-of-northlight/Ask the foreman"),
}


def test_persons_are_pseudonyms_in_the_store(world: World) -> None:
    keys = {row.id for row in world.organization["people"]}  # type: ignore[union-attr]
    names = next(Log.objects.get().store().blocks()).names
    assert names.person
    assert not keys & set(names.person)
    lead = User.objects.get(username="maren")
    assert Log.objects.visible_to(actor_for(lead, person=lead.person.pk)).exists()
