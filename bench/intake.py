"""100,000 people out of a CSV: previewed (read, checked, compared) and committed. Limit: 15 s together, medians.

    python bench/intake.py [--people 100000] [--runs 3]

Beside it, in the same run, the naive way that one writes first: the csv module and `bulk_create` into the same tables, with no
check, no comparison, no history, no journal and no undo. Each run begins with an empty database.
"""

import argparse
import csv
import os
import statistics
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter, process_time

import django

FOLDER = tempfile.TemporaryDirectory()
os.environ["COMMONGROUND_DATA"] = FOLDER.name
os.environ["DJANGO_SETTINGS_MODULE"] = "commonground.config.settings"
django.setup()

from django.core.management import call_command
from django.db import connection, transaction

from commonground.access import roles
from commonground.access.actor import OPERATOR
from commonground.accounts.models import User, actor_for
from commonground.analysis.facts import Person as PersonRow
from commonground.analysis.facts import in_force
from commonground.config.tables import bring_up_to_date
from commonground.demo.workforce import POSTS
from commonground.demo.world import build
from commonground.intake import uploads
from commonground.organization.models import Assignment, Level, Person, Role, RolePeriod, Unit, UnitPeriod
from commonground.programs.models import Program

DAY, AT, LIMIT = date(2026, 9, 14), datetime(2026, 9, 14, 9, tzinfo=UTC), 15.0
HEADER = ("id", "name", "unit", "manager", "role", "level", "email", "location", "shift", "language")


def roster(path: Path, people: int) -> int:
    """Writes a roster as an HR system exports it, one row a person. Returns how many."""
    rows = build(today=DAY, people=people).organization["people"]
    here = [row for row in rows if isinstance(row, PersonRow) and in_force(row.start, row.end, DAY)]
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(HEADER)
        for row in here:
            post = POSTS[row.role or ""]
            place = (row.email, row.location, row.shift, row.language)
            writer.writerow((row.id, row.name, row.unit, row.manager, post.name, post.level, *place))
    return len(here)


Spent = tuple[float, float]
"""Seconds by the clock and of the processor; a busy machine stretches the first alone."""


def now() -> Spent:
    return perf_counter(), process_time()


def since(begun: Spent) -> Spent:
    return perf_counter() - begun[0], process_time() - begun[1]


def ours(path: Path, lead: User) -> tuple[Spent, Spent]:
    """What the preview and taking over take, as the pages do it."""
    actor, program = actor_for(lead, person=None), Program.objects.get()
    begun = now()
    row = uploads.bring(program, [(path.name, path.read_bytes())], by=actor, at=AT)
    uploads.check(row, by=actor, at=AT)
    preview, begun = since(begun), now()
    uploads.take_over(row, by=actor, at=AT)
    return preview, since(begun)


def naive(path: Path) -> Spent:
    """What the csv module and bulk_create take, into the same tables."""
    begun = now()
    with path.open(encoding="utf-8", newline="") as file, transaction.atomic():
        rows = list(csv.DictReader(file))
        units = {
            unit.key: unit for unit in Unit.objects.bulk_create(Unit(key=key) for key in {r["unit"] for r in rows})
        }
        UnitPeriod.objects.bulk_create(UnitPeriod(unit=u, name=k, path=f"/{u.pk}/") for k, u in units.items())
        roles = {
            role.key: role for role in Role.objects.bulk_create(Role(key=key) for key in {r["role"] for r in rows})
        }
        RolePeriod.objects.bulk_create(RolePeriod(role=role, name=key) for key, role in roles.items())
        names = sorted({r["level"] for r in rows})
        levels = {x.name: x for x in Level.objects.bulk_create(Level(name=n, rank=i) for i, n in enumerate(names, 1))}
        people = {
            person.key: person
            for person in Person.objects.bulk_create(
                Person(key=r["id"], name=r["name"], email=r["email"]) for r in rows
            )
        }
        Assignment.objects.bulk_create(
            Assignment(
                person=people[r["id"]],
                unit=units[r["unit"]],
                manager=people.get(r["manager"]),
                role=roles[r["role"]],
                level=levels[r["level"]],
                location=r["location"],
                shift=r["shift"],
                language=r["language"],
            )
            for r in rows
        )
    return since(begun)


def empty() -> User:
    """An empty database with one program and its lead, as before a first import."""
    call_command("flush", interactive=False, verbosity=0)
    Program.objects.create(slug="bench", name="Bench", started=DAY)
    lead = User.objects.invite("lead", name="Lead", by=OPERATOR, at=AT)
    lead.grant(roles.LEAD, by=OPERATOR, at=AT)
    return lead


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--people", type=int, default=100_000)
    asked.add_argument("--runs", type=int, default=3)
    given = asked.parse_args()
    bring_up_to_date()
    with FOLDER:
        path = Path(FOLDER.name) / "people.csv"
        people = roster(path, given.people)
        previews, commits, peers = [], [], []
        for _ in range(given.runs):
            preview, commit = ours(path, empty())
            previews.append(preview)
            commits.append(commit)
            if Assignment.objects.count() != people:
                raise RuntimeError(f"{Assignment.objects.count():,} of {people:,} people were committed.")
            empty()
            peers.append(naive(path))
        kept = show(people, path.stat().st_size / 1e6, previews, commits, peers)
        connection.close()
    sys.exit(0 if kept else 1)


def show(people: int, megabytes: float, previews: list[Spent], commits: list[Spent], peers: list[Spent]) -> bool:
    both = [(one[0] + two[0], one[1] + two[1]) for one, two in zip(previews, commits, strict=True)]
    preview, commit, whole, peer = map(middle, (previews, commits, both, peers))
    print(f"{people:,} people, {megabytes:.1f} MB, medians of {len(peers)}; seconds by the clock, of the processor")
    print(f"  {preview[0]:6.2f} {preview[1]:6.2f}  previewed: read, checked, compared")
    print(
        f"  {commit[0]:6.2f} {commit[1]:6.2f}  taken over: read and compared again, written with history, journal and undo"
    )
    print(f"  {whole[0]:6.2f} {whole[1]:6.2f}  both, limit {LIMIT:g} s: {'kept' if whole[0] <= LIMIT else 'MISSED'}")
    print(
        f"  {peer[0]:6.2f} {peer[1]:6.2f}  csv module and bulk_create, unchecked; both ÷ this = {whole[1] / peer[1]:.2f}"
    )
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    if load > cores + 1:
        print(f"The machine was busy with other work, load {load:.1f} on {cores} cores: read the processor's time.")
    return whole[0] <= LIMIT


def middle(runs: list[Spent]) -> Spent:
    return statistics.median(run[0] for run in runs), statistics.median(run[1] for run in runs)


if __name__ == "__main__":
    main()
