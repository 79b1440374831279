"""Puts what keeps Northlight's new ways going into the database. After the pace, which brings the behaviours."""

from commonground.adoption.models import Behaviour
from commonground.demo import reinforcement as story
from commonground.demo.load_organization import Keys
from commonground.demo.story import SLUG
from commonground.demo.world import World
from commonground.programs.models import Program
from commonground.reinforcement.models import CorrectiveStep, Reinforcement, Schedule, Sunset


def load_reinforcement(program: Program, world: World, keys: Keys) -> None:
    """Writes the rows; one of the formal steps came by a sheet and would be refused by the form. The small program has none."""
    if program.slug != SLUG:
        return
    behaviours = dict(Behaviour.objects.filter(program=program).values_list("key", "pk"))
    Reinforcement.objects.bulk_create(_done(program, one, behaviours, world, keys) for one in story.DONE)
    plans = {one.key: _planned(program, one, behaviours, world, keys) for one in story.AGAIN}
    Sunset.objects.bulk_create(_end(program, one, behaviours, world, keys) for one in story.ENDS)
    for one in story.FORMAL:
        CorrectiveStep.objects.create(
            program=program,
            key=one.key,
            behaviour_id=behaviours[one.behaviour],
            unit_id=keys.units[one.unit],
            on=world.days.on(one.on),
            about=one.about,
            private_word=one.private_word,
            beside=plans.get(one.beside),
            fair=list(one.fair),
            decided_by_id=_person(one.decided_by, world, keys),
            appeal_to_id=_person(one.appeal_to, world, keys),
        )


def _person(name: str, world: World, keys: Keys) -> int | None:
    return keys.people[world.by_name[name]] if name else None


def _done(program: Program, one: story.Done, behaviours: dict[str, int], world: World, keys: Keys) -> Reinforcement:
    measure, *takes = one.takes or ("", None, None, None, None)
    new_before, new_after, old_before, old_after = takes
    return Reinforcement(
        program=program,
        key=one.key,
        behaviour_id=behaviours[one.behaviour],
        unit_id=keys.unit(one.unit),
        kind=one.kind,
        on=world.days.on(one.on),
        words=one.words,
        given_by_id=_person(one.by, world, keys),
        how=one.how,
        rests_on=one.rests_on,
        public=one.public,
        names_people=one.names,
        measure=measure,
        new_before=new_before,
        new_after=new_after,
        old_before=old_before,
        old_after=old_after,
    )


def _planned(program: Program, one: story.Again, behaviours: dict[str, int], world: World, keys: Keys) -> Schedule:
    return Schedule.objects.create(
        program=program,
        key=one.key,
        behaviour_id=behaviours[one.behaviour],
        unit_id=keys.unit(one.unit),
        kind=one.kind,
        words=one.words,
        owner_id=_person(one.owner, world, keys),
        starts_on=world.days.on(one.since),
        weekly_for=one.weekly_for,
        shortest=one.shortest,
        longest=one.longest,
        line=one.line,
    )


def _end(program: Program, one: story.Ending, behaviours: dict[str, int], world: World, keys: Keys) -> Sunset:
    return Sunset(
        program=program,
        behaviour_id=behaviours[one.behaviour],
        removes=one.removes,
        who_id=_person(one.who, world, keys),
        announced_on=world.days.maybe(one.announced),
        announced_by_id=_person(one.by, world, keys),
        announced_how=one.how,
        removed_on=world.days.maybe(one.removed),
    )
