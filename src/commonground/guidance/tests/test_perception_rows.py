"""What is told of what is felt, and of talks of three: days, and what points at nobody."""

from datetime import date, timedelta

import pytest
from tests.cast import AT, STARTED, Cast

from commonground.guidance.perception_rows import perceptions, reassignments
from commonground.guidance.reading import Reading
from commonground.organization.models import Assignment, Person
from commonground.realignment.models import HolderPath, Perception, Talk

DAY = AT.date()
TOLD = {"stage": "told", "consulted_on": STARTED, "line_spoke_on": STARTED, "told_on": STARTED, "shown_on": STARTED}


def reading(cast: Cast, day: date = DAY, stages: tuple[str, ...] = ("told",)) -> Reading:
    return Reading(cast.program.pk, stages, day)


def test_of_what_is_felt_a_week_and_a_role_that_many_hold(cast: Cast) -> None:
    erin = cast.erin
    keep = {"person": erin.person, "kind": "diminished_role", "to": cast.dan.user, "by": erin.actor, "at": AT}
    Perception.objects.raise_to(cast.program, words="Nobody asks me any more", **keep)
    at = AT + timedelta(days=3)
    assert [(row.role, row.unit, row.raised) for row in perceptions(reading(cast))] == [(None, None, DAY)]
    Perception.objects.update(raised_on=at.date())
    assert [row.raised for row in perceptions(reading(cast))] == [DAY]  # a Monday, whatever the day
    for number in range(9):
        person = Person.objects.create(key=f"X{number}", name=f"Clerk {number}")
        Assignment.objects.create(person=person, unit=cast.units["billing"], role=cast.roles["billing_clerk"])
        rows = perceptions(reading(cast))
        assert [row.role for row in rows] == (["billing-clerk"] if number == 8 else [None])  # ten hold it then
        assert all(row.unit is None for row in rows)


def test_an_offer_that_nobody_took_up_is_not_felt(cast: Cast) -> None:
    row = Perception.objects.offer(cast.program, person=cast.erin.person, kind="reassigned", by=cast.dan.actor, at=AT)
    assert perceptions(reading(cast)) == []
    row.say("", by=cast.erin.actor, at=AT)
    assert len(perceptions(reading(cast))) == 1


@pytest.fixture
def path(cast: Cast) -> HolderPath:
    """Erin, whom Dan leads, goes to Carol."""
    return HolderPath.objects.create(
        program=cast.program,
        person=cast.erin.person,
        role=cast.roles["billing_clerk"],
        fate="same",
        to_manager=cast.carol.person,
        effective=date(2026, 11, 2),
        **TOLD,
    )


def test_who_gets_another_manager_and_who_has_talked(cast: Cast, path: HolderPath) -> None:
    row = ("P5", "P4", "P3", date(2026, 11, 2), None, None, None)
    assert reassignments(reading(cast)) == [row]
    Talk.objects.note(path, "talked_to", on=DAY, by=cast.carol.actor, at=AT)
    assert reassignments(reading(cast)) == [(*row[:5], DAY, None)]


def test_nothing_of_a_plan_that_was_not_told(cast: Cast, path: HolderPath) -> None:
    for stage in ("draft", "consulted"):
        HolderPath.objects.update(stage=stage)
        assert reassignments(reading(cast, stages=("draft", "consulted", "told"))) == []


def test_who_keeps_their_manager_or_leaves_is_not_among_them(cast: Cast, path: HolderPath) -> None:
    HolderPath.objects.update(to_manager=cast.dan.person)
    assert reassignments(reading(cast)) == []
    HolderPath.objects.update(to_manager=cast.carol.person, fate="leaving")
    assert reassignments(reading(cast)) == []


def test_who_led_before_stands_after_the_day_has_come(cast: Cast, path: HolderPath) -> None:
    Assignment.objects.filter(person=cast.erin.person).update(end=path.effective)
    Assignment.objects.create(
        person=cast.erin.person,
        unit=cast.units["contact"],
        role=cast.roles["billing_clerk"],
        manager=cast.carol.person,
        start=path.effective,
    )
    later = path.effective + timedelta(days=30)
    assert [row.from_manager for row in reassignments(reading(cast, later))] == ["P4"]
