"""However the facts change, running only what is stale gives what running everything gives."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import Cast

from commonground.analysis.facts import ROWS, Facts
from commonground.analysis.register import Register
from commonground.guidance import registers
from commonground.guidance.facts_source import facts_of
from commonground.guidance.guidelines import CATALOGUE
from commonground.guidance.models import Finding
from commonground.guidance.refresh import refresh
from commonground.guidance.registers import LOOKUPS, register_of
from commonground.journal.models import Version
from commonground.programs.models import Activity, Engagement, Milestone
from commonground.realignment.models import HolderPath, ProcessFate, RoleFate, Seat, Session, Solution
from commonground.workflows.models import AnswersFor, Does, Process

DAY = date(2026, 9, 14)
NOW = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
FATES = st.sampled_from(["keep", "move", "eliminate", "reshape"])
STAGES = st.sampled_from(["draft", "consulted", "told", "in_force"])
NAMES = st.sampled_from(["carol", "dan", "erin", "charlie"])
PROCESSES = st.sampled_from(["process", "billing_process"])
ROLES = st.sampled_from(["billing_clerk", "meter_reader"])
Change = tuple[Callable[..., tuple[str, ...]], tuple[Any, ...]]


def set_fate(cast: Cast, process: str, fate: str, stage: str) -> tuple[str, ...]:
    ProcessFate.objects.update_or_create(
        process=cast.things[process], defaults={"program": cast.program, "fate": fate, "stage": stage}
    )
    return "processes", "stages"


def drop_fate(cast: Cast, process: str) -> tuple[str, ...]:
    ProcessFate.objects.filter(process=cast.things[process]).delete()
    return "processes", "stages"


def set_role(cast: Cast, role: str, stage: str, size: int) -> tuple[str, ...]:
    fate, _ = RoleFate.objects.update_or_create(
        program=cast.program,
        role=cast.roles[role],
        defaults={"fate": "change", "stage": stage, "effective": DAY + timedelta(days=7)},
    )
    fate.changes.all().delete()
    fate.changes.create(kind="decisions", size=size)
    return "roles", "role_changes", "stages"


def set_path(cast: Cast, name: str, stage: str) -> tuple[str, ...]:
    HolderPath.objects.update_or_create(
        program=cast.program,
        person=cast.played[name].person,
        role=cast.roles["billing_clerk"],
        defaults={"fate": "leaving", "stage": stage},
    )
    return "paths", "stages"


def seat(cast: Cast, name: str) -> tuple[str, ...]:
    Seat.objects.get_or_create(solution=Solution.objects.get(), person=cast.played[name].person)
    return ("seats",)


def meet(cast: Cast, name: str) -> tuple[str, ...]:
    Session.objects.get_or_create(solution=Solution.objects.get(), on=DAY)[0].people.add(cast.played[name].person)
    return ("takes_part",)


def stand_up(cast: Cast, name: str) -> tuple[str, ...]:
    Seat.objects.filter(person=cast.played[name].person).delete()
    return ("seats",)


def does(cast: Cast, process: str, name: str) -> tuple[str, ...]:
    Does.objects.get_or_create(process=cast.things[process], person=cast.played[name].person)
    return ("does",)


def nobody_answers(cast: Cast, process: str) -> tuple[str, ...]:
    AnswersFor.objects.filter(process=cast.things[process]).delete()
    return ("processes",)


def milestone(cast: Cast, kind: str) -> tuple[str, ...]:
    Milestone.objects.update_or_create(program=cast.program, kind=kind, unit=None, defaults={"actual": DAY})
    return ("milestones",)


def engage(cast: Cast) -> tuple[str, ...]:
    Engagement.objects.create(program=cast.program, on=DAY, who="Board", kind="board")
    return ("engagements",)


def act(cast: Cast) -> tuple[str, ...]:
    Activity.objects.get_or_create(
        program=cast.program, key="A1", defaults={"kind": "workshop", "unit": cast.units["customers"]}
    )
    return ("activities",)


def open_work(cast: Cast, process: str) -> tuple[str, ...]:
    Process.objects.filter(pk=cast.things[process].pk).update(open_work="40 cases")
    return ("processes",)


def change(make: Callable[..., tuple[str, ...]], *given: st.SearchStrategy[Any]) -> st.SearchStrategy[Change]:
    return st.tuples(st.just(make), st.tuples(*given))


CHANGES = st.lists(
    st.one_of(
        change(set_fate, PROCESSES, FATES, STAGES),
        change(drop_fate, PROCESSES),
        change(set_role, ROLES, STAGES, st.sampled_from([-2, 1])),
        change(set_path, NAMES, STAGES),
        change(seat, NAMES),
        change(meet, NAMES),
        change(stand_up, NAMES),
        change(does, PROCESSES, NAMES),
        change(nobody_answers, PROCESSES),
        change(milestone, st.sampled_from(["technology_chosen", "strategy_agreed", "cut_over"])),
        change(engage),
        change(act),
        change(open_work, PROCESSES),
    ),
    min_size=1,
    max_size=8,
)


def standing() -> list[tuple[Any, ...]]:
    fields = (
        "code",
        "kind",
        "subject",
        "view",
        "severity",
        "what",
        "where",
        "evidence",
        "do",
        "unit",
        "reach",
        "scope",
    )
    return sorted(Finding.objects.filter(ended_on=None).values_list(*fields), key=str)


@pytest.mark.slow
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=CHANGES, days=st.lists(st.integers(0, 1), min_size=8, max_size=8))
def test_incremental_is_full(cast: Cast, changes: list[Change], days: list[int]) -> None:
    with transaction.atomic():
        day = DAY
        for (make, given_), later in zip(changes, days, strict=False):
            Version.objects.bump(make(cast, *given_))
            day += timedelta(days=later)
            refresh(cast.program, day, NOW)
        step_by_step = standing()
        refresh(cast.program, day, NOW, whole=True)
        assert standing() == step_by_step
        Finding.objects.all().delete()
        refresh(cast.program, day, NOW, whole=True)
        assert standing() == step_by_step
        transaction.set_rollback(True)


def test_a_finding_whose_guideline_did_not_run_again_still_counts_whom_it_reaches(cast: Cast) -> None:
    Version.objects.bump(milestone(cast, "technology_chosen"))
    refresh(cast.program, DAY, NOW)
    before = Finding.objects.get(code="EARLY-01", subject="technology_chosen").reach
    Version.objects.bump(set_path(cast, "carol", "in_force"))
    Version.objects.bump(set_path(cast, "dan", "in_force"))
    refresh(cast.program, DAY, NOW)
    after = Finding.objects.get(code="EARLY-01", subject="technology_chosen").reach
    assert after > before
    refresh(cast.program, DAY, NOW, whole=True)
    assert Finding.objects.get(code="EARLY-01", subject="technology_chosen").reach == after


def test_a_table_that_begins_to_say_that_there_is_nothing_counts_as_changed(cast: Cast) -> None:
    """The first milestone makes a missing table of sponsors an empty one: LEAD-04 is stale with it."""
    Version.objects.bump(open_work(cast, "process"))
    refresh(cast.program, DAY, NOW)
    assert not Finding.objects.filter(code="LEAD-04").exists()
    Version.objects.bump(milestone(cast, "cut_over"))
    refresh(cast.program, DAY, NOW)
    assert Finding.objects.filter(code="LEAD-04", ended_on=None).exists()


class Watched(Facts):
    """Facts that remember which tables were asked for."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts.tables, facts.as_of)
        object.__setattr__(self, "asked", set[str]())

    def has(self, table: str) -> bool:
        self.asked.add(table)
        return super().has(table)

    def rows(self, table: str) -> Any:
        self.asked.add(table)
        return super().rows(table)


@pytest.mark.parametrize(("part", "name"), [(part, name) for part, names in LOOKUPS.items() for name in names])
def test_a_lookup_that_is_taken_over_names_every_table_below_it(cast: Cast, part: str, name: str) -> None:
    facts = Watched(facts_of(cast.program, "told", DAY))
    register = Register(facts)
    getattr(getattr(register, part) if part else register, name)
    assert facts.asked <= set(LOOKUPS[part][name])


def test_only_the_same_tables_are_taken_over(cast: Cast) -> None:
    registers.clear()
    first = register_of(facts_of(cast.program, "told", DAY))
    assert first.touched == frozenset()
    tables = dict(first.facts.tables)
    tables["processes"] = [row._replace(fate="move") for row in tables["processes"]]
    second = register_of(Facts(tables, DAY))
    assert second.touched
    assert vars(second.organization)["people"] is first.organization.people
    assert register_of(Facts(tables, DAY + timedelta(days=1))).organization.people is not first.organization.people
    registers.clear()


def test_the_guidelines_read_only_tables_that_are_read_from_the_database() -> None:
    assert {table for one in CATALOGUE.values() for table in one.tables} <= ROWS.keys()
