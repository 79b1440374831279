"""Puts the demo into an empty instance: organization, programs, sign-ins, some life in the journal, and the first findings."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from random import Random

from django.db import transaction

from commonground.access.actor import OPERATOR
from commonground.analysis.facts import Row
from commonground.demo.life import live
from commonground.demo.load_budget import load_budget
from commonground.demo.load_cascades import load_cascades
from commonground.demo.load_coalition import Coalition, load_coalition
from commonground.demo.load_collaboration import load_collaboration
from commonground.demo.load_contacts import load_contacts
from commonground.demo.load_events import load_events
from commonground.demo.load_experiments import load_experiments
from commonground.demo.load_gates import load_gates
from commonground.demo.load_hiccups import load_hiccups
from commonground.demo.load_messages import load_messages
from commonground.demo.load_nominations import load_nominations
from commonground.demo.load_organization import Keys, load_organization
from commonground.demo.load_pace import load_pace
from commonground.demo.load_plan import load_plan
from commonground.demo.load_program import load_program
from commonground.demo.load_realignment import load_realignment
from commonground.demo.load_reinforcement import load_reinforcement
from commonground.demo.load_rounds import load_rounds
from commonground.demo.load_sendings import load_sendings
from commonground.demo.load_taken_up import load_taken_up
from commonground.demo.load_techniques import load_techniques
from commonground.demo.load_training import load_training
from commonground.demo.load_voices import load_talks, load_voices
from commonground.demo.moments import moment
from commonground.demo.signins import make_signins
from commonground.demo.staffing import WHOLE
from commonground.demo.world import World, build
from commonground.guidance.refresh import refresh
from commonground.journal.recording import record
from commonground.organization.models import Person
from commonground.programs.models import Program

SET_UP_ON, LOADED_ON = -505, -28
# no sheet brings these
BY_VERBS = {"perceptions", "rounds", "amount_of_change", "impacts"}
BY_VERBS |= {"experiments", "team", "sponsors", "acts", "champion_meetings"}


class NotEmptyError(RuntimeError):
    """The instance has people already. The message is a sentence with the remedy."""


def make_demo(*, today: date, at: datetime, seed: int = 1, people: int = WHOLE, events: int = 0) -> World:
    """Makes the demo as it stands on `today` and returns its rows. All or nothing.

    at: the clock, for the first run of the guidelines. events: about how many its event log has; 0 for no log. Raises NotEmptyError
    where there are people already, and TooSmallError for a size at which the story cannot be told.
    """
    if Person.objects.exists() or Program.objects.exists():
        raise NotEmptyError(
            "This instance has people or a program already, and the demo would mix with them. "
            "Set COMMONGROUND_DATA to an empty folder and make the demo there."
        )
    world = build(today=today, seed=seed, people=people)
    with transaction.atomic():
        keys = _load(world, seed, at)
        log = load_events(world, events=events, seed=seed, at=at) if events else None
        load_pace(world, keys, log, at=at)
        for (
            plot,
            rows,
        ) in world.programs:  # modules, experiments and reinforcements name behaviours, which the pace brings
            program = Program.objects.get(slug=plot.slug)
            load_training(program, rows, keys)
            load_experiments(program, world, keys)
            load_reinforcement(program, world, keys)
    for program in Program.objects.all():
        refresh(program, today, at)
        if log is not None and load_taken_up(
            program, world.days
        ):  # what it did is told by the pace, which is read from the log
            refresh(program, today, at)
    return world


def _load(world: World, seed: int, at: datetime) -> Keys:
    when = moment(world.days.on(LOADED_ON))
    keys = load_organization(world)
    users = make_signins(world, keys, at=moment(world.days.on(SET_UP_ON)))
    programs: list[Program] = []
    for plot, rows in world.programs:
        program = load_program(plot, rows, world.days, keys)
        load_realignment(program, plot, rows, world.days, keys, users)
        load_talks(program, rows, keys)
        if not programs:
            load_techniques(program, by=OPERATOR, at=when)
            load_voices(program, world.days, keys, users)
            load_rounds(program, world.days, keys, users, Random(seed))
            load_nominations(Coalition(program, rows, world, keys), Random(seed))
        load_coalition(program, rows, world, keys)
        load_collaboration(program, world, keys)
        load_gates(program, world, keys)
        load_contacts(program)
        load_messages(program, world, keys, users)
        load_cascades(program, world, keys)
        load_sendings(program, world, users)
        load_hiccups(program, world, keys, at=at, seed=seed)
        load_budget(program, world, keys)
        load_plan(program, rows, keys)
        programs.append(program)
        tables = {**world.organization, **rows} if len(programs) == 1 else rows
        _journal(program, tables, when)
    live(programs[0], world, keys, users)
    return keys


def _journal(program: Program, tables: Mapping[str, Sequence[Row]], at: datetime) -> None:
    for table, rows in tables.items():
        if not rows or table in BY_VERBS:
            continue
        record(
            f"loaded the sheet {table} of the demo",
            program,
            by=OPERATOR,
            at=at,
            values={"rows": len(rows)},
            facts=(table,),
        )
