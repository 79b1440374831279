"""A made organization with all that the product publishes about groups of people, for `test_attacker.py`.

Some 230 people in teams of 3 to 30 below three divisions; four waves of one round between which people moved (in the last two everybody
answered, and answered alike, which is the best an attacker can hope for), a pulse that is open for five days, a culture round, voices,
the pace of a behaviour and ownership. `People` is what the attacker knows of everybody: where who works in which wave.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.utils import timezone

from commonground.accounts.models import Grant
from commonground.adoption.tests import made
from commonground.analysis.pace.measure import measure
from commonground.analysis.pace.observations import Followed, Observations, week_of
from commonground.analysis.register import Register
from commonground.assessments.answering import answer
from commonground.assessments.closing import close, finish
from commonground.assessments.models import Invited, Round, Token
from commonground.assessments.opening import open_round
from commonground.assessments.response import response_on
from commonground.assessments.tests.answered import _points
from commonground.assessments.tests.asked import values_for
from commonground.guidance.facts_source import facts_of
from commonground.guidance.refresh import refresh
from commonground.journal.models import Version
from commonground.organization.models import Assignment, Level, Person, Unit, UnitPeriod
from commonground.reports.tests.test_today import changes
from commonground.voice.models import Voice
from commonground.workflows.models import AnswersFor, Does
from tests.cast import AT, FIRST_DAY, Cast

BEGIN = AT - timedelta(days=220)
TEAMS = {
    "North": (38, 22, 6, 4), "South": (34, 13, 9, 3), "Staff": (28, 18, 5, 8, 14),
}  # fmt: skip
CUTS = [[], ["unit"], ["level"], ["unit", "level"], ["front_office"], ["front_office", "level"]]
ATTRIBUTES = ["unit", "level", "front_office"]
PROUD = "South 2"  # a team in which everybody gives the best answer to one question
SURE = "backed2"
WEEKS = 12


@dataclass
class Scene:
    """rounds: those that are closed, in time. where: round → person → combination. invited: round → combination → people. given: what was
    answered, round → combination → answers: known to nobody but the test. units, levels: what stands for them in figures of the pace."""

    cast: Cast
    rounds: list[Round] = field(default_factory=list)
    open: Round | None = None
    people: list[Person] = field(default_factory=list)
    where: dict[int, dict[int, int]] = field(default_factory=dict)
    given: dict[int, dict[int, list[Mapping[str, Any]]]] = field(default_factory=dict)
    observations: Observations | None = None
    behaviour: Any = None
    register: Any = None
    levels: dict[int, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)

    def kind(self, row: int) -> tuple[str, str]:
        """Unit and level of a row of the observations."""
        assert self.observations is not None
        obs = self.observations
        return self.units[obs.units[obs.unit[row]]], self.levels[int(obs.persons[obs.person[row]])]


def make(cast: Cast) -> Scene:
    scene, rng = Scene(cast), random.Random(20)
    _staff(scene, rng)
    _readiness(scene, rng)
    _culture(scene, rng)
    _pulse(scene, rng)
    _voices(scene, rng)
    _pace(scene, rng)
    _ownership(scene, rng)
    return scene


def _staff(scene: Scene, rng: random.Random) -> None:
    cast = scene.cast
    root = cast.units["root"]
    for division, sizes in TEAMS.items():
        above = _unit(division, root, f"/{root.pk}/")
        _heads(scene, above, division)
        for number, size in enumerate(sizes, 1):
            team = _unit(f"{division} {number}", above, f"/{root.pk}/{above.pk}/")
            cast.units[team.key] = team
            for place in range(size):
                level = "manager" if place == 0 else "leader" if place % 7 == 1 else "staff"
                _person(scene, f"{team.key} {place}", team, level, front=rng.random() < 0.55)
    for name in ("dan", "erin"):
        one = cast.played[name]
        Grant.objects.filter(user=one.user).update(unit=cast.units["North"].pk)
    Grant.objects.create(user=cast.dan.user, role="manager", unit=cast.units["Staff"].pk)


def _unit(name: str, parent: Unit, path: str) -> Unit:
    unit = Unit.objects.create(key=name)
    UnitPeriod.objects.create(
        unit=unit, name=name, parent=parent, path=f"{path}{unit.pk}/", business_unit=" " not in name
    )
    return unit


def _heads(scene: Scene, unit: Unit, name: str) -> None:
    scene.cast.units[name] = unit
    for number in range(2):
        _person(scene, f"{name} head {number}", unit, "manager", front=False)


def _person(scene: Scene, key: str, unit: Unit, level: str, *, front: bool) -> None:
    person = Person.objects.create(key=key, name=key, email=f"{key.replace(' ', '.').lower()}@example.org")
    levels: Mapping[str, Level] = scene.cast.levels
    Assignment.objects.create(person=person, unit=unit, level=levels[level], front_office=front, start=FIRST_DAY)
    scene.people.append(person)


def move(scene: Scene, rng: random.Random, many: int, day: date) -> None:
    """So many people go to another team."""
    teams = [unit for name, unit in scene.cast.units.items() if " " in name]
    for person in rng.sample(scene.people, many):
        held = Assignment.objects.get(person=person, end=None)
        Assignment.objects.filter(pk=held.pk).update(end=day - timedelta(days=1))
        Assignment.objects.create(
            person=person, unit=rng.choice(teams), level=held.level, front_office=held.front_office, start=day
        )


def _readiness(scene: Scene, rng: random.Random) -> None:
    before: Round | None = None
    kept: dict[int, dict[str, int]] = {}
    for wave, (movers, answering) in enumerate(((0, 0.85), (14, 0.8), (9, 1.0), (3, 1.0))):
        at = BEGIN + timedelta(days=40 * wave)
        move(scene, rng, movers, at.date())
        row = _opened(scene, at, f"Readiness {wave + 1}", "readiness", "readiness", stands_for=before)
        _answered(scene, row, rng, answering, kept if wave > 1 else {})
        scene.rounds.append(_closed(scene, row, at + timedelta(days=20)))
        before = row


def _opened(scene: Scene, at: datetime, name: str, instrument: str, purpose: str, **more: Any) -> Round:
    values: dict[str, Any] = {
        "name": name, "instrument": instrument, "purpose": purpose, "attributes": ATTRIBUTES, "tables": CUTS,
        "languages": ["en"], "opens_on": at.date(), "closes_on": at.date() + timedelta(days=14), **more,
    }  # fmt: skip
    by = scene.cast.alice.actor
    row = open_round(scene.cast.program.add(Round(**values), by=by, at=at), by=by, at=at)
    scene.where[row.pk] = dict(Invited.objects.filter(round=row).values_list("person", "combination"))
    return row


def _answered(scene: Scene, row: Round, rng: random.Random, share: float, kept: dict[int, dict[str, int]]) -> None:
    """People answer. A token is nobody's here: the nth person of a combination takes its nth token. kept: what was said before."""
    tokens: dict[int, list[Token]] = {}
    for token in Token.objects.filter(round=row).select_related("round", "combination").order_by("digest"):
        tokens.setdefault(token.combination_id, []).append(token)
    given = scene.given.setdefault(row.pk, {})
    unit_of = dict(Assignment.objects.filter(end=None).values_list("person", "unit__key"))
    for person, combination in sorted(scene.where[row.pk].items()):
        token = tokens[combination].pop()
        if rng.random() >= share:
            continue
        values = kept.setdefault(person, _values(row, rng, unit_of[person])) | _points(rng, row)
        answer(token, values)
        given.setdefault(combination, []).append(values)


def _values(row: Round, rng: random.Random, unit: str) -> dict[str, int]:
    lean = (
        1 + sum(map(ord, unit)) % 3 + rng.choice((0, 0, 1))
    )  # teams differ, each agrees with itself: so means are told
    turned = {one for scale in row.items.get("scales", ()) for one in scale.get("reversed", ())}

    def chosen(column: Mapping[str, Any]) -> int:
        value = min(int(column["high"]), lean + rng.choice((0, 0, 0, 1)))
        return int(column["high"]) + 1 - value if column["name"] in turned else value

    values = values_for(row, chosen)
    return values | ({SURE: 5} if unit == PROUD and SURE in values else {})


def _closed(scene: Scene, row: Round, at: datetime) -> Round:
    close(row, by=scene.cast.alice.actor, at=at)
    finish(row, at=at)
    row.refresh_from_db()
    return row


def _culture(scene: Scene, rng: random.Random) -> None:
    row = _opened(scene, BEGIN + timedelta(days=170), "Culture", "culture", "culture")
    _answered(scene, row, rng, 0.9, {})
    _closed(scene, row, BEGIN + timedelta(days=190))


def _pulse(scene: Scene, rng: random.Random) -> None:
    """Open for five days; the response of each is looked at, as people do."""
    at = BEGIN + timedelta(days=200)
    row = _opened(scene, at, "Pulse", "pulse-early", "pulse", closes_on=at.date() + timedelta(days=3000))
    tokens = list(Token.objects.filter(round=row).select_related("round", "combination").order_by("digest"))
    rng.shuffle(tokens)
    for day in range(5):
        for token in tokens[day * 30 : (day + 1) * 30]:
            answer(token, values_for(row))
        response_on(row, row.opens_on + timedelta(days=day))
    scene.open = row


def _voices(scene: Scene, rng: random.Random) -> None:
    units = list(scene.cast.units.values())
    for number in range(20):
        Voice.objects.raise_anonymously(
            scene.cast.program, code=f"ABCD-EFGH-JK{number:02d}-MNPQ-RSTV", day=AT.date(), kind="fear", words=f"Words {number}",
            unit=rng.choice(units),
        )  # fmt: skip


def _pace(scene: Scene, rng: random.Random) -> None:
    """Observations by person and week, measured and stored as the product does."""
    people = scene.people
    held = dict(Assignment.objects.filter(end=None).values_list("person", "unit"))
    ranks = dict(Assignment.objects.filter(end=None).values_list("person", "level__name"))
    units, levels = sorted({str(one) for one in held.values()}), sorted(set(ranks.values()))
    first = week_of(date(2026, 3, 2))
    rows = [
        (
            place,
            first + week,
            units.index(str(held[person.pk])),
            rng.randint(0, 4),
            rng.randint(0, 3),
            rng.randint(0, 1),
        )
        for place, person in enumerate(people)
        for week in range(WEEKS)
        if rng.random() < 0.7
    ]
    rows = [row for row in rows if sum(row[3:])]
    columns = [np.array(column, np.int32) for column in zip(*rows, strict=True)]
    obs = Observations(*columns, tuple(str(person.pk) for person in people), tuple(units))
    never = np.full(len(people), -1, np.int32)
    followed = Followed(np.full(len(people), first, np.int32), never, first + WEEKS - 1)
    level = np.array([levels.index(ranks[person.pk]) for person in people], np.int32)
    names = {str(unit.pk): key for key, unit in scene.cast.units.items()}
    pace = measure(obs, followed, levels=level, level_names=levels, names=names, forecasts=False)
    row = made.behaviour(scene.cast.program, "b1", "With the case")
    made.paced(row, pace, at=AT)
    scene.behaviour, scene.observations = row, obs
    scene.units, scene.levels = names, ranks


def _ownership(scene: Scene, rng: random.Random) -> None:
    """Most do work that is told to change; some answer for other work."""
    cast = scene.cast
    changes(cast)
    for person in scene.people:
        if rng.random() < 0.8:
            Does.objects.create(process=cast.things["billing_process"], person=person, start=FIRST_DAY)
        if rng.random() < 0.25:
            AnswersFor.objects.create(process=cast.things["process"], person=person, start=FIRST_DAY)
    Version.objects.bump(["people", "units", "does", "answers_for", "processes", "stages"])
    refresh(cast.program, timezone.localdate(), timezone.now())
    scene.register = Register(facts_of(cast.program, "told", timezone.localdate()))
