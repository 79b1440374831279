"""Pages of rounds: preparing, what would be stored, opening, codes, and the way of those who are signed in."""

from pathlib import Path
from typing import Any

import pytest
import time_machine
from pytest_django import Settings
from tests.cast import Cast

from commonground.assessments.models import Answer, Combination, Invited, Round, Token
from commonground.assessments.tests.asked import AT, DAY, draft, opened, staffed
from commonground.assessments.tokens import digest_of, key_of, personal, read
from commonground.journal.models import Entry


@pytest.fixture(autouse=True)
def _own_data(settings: Settings, tmp_path: Path) -> Any:
    settings.DATA = tmp_path
    with time_machine.travel(AT, tick=False):
        yield


ASKED = {
    "name": "Culture, autumn",
    "instrument": "culture",
    "languages": ["en", "de"],
    "opens_on": DAY.isoformat(),
    "closes_on": DAY.replace(day=30).isoformat(),
    "threshold": "5",
    "attributes": ["unit", "level"],
    "first": "level",
    "published": ["whole", "unit", "level"],
    "units": [],
    "levels": [],
}


def test_a_round_is_prepared_looked_at_and_opened(cast: Cast) -> None:
    staffed(cast)
    alice = cast.alice.client()
    form = alice.get("/northlight/assessments/add/?instrument=culture").content.decode()
    assert '<option value="culture" selected>' in form
    assert alice.post("/northlight/assessments/add/", ASKED).status_code == 302
    row = Round.objects.get()
    assert row.purpose == "culture"
    assert row.attributes == ["level", "unit"]
    assert row.tables == [[], ["unit"], ["level"]]
    page = alice.get(f"/northlight/assessments/{row.pk}/").content.decode()
    assert "49 people" in page
    assert "they will be counted with" in page or "counted with" in page
    alice.post(f"/northlight/assessments/{row.pk}/open/")
    row.refresh_from_db()
    assert row.state == "open"
    page = alice.get(f"/northlight/assessments/{row.pk}/").content.decode()
    assert "Print the slips" in page
    assert "Remind all" in page


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"threshold": "4"}, "The house asks for at least 5 people"),
        ({"published": ["unit-shift"]}, "A table compares by shift"),
        ({"sample_size": "30"}, "Give a number, so that the same sample can be drawn again"),
        ({"closes_on": "2026-09-01"}, "It would end before it begins"),
        ({"instrument": "oric"}, "oric is not one of the available choices"),
    ],
)
def test_what_does_not_fit_together_is_said_at_its_field(cast: Cast, more: dict[str, Any], words: str) -> None:
    page = cast.alice.client().post("/northlight/assessments/add/", {**ASKED, **more})
    assert page.status_code == 422
    assert words in page.content.decode()
    assert not Round.objects.exists()


def test_a_draft_is_changed_removed_and_put_back(cast: Cast) -> None:
    staffed(cast)
    row, alice = draft(cast, population={"units": ["WAT"], "front_office": True}), cast.alice.client()
    page = alice.get(f"/northlight/assessments/{row.pk}/change/").content.decode()
    assert '<option value="WAT" selected>' in page
    alice.post(f"/northlight/assessments/{row.pk}/change/", {**ASKED, "name": "Other"})
    assert Round.objects.get().name == "Other"
    alice.post(f"/northlight/assessments/{row.pk}/remove/")
    assert not Round.objects.exists()
    entry = Entry.objects.get(verb="removed a round")
    alice.post(f"/northlight/assessments/put-back/{entry.pk}/")
    assert Round.objects.get().name == "Other"


def test_drafts_are_for_those_who_prepare_them(cast: Cast) -> None:
    staffed(cast)
    row = draft(cast)
    assert cast.erin.client().get(f"/northlight/assessments/{row.pk}/").status_code == 404
    assert cast.bob.client().get(f"/northlight/assessments/{row.pk}/").status_code == 404
    assert row.name not in cast.erin.client().get("/northlight/assessments/").content.decode()
    assert cast.grace.client().get("/northlight/assessments/").status_code == 404
    assert cast.dan.client().post(f"/northlight/assessments/{row.pk}/open/").status_code == 404


def test_slips_are_printed_twelve_a_sheet_and_work(cast: Cast) -> None:
    staffed(cast, every=14)
    row = opened(cast)
    crews = Combination.objects.get(round=row, label="Metering crews")
    page = cast.alice.client().get(f"/northlight/assessments/groups/{crews.pk}/codes/")
    text = page.content.decode()
    assert page.headers["Cache-Control"] == "no-store"
    assert text.count('<ul class="slips">') == 2
    assert text.count('<p class="code-line">') == 14
    assert text.count("<svg") >= 14
    assert "style=" not in text
    code = read(text.split('<p class="code-line">')[1].split("<")[0])
    assert Token.objects.get(digest=digest_of(code)).combination == crews
    assert cast.dan.client().get(f"/northlight/assessments/groups/{crews.pk}/codes/").status_code == 404


def test_who_is_signed_in_goes_to_their_own_questions_and_nothing_is_kept_of_it(cast: Cast) -> None:
    staffed(cast)
    row, erin = opened(cast), cast.erin.client()
    assert "Waiting for your answer" in erin.get("/northlight/assessments/").content.decode()
    page = erin.get("/northlight/assessments/waiting/").content.decode()
    assert row.name in page
    assert erin.get(f"/northlight/assessments/{row.pk}/go/").status_code == 405
    journal = Entry.objects.count()
    before = dict(erin.session.items())
    sent = erin.post(f"/northlight/assessments/{row.pk}/go/")
    code = read(sent.headers["Location"].strip("/").split("/")[1])
    assert code == personal(key_of(row.pk), cast.played["erin"].person.pk)
    assert dict(erin.session.items()) == before
    assert Entry.objects.count() == journal
    assert erin.post(f"/northlight/assessments/{row.pk + 1}/go/").status_code == 404


def test_who_was_not_asked_has_nothing_waiting(cast: Cast) -> None:
    staffed(cast)
    row = opened(cast, population={"units": ["CON"]})
    erin = cast.erin.client()
    assert "No round asks you today" in erin.get("/northlight/assessments/waiting/").content.decode()
    assert erin.post(f"/northlight/assessments/{row.pk}/go/").status_code == 404
    assert cast.frank.client().get("/northlight/assessments/waiting/").status_code == 200


def test_extending_and_reminding_by_a_click(cast: Cast) -> None:
    staffed(cast)
    row, alice = opened(cast), cast.alice.client()
    alice.post(f"/northlight/assessments/{row.pk}/extend/", {"until": "2026-10-05", "why": "Storm"})
    row.refresh_from_db()
    assert row.extended
    with time_machine.travel(AT.replace(day=AT.day + 4), tick=False):
        cast.alice.client().post(f"/northlight/assessments/{row.pk}/remind/")
    row.refresh_from_db()
    assert row.reminders == 1


def test_cancelling_deletes_all_answers(cast: Cast) -> None:
    staffed(cast)
    row = opened(cast)
    one = Invited.objects.filter(round=row)[0]
    Answer.objects.create(pk=7, round=row, combination=one.combination, values={"need1": 3})
    page = cast.alice.client().post(f"/northlight/assessments/{row.pk}/cancel/", {"why": "The strike came between."})
    assert page.status_code == 302
    row.refresh_from_db()
    assert row.state == "cancelled"
    assert not Answer.objects.exists()
    assert not Token.objects.exists()


def test_the_list_as_a_sheet_and_by_state(cast: Cast) -> None:
    staffed(cast)
    draft(cast, name="A draft")
    opened(cast)
    alice = cast.alice.client()
    assert "A draft" not in alice.get("/northlight/assessments/?state=open").content.decode()
    sheet = b"".join(alice.get("/northlight/assessments/?format=csv").streaming_content).decode()
    assert sheet.splitlines()[0].endswith("threshold")
    assert sheet.lstrip("\ufeff").startswith("name,instrument,state")
    assert len(sheet.splitlines()) == 3
