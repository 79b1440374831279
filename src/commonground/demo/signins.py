"""The demo's sign-ins: one user a role, with passwords that are no secret, written down for the sign-in page."""

import json
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings

from commonground.access.actor import OPERATOR
from commonground.accounts.models import User
from commonground.demo.load_organization import Keys
from commonground.demo.story import ACCOUNTS
from commonground.demo.world import World
from commonground.organization.models import Person

FILE = "demo_signins.json"


def password_for(role: str) -> str:
    """The password of a role. It is printed and shown on the sign-in page: a demo holds nothing that is private."""
    return f"northlight-{role}"


def make_signins(world: World, keys: Keys, *, at: datetime) -> dict[str, int]:
    """Makes the users, links them to the people they are, and writes the file that the sign-in page reads. Username → user id."""
    users: dict[str, int] = {}
    for account in ACCOUNTS:
        user = User.objects.invite(
            account.username, name=account.name, password=password_for(account.role), by=OPERATOR, at=at
        )
        if account.role != "employee":
            user.grant(account.role, unit=keys.unit(account.unit), by=OPERATOR, at=at)
        if account.person:
            Person.objects.filter(pk=keys.named[account.person]).update(user=user)
        users[account.username] = user.pk
    write_signins()
    return users


def write_signins() -> None:
    """Writes role, name, username and password of each into the data folder."""
    rows = [
        {"role": one.label, "name": one.name, "username": one.username, "password": password_for(one.role)}
        for one in ACCOUNTS
    ]
    (settings.DATA / FILE).write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def printed_signins() -> list[str]:
    """The sign-ins as lines for a terminal; none where this instance has no demo."""
    path = settings.DATA / FILE
    if not path.exists():
        return []
    rows: list[Mapping[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    wide = max(len(row["role"]) for row in rows)
    name = max(len(row["name"]) for row in rows)
    return [
        "Sign in as",
        *(f"  {row['role']:<{wide}}  {row['name']:<{name}}  {row['username']:<7} {row['password']}" for row in rows),
    ]
