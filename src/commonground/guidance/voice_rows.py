"""Reads voices as rows of facts: days and states, never a text or an author who wants no credit."""

from commonground.analysis import facts
from commonground.guidance.reading import Reading


def voices(reading: Reading) -> list[facts.Voice]:
    return []
