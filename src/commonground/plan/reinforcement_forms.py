"""The form of a plan of reinforcement, with the budget lines that could pay it."""

from typing import Any

from django.db.models import Q

from commonground.plan.budgets import BudgetLine
from commonground.reinforcement.forms import ScheduleForm

PRACTICES = ("REIN", "SOFT")


class PaidScheduleForm(ScheduleForm):
    """Offers the lines of REIN and SOFT that the actor may see, and the one that is chosen already."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Q(practice__in=PRACTICES) | (Q(key=self.instance.line) if self.instance.line else Q(pk__in=()))
        rows = BudgetLine.objects.visible_to(self.actor).filter(mine, program=self.program).values_list("key", "name")
        kept = [(self.instance.line, self.instance.line)] if self.instance.line else []
        lines = list(rows) or kept
        self.offer("line", [("", "none"), *lines])
        if not lines:
            del self.fields["line"]
