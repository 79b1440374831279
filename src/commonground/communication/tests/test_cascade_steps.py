"""What is done with a cascade: proposed, started, held, taken back, given to a deputy, left out, brought up to date."""

from datetime import timedelta
from typing import Any

import pytest
from tests.cast import AT, Cast

from commonground.communication import cascade_building as building
from commonground.communication import cascade_steps as steps
from commonground.communication.cascade_asking import hand_on
from commonground.communication.cascade_overview import HELD, LATE, OPEN, OUT, WAITING, overview
from commonground.communication.cascades import Cascade, CascadeStep, Hearer
from commonground.communication.messages import APPROVED, IN_REVIEW, Message
from commonground.communication.messages import OUT as SAID
from commonground.journal.models import Entry
from commonground.organization.models import Person
from commonground.outbox.models import Message as Mail
from commonground.programs.register import CannotError
from commonground.voice.models import Topic, Voice

DAY = AT.date()


def a_message(cast: Cast, *, approved: bool = True, **values: Any) -> Message:
    row = cast.program.add(
        Message(key=Message.new_key(), title="One number for every customer", written_by=cast.carol.user, **values),
        by=cast.carol.actor,
        at=AT,
    )
    row.say("English", "One number", "From March on each customer has one number.", by=cast.carol.actor, at=AT)
    if approved:
        row.move_to(IN_REVIEW, by=cast.carol.actor, at=AT)
        row.move_to(APPROVED, by=cast.alice.actor, at=AT)
    return row


def a_cascade(cast: Cast, *, started: bool = True, **values: Any) -> Cascade:
    given: dict[str, Any] = {"opens": DAY, "days": 3, "rule": "after", **values}
    message = given.pop("message", None) or a_message(cast)
    row = building.begin(message, first=cast.bob.person, day=DAY, by=cast.alice.actor, at=AT, **given)
    if started:
        steps.start(row, by=cast.alice.actor, at=AT)
    return row


def talk(row: Cascade, deliverer: Person | None) -> CascadeStep:
    found: CascadeStep = row.steps.select_related("cascade__message", "above").filter(deliverer=deliverer).first()
    return found


@pytest.fixture
def cascade(cast: Cast) -> Cascade:
    return a_cascade(cast)


def test_the_talks_follow_the_reporting_line(cast: Cast, cascade: Cascade) -> None:
    """Bob tells Alice, Carol, Dan, Ivan and Charlie; Dan tells Erin, Carol tells Heidi."""
    bob = cascade.steps.filter(deliverer=cast.bob.person)
    assert {one.depth for one in bob} == {0}
    assert talk(cascade, cast.dan.person).depth == talk(cascade, cast.carol.person).depth == 1
    heard = list(Hearer.objects.filter(step__cascade=cascade).values_list("person__name", flat=True))
    assert sorted(heard) == [
        "Alice Aalto",
        "Carol Cole",
        "Charlie Chen",
        "Dan Dahl",
        "Erin Eide",
        "Heidi Holm",
        "Ivan Ilves",
    ]
    assert cascade.message.state == SAID


def test_a_talk_opens_when_the_one_above_was_held(cast: Cast, cascade: Cascade) -> None:
    dan = talk(cascade, cast.dan.person)
    assert dan.opens is None
    assert dan.above is not None
    assert dan.above.closes == DAY + timedelta(days=3)
    opened = steps.confirm(dan.above, on=DAY, heard=None, by=cast.bob.actor, at=AT)
    dan.refresh_from_db()
    assert opened >= 1
    assert (dan.opens, dan.closes) == (DAY, DAY + timedelta(days=3))


def test_taking_back_closes_what_it_opened(cast: Cast, cascade: Cascade) -> None:
    dan = talk(cascade, cast.dan.person)
    assert dan.above is not None
    steps.confirm(dan.above, on=DAY, heard=1, note="all well", by=cast.bob.actor, at=AT)
    steps.take_back(dan.above, by=cast.bob.actor, at=AT)
    dan.refresh_from_db()
    dan.above.refresh_from_db()
    assert dan.opens is None
    assert (dan.above.delivered_on, dan.above.heard, dan.above.note) == (None, None, "")


def test_by_days_all_have_a_window_at_once(cast: Cast) -> None:
    row = a_cascade(cast, rule="days")
    assert talk(row, cast.dan.person).opens == DAY + timedelta(days=3)


def test_who_may_say_that_it_was_held(cast: Cast, cascade: Cascade) -> None:
    dan = talk(cascade, cast.dan.person)
    with pytest.raises(CannotError, match="held by somebody else"):
        steps.confirm(dan, on=DAY, heard=None, by=cast.erin.actor, at=AT)
    with pytest.raises(CannotError, match="has not come yet"):
        steps.confirm(dan, on=DAY + timedelta(days=2), heard=None, by=cast.dan.actor, at=AT)
    with pytest.raises(CannotError, match="for 1 people, so 5"):
        steps.confirm(dan, on=DAY, heard=5, by=cast.dan.actor, at=AT)
    steps.confirm(dan, on=DAY, heard=1, by=cast.alice.actor, at=AT)  # from a paper list
    assert dan.delivered_by == cast.dan.person
    assert Entry.objects.filter(kind="communication.cascadestep", verb="said that a talk was held").exists()


def test_nothing_begins_before_somebody_else_approved_it(cast: Cast) -> None:
    row = a_cascade(cast, started=False, message=a_message(cast, approved=False))
    with pytest.raises(CannotError, match="is draft"):
        steps.start(row, by=cast.alice.actor, at=AT)
    with pytest.raises(CannotError, match="has not begun"):
        steps.confirm(talk(row, cast.dan.person), on=DAY, heard=None, by=cast.dan.actor, at=AT)


def test_the_start_can_be_taken_back_until_a_talk_was_held(cast: Cast, cascade: Cascade) -> None:
    steps.take_back_start(cascade, by=cast.alice.actor, at=AT)
    assert cascade.is_proposed
    assert cascade.message.state == APPROVED
    assert not cascade.steps.exclude(opens=None).exists()
    steps.start(cascade, by=cast.alice.actor, at=AT)
    steps.confirm(talk(cascade, cast.bob.person), on=DAY, heard=None, by=cast.bob.actor, at=AT)
    with pytest.raises(CannotError, match="held already"):
        steps.take_back_start(cascade, by=cast.alice.actor, at=AT)


def test_a_deputy_holds_it_and_the_line_takes_it_back(cast: Cast, cascade: Cascade) -> None:
    dan = talk(cascade, cast.dan.person)
    steps.name_deputy(dan, cast.erin.person, why="away until March", by=cast.alice.actor, at=AT)
    assert dan.speaker == cast.erin.person
    assert list(CascadeStep.objects.mine(cast.erin.actor)) == [dan]
    assert dan not in CascadeStep.objects.mine(cast.dan.actor)
    steps.confirm(dan, on=DAY, heard=None, by=cast.erin.actor, at=AT)
    steps.take_back(dan, by=cast.erin.actor, at=AT)
    steps.name_deputy(dan, None, why="", by=cast.alice.actor, at=AT)
    assert dan.speaker == cast.dan.person


def test_what_is_left_out_is_heard_above(cast: Cast, cascade: Cascade) -> None:
    dan = talk(cascade, cast.dan.person)
    assert dan.above is not None
    with pytest.raises(CannotError, match="at the top"):
        steps.leave_out(dan.above, why="", by=cast.alice.actor, at=AT)
    steps.leave_out(dan, why="too small", by=cast.alice.actor, at=AT)
    assert overview(cascade, DAY).nodes[dan.pk].state == OUT
    before = overview(cascade, DAY).rest.people
    steps.confirm(dan.above, on=DAY, heard=None, by=cast.bob.actor, at=AT)
    after = overview(cascade, DAY)
    assert before - after.rest.people == dan.above.people + dan.people
    steps.take_in(dan, by=cast.alice.actor, at=AT)
    assert dan.opens == DAY, "the one above was held, so it can be held now"
    assert overview(cascade, DAY).nodes[dan.pk].state == OPEN


def test_states_over_time(cast: Cast, cascade: Cascade) -> None:
    top, dan = talk(cascade, cast.bob.person), talk(cascade, cast.dan.person)
    assert overview(cascade, DAY).nodes[top.pk].state == OPEN
    assert overview(cascade, DAY + timedelta(days=3)).nodes[top.pk].state == LATE
    assert overview(cascade, DAY).nodes[dan.pk].state == WAITING
    steps.confirm(top, on=DAY, heard=None, by=cast.bob.actor, at=AT)
    assert overview(cascade, DAY).nodes[top.pk].state == HELD
    assert overview(cascade, DAY - timedelta(days=1)).held == 0, "asked for the day before"


def test_who_joins_later_gets_a_talk(cast: Cast, cascade: Cascade) -> None:
    assert building.newcomers(cascade, DAY) == set()
    new = Person.objects.hire(
        "P77", name="Nils New", on=DAY, unit=cast.units["billing"], manager=cast.dan.person, by=cast.alice.actor, at=AT
    )
    assert building.newcomers(cascade, DAY) == {new.pk}
    assert building.how_many_new(cascade, DAY) == 1
    assert building.catch_up(cascade, day=DAY, by=cast.alice.actor, at=AT) == 1
    dan = talk(cascade, cast.dan.person)
    assert dan.people == 2
    assert dan.hearers.filter(person=new, carries=False).exists()
    assert building.catch_up(cascade, day=DAY, by=cast.alice.actor, at=AT) == 0


def test_a_new_line_gets_a_new_talk(cast: Cast, cascade: Cascade) -> None:
    """Erin has had nobody below her until now."""
    Person.objects.hire(
        "P78", name="Mia New", on=DAY, unit=cast.units["billing"], manager=cast.erin.person, by=cast.alice.actor, at=AT
    )
    building.catch_up(cascade, day=DAY, by=cast.alice.actor, at=AT)
    erin = talk(cascade, cast.erin.person)
    assert (erin.people, erin.depth, erin.above) == (1, 2, talk(cascade, cast.dan.person))


def test_proposing_anew_keeps_deputies(cast: Cast) -> None:
    row = a_cascade(cast, started=False)
    steps.name_deputy(talk(row, cast.dan.person), cast.erin.person, why="", by=cast.alice.actor, at=AT)
    building.build_again(row, day=DAY, by=cast.alice.actor, at=AT)
    assert talk(row, cast.dan.person).deputy == cast.erin.person
    steps.start(row, by=cast.alice.actor, at=AT)
    with pytest.raises(CannotError, match="has begun"):
        building.build_again(row, day=DAY, by=cast.alice.actor, at=AT)
    with pytest.raises(CannotError, match="has begun"):
        building.drop(row, by=cast.alice.actor, at=AT)


def test_only_what_is_told_inside_goes_from_team_to_team(cast: Cast) -> None:
    with pytest.raises(CannotError, match="goes to customers"):
        a_cascade(cast, message=a_message(cast, side="customers"))
    row = a_cascade(cast)
    with pytest.raises(CannotError, match="has a cascade already"):
        a_cascade(cast, message=row.message)


def test_deliverers_are_written_to_once_a_day(cast: Cast, cascade: Cascade) -> None:
    Mail.objects.all().delete()
    later = AT + timedelta(days=4)
    assert steps.ask_late(cascade, by=cast.alice.actor, at=later) == (1, 0), "Bob holds them all so far: one mail"
    assert steps.ask_late(cascade, by=cast.alice.actor, at=later) == (0, 0)
    mail = Mail.objects.get()
    assert mail.recipient == "bob@example.org"
    assert "From March on" not in mail.body, "what is said is heard in the talk, not read in a mail"


def test_a_question_of_a_talk_becomes_a_voice_without_a_team(cast: Cast, cascade: Cascade) -> None:
    """Billing has two people here: the voice is told by a unit of enough people, or by none."""
    topic = Topic.objects.open(cast.program, name="Will my number stay?", by=cast.alice.actor, at=AT)
    cascade.message.set_topics([topic], by=cast.alice.actor, at=AT)
    dan = talk(cascade, cast.dan.person)
    voice = hand_on(
        dan, kind="question", words="Does the old number still work?", topic=topic, by=cast.dan.actor, at=AT
    )
    stored = Voice.objects.get(pk=voice.pk)
    assert stored.topic == topic
    assert stored.author is None
    assert stored.unit is None, "two people are too few to be told apart"
    dan.refresh_from_db()
    assert dan.handed_on == 1
    with pytest.raises(CannotError):
        hand_on(dan, kind="question", words="?", topic=None, by=cast.charlie.actor, at=AT)


def test_nobody_reads_what_their_line_is_about_to_say(cast: Cast, cascade: Cascade) -> None:
    assert cast.erin.person is not None
    assert cast.dan.person is not None
    assert Message.objects.filter(pk__in=steps.awaited_by(cast.erin.person.pk)).exists()
    dan = talk(cascade, cast.dan.person)
    steps.confirm(dan, on=DAY, heard=None, by=cast.dan.actor, at=AT)
    assert not Message.objects.filter(pk__in=steps.awaited_by(cast.erin.person.pk)).exists()


def test_whose_talk_is_left_out_reads_it_once_the_one_above_was_held(cast: Cast, cascade: Cascade) -> None:
    assert cast.erin.person is not None
    steps.leave_out(talk(cascade, cast.dan.person), why="nobody is there", by=cast.alice.actor, at=AT)
    assert steps.awaited_by(cast.erin.person.pk)
    for one in cascade.steps.filter(deliverer=cast.bob.person):
        steps.confirm(one, on=DAY, heard=None, by=cast.bob.actor, at=AT)
    assert not steps.awaited_by(cast.erin.person.pk)


def test_dropping_and_ending_have_a_way_back(cast: Cast) -> None:
    row = a_cascade(cast, started=False)
    message = row.message
    building.drop(row, by=cast.alice.actor, at=AT)
    again = building.begin(message, first=cast.bob.person, day=DAY, opens=DAY, by=cast.alice.actor, at=AT)
    steps.start(again, by=cast.alice.actor, at=AT)
    again.end(by=cast.alice.actor, at=AT)
    assert not again.is_running
    again.run_again(by=cast.alice.actor, at=AT)
    assert again.is_running
    assert again.ended_on is None
