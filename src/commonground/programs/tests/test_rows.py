"""Rows of the program's register: added, changed, removed and put back, each written in the journal."""

from datetime import date

import pytest
from django.urls import reverse
from tests.cast import AT, Cast

from commonground.journal.models import Entry, Version
from commonground.journal.recording import verify
from commonground.programs import register
from commonground.programs.models import Activity, Engagement, Milestone, Strategy


def address(cast: Cast, name: str, **kwargs: object) -> str:
    space = "plan" if name in {"set-state", "table"} or "activity" in name else "programs"
    return reverse(f"{space}:{name}", kwargs={"program": cast.program.slug, **kwargs})


def test_an_engagement_is_logged_by_form(cast: Cast) -> None:
    response = cast.alice.client().post(
        address(cast, "add-engagement"), {"on": "2026-01-20", "who": "The board", "kind": "board", "outside_it": "true"}
    )
    assert response.status_code == 302
    row = Engagement.objects.get()
    assert (row.who, row.outside_it) == ("The board", True)
    assert Entry.objects.about(row).get().verb == "added an engagement"
    assert Version.objects.now()["engagements"] == 1


def test_a_milestone_stands_once_on_the_line(cast: Cast) -> None:
    cast.program.add(Milestone(kind="cut_over", planned=date(2027, 1, 1)), by=cast.alice.actor, at=AT)
    response = cast.alice.client().post(address(cast, "add-milestone"), {"kind": "cut_over", "planned": "2027-02-01"})
    assert response.status_code == 422
    assert "stands on the line already" in response.content.decode()


def test_a_change_says_what_was_before(cast: Cast) -> None:
    row = cast.program.add(Milestone(kind="cut_over", planned=date(2027, 1, 1)), by=cast.alice.actor, at=AT)
    cast.alice.client().post(
        address(cast, "edit-milestone", pk=row.pk),
        {"kind": "cut_over", "planned": "2027-01-01", "actual": "2026-12-30"},
    )
    entry = Entry.objects.about(row).get(verb="changed a milestone")
    assert entry.values.data["before"] == {"actual": None}
    assert entry.values.data["after"] == {"actual": "2026-12-30"}


def test_saving_without_a_difference_writes_nothing(cast: Cast) -> None:
    row = cast.program.add(Milestone(kind="cut_over", planned=date(2027, 1, 1)), by=cast.alice.actor, at=AT)
    assert not row.change({"planned": date(2027, 1, 1)}, by=cast.alice.actor, at=AT)
    assert Entry.objects.about(row).count() == 1


def test_what_was_removed_is_put_back_as_it_was(cast: Cast) -> None:
    client = cast.alice.client()
    row = cast.program.add(
        Activity(key="A1", kind="briefing", owner=cast.erin.person, hours=2.5), by=cast.alice.actor, at=AT
    )
    client.post(address(cast, "remove-activity", pk=row.pk))
    assert not Activity.objects.exists()
    entry = Entry.objects.get(verb="removed an activity")
    assert "Put it back" in client.get(address(cast, "table")).content.decode()
    client.post(address(cast, "put-back-activity", entry=entry.pk))
    back = Activity.objects.get()
    assert (back.pk, back.key, back.owner, back.hours) == (row.pk, "A1", cast.erin.person, 2.5)
    assert "Put it back" not in client.get(address(cast, "table")).content.decode()
    assert verify().sound


def test_it_is_not_put_back_over_another_in_its_place(cast: Cast) -> None:
    row = cast.program.add(Milestone(kind="cut_over", planned=date(2027, 1, 1)), by=cast.alice.actor, at=AT)
    row.remove(by=cast.alice.actor, at=AT)
    cast.program.add(Milestone(kind="cut_over", planned=date(2027, 2, 1)), by=cast.alice.actor, at=AT)
    entry = Entry.objects.select_related("values").get(verb="removed a milestone")
    with pytest.raises(register.CannotError, match="taken its place"):
        register.put_back(entry, Milestone, facts=(), by=cast.alice.actor, at=AT)


def test_a_part_that_a_workflow_serves_stays(cast: Cast) -> None:
    strategy = cast.things["strategy"]
    response = cast.alice.client().post(address(cast, "remove-strategy", pk=strategy.pk), follow=True)
    assert "is served by Move-in, so it stays" in response.content.decode()
    assert Strategy.objects.filter(pk=strategy.pk).exists()


def test_the_state_of_an_activity_changes_with_one_click(cast: Cast) -> None:
    row = cast.program.add(Activity(key="A1", kind="briefing"), by=cast.alice.actor, at=AT)
    cast.dan.client().post(address(cast, "set-state", pk=row.pk, state="done"))
    row.refresh_from_db()
    assert row.state == "done"
    assert Entry.objects.about(row).filter(verb="set to done").exists()


def test_a_person_is_found_by_name_or_number_and_asked_for_when_it_is_not_plain(cast: Cast) -> None:
    client, form = cast.alice.client(), {"kind": "communicate", "state": "planned"}
    client.post(address(cast, "add-activity"), {**form, "owner": "erin eide"})
    assert Activity.objects.get().owner == cast.erin.person
    response = client.post(address(cast, "add-activity"), {**form, "owner": "Nemo"})
    assert "Nobody is found under “Nemo”" in response.content.decode()


@pytest.mark.parametrize("name", ["bob", "carol", "erin", "frank", "grace"])
def test_only_the_change_lead_changes_the_line(cast: Cast, name: str) -> None:
    assert cast.client_of(name).get(address(cast, "add-milestone")).status_code == 404
    assert (
        cast.client_of(name).post(address(cast, "goal"), {"goal": "x", "goal_stated_on": "2026-01-01"}).status_code
        == 404
    )
