"""The numbers that answer the criteria of a gate, each from the function that computes it for its own page; none is worked out here.

A number is for the whole or for the unit of the gate. Where there is none it says why; where it stands only for the whole it says so.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from commonground.access.actor import Actor
from commonground.adoption.as_of import paced_on
from commonground.adoption.benefits import cost_of
from commonground.adoption.models import Behaviour, Benefit, Paced
from commonground.analysis.communication import reach
from commonground.analysis.pace.figures import Group, Pace
from commonground.analysis.plan.criteria import Number, criteria_of
from commonground.communication.contacts import counts_of
from commonground.communication.messages import SAID, Message
from commonground.communication.models import Improvement, Panel
from commonground.disclosure.thresholds import PACE, threshold_of
from commonground.organization.models import below
from commonground.plan.budgets import BudgetLine
from commonground.plan.gates import Gate
from commonground.plan.phases import Phase, upwards
from commonground.programs.models import Strategy
from commonground.realignment.acknowledgements import seen_by_holders
from commonground.workflows.measured import enough_cases
from commonground.workflows.waits import crossed, waits_of

MONTHS: Final = 6  # after coming to it, that people still keep at it
LATELY: Final = timedelta(days=90)  # messages to customers that are looked at
AGREED: Final = ("agreed", "trying", "done")


@dataclass(frozen=True)
class Asked:
    """The numbers of one gate, for one who asks, as of a day. Each method is a measure of analysis.plan.criteria."""

    gate: Gate
    actor: Actor
    day: date

    def numbers(self) -> dict[str, Number]:
        """Criterion → number, for each criterion of the gate that a number answers."""
        ways: Mapping[str, Callable[[], Number]] = {
            "goal": self.goal,
            "strategy": self.strategy,
            "dates": self.dates,
            "money": self.money,
            "customers": self.customers,
            "use": self.use,
            "kept": self.kept,
            "crossings": self.crossings,
            "roles": self.roles,
            "reach": self.reach,
            "dip": self.dip,
            "benefit": self.benefit,
        }
        return {one.key: ways[one.measure]() for one in criteria_of(self.gate.number) if one.measure}

    @property
    def unit(self) -> int | None:
        return self.gate.unit_id

    @cached_property
    def within(self) -> list[int]:
        """The unit and all within it as it is on the day."""
        found = below(frozenset([self.unit] if self.unit else []))
        return [one for one in found if one is not None]

    @property
    def _for_all(self) -> str:
        return "of the whole program" if self.unit else ""

    # what is meant

    def goal(self) -> Number:
        on = self.gate.program.goal_stated_on
        there = on is not None and on <= self.day and bool(self.gate.program.goal)
        return Number(float(there), last=on, source="the program's goal", page="programs:line", what=self._for_all)

    def strategy(self) -> Number:
        rows = Strategy.objects.filter(program=self.gate.program)
        agreed = rows.filter(agreed_on__lte=self.day).count()
        source = "parts of the strategy with the day of their agreement"
        return Number(agreed, n=rows.count(), of="parts", source=source, page="programs:line", what=self._for_all)

    def dates(self) -> Number:
        rows = Phase.objects.filter(program=self.gate.program, number=self.gate.number + 1)
        planned = dict(rows.exclude(planned_from=None).values_list("unit", "planned_from"))
        day = next((planned[place] for place in upwards(self.gate.unit) if place in planned), None)
        return Number(float(day is not None), first=day, source="the plan of the next phase", page="plan:phases")

    def money(self) -> Number:
        rows = BudgetLine.objects.filter(program=self.gate.program, phase=self.gate.number + 1)
        there = rows.filter(planned__gt=0).count()
        source = f"lines with money for phase {self.gate.number + 1}"
        return Number(there, n=rows.count(), of="lines", source=source, page="plan:budget", what=self._for_all)

    def customers(self) -> Number:
        program, day = self.gate.program, self.day
        panels = Panel.objects.filter(program=program, start__lte=day).exclude(end__lte=day)
        works = Improvement.objects.filter(program=program, state__in=AGREED)
        if self.unit:
            panels, works = panels.filter(unit__in=self.within), works.filter(unit__in=self.within)
        number = panels.count() + works.count()
        source = "panels that meet, and joint improvements that are agreed or done"
        return Number(number, n=number, of="panels and improvements", source=source, page="communication:collaboration")

    # what is real

    @cached_property
    def _paced(self) -> list[tuple[Behaviour, Pace]]:
        rows = Paced.objects.visible_to(self.actor).filter(
            behaviour__program=self.gate.program, behaviour__vanity=False
        )
        return [
            (row.behaviour, paced_on(row, self.day, groups=bool(self.unit)).pace)
            for row in rows.select_related("behaviour")
        ]

    def _groups(self) -> Iterator[tuple[Behaviour, Group]]:
        """Each behaviour that can be shown for the gate's part, with its figures there."""
        for behaviour, pace in self._paced:
            key = str(self.unit)
            groups = [one for one in pace.groups if one.kind == "unit" and one.key == key]
            for group in groups if self.unit else [pace.whole]:
                if not group.series.suppressed:
                    yield behaviour, group

    def _few(self, what: str) -> Number:
        where = "of this unit " if self.unit else ""
        return Number(None, f"no {what} {where}is known that can be shown yet", source="the pace", page="adoption:pace")

    def use(self) -> Number:
        least = min(
            ((group.now.new, behaviour, group.now) for behaviour, group in self._groups() if group.now),
            key=lambda one: one[0],
            default=None,
        )
        if least is None:
            return self._few("behaviour")
        share, behaviour, now = least
        return Number(
            share, n=now.n, of="occasions", low=now.low, high=now.high, last=date.fromisoformat(now.until),
            what=behaviour.name, source="the last four weeks that can be shown", page="adoption:behaviour", pk=behaviour.pk,
        )  # fmt: skip

    def kept(self) -> Number:
        found = [
            (one.share, behaviour, one)
            for behaviour, group in self._groups()
            for one in group.lasting
            if one.months == MONTHS and one.share is not None
        ]
        least = min(found, key=lambda one: one[0], default=None)
        if least is None:
            return self._few("use over six months")
        share, behaviour, lasting = least
        return Number(
            share, n=lasting.n, of="people", low=lasting.low, high=lasting.high, last=self.day, what=behaviour.name,
            source="people who came to it and were followed for six months", page="adoption:behaviour", pk=behaviour.pk,
        )  # fmt: skip

    def crossings(self) -> Number:
        key = str(self.unit)
        rows = [
            one
            for one in crossed(self.actor, waits_of(self.actor, self.gate.program, self.day))
            if one.passage.working.median is not None
            and enough_cases(one.passage.cases, one.row.cases)
            and (self.unit is None or key in (one.passage.source, one.passage.target))
        ]
        if not rows:
            why = "no event log tells of crossings here yet"
            return Number(None, why, source="event logs", page="workflows:waits")
        most = max(rows, key=lambda one: one.wait)
        return Number(
            most.wait, n=most.passage.working.n, of="crossings", first=most.row.starts, last=most.row.last_day,
            what=f"{most.source} → {most.target}, {most.workflow}", source=f"the log {most.row.log}", page="workflows:waits",
        )  # fmt: skip

    def roles(self) -> Number:
        seen, holders = seen_by_holders(self.gate.program_id, self.day, self.within if self.unit else None)
        if holders < threshold_of(PACE):
            why = "fewer people than can be shown hold a role whose new words were told"
            return Number(None, why, source="acknowledgements")
        return Number(
            seen / holders, n=holders, of="holders", last=self.day, source="acknowledgements of roles that were told"
        )

    def reach(self) -> Number:
        """Of the message that reached the smallest share, so that one which did well hides none that did not."""
        said = Message.objects.filter(program=self.gate.program, state__in=SAID, start__lte=self.day).to_customers()
        rows = list(said.filter(start__gt=self.day - LATELY).prefetch_related("segments").order_by("-start", "-pk"))
        rows = rows or list(said.order_by("-start", "-pk")[:1])
        if not rows:
            return Number(None, "no message to customers is out yet", source="messages", page="communication:reach")
        counts = counts_of(self.gate.program)
        reached = list[tuple[float, int, Message]]()
        for message in rows:
            segments = {one.pk for one in message.segments.all()} or counts.keys()
            whole = reach.together(counts[one] for one in segments if one in counts)
            if contacts := reach.contacts(whole):
                reached.append((reach.union(whole, message.channels) / contacts, contacts, message))
        if not reached:
            return Number(None, "no contacts of customers are known yet", source="contacts", page="communication:reach")
        share, contacts, message = min(reached, key=lambda row: row[0])
        of_several = f", the one of {len(reached)} that reaches fewest" if len(reached) > 1 else ""
        return Number(
            share, n=contacts, of="contacts", last=message.start, what=f"“{message}”{of_several}",
            source="contacts by the channels they have", page="communication:reach",
        )  # fmt: skip

    def dip(self) -> Number:
        dips = [(behaviour, group.dip) for behaviour, group in self._groups() if group.dip is not None]
        if not dips:
            return self._few("dip after a cut-over")
        below_it = [(behaviour, dip) for behaviour, dip in dips if dip.recovered is None]
        waits = next((dip for _, dip in below_it if not dip.passed), None)
        if waits is not None:
            why = f"no verdict is fair before {date.fromisoformat(waits.until):%-d %b %Y}"
            return Number(
                None, why, n=len(dips), of="behaviours", source="work a person and week", page="adoption:pace"
            )
        behaviour = below_it[0][0] if below_it else dips[0][0]
        last = max((date.fromisoformat(dip.recovered) for _, dip in dips if dip.recovered), default=None)
        return Number(
            float(not below_it), n=len(dips), of="behaviours with a cut-over", last=last, what=behaviour.name if below_it else "",
            source="work a person and week, against the weeks before", page="adoption:behaviour", pk=behaviour.pk,
        )  # fmt: skip

    def benefit(self) -> Number:
        held: dict[int, list[Benefit]] = {}
        for row in Benefit.objects.visible_to(self.actor).filter(program=self.gate.program).select_related("owner"):
            held.setdefault(row.behaviour_id, []).append(row)
        costs = [cost_of(one, pace, held[one.pk], self.day) for one, pace in self._paced if one.pk in held]
        lines = [line for cost in costs if cost for line in cost.lines if line.share is not None and not line.counter]
        source = "benefits, realised of planned"
        if not lines:
            return Number(None, "no benefit can be told against its plan yet", source=source, page="adoption:benefits")
        least = min(lines, key=lambda line: line.share or 0.0)
        known = [month.month for month in least.months if month.realised is not None]
        return Number(
            least.share, n=len(lines), of="benefits", last=date.fromisoformat(max(known)) if known else None,
            what=f"{least.name}{', of the whole program' if self.unit else ''}", source=source, page="adoption:benefits",
        )  # fmt: skip
