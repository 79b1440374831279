"""Pages and verbs of reinforcement: noted, planned, ended, and the formal step that is refused until the ladder was climbed."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.cast import AT, Cast

from commonground.adoption.models import Behaviour
from commonground.analysis.reinforcement.ladder import FAIR
from commonground.journal.models import Entry
from commonground.programs.register import CannotError
from commonground.reinforcement.models import CorrectiveStep, Reinforcement, Schedule, Sunset
from commonground.reinforcement.nobody import named_in

BASE = "/northlight/plan/reinforcement/"
DAY = date(2026, 9, 14)


@pytest.fixture
def behaviour(cast: Cast) -> Behaviour:
    return Behaviour.objects.create(
        program=cast.program, key="one", name="One record", new_words="in the record", old_words="on paper",
        source="count", starts_on=DAY - timedelta(weeks=20), old_possible=True,
    )  # fmt: skip


def step(cast: Cast, behaviour: Behaviour) -> dict[str, object]:
    plan = Schedule.objects.create(
        program=cast.program, behaviour=behaviour, kind="feedback", words="In the round", starts_on=DAY
    )
    return {
        "behaviour": behaviour, "unit": cast.units["billing"], "on": DAY, "about": "Notes are kept on paper", "beside": plan,
        "fair": list(FAIR), "decided_by": cast.dan.person, "appeal_to": cast.alice.person,
    }  # fmt: skip


def test_a_formal_step_is_refused_before_the_environment_and_allowed_after(cast: Cast, behaviour: Behaviour) -> None:
    values, by = step(cast, behaviour), cast.alice.actor
    with pytest.raises(CannotError, match="first changed around the old way"):
        CorrectiveStep.objects.decide(cast.program, values, by=by, at=AT)
    around = {"program": cast.program, "behaviour": behaviour, "kind": "easier", "words": "One form less"}
    Reinforcement.objects.create(**around, on=DAY, unit=cast.units["water"])
    with pytest.raises(CannotError, match="first changed"):
        CorrectiveStep.objects.decide(cast.program, values, by=by, at=AT)
    Reinforcement.objects.create(**around, on=DAY, unit=cast.units["customers"])
    row = CorrectiveStep.objects.decide(cast.program, values, by=by, at=AT)
    assert [one.words for one in row.tried] == ["One form less"]
    with pytest.raises(CannotError, match="helps the new way"):
        row.change({"beside": None}, by=by, at=AT)
    row.refresh_from_db()
    with pytest.raises(CannotError, match="goes on beside a formal step"):
        values["beside"].remove(by=by, at=AT)  # a Schedule
    row.remove(by=by, at=AT)
    entry = Entry.objects.filter(verb="removed a formal step").get()
    Reinforcement.objects.all().delete()
    with pytest.raises(CannotError, match="first changed"):
        CorrectiveStep.put_back(entry, by=by, at=AT)


def test_each_missing_rule_of_a_fair_process_is_named(cast: Cast, behaviour: Behaviour) -> None:
    values = {**step(cast, behaviour), "fair": ["ethical"], "appeal_to": cast.dan.person}
    with pytest.raises(CannotError, match="can turn against it") as refused:
        CorrectiveStep.objects.decide(cast.program, values, by=cast.alice.actor, at=AT)
    assert "whoever decides gains nothing by it" in str(refused.value)


def test_a_text_that_names_a_person_is_refused(cast: Cast, behaviour: Behaviour) -> None:
    name = cast.erin.person.name if cast.erin.person else ""
    assert named_in(f"Thanks to {name}’s team") == name
    assert named_in("Thanks to the team of Billing") is None
    sent = {
        "behaviour": behaviour.pk,
        "kind": "recognition",
        "on": "2026-09-01",
        "words": f"{name} did it",
        "rests_on": "task",
    }
    answer = cast.carol.client().post(f"{BASE}done/add/", sent)
    assert answer.status_code == 422
    assert "is a person of the register" in answer.content.decode()
    answer = cast.carol.client().post(f"{BASE}done/add/", {**sent, "words": "A whole round"}, follow=True)
    assert "A whole round" in answer.content.decode()


def test_the_end_of_an_old_way_has_one_day_and_says_what_takes_it_away(cast: Cast, behaviour: Behaviour) -> None:
    by = cast.alice.actor
    with pytest.raises(CannotError, match="a date alone ends nothing"):
        Sunset.objects.say(behaviour, DAY, {"removes": ""}, by=by, at=AT)
    with pytest.raises(CannotError, match="announced after it has ended"):
        Sunset.objects.say(behaviour, DAY, {"removes": "No paper", "announced_on": DAY + timedelta(1)}, by=by, at=AT)
    assert Sunset.objects.say(behaviour, DAY, {"removes": "No paper"}, by=by, at=AT)
    assert not Sunset.objects.say(behaviour, DAY, {"removes": "No paper"}, by=by, at=AT)
    behaviour.refresh_from_db()
    assert behaviour.old_sunset_on == DAY


def test_the_pages_say_what_is_due_and_who_is_silent(cast: Cast, behaviour: Behaviour) -> None:
    today = timezone.localdate()
    of = {"program": cast.program, "behaviour": behaviour}
    Schedule.objects.create(**of, kind="prompt", words="A card in the van", starts_on=today)
    Reinforcement.objects.create(
        **of, kind="feedback", words="One call", on=today - timedelta(weeks=7), unit=cast.units["water"]
    )
    client = cast.carol.client()
    text = client.get(BASE).content.decode()
    assert "One thing is due this week" in text
    assert "A card in the van" in text
    assert "One call" in client.get(f"{BASE}{behaviour.pk}/").content.decode()
    assert (
        client.get(f"{BASE}?format=csv").status_code
        == client.get(f"{BASE}{behaviour.pk}/?format=csv").status_code
        == 200
    )
    assert client.get(f"{BASE}formal-steps/").status_code == 404
    assert cast.frank.client().get(f"{BASE}formal-steps/").status_code == 200
    answer = client.post(
        f"{BASE}done/add/",
        {"behaviour": behaviour.pk, "kind": "prompt", "on": today.isoformat(), "words": "A card", "rests_on": ""},
        follow=True,
    )
    assert answer.status_code == 200
    assert "Nothing is due this week" in client.get(BASE).content.decode()
    assert client.get(BASE).status_code == 200


def test_an_empty_program_says_what_to_do_first(cast: Cast) -> None:
    assert "No behaviour is written down yet" in cast.alice.client().get(BASE).content.decode()
