"""The team: asked, answered, hours agreed, freed and back; wishes of the composer; who may see and do which."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.cast import AT, Cast

from commonground.coalition.held_team import held_on
from commonground.coalition.models import Composition, Member, Wish
from commonground.journal.models import Entry, Version
from commonground.programs.register import CannotError
from commonground.realignment.models import Seat, Solution

DAY = AT.date()


def ask(cast: Cast, name: str = "erin", at=AT) -> Member:
    return Member.objects.ask(
        cast.program, cast.played[name].person, stands_for=["does it"], by=cast.alice.actor, at=at
    )


def post(cast: Cast, who: str, name: str, data: dict | None = None, **kwargs: object) -> int:
    address = reverse(f"coalition:{name}", kwargs={"program": cast.program.slug, **kwargs})
    return cast.client_of(who).post(address, data or {}).status_code


def test_nobody_is_on_it_before_they_say_yes(cast: Cast) -> None:
    row = ask(cast)
    assert (row.consent, row.hours_per_week, row.manager_agreed, row.start) == (None, None, None, DAY)
    row.record_consent(True, by=cast.erin.actor, at=AT)
    row.agree_hours(3, by=cast.dan.actor, at=AT)
    row.manager_agrees(True, by=cast.dan.actor, at=AT)
    row.refresh_from_db()
    assert (row.consent, row.hours_per_week, row.manager_agreed) == (True, 3, True)
    verbs = list(Entry.objects.filter(kind="coalition.member").order_by("pk").values_list("verb", flat=True))
    assert verbs == [
        "asked to join the team",
        "recorded an answer about the team",
        "agreed hours for the team",
        "recorded the manager’s agreement about the team",
    ]
    assert Version.objects.get(table="team").number == 4


def test_nobody_is_asked_twice_but_after_a_no_again(cast: Cast) -> None:
    row = ask(cast)
    with pytest.raises(CannotError, match="Erin Eide is on the team or asked already"):
        ask(cast)
    row.record_consent(False, by=cast.erin.actor, at=AT)
    again = ask(cast, at=AT + timedelta(days=3))
    assert again.consent is None
    row.refresh_from_db()
    assert row.end == DAY + timedelta(days=3)


def test_a_week_has_no_more_hours_than_it_has(cast: Cast) -> None:
    row = ask(cast)
    with pytest.raises(CannotError, match="61 hours a week cannot be given"):
        row.agree_hours(61, by=cast.dan.actor, at=AT)


def test_a_freed_place_can_be_given_back(cast: Cast) -> None:
    row = ask(cast)
    row.free(on=DAY + timedelta(days=9), by=cast.alice.actor, at=AT)
    row.take_again(by=cast.alice.actor, at=AT)
    row.refresh_from_db()
    assert row.end is None
    row.free(on=DAY, by=cast.alice.actor, at=AT)
    assert not Member.objects.exists()


def test_a_no_is_seen_by_change_leads_and_by_who_said_it(cast: Cast) -> None:
    row = ask(cast)
    everybody = ("alice", "bob", "carol", "dan", "erin", "frank", "charlie", "grace")
    seen = {name for name in everybody if Member.objects.visible_to(cast.played[name].actor).exists()}
    assert seen == {"alice", "bob", "carol", "dan", "erin", "frank"}
    row.record_consent(False, by=cast.erin.actor, at=AT)
    seen = {name for name in everybody if Member.objects.visible_to(cast.played[name].actor).exists()}
    assert seen == {"alice", "erin"}


def test_wishes_are_for_change_leads_alone_and_the_reason_is_not_in_the_journal(cast: Cast) -> None:
    row = Composition.objects.of(cast.program)
    row.wish(cast.dan.person, on=False, reason="leave", words="until May", by=cast.alice.actor, at=AT)
    assert Wish.objects.get().why == "until May"
    for name in ("bob", "carol", "dan", "frank"):
        assert not Wish.objects.visible_to(cast.played[name].actor).exists()
        assert not Composition.objects.visible_to(cast.played[name].actor).exists()
    entry = Entry.objects.get(verb="kept somebody off the team to compose")
    assert "May" not in str(entry.values.data)
    assert "leave" not in str(entry.values.data)
    assert not Entry.objects.visible_to(cast.frank.actor).filter(pk=entry.pk).exists()
    row.let_go(cast.dan.person, by=cast.alice.actor, at=AT)
    assert not Wish.objects.exists()


def test_the_last_asking_is_taken_back_but_for_who_has_answered(cast: Cast) -> None:
    row, solution = Composition.objects.of(cast.program), Solution.objects.get()
    people = [(cast.erin.person, ["does it"]), (cast.dan.person, [])]
    searches = {cast.erin.person.pk: [solution]}
    members, seats = row.seat(people, searches=searches, by=cast.alice.actor, at=AT)
    assert (len(members), len(seats), Seat.objects.get().person) == (2, 1, cast.erin.person)
    members[1].record_consent(True, by=cast.dan.actor, at=AT)
    assert row.unseat(by=cast.alice.actor, at=AT) == (1, 1)
    assert [one.person for one in Member.objects.all()] == [cast.dan.person]
    assert not Seat.objects.exists()
    assert row.unseat(by=cast.alice.actor, at=AT) == (0, 0)


def test_who_is_asked_already_is_left_as_they_are(cast: Cast) -> None:
    ask(cast).record_consent(True, by=cast.erin.actor, at=AT)
    members, _ = Composition.objects.of(cast.program).seat([(cast.erin.person, [])], by=cast.alice.actor, at=AT)
    assert members == []
    assert Member.objects.get().consent is True


def test_everybody_answers_for_themselves(cast: Cast) -> None:
    row = ask(cast, at=timezone.now())
    for name in ("charlie", "dan", "carol", "frank", "grace"):
        assert post(cast, name, "member-consent", pk=row.pk, answer="no") == 404
    assert post(cast, "erin", "member-consent", pk=row.pk, answer="yes") == 302
    row.refresh_from_db()
    assert row.consent is True


def test_a_manager_agrees_for_their_own_people_and_not_for_themselves(cast: Cast) -> None:
    erin, heidi, dan = (ask(cast, name, at=timezone.now()) for name in ("erin", "heidi", "dan"))
    assert post(cast, "dan", "member-manager", pk=erin.pk, answer="yes") == 302
    assert post(cast, "dan", "member-hours", {"hours": "4"}, pk=erin.pk) == 302
    assert post(cast, "dan", "member-manager", pk=heidi.pk, answer="yes") == 404
    assert post(cast, "dan", "member-manager", pk=dan.pk, answer="yes") == 404
    erin.refresh_from_db()
    assert (erin.manager_agreed, erin.hours_per_week) == (True, 4)


def test_only_change_leads_compose(cast: Cast) -> None:
    for name in ("bob", "carol", "dan", "erin", "frank", "grace"):
        assert post(cast, name, "wish", person=cast.dan.person.pk, wish="fix") == 404
        assert post(cast, name, "unseat-team") == 404
        assert post(cast, name, "divergence", {"divergence": "4"}) == 404
    assert post(cast, "alice", "divergence", {"divergence": "4"}) == 302
    row = Composition.objects.get()
    assert (row.divergence, row.divergence_by) == (4, cast.alice.actor.name)


def test_a_step_that_is_none_is_refused(cast: Cast) -> None:
    with pytest.raises(CannotError, match="6 is no step of this question"):
        Composition.objects.of(cast.program).say_divergence(6, by=cast.alice.actor, at=AT)


def test_a_button_leads_back_to_its_own_page_and_nowhere_else(cast: Cast) -> None:
    client = cast.client_of("alice")
    address = reverse("coalition:wish", kwargs={"program": "northlight", "person": cast.dan.person.pk, "wish": "fix"})
    own = "/northlight/team/compose/?size=large"
    assert client.post(address, {"back": own}).headers["Location"] == own
    for other in ("https://example.org/", "//example.org/northlight/", "/elsewhere/"):
        assert client.post(address, {"back": other}).headers["Location"] == "/northlight/team/compose/"


def test_what_is_held_on_somebody_says_it_all(cast: Cast) -> None:
    ask(cast)
    Composition.objects.of(cast.program).wish(cast.erin.person, on=False, reason="no", by=cast.alice.actor, at=AT)
    team, wishes = held_on(cast.erin.person, cast.erin.user)
    assert team.rows[0]["stands for"] == "does it"
    assert wishes.rows == [{"program": "Northlight", "what": "left off", "why": "said no"}]
    assert held_on(None, cast.grace.user) == []
