"""Rounds that were answered, for tests of what becomes of the answers."""

import random
from collections.abc import Callable
from typing import Any

from tests.cast import Cast

from commonground.assessments.answering import answer
from commonground.assessments.closing import close, finish
from commonground.assessments.models import Round, Token
from commonground.assessments.tests.asked import AT, opened, staffed, values_for

Choose = Callable[[random.Random, dict[str, Any]], int]


def spread(rng: random.Random, column: dict[str, Any]) -> int:
    return rng.randint(column["low"], column["high"])


def answered(cast: Cast, *, silent: int = 0, choose: Choose = spread, staff: bool = True, **more: Any) -> Round:
    """An open round that all but the last `silent` of those invited have answered."""
    if staff:
        staffed(cast)
    row = opened(cast, **more)
    rng = random.Random(5)
    tokens = list(
        Token.objects.filter(round=row).select_related("round", "combination").order_by("combination__label", "digest")
    )
    for token in tokens[: len(tokens) - silent]:
        answer(token, values_for(row, lambda column: choose(rng, column)))
    return row


def told(cast: Cast, **more: Any) -> Round:
    """A round that was answered, closed and published."""
    row = answered(cast, **more)
    close(row, by=cast.alice.actor, at=AT)
    finish(row, at=AT)
    row.refresh_from_db()
    return row
