"""A round of nominations from its opening to the choice on a database of its own, with one backup in the middle.

For `test_named_and_backed_up.py`. Run as `python -m tests.named_round FOLDER kept|naive`; prints who named whom, and the key.
naive: namings are kept as a plain survey would: whose they are and whom they name as numbers.
"""

# ruff: noqa: PLC0415 - Django must be set up, on a database of its own, before anything of it is imported
import json
import os
import sys
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

AT = datetime.now(UTC).replace(microsecond=0)
NAMERS = 24


def make_naive() -> None:
    from commonground.coalition import ballots

    def seal(_: Any, __: str, people: Iterable[int]) -> bytes:
        return ballots._SLOTS.pack(*[*people, *[0] * ballots.MOST][: ballots.MOST])

    ballots.Box.who = lambda _, person: str(person)
    ballots.Box.seal = seal
    ballots.Box.unseal = lambda _, __, sealed: frozenset(ballots._SLOTS.unpack(sealed)) - {0}


def play(folder: Path) -> dict[str, Any]:
    from django.test import Client

    from commonground.assessments.tokens import key_path
    from commonground.coalition.closing_nominations import close
    from commonground.coalition.models import Nomination, Selection
    from commonground.coalition.nominations import FOLDER
    from commonground.coalition.tasks import choose_task
    from commonground.config.backup import backup
    from commonground.organization.models import Person
    from tests.answered_round import organization

    program, _ = organization()
    days = {"opens_on": AT.date(), "closes_on": AT.date() + timedelta(days=7)}
    by = _lead()
    row = program.add(Nomination(program=program, **days), by=by, at=AT)
    row.open(by=by, at=AT)
    people = list(Person.objects.filter(user__isnull=False).select_related("user").order_by("pk"))
    ties: list[tuple[int, int]] = []
    for place, person in enumerate(people[:NAMERS]):
        browser = Client(headers={"host": "localhost"})
        browser.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
        colleague = people[-1 if place % 2 else -2]
        ties.append((person.pk, colleague.pk))
        browser.post("/p/champions/name/", {"find": colleague.name})
        assert browser.post("/p/champions/name/", {"add": colleague.pk}).status_code == 302
        if place == NAMERS // 2:
            backup(folder / "middle.tar.gz", at=AT)
    key = key_path(row.pk, FOLDER).read_bytes().hex()
    close(row, by=by, at=AT)
    choice = Selection.objects.ask(program, row, {"count": 1, "steps": 1}, by=by, at=AT)
    choose_task.func(choice.pk)
    choice.refresh_from_db()
    choice.accept(list(Person.objects.filter(pk__in=choice.chosen)), by=by, at=AT)
    return {"ties": ties, "key": key, "round": row.pk}


def _lead() -> Any:
    from commonground.accounts.models import User, actor_for

    user = User.objects.create(username="lead", name="Lead", password="!")
    user.grants.create(role="lead")
    return actor_for(user, person=None)


def main(folder: Path, how: str) -> None:
    import django

    django.setup()
    from commonground.config.tables import bring_up_to_date

    settings.ALLOWED_HOSTS.append("testserver")
    bring_up_to_date()
    if how == "naive":
        make_naive()
    print(json.dumps(play(folder)))  # noqa: T201 - what the test that started it reads


if __name__ == "__main__":
    target = Path(sys.argv[1])
    os.environ["COMMONGROUND_DATA"] = str(target)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonground.config.settings")
    main(target, sys.argv[2])
