"""Puts phases and what customers do with Northlight into the database."""

from commonground.communication.models import CustomerMeeting, Improvement, Panel
from commonground.demo import collaboration as story
from commonground.demo.collaboration import Circle, Encounter, Stage, Work
from commonground.demo.days import Days
from commonground.demo.load_organization import Keys
from commonground.demo.story import SLUG
from commonground.demo.world import World
from commonground.plan.models import Phase
from commonground.programs.models import Program


def load_collaboration(program: Program, world: World, keys: Keys) -> None:
    """Writes the phases of a program; for Northlight its panels, joint improvements and meetings with customers too."""
    is_large = program.slug == SLUG
    stages = story.STAGES if is_large else story.FLEET_STAGES
    Phase.objects.bulk_create(_phase(program, one, world.days, keys) for one in stages)
    if not is_large:
        return
    made = {one.id: _panel(program, one, world, keys) for one in story.CIRCLES}
    Improvement.objects.bulk_create(_work(program, one, made, world, keys) for one in story.WORKS)
    for one in story.ENCOUNTERS:
        _meeting(program, one, made, world, keys)


def _phase(program: Program, one: Stage, days: Days, keys: Keys) -> Phase:
    return Phase(
        program=program,
        number=one.number,
        unit_id=keys.unit(one.unit),
        planned_from=days.on(one.start),
        planned_to=days.maybe(one.end),
        entered_on=days.maybe(one.entered),
        note=one.note,
    )


def _people(names: str, world: World, keys: Keys) -> list[int]:
    return [keys.people[world.by_name[name]] for name in names.split(";")]


def _panel(program: Program, one: Circle, world: World, keys: Keys) -> Panel:
    row = Panel.objects.create(
        program=program,
        key=one.id,
        name=one.name,
        customers=one.customers,
        unit_id=keys.unit(one.unit),
        start=world.days.on(one.start),
        words=one.words,
    )
    row.ours.set(_people(one.ours, world, keys))
    return row


def _work(program: Program, one: Work, panels: dict[str, Panel], world: World, keys: Keys) -> Improvement:
    return Improvement(
        program=program,
        key=one.id,
        name=one.name,
        panel=panels[one.panel] if one.panel else None,
        unit_id=keys.unit(one.unit),
        owner_id=keys.people[world.by_name[one.owner]],
        state=one.state,
        start=world.days.on(one.start),
        done_on=world.days.maybe(one.done),
        came_of_it=one.came,
    )


def _meeting(program: Program, one: Encounter, panels: dict[str, Panel], world: World, keys: Keys) -> None:
    row = CustomerMeeting.objects.create(
        program=program,
        panel=panels[one.panel] if one.panel else None,
        on=world.days.on(one.day),
        customers=one.customers,
        words=one.words,
        came_of_it=one.came,
    )
    row.ours.set(_people(one.ours, world, keys))
