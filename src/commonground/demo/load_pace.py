"""Brings the behaviours of the demo in as real ones are: said through their verbs, counted or observed in the log, then measured."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from commonground.access.actor import Actor
from commonground.accounts.models import User, actor_for
from commonground.adoption import scoring
from commonground.adoption.measuring import Session, measure_behaviour
from commonground.adoption.models import Behaviour, Benefit, Count, Counted, Paced, Source
from commonground.analysis.forecast.weekly import forecast
from commonground.analysis.pace.figures import Group, Pace, written
from commonground.analysis.pace.observations import week_of
from commonground.demo.behaviour_rules import Words
from commonground.demo.behaviours import KEEPS, LOG, Wanted, counted
from commonground.demo.load_organization import Keys
from commonground.demo.moments import moment
from commonground.demo.plots import Plot
from commonground.demo.world import World
from commonground.events.models import Log
from commonground.programs.models import Program

LEAD = "maren"
SAID = -24  # the day on which behaviours, benefits and sources were written down here
FORECAST_ON = (-126, -56)  # when forecasts had been made, by the same functions and what was known


def load_pace(world: World, keys: Keys, log: Log | None, *, at: datetime) -> None:
    """Says what both programs want to see done another way, and measures it. log: of the large program, None without one."""
    user = User.objects.select_related("person").get(username=LEAD)
    lead, when = actor_for(user, person=user.person.pk), moment(world.days.on(SAID))
    session, words = Session(), Words(world)
    for plot, _ in world.programs:
        program = Program.objects.get(slug=plot.slug)
        rows = {
            one.key: _behaviour(program, one, order, world, keys, by=lead, at=when)
            for order, one in enumerate(plot.wanted)
        }
        _benefits(program, plot, world, keys, rows, by=lead, at=when)
        _counts(plot, world, keys, rows, by=lead, at=when)
        if log is not None:
            _read_from(log, program, plot, rows, words, by=lead, at=when)
        for row in rows.values():
            paced = measure_behaviour(row, at=at, session=session) if row.by_log or row.source != LOG else None
            if paced is not None:
                _forecast_before(row, paced, [world.days.on(day) for day in FORECAST_ON], at=at)


def _behaviour(
    program: Program, one: Wanted, order: int, world: World, keys: Keys, *, by: Actor, at: datetime
) -> Behaviour:
    days = world.days
    row = Behaviour(
        key=one.key,
        name=one.name,
        new_words=one.new_words,
        old_words=one.old_words,
        occasion_words=one.occasion_words,
        source=one.source,
        vanity=one.vanity,
        starts_on=days.maybe(one.starts),
        target_share=one.share,
        target_on=days.maybe(one.by),
        old_sunset_on=days.maybe(one.sunset),
        old_possible=one.possible,
        old_rewarded=one.rewarded,
        owner_id=keys.named[one.owner],
        order=order,
    )
    return program.add(row, by=by, at=at)


def _benefits(
    program: Program, plot: Plot, world: World, keys: Keys, rows: Mapping[str, Behaviour], *, by: Actor, at: datetime
) -> None:
    for one in plot.brings:
        row = Benefit(
            behaviour=rows[one.behaviour],
            name=one.name,
            unit_words=one.unit,
            per_occasion=one.each,
            money=one.money,
            counter=one.counter,
            planned=[[world.days.on(day).isoformat(), share] for day, share in one.planned],
            owner_id=keys.named[one.owner],
            note=one.note,
        )
        program.add(row, by=by, at=at)


def _counts(plot: Plot, world: World, keys: Keys, rows: Mapping[str, Behaviour], *, by: Actor, at: datetime) -> None:
    sheets: dict[str, list[Counted]] = {}
    for one in counted(plot.sheets, world.days):
        sheets.setdefault(one.behaviour, []).append(Counted(keys.unit(one.unit), one.week, one.new, one.old))
    for key, sheet in sheets.items():
        Count.objects.set_many(rows[key], sheet, by=by, at=at)


def _read_from(
    log: Log, program: Program, plot: Plot, rows: Mapping[str, Behaviour], words: Words, *, by: Actor, at: datetime
) -> None:
    read = [one for one in plot.wanted if one.source == LOG]
    for one in read:
        rows[one.key].set_rule(words.rule(one), log=log, by=by, at=at)
    for system in KEEPS if read else ():
        Source.objects.say(program, log, system.system, keeps_days=system.days, by=by, at=at)


def _forecast_before(row: Behaviour, paced: Paced, days: Sequence[date], *, at: datetime) -> None:
    """Makes and keeps the forecasts of the whole that would have been made on these days, then scores them by what came since."""
    pace = paced.pace
    weeks = [week for week in pace.whole.series.weeks if week.new is not None]
    every = [(week.new or 0) + (week.old or 0) + (week.neither or 0) for week in weeks]
    numbers = [week_of(date.fromisoformat(week.week)) for week in weeks]
    cut_over = week_of(date.fromisoformat(pace.whole.cut_over)) if pace.whole.cut_over else None
    for day in days:
        made = forecast(numbers, [week.new or 0 for week in weeks], every, as_of=day, cut_over=cut_over)
        then = Pace(Group("whole", "", pace.whole.series, forecast=made), (), (), pace.first, pace.last)
        scoring.keep(row, then, written(then), day=day)
    scoring.score_earlier(row, pace, day=paced.made_at.date(), at=at)
