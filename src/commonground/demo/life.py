"""Some life in the demo: what its people did in the last weeks, through the same verbs as in a real program, day after day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from commonground.access.actor import Actor
from commonground.accounts.models import User, actor_for
from commonground.analysis import facts
from commonground.demo import load_voices
from commonground.demo.load_organization import Keys
from commonground.demo.moments import moment
from commonground.demo.world import World
from commonground.guidance.models import Finding
from commonground.guidance.refresh import refresh
from commonground.organization.models import Person
from commonground.programs.models import Activity, Program
from commonground.realignment.models import Conversation, RoleChange, RoleFate

# days on which the guidelines ran before, so that findings have an age; at scale once will do
LOOKED_ON, LOOKED_ON_AT_SCALE, SCALE = (-21, -14, -4), (-14,), 10_000
# code, thing, who has it, when it was given, by when
GIVEN = (
    ("MNGR-01", "open-account", "Helen Okafor", -13, 4),
    ("MNGR-01", "check-water-point", "Maren Lindqvist", -13, 5),
    ("ROLE-03", "reading-typist", "Helen Okafor", -12, 18),
    ("LOSS-01", "dispatch-lead", "Gerard Visser", -12, 6),
    ("PROC-01", "return-deposit", "Julia Kamińska", -6, 8),
    ("PROC-04", "chase-readings", "Daniel Österberg", -6, 15),
    ("MNGR-01", "type-in-sheet", "Rosa Quintero", -3, 7),
)
PUT_ASIDE = (
    "LOSS-03",
    "bi",
    -11,
    33,
    "Billing asked to have it behind them in one go; we look again when the first two are done.",
)


@dataclass(frozen=True)
class Stage:
    """Whom and what the life of the demo is about."""

    program: Program
    world: World
    keys: Keys
    lead: Actor


def live(program: Program, world: World, keys: Keys, users: Mapping[str, int]) -> None:
    """Does what the story says of the last weeks, in order. Afterwards the database holds the rows of the world, as it would without."""
    user = User.objects.select_related("person").get(pk=users["maren"])
    on = Stage(program, world, keys, actor_for(user, person=user.person.pk))
    days = world.days
    deeds: list[tuple[datetime, Callable[[Stage, datetime], None]]] = [
        (moment(days.on(-15), 11), _write_on),
        (moment(days.on(-10), 10), _name_reader(users["ruth"], "payment-specialist")),
        (moment(days.on(-10), 10, 5), _name_reader(users["ruth"], "connections-engineer")),
        (moment(days.on(-9), 15), _accept),
        (moment(days.on(-3), 16), _move("running")),
        (moment(days.on(-3), 16, 20), _move("planned")),
        (moment(days.on(PUT_ASIDE[2]), 8), _put_aside),
    ]
    large = len(keys.people) > SCALE
    deeds += [(moment(days.on(day), 6), _look) for day in (LOOKED_ON_AT_SCALE if large else LOOKED_ON)]
    deeds += [(moment(days.on(row[3]), 9, place), _give(place)) for place, row in enumerate(GIVEN)]
    talks = [row for row in world.sheets(program.slug)["conversations"] if isinstance(row, facts.Conversation)]
    deeds += [(moment(row.offered_on, 14), _offer(row)) for row in talks]
    for when, act in load_voices.deeds(program, world, keys, users):
        deeds.append((when, _said(act)))
    for at, deed in sorted(deeds, key=lambda pair: pair[0]):
        deed(on, at)


def _said(act: Callable[[], object]) -> Callable[[Stage, datetime], None]:
    def done(on: Stage, at: datetime) -> None:
        act()

    return done


def _look(on: Stage, at: datetime) -> None:
    refresh(on.program, at.date(), at)


def _fate(on: Stage, role: str) -> RoleFate:
    return RoleFate.objects.get(program=on.program, role__key=role)


def _write_on(on: Stage, at: datetime) -> None:
    """The advisers' new role was written in two goes."""
    fate = _fate(on, "key-adviser")
    whole = fate.definition_after
    RoleFate.objects.filter(pk=fate.pk).update(definition_after=whole.partition("\n")[0])
    fate.refresh_from_db()
    fate.change(definition_after=whole, by=on.lead, at=at, why="The advisers' lead asked for one plan")


def _name_reader(user: int, role: str) -> Callable[[Stage, datetime], None]:
    return lambda on, at: _fate(on, role).name_readers([user], by=on.lead, at=at)


def _accept(on: Stage, at: datetime) -> None:
    """The dispatch planners agreed to their Thursdays at the depot."""
    changes = RoleChange.objects.filter(role_fate=_fate(on, "dispatch-planner"), accepted=True)
    for key in list(changes.values_list("pk", flat=True)):
        RoleChange.objects.filter(pk=key).update(accepted=None, accepted_on=None)
        change: Any = RoleChange.objects.get(pk=key)
        change.answer(accepted=True, on=at.date(), by=on.lead, at=at)


def _offer(row: facts.Conversation) -> Callable[[Stage, datetime], None]:
    def offer(on: Stage, at: datetime) -> None:
        person = Person.objects.get(pk=on.keys.people[row.by or ""])
        Conversation.objects.offer(_fate(on, row.role), on=row.offered_on, offered_by=person, by=on.lead, at=at)

    return offer


def _move(state: str) -> Callable[[Stage, datetime], None]:
    """The depot's morning was set to running a little early, and set back."""

    def move(on: Stage, at: datetime) -> None:
        Activity.objects.get(program=on.program, kind="Two hours at the depot").move_to(state, by=on.lead, at=at)

    return move


def _give(place: int) -> Callable[[Stage, datetime], None]:
    code, thing, name, _, due = GIVEN[place]

    def give(on: Stage, at: datetime) -> None:
        person = Person.objects.select_related("user").get(pk=on.keys.named[name])
        for finding in Finding.objects.filter(program=on.program, code=code, subject=thing):
            finding.assign(to=person, due=on.world.days.on(due), by=on.lead, at=at)

    return give


def _put_aside(on: Stage, at: datetime) -> None:
    code, thing, _, until, reason = PUT_ASIDE
    for finding in Finding.objects.filter(program=on.program, code=code, subject=thing):
        finding.dismiss(reason=reason, until=on.world.days.on(until), by=on.lead, at=at)
