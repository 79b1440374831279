"""Puts Northlight's experiments into the database by their own verbs: written, registered and drawn, started, ended."""

from datetime import datetime

from commonground.access.actor import Actor
from commonground.accounts.models import User, actor_for
from commonground.adoption.models import Behaviour
from commonground.demo import experiments as story
from commonground.demo.experiments import Tried
from commonground.demo.load_organization import Keys
from commonground.demo.load_pace import LEAD
from commonground.demo.moments import moment
from commonground.demo.story import SLUG
from commonground.demo.world import World
from commonground.guidance.experiment_data import levels_before, pace_of, result_of, written
from commonground.guidance.experiments import Experiment
from commonground.programs.models import Program


def load_experiments(program: Program, world: World, keys: Keys) -> None:
    """Writes what the large program tries; the small one tries nothing. After the pace, on which experiments are measured."""
    if program.slug != SLUG:
        return
    user = User.objects.select_related("person").get(username=LEAD)
    lead = actor_for(user, person=user.person.pk)
    for one in story.TRIED:
        row = _written(program, one, world, keys, lead)
        if one.registered:
            _run(row, one, world, lead)


def _written(program: Program, one: Tried, world: World, keys: Keys, lead: Actor) -> Experiment:
    behaviour = Behaviour.objects.get(program=program, key=one.behaviour)
    row = Experiment(
        key=one.key,
        name=one.name,
        technique=one.technique,
        hypothesis=one.hypothesis,
        behaviour=behaviour,
        hoped=one.hoped,
        design=one.design,
        units=sorted(keys.unit(unit) or 0 for unit in one.units),
        starts_on=world.days.on(one.starts),
        weeks=one.weeks,
        harm=one.harm,
        stop_rule=one.stop_rule,
        decides_id=keys.people[world.by_name[one.decides]],
        seed=one.seed,
    )
    return program.add(row, by=lead, at=_at(world, one.registered - 2 if one.registered else -3))


def _at(world: World, day: int) -> datetime:
    return moment(world.days.on(day))


def _run(row: Experiment, one: Tried, world: World, lead: Actor) -> None:
    pace = pace_of(lead, row.behaviour)
    row.register(levels_before(pace, row), by=lead, at=_at(world, one.registered))
    row.start(by=lead, at=_at(world, one.starts))
    if one.state == "ended":
        result = result_of(pace, row, world.days.on(one.ended))
        row.finish("end", one.conclusion, written(result), by=lead, at=_at(world, one.ended))
