"""Tokens: they prove that somebody may answer, and are spent. Which person has which token is known to the round's key alone.

The key lies in a file beside the database and in no backup, and is destroyed when the round closes; then no token can be made again.
"""

import hashlib
import hmac
import os
import secrets
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import models

from commonground.access.visibility import Gated
from commonground.accounts import short_codes
from commonground.accounts.short_codes import ALPHABET, grouped
from commonground.assessments.rounds import Combination, Round

FOLDER: Final = "rounds"
LENGTH: Final = 20  # characters of five bits each: 100 bits


class NoKeyError(RuntimeError):
    """The round's key is gone: it was closed, or the instance was restored from a backup. The message says what that means."""


class Token(models.Model):
    """A right to answer once: of a round and a combination, of no person and no time. The token itself is stored nowhere.

    The primary key is random, so that tokens made later do not stand behind the others.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="tokens")
    combination = models.ForeignKey(Combination, on_delete=models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    spent = models.BooleanField(default=False)
    printed = models.BooleanField(default=False)

    objects = Gated["Token"].as_manager()


def key_path(round_pk: int, folder: str = FOLDER) -> Path:
    """Where the key of a round lies; folder: of which kind of rounds, each with keys of its own."""
    return Path(settings.DATA) / folder / f"{round_pk}.key"


def make_key(round_pk: int, folder: str = FOLDER) -> bytes:
    """A new key of a round, readable by the instance alone and on the disk before any token of it is written. One that was left by an
    opening that did not come to its end is replaced: no token was made with it."""
    path = key_path(round_pk, folder)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    key = secrets.token_bytes(32)
    part = path.with_suffix(".part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    return key


def key_of(round_pk: int) -> bytes:
    """The key of an open round. Raises NoKeyError when it is gone."""
    try:
        key = key_path(round_pk).read_bytes()
    except FileNotFoundError:
        key = b""
    if len(key) != 32:
        raise NoKeyError(
            "The key of this round is gone: the round is over, or this instance was restored from a backup, which never holds "
            "it. Links and codes that people have already still work; no new ones can be made."
        )
    return key


def destroy_key(round_pk: int, folder: str = FOLDER) -> None:
    """Overwrites and removes the key; nothing happens where none is."""
    path = key_path(round_pk, folder)
    if path.exists():
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(32))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()


def personal(key: bytes, person: int) -> str:
    """The token of a person, the same each time it is asked for."""
    return _derived(key, f"person:{person}")


def slip(key: bytes, combination: int, number: int) -> str:
    """The token of a printed slip: the nth of a combination."""
    return _derived(key, f"print:{combination}:{number}")


def _derived(key: bytes, of: str) -> str:
    number = int.from_bytes(hmac.new(key, of.encode(), hashlib.sha256).digest()[:13]) >> 4
    return "".join(ALPHABET[(number >> shift) & 31] for shift in range(5 * (LENGTH - 1), -1, -5))


def written(token: str) -> str:
    """A token in groups of four, as people read it: 7KQ4-M2XP-…"""
    return grouped(token)


def read(text: str) -> str:
    """The token that somebody wrote, whatever the case, the dashes, and O for 0; empty when it can be none."""
    return short_codes.read(text, LENGTH)


def digest_of(token: str) -> str:
    """What the database keeps of a token."""
    return hashlib.sha256(f"commonground round {token}".encode()).hexdigest()
