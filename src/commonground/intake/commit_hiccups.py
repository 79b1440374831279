"""Hiccup plans, out of sheets: one for each cut-over that is here. Promises that are new are added; none is taken away."""

from typing import Any

from django.db import models

from commonground.communication.hiccups import HiccupPlan, Promise
from commonground.intake.commit_work import upsert
from commonground.intake.plan import Plan, just
from commonground.organization.models import UnitPeriod
from commonground.programs.models import Milestone, key_for
from commonground.realignment.stages import day_of


def hiccups(plan: Plan) -> None:
    """A plan of a cut-over that is not here is kept out: its milestone comes first."""
    program = plan.program
    cuts = {row.unit_id: row.pk for row in Milestone.objects.filter(program=program, kind="cut_over").order_by("pk")}
    cuts |= _made_now(plan)
    read = plan.fields(
        "hiccups",
        {
            "noticed": ("noticed", just("noticed")),
            "ready": ("ready_on", just("ready")),
            "tried": ("tried_on", just("tried")),
        },
    )
    known = {row.cut_over_id: row for row in HiccupPlan.objects.filter(program=program).exclude(cut_over=None)}
    names = dict(UnitPeriod.objects.on(day_of(plan.at)).values_list("unit_id", "name"))
    good = []
    for row in plan.rows("hiccups"):
        cut = cuts.get(plan.id_of("units", row.unit))
        if cut is None:
            why, remedy = "There is no cut-over of it on the program line.", "Add it to the sheet of milestones first."
            plan.refuse("hiccups", plan.position("hiccups", row), "unit", row.unit, why, remedy)
        else:
            good.append((cut, row))

    def make(row: Any) -> models.Model:
        unit = plan.id_of("units", row.unit)
        name = f"Cut-over of {names.get(unit, row.unit) if unit else 'the whole'}"
        return plan.batch.make(HiccupPlan, program=program, key=key_for("H"), name=name, cut_over_id=cuts[unit])

    found = upsert(plan, "hiccups", known, good, read, make)
    if plan.has("hiccups", "promises"):
        _promises(plan, [(found[cut], row.promises) for cut, row in good])


def _made_now(plan: Plan) -> dict[int | None, int]:
    """Unit → cut-over that the same sheets bring."""
    made: list[Any] = plan.batch.made.get(Milestone, [])
    return {row.unit_id: row.pk for row in made if row.kind == "cut_over"}


def _promises(plan: Plan, wanted: list[tuple[Any, tuple[str, ...]]]) -> None:
    there: dict[int, set[str]] = {}
    for owner, words in Promise.objects.filter(program=plan.program).values_list("plan", "promise"):
        there.setdefault(owner, set()).add(words.replace(";", ",").casefold())
    for row, promises in wanted:
        for place, words in enumerate(promises):
            if words.casefold() not in there.get(row.pk, set()):
                plan.batch.make(Promise, program=plan.program, plan_id=row.pk, promise=words[:300], order=place)
                plan.facts.update(Promise.facts)
