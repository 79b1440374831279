"""Experiments, out of sheets. They come as drafts: registering, drawing and starting are done on their page."""

from collections.abc import Callable
from typing import Any

from django.db import models

from commonground.adoption.models import Behaviour
from commonground.guidance.experiments import DESIGNS, DRAFT, TOGETHER, Experiment
from commonground.intake.commit_work import upsert
from commonground.intake.plan import Plan, just, text


def experiments(plan: Plan) -> None:
    """Plans experiments. One that is registered here already is left as it is: its page says what may still be changed."""
    program = plan.program
    known = {row.key: row for row in Experiment.objects.filter(program=program)}
    behaviours = dict(Behaviour.objects.filter(program=program).values_list("key", "pk"))
    behaviours |= {row.key: row.pk for row in _made_now(plan)}

    def of_behaviour(row: Any) -> int | None:
        return behaviours.get(row.behaviour)

    def units(row: Any) -> list[int | None]:
        return [plan.id_of("units", unit) for unit in row.units]

    read = plan.fields(
        "experiments",
        {
            "name": ("name", just("name")),
            "hypothesis": ("hypothesis", text("hypothesis")),
            "technique": ("technique", _short("technique")),
            "behaviour": ("behaviour_id", of_behaviour),
            "hoped": ("hoped", just("hoped")),
            "design": ("design", lambda row: row.design if row.design in DESIGNS else TOGETHER),
            "units": ("units", units),
            "starts": ("starts_on", just("starts")),
            "weeks": ("weeks", lambda row: row.weeks or 8),
            "stop_rule": ("stop_rule", text("stop_rule")),
            "decides": ("decides_id", lambda row: plan.id_of("people", row.decides)),
        },
    )
    rows = []
    for row in plan.rows("experiments"):
        there = known.get(row.id)
        if there is not None and there.state != DRAFT:
            why, remedy = "It is registered here already.", "Change it on its page, where what is changed is listed."
            plan.leave("experiments", plan.position("experiments", row), "id", row.id, why, remedy)
        else:
            rows.append((row.id, row))

    def make(row: Any) -> models.Model:
        return plan.batch.make(Experiment, program=program, key=row.id, name=row.name)

    upsert(plan, "experiments", known, rows, read, make)


def _made_now(plan: Plan) -> list[Any]:
    """Behaviours that the same sheets bring."""
    return list(plan.batch.made.get(Behaviour, []))


def _short(name: str) -> Callable[[Any], str]:
    return lambda row: (getattr(row, name) or "")[:120]
