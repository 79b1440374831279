"""Locks of a folder between processes. The system lets go of them when a process ends, however it ends."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AtWorkError(RuntimeError):
    """Another process or thread changes the same folder now."""


@contextmanager
def alone(folder: Path, name: str, *, wait: bool) -> Iterator[None]:
    """Holds the lock `name` of the folder. Raises AtWorkError when another holds it and `wait` is not set."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / name).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as error:
            raise AtWorkError(f"{folder} is being changed by another process now. Wait until it is done.") from error
        yield
