"""What it costs to reach one customer on each channel, in which currency, and which share shall be reached."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Final, Self

from django.db import models, transaction

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.analysis.communication.reach import BITS, CHANNELS
from commonground.journal.recording import record
from commonground.programs.models import Program
from commonground.programs.register import CannotError

WANT: Final = Decimal("0.95")
CURRENCIES: Final = [
    (one, one) for one in ("EUR", "USD", "GBP", "CHF", "DKK", "NOK", "SEK", "PLN", "CZK", "JPY", "CAD", "AUD")
]


class ReachTermsQuerySet(Gated["ReachTerms"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("reach.view") else self.none()


class ReachTerms(models.Model):
    """Prices of a program. prices: channel → price of one contact as written, such as "0.95"; a channel without one is never proposed."""

    program = models.OneToOneField(Program, on_delete=models.CASCADE, related_name="reach_terms")
    currency = models.CharField(max_length=3, choices=CURRENCIES, default="EUR")
    prices = models.JSONField(default=dict, blank=True)
    want = models.DecimalField(max_digits=5, decimal_places=4, default=WANT)

    objects = ReachTermsQuerySet.as_manager()
    facts = ("reachable",)

    def __str__(self) -> str:
        return "prices of channels"


def terms_of(program: Program | int) -> ReachTerms:
    """The terms of a program; without a row, no prices, euro and 95 %."""
    found = ReachTerms.objects.filter(program=program).first()
    return found or ReachTerms(program_id=program if isinstance(program, int) else program.pk)


def prices_of(program: Program | int) -> dict[str, Decimal]:
    """Channel → price of one contact, for those that have one."""
    prices = terms_of(program).prices
    return {channel: Decimal(prices[channel]) for channel in CHANNELS if channel in prices}


def set_terms(
    program: Program, *, currency: str, prices: Mapping[str, Decimal], want: Decimal, by: Actor, at: datetime
) -> bool:
    """Writes the prices, the currency and the wanted share. Returns whether anything differed. Raises CannotError for what cannot be."""
    if not 0 < want <= 1:
        raise CannotError(f"{want} is no share that could be wanted. Name more than 0 and at most 100 %.")
    for channel, price in prices.items():
        if channel not in BITS or price < 0:
            raise CannotError(f"{price} for {channel} is no price. Name 0 or more, for a channel that there is.")
    row = terms_of(program)
    before = {"currency": row.currency, "prices": dict(row.prices), "want": str(row.want)}
    row.currency, row.want = currency, want
    row.prices = {channel: str(prices[channel]) for channel in CHANNELS if channel in prices}
    after = {"currency": currency, "prices": dict(row.prices), "want": str(want)}
    if row.pk and before == after:
        return False
    with transaction.atomic():
        row.save()
        record(
            "set the prices of channels", row, by=by, at=at, values={"before": before, "after": after}, facts=row.facts
        )
    return True
