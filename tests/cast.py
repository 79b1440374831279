"""The fixed cast of people that tests are played with, in a small organization and its one program.

    Alice    change lead                        Northlight (the root)
    Bob      sponsor                            Northlight
    Carol    team member                        Contact centre
    Dan      unit manager of Billing            Billing
    Erin     employee, Billing clerk            Billing, reports to Dan
    Charlie  employee, an outsider              Water
    Frank    auditor                            comes from outside: no person, so his role stands alone
    Grace    technical administrator            comes from outside: no person, so she sees no content
    Heidi    champion                           Contact centre
    Ivan     customer lead                      Contact centre

Use: `cast.alice.user`, `.person`, `.actor`, `.client()` (signed in). `cast.client_of("alice")`.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest
from django.db import models
from django.test import Client

from commonground.access.actor import Actor
from commonground.accounts.models import Grant, User, actor_for
from commonground.organization.models import Assignment, Level, Person, Role, RolePeriod, Unit, UnitPeriod
from commonground.programs.models import Program, Strategy
from commonground.realignment.models import Solution
from commonground.workflows.models import AnswersFor, Does, Handoff, Process, Workflow

FIRST_DAY = date(2025, 1, 1)  # since when everybody of the cast works where they work
STARTED = date(2026, 1, 12)
AT = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True)
class Played:
    """One of the cast. `person` is None for those who come from outside."""

    user: User
    person: Person | None
    actor: Actor

    def client(self) -> Client:
        """A browser in which they are signed in."""
        client = Client()
        client.force_login(self.user, backend=MODEL_BACKEND)
        return client


@dataclass(frozen=True)
class Cast:
    """People, units, levels, roles and the program. Things are found by the name used here: `cast.units["billing"]`."""

    program: Program
    units: dict[str, Unit]
    levels: dict[str, Level]
    roles: dict[str, Role]
    things: dict[str, models.Model]
    played: dict[str, Played] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Played:
        try:
            return self.__dict__["played"][name]
        except KeyError:
            raise AttributeError(f"The cast has no {name}. It has {', '.join(self.__dict__['played'])}.") from None

    def client_of(self, name: str) -> Client:
        """A browser signed in as one of the cast; of nobody for “anonymous”."""
        return Client() if name == "anonymous" else self.played[name].client()


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def make_cast() -> Cast:
    """Writes the cast into the database. Straight into the tables: the verbs are what the tests are about."""
    units = _units()
    levels = {
        name: Level.objects.create(name=label, rank=rank)
        for rank, (name, label) in enumerate(
            [("board", "Board and executive"), ("manager", "Manager"), ("leader", "Team leader"), ("staff", "Staff")], 1
        )
    }
    roles = _roles(levels)
    program = Program.objects.create(
        slug="northlight",
        name="Northlight",
        goal="Answer customers in one call; no posts are to go.",
        goal_stated_on=STARTED,
        started=STARTED,
        planned_end=date(2028, 6, 30),
    )
    played = _played(units, levels, roles)
    return Cast(program, units, levels, roles, _things(program, units, played), played)


def _units() -> dict[str, Unit]:
    tree = (  # name, key, label, parent, business unit, product line
        ("root", "NL", "Northlight", None, False, ""),
        ("customers", "CUS", "Customers", "root", True, ""),
        ("billing", "BIL", "Billing", "customers", False, ""),
        ("contact", "CON", "Contact centre", "customers", False, ""),
        ("water", "WAT", "Water", "root", True, "Water"),
        ("crews", "CRW", "Metering crews", "water", False, "Water"),
    )
    units: dict[str, Unit] = {}
    paths: dict[str, str] = {"": "/"}
    for name, key, label, parent, business_unit, line in tree:
        units[name] = unit = Unit.objects.create(key=key)
        paths[name] = f"{paths[parent or '']}{unit.pk}/"
        UnitPeriod.objects.create(
            unit=unit,
            name=label,
            parent=units[parent] if parent else None,
            business_unit=business_unit,
            product_line=line,
            path=paths[name],
        )
    return units


def _roles(levels: dict[str, Level]) -> dict[str, Role]:
    found: dict[str, Role] = {}
    for name, label, level, front in (
        ("director", "Director", "board", False),
        ("head_of_billing", "Head of Billing", "manager", False),
        ("billing_clerk", "Billing clerk", "staff", False),
        ("contact_agent", "Contact agent", "staff", True),
        ("meter_reader", "Meter reader", "staff", True),
    ):
        found[name] = role = Role.objects.create(key=name.replace("_", "-"))
        RolePeriod.objects.create(
            role=role, name=label, level=levels[level], front_office=front, definition=f"{label}: what it answers for."
        )
    return found


PARTS = (  # name, access role, person's unit, role, level, manager
    ("alice", "lead", "root", "director", "manager", "bob"),
    ("bob", "sponsor", "root", "director", "board", None),
    ("carol", "member", "contact", "contact_agent", "leader", "bob"),
    ("dan", "manager", "billing", "head_of_billing", "manager", "bob"),
    ("erin", None, "billing", "billing_clerk", "staff", "dan"),
    ("charlie", None, "water", "meter_reader", "staff", "bob"),
    ("frank", "auditor", None, None, None, None),
    ("grace", "admin", None, None, None, None),
    ("heidi", "champion", "contact", "contact_agent", "staff", "carol"),
    ("ivan", "customer", "contact", "contact_agent", "leader", "bob"),
)
SURNAMES = {
    "alice": "Aalto",
    "bob": "Berg",
    "carol": "Cole",
    "dan": "Dahl",
    "erin": "Eide",
    "charlie": "Chen",
    "frank": "Falk",
    "grace": "Grant",
    "heidi": "Holm",
    "ivan": "Ilves",
}
NAMES = tuple(part[0] for part in PARTS)


def _played(units: dict[str, Unit], levels: dict[str, Level], roles: dict[str, Role]) -> dict[str, Played]:
    users: dict[str, User] = {}
    people: dict[str, Person] = {}
    for number, (name, access, unit, *_) in enumerate(PARTS, 1):
        full = f"{name.title()} {SURNAMES[name]}"
        users[name] = user = User.objects.create(username=name, name=full, password="!", email=f"{name}@example.org")
        if access:
            Grant.objects.create(user=user, role=access, unit=units["billing"].pk if access == "manager" else None)
        if unit:
            people[name] = Person.objects.create(key=f"P{number}", name=full, email=user.email, user=user)
    for name, _access, unit, role, level, manager in PARTS:
        if unit and role and level:
            Assignment.objects.create(
                person=people[name],
                unit=units[unit],
                role=roles[role],
                level=levels[level],
                manager=people[manager] if manager else None,
                location="Harbour",
                start=FIRST_DAY,
            )
    return {
        name: Played(user, people.get(name), actor_for(user, person=people[name].pk if name in people else None))
        for name, user in users.items()
    }


def _things(program: Program, units: dict[str, Unit], played: dict[str, Played]) -> dict[str, models.Model]:
    """A workflow over the border of two units, with owners and doers, and the search for its new way."""
    strategy = Strategy.objects.create(program=program, statement="One call is enough", agreed_on=STARTED)
    workflow = Workflow.objects.create(
        program=program, key="move-in", name="Move-in", customer_need="Power on the day", serves=strategy
    )
    take, bill = (
        Process.objects.create(program=program, key=key, name=name, workflow=workflow, unit=units[unit], order=order)
        for order, (key, name, unit) in enumerate(
            [("take-call", "Take the call", "contact"), ("first-bill", "Write the first bill", "billing")]
        )
    )
    AnswersFor.objects.create(process=take, person=played["carol"].person, start=FIRST_DAY)
    AnswersFor.objects.create(process=bill, person=played["dan"].person, start=FIRST_DAY)
    Does.objects.create(process=bill, person=played["erin"].person, start=FIRST_DAY)
    handoff = Handoff.objects.create(program=program, workflow=workflow, from_process=take, to_process=bill)
    solution = Solution.objects.create(
        program=program, key="S1", workflow=workflow, question="Who writes the first bill?", opened=STARTED
    )
    return {
        "strategy": strategy,
        "workflow": workflow,
        "process": take,
        "billing_process": bill,
        "handoff": handoff,
        "solution": solution,
    }
