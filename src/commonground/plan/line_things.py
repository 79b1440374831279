"""What the product knows that has a day, as things of the program line: only what the reader may see, and no plan before it is told."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Count, Max, Min

from commonground.access.actor import Actor
from commonground.adoption.models import Behaviour
from commonground.analysis.plan.kinds import KINDS, kind_of
from commonground.analysis.plan.line import OF_MILESTONE, Thing, lane_of_activity
from commonground.assessments.models import AmountDecision, Round
from commonground.coalition.models import Member
from commonground.communication.models import CustomerMeeting, Improvement, Panel
from commonground.organization.models import RolePeriod
from commonground.plan.models import Session
from commonground.programs.models import MILESTONE_LABELS, Activity, Engagement, Milestone, Program, Strategy
from commonground.realignment.models import RoleFate, Solution
from commonground.ui.words import plural
from commonground.workflows.lanes import Lanes, lanes_on

A_DAY = timedelta(days=1)
ROLE_WORDS = {"change": "changes", "merge": "is merged", "end": "ends", "create": "begins", "keep": "stays"}
DROPPED = "dropped"


class Placed(NamedTuple):
    """A thing with the unit that it belongs to; None for the whole. business: that unit's business unit."""

    thing: Thing
    unit: int | None
    business: int | None = None


def things(actor: Actor, program: Program, day: date) -> tuple[list[Placed], Lanes]:
    """Everything of the line, and the business units in which it stands. A handful of queries, however large the organization is."""
    reader = _Reader(actor, program, day)
    found = [
        *reader.milestones(),
        *reader.engagements(),
        *reader.strategy(),
        *reader.assessed(),
        *reader.team(),
        *reader.searches(),
        *reader.roles(),
        *reader.activities(),
        *reader.training(),
        *reader.old_ways(),
        *reader.customers(),
    ]
    lanes = lanes_on(actor, day, {one.unit for one in found if one.unit is not None})
    return [_named(one, lanes) for one in found], lanes


def _named(one: Placed, lanes: Lanes) -> Placed:
    if one.unit is None:
        return one
    return Placed(replace(one.thing, part=lanes.name(one.unit)), one.unit, lanes.business.get(one.unit, one.unit))


class _Reader:
    def __init__(self, actor: Actor, program: Program, day: date) -> None:
        self.actor, self.program, self.day = actor, program, day

    def _came(self, on: date | None) -> date | None:
        """A day as one on which something happened, if it has come."""
        return on if on is not None and on <= self.day else None

    def milestones(self) -> Iterator[Placed]:
        rows = Milestone.objects.visible_to(self.actor).filter(program=self.program)
        for kind, planned, actual, unit in rows.values_list("kind", "planned", "actual", "unit"):
            label = MILESTONE_LABELS.get(kind, kind)
            yield Placed(Thing(OF_MILESTONE[kind], label, planned, actual, milestone=True), unit)

    def engagements(self) -> Iterator[Placed]:
        rows = Engagement.objects.visible_to(self.actor).filter(program=self.program)
        for on, who in rows.values_list("on", "who"):
            yield Placed(Thing("engagement", who, on, self._came(on)), None)

    def strategy(self) -> Iterator[Placed]:
        rows = Strategy.objects.visible_to(self.actor).filter(program=self.program)
        for statement, agreed in rows.values_list("statement", "agreed_on"):
            if agreed is not None:
                yield Placed(Thing("strategy", statement, agreed, self._came(agreed)), None)

    def assessed(self) -> Iterator[Placed]:
        rounds = Round.objects.visible_to(self.actor).filter(program=self.program).exclude(state="cancelled").bare()
        for row in rounds:
            begun = row.state in {"open", "closed"}
            actual = self._came(row.opens_on) if begun else None
            over = row.state == "closed"
            yield Placed(Thing("amount", row.name, row.opens_on, actual, row.last_day, over, lasts=True), None)
        decisions = AmountDecision.objects.visible_to(self.actor).standing().filter(program=self.program)
        for on, by in decisions.values_list("decided_on", "decided_by"):
            yield Placed(Thing("amount", f"How much change, decided by {by}", on, self._came(on)), None)

    def team(self) -> Iterator[Placed]:
        rows = Member.objects.visible_to(self.actor).on(self.day).filter(program=self.program, consent=True)
        starts = list(rows.values_list("start", flat=True))
        known = [one for one in starts if one is not None]
        if known:
            label = f"{len(starts)} on the team"
            yield Placed(Thing("team", label, None, min(known), lasts=True), None)

    def searches(self) -> Iterator[Placed]:
        rows = Solution.objects.visible_to(self.actor).filter(program=self.program).select_related("workflow")
        for row in rows:
            if row.opened is not None:
                over = row.decided is not None and row.decided <= self.day
                label = row.question or f"Search for a new {row.workflow}"
                began = self._came(row.opened)
                yield Placed(Thing("workflows", label, row.opened, began, row.decided, over, lasts=True), None)

    def roles(self) -> Iterator[Placed]:
        """Only what is told or in force: a line is printed and hung on a wall."""
        fates = list(RoleFate.objects.visible_to(self.actor).told().filter(program=self.program))
        named = RolePeriod.objects.visible_to(self.actor).filter(role__in=[row.role_id for row in fates])
        names = dict(named.order_by("start").values_list("role", "name"))
        for row in fates:
            if row.fate == "keep":
                continue
            label = f"{names.get(row.role_id, 'A role')} {ROLE_WORDS.get(row.fate, row.fate)}"
            came = self._came(row.in_force_on)
            yield Placed(Thing("roles", label, row.effective or row.in_force_on, came), None)

    def activities(self) -> Iterator[Placed]:
        rows = Activity.objects.visible_to(self.actor).filter(program=self.program).exclude(state=DROPPED)
        columns = ("words", "kind", "practice", "unit", "start", "end", "state")
        for words, kind, practice, unit, start, end, state in rows.values_list(*columns):
            lane = lane_of_activity(kind_of(kind), practice)
            until = end - A_DAY if end is not None else None
            begun = self._came(start) if state in {"running", "done"} else None
            label = words if words and kind in KINDS else kind
            thing = Thing(lane, label, start, begun, until, state == "done", lasts=until is not None or start is None)
            yield Placed(thing, unit)

    def training(self) -> Iterator[Placed]:
        """Each module from its first session to its last."""
        rows = Session.objects.visible_to(self.actor).of(self.program).exclude(on=None).order_by()
        spans = rows.values_list("module__name").annotate(first=Min("on"), last=Max("on"), number=Count("pk"))
        for name, first, last, number in spans.order_by("first", "module__name"):
            label = f"{name}: {plural(number, 'session')}"
            over = last < self.day
            yield Placed(Thing("roles", label, first, self._came(first), last, over, lasts=last > first), None)

    def old_ways(self) -> Iterator[Placed]:
        rows = Behaviour.objects.visible_to(self.actor).filter(program=self.program, old_sunset_on__isnull=False)
        for name, on, possible in rows.values_list("name", "old_sunset_on", "old_possible"):
            gone = None if possible else self._came(on)
            yield Placed(Thing("reinforcement", f"The old way ends: {name}", on, gone), None)

    def customers(self) -> Iterator[Placed]:
        panels = Panel.objects.visible_to(self.actor).filter(program=self.program)
        for name, unit, start, end in panels.values_list("name", "unit", "start", "end"):
            until = end - A_DAY if end is not None else None
            over = end is not None and end <= self.day
            yield Placed(Thing("customers", name, start, self._came(start), until, over, lasts=True), unit)
        works = Improvement.objects.visible_to(self.actor).filter(program=self.program).exclude(state=DROPPED)
        for name, unit, start, done, state in works.values_list("name", "unit", "start", "done_on", "state"):
            over = state == "done"
            yield Placed(Thing("customers", name, start, self._came(start), done, over, lasts=True), unit)
        met = CustomerMeeting.objects.visible_to(self.actor).filter(program=self.program)
        for customers, on, unit in met.values_list("customers", "on", "panel__unit"):
            yield Placed(Thing("customers", f"Met {customers}", on, self._came(on)), unit)
