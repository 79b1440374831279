"""A copy of every log's store as it stands at one moment, for a backup, and its reading back."""

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from commonground.events.pseudonyms import Pseudonyms
from commonground.events.store import CURRENT, DELIVERIES, Store, linked

NOBODY = Pseudonyms(bytes(32))  # copying and counting code nothing


@contextmanager
def all_still(folder: Path) -> Iterator[list[str]]:
    """The keys of the logs below the folder; while it is held, no store and nothing the database says of one changes."""
    keys = sorted(path.name for path in folder.glob("*") if path.is_dir())
    with ExitStack() as stack:
        for key in keys:
            stack.enter_context(Store(folder / key, NOBODY).still())
        yield keys


def copy_log(source: Path, target: Path) -> None:
    """What stands of one log, linked where the file system can; not what is being read now, nor what was left behind."""
    standing = Store(source, NOBODY).standing()
    if not standing.generation:
        return
    parts = [f"store-{standing.generation}", *(f"{DELIVERIES}/{place}" for place in standing.places)]
    for part in parts:
        (target / part).mkdir(parents=True, mode=0o700)
        for path in (source / part).iterdir():
            linked(path, target / part / path.name)
    (target / CURRENT).write_text((source / CURRENT).read_text())


def counted(folder: Path) -> dict[str, int]:
    """Events by log, every one of them read. Raises ValueError when a store holds another number than it says, or lacks a file."""
    out = {}
    for path in sorted(folder.glob(f"*/{CURRENT}")):
        store = Store(path.parent, NOBODY)
        found, said = sum(len(block) for block in store.blocks()), store.standing()
        if found != said.events or not set(said.places) <= store.places():
            raise ValueError(
                f"The event log {path.parent.name} should hold {said.events:,} events and holds {found:,}."
            )
        out[path.parent.name] = found
    return out


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file, by its path below the folder."""
    out = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            out[path.relative_to(folder).as_posix()] = hashlib.file_digest(file, "sha256").hexdigest()
    return out
