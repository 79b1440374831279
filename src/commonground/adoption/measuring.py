"""Measures a behaviour: observations or counts in, stored figures out, with the ledger's row; forecasts are kept, earlier ones scored."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from commonground.adoption import scoring
from commonground.adoption.counted import counted_pace
from commonground.adoption.following import Cutting, known
from commonground.adoption.inputs import inputs_of
from commonground.adoption.models import Behaviour, Paced
from commonground.adoption.observing import observe_behaviour
from commonground.adoption.one_person import same_people
from commonground.adoption.priors import clock_of
from commonground.adoption.stored import Held
from commonground.adoption.summary import summary
from commonground.adoption.telling import Telling
from commonground.adoption.unit_names import names_of, unnamed
from commonground.analysis.pace.figures import Pace, written
from commonground.analysis.pace.measure import measure
from commonground.analysis.pace.observations import monday, week_of
from commonground.analysis.pace.rule import Rule
from commonground.disclosure.releasing import release
from commonground.disclosure.thresholds import PACE, threshold_of
from commonground.events.models import Log, moment
from commonground.journal.models import Version

BUMPED = ("behaviours", "pace", "forecasts", "sources")
Progress = Callable[[str], None]
SUNDAY = 6


@dataclass
class Session:
    """What several behaviours measured one after the other share: the organization as their log needs it, read once for each state."""

    _key: tuple[int, int] = (0, 0)
    _telling: Telling | None = field(default=None)

    def telling(self, log: Log) -> Telling | None:
        if self._key != (log.pk, log.generation):
            self._key, self._telling = (log.pk, log.generation), Telling.of(log)
        return self._telling


@dataclass(frozen=True)
class Figures:
    """Figures, and what they were made of."""

    pace: Pace
    generation: int = 0
    sources: tuple[str, ...] = ()
    kept_before: date | None = None
    earlier_rule: bool = False


def measure_behaviour(
    behaviour: Behaviour, *, at: datetime, on_progress: Progress | None = None, session: Session | None = None
) -> Paced | None:
    """Measures one behaviour as its log, or its counts, are now, and puts the figures in the place of those before.

    at: when it was begun. A run that began earlier and ends later than another leaves the newer figures alone. None, and no figures, for a
    behaviour that is neither observed in a log nor counted. Raises LogError when the log cannot be read.
    """
    told, day, threshold = on_progress or (lambda _: None), localdate(at), threshold_of(PACE)
    inputs = inputs_of([behaviour], day)[behaviour.pk]
    if behaviour.by_log:
        figures = _from_log(behaviour, day, threshold, told, session or Session())
    else:
        told("Adding counts up")
        found = counted_pace(behaviour, day=day, threshold=threshold, clock=clock_of(behaviour.program_id))
        figures = None if found is None else Figures(unnamed(found))
    with transaction.atomic():
        if Paced.objects.filter(behaviour=behaviour, made_at__gt=at).exists():
            return None
        if figures is None:
            gone, _ = Paced.objects.filter(behaviour=behaviour).delete()
            if gone:
                Version.objects.bump(BUMPED)
            return None
        row = _stored(behaviour, figures, {"inputs": inputs, "threshold": threshold, "made_at": at})
        scoring.keep(behaviour, figures.pace, row.data, day=day)
        scoring.score_earlier(behaviour, figures.pace, day=day, at=at)
        _release(behaviour, figures.pace, row)
        Version.objects.bump(BUMPED)
    return row


def _from_log(behaviour: Behaviour, day: date, threshold: int, told: Progress, session: Session) -> Figures | None:
    log = behaviour.log
    assert log is not None, "asked of behaviours with a log"  # noqa: S101
    told("Reading the events")
    held = observe_behaviour(behaviour, telling=lambda: session.telling(log))
    until = last_whole_week(held, log, day, within=within(behaviour))
    if until is None:
        return None
    told("Measuring")
    telling = session.telling(log)
    persons = telling.persons_of(held.observations.persons) if telling is not None else {}
    rows = same_people(held.observations, persons)
    rows = rows.only(rows.week <= until)
    cutting = Cutting(behaviour, day)
    people = known(rows, persons, cutting, until)
    pace = measure(
        rows,
        people.followed,
        threshold=threshold,
        levels=people.level,
        level_names=people.levels,
        cut_overs=cutting.weeks(rows.units),
        target=behaviour.target_share,
        names=names_of(rows.units, day),
        untold=held.made.untold,
        outside=held.made.outside if held.made.outside_people >= threshold else 0,
        clock=clock_of(behaviour.program_id),
    )
    rules = held.made.rules
    return Figures(
        unnamed(pace),
        generation=held.made.generation,
        sources=tuple(sorted(set(log.deliveries.standing().values_list("source", flat=True)))),
        kept_before=monday(held.made.kept_before) if rules and held.made.kept_before is not None else None,
        earlier_rule=bool(set(rules) - {held.made.rule}),
    )


def within(behaviour: Behaviour) -> timedelta:
    """How long after an occasion its rule still waits for what shows the new or the old way."""
    rule = Rule.read(behaviour.rule)
    return timedelta(hours=max(rule.new_within or 0.0, rule.old_within or 0.0))


def last_whole_week(held: Held, log: Log, day: date, *, within: timedelta = timedelta(0)) -> int | None:
    """The last week that was observed whole: over by the day, with events on its last working day or later, and ended so long before the
    last event that also its last occasions had their time (`within`) to be handled.

    None where nothing was observed at all, or no week is whole.
    """
    if not len(held.observations):
        return None
    last = held.made.last_time
    end = (
        localdate(moment(last))
        if last is not None
        else monday(int(held.observations.week.max())) + timedelta(days=SUNDAY)
    )
    week = week_of(end)
    if end.weekday() < max(log.days or [SUNDAY]):
        week -= 1
    if last is not None and within:
        week = min(week, week_of(localdate(moment(last) - within)) - 1)
    week = min(week, week_of(day) - 1)
    return week if week >= int(held.observations.week.min()) else None


def _stored(behaviour: Behaviour, figures: Figures, made: dict[str, Any]) -> Paced:
    values = {
        "generation": figures.generation,
        "rule_digest": behaviour.rule_digest,
        "sources": list(figures.sources),
        "kept_before": figures.kept_before,
        "earlier_rule": figures.earlier_rule,
        "data": written(figures.pace),
        "summary": summary(figures.pace),
        **made,
    }
    row, _ = Paced.objects.update_or_create(behaviour=behaviour, defaults=values)
    return row


def _release(behaviour: Behaviour, pace: Pace, row: Paced) -> None:
    """The ledger's row: cells are weeks of a group with occasions; withheld, those of them that are not shown."""
    groups = (pace.whole, *pace.groups)
    weeks = [week for group in groups for week in group.series.weeks]
    release(
        kind=PACE,
        subject=f"{behaviour.program}: {behaviour}",
        subject_key=f"behaviour:{behaviour.pk}",
        program=behaviour.program.slug,
        threshold=row.threshold,
        cells=sum(week.new is not None for week in weeks),
        withheld=sum(week.new is None for week in weeks),
        groups_left_out=sum(number for _, number in pace.left_out),
        first=_day(pace.first),
        last=_day(pace.last),
        content=row.data,
        at=row.made_at,
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
