"""A round from its opening to its end on a database of its own, with one backup in the middle, for `test_unlinkable.py`.

Run as `python -m tests.answered_round FOLDER kept|naive`; prints what an all-seeing witness would know: who answered what, in which order.
naive: rows get keys that count up, and the end of the round neither shuffles nor wipes, as a plain survey would be built.
"""

# ruff: noqa: PLC0415 - Django must be set up, on a database of its own, before anything of it is imported
import json
import os
import random
import sys
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from django.conf import settings

AT = datetime.now(UTC).replace(microsecond=0)
PEOPLE, UNITS = 160, ("a", "b", "c", "d")


def organization() -> tuple[Any, list[Any]]:
    """A program and its people, forty in each of four units; every fourth has no address, every fifth can sign in."""
    from commonground.accounts.models import User
    from commonground.organization.models import Assignment, Person, Unit, UnitPeriod
    from commonground.programs.models import Program

    program = Program.objects.create(slug="p", name="P", started=AT.date())
    units = [Unit.objects.create(key=key) for key in UNITS]
    for unit in units:
        UnitPeriod.objects.create(unit=unit, name=unit.key.upper(), path=f"/{unit.pk}/")
    people = []
    for number in range(PEOPLE):
        user = User.objects.create(username=f"u{number}", name=f"U {number}", password="!") if number % 5 == 0 else None
        email = "" if number % 4 == 0 else f"p{number}@example.org"
        person = Person.objects.create(key=f"P{number:03d}", name=f"Person {number}", email=email, user=user)
        Assignment.objects.create(person=person, unit=units[number % len(units)], start=AT.date() - timedelta(days=99))
        people.append(person)
    return program, people


def answers(people: list[Any], row: Any) -> list[dict[str, Any]]:
    """Who is reached by link or sign-in, in the order in which they will answer, each with an answer like nobody else's."""
    from commonground.assessments.models import Invited

    draw = random.Random(11)
    reached = dict(Invited.objects.filter(round=row).exclude(by="slip").values_list("person", "combination"))
    names = [column["name"] for item in row.items["items"] for column in item["columns"]]
    told: list[dict[str, Any]] = []
    seen = set[tuple[int, ...]]()
    for person in draw.sample([one for one in people if one.pk in reached], len(reached)):
        while (chosen := tuple(draw.randint(1, 5) for _ in names)) in seen:
            pass
        seen.add(chosen)
        told.append(
            {
                "person": person.pk,
                "combination": reached[person.pk],
                "values": dict(sorted(zip(names, chosen, strict=True))),
            }
        )
    return told


def send(row: Any, one: dict[str, Any]) -> str:
    """Answers as a browser does: by the link of the mail, or signed in by a click."""
    from django.test import Client

    from commonground.accounts.models import User
    from commonground.assessments.tokens import key_of, personal, written

    browser = Client(headers={"host": "localhost"})
    user = User.objects.filter(person=one["person"]).first()
    url = f"/answer/{written(personal(key_of(row.pk), one['person']))}/"
    if user is not None:
        browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        url = browser.post(f"/p/assessments/{row.pk}/go/").headers["Location"]
    sent = browser.post(url, one["values"])
    assert sent.status_code == 302, sent.content.decode()
    return url.strip("/").split("/")[1].replace("-", "")


def make_naive() -> None:
    """What a plain survey does: keys count up, nothing is shuffled or wiped."""
    from commonground.assessments import admitting, answering, sealing

    numbers = count(1)
    for module in (admitting, answering, sealing):
        module.random_pk = lambda: next(numbers)
    sealing._shuffle = sealing.wipe = lambda *_: None


def main(folder: Path, how: str) -> None:
    import django

    django.setup()
    from commonground.access.actor import OPERATOR
    from commonground.assessments.models import Round
    from commonground.assessments.opening import open_round
    from commonground.assessments.sealing import seal
    from commonground.config.backup import backup
    from commonground.config.tables import bring_up_to_date

    settings.ALLOWED_HOSTS.append("testserver")
    if how == "naive":
        make_naive()
    bring_up_to_date()
    program, people = organization()
    begin = Round(
        name="R", instrument="readiness", attributes=["unit"], tables=[[]], languages=["en"], threshold=10,
        opens_on=AT.date(), closes_on=AT.date() + timedelta(days=7),
    )  # fmt: skip
    row = open_round(program.add(begin, by=OPERATOR, at=AT), by=OPERATOR, at=AT)
    told = answers(people, row)
    tokens = []
    for place, one in enumerate(told):
        tokens.append(send(row, one))
        if place == len(told) // 2:
            backup(folder / "middle.tar.gz", at=AT)
    Round.objects.filter(pk=row.pk).update(state="closed", closed_at=AT)
    row.refresh_from_db()
    seal(row, by=OPERATOR, at=AT)
    threshold = row.threshold
    print(json.dumps({"told": told, "tokens": tokens, "threshold": threshold, "half": len(told) // 2 + 1}))  # noqa: T201 - what the test that started it reads


if __name__ == "__main__":
    target = Path(sys.argv[1])
    os.environ["COMMONGROUND_DATA"] = str(target)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonground.config.settings")
    main(target, sys.argv[2])
