"""Adding, changing, removing a behaviour, and putting it back."""

import re

from tests.cast import AT, Cast

from commonground.adoption.models import Behaviour, Observing
from commonground.journal.models import Entry
from commonground.programs.models import Program

ASKED = {
    "name": "Log the contact",
    "new_words": "in the shared record",
    "old_words": "on paper",
    "occasion_words": "contacts",
    "source": "count",
    "target": "80",
    "target_on": "2027-06-30",
    "starts_on": "2026-01-12",
    "old_possible": "true",
    "old_rewarded": "unknown",
    "owner": "erin@example.org",
}
ADD = "/northlight/pace/add/"


def made(cast: Cast, **more: str) -> Behaviour:
    cast.alice.client().post(ADD, {**ASKED, **more})
    return Behaviour.objects.get()


def test_it_is_added_with_a_journal_entry_and_leads_to_the_counts(cast: Cast) -> None:
    answer = cast.alice.client().post(ADD, ASKED)
    row = Behaviour.objects.get()
    assert answer.headers["Location"] == f"/northlight/pace/{row.pk}/counts/"
    assert (row.target_share, row.old_possible, row.old_rewarded) == (0.8, True, None)
    assert row.owner == cast.erin.person
    assert Entry.objects.get(kind="adoption.behaviour").verb == "added a behaviour"
    assert Observing.objects.filter(behaviour=row).exists()


def test_what_does_not_fit_together_is_said_at_its_field(cast: Cast) -> None:
    alice = cast.alice.client()
    page = alice.post(ADD, {**ASKED, "target_on": ""})
    assert page.status_code == 422
    assert "A share and a day belong together" in page.content.decode()
    page = alice.post(ADD, {**ASKED, "target_on": "2025-01-01"})
    assert "The target lies before the start" in page.content.decode()
    page = alice.post(ADD, {**ASKED, "name": ""})
    assert 'href="#id_name"' in page.content.decode()
    page = alice.post(ADD, {**ASKED, "target": "180"})
    assert page.status_code == 422
    assert not Behaviour.objects.exists()


def test_it_is_changed_and_the_share_is_asked_in_percent(cast: Cast) -> None:
    row = made(cast)
    address = f"/northlight/pace/{row.pk}/change/"
    form = cast.alice.client().get(address).content.decode()
    assert re.search(r'name="target" value="80"', form)
    answer = cast.alice.client().post(address, {**ASKED, "target": "62,5", "old_possible": "false"})
    assert answer.status_code == 422, "a comma is not read as a point"
    cast.alice.client().post(address, {**ASKED, "target": "62.5", "old_possible": "false"})
    row.refresh_from_db()
    assert (row.target_share, row.old_possible) == (0.625, False)
    before = Entry.objects.count()
    cast.alice.client().post(address, {**ASKED, "target": "62.5", "old_possible": "false"})
    assert Entry.objects.count() == before, "nothing differed, so nothing was written"


def test_it_is_removed_and_put_back(cast: Cast) -> None:
    row = made(cast)
    alice = cast.alice.client()
    alice.post(f"/northlight/pace/{row.pk}/remove/")
    assert not Behaviour.objects.exists()
    entry = Entry.objects.get(verb="removed a behaviour")
    alice.post(f"/northlight/pace/put-back/{entry.pk}/")
    assert Behaviour.objects.get().target_share == 0.8


def test_it_stays_while_benefits_belong_to_it(cast: Cast) -> None:
    row = made(cast)
    row.benefits.create(program=cast.program, name="x", unit_words="minutes", per_occasion=1)
    answer = cast.alice.client().post(f"/northlight/pace/{row.pk}/remove/", follow=True)
    assert "has benefits, so it stays" in answer.content.decode()
    assert Behaviour.objects.exists()


def test_only_those_who_change_the_pace_may(cast: Cast) -> None:
    row = made(cast)
    for name in ("bob", "dan", "frank", "grace", "charlie", "heidi"):
        client = cast.client_of(name)
        assert client.get(ADD).status_code == 404
        assert client.get(f"/northlight/pace/{row.pk}/change/").status_code == 404
        assert client.post(f"/northlight/pace/{row.pk}/remove/").status_code == 404
    assert cast.carol.client().get(ADD).status_code == 200


def test_a_behaviour_of_another_program_is_not_found(cast: Cast) -> None:
    other = Program.objects.create(slug="other", name="Other", started=AT.date())
    row = Behaviour.objects.create(program=other, key="B1", name="x", new_words="y")
    for page in ("change", "rule", "counts"):
        assert cast.alice.client().get(f"/northlight/pace/{row.pk}/{page}/").status_code == 404
