"""Work on several pieces of a log at once: numpy works without the interpreter's lock."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count
from queue import SimpleQueue
from typing import Any, Protocol, TypeVar

from commonground.analysis.events import Blocks, Events
from commonground.analysis.flow.sequences import pieces

WORKERS = min(os.cpu_count() or 1, 4)
PIECE = 1 << 18


class Reads(Protocol):
    """What reads pieces of a log, one at a time, and takes over what another has read."""

    def add(self, piece: Events, number: int) -> None: ...

    def extend(self, other: Any) -> None: ...


R = TypeVar("R", bound=Reads)


def read(blocks: Blocks, readings: Sequence[R], size: int | None = None) -> R:
    """What all of the readings have read together, each piece by one of them. Blocks are pulled by the caller's thread alone.

    Few pieces wait at a time, so that memory does not grow with the log.
    """
    idle: SimpleQueue[R] = SimpleQueue()
    for reading in readings:
        idle.put(reading)

    def work(piece: Events, number: int) -> None:
        reading = idle.get()
        try:
            reading.add(piece, number)
        finally:
            idle.put(reading)

    with ThreadPoolExecutor(len(readings)) as pool:
        running: list[Future[None]] = []
        numbers = count()
        for piece in pieces(blocks, size or PIECE):
            running.append(pool.submit(work, piece, next(numbers)))
            if len(running) > len(readings):
                running.pop(0).result()
        for future in running:
            future.result()
    for reading in readings[1:]:
        readings[0].extend(reading)
    return readings[0]


def each(*asked: Callable[[], Any]) -> list[Any]:
    """The answer of each function, in order."""
    with ThreadPoolExecutor(WORKERS) as pool:
        return [future.result() for future in [pool.submit(one) for one in asked]]
