"""Observing is asked for after events came or went, done behind the pages, and says how far it is and why it stopped."""

from datetime import timedelta
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult
from tests.cast import AT

from commonground.adoption import tasks
from commonground.adoption.currency import FAILED, RUNNING, states
from commonground.adoption.models import Behaviour, Observing, Paced
from commonground.adoption.tasks import ask_observing, observe_task, take_out_task
from commonground.adoption.tests.followed_log import FIRST, RULE, Followed
from commonground.programs.models import Milestone, Program

TODAY = AT.date()


@pytest.fixture
def queue(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def second(followed: Followed) -> Behaviour:
    """Another behaviour of the log, in another program."""
    other = Program.objects.create(slug="other", name="Other", started=TODAY)
    row = other.add(Behaviour(key="B", name="b", new_words="n"), by=followed.cast.alice.actor, at=AT)
    row.set_rule(RULE, log=followed.log, by=followed.cast.alice.actor, at=AT)
    return row


@pytest.mark.usefixtures("queue")
def test_a_log_is_one_task_for_all_programs_and_asked_twice_it_is_done_once(
    followed: Followed, django_capture_on_commit_callbacks: Any
) -> None:
    second(followed)
    with django_capture_on_commit_callbacks(execute=True):
        ask_observing(followed.log, at=AT)
        ask_observing(followed.log, at=AT + timedelta(minutes=1))
    assert DBTaskResult.objects.count() == 1
    assert Observing.objects.count() == 2
    assert all(row.runs for row in Observing.objects.all())


def test_when_it_is_done_the_figures_stand(followed: Followed) -> None:
    followed.bring(range(12))
    observe_task.func([followed.behaviour.pk])
    assert Paced.objects.count() == 1
    row = Observing.objects.get()
    assert (row.runs, row.fault, row.progress) == (False, "", "")


def test_what_stops_one_does_not_stop_the_others(followed: Followed, monkeypatch: pytest.MonkeyPatch) -> None:
    followed.bring(range(12))
    other = second(followed)
    real = tasks.measure_behaviour

    def fails(row: Behaviour, **more: Any) -> Any:
        if row.pk == followed.behaviour.pk:
            raise OSError("no room")
        return real(row, **more)

    monkeypatch.setattr(tasks, "measure_behaviour", fails)
    with pytest.raises(OSError, match="no room"):
        observe_task.func([followed.behaviour.pk, other.pk])
    assert Observing.objects.get(behaviour=followed.behaviour).fault == "OSError: no room"
    assert Paced.objects.get().behaviour == other


def test_a_lost_key_is_said_as_a_sentence(followed: Followed) -> None:
    followed.bring(range(12))
    (followed.log.store().folder.parent.parent / "pseudonym_key").unlink()
    with pytest.raises(ValueError, match="is gone"):
        observe_task.func([followed.behaviour.pk])
    assert "Bring it back from a backup" in Observing.objects.get().fault


def test_a_page_asks_when_what_figures_depend_on_has_changed(followed: Followed) -> None:
    alice = followed.cast.alice.actor

    def state() -> str:
        rows = list(Behaviour.objects.select_related("log").filter(pk=followed.behaviour.pk))
        return states(alice, rows, day=TODAY, now=AT)[followed.behaviour.pk]

    assert state() == "empty"
    followed.bring(range(12))
    observe_task.func([followed.behaviour.pk])
    assert state() == ""
    Milestone.objects.create(program=followed.cast.program, kind="cut_over", actual=TODAY - timedelta(weeks=20))
    assert state() == RUNNING
    observe_task.func([followed.behaviour.pk])
    assert state() == ""
    Milestone.objects.all().delete()
    Observing.objects.update(fault="OSError: no room")
    assert state() == FAILED


def test_a_behaviour_that_is_gone_is_no_fault(db: None, data: object) -> None:
    observe_task.func([4711])
    assert not Observing.objects.exists()


def test_events_are_let_go_on_a_page_and_what_was_observed_stays(followed: Followed) -> None:
    followed.bring(range(8), name="old.csv")
    followed.bring(range(8, 16), name="new.csv")
    address = f"/northlight/pace/logs/{followed.log.pk}/let-go/"
    alice = followed.cast.client_of("alice")
    given = {"before": (FIRST + timedelta(weeks=8)).isoformat(), "why": "Kept 90 days"}
    refused = alice.post(address, given)
    assert (refused.status_code, "not observed yet" in refused.content.decode()) == (422, True)
    observe_task.func([followed.behaviour.pk])
    before = Paced.objects.get().data["whole"]["series"]
    assert followed.cast.client_of("carol").post(address, given).status_code == 404
    assert alice.post(address, given).status_code == 302
    take_out_task.func(followed.log.pk, followed.cast.alice.user.pk)
    assert [row.file for row in followed.log.deliveries.standing()] == ["new.csv"]
    observe_task.func([followed.behaviour.pk])
    assert Paced.objects.get().data["whole"]["series"] == before
