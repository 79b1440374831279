"""What the page of one behaviour is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from commonground.access.actor import Actor
from commonground.adoption import drawing, said
from commonground.adoption.as_of import paced_on
from commonground.adoption.benefits import cost_of
from commonground.adoption.currency import states
from commonground.adoption.lanes import lanes_of
from commonground.adoption.lines import progress, state_of
from commonground.adoption.models import SOURCES, Behaviour, Benefit, Observing, Paced
from commonground.adoption.scoring import record_of
from commonground.adoption.standing import COMING, Due, dues_of, horizon
from commonground.adoption.summary import stands
from commonground.analysis.pace.figures import Alarm, Group, Pace
from commonground.programs.models import Program
from commonground.ui.words import day as day_said

KINDS = {"unit": "unit", "level": "level", "cohort": "cohort"}
WORDS = {"unit": "Units", "level": "Levels", "cohort": "By when they began"}
FEW_WEEKS = 13  # weeks in the table below the picture before the older ones are folded into the CSV


@dataclass(frozen=True, slots=True)
class DueRow:
    """A line of the table “When”."""

    due: Due
    forecast: str
    range: str
    planned: str
    late: str
    kind: str
    target: bool


def due_rows(behaviour: Behaviour, pace: Pace, dues: Sequence[Due]) -> list[DueRow]:
    end = horizon(pace.whole.forecast)
    return [_due_row(one, end, target=one.share == behaviour.target_share) for one in dues]


def _due_row(due: Due, end: date | None, *, target: bool) -> DueRow:
    told = {"reached": "reached", "beyond": f"after {said.month(end)}", "unknown": "–"}.get(
        due.state, said.month(due.mid)
    )
    kind = "" if due.late is None or due.late <= 0 else "act" if due.surely else "watch"
    row = said.when_range(due, end, short=True) if due.state == COMING else ""
    return DueRow(due, told, row, said.month(due.planned), said.lateness(due, short=True), kind, target)


def newest_alarm(pace: Pace) -> tuple[Group, Alarm] | None:
    """The newest rise of the old way that still stands, of the whole or of any unit.

    Where the whole rises because units do, it is that of the unit that rose most: there something can be done about it.
    """
    found = [
        (group, group.watch.alarms[-1])
        for group in (pace.whole, *pace.groups)
        if group.kind in ("whole", "unit") and group.watch is not None and stands(group)
    ]
    newest = max(found, key=lambda one: one[1].week, default=None)
    if newest is None or newest[0].kind != "whole":
        return newest
    units = [one for one in found if one[0].kind == "unit" and one[1].week >= newest[1].since]
    return max(units, key=lambda one: one[1].after - one[1].before, default=newest)


def values_of(
    actor: Actor, program: Program, behaviour: Behaviour, paced: Paced | None, day: date, by: str, *, now: datetime
) -> dict[str, Any]:
    """Everything that the page shows of a behaviour as of a day."""
    observing = Observing.objects.visible_to(actor).filter(behaviour=behaviour).first()
    found = paced_on(paced, day) if paced else None
    pace = found.pace if found else None
    missing = states(actor, [behaviour], day=localdate(now), now=now)[behaviour.pk]
    state, why = state_of(pace, observing, missing)
    values: dict[str, Any] = {
        "state": state,
        "why": why,
        "again": progress(observing) if pace else "",
        "source_words": SOURCES[behaviour.source],
        **_costs(actor, behaviour, pace, day),
    }
    if paced is None or found is None or pace is None:
        return values
    dues = dues_of(behaviour, pace)
    return values | {
        "paced": paced,
        "made_on": found.made_on,
        "note": found.note,
        "pace": pace,
        "whole": pace.whole,
        "now": pace.whole.now,
        "record_said": said.record_said(record_of(behaviour)),
        **_picture(actor, program, behaviour, pace, dues, day, "today" if day == localdate(now) else "as of"),
        **_groups(pace, by),
        **_people(pace, paced.threshold),
        **_provenance(behaviour, paced, pace),
    }


def _picture(
    actor: Actor, program: Program, behaviour: Behaviour, pace: Pace, dues: Sequence[Due], day: date, word: str
) -> dict[str, Any]:
    target = next((one for one in dues if one.share == behaviour.target_share), None)
    lanes = lanes_of(actor, program, day)
    found = newest_alarm(pace)
    return {
        "finding": said.finding(behaviour.occasion_words, target, pace.whole.now, pace),
        "pictures": drawing.big(behaviour, pace, dues, lanes, day, word),
        "picture_said": drawing.big_said(behaviour, pace, dues),
        "dated": [(name, sorted(many)) for name, many in lanes if many],
        "due_rows": due_rows(behaviour, pace, dues),
        "forecast": pace.whole.forecast,
        "alarm": found,
        "alarm_name": (found[0].series.name if found[0].kind == "unit" else "the whole") if found else "",
        "alarm_said": said.alarm_said(found[0].series.name, found[1]) if found else "",
    }


def _groups(pace: Pace, by: str) -> dict[str, Any]:
    there = {group.kind for group in pace.groups}
    by = by if by in KINDS else "unit"
    groups = [group for group in pace.groups if group.kind == by]
    left = dict(pace.left_out)
    return {
        "by": by,
        "kinds": [(kind, WORDS[kind]) for kind in KINDS if kind in there or kind == by],
        "groups": drawing.small(groups, pace),
        "groups_title": said.groups_title(groups, KINDS[by]) if groups else "",
        "hidden_groups": sum(1 for group in groups if group.series.suppressed),
        "left_out": left.get(by, 0),
    }


def _people(pace: Pace, threshold: int) -> dict[str, Any]:
    whole = pace.whole
    sustained, relapse = whole.sustained, whole.relapse
    return {
        "sustained": sustained,
        "sustained_title": said.sustained_said(sustained)
        if sustained
        else "How soon it becomes a habit cannot be said yet",
        "sustained_pictures": drawing.stepped(sustained.curve, start=0, half=sustained.median) if sustained else {},
        "lasting": whole.lasting,
        "lasting_title": said.lasting_said(whole.lasting),
        "lasting_pictures": drawing.stepped(relapse.curve, start=1) if relapse else {},
        "relapse": relapse,
        "relapsed_said": said.capital(said.at_least(relapse.relapsed, threshold)) if relapse else "",
        "left_said": said.at_least(sustained.left, threshold) if sustained else "",
        "steady_said": said.steady_said(whole.steady) if whole.steady else "",
        "dip": whole.dip,
        "dip_title": said.dip_title(whole.dip) if whole.dip else "",
        "dip_said": said.dip_said(whole.dip) if whole.dip else (),
        "watch": whole.watch,
        "watch_said": said.watch_said(whole.watch) if whole.watch else (),
        "alarms": _alarms(pace),
    }


def _alarms(pace: Pace) -> dict[str, Any]:
    """Rises of the old way that still stand, in whole and units; then those that are over, and the falls, newest first."""
    groups = [group for group in (pace.whole, *pace.groups) if group.kind in ("whole", "unit")]
    every = [
        (
            "The whole" if group.kind == "whole" else group.series.name,
            alarm,
            stands(group) and alarm is group.watch.alarms[-1],
        )
        for group in groups
        if group.watch is not None and not group.series.suppressed
        for alarm in group.watch.alarms
    ]
    every.sort(key=lambda one: one[1].week, reverse=True)
    return {
        "standing": [(name, alarm) for name, alarm, still in every if still],
        "earlier": [(name, alarm) for name, alarm, still in every if not still and alarm.side == "up"],
        "falls": [(name, alarm) for name, alarm, _ in every if alarm.side != "up"],
    }


def _provenance(behaviour: Behaviour, paced: Paced, pace: Pace) -> dict[str, Any]:
    weeks = list(pace.whole.series.weeks)
    return {
        "table": [(week, *drawing.weekly([week])[0][1:]) for week in reversed(weeks[-FEW_WEEKS:])],
        "weeks_hidden": sum(1 for week in weeks if week.new is None),
        "period": f"{day_said(pace.first)} to {day_said(said.ends(pace.last))}" if pace.first and pace.last else "",
        "sources": ", ".join(str(one) for one in paced.sources)
        or (behaviour.log.name if behaviour.log else SOURCES[behaviour.source]),
    }


def _costs(actor: Actor, behaviour: Behaviour, pace: Pace | None, day: date) -> dict[str, Any]:
    """What waiting costs, for those who may see benefits."""
    if not actor.may("benefits.view"):
        return {"sees_benefits": False}
    benefits = list(Benefit.objects.visible_to(actor).filter(behaviour=behaviour).select_related("owner"))
    return {"sees_benefits": True, "cost": cost_of(behaviour, pace, benefits, day)}
