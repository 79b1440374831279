"""The budget: its currency, and its lines with money and hours. What is ordered and spent comes from the ledger where one was brought."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Self

from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import F

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.analysis.facts.phases import PHASES
from commonground.analysis.plan import budget, money
from commonground.journal.recording import record
from commonground.organization.models import Person, Unit
from commonground.programs import register
from commonground.programs.models import OfProgram, Program, key_for

CURRENCIES = (
    ("EUR", "€ euro"),
    ("USD", "$ US dollar"),
    ("GBP", "£ pound sterling"),
    ("CHF", "CHF Swiss franc"),
    ("SEK", "SEK Swedish krona"),
    ("NOK", "NOK Norwegian krone"),
    ("DKK", "DKK Danish krone"),
    ("PLN", "PLN złoty"),
    ("CZK", "CZK Czech koruna"),
    ("CAD", "CAD Canadian dollar"),
    ("AUD", "AUD Australian dollar"),
    ("JPY", "¥ yen"),
)
FOR = (
    (budget.PEOPLE, "people: time, training, talks, taking part"),
    (budget.TECHNOLOGY, "technology: licences, systems, integration"),
    (budget.OTHER, "something else"),
)
HOURS = Decimal("0.01")


class BudgetTermsQuerySet(Gated["BudgetTerms"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("budget.view") else self.none()


class BudgetTerms(models.Model):
    """In which currency the budget of a program is kept. Without a row it is the euro."""

    program = models.OneToOneField(Program, on_delete=models.CASCADE, related_name="budget_terms")
    currency = models.CharField(max_length=3, choices=CURRENCIES, default="EUR")

    objects = BudgetTermsQuerySet.as_manager()
    facts = ("budget",)

    def __str__(self) -> str:
        return f"the budget's currency, {self.currency}"


def currency_of(program: Program | int) -> str:
    """The currency of a program's budget."""
    found = BudgetTerms.objects.filter(program=program).values_list("currency", flat=True).first()
    return found or "EUR"


def keep_in(program: Program, currency: str, *, by: Actor, at: datetime) -> bool:
    """Says in which currency the budget is kept. Raises CannotError once amounts are written down that would mean something else."""
    before = currency_of(program)
    if before == currency:
        return False
    if BudgetLine.objects.filter(program=program).exists():
        raise register.CannotError(
            f"Amounts are kept in {before} already, and would then be read as {currency}. Remove the lines first, or bring them anew."
        )
    with transaction.atomic():
        row, _ = BudgetTerms.objects.update_or_create(program=program, defaults={"currency": currency})
        values = {"before": {"currency": before}, "after": {"currency": currency}}
        record("set the currency of the budget", row, by=by, at=at, values=values, facts=BudgetTerms.facts)
    return True


class BudgetLineQuerySet(Gated["BudgetLine"]):
    def visible_to(self, actor: Actor) -> Self:
        """Who may see the budget sees all of it; who owns a line sees that."""
        if actor.may("budget.view"):
            return self
        return self.filter(owner_id=actor.person) if actor.person is not None else self.none()


class BudgetLine(OfProgram):
    """One line of the budget. Money is a whole number of the currency's smallest unit.

    committed: ordered and not yet paid; committed, spent and hours_spent: as somebody wrote them down, which the bookings of a ledger take
    the place of once there are any. progress: percent done, as the owner says; progress_on: the day of that.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="budget_lines")
    key = models.CharField(max_length=120)
    name = models.CharField(max_length=200)
    phase = models.PositiveSmallIntegerField(
        null=True, blank=True, choices=[(number, f"Phase {number}: {words}") for number, words in PHASES.items()]
    )
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    practice = models.CharField(max_length=5, blank=True)
    purpose = models.CharField(max_length=12, blank=True, choices=FOR)
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="budget_lines")
    planned = models.BigIntegerField(default=0)
    committed = models.BigIntegerField(default=0)
    spent = models.BigIntegerField(default=0)
    hours = models.DecimalField(max_digits=10, decimal_places=2, default=Decimal("0.00"))
    hours_spent = models.DecimalField(max_digits=10, decimal_places=2, default=Decimal("0.00"))
    progress = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(100)])
    progress_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    objects = BudgetLineQuerySet.as_manager()
    word, facts = "a budget line", ("budget",)

    class Meta:
        ordering = [F("phase").asc(nulls_last=True), "pk"]
        constraints = [models.UniqueConstraint(fields=["program", "key"], name="budget_line_key_once")]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def new_key() -> str:
        """A key for a line that was entered by hand and not brought by a sheet."""
        return key_for("B")

    def remove(self, *, by: Actor, at: datetime) -> None:
        """Takes it away; its bookings belong to no line then. Raises CannotError while rules give bookings to it."""
        if self.rules.exists():
            raise register.CannotError(f"Rules give bookings to “{self}”, so it stays. Change or remove these first.")
        super().remove(by=by, at=at)

    def plain(self, told: "Told | None" = None, *, unit: str | None = None) -> budget.Line:
        """The line as it is reckoned with. told: what the ledger says of it."""
        told = told or Told()
        return budget.Line(
            self.key,
            self.phase,
            unit,
            self.practice,
            self.purpose,
            self.planned,
            told.committed if told.committed is not None else self.committed,
            told.spent if told.spent is not None else self.spent,
            hundredths(self.hours),
            told.hours if told.hours is not None else hundredths(self.hours_spent),
            self.progress,
        )


def hundredths(hours: Decimal) -> int:
    """Hours as a whole number of hundredths."""
    return int((hours / HOURS).to_integral_value())


@dataclass
class Told:
    """What the ledger says of a line; None where it says nothing."""

    committed: int | None = None
    spent: int | None = None
    hours: int | None = None
    bookings: int = 0


def amount_of(value: Decimal | float, currency: str) -> int:
    """An amount as it is stored. Raises CannotError for what cannot be one."""
    try:
        return money.smallest(value, currency)
    except ValueError as error:
        raise register.CannotError(f"{value} is no amount. Write it as 12,300 or 12,300.50.") from error


def values_of(given: Mapping[str, Any], currency: str) -> dict[str, Any]:
    """What a form asked, as the line's own values: money in the smallest unit."""
    found = dict(given)
    for name in ("planned", "committed", "spent"):
        if name in found:
            found[name] = amount_of(found[name] or Decimal(0), currency)
    return found | {name: found[name] or Decimal(0) for name in ("hours", "hours_spent") if name in found}
