"""What the budget's pages show: each line with what it will come to, and the sums by phase, unit, practice or purpose."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Final, NamedTuple

from commonground.access.actor import Actor
from commonground.analysis.plan import budget, money
from commonground.analysis.plan.budget import Completion, Line, Split, Sums
from commonground.organization.fields import unit_names
from commonground.plan.budgets import FOR, BudgetLine, Told, currency_of
from commonground.plan.ledgers import told_by_ledger
from commonground.programs.models import Program

BY: Final = {"phase": "Phase", "unit": "Unit", "practice": "Practice", "purpose": "What it is for"}
NOT_SAID: Final = {"phase": "no phase", "unit": "the whole program", "practice": "no practice", "purpose": "not said"}
PURPOSE_WORDS: Final = {key: words.partition(":")[0] for key, words in FOR}
SORTS: Final = ("name", "planned", "spent", "forecast", "over")


class Row(NamedTuple):
    """A line with what the ledger tells of it, and its forecast of money and of hours."""

    row: BudgetLine
    line: Line
    told: Told
    money: Completion
    hours: Completion
    unit: str
    owner: str

    @property
    def over(self) -> int:
        return self.money.estimate - self.line.planned

    @property
    def hours_only(self) -> bool:
        """Whether no money is planned, ordered or spent on it, but hours are."""
        return not (self.line.planned or self.line.spent or self.line.committed) and self.line.hours > 0

    @property
    def for_words(self) -> str:
        return PURPOSE_WORDS.get(self.row.purpose, NOT_SAID["purpose"])


class Group(NamedTuple):
    """The sums of one phase, unit, practice or purpose. key: by which the list of lines is filtered."""

    key: str
    name: str
    sums: Sums


class Budget:
    """The budget of a program as an actor may see it, as of a day."""

    def __init__(self, actor: Actor, program: Program, day: date) -> None:
        self.currency = currency_of(program)
        rows = BudgetLine.objects.visible_to(actor).filter(program=program).select_related("owner")
        told = told_by_ledger(program, day)
        kept = list(rows)
        names = unit_names(actor, day, {row.unit_id for row in kept if row.unit_id})
        self.rows = [self._row(row, told.get(row.pk), names) for row in kept]

    def _row(self, row: BudgetLine, told: Told | None, names: dict[int, str]) -> Row:
        unit = names.get(row.unit_id, str(row.unit)) if row.unit_id else ""
        line = row.plain(told, unit=unit)
        return Row(
            row,
            line,
            told or Told(),
            budget.at_completion(line.planned, line.spent, line.committed, line.progress),
            budget.at_completion(line.hours, line.hours_spent, 0, line.progress),
            unit,
            row.owner.name if row.owner else "",
        )

    @cached_property
    def whole(self) -> Sums:
        return budget.summed(row.line for row in self.rows)

    @cached_property
    def split(self) -> Split:
        return budget.split(row.line for row in self.rows)

    def groups(self, by: str) -> list[Group]:
        """The sums by one of BY, what says nothing last."""
        found = budget.grouped([row.line for row in self.rows], lambda line: str(getattr(line, by) or ""))
        order = sorted(found, key=lambda key: (not key, key if by in ("phase", "unit", "practice") else ""))
        return [Group(key, self._called(by, key), found[key]) for key in order]

    def _called(self, by: str, key: str) -> str:
        if not key:
            return NOT_SAID[by].capitalize()
        if by == "phase":
            return next(row.row.get_phase_display() or key for row in self.rows if str(row.row.phase) == key)
        return PURPOSE_WORDS[key].capitalize() if by == "purpose" else key

    def said(self, amount: int | None) -> str:
        return money.said(amount, self.currency)

    @property
    def title(self) -> str:
        """How the budget stands, in a sentence."""
        whole = self.whole
        if not self.rows:
            return "No budget is written down yet"
        if not whole.planned:
            return f"{self.said(whole.spent)} is spent, and no amount is planned yet"
        spent = f"{self.said(whole.spent)} of {self.said(whole.planned)} is spent"
        if whole.over > 0:
            return f"{spent}; at completion it will be {self.said(whole.over)} more than planned"
        return f"{spent}; the forecast stays within the plan"


def sorted_by(rows: Sequence[Row], sort: str) -> list[Row]:
    """The rows in the order of SORTS, turned round with a minus before it; as the budget has them for anything else."""
    key = sort.removeprefix("-")
    if key not in SORTS:
        return list(rows)
    ways = {
        "name": lambda row: row.row.name.casefold(),
        "planned": lambda row: row.line.planned,
        "spent": lambda row: row.line.spent,
        "forecast": lambda row: row.money.estimate,
        "over": lambda row: row.over,
    }
    return sorted(rows, key=ways[key], reverse=sort.startswith("-"))
