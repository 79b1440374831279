"""Codes by time: six figures that an app and this instance make out of one secret every half minute (RFC 6238, RFC 4226)."""

import hashlib
import hmac
from datetime import datetime

PERIOD, DIGITS = 30, 6
TOLERANCE = 1  # steps that a clock may be wrong by, either way


def code_at(secret: bytes, step: int, digits: int = DIGITS) -> str:
    """The code of a step, with its leading zeros. step: half minutes since 1970."""
    digest = hmac.new(secret, step.to_bytes(8, "big"), hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    value = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return str(value % 10**digits).zfill(digits)


def step_of(at: datetime) -> int:
    """The step that a moment falls in."""
    return int(at.timestamp()) // PERIOD


def matching_step(secret: bytes, code: str, at: datetime) -> int | None:
    """The step that a code belongs to, now or just before or after; None when it fits none."""
    now, given = step_of(at), "".join(code.split())
    if not given.isascii():
        return None
    steps = range(now - TOLERANCE, now + TOLERANCE + 1)
    fitting = [step for step in steps if hmac.compare_digest(code_at(secret, step), given)]
    return fitting[-1] if fitting else None
