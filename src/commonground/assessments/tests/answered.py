"""Rounds that were answered, for tests of what becomes of the answers."""

import random
from collections.abc import Callable
from typing import Any

from tests.cast import Cast

from commonground.assessments.answering import answer
from commonground.assessments.closing import close, finish
from commonground.assessments.instruments import POINTS
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
        answer(token, values_for(row, lambda column: choose(rng, column)) | _points(rng, row))
    return row


def _points(rng: random.Random, row: Round) -> dict[str, int]:
    """Points that differ from person to person: more for the first alternative than for the last."""
    found = {}
    for item in row.items["items"]:
        for when in item["asked"] if item["kind"] == POINTS else ():
            names = [one["name"] for one in item["alternatives"]]
            share = 100 // len(names)
            found |= {f"{item['name']}.{when}.{name}": share for name in names}
            for more, less in ((names[0], names[-1]), (names[1], names[-2])):
                shift = rng.randint(1, 20)
                found[f"{item['name']}.{when}.{more}"] += shift
                found[f"{item['name']}.{when}.{less}"] -= shift
    return found


def told(cast: Cast, **more: Any) -> Round:
    """A round that was answered, closed and published."""
    row = answered(cast, **more)
    close(row, by=cast.alice.actor, at=AT)
    finish(row, at=AT)
    row.refresh_from_db()
    return row
