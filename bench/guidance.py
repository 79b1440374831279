"""All guidelines over 100,000 people, and again after one small change.

    python bench/guidance.py [--people 100000] [--runs 5]

Makes its own organization in a database of its own: 2,000 units, 40 roles, 300 processes of which a third are in question, 150,000
rows of who does what. Medians; the first run reads every table. A small change is one session more in one search, one process with
another fate, or one row more of who does what; after it findings are brought up to date first, then the results that pages show.
"""

import argparse
import os
import statistics
import tempfile
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from time import perf_counter, process_time
from zoneinfo import ZoneInfo

import django

FOLDER = tempfile.TemporaryDirectory()
os.environ["COMMONGROUND_DATA"] = FOLDER.name
os.environ["DJANGO_SETTINGS_MODULE"] = "commonground.config.settings"
django.setup()

from commonground.analysis.facts import ROWS
from commonground.config.tables import bring_up_to_date
from commonground.guidance import refresh as running
from commonground.guidance import registers
from commonground.guidance.facts_source import KEPT, TABLES, facts_of
from commonground.guidance.guidelines import CATALOGUE
from commonground.guidance.models import Finding
from commonground.journal.models import Version
from commonground.organization.models import Assignment, Level, Person, Role, RolePeriod, Unit, UnitPeriod
from commonground.programs.models import Program
from commonground.realignment.models import HolderPath, ProcessFate, RoleChange, RoleFate, Seat, Session, Solution
from commonground.workflows.models import AnswersFor, Does, Process, Workflow

LEVELS = ("Board and executive", "Senior manager", "Manager", "Team leader", "Staff")
DAY = date(2026, 9, 14)
NOW = datetime(2026, 9, 14, 9, 0, tzinfo=ZoneInfo("UTC"))
FATES = ("move", "reshape", "automate", "merge", "eliminate")
STAGES = ("in_force", "told", "told", "consulted", "draft")


def make(people: int) -> Program:
    """Writes the organization and a program over it, straight into the tables."""

    units = make_units(people)
    roles = make_roles()
    make_people(people, units, roles)
    program = Program.objects.create(slug="bench", name="Bench", started=date(2026, 1, 5))
    make_work(program, people, units)
    make_plans(program, roles)
    bump()
    return program


def make_units(people: int) -> list[int]:

    count = max(20, people // 50)
    Unit.objects.bulk_create(Unit(key=f"U{n}") for n in range(count))
    ids = list(Unit.objects.order_by("pk").values_list("pk", flat=True))
    parent = {n: None if n == 0 else 0 if n <= 7 else 1 + (n % 7) if n < 80 else 8 + (n % 72) for n in range(count)}
    paths: dict[int, str] = {}
    for n in range(count):
        above = parent[n]
        paths[n] = f"{paths[above] if above is not None else '/'}{ids[n]}/"
    UnitPeriod.objects.bulk_create(
        UnitPeriod(
            unit_id=ids[n],
            name=f"Unit {n}",
            parent_id=None if parent[n] is None else ids[parent[n] or 0],
            path=paths[n],
        )
        for n in range(count)
    )
    return ids


def make_roles() -> list[int]:

    levels = [Level.objects.create(name=name, rank=rank) for rank, name in enumerate(LEVELS)]
    Role.objects.bulk_create(Role(key=f"R{n}") for n in range(40))
    ids = list(Role.objects.order_by("pk").values_list("pk", flat=True))
    RolePeriod.objects.bulk_create(
        RolePeriod(
            role_id=pk,
            name=f"Role {n}",
            level=levels[min(n // 3, 4)],
            front_office=n % 3 == 0,
            definition="What it answers for.",
        )
        for n, pk in enumerate(ids)
    )
    return ids


def make_people(people: int, units: list[int], roles: list[int]) -> None:

    Person.objects.bulk_create((Person(key=f"P{n}", name=f"Person {n}") for n in range(people)), batch_size=5000)
    first = Person.objects.order_by("pk").values_list("pk", flat=True)[0]
    Assignment.objects.bulk_create(
        (
            Assignment(
                person_id=first + n,
                unit_id=units[n % len(units)],
                manager_id=None if n == 0 else first + n // 8,
                role_id=roles[n % len(roles)],
                location="Harbour",
                start=date(2020, 1, 1),
            )
            for n in range(people)
        ),
        batch_size=5000,
    )


def make_work(program: Program, people: int, units: list[int]) -> None:

    first = Person.objects.order_by("pk").values_list("pk", flat=True)[0]
    flows = [Workflow.objects.create(program=program, key=f"W{n}", name=f"Workflow {n}") for n in range(10)]
    searches = [
        Solution.objects.create(program=program, key=f"S{n}", workflow=flow, opened=DAY) for n, flow in enumerate(flows)
    ]
    Process.objects.bulk_create(
        Process(
            program=program, key=f"T{n}", name=f"Process {n}", workflow=flows[n % 10], unit_id=units[n * 7 % len(units)]
        )
        for n in range(300)
    )
    ids = list(Process.objects.order_by("pk").values_list("pk", flat=True))
    AnswersFor.objects.bulk_create(
        AnswersFor(process_id=pk, person_id=first + n * 31 % people) for n, pk in enumerate(ids)
    )
    Does.objects.bulk_create(
        (Does(process_id=ids[n % 300], person_id=first + n * 13 % people) for n in range(people * 3 // 2)),
        batch_size=5000,
    )
    ProcessFate.objects.bulk_create(
        ProcessFate(
            program=program, process_id=pk, fate=FATES[n % 5], stage=STAGES[n // 3 % 5], to_unit_id=units[n % 20]
        )
        for n, pk in enumerate(ids)
        if n % 3 == 0
    )
    Seat.objects.bulk_create(
        Seat(solution=search, person_id=first + n * 31 % people) for search in searches for n in range(20)
    )


def make_plans(program: Program, roles: list[int]) -> None:

    for n, role in enumerate(roles[:12]):
        fate = RoleFate.objects.create(
            program=program, role_id=role, fate="change", stage=STAGES[n % 5], effective=DAY + timedelta(days=20)
        )
        RoleChange.objects.create(role_fate=fate, kind="decisions", size=-2)

    holders = Assignment.objects.filter(role_id=roles[0]).values_list("person_id", flat=True)
    HolderPath.objects.bulk_create(
        HolderPath(program=program, person_id=person, role_id=roles[0], fate="same", stage="told") for person in holders
    )


def bump() -> None:

    Version.objects.bump(ROWS)


def change(program: Program, number: int) -> None:
    """One session more in one search."""

    search = Solution.objects.filter(program=program).first()
    Session.objects.create(solution=search, on=DAY).people.add(Person.objects.order_by("pk")[number])
    Version.objects.bump(["takes_part"])


def change_fate(program: Program, number: int) -> None:
    """One process that moves is to be reshaped, or the other way round."""
    fate = ProcessFate.objects.filter(program=program, stage="told").order_by("pk")[number]
    fate.fate = "reshape" if fate.fate == "move" else "move"
    fate.save(update_fields=["fate"])
    Version.objects.bump(["processes", "stages"])


def change_does(program: Program, number: int) -> None:
    """One person more does one process."""
    process = Process.objects.filter(program=program).order_by("pk")[number]
    Does.objects.create(process=process, person=Person.objects.order_by("-pk")[number])
    Version.objects.bump(["does"])


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of the processor, and of the clock, which a busy machine stretches."""
    begun, busy = perf_counter(), process_time()
    work()
    return process_time() - busy, perf_counter() - begun


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--people", type=int, default=100_000)
    asked.add_argument("--runs", type=int, default=5)
    given = asked.parse_args()
    bring_up_to_date()
    with FOLDER:
        kept = measure(make(given.people), given.people, given.runs)
    raise SystemExit(0 if kept else 1)


Row = tuple[str, list[tuple[float, float]], float | None]  # what, seconds by the processor and the clock, limit


def measure(program: Program, people: int, runs: int) -> bool:
    """Prints the table; whether every limit is kept."""

    def reading() -> None:
        KEPT.clear()
        facts_of(program, "told", DAY)

    def whole() -> None:
        KEPT.clear()
        registers.clear()  # as a process that has just started
        running.refresh(program, DAY, NOW, whole=True)

    def small(make_change: Callable[[Program, int], None], number: int) -> tuple[float, float]:
        make_change(program, number)
        found = []
        taken = timed(lambda: found.append(running.find(program, DAY, NOW)))
        running.store(found[0], perf_counter())
        return taken

    def with_results(make_change: Callable[[Program, int], None], number: int) -> tuple[float, float]:
        make_change(program, runs + number)
        return timed(lambda: running.refresh(program, DAY, NOW))

    changes = ((change, "a session"), (change_fate, "a fate"), (change_does, "who does a process"))

    rows = (
        (f"read {len(TABLES)} tables", [timed(reading) for _ in range(runs)], None),
        (f"all {len(CATALOGUE)} guidelines, every view, nothing read yet", [timed(whole) for _ in range(runs)], 10.0),
        *(
            (f"findings after {what} changed", [small(one, number) for number in range(runs)], 1.0)
            for one, what in changes
        ),
        *(
            (
                f"the same with what pages show, after {what} changed",
                [with_results(one, at) for at in range(runs)],
                None,
            )
            for one, what in changes
        ),
    )
    return told(rows, people, runs)


def told(rows: Iterable[Row], people: int, runs: int) -> bool:
    """Prints what each took, by the processor and by the clock; whether every limit is kept."""
    print(f"{people:,} people, {Finding.objects.count():,} findings stored, medians of {runs}: processor, clock")
    missed = False
    for name, seconds, limit in rows:
        busy, clock = (statistics.median(side) for side in zip(*seconds, strict=True))
        missed |= limit is not None and busy > limit
        verdict = "" if limit is None else f"  limit {limit:g} s: {'kept' if busy <= limit else 'MISSED'}"
        print(f"  {busy:7.2f} s {clock:7.2f} s  {name}{verdict}")
    return not missed


if __name__ == "__main__":
    main()
