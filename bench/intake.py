"""100,000 people out of a CSV: previewed (read, checked, compared) and committed. Limit: 15 s together, medians.

    python bench/intake.py [--people 100000] [--runs 3]

Beside it, in the same run, the naive way that one writes first: the csv module and `bulk_create` into the same tables, with no
check, no comparison, no history, no journal and no undo. Each run begins with an empty database; the command line is called in
process, as `commonground import people FILE`.
"""

import argparse
import csv
import json
import os
import statistics
import sys
import tempfile
from datetime import date
from pathlib import Path
from time import perf_counter

import django

FOLDER = tempfile.TemporaryDirectory()
os.environ["COMMONGROUND_DATA"] = FOLDER.name
os.environ["DJANGO_SETTINGS_MODULE"] = "commonground.config.settings"
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from typer.testing import CliRunner  # noqa: E402

from commonground.analysis.facts import Person as PersonRow  # noqa: E402
from commonground.analysis.facts import in_force  # noqa: E402
from commonground.cli import app  # noqa: E402
from commonground.demo.workforce import POSTS  # noqa: E402
from commonground.demo.world import build  # noqa: E402
from commonground.organization.models import Assignment, Level, Person, Role, RolePeriod, Unit, UnitPeriod  # noqa: E402
from commonground.programs.models import Program  # noqa: E402

DAY, LIMIT = date(2026, 9, 14), 15.0
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


def command(*words: str) -> tuple[float, dict[str, object]]:
    """Seconds of one command and its JSON answer. Raises RuntimeError when it was refused."""
    begun = perf_counter()
    answer = CliRunner().invoke(app, ["import", "people", *words, "--json"], catch_exceptions=False)
    seconds = perf_counter() - begun
    if answer.exit_code:
        raise RuntimeError(
            f"commonground import {' '.join(words)}: exit code {answer.exit_code}: {answer.stderr[-300:]}"
        )
    return seconds, json.loads(answer.stdout)


def naive(path: Path) -> float:
    """Seconds of the csv module and bulk_create, into the same tables."""
    begun = perf_counter()
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
    return perf_counter() - begun


def empty() -> None:
    """An empty database with one program, as before a first import."""
    call_command("flush", interactive=False, verbosity=0)
    Program.objects.create(slug="bench", name="Bench", started=DAY)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--people", type=int, default=100_000)
    asked.add_argument("--runs", type=int, default=3)
    given = asked.parse_args()
    call_command("migrate", verbosity=0)
    with FOLDER:
        path = Path(FOLDER.name) / "people.csv"
        people = roster(path, given.people)
        previews, commits, peers = [], [], []
        for _ in range(given.runs):
            empty()
            previews.append(command(str(path), "--preview")[0])
            commits.append(command(str(path), "--commit", "--program", "bench")[0])
            if Assignment.objects.count() != people:
                raise RuntimeError(f"{Assignment.objects.count():,} of {people:,} people were committed.")
            empty()
            peers.append(naive(path))
        kept = show(people, path.stat().st_size / 1e6, previews, commits, peers)
        connection.close()
    sys.exit(0 if kept else 1)


def show(people: int, megabytes: float, previews: list[float], commits: list[float], peers: list[float]) -> bool:
    preview, commit, peer = (statistics.median(seconds) for seconds in (previews, commits, peers))
    whole = statistics.median(one + two for one, two in zip(previews, commits, strict=True))
    print(f"{people:,} people, {megabytes:.1f} MB, medians of {len(peers)}")
    print(f"  {preview:6.2f} s  previewed: read, checked")
    print(f"  {commit:6.2f} s  committed: read, checked, compared, written with history, journal and undo")
    print(f"  {whole:6.2f} s  both  limit {LIMIT:g} s: {'kept' if whole <= LIMIT else 'MISSED'}")
    print(f"  {peer:6.2f} s  csv module and bulk_create, unchecked; both ÷ this = {whole / peer:.2f}")
    return whole <= LIMIT


if __name__ == "__main__":
    main()
