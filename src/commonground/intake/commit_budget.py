"""The lines of the budget, out of a sheet."""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import models

from commonground.analysis.facts.phases import PHASES
from commonground.analysis.plan.money import smallest
from commonground.intake.commit_work import upsert
from commonground.intake.plan import Plan, just, text
from commonground.plan.budgets import HOURS, BudgetLine, currency_of
from commonground.realignment.stages import day_of

MONEY, TIME = ("planned", "committed", "spent"), ("hours", "hours_spent")


def budget(plan: Plan) -> None:
    """Lines by their id; what a sheet has no column for stays as it is."""
    currency, day = currency_of(plan.program), day_of(plan.at)
    read = plan.fields(
        "budget",
        {
            "name": ("name", lambda row: row.name or row.id),
            "phase": ("phase", just("phase")),
            "unit": ("unit_id", lambda row: plan.id_of("units", row.unit)),
            "practice": ("practice", lambda row: (row.practice or "")[:5].upper()),
            "for": ("purpose", text("purpose")),
            "owner": ("owner_id", lambda row: plan.id_of("people", row.owner)),
            **{name: (name, _money(name, currency)) for name in MONEY},
            **{name: (name, _time(name)) for name in TIME},
            "progress": ("progress", _percent),
        },
    )
    good = []
    for row in plan.rows("budget"):
        if row.phase is not None and row.phase not in PHASES:
            why = f"There is no phase {row.phase}."
            plan.refuse(
                "budget", plan.position("budget", row), "phase", row.phase, why, "Write 1, 2 or 3, or leave it empty."
            )
        else:
            good.append((row.id, row))
    known = {row.key: row for row in BudgetLine.objects.filter(program=plan.program)}

    def make(row: Any) -> models.Model:
        on = day if row.progress is not None else None
        return plan.batch.make(BudgetLine, program=plan.program, key=row.id, name=row.name or row.id, progress_on=on)

    upsert(plan, "budget", known, good, read, make)


def _money(name: str, currency: str) -> Callable[[Any], int]:
    return lambda row: smallest(getattr(row, name) or 0.0, currency)


def _time(name: str) -> Callable[[Any], Decimal]:
    return lambda row: Decimal(repr(float(getattr(row, name) or 0))).quantize(HOURS, ROUND_HALF_UP)


def _percent(row: Any) -> int | None:
    return None if row.progress is None else round(row.progress * 100)
