"""How often somebody may send without signing in. Nothing is stored: counts live in the memory of the process for ten minutes.

An address is never kept, not even in memory: what stands there is a keyed hash whose key is made anew at each start and with each window,
so that it can neither be turned back nor be compared with the next one.
"""

import hashlib
import secrets
import threading
from collections import Counter
from datetime import datetime, timedelta
from typing import Final

from django.http import HttpRequest

WINDOW: Final = timedelta(minutes=10)


class Throttle:
    """At most `most` within ten minutes from one address and `in_all` from all together."""

    def __init__(self, most: int, in_all: int) -> None:
        self.most, self.in_all = most, in_all
        self._lock = threading.Lock()
        self._begin(None)

    def _begin(self, at: datetime | None) -> None:
        self._since, self._key, self._counts = at, secrets.token_bytes(32), Counter[bytes]()

    def allows(self, address: str, at: datetime, *, count: bool = True) -> bool:
        """Whether one more may pass; counts it, unless it is only asked."""
        with self._lock:
            if self._since is None or not timedelta(0) <= at - self._since < WINDOW:
                self._begin(at)
            mark = hashlib.blake2b(address.encode(), key=self._key, digest_size=16).digest()
            if self._counts[mark] >= self.most or self._counts.total() >= self.in_all:
                return False
            self._counts[mark] += count
            return True


def address_of(request: HttpRequest) -> str:
    """Where a request comes from, as the server was told; behind a proxy that does not say so, the proxy."""
    return str(request.META.get("REMOTE_ADDR", ""))
