"""What comes into a log, and what goes from it, is observed: whoever takes a file over or undoes it asks for it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.cast import AT, Cast

from commonground.adoption.models import Behaviour, Observing
from commonground.events.models import Log
from commonground.intake import log_uploads

RULE = {"occasion": {"activity": "Visit"}, "new": {"channel": "CRM"}, "old": {"channel": "Spreadsheet"}}


@pytest.fixture
def behaviour(cast: Cast, settings: Any, tmp_path: Path) -> Behaviour:
    settings.DATA = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    alice = cast.alice.actor
    row = cast.program.add(Behaviour(key="B1", name="note the contact", new_words="CRM"), by=alice, at=AT)
    row.set_rule(RULE, log=Log.objects.begin("Contacts", by=alice, at=AT), by=alice, at=AT)
    return row


def test_taking_a_file_over_and_undoing_it_ask(
    cast: Cast, behaviour: Behaviour, django_capture_on_commit_callbacks: Any
) -> None:
    alice = cast.alice.actor
    file = SimpleUploadedFile("a.csv", b"case,activity,time,channel\n1,Visit,2026-03-02 09:00,CRM\n")
    with django_capture_on_commit_callbacks(execute=True):
        row = log_uploads.bring_to(behaviour.log, file, name="", source="CRM", program=cast.program, by=alice, at=AT)
        row.agree("Agreed", on=None, by=alice, at=AT)
        log_uploads.take_over(row, by=alice, at=AT)
    asked = Observing.objects.get(behaviour=behaviour).asked_at
    with django_capture_on_commit_callbacks(execute=True):
        log_uploads.undo(row, by=alice, at=AT + timedelta(hours=1))
    assert Observing.objects.get(behaviour=behaviour).asked_at > asked


def test_a_log_that_a_behaviour_is_read_from_stays_when_its_only_file_is_set_aside(
    cast: Cast, behaviour: Behaviour
) -> None:
    alice = cast.alice.actor
    file = SimpleUploadedFile("a.csv", b"case,activity,time,channel\n1,Visit,2026-03-02 09:00,CRM\n")
    row = log_uploads.bring_to(behaviour.log, file, name="", source="CRM", program=cast.program, by=alice, at=AT)
    log_uploads.set_aside(row, by=alice, at=AT)
    assert Log.objects.filter(pk=behaviour.log_id).exists()
