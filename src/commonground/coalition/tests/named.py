"""A round of nominations among forty people beside the cast: who names whom is written here, and must stand nowhere else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone
from tests.cast import FIRST_DAY, MODEL_BACKEND, Cast

from commonground.accounts.models import User
from commonground.coalition import naming
from commonground.coalition.models import Nomination
from commonground.organization.models import Assignment, Person

NORA, OLAV, PIA, TOVE, TURI = "Nora Nygaard", "Olav Opsahl", "Pia Prestmo", "Tove Tveit", "Turi Tangen"


@dataclass
class Scene:
    """The cast with forty further people. Tove and Turi are a team of two of their own, in the metering crews."""

    cast: Cast
    row: Nomination
    people: dict[str, Person]
    ties: Mapping[str, list[str]] = field(default_factory=dict)

    def client(self, name: str) -> Client:
        client = Client()
        user = self.people[name].user
        assert user is not None
        client.force_login(user, backend=MODEL_BACKEND)
        return client


def people_of(cast: Cast) -> dict[str, Person]:
    names = [NORA, OLAV, PIA, TOVE, TURI, *(f"Crew Member{number:02}" for number in range(35))]
    people: dict[str, Person] = {}
    for number, name in enumerate(names):
        user = User.objects.create(username=f"n{number}", name=name, password="!")
        person = people[name] = Person.objects.create(key=f"N{number}", name=name, user=user)
        unit = "crews" if name in (TOVE, TURI) else "billing" if number % 2 else "water"
        Assignment.objects.create(
            person=person,
            unit=cast.units[unit],
            role=cast.roles["meter_reader"],
            level=cast.levels["staff"],
            manager=cast.dan.person if unit == "billing" else cast.bob.person,
            start=FIRST_DAY,
        )
    return people


def draft(cast: Cast, **given: Any) -> Nomination:
    day = timezone.localdate()
    row = Nomination(opens_on=day, closes_on=day + timedelta(days=14), **given)
    return cast.program.add(row, by=cast.alice.actor, at=timezone.now())


def ties_of(people: Mapping[str, Person]) -> dict[str, list[str]]:
    """Nora is named by 12, Olav by 7, Pia by 4, Tove by Turi alone."""
    crew = [name for name in people if name.startswith("Crew")]
    ties = {name: [NORA] for name in crew[:12]}
    for name in crew[8:15]:
        ties.setdefault(name, []).append(OLAV)
    for name in crew[14:18]:
        ties.setdefault(name, []).append(PIA)
    ties[TURI] = [TOVE]
    return ties


def opened(cast: Cast) -> Scene:
    people = people_of(cast)
    row = draft(cast)
    row.open(by=cast.alice.actor, at=timezone.now())
    return Scene(cast, row, people)


def named(cast: Cast) -> Scene:
    """An open round in which everybody has named whom they name."""
    scene = opened(cast)
    scene.ties = ties_of(scene.people)
    for name, colleagues in scene.ties.items():
        for colleague in colleagues:
            naming.name(scene.row, scene.people[name].pk, scene.people[colleague].pk, timezone.localdate())
    return scene
