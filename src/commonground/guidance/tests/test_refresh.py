"""The guidelines over a program in the database: findings come, end by themselves and come back; incremental equals full."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.cast import Cast

from commonground.access.actor import OPERATOR
from commonground.guidance.models import Finding
from commonground.guidance.refresh import refresh
from commonground.guidance.states import DISMISSED, ENDED, REOPENED, NotNowError
from commonground.journal.models import Version
from commonground.realignment.models import ProcessFate, Seat, Session, Solution
from commonground.workflows.models import Process

DAY = date(2026, 9, 14)
NOW = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
REASON = "The works council talks about it on Thursday."


def decided(cast: Cast, stage: str = "told") -> ProcessFate:
    """Dan's process moves away from Billing."""
    fate = ProcessFate.objects.create(
        program=cast.program,
        process=cast.things["billing_process"],
        fate="move",
        to_unit=cast.units["contact"],
        stage=stage,
    )
    Version.objects.bump(["processes", "stages"])
    return fate


def found(cast: Cast, code: str = "MNGR-01") -> Finding | None:
    return Finding.objects.filter(program=cast.program, code=code, kind="process", subject="first-bill").first()


def takes_part(cast: Cast, *, session: bool) -> None:
    solution = Solution.objects.get(program=cast.program)
    Seat.objects.create(solution=solution, person=cast.dan.person)
    Version.objects.bump(["seats"])
    if session:
        Session.objects.create(solution=solution, on=DAY).people.add(cast.dan.person)
        Version.objects.bump(["takes_part"])


def test_an_owner_who_takes_no_part_is_found(cast: Cast) -> None:
    decided(cast)
    refresh(cast.program, DAY, NOW)
    finding = found(cast)
    assert finding is not None
    assert "Dan Dahl" in finding.what
    assert (finding.severity, finding.view, finding.unit) == ("error", "told", cast.units["billing"])
    assert [turn.what for turn in finding.turns.all()] == ["found"]


def test_a_seat_alone_does_not_end_it_but_seat_and_session_do(cast: Cast) -> None:
    decided(cast)
    takes_part(cast, session=False)
    refresh(cast.program, DAY, NOW)
    assert found(cast).is_live
    Session.objects.create(solution=Solution.objects.get(), on=DAY).people.add(cast.dan.person)
    Version.objects.bump(["takes_part"])
    refresh(cast.program, DAY, NOW)
    assert found(cast).state == ENDED
    assert found(cast).ended_on == DAY


def test_it_comes_back_with_its_owner_when_the_facts_do(cast: Cast) -> None:
    decided(cast)
    refresh(cast.program, DAY, NOW)
    found(cast).assign(to=cast.carol.user, by=cast.alice.actor, at=NOW)
    takes_part(cast, session=True)
    refresh(cast.program, DAY, NOW)
    Seat.objects.all().delete()
    Version.objects.bump(["seats"])
    refresh(cast.program, DAY + timedelta(days=1), NOW)
    finding = found(cast)
    assert (finding.state, finding.ended_on, finding.user) == (REOPENED, None, cast.carol.user)
    assert [turn.what for turn in finding.turns.all()] == ["came_back", "ended", "found"]


def test_a_dismissal_runs_out(cast: Cast) -> None:
    decided(cast)
    refresh(cast.program, DAY, NOW)
    found(cast).dismiss(reason=REASON, by=cast.alice.actor, at=NOW)
    refresh(cast.program, DAY + timedelta(days=29), NOW)
    assert found(cast).state == DISMISSED
    refresh(cast.program, DAY + timedelta(days=30), NOW)
    assert found(cast).state == REOPENED


@pytest.mark.parametrize("reason", ["", "   ", "later", "notimportantenoughnow"])
def test_what_is_to_act_on_needs_a_sentence_to_be_dismissed(cast: Cast, reason: str) -> None:
    decided(cast)
    refresh(cast.program, DAY, NOW)
    with pytest.raises(NotNowError):
        found(cast).dismiss(reason=reason, by=cast.alice.actor, at=NOW)
    assert found(cast).is_live


def test_what_has_ended_cannot_be_assigned(cast: Cast) -> None:
    decided(cast)
    takes_part(cast, session=True)
    Seat.objects.all().delete()
    refresh(cast.program, DAY, NOW)
    finding = found(cast)
    takes_part(cast, session=True)
    refresh(cast.program, DAY, NOW)
    finding.refresh_from_db()
    with pytest.raises(NotNowError, match="ended"):
        finding.assign(to=cast.carol.user, by=OPERATOR, at=NOW)


def test_a_run_without_changes_writes_nothing_new(cast: Cast) -> None:
    decided(cast)
    refresh(cast.program, DAY, NOW)
    before = list(Finding.objects.order_by("pk").values())
    refresh(cast.program, DAY, NOW)
    assert list(Finding.objects.order_by("pk").values()) == before


def test_a_process_that_is_gone_ends_its_findings(cast: Cast) -> None:
    decided(cast)
    refresh(cast.program, DAY, NOW)
    Process.objects.filter(key="first-bill").delete()
    Version.objects.bump(["processes", "stages"])
    refresh(cast.program, DAY, NOW)
    assert found(cast).state == ENDED
