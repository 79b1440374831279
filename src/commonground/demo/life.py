"""Some life in the demo's journal: what its people did in the last weeks, through the same verbs as in a real program."""

from collections.abc import Mapping
from typing import Any

from commonground.access.actor import Actor
from commonground.accounts.models import User, actor_for
from commonground.analysis import facts
from commonground.demo.load_organization import Keys
from commonground.demo.moments import moment
from commonground.demo.world import World
from commonground.organization.models import Person
from commonground.programs.models import Activity, Program
from commonground.realignment.models import Conversation, RoleChange, RoleFate


def live(program: Program, world: World, keys: Keys, users: Mapping[str, int]) -> None:
    """Does what the story says of the last weeks. Afterwards the database holds the rows of the world, as it would without."""
    lead, days = _actor(users["maren"]), world.days
    _write_on(RoleFate.objects.get(program=program, role__key="key-adviser"), world, lead)
    for number, key in enumerate(("payment-specialist", "connections-engineer")):
        fate = RoleFate.objects.get(program=program, role__key=key)
        fate.name_readers([users["ruth"]], by=lead, at=moment(days.on(-10), 10, 5 * number))
    _accept(program, world, lead)
    for row in world.sheets(program.slug)["conversations"]:
        if isinstance(row, facts.Conversation):
            fate = RoleFate.objects.get(program=program, role__key=row.role)
            person = Person.objects.get(pk=keys.people[row.by or ""])
            at = moment(row.offered_on, 14)
            Conversation.objects.offer(fate, on=row.offered_on, offered_by=person, by=lead, at=at)
    morning = Activity.objects.filter(program=program, kind="Two hours at the depot").get()
    morning.move_to("running", by=lead, at=moment(days.on(-3), 16))
    morning.move_to("planned", by=lead, at=moment(days.on(-3), 16, 20))


def _write_on(fate: RoleFate, world: World, lead: Actor) -> None:
    """The advisers' new role was written in two goes."""
    whole = fate.definition_after
    RoleFate.objects.filter(pk=fate.pk).update(definition_after=whole.partition("\n")[0])
    fate.refresh_from_db()
    why = "The advisers' lead asked for one plan"
    fate.change(definition_after=whole, by=lead, at=moment(world.days.on(-14), 11), why=why)


def _accept(program: Program, world: World, lead: Actor) -> None:
    """The dispatch planners agreed to their Thursdays at the depot."""
    on = world.days.on(-9)
    changes = RoleChange.objects.filter(role_fate__program=program, role_fate__role__key="dispatch-planner")
    for key in list(changes.filter(accepted=True).values_list("pk", flat=True)):
        change: Any = RoleChange.objects.get(pk=key)
        RoleChange.objects.filter(pk=change.pk).update(accepted=None, accepted_on=None)
        change.refresh_from_db()
        change.answer(accepted=True, on=on, by=lead, at=moment(on, 15))


def _actor(user: int) -> Actor:
    row = User.objects.select_related("person").get(pk=user)
    return actor_for(row, person=row.person.pk)
