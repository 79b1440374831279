"""Reads perceptions and talks of three as rows of facts: days alone."""

from commonground.analysis import facts
from commonground.guidance.reading import Reading


def perceptions(reading: Reading) -> list[facts.Perception]:
    return []


def reassignments(reading: Reading) -> list[facts.Reassignment]:
    return []
