"""Ids that tell no order, and codes that only an author holds."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
LETTERS: Final = 20  # 100 bits
GROUP: Final = 4
_READ_AS: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})


def random_id() -> int:
    """63 random bits. Every row of this folder that could tell of an author has such an id: ids in order would tell when it came."""
    return secrets.randbelow(2**63 - 1) + 1


def new_code() -> str:
    """A code of 100 random bits in groups of four: K7QD-2MXP-9T4R-HW3N-0C6V."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LETTERS))
    return grouped(letters)


def grouped(letters: str) -> str:
    return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))


def read_code(text: str) -> str | None:
    """A code as somebody types it, spaces, small letters and mistaken O, I, L put right; None for what can be no code."""
    letters = "".join(one for one in text.upper().translate(_READ_AS) if one.isalnum())
    fits = len(letters) == LETTERS and all(letter in ALPHABET for letter in letters)
    return grouped(letters) if fits else None


def digest_of(code: str, salt: str) -> str:
    """What the database holds of a code. Its 100 bits are too many to try out; the salt keeps two instances apart."""
    return hashlib.sha256(f"commonground.voice:{salt}:{code}".encode()).hexdigest()


def digests_of(code: str, salts: Iterable[str]) -> list[str]:
    return [digest_of(code, salt) for salt in salts]


def monday_of(day: date) -> date:
    """The week that stands for a day where the day itself would tell too much."""
    return day - timedelta(days=day.weekday())
