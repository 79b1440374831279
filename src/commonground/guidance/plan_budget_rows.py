"""Reads the lines of the budget as rows of facts, with what the ledger tells of them."""

from commonground.analysis import facts
from commonground.analysis.plan.money import exact
from commonground.guidance.reading import Reading
from commonground.plan.budgets import BudgetLine, currency_of
from commonground.plan.ledgers import told_by_ledger


def budget(reading: Reading) -> list[facts.BudgetLine]:
    """Every line, its bookings up to the day counted in."""
    currency = currency_of(reading.program)
    told = told_by_ledger(reading.program, reading.day)
    rows = BudgetLine.objects.filter(program=reading.program).select_related("unit", "owner").order_by("pk")
    found = []
    for row in rows:
        line = row.plain(told.get(row.pk))
        found.append(
            facts.BudgetLine(
                row.key,
                row.name,
                row.phase,
                row.unit.key if row.unit else None,
                row.practice or None,
                row.purpose or None,
                row.owner.key if row.owner else None,
                float(exact(line.planned, currency)),
                float(exact(line.committed, currency)),
                float(exact(line.spent, currency)),
                line.hours / 100,
                line.hours_spent / 100,
                None if row.progress is None else row.progress / 100,
            )
        )
    return found
