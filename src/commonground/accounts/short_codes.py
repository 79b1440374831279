"""Codes that people type: letters and figures that cannot be taken for each other, and what the database keeps of them."""

import hashlib
import hmac
import secrets

from django.conf import settings

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
GROUP = 4
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0"})


def made(signs: int) -> str:
    """A new code in groups of four; five random bits a sign."""
    return grouped("".join(secrets.choice(ALPHABET) for _ in range(signs)))


def grouped(code: str) -> str:
    """A code as it is printed: 7KQ4-M2XP-…"""
    return "-".join(code[place : place + GROUP] for place in range(0, len(code), GROUP))


def plain(code: str) -> str:
    """A code as it was typed, without what is between its signs, and with I, L and O read as the figures they are taken for."""
    return "".join(sign for sign in code.upper() if sign.isalnum()).translate(_READ_AS)


def read(text: str, signs: int) -> str:
    """The code of so many signs that somebody typed; empty when it can be none."""
    code = plain(text)
    return code if len(code) == signs and all(sign in ALPHABET for sign in code) else ""


def digest(code: str, purpose: str) -> str:
    """What is stored of a code: without the key of the instance nobody can try codes on it."""
    key = f"{purpose}:{settings.SECRET_KEY}".encode()
    return hmac.new(key, plain(code).encode(), hashlib.sha256).hexdigest()
