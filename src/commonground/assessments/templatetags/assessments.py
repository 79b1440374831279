"""What templates of assessments need beside the components: shares, signed numbers, and whether somebody may do something."""

from typing import Any

from django import template

from commonground.access.actor import Actor
from commonground.ui import words

register = template.Library()


@register.filter
def may(actor: Actor, verb: str) -> bool:
    """Whether the actor is allowed a verb."""
    return actor.may(verb)


@register.filter
def share_of(part: int, whole: int) -> float | None:
    """A part of a whole, None of nothing."""
    return part / whole if whole else None


@register.filter
def signed(value: float | None) -> str:
    """“+4.2”, “−1.0”."""
    if value is None:
        return words.UNKNOWN
    return f"{value:+.1f}".replace("-", "−")


@register.filter
def percent_plain(share: float | None) -> str:
    """“46” of a share, for the first of two that stand before one sign."""
    return words.percent(share).removesuffix(f"{words.NARROW}%")


@register.filter
def columns(page: Any, block: Any) -> int:
    """Columns of a line beside its name."""
    return 3 + sum(map(bool, (page.against, page.by != "whole", block.means)))


@register.filter
def steps(value: int) -> str:
    """“+2” steps, the group above the program."""
    return f"{value:+d}".replace("-", "−")
