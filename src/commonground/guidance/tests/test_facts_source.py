"""What is read from the database: keys, days, views, and what is kept between two reads."""

from datetime import date, timedelta

import pytest
from tests.cast import Cast, make_cast

from commonground.analysis.facts import ROWS
from commonground.guidance.facts_source import KEPT, TABLES, facts_of
from commonground.journal.models import Version
from commonground.realignment.models import (
    Acknowledgement,
    Conversation,
    HolderPath,
    ProcessFate,
    RoleChange,
    RoleFate,
    Seat,
    Session,
    Solution,
)
from commonground.workflows.models import AnswersFor, Process

DAY = date(2026, 9, 14)
VIEWS = ("told", "consulted", "draft")
# stage of everything that is planned → views that hold it
HOLDING = {
    "draft": {"draft"},
    "consulted": {"consulted", "draft"},
    "told": set(VIEWS),
    "in_force": set(VIEWS),
}


def plan_everything(cast: Cast, stage: str) -> None:
    process = Process.objects.create(program=cast.program, key="new", name="Own the move-in", planned_only=True)
    ProcessFate.objects.create(program=cast.program, process=process, fate="create", stage=stage)
    fate = ProcessFate.objects.create(
        program=cast.program,
        process=cast.things["billing_process"],
        fate="move",
        to_unit=cast.units["water"],
        stage=stage,
    )
    fate.to_owners.add(cast.carol.person)
    Process.objects.filter(key="first-bill").update(taken_over_by=cast.carol.person)
    role = RoleFate.objects.create(
        program=cast.program,
        role=cast.roles["billing_clerk"],
        fate="change",
        definition_after="Writes nothing any more",
        stage=stage,
        effective=DAY,
    )
    RoleChange.objects.create(role_fate=role, kind="craft", size=-1)
    Acknowledgement.objects.create(role_fate=role, person=cast.erin.person, read=DAY)
    Conversation.objects.create(role_fate=role, offered_on=DAY, offered_by=cast.dan.person)
    HolderPath.objects.create(
        program=cast.program, person=cast.erin.person, role=cast.roles["billing_clerk"], fate="leaving", stage=stage
    )


@pytest.mark.parametrize("stage", list(HOLDING))
@pytest.mark.parametrize("view", VIEWS)
def test_a_view_holds_what_it_counts_and_nothing_else(cast: Cast, stage: str, view: str) -> None:
    bare = {table: list(rows) for table, rows in facts_of(cast.program, "draft", DAY).tables.items()}
    plan_everything(cast, stage)
    facts = facts_of(cast.program, view, DAY)
    if view not in HOLDING[stage]:
        assert {table: list(rows) for table, rows in facts.tables.items()} == bare
        return
    for table in ("role_changes", "paths", "acknowledgements", "conversations"):
        assert len(facts.rows(table)) == 1, table
    assert len(facts.rows("stages")) == 4
    bill = next(row for row in facts.rows("processes") if row.id == "first-bill")
    assert (bill.fate, bill.to_unit, bill.to_answers_for, bill.taken_over_by) == (
        "move",
        "WAT",
        (cast.carol.person.key,),
        cast.carol.person.key,
    )
    assert "new" in {row.id for row in facts.rows("processes")}
    clerk = next(row for row in facts.rows("roles") if row.id == "billing-clerk")
    assert (clerk.fate, clerk.definition_after) == ("change", "Writes nothing any more")


def test_rows_carry_the_keys_of_the_sheets(cast: Cast) -> None:
    facts = facts_of(cast.program, "told", DAY)
    dan = next(row for row in facts.rows("people") if row.name == "Dan Dahl")
    assert (dan.id, dan.unit, dan.manager, dan.role, dan.level) == (
        cast.dan.person.key,
        "BIL",
        cast.bob.person.key,
        "head-of-billing",
        "Manager",
    )
    take = next(row for row in facts.rows("processes") if row.id == "take-call")
    assert (take.unit, take.answers_for, take.workflow, take.fate) == ("CON", (cast.carol.person.key,), "move-in", None)
    assert [tuple(row) for row in facts.rows("does")] == [("first-bill", cast.erin.person.key)]


def test_a_table_without_a_row_is_absent(cast: Cast) -> None:
    facts = facts_of(cast.program, "told", DAY)
    assert not facts.has("seats")
    assert not facts.has("activities")
    assert facts.has("people")


def test_owners_are_those_of_the_day(cast: Cast) -> None:
    AnswersFor.objects.filter(process__key="first-bill").update(end=DAY)
    AnswersFor.objects.create(process=cast.things["billing_process"], person=cast.erin.person, start=DAY)

    def owners(day: date) -> tuple[str, ...]:
        rows = facts_of(cast.program, "told", day).rows("processes")
        return next(row.answers_for for row in rows if row.id == "first-bill")

    assert owners(DAY - timedelta(days=1)) == (cast.dan.person.key,)
    assert owners(DAY) == (cast.erin.person.key,)


def test_sessions_and_contributions_are_taking_part(cast: Cast) -> None:
    solution = Solution.objects.get()
    Seat.objects.create(solution=solution, person=cast.dan.person)
    Session.objects.create(solution=solution, on=DAY).people.add(cast.dan.person, cast.erin.person)
    solution.contributions.create(person=cast.erin.person, on=DAY)
    rows = {tuple(row) for row in facts_of(cast.program, "told", DAY).rows("takes_part")}
    dan, erin = cast.dan.person.key, cast.erin.person.key
    assert rows == {("S1", dan, DAY, "session"), ("S1", erin, DAY, "session"), ("S1", erin, DAY, "contribution")}


@pytest.mark.django_db(transaction=True)
def test_a_table_is_read_again_when_its_counter_or_the_stages_move() -> None:
    cast = make_cast()
    KEPT.clear()
    Version.objects.bump(ROWS)

    def fate() -> str | None:
        rows = facts_of(cast.program, "told", DAY).rows("processes")
        return next(row.fate for row in rows if row.id == "first-bill")

    assert fate() is None
    row = ProcessFate.objects.create(
        program=cast.program, process=cast.things["billing_process"], fate="move", stage="told"
    )
    assert fate() is None  # kept: no counter has moved
    Version.objects.bump(["processes"])
    assert fate() == "move"
    first = facts_of(cast.program, "told", DAY)
    ProcessFate.objects.filter(pk=row.pk).update(stage="consulted")
    Version.objects.bump(["stages"])
    assert fate() is None
    second = facts_of(cast.program, "told", DAY)
    assert second.rows("people") is first.rows("people")
    assert facts_of(cast.program, "consulted", DAY).rows("does") is not None
    assert {row.fate for row in facts_of(cast.program, "consulted", DAY).rows("processes")} == {None, "move"}
    KEPT.clear()


def test_every_table_of_the_facts_is_read() -> None:
    assert TABLES.keys() == ROWS.keys()


@pytest.mark.django_db(transaction=True)
def test_rows_that_a_fate_does_not_concern_stay_the_same_object() -> None:
    cast = make_cast()
    KEPT.clear()
    Version.objects.bump(TABLES)
    before = facts_of(cast.program, "told", DAY)
    ProcessFate.objects.create(program=cast.program, process=cast.things["billing_process"], fate="move", stage="told")
    Version.objects.bump(["processes", "stages"])
    after = facts_of(cast.program, "told", DAY)
    for table in ("does", "roles"):
        assert after.rows(table) is before.rows(table)
    assert after.rows("processes") != before.rows("processes")
    Process.objects.filter(key__in=[row.process for row in after.rows("does")][:1]).delete()  # takes its rows with it
    Version.objects.bump(["processes"])
    assert len(facts_of(cast.program, "told", DAY).rows("does")) < len(after.rows("does"))
    KEPT.clear()
