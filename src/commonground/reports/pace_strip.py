"""The pace on the home page: a line for each behaviour, and three figures. All of it is what the pages of the pace show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from commonground.access.actor import Actor
from commonground.adoption.benefits import Amount
from commonground.adoption.lines import Line, lines_of, statement
from commonground.adoption.said import finding
from commonground.adoption.standing import COMING, horizon
from commonground.programs.models import Program


@dataclass(frozen=True)
class Cost:
    """What a month of delay costs over all behaviours, in one currency. of: how many behaviours it is made of."""

    amount: Amount
    of: int


@dataclass(frozen=True)
class Strip:
    """lead: the first behaviour that is measured; its share and its day stand for the pace. None while none is."""

    lines: Sequence[Line]
    lead: Line | None
    costs: Sequence[Cost]

    @property
    def title(self) -> str:
        return statement(self.lines)

    @property
    def said(self) -> str:
        """Where the first behaviour goes, in a sentence; empty while it is not known."""
        if self.lead is None or self.lead.pace is None or self.lead.due is None:
            return ""
        return f"{finding(self.lead.behaviour.occasion_words, self.lead.due, self.lead.now, self.lead.pace)}."

    @property
    def cost(self) -> Cost | None:
        """In the currency in which most behaviours have a price."""
        return max(self.costs, key=lambda cost: cost.of, default=None)

    @property
    def coming(self) -> bool:
        return self.lead is not None and self.lead.due is not None and self.lead.due.state == COMING

    @property
    def looks_to(self) -> date | None:
        """How far the forecast of the first behaviour looks."""
        return horizon(self.lead.pace.whole.forecast) if self.lead and self.lead.pace else None


def strip_of(actor: Actor, program: Program, day: date, now: datetime) -> Strip | None:
    """The pace of a program today as far as the actor may see it; None without a behaviour. Reads summaries alone."""
    if not actor.may("pace.view"):
        return None
    lines = lines_of(actor, program, day, today=day, now=now)
    if not lines:
        return None
    measured = [line for line in lines if line.now is not None and not line.behaviour.vanity]
    costs = summed(lines) if actor.may("benefits.view") else ()
    return Strip(lines, measured[0] if measured else None, costs)


def summed(lines: Iterable[Line]) -> list[Cost]:
    """The cost of a month over all behaviours, one for each currency. Intervals are added at their ends, as if all came late together."""
    found: dict[str, list[Amount]] = {}
    for line in lines:
        for total in line.totals:
            if total.delay is not None:
                found.setdefault(total.currency, []).append(total.delay)
    return [Cost(_sum(currency, parts), len(parts)) for currency, parts in found.items()]


def _sum(currency: str, parts: Sequence[Amount]) -> Amount:
    low, high = (
        [end for end in ends if end is not None] for ends in zip(*((one.low, one.high) for one in parts), strict=True)
    )
    whole = len(low) == len(high) == len(parts)
    return Amount(currency, sum(one.mid for one in parts), sum(low) if whole else None, sum(high) if whole else None)
