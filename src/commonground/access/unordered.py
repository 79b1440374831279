"""Primary keys that tell no order. Rows about which nobody may learn when they came are given one each, instead of being counted up."""

import secrets


def random_pk() -> int:
    """63 random bits, never nought, for a `BigAutoField`. A UUID would not do: SQLite then keeps a hidden id in order of arrival."""
    return secrets.randbits(63) or 1
