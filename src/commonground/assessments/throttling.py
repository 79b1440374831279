"""Wrong codes are slowed down without keeping where anybody comes from: all wrong codes of the last minute are counted together.

A code has 100 bits, so guessing is hopeless at any pace; the count keeps a program that tries from loading the database. It lives in the
memory of this process alone.
"""

import threading
from collections import deque

WINDOW, MOST = 60.0, 60  # seconds, wrong codes


class Wrong:
    """Counts what was wrong lately. now: seconds of any clock that only goes on."""

    def __init__(self, window: float = WINDOW, most: int = MOST) -> None:
        self._times: deque[float] = deque(maxlen=most)
        self._lock = threading.Lock()
        self._window, self._most = window, most

    def too_many(self, now: float) -> bool:
        """Whether so many were wrong lately that no more are looked up."""
        with self._lock:
            return len(self._times) == self._most and now - self._times[0] < self._window

    def count(self, now: float) -> None:
        with self._lock:
            self._times.append(now)
