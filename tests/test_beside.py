"""The pages of the organization show what the folders above know, to those who may see it and to nobody else."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from commonground.organization.models import Role
from commonground.realignment.models import ProcessFate
from commonground.workflows.models import AnswersFor, Process
from tests.cast import Cast

pytestmark = pytest.mark.django_db
AT = datetime(2026, 9, 14, 9, tzinfo=UTC)


def text(cast: Cast, name: str, pk: int) -> str:
    address = reverse("organization:person", kwargs={"program": cast.program.slug, "pk": pk})
    return cast.client_of(name).get(address).content.decode()


def test_a_person_answers_for_processes_and_colleagues_do_not_see_it(cast: Cast) -> None:
    process = Process.objects.create(program=cast.program, key="q", name="Open the post")
    AnswersFor.objects.create(process=process, person=cast.erin.person)
    assert "Open the post" in text(cast, "alice", cast.erin.person.pk)
    assert "Open the post" in text(cast, "erin", cast.erin.person.pk)
    assert "Open the post" not in text(cast, "alice", cast.charlie.person.pk)


def test_a_process_that_only_a_plan_knows_is_not_shown(cast: Cast) -> None:
    process = Process.objects.create(program=cast.program, key="q", name="Own it end to end", planned_only=True)
    AnswersFor.objects.create(process=process, person=cast.erin.person)
    ProcessFate.objects.create(program=cast.program, process=process, fate="create")
    assert "Own it end to end" not in text(cast, "erin", cast.erin.person.pk)


def test_every_role_leads_to_its_plan_whether_there_is_one_or_not(cast: Cast) -> None:
    for role in Role.objects.all():
        address = reverse("organization:role", kwargs={"program": cast.program.slug, "pk": role.pk})
        assert "What becomes of it" in cast.client_of("alice").get(address).content.decode()
        assert "What becomes of it" not in cast.client_of("erin").get(address).content.decode()
