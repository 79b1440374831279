"""What a budget line says: money in whole and decimal units of the program's currency, hours, and how much of it is done."""

from typing import NamedTuple

BUDGET_PURPOSES = ("people", "technology", "other")


class BudgetLine(NamedTuple):
    """One line of the budget. purpose: what it is for; committed: ordered and not yet paid; progress: share done, between 0 and 1."""

    id: str
    name: str | None = None
    phase: int | None = None
    unit: str | None = None
    practice: str | None = None
    purpose: str | None = None
    owner: str | None = None
    planned: float | None = None
    committed: float | None = None
    spent: float | None = None
    hours: float | None = None
    hours_spent: float | None = None
    progress: float | None = None
