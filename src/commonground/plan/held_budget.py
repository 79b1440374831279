"""What the budget holds of a person: the lines that they answer for."""

from commonground.access.holdings import Held
from commonground.accounts.models import User
from commonground.analysis.plan.money import said
from commonground.organization.models import Person
from commonground.plan.budgets import BudgetLine, currency_of


def held_on(person: Person | None, user: User) -> list[Held]:
    """Lines under their name. user is not needed here."""
    rows = BudgetLine.objects.filter(owner=person).order_by("pk") if person is not None else BudgetLine.objects.none()
    return [
        Held(
            "budget-lines",
            "Lines of the budget that you answer for",
            [
                {
                    "what": row.name,
                    "planned": said(row.planned, currency_of(row.program_id)),
                    "done": row.progress,
                    "note": row.note,
                }
                for row in rows
            ],
            "Written by a change lead, or brought by a sheet.",
            hidden="Bookings of a ledger keep their words, which may name somebody; they are read by change leads, sponsors and "
            "auditors, and are not searched for names.",
        )
    ]
