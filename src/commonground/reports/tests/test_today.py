"""The home page: its numbers are those of the analysis, its words follow from them, and it shows what the actor may see."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.cast import Cast

from commonground.analysis.ownership import ownership_grid
from commonground.analysis.register import Register
from commonground.guidance.facts_source import facts_of
from commonground.guidance.key_numbers import KeyNumbers
from commonground.guidance.models import Finding
from commonground.guidance.refresh import refresh
from commonground.guidance.results import grid_data, grid_from
from commonground.guidance.week import this_week
from commonground.journal.models import Version
from commonground.organization.models import Assignment, Person
from commonground.programs.models import Milestone
from commonground.realignment.models import ProcessFate
from commonground.reports.home import next_dates, statement
from commonground.workflows.models import Does

URL = "/northlight/"
NUMBERS = KeyNumbers(
    people=1200,
    touched=507,
    owning=366,
    touched_front=329,
    owning_front=199,
    processes=58,
    in_question=12,
    purpose_in_question=9,
    owners=9,
    owners_in=4,
    roles=26,
    changing_roles=4,
    to_acknowledge=40,
    acknowledged=12,
    workflows=10,
    units=60,
    touched_units=6,
)


def changes(cast: Cast, stage: str = "told") -> ProcessFate:
    today = timezone.localdate()
    fate = ProcessFate.objects.create(
        program=cast.program,
        process=cast.things["billing_process"],
        fate="move",
        to_unit=cast.units["contact"],
        stage=stage,
        effective=today + timedelta(days=10),
    )
    Version.objects.bump(["processes", "stages"])
    return fate


def crowd(cast: Cast) -> None:
    """Twelve more clerks of Billing, who write the first bill."""
    for number in range(12):
        person = Person.objects.create(key=f"B{number}", name=f"Clerk {number}")
        Assignment.objects.create(
            person=person, unit=cast.units["billing"], role=cast.roles["billing_clerk"], level=cast.levels["staff"]
        )
        Does.objects.create(process=cast.things["billing_process"], person=person)
    Version.objects.bump(["people", "does"])


def test_the_numbers_are_those_of_the_register(cast: Cast) -> None:
    changes(cast)
    crowd(cast)
    page = cast.client_of("alice").get(URL)
    register = Register(facts_of(cast.program, "told", timezone.localdate()))
    numbers, grid = page.context["numbers"], page.context["grid"]
    assert (numbers.touched, numbers.people) == (len(register.touched), len(register.organization.people)) == (14, 20)
    assert numbers.in_question == len(register.work.in_question) == 1
    assert grid.total == ownership_grid(register).total
    assert f"{grid.total.owning} <small>of {grid.total.people}</small>" in page.content.decode()


def test_few_people_are_not_counted_out(cast: Cast) -> None:
    changes(cast)
    page = cast.client_of("alice").get(URL)
    assert page.context["grid"].total.withheld
    assert "not shown" in page.content.decode()


def test_a_stored_grid_is_the_grid(cast: Cast) -> None:
    changes(cast)
    crowd(cast)
    register = Register(facts_of(cast.program, "told", timezone.localdate()))
    assert grid_from(grid_data(register)) == ownership_grid(register)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "Five of the nine who answer for work that moves or ends take no part in finding the new way."),
        ({"owners_in": 9}, "Everybody who answers for work that moves or ends takes part in finding the new way."),
        ({"owners_in": 0}, "Nobody who answers for work that moves or ends takes part in finding the new way yet."),
        ({"owners_in": 8}, "One of the nine who answer for work that moves or ends takes no part"),
    ],
)
def test_the_statement_follows_from_the_numbers(values: dict[str, int], words: str) -> None:
    first, rest = statement(replace(NUMBERS, **values), None)
    assert first == "Twelve of 58 processes are in question."
    assert rest.startswith(words)


def test_the_statement_while_nothing_is_known_or_decided() -> None:
    assert statement(replace(NUMBERS, processes=0, in_question=0), None)[0].startswith("Nobody has said yet")
    assert "none in question yet" in statement(replace(NUMBERS, in_question=0), None)[0]


def test_the_week_begins_with_harm_and_takes_two_of_a_kind(cast: Cast) -> None:
    changes(cast)
    refresh(cast.program, timezone.localdate(), timezone.now())
    seen = Finding.objects.visible_to(cast.alice.actor)
    week = [row for row, _ in this_week(seen, cast.program, [], timezone.localdate())]
    assert 0 < len(week) <= 7
    assert [row.rank for row in week] == sorted(row.rank for row in week)
    assert max([row.code for row in week].count(row.code) for row in week) <= 2


def test_dates_are_those_one_may_see(cast: Cast) -> None:
    changes(cast, "draft").readers.add(cast.carol.user)
    Milestone.objects.create(
        program=cast.program,
        kind="cut_over",
        planned=timezone.localdate() - timedelta(days=3),
        unit=cast.units["water"],
    )
    mine, theirs = (next_dates(who.actor, cast.program, timezone.localdate()) for who in (cast.carol, cast.alice))
    assert [(one.words, one.overdue) for one in mine] == [("Cut-over, Water", True), ("1 process changes", False)]
    assert [one.words for one in theirs] == ["Cut-over, Water"]


def test_a_manager_sees_the_findings_of_their_units(cast: Cast) -> None:
    changes(cast)
    crowd(cast)
    page = cast.client_of("dan").get(URL)
    units = {step.finding.unit for step in page.context["week"]}
    assert units == {cast.units["billing"]}
    assert Finding.objects.visible_to(cast.alice.actor).exclude(unit=cast.units["billing"]).exists()


def test_an_empty_program_asks_for_two_sheets(cast: Cast) -> None:
    Assignment.objects.all().delete()
    cast.program.activities.all().delete()
    Person.objects.all().delete()
    page = cast.client_of("alice").get(URL).content.decode()
    assert "Two sheets" in page


def test_who_does_not_work_on_the_program_is_sent_to_their_own_page(cast: Cast) -> None:
    assert cast.client_of("erin").get(URL).status_code == 302
    assert cast.client_of("grace").get(URL).status_code == 404
