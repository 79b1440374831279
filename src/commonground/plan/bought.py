"""What the budget bought: people trained, seats filled, weeks of delay avoided. Each number from where it is kept."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from commonground.access.actor import Actor
from commonground.adoption.benefits import cost_of
from commonground.adoption.models import Behaviour, Benefit, Paced
from commonground.analysis.months import WEEKS_A_MONTH
from commonground.analysis.plan.budget import Sums, summed
from commonground.coalition.models import Member
from commonground.plan.budget_page import Budget
from commonground.plan.training_sessions import people_trained
from commonground.programs.models import Program
from commonground.realignment.models import Seat
from commonground.ui.words import number, plural

FEWEST = 8  # people of whom a number is told
LEARNING, SEATED, SOONER = ("TRAIN",), ("TEAM", "MNGR", "PROC"), ("PACE", "REIN", "SOFT", "PEER")


class Bought(NamedTuple):
    """One thing that was bought. words: what and how much; each: what one of it took, where known; where: what it was counted from.

    known: False where the product does not know yet; words then says what is missing.
    """

    name: str
    words: str
    where: str
    known: bool = True
    each: str = ""


def bought(actor: Actor, program: Program, day: date, budget: Budget) -> list[Bought]:
    """What came of the money and the hours up to a day, as far as this person may see it and the product knows it."""
    return [
        *([_trained(program, day, budget)] if actor.may("training.view") else []),
        *([_seated(actor, program, day, budget)] if actor.may("team.view") else []),
        *([_sooner(actor, program, day)] if actor.may("benefits.view") else []),
    ]


def _trained(program: Program, day: date, budget: Budget) -> Bought:
    name, where = "People trained", "attendance noted under Training"
    found = people_trained(program, day)
    if found is None:
        return Bought(name, "Not known yet: nobody’s attendance is noted.", where, known=False)
    if found < FEWEST:
        return Bought(name, f"Fewer than {FEWEST} people so far.", where, known=False)
    sums = _of(budget, LEARNING)
    return Bought(
        name, f"{number(found)} people had at least one training", where, each=_each(budget, sums, found, "person")
    )


def _seated(actor: Actor, program: Program, day: date, budget: Budget) -> Bought:
    """Seats in searches and on the team that somebody took with their consent and that are filled on the day."""
    name, where = "Seats filled", "seats with consent, in searches and on the team"
    seats = Seat.objects.visible_to(actor).on(day).filter(solution__program=program, consent=True).count()
    team = Member.objects.visible_to(actor).on(day).filter(program=program, consent=True).count()
    if not seats and not team:
        return Bought(name, "Not known yet: no seat is taken with consent.", where, known=False)
    words = f"{plural(seats, 'seat')} in searches, {plural(team, 'seat')} on the team"
    return Bought(name, words, where, each=_each(budget, _of(budget, SEATED), seats + team, "seat"))


def _sooner(actor: Actor, program: Program, day: date) -> Bought:
    """By how many weeks the behaviours with a benefit are ahead of their plans, the best one told first."""
    name, where = "Weeks of delay avoided", "the pace of behaviours with a benefit, against their plan"
    standing = sorted(_weeks_ahead(actor, program, day), reverse=True)
    if not standing:
        return Bought(
            name, "Not known yet: no behaviour with a benefit has both a plan and measured weeks.", where, known=False
        )
    ahead = [(weeks, what) for weeks, what in standing if weeks >= 1]
    if not ahead:
        return Bought(name, f"None so far: {_list(standing, 'behind')}.", where)
    return Bought(name, f"{_list(ahead, 'ahead')} of plan", where)


def _list(standing: Iterable[tuple[float, str]], way: str) -> str:
    return "; ".join(f"{what} is {plural(round(abs(weeks)), 'week')} {way}" for weeks, what in list(standing)[:3])


def _weeks_ahead(actor: Actor, program: Program, day: date) -> Iterable[tuple[float, str]]:
    held: dict[int, list[Benefit]] = {}
    for row in Benefit.objects.visible_to(actor).filter(program=program).select_related("owner"):
        held.setdefault(row.behaviour_id, []).append(row)
    paced = {one.behaviour_id: one.pace for one in Paced.objects.visible_to(actor).filter(behaviour__in=held)}
    for behaviour in Behaviour.objects.visible_to(actor).filter(program=program, pk__in=held):
        cost = cost_of(behaviour, paced.get(behaviour.pk), held[behaviour.pk], day)
        if cost is not None and cost.behind is not None:
            yield -cost.behind * WEEKS_A_MONTH, behaviour.name


def _of(budget: Budget, practices: tuple[str, ...]) -> Sums:
    return summed(row.line for row in budget.rows if row.line.practice in practices)


def _each(budget: Budget, sums: Sums, many: int, one: str) -> str:
    """What one took of the lines of these practices; empty where no such line has anything spent."""
    if not sums.spent:
        return ""
    lines = plural(sums.lines, "line")
    return f"{budget.said(round(sums.spent / many))} for each {one}, from {budget.said(sums.spent)} spent on {lines}"
