"""Puts Northlight's hiccup plans, the counts of the desks' first days and what customers told it into the database."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random

from commonground.communication.bringing_counts import here, stored
from commonground.communication.models import (
    Brought,
    HiccupPlan,
    Improvement,
    Message,
    Promise,
    Segment,
    Signal,
    SignalCount,
    Told,
)
from commonground.communication.watching import DAY, FILE, HAND, HOUR
from commonground.demo import hiccups as story
from commonground.demo.days import Days
from commonground.demo.hiccups import Prepared
from commonground.demo.load_organization import Keys
from commonground.demo.story import SLUG
from commonground.demo.world import World
from commonground.programs.models import Milestone, Program

LIVE = "cc-desks"


def load_hiccups(program: Program, world: World, keys: Keys, *, at: datetime, seed: int) -> None:
    """Writes the plans of Northlight and counts up to the clock; the small program has none. After messages, segments and voices."""
    if program.slug != SLUG:
        return
    cuts = {row.unit_id: row for row in Milestone.objects.filter(program=program, kind="cut_over")}
    messages = dict(Message.objects.filter(program=program).values_list("key", "pk"))
    made = {}
    for one in story.PLANS:
        row = _plan(program, one, world, keys, cuts[keys.unit(one.unit)])
        row.message_id = messages.get(one.message)
        row.save()
        made[one.unit] = row
    _count(made[LIVE], world.days, at, Random(seed))
    _told(program, world.days, made)


def _plan(program: Program, one: Prepared, world: World, keys: Keys, cut: Milestone) -> HiccupPlan:
    def person(name: str) -> int | None:
        return keys.people[world.by_name[name]] if name else None

    days = world.days
    row = HiccupPlan.objects.create(
        program=program,
        name=one.name,
        cut_over=cut,
        noticed=one.noticed,
        notice=one.notice,
        preview=one.preview,
        script=one.script,
        speaks_id=person(one.speaks),
        ready_on=days.maybe(one.ready),
        tried_on=days.maybe(one.tried),
        tried_words=one.tried_words,
    )
    Promise.objects.bulk_create(
        Promise(
            program=program,
            plan=row,
            promise=vow.promise,
            fails_when=vow.fails_when,
            remedy=vow.remedy,
            words=vow.words,
            speaks_id=person(vow.speaks),
            ready_on=days.maybe(vow.ready),
            order=place,
        )
        for place, vow in enumerate(one.vows, 1)
    )
    return row


def _count(plan: HiccupPlan, days: Days, at: datetime, random: Random) -> None:
    """Three things that are counted: calls and complaints by the hour, visits by the day; and one that the desks tap."""
    now = here(at)
    if now.date() != days.today:  # the story is told of another day than the clock's: then of its afternoon
        now = datetime.combine(days.today, datetime.min.time()) + timedelta(hours=15)
    until = now.replace(minute=0, second=0, microsecond=0)
    queue, money = plan.promises.order_by("order")
    _signal(plan, "Calls to the desks’ line", HOUR, None, None, story.calls(days, random, until), at)
    _signal(plan, "Complaints about reminders", HOUR, 25, money, story.complaints(days, random, until), at)
    _signal(plan, "People at the desks", DAY, None, queue, story.visits(days, random, now.date()), at)
    Signal.objects.create(
        program=plan.program, plan=plan, name="Asked why the name again", minutes=HOUR, source=HAND, at_once=12
    )


def _signal(
    plan: HiccupPlan,
    name: str,
    minutes: int,
    at_once: int | None,
    promise: Promise | None,
    counts: Iterable[tuple[datetime, int]],
    at: datetime,
) -> None:
    row = Signal.objects.create(
        program=plan.program, plan=plan, name=name, minutes=minutes, source=FILE, at_once=at_once, promise=promise
    )
    made = SignalCount.objects.bulk_create(
        [SignalCount(signal=row, starts=stored(moment), count=count) for moment, count in counts], batch_size=2000
    )
    end = made[-1].starts + timedelta(minutes=minutes)
    total = sum(one.count for one in made)
    file = f"{name.lower().replace(' ', '-').replace('’', '')}.csv"
    Brought.objects.create(
        signal=row,
        name=file,
        at=at,
        first=made[0].starts,
        end=end,
        total=total,
        taken_over_at=at,
        read_as={"time": "hour", "count": "n"},
    )


def _told(program: Program, days: Days, plans: dict[str, HiccupPlan]) -> None:
    segments = {one.key: one for one in Segment.objects.filter(program=program)}
    for one in story.HEARD:
        row = Told(
            program=program,
            on=days.on(one.on),
            segment=segments.get(one.segment),
            plan=plans.get(one.unit),
            channel=one.channel,
            words=one.words,
            many=one.many,
        )
        if one.became == "closed":
            row.closed_on, row.why = days.on(one.on), one.why
        elif one.became:
            row.improvement = Improvement.objects.get(program=program, key=one.became)
        row.save()
