"""Reads rounds, how many answered them, and the amount of change as rows of facts; of answers nothing."""

from commonground.analysis import facts
from commonground.guidance.reading import Reading


def rounds(reading: Reading) -> list[facts.Round]:
    return []


def response(reading: Reading) -> list[facts.Response]:
    return []


def amount_of_change(reading: Reading) -> list[facts.AmountOfChange]:
    return []


def impacts(reading: Reading) -> list[facts.Impact]:
    return []
