"""Puts the cascade of the demo into the database: its talks, whom each is for, and which were held."""

from commonground.access.actor import OPERATOR
from commonground.communication.cascades import RUNNING
from commonground.communication.models import Cascade, CascadeStep, Hearer, Message
from commonground.demo import cascade as story
from commonground.demo.load_organization import BATCH, Keys
from commonground.demo.moments import moment
from commonground.demo.story import SLUG
from commonground.demo.world import World
from commonground.programs.models import Program


def load_cascades(program: Program, world: World, keys: Keys) -> None:
    """Writes the cascade of Northlight. After its messages; the small program has none."""
    if program.slug != SLUG:
        return
    begun = world.days.on(story.OPENS)
    row = Cascade.objects.create(
        program=program,
        message=Message.objects.get(program=program, key=story.MESSAGE),
        first_id=keys.people[world.by_name[story.FIRST]],
        opens=begun,
        days=story.WINDOW,
        questions=story.QUESTIONS,
        state=RUNNING,
        built_on=world.days.today,
        started_on=begun,
    )
    row.write("started a cascade", by=OPERATOR, at=moment(begun), first=story.FIRST)
    _talks(row, world, keys)


def _talks(row: Cascade, world: World, keys: Keys) -> None:
    made: dict[int, CascadeStep] = {}
    told = story.talks(world.days, world.organization, world.by_name[story.FIRST])
    for one in told:
        deliverer = keys.people[one.deliverer]
        made[one.number] = CascadeStep.objects.create(
            cascade=row,
            above=made[one.above] if one.above is not None else None,
            depth=one.depth,
            unit_id=keys.unit(one.unit),
            deliverer_id=deliverer,
            of_line=one.of_line,
            people=len(one.hearers),
            carriers=len(one.carriers),
            opens=one.opens,
            closes=one.closes,
            delivered_on=one.held,
            delivered_by_id=deliverer if one.held else None,
            heard=one.heard,
        )
    Hearer.objects.bulk_create(
        [
            Hearer(step=made[one.number], person_id=keys.people[person], carries=carries)
            for one in told
            for people, carries in ((one.hearers, False), (one.carriers, True))
            for person in people
        ],
        batch_size=BATCH,
    )
