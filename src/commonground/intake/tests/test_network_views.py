"""Bringing a network file: matched to the register, looked over, taken over, chosen from, deleted; never a tie on a page."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from tests.cast import Cast

from commonground.access.retention import edge
from commonground.coalition.keeping import NETWORKS, RULES
from commonground.coalition.models import NetworkFile, OptOut, Selection
from commonground.coalition.tasks import choose_task
from commonground.journal.models import Entry, Values

BRING, LIST = "/northlight/imports/network/", "/northlight/champions/networks/"
EDGES = b"ego,alter\nP5,P3\nP6,carol@example.org\nheidi holm,P3\nP10,P9\nX77,P3\n"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lead(cast: Cast, settings: Settings, tmp_path: Path) -> Client:
    settings.DATA = tmp_path
    return cast.alice.client()


def send(client: Client, **given: object) -> HttpResponse:
    day = timezone.localdate()
    said = {
        "name": "Who asks whom",
        "file": SimpleUploadedFile("asks.csv", EDGES),
        "way": "looks",
        "what_for": "To choose champions.",
        "agreement": "Works agreement 14",
        "agreed_with": "Works council",
        "agreed_on": day,
        "expires_on": day + timedelta(days=30),
    }
    return client.post(BRING, {**said, **given})


def post(client: Client) -> NetworkFile:
    answer = send(client)
    assert answer.status_code == 302, answer.content.decode()
    return NetworkFile.objects.get()


def test_people_are_matched_by_id_mail_or_name_and_the_rest_is_counted(lead: Client, settings: Settings) -> None:
    row = post(lead)
    assert (row.people, row.ties, row.unmatched_people, row.unmatched_ties) == (
        5,
        4,
        1,
        1,
    )  # Heidi by name and by id is one person
    page = lead.get(f"{LIST}{row.pk}/").content.decode()
    assert "1 id or name that nobody in the register has" in page
    assert not any(word in page for word in ("Carol", "P3", "X77", "Heidi"))
    files = [path.name for path in Path(settings.DATA).rglob("*") if path.is_file()]
    assert files == [f"{row.place}.npz"], "the file itself is kept nowhere"
    assert row.path.stat().st_mode & 0o777 == 0o600
    said = " ".join(str(one) for one in Values.objects.values_list("data", flat=True))
    assert "Carol" not in said


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"agreement": ""}, "Without it nothing is."),
        ({"agreed_with": ""}, "This field is required"),
        ({"expires_on": timezone.localdate() + timedelta(days=181)}, "at most 180 days ahead"),
        ({"agreed_on": timezone.localdate() + timedelta(days=1)}, "still to come"),
        ({"file": SimpleUploadedFile("x.csv", b"source,target\nA,B\n")}, "Nobody in"),
        ({"file": SimpleUploadedFile("x.csv", b"")}, "empty"),
    ],
)
def test_without_a_basis_or_a_last_day_nothing_is_taken_in(lead: Client, given: dict[str, object], words: str) -> None:
    answer = send(lead, **given)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not NetworkFile.objects.exists()


def test_champions_are_chosen_from_it_and_the_ties_are_deleted(lead: Client, cast: Cast) -> None:
    assert cast.ivan.person is not None
    OptOut.objects.create(person=cast.ivan.person)
    row = post(lead)
    assert lead.get(f"{LIST}{row.pk}/select/").status_code == 302, "not before it is taken over"
    lead.post(f"{LIST}{row.pk}/take/")
    assert lead.post(f"{LIST}{row.pk}/select/", {"count": 1, "steps": 1}).status_code == 302
    choice = Selection.objects.get()
    choose_task.func(choice.pk)
    choice.refresh_from_db()
    assert cast.carol.person is not None
    assert choice.chosen == [cast.carol.person.pk], choice.result
    page = lead.get(f"/northlight/champions/selections/{choice.pk}/").content.decode()
    assert "Carol Cole" in page
    assert not any(word in page for word in ("Heidi", "Erin", "Charlie"))
    lead.post(f"/northlight/champions/selections/{choice.pk}/accept/", {"keep": choice.chosen[0]})
    row.refresh_from_db()
    assert row.state == "selected"
    assert not row.path.exists()


def test_it_is_deleted_at_once_or_on_its_day(lead: Client, cast: Cast) -> None:
    row = post(lead)
    rule = next(one for one in RULES if one.key == NETWORKS)
    assert rule.due(edge(row.expires_on, 180)) == 0
    late = edge(row.expires_on + timedelta(days=1), 180)
    assert rule.due(late) == 1
    assert rule.run(late, timezone.now()) == 1
    assert not row.path.exists()
    row.refresh_from_db()
    assert row.state == "expired"
    NetworkFile.objects.all().delete()
    again = post(lead)
    lead.post(f"{LIST}{again.pk}/delete/")
    assert not again.path.exists()
    assert "Works agreement 14" in cast.frank.client().get(LIST).content.decode()
    assert Entry.objects.filter(verb="deleted the ties of a network file").count() == 2


def test_the_auditor_reads_the_basis_and_can_do_nothing(lead: Client, cast: Cast) -> None:
    row = post(lead)
    frank = cast.frank.client()
    assert "To choose champions." in frank.get(f"{LIST}{row.pk}/").content.decode()
    for address in (BRING, f"{LIST}{row.pk}/delete/", f"{LIST}{row.pk}/select/"):
        assert frank.post(address).status_code == 404
    for name in ("bob", "carol", "dan", "erin", "grace"):
        assert cast.client_of(name).get(LIST).status_code == 404
