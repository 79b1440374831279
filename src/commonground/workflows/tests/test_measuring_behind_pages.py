"""Measuring is asked for, done behind the pages, and says how far it is."""

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult
from tests.cast import AT

from commonground.workflows import tasks
from commonground.workflows.measured import Measured, Measuring
from commonground.workflows.tasks import ask_measuring, measure_task
from commonground.workflows.tests.measured_log import Flowing


def test_asked_twice_before_it_begins_it_is_done_once(
    unmeasured: Flowing, django_capture_on_commit_callbacks: object, settings: object
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with django_capture_on_commit_callbacks(execute=True):
        ask_measuring(unmeasured.log, at=AT)
        ask_measuring(unmeasured.log, at=AT + timedelta(minutes=1))
    assert DBTaskResult.objects.count() == 1
    assert Measuring.objects.get().runs
    Measuring.objects.update(progress="Measuring workflow 3")  # under way: what came in since is measured after it
    with django_capture_on_commit_callbacks(execute=True):
        ask_measuring(unmeasured.log, at=AT + timedelta(minutes=2))
    assert DBTaskResult.objects.count() == 2


def test_when_it_is_done_the_figures_stand(unmeasured: Flowing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "refresh_all", lambda log, at: None)
    measure_task.func(unmeasured.log.pk)
    assert Measured.objects.count() == 8
    assert not Measuring.objects.get().runs
    assert not Measuring.objects.get().fault


def test_why_it_stopped_is_kept(unmeasured: Flowing, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*args: object, **more: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr(tasks, "refresh_all", lambda log, at: None)
    monkeypatch.setattr(tasks, "measure_log", fails)
    with pytest.raises(OSError, match="no room"):
        measure_task.func(unmeasured.log.pk)
    assert Measuring.objects.get().fault == "OSError: no room"


def test_a_log_that_is_gone_is_no_fault(db: None) -> None:
    measure_task.func(4711)
    assert not Measuring.objects.exists()
