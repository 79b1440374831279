"""Codes that only an author holds, and the weeks that stand for days."""

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from commonground.accounts import short_codes

LETTERS: Final = 20  # 100 bits


def new_code() -> str:
    """A code of 100 random bits in groups of four: K7QD-2MXP-9T4R-HW3N-0C6V."""
    return short_codes.made(LETTERS)


def read_code(text: str) -> str | None:
    """A code as somebody types it, spaces, small letters and mistaken O, I, L put right; None for what can be no code."""
    letters = short_codes.read(text, LETTERS)
    return short_codes.grouped(letters) if letters else None


def digest_of(code: str, salt: str) -> str:
    """What the database holds of a code. Its 100 bits are too many to try out; the salt keeps two instances apart."""
    return hashlib.sha256(f"commonground.voice:{salt}:{code}".encode()).hexdigest()


def digests_of(code: str, salts: Iterable[str]) -> list[str]:
    return [digest_of(code, salt) for salt in salts]


def monday_of(day: date) -> date:
    """The week that stands for a day where the day itself would tell too much."""
    return day - timedelta(days=day.weekday())
