"""One small example a guideline: facts over which it finds one thing. What passes is what its remedy makes of them.

Tests and the pages of the reference use the same. The organization is made up: Billing, the Customer desk and Water of Northlight.
"""

from collections.abc import Mapping
from typing import Final

from commonground.analysis.facts import Facts
from commonground.guidance.guidelines.catalogue import CATALOGUE, Finding
from commonground.guidance.guidelines.examples import (
    coalition,
    communication,
    customers,
    direction,
    going_on,
    heard,
    pace,
    people,
    plan,
    roles,
    work,
)
from commonground.guidance.guidelines.running import run

EXAMPLES: Final[Mapping[str, Facts]] = {
    code: facts
    for part in (people, roles, work, direction, plan, coalition, heard, communication, customers, pace, going_on)
    for code, facts in part.EXAMPLES.items()
}
"""Code → facts that fail."""


def finding_in(code: str) -> Finding:
    """The finding of an example. Raises KeyError where a guideline has none, ValueError where it does not find one thing."""
    (found,) = run(EXAMPLES[code], select=[code]).findings
    return found


def passing(code: str) -> Facts:
    """The facts of an example after the remedy. Raises KeyError as `finding_in` does, ValueError for a guideline without a remedy."""
    remedy = CATALOGUE[code].remedy
    if remedy is None:
        raise ValueError(f"{code} does not say what ends its findings.")
    return remedy(EXAMPLES[code], finding_in(code))
