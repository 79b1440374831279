"""The pages of the team: what covers whom, three proposals with their reasons, gaps that follow at once, asking and taking back."""

import csv
import io
import re
from types import SimpleNamespace

from django.test import Client
from django.utils import timezone
from tests.cast import STARTED, Cast

from commonground.coalition.models import Composition, Member
from commonground.guidance.models import Check, Result
from commonground.guidance.refresh import refresh
from commonground.organization.models import Assignment
from commonground.programs.models import Program
from commonground.realignment.models import ProcessFate, Seat, Solution
from commonground.reports import composed, team_compose_views
from commonground.reports.tests.test_today import changes

TEAM, COMPOSE = "/northlight/team/", "/northlight/team/compose/"


def told(cast: Cast) -> None:
    """Both processes of the cast are in question; the bill loses its purpose."""
    days = {"stage": "told", "consulted_on": STARTED, "line_spoke_on": STARTED, "told_on": STARTED, "shown_on": STARTED}
    for name, fate in (("process", "reshape"), ("billing_process", "automate")):
        ProcessFate.objects.update_or_create(
            program=cast.program, process=cast.things[name], defaults={"fate": fate, **days}
        )


def read(client: Client, address: str) -> str:
    """A page after the guidelines have looked at what was done, which on a slow machine a task does later."""
    refresh(Program.objects.get(), timezone.localdate(), timezone.now())
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def heading(page: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    assert found is not None
    return found[1]


def key(page: str) -> str:
    found = re.search(r'name="key" value="(\w+)"', page)
    assert found is not None
    return found[1]


def test_the_team_page_says_who_stands_for_whom_and_who_is_missing(cast: Cast) -> None:
    told(cast)
    page = read(cast.client_of("alice"), TEAM)
    assert "Nobody is on the team yet" in page
    assert "nobody yet" in page
    Member.objects.ask(cast.program, cast.erin.person, by=cast.alice.actor, at=timezone.now())
    page = read(cast.client_of("alice"), TEAM)
    assert heading(page).startswith("1 person is asked to join the team; ")
    assert "one of 2 touched groups has nobody on it yet" in heading(page)
    assert "Erin Eide" in page
    assert "Does Write the first bill" in page


def test_the_csv_says_the_same(cast: Cast) -> None:
    told(cast)
    Member.objects.ask(cast.program, cast.erin.person, by=cast.alice.actor, at=timezone.now())
    client = cast.client_of("alice")
    text = b"".join(client.get(TEAM, {"format": "csv"})).decode().lstrip("\ufeff")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["person"], row["answer"], row["level"]) == ("Erin Eide", "not known yet", "Staff")
    text = b"".join(client.get(TEAM, {"format": "csv", "table": "groups"})).decode().lstrip("\ufeff")
    groups = {(row["unit"], row["level"]): row["members"] for row in csv.DictReader(io.StringIO(text))}
    assert groups["Customers", "Staff"] == "Erin Eide"
    assert groups["Customers", "Manager"] == "nobody yet"


def test_who_may_open_the_pages(cast: Cast) -> None:
    told(cast)
    team = {
        name: cast.client_of(name).get(TEAM).status_code
        for name in ("alice", "bob", "carol", "dan", "frank", "erin", "grace")
    }
    assert team == {**dict.fromkeys(("alice", "bob", "carol", "dan", "frank"), 200), "erin": 404, "grace": 404}
    compose = {
        name: cast.client_of(name).get(COMPOSE).status_code for name in ("alice", "bob", "carol", "dan", "frank")
    }
    assert compose == {"alice": 200, **dict.fromkeys(("bob", "carol", "dan", "frank"), 404)}


def test_a_draft_changes_no_page_of_who_may_not_see_it(cast: Cast) -> None:
    changes(cast, "draft")
    ProcessFate.objects.filter(program=cast.program).update(stage="draft")
    assert "Nobody is touched by what is told so far" in read(cast.client_of("carol"), TEAM)


def test_each_seat_says_why_and_gaps_follow_at_once(cast: Cast) -> None:
    told(cast)
    client = cast.client_of("alice")
    page = read(client, COMPOSE)
    assert "Answers for Write the first bill, whose purpose is in question" in page
    assert "Proven: no team of fewer than" in page
    assert "No gaps: whoever is touched has somebody" in page
    client.post(f"{COMPOSE}wish/{cast.dan.person.pk}/leave/", {"reason": "leave"})
    page = read(client, COMPOSE)
    assert "Customers, manager" in page
    assert "on leave" in page
    assert re.search(r"\w+ gaps? that nobody can fill as things are", page)
    client.post(f"{COMPOSE}wish/{cast.dan.person.pk}/let-go/")
    assert "No gaps: whoever is touched has somebody" in read(client, COMPOSE)
    client.post(f"{COMPOSE}wish/{cast.charlie.person.pk}/fix/")
    page = read(client, f"{COMPOSE}?size=small")
    assert "Charlie Chen" in page
    assert "with 1 person fixed" in page


def test_what_was_shown_is_who_is_asked(cast: Cast) -> None:
    told(cast)
    client = cast.client_of("alice")
    page = read(client, f"{COMPOSE}?size=small")
    proposed = {row.name for row in (cast.dan.person, cast.carol.person) if row.name in page}
    answer = client.post(f"{COMPOSE}seat/", {"size": "small", "key": "0ther", "searches": "1"}, follow=True)
    assert "The proposal has changed since you saw it" in answer.content.decode()
    assert not Member.objects.exists()
    answer = client.post(f"{COMPOSE}seat/", {"size": "small", "key": key(page), "searches": "1"}, follow=True)
    assert "asked to join the team" in answer.content.decode()
    assert {row.person.name for row in Member.objects.all()} >= proposed
    dan = Member.objects.get(person=cast.dan.person)
    assert dan.stands_for == ["answers for Write the first bill, whose purpose is in question"]
    assert Seat.objects.filter(person=cast.dan.person, solution=Solution.objects.get()).exists()
    assert "Everybody whom this team needs is asked or on it" in read(client, COMPOSE)
    client.post(f"{COMPOSE}undo/")
    assert not Member.objects.exists()
    assert not Seat.objects.exists()


def test_what_somebody_reads_of_why_they_are_asked_has_been_told(cast: Cast) -> None:
    """The lead sees a draft and asks by it; the words that go with the asking come from what is told."""
    told(cast)
    ProcessFate.objects.filter(process=cast.things["billing_process"]).update(stage="draft", told_on=None)
    ProcessFate.objects.get(process=cast.things["billing_process"]).readers.add(cast.alice.user)
    client = cast.client_of("alice")
    page = read(client, f"{COMPOSE}?size=small")
    client.post(f"{COMPOSE}seat/", {"size": "small", "key": key(page)})
    for row in Member.objects.all():
        assert "first bill" not in "; ".join(row.stands_for)


def test_who_said_no_is_proposed_no_more(cast: Cast) -> None:
    told(cast)
    row = Member.objects.ask(cast.program, cast.dan.person, by=cast.alice.actor, at=timezone.now())
    row.record_consent(False, by=cast.dan.actor, at=timezone.now())
    page = read(cast.client_of("alice"), COMPOSE)
    assert "said no to the team" in page
    assert Composition.objects.of(cast.program).pk is None


def test_one_answers_on_ones_own_page(cast: Cast) -> None:
    told(cast)
    Member.objects.ask(cast.program, cast.erin.person, stands_for=["does it"], by=cast.alice.actor, at=timezone.now())
    client = cast.client_of("erin")
    page = read(client, "/northlight/for-me/")
    assert "You are asked to join the project team. Why you: does it." in page
    row = Member.objects.get()
    back = "/northlight/for-me/#team"
    answer = client.post(f"/northlight/team/members/{row.pk}/answer/yes/", {"back": back})
    assert answer.headers["Location"] == back
    assert "hours are not agreed yet" in read(client, "/northlight/for-me/")
    assert "1 person of yours is asked to join: Erin Eide" in read(cast.client_of("dan"), "/northlight/for-me/")


def test_advice_says_where_the_evidence_stands(cast: Cast) -> None:
    told(cast)
    client = cast.client_of("alice")
    assert "How far does the change depart from how things are done here?" in read(client, COMPOSE)
    for step, said in ((1, "supports the rule"), (3, "neither that the rule holds"), (5, "qualifies the rule")):
        client.post(f"{COMPOSE}divergence/", {"divergence": str(step)})
        page = read(client, COMPOSE)
        assert said in page
        assert "Battilana and Casciaro 2012" in page


def test_on_a_large_ground_a_task_composes(cast: Cast, monkeypatch) -> None:
    told(cast)
    asked: list[dict] = []
    monkeypatch.setattr(composed, "QUICK", 0)
    task = SimpleNamespace(enqueue=lambda **words: asked.append(words))
    monkeypatch.setattr(team_compose_views, "compose_task", task)
    client = cast.client_of("alice")
    assert "The teams are being composed" in read(client, COMPOSE)
    read(client, COMPOSE)
    assert asked == [{"program": cast.program.pk, "view": "told"}], "asked once while it is under way"
    ground = Result.objects.get(function="team_ground")
    composed.composed(
        ground, composed.choice_of(Composition.objects.of(cast.program), timezone.localdate()), timezone.now()
    )
    assert "Proven: no team of fewer than" in read(client, COMPOSE)


def test_a_program_without_anything_in_question_says_what_is_missing(cast: Cast) -> None:
    Assignment.objects.all().delete()
    assert "Not enough data yet" in read(cast.client_of("alice"), COMPOSE)
    assert "Nobody is touched by what is told so far" in read(cast.client_of("alice"), TEAM)
    assert Check.objects.exists()
