"""How the pages of the budget write amounts and hours."""

from django import template

from commonground.analysis.plan import money
from commonground.ui import words

register = template.Library()


@register.filter
def amount(value: int | None, currency: str) -> str:
    """“€12,300” of an amount in the smallest unit."""
    return money.said(value, currency)


@register.filter
def exactly(value: int | None, currency: str) -> str:
    """“€12,300.50”, to the smallest unit."""
    return money.said(value, currency, to_the_unit=True)


@register.filter
def size(value: int | None) -> int | None:
    """A number without its sign."""
    return None if value is None else abs(value)


@register.filter
def hours(value: int | None) -> str:
    """“120” or “7.5” of hundredths of an hour; from a hundred on whole ones."""
    if value is None:
        return words.UNKNOWN
    return words.number(round(value / 100, 0 if abs(value) >= 10_000 else 1))


@register.filter
def amount_or_none(value: int | None, currency: str) -> str:
    """As `amount`, with a dash where there is nothing."""
    return money.said(value or None, currency)
