"""A round for 100,000 people: how long it takes to prepare, open, write to all and close, and how long others must wait to write meanwhile.

    python bench/rounds.py [--people 100000] [--answers 0.6] [--limit 5.0] [--tables 120] [--open-only]

Made people in a tree of units of about 40, in a data folder of its own. Beside each step a second process writes one row again and
again, as somebody would who works elsewhere in the product; the longest that it had to wait is told. Exit code 1 when that is longer than
the limit (seconds), when the tables take more of the processor than theirs (seconds), or when a number does not come out.

What it got, November 2026, two cores that others used as well: 100,000 people in 2,500 units (load 6) are found in 1.4 s, the round is open
after 13 s (7 s of the processor) and all mail is queued after 36 s more (13 s); others waited 0.2 s at most. The tables of 14 questions
were made and the round sealed in 50 s of the processor (346 s by the clock at load 11); of 20,000 people in 500 units in 10 s of the
processor (91 and 125 s by the clock at load 10 to 12), where others waited 3.1 and 17.4 s at most in two runs, most likely for the sealing.
"""

import argparse
import json
import os
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

ASKED = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
ASKED.add_argument("--people", type=int, default=100_000)
ASKED.add_argument("--answers", type=float, default=0.6)
ASKED.add_argument("--limit", type=float, default=5.0)
ASKED.add_argument("--tables", type=float, default=120.0)
ASKED.add_argument("--open-only", action="store_true", help="end when all are written to")
ASKED.add_argument("--beside", help=argparse.SUPPRESS)
GIVEN = ASKED.parse_args()
A_UNIT, A_BRANCH = 40, 12


def beside(path: str) -> None:
    """Writes a row every 20 ms until the standard input closes; tells the longest wait in seconds."""
    database, longest = sqlite3.connect(path, timeout=120, isolation_level=None), 0.0
    database.execute("CREATE TABLE IF NOT EXISTS bench_beside (n INTEGER)")
    os.set_blocking(0, False)
    print("ready", flush=True)
    while True:
        begun = time.perf_counter()
        database.execute("INSERT INTO bench_beside VALUES (1)")
        longest = max(longest, time.perf_counter() - begun)
        time.sleep(0.02)
        if sys.stdin.buffer.raw.read(1) == b"":  # unbuffered: None while nothing is there
            print(longest, flush=True)
            return


def people(count: int) -> Any:
    """A program, units in a tree, and people of five levels at three places; one in twenty has no address."""
    from commonground.organization.models import Assignment, Level, Person, Unit, UnitPeriod
    from commonground.programs.models import Program

    draw, begin = random.Random(5), date(2020, 1, 1)
    units = [Unit(key=f"U{number:05d}") for number in range(max(2, count // A_UNIT))]
    units = Unit.objects.bulk_create(units, batch_size=1000)
    paths: list[str] = []
    periods = []
    for place, unit in enumerate(units):
        above = None if place == 0 else (place - 1) // A_BRANCH
        paths.append(f"{'/' if above is None else paths[above]}{unit.pk}/")
        parent = None if above is None else units[above]
        periods.append(UnitPeriod(unit=unit, name=f"Unit {place}", parent=parent, path=paths[-1], start=begin))
    UnitPeriod.objects.bulk_create(periods, batch_size=1000)
    levels = [Level.objects.create(name=name, rank=rank) for rank, name in enumerate(("Staff", "Lead", "Head"))]
    rows = [
        Person(key=f"P{n:06d}", name=f"Person {n}", email="" if n % 20 == 0 else f"p{n}@example.org")
        for n in range(count)
    ]
    rows = Person.objects.bulk_create(rows, batch_size=1000)
    Assignment.objects.bulk_create(
        (
            Assignment(
                person=row,
                unit=units[place % len(units)],
                level=draw.choices(levels, (30, 4, 1))[0],
                location=draw.choice(("North", "South", "West")),
                start=begin,
            )
            for place, row in enumerate(rows)
        ),
        batch_size=1000,
    )
    return Program.objects.create(slug="p", name="P", started=begin)


def answer_all(row: Any, share: float) -> int:
    """So many answer, without the page of questions: bench/answering.py measures that."""
    from django.db import transaction

    from commonground.access.unordered import random_pk
    from commonground.assessments.answering import Answer
    from commonground.assessments.tokens import Token

    draw = random.Random(7)
    columns = [column["name"] for item in row.items["items"] for column in item["columns"]]
    tokens = list(Token.objects.filter(round=row).values_list("pk", "combination_id"))
    chosen = draw.sample(tokens, int(share * len(tokens)))
    with transaction.atomic():
        Answer.objects.bulk_create(
            (
                Answer(
                    pk=random_pk(), round=row, combination_id=group, values={one: draw.randint(1, 5) for one in columns}
                )
                for _, group in chosen
            ),
            batch_size=500,
        )
        for start in range(0, len(chosen), 5000):
            Token.objects.filter(pk__in=[pk for pk, _ in chosen[start : start + 5000]]).update(spent=True)
    return len(chosen)


def step(name: str, act: Callable[[], Any], path: str) -> tuple[float, Any]:
    """Runs a step with somebody else writing beside it. Returns the longest wait and what it gave."""
    command = [sys.executable, __file__, "--beside", path]
    other = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert other.stdin is not None  # it was asked for
    assert other.stdout is not None
    other.stdout.readline()
    begun, busy = time.perf_counter(), time.process_time()
    given = act()
    seconds, processor = time.perf_counter() - begun, time.process_time() - busy
    waited = float(other.communicate()[0])
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"| {name} | {seconds:.1f} | {processor:.1f} | {waited:.2f} | {most:.0f} |", flush=True)
    return waited, given


def draft(program: Any, at: datetime) -> Any:
    """A round of all, with three attributes and four tables."""
    from commonground.access.actor import OPERATOR
    from commonground.assessments.models import Round

    return program.add(
        Round(
            name="R", instrument="readiness", attributes=["unit", "level", "location"], languages=["en"],
            tables=[[], ["unit"], ["level"], ["location"]], opens_on=at.date(), closes_on=at.date() + timedelta(days=7),
        ),
        by=OPERATOR, at=at,
    )  # fmt: skip


def main() -> int:
    import django

    django.setup()
    from django.conf import settings

    from commonground.access.actor import OPERATOR
    from commonground.assessments.closing import close, finish
    from commonground.assessments.invitations import write_mail
    from commonground.assessments.models import Invited, PublishedTable, Token
    from commonground.assessments.opening import begin_opening, carry_on, prepared
    from commonground.config.tables import bring_up_to_date
    from commonground.outbox.models import Message

    bring_up_to_date()
    path, at = str(settings.DATABASES["default"]["NAME"]), datetime.now(UTC)
    program = people(GIVEN.people)
    row = draft(program, at)
    print(f"{GIVEN.people:,} people, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")
    print("| step | s | processor s | others waited at most, s | MB |\n|---|---:|---:|---:|---:|")
    waits = [step("who would be asked (first look at a draft)", lambda: prepared(row, at.date()), path)[0]]
    begin_opening(row, by=OPERATOR, at=at)
    waits.append(step("opening", lambda: carry_on(row, by=OPERATOR, at=at), path)[0])
    waits.append(step("mail to all", lambda: write_mail(row), path)[0])
    if GIVEN.open_only:
        right = (Invited.objects.count(), Token.objects.count()) == (GIVEN.people, GIVEN.people)
        return 0 if right and Message.objects.count() == row.by_mail and max(waits) <= GIVEN.limit else 1
    _, given = step("(answers are made)", lambda: answer_all(row, GIVEN.answers), path)
    whole = (Invited.objects.count(), Token.objects.count(), Message.objects.count())
    step("closing", lambda: close(row, by=OPERATOR, at=at), path)
    begun = time.process_time()
    step("tables, and sealing", lambda: finish(row, at=at), path)
    tables = time.process_time() - begun
    told = PublishedTable.objects.get(round=row, key="whole").data["cells"][0]
    print(
        f"\nInvited, tokens, messages: {whole}; answered {told['answered']:,} of {given:,}; {_shown()} of the cells shown."
    )
    right = whole[:2] == (GIVEN.people, GIVEN.people) and whole[2] == row.by_mail and told["answered"] == given
    within = max(waits) <= GIVEN.limit and tables <= GIVEN.tables
    return 0 if right and within and not Token.objects.exists() else 1


def _shown() -> str:
    from commonground.assessments.models import PublishedTable

    cells = [one for table in PublishedTable.objects.all() for one in table.data.get("cells", [])]
    return json.dumps([sum(one["shown"] for one in cells), len(cells)])


if __name__ == "__main__":
    if GIVEN.beside:
        beside(GIVEN.beside)
        sys.exit(0)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COMMONGROUND_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "commonground.config.settings"
        sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
        sys.exit(main())
