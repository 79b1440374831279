"""A line for each behaviour on the pace home: what is measured now, where it goes, how late, and what stands in the way of saying so."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.timezone import localdate

from commonground.access.actor import Actor
from commonground.adoption import drawing, said, summary
from commonground.adoption.as_of import paced_on
from commonground.adoption.benefits import Amount, Total, cost_of
from commonground.adoption.currency import EMPTY, NO_RULE, NO_SOURCE, states
from commonground.adoption.models import Behaviour, Benefit, Observing, Paced
from commonground.adoption.standing import COMING, REACHED, Due, horizon, target_of
from commonground.adoption.summary import Summary
from commonground.analysis.pace.figures import Now, Pace
from commonground.programs.models import Program
from commonground.ui.multiples import Multiple
from commonground.ui.words import percent, spelled

MEASURED, MEASURING, FAULT, NOT_YET, SPARSE, WITHHELD = (
    "measured",
    "measuring",
    "fault",
    "not yet",
    "sparse",
    "withheld",
)

WAITS = "It was not measured yet."
MISSING = {
    NO_SOURCE: "It has no event log yet in which its occasions are seen.",
    NO_RULE: "It has no rule yet that says which events are occasions.",
    EMPTY: "Nothing has come in yet: its log holds no event, or nothing was counted.",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A behaviour in a list. state: what can be said of it; why: the sentence where it is not much; again: it is being measured anew."""

    behaviour: Behaviour
    state: str
    why: str
    again: str
    pace: Pace | None
    now: Now | None
    due: Due | None
    alarms: tuple[tuple[str, str, str], ...]
    picture: Multiple | None
    cost: Amount | None
    totals: tuple[Total, ...] = ()

    @property
    def late_kind(self) -> str:
        """The status of its lateness."""
        if self.due is None or self.due.late is None:
            return "good" if self.due is not None and self.due.state == REACHED else ""
        if self.due.late <= 0:
            return "good"
        return "act" if self.due.surely else "watch"

    @property
    def late_said(self) -> str:
        return said.lateness(self.due) if self.due else ""

    @property
    def range_said(self) -> str:
        end = horizon(self.pace.whole.forecast) if self.pace else None
        return said.when_range(self.due, end) if self.due else ""

    @property
    def beyond_said(self) -> str:
        return f"after {said.month(horizon(self.pace.whole.forecast))}" if self.pace else ""

    @property
    def range_now(self) -> str:
        return said.share_range(self.now.low, self.now.high) if self.now else ""

    @property
    def change_said(self) -> str:
        return said.points(self.now.change) if self.now else ""

    @property
    def picture_said(self) -> str:
        """What the small picture shows, for those who do not see it."""
        return (
            f"{self.behaviour.name}: new way {percent(self.now.new)}, old way {percent(self.now.old)}"
            if self.now
            else ""
        )

    @property
    def judged(self) -> bool:
        """Whether it can be held against a plan. What only counts log-ins cannot."""
        return bool(self.late_kind) and not self.behaviour.vanity


def lines_of(actor: Actor, program: Program, day: date, *, today: date, now: datetime) -> list[Line]:
    """The behaviours of a program in their own order, as of a day. Few queries, however many there are.

    What is not of today's log, rule or dates any more is asked to be measured again (`currency.states`).
    """
    rows = list(Behaviour.objects.visible_to(actor).filter(program=program).select_related("owner", "log"))
    missing = states(actor, rows, day=today, now=now)
    paced = Paced.objects.visible_to(actor).filter(behaviour__in=rows).defer("data")
    figures = {row.behaviour_id: row for row in paced}
    observing = {row.behaviour_id: row for row in Observing.objects.visible_to(actor).filter(behaviour__in=rows)}
    benefits: dict[int, list[Benefit]] = {}
    for row in Benefit.objects.visible_to(actor).filter(behaviour__in=rows).select_related("owner"):
        benefits.setdefault(row.behaviour_id, []).append(row)
    found = []
    for behaviour in rows:
        made = figures.get(behaviour.pk)
        known = summarised(made, day) if made else None
        state, why = state_of(known.pace if known else None, observing.get(behaviour.pk), missing[behaviour.pk])
        line = line_of(behaviour, known, (state, why), benefits.get(behaviour.pk, []), day)
        found.append(replace(line, again=progress(observing.get(behaviour.pk)) if known else ""))
    return found


def line_of(
    row: Behaviour, found: Summary | None, state: tuple[str, str], benefits: Sequence[Benefit], day: date
) -> Line:
    pace = found.pace if found else None
    now = pace.whole.now if pace else None
    cost = cost_of(row, pace, benefits, day)
    return Line(
        behaviour=row,
        state=state[0],
        why=state[1],
        again="",
        pace=pace,
        now=now,
        due=target_of(row, pace) if pace and now else None,
        alarms=tuple(one for one in found.alarms if one[0] in ("whole", "unit")) if found else (),
        picture=drawing.spark(pace) if pace else None,
        cost=cost.first if cost else None,
        totals=cost.totals if cost else (),
    )


def summarised(paced: Paced, day: date) -> Summary:
    """What the list needs of figures on a day: the stored summary; for a day before they were made, out of all of them."""
    if day < localdate(paced.made_at):
        return Summary(paced_on(paced, day, groups=False).pace, ())
    return summary.read(paced.summary or summary.summary(paced.pace))


def progress(observing: Observing | None) -> str:
    """How far measuring is, empty where it rests."""
    if observing is None or observing.ended_at is not None or observing.fault:
        return ""
    return observing.progress or "waits for its turn"


def state_of(pace: Pace | None, observing: Observing | None, missing: str) -> tuple[str, str]:
    """What can be said of a behaviour, and a sentence where it is not its figures. missing: as `currency.states` has it."""
    fault = observing.fault if observing is not None else ""
    if pace is None:
        words = progress(observing)
        return (FAULT, fault) if fault else (MEASURING, words) if words else (NOT_YET, MISSING.get(missing, WAITS))
    whole = pace.whole
    if whole.series.suppressed or not any(week.new is not None for week in whole.series.weeks):
        if pace.first is None:
            return SPARSE, "No occasion was found yet. Look at the rule, or bring newer events."
        return WITHHELD, "Fewer people than the threshold stand behind it, so nothing is shown."
    if whole.now is None:
        return SPARSE, "Fewer than four weeks can be shown so far."
    return (FAULT, fault) if fault else (MEASURED, "")


def statement(lines: Sequence[Line]) -> str:
    """The title of the pace home: how many are on plan, and which is latest by how much. Log-ins alone do not count."""
    if not lines:
        return "How fast does the new way come, and what does waiting cost?"
    asked = [line for line in lines if not line.behaviour.vanity]
    judged = [line for line in asked if line.judged]
    if not judged:
        none = "which cannot" if len(lines) == 1 else "and none can"
        return f"{_count(len(lines))}, {none} be held against a plan yet"
    late = sorted((line for line in judged if _months(line) > 0), key=lambda line: -_months(line))
    fine = len(judged) - len(late)
    is_are = "is" if fine == 1 or not fine else "are"
    if len(judged) < len(asked):
        some = "all are" if fine == len(judged) > 1 else f"{spelled(fine) if fine else 'none'} {is_are}"
        begin = f"Of {_count(len(asked)).lower()} {spelled(len(judged))} can be judged: {some} on plan"
    elif not late:
        begin = f"{'The one behaviour is' if len(judged) == 1 else f'All {_count(len(judged)).lower()} are'} on plan"
    else:
        begin = f"{said.capital(spelled(fine)) if fine else 'None'} of {_count(len(judged)).lower()} {is_are} on plan"
    if not late:
        return begin
    more = len(late) - 1
    also = f", {spelled(more)} more {'is' if more == 1 else 'are'} late" if more else ""
    return f"{begin}; “{late[0].behaviour.name}” is {late[0].late_said}{also}"


def _months(line: Line) -> int:
    return (line.due.late or 0) if line.due else 0


def _count(number: int) -> str:
    return f"{said.capital(spelled(number))} behaviour{'' if number == 1 else 's'}"


def csv_rows(lines: Sequence[Line]) -> list[tuple[object, ...]]:
    """The home as a table; empty where something is not known, and why beside it."""
    return [_csv_row(line) for line in lines]


CSV_HEAD = (
    "behaviour",
    "measured",
    "why_not",
    "share_new",
    "share_new_low_95",
    "share_new_high_95",
    "share_old",
    "occasions_4_weeks",
    "people",
    "until",
    "change_points_4_weeks",
    "target_share",
    "target_on",
    "forecast",
    "forecast_low_80",
    "forecast_high_80",
    "months_late",
    "delay_costs_a_month",
    "delay_unit",
    "log_ins_alone",
)


def _csv_row(line: Line) -> tuple[object, ...]:
    now, due, row = line.now, line.due, line.behaviour
    figures: tuple[object, ...] = (None,) * 8
    if now is not None:
        change = None if now.change is None else round(now.change * 100, 2)
        figures = (
            *(round(one, 4) for one in (now.new, now.low, now.high, now.old)),
            now.n,
            now.people,
            now.until,
            change,
        )
    coming = (due.mid, due.low, due.high) if due and due.state == COMING else (None, None, None)
    return (
        row.name,
        line.state,
        line.why,
        *figures,
        row.target_share,
        row.target_on,
        *coming,
        due.late if due else None,
        line.cost.mid if line.cost else None,
        line.cost.unit if line.cost else "",
        row.vanity,
    )
