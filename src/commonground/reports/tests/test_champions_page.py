"""The page of champions and “My peers”: what they say, to whom, and that nobody opens anybody else's list."""

import csv
import io
from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.cast import Cast

from commonground.analysis.coalition.cells import Place
from commonground.analysis.coalition.how_many import Needed
from commonground.analysis.coalition.reach import CellReach, Load, Reach, reach
from commonground.analysis.register import Register
from commonground.coalition.models import Champion, HoursUsed, Meeting, Reaching
from commonground.coalition.weeks import Used
from commonground.guidance.facts_source import facts_of
from commonground.guidance.models import Result
from commonground.guidance.reach_results import peers_of, reach_for
from commonground.guidance.refresh import refresh
from commonground.organization.models import Assignment, Person
from commonground.reports import reached
from commonground.reports.my_peers import my_peers
from commonground.reports.tests.test_today import changes, crowd
from commonground.ui.words import percent
from commonground.voice.models import Topic, Voice
from commonground.voice.tests.voiced import make_voiced
from commonground.voice.working import answer_topic

URL, MINE = "/northlight/champions/", "/northlight/my-peers/"


@pytest.fixture
def told(cast: Cast) -> Cast:
    """Fourteen people of Billing are touched: Dan, Erin and twelve clerks. Heidi of the Contact centre is champion for them."""
    changes(cast)
    crowd(cast)
    return cast


def serve(cast: Cast, name: str = "heidi", hours: float | None = 2, cell: dict[str, str] | None = None) -> Champion:
    person, who = cast.played[name].person, {"by": cast.alice.actor, "at": timezone.now()}
    assert person is not None
    row = Champion.objects.ask(person, program=cast.program, cell=cell, hours=hours, **who)
    row.record_consent(True, **who)
    return row


def lines(cast: Cast, name: str, **query: str) -> list[dict[str, str]]:
    refresh(cast.program, timezone.localdate(), timezone.now())
    text = b"".join(cast.client_of(name).get(URL, {"format": "csv", **query})).decode().lstrip("\ufeff")
    return list(csv.DictReader(io.StringIO(text)))


def seen(cast: Cast, name: str, url: str) -> str:
    """The page after the guidelines have run: on a busy machine a task would, and the page would not wait for it."""
    refresh(cast.program, timezone.localdate(), timezone.now())
    return cast.client_of(name).get(url).content.decode()


def test_nobody_carries_and_then_somebody_does(told: Cast) -> None:
    page = seen(told, "alice", URL)
    assert "Nobody carries the cause yet to 14 touched people" in page
    serve(told, cell={"unit": "BIL", "level": "Staff"})
    page = seen(told, "alice", URL)
    assert "1 champion reaches all 14 touched people" in page
    found = {row["group"]: row for row in lines(told, "alice")}
    # Billing is no business unit of its own here: its people stand in Customers
    assert (
        found["Customers, Staff"]["not_reached"] == found["Customers, Manager"]["not_reached"] == ""
    )  # Dan is alone: few
    assert found["Customers, Staff"]["note"]  # 14 − 13 would tell of him


def test_the_numbers_are_those_of_the_analysis(told: Cast) -> None:
    serve(told, hours=0.5, cell={"unit": "BIL", "level": "Staff"})  # half an hour: room for six
    seen(told, "alice", URL)
    register = Register(facts_of(told.program, "told", timezone.localdate()))
    found = reach(register, ("unit", "level"), 5.0, 2.0)
    assert (found.reached, found.touched) == (6, 14)
    assert "1 champion reaches 6 of 14 touched people" in seen(told, "alice", URL)
    person = told.heidi.person
    assert person is not None
    assert peers_of(told.heidi.actor, told.program) == list(found.lists[person.key])


def test_groups_are_told_by_what_the_program_chooses(told: Cast) -> None:
    serve(told)
    Assignment.objects.filter(person__key__startswith="B").update(shift="night")
    client = told.client_of("alice")
    client.post(f"{URL}groups/", {"attributes": ["unit", "level", "shift"], "minutes": "10", "hours": "1"})
    assert Reaching.objects.of(told.program).attributes == ["unit", "level", "shift"]
    assert {row["group"] for row in lines(told, "alice")} == {
        "Customers, Staff, night shift",
        "Customers, Staff, no shift recorded",
        "Customers, Manager, no shift recorded",
    }
    refused = client.post(f"{URL}groups/", {"minutes": "10", "hours": "1"})
    assert refused.status_code == 422


def test_who_is_asked_stands_on_nobody_elses_page(told: Cast) -> None:
    client = told.client_of("alice")
    sent = client.post(f"{URL}ask/", {"person": "Erin Eide", "source": "asked", "why": "named by several"})
    assert sent.status_code == 302
    assert "Erin Eide" in client.get(URL, {"show": "asked"}).content.decode()
    for name in ("bob", "carol", "dan", "heidi", "frank"):
        for query in ({}, {"show": "asked"}, {"format": "csv", "of": "champions"}):
            answered = told.client_of(name).get(URL, query)
            said = b"".join(answered) if answered.streaming else answered.content
            assert b"Erin Eide" not in said
    again = client.post(f"{URL}ask/", {"person": "Erin Eide", "source": "asked"})
    assert "asked already" in again.content.decode()


def test_hours_and_talks_are_the_change_leads(told: Cast) -> None:
    row = serve(told)
    for week in range(3):
        day = timezone.localdate() - timedelta(weeks=week)
        HoursUsed.objects.note(
            row, day=day, hours=7, contacts=9, words="a secret", by=told.heidi.actor, at=timezone.now()
        )
    mine = lines(told, "alice", of="champions")[0]
    assert (mine["state"], mine["hours_used"], mine["talks"]) == ("beyond the hours given", "7.0", "9.0")
    theirs = lines(told, "bob", of="champions")[0]
    assert (theirs["name"], theirs["state"], theirs["hours_used"], theirs["last_meeting"]) == ("Heidi Holm", "", "", "")
    client = told.client_of("alice")
    assert "Heidi Holm" in client.get(URL, {"show": "much"}).content.decode()
    for url in (URL, f"{URL}{row.pk}/"):
        assert "a secret" not in client.get(url).content.decode()
    assert told.client_of("bob").get(f"{URL}{row.pk}/").status_code == 404


def test_what_is_done_about_a_champion(told: Cast) -> None:
    row, client = serve(told, hours=None), told.client_of("alice")
    where = f"{URL}{row.pk}/"
    assert "without hours yet" in client.get(where).content.decode()
    for path, data in (
        ("hours/", {"hours": "1.5"}),
        ("manager/yes/", {}),
        ("group/", {"unit": "BIL", "level": ""}),
        ("said/talk/", {}),
        ("said/yes/", {}),
    ):
        assert client.post(where + path, data).status_code == 302, path
    row.refresh_from_db()
    assert (row.hours_per_week, row.manager_agreed, row.cell, row.consent) == (1.5, True, {"unit": "BIL"}, True)
    assert (
        client.post(f"{where}rotate/", {"to": "Erin Eide", "on": timezone.localdate() + timedelta(days=5)}).status_code
        == 302
    )
    assert Champion.objects.get(person=told.erin.person).follows == row
    assert client.post(f"{where}again/").status_code == 302
    assert client.post(f"{where}end/", {"on": timezone.localdate()}).status_code == 302
    assert not Champion.objects.filter(pk=row.pk).exists()  # it began today
    assert client.post(f"{where}manager/talk/").status_code == 404


def test_meetings_on_the_page(told: Cast) -> None:
    serve(told)
    client, today = told.client_of("alice"), timezone.localdate()
    assert "Champions have not met yet" in client.get(URL).content.decode()
    person = told.heidi.person
    assert person is not None
    note = f"{URL}meetings/note/"
    assert "who was there" in client.post(note, {"on": today, "people": []}).content.decode()
    client.post(note, {"on": today - timedelta(weeks=7), "people": [person.pk], "words": "First"})
    assert "Champions have not met for 7 weeks" in client.get(URL).content.decode()
    row = Meeting.objects.get()
    client.post(f"{URL}meetings/{row.pk}/", {"on": today, "people": [person.pk], "words": "Put right"})
    assert "Champions last met on" in client.get(URL).content.decode()
    client.post(f"{URL}meetings/{row.pk}/remove/")
    page = client.get(URL)
    assert "Champions have not met yet" in page.content.decode()
    (_, removed), *_ = page.context["removed"]
    client.post(f"{URL}meetings/put-back/{removed.entry}/")
    assert Meeting.objects.get().people.get() == person


def test_my_peers_are_mine(told: Cast) -> None:
    serve(told, cell={"unit": "BIL", "level": "Staff"})
    page = seen(told, "heidi", MINE)
    assert "You carry 14 people" in page
    assert "Clerk 11" in page
    other = seen(told, "carol", MINE)
    assert "You carry nobody yet" in other
    assert "Clerk 11" not in other
    for name in ("erin", "charlie", "grace", "frank", "dan"):
        assert told.client_of(name).get(MINE).status_code == 404


def test_lists_are_told_from_what_is_told(cast: Cast) -> None:
    changes(cast, "draft")
    crowd(cast)
    serve(cast, cell={"unit": "BIL", "level": "Staff"})
    page = seen(cast, "heidi", MINE)
    assert "Nobody around you has been told of a change yet" in page
    assert "Clerk 11" not in page
    assert reach_for(cast.heidi.actor, cast.program) is not None


def test_without_hours_the_page_says_so(told: Cast) -> None:
    serve(told, hours=None)
    assert "Your hours are not agreed yet" in seen(told, "heidi", MINE)


def test_what_waits_around_them_and_what_to_say(told: Cast) -> None:
    make_voiced(told)  # other units have ten people too, so that Billing can be told of without telling of the rest
    row = serve(told, cell={"unit": "BIL", "level": "Staff"})
    who = {"by": told.erin.actor, "at": timezone.now()}
    said = {"unit": told.units["billing"], "workflow": None}
    Voice.objects.raise_signed(told.program, kind="doubt", words="Mine, unpublished.", **said, **who)
    topic = Topic.objects.open(told.program, name="Will Saturdays change?", by=told.alice.actor, at=timezone.now())
    answer_topic(topic, words="No Saturday is planned.", by=told.alice.actor, at=timezone.now())
    mine = {"unit": told.units["billing"], "workflow": None, "by": told.heidi.actor, "at": timezone.now()}
    Voice.objects.hand_over(told.program, kind="fear", words="Handed over by me.", **mine)
    page = seen(told, "heidi", MINE)
    assert "2 questions and doubts wait around you" in page
    assert "Mine, unpublished." not in page  # counted, never read by who may not
    assert "Handed over by me." in page
    assert "No Saturday is planned." in page
    found = my_peers(told.heidi.actor, told.program, timezone.localdate(), row)
    assert found.doubts.name == "Billing"
    assert {week.monday.weekday() for week in found.doubts.weeks} == {0}


def test_my_week_and_too_much(told: Cast) -> None:
    row, client = serve(told), told.client_of("heidi")
    assert client.post(f"{MINE}week/", {"hours": "1.5", "contacts": ""}).status_code == 302
    week = HoursUsed.objects.get()
    assert (week.champion, week.hours, week.contacts) == (row, 1.5, 0)
    assert "1.5" in client.get(f"{MINE}week/").content.decode()
    assert client.post(f"{MINE}week/", {"hours": "900"}).status_code == 422
    assert told.client_of("carol").post(f"{MINE}week/{week.pk}/undo/").status_code == 404
    client.post(f"{MINE}week/{week.pk}/undo/")
    assert not HoursUsed.objects.exists()
    client.post(f"{MINE}too-much/")
    assert "says it is too much" in seen(told, "alice", URL)
    client.post(f"{MINE}too-much/", {"undo": "1"})
    assert "says it is too much" not in seen(told, "alice", URL)


def test_a_stored_list_is_read_by_its_carrier_alone(told: Cast) -> None:
    serve(told, cell={"unit": "BIL", "level": "Staff"})
    refresh(told.program, timezone.localdate(), timezone.now(), whole=True)
    row = Result.objects.get(function="peer_lists", view="told")
    assert sum(len(peers) for peers in row.data["lists"].values()) == 14
    assert "B11" not in str(Result.objects.get(function="reach", view="told").data)
    assert peers_of(told.alice.actor, told.program) is None
    assert len(peers_of(told.heidi.actor, told.program) or ()) == 14


def made(cells: Sequence[tuple[int, int]], champions: int = 0, team: int = 0) -> Reach:
    loads = [Load(f"c{n}", n < team, "", 1, 24) for n in range(champions + team)]
    groups = [
        CellReach(("U", f"level {n}"), f"U, level {n}", touched, here, 0, 1, touched - here)
        for n, (touched, here) in enumerate(cells)
    ]
    return Reach(("unit", "level"), 5, 2, tuple(groups), tuple(loads), {}, Needed(61, 7300, 24, 146))


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (made([]), "Nobody is touched by what is told so far"),
        (made([(7, 0)]), "Too few people are touched to show who reaches them"),
        (made([(1034, 0)]), "Nobody carries the cause yet to 1,034 touched people"),
        (made([(20, 20), (9, 9)], 1), "1 champion reaches all 29 touched people"),
        (made([(20, 20), (9, 9)], 2, 1), "The team and 2 champions reach all 29 touched people"),
        (made([(20, 12), (9, 0)], 0, 2), "The team reaches 12 of 29 touched people; one group has nobody"),
        (made([(20, 12), (9, 1)], 3), "3 champions reach 13 of 29 touched people; in two groups some wait"),
    ],
)
def test_the_title_is_what_the_groups_say(found: Reach, said: str) -> None:
    assert reached.title(reached.board_of({}, found, 8, {})) == said


def test_needed_stands_beside_the_convention() -> None:
    found = made([(1, 1)])
    assert reached.convention_words(found) == "24 to 146, one for 50 to 10 people; a convention, not a finding"
    assert reached.needed_words(found).startswith("61 champions: 1 person, 5 minutes each a week")


def test_the_few_who_carry_most_are_told_of_five_or_more() -> None:
    used = {1: Used(1, 6, timezone.localdate()), 2: Used(1, 4, timezone.localdate())}
    assert reached.share_of_few(used, 4) is None
    share = reached.share_of_few(used, 5)
    assert share == (0.6, 1)
    assert share is not None
    assert reached.share_words(share, 5) == f"1 of 5 champions has {percent(0.6)} of the talks"


def test_a_group_can_be_any_unit_of_the_tree(told: Cast) -> None:
    """Billing stands inside the business unit Customers: its people are the nearest, and others of Customers come after them."""
    serve(told, hours=1, cell={"unit": "BIL", "level": "Staff"})
    person = Person.objects.create(key="A0", name="Aaron of another unit")  # first by key
    Assignment.objects.create(
        person=person, unit=told.units["contact"], role=told.roles["billing_clerk"], level=told.levels["staff"]
    )
    refresh(told.program, timezone.localdate(), timezone.now(), whole=True)
    peers = peers_of(told.heidi.actor, told.program)
    assert peers is not None
    assert len(peers) == 12
    assert "A0" not in peers
    assert Place()._fields[-1] == "team"
