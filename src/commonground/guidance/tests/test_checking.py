"""When the guidelines run by themselves: at once for few people, otherwise in a task, asked for once and told on the page."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import override_settings
from django.utils import timezone
from django_tasks import task_backends
from tests.cast import Cast

from commonground.guidance import checking
from commonground.guidance.checking import PATIENCE, ask, is_quick, standing
from commonground.guidance.models import Check, Finding
from commonground.guidance.refresh import refresh
from commonground.guidance.tests.test_refresh import decided
from commonground.realignment.models import ProcessFate

URL = "/northlight/findings/"
POLL = {"HX-Request": "true", "HX-Target": "standing"}


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "FEW", 3)


@pytest.fixture
def waiting() -> Iterator[None]:
    """A worker that does not come to it."""
    with override_settings(TASKS={"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}):
        yield


@pytest.fixture
def at_once() -> Iterator[None]:
    """A worker that does it while it is asked."""
    with override_settings(TASKS={"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}):
        yield


def asked() -> list[dict[str, object]]:
    return [dict(result.kwargs) for result in task_backends["default"].results]


def test_few_people_are_checked_by_the_page(cast: Cast, waiting: None) -> None:
    decided(cast)
    page = cast.client_of("alice").get(URL).content.decode()
    assert "checked today at" in page
    assert not asked()


def test_many_people_are_checked_by_a_task_that_is_asked_once(cast: Cast, many: None, waiting: None) -> None:
    decided(cast)
    client = cast.client_of("alice")
    for _ in range(3):
        page = client.get(URL).content.decode()
    assert "checking now…" in page
    assert 'hx-target="#content"' in page  # nothing is there yet: the whole page comes with the first answer
    assert asked() == [{"program": cast.program.pk, "whole": False}]
    assert not Finding.objects.exists()


def test_a_slow_last_run_asks_a_task_too(cast: Cast, waiting: None) -> None:
    check = refresh(cast.program, timezone.localdate(), timezone.now())
    Check.objects.update(seconds=checking.QUICK)
    check.refresh_from_db()
    assert not is_quick(check)
    decided(cast)
    assert standing(cast.program, timezone.localdate(), timezone.now()).running
    assert len(asked()) == 1


def test_the_page_tells_when_it_has_ended(cast: Cast, many: None, waiting: None) -> None:
    refresh(cast.program, timezone.localdate(), timezone.now())
    decided(cast)
    client = cast.client_of("alice")
    page = client.get(URL).content.decode()
    assert "checking now… these are of" in page
    assert 'hx-trigger="every 2s"' in page
    refresh(cast.program, timezone.localdate(), timezone.now())  # the worker has come to it
    page = client.get(URL, headers=POLL).content.decode()
    assert "show what it found</a>" in page
    assert "every 2s" not in page
    page = client.get(URL).content.decode()
    assert "show what it found" not in page
    assert "Dan Dahl answers for Write the first bill" in page


def test_a_worker_brings_the_findings(cast: Cast, many: None, at_once: None) -> None:
    decided(cast)
    state = standing(cast.program, timezone.localdate(), timezone.now())
    assert not state.running
    assert state.check is not None
    assert state.check.asked_at is None
    assert Finding.objects.filter(code="MNGR-01").exists()


def test_a_task_that_never_answered_is_asked_for_again(cast: Cast, waiting: None) -> None:
    check, _ = Check.objects.get_or_create(program=cast.program)
    now = timezone.now()
    assert ask(check, now)
    assert not ask(check, now + PATIENCE / 2)
    assert ask(check, now + PATIENCE + timedelta(seconds=1))
    assert len(asked()) == 2


def test_check_again_runs_all_of_them_and_says_so(cast: Cast, many: None, waiting: None) -> None:
    refresh(cast.program, timezone.localdate(), timezone.now())
    client = cast.client_of("alice")
    page = client.post(f"{URL}check/", follow=True).content.decode()
    assert asked() == [{"program": cast.program.pk, "whole": True}]
    assert "You may leave the page." in page
    assert "checking now…" in page
    assert "running already" in client.post(f"{URL}check/", follow=True).content.decode()
    assert len(asked()) == 1


def test_check_again_finds_what_no_counter_tells(cast: Cast, many: None, at_once: None) -> None:
    refresh(cast.program, timezone.localdate(), timezone.now())
    ProcessFate.objects.create(
        program=cast.program,
        process=cast.things["billing_process"],
        fate="move",
        to_unit=cast.units["contact"],
        stage="told",
    )
    assert not standing(cast.program, timezone.localdate(), timezone.now()).running
    assert not Finding.objects.filter(code="MNGR-01").exists()
    cast.client_of("alice").post(f"{URL}check/")
    assert Finding.objects.filter(code="MNGR-01").exists()
