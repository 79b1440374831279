"""Backup and restore of an instance on SQLite, while it runs. A backup counts only once it has been restored and read.

It holds the database, the event store as the database knows it, what was observed of behaviours, and the keys of the instance. Without
the key of pseudonyms later parts of a log would not join their cases and persons.

Left out on purpose are the keys of open rounds (`rounds/`): with one, the tokens of people could be made again from a backup. After a
restore links and codes that people have already still work, but reminders and new codes of these rounds cannot be made.
"""

import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from commonground.adoption.copying import copy_observations, counted_observations
from commonground.adoption.stored import FOLDER as OBSERVATIONS
from commonground.config.serving import running
from commonground.events.copying import all_still, copy_log, counted, digests
from commonground.events.pseudonyms import KEY_FILE

DATABASE, EVENTS, MANIFEST = "commonground.sqlite3", "events", "manifest.json"
KEYS = ("secret_key", KEY_FILE)
FOLDERS = (EVENTS, OBSERVATIONS)


class BackupError(RuntimeError):
    """A backup that cannot be made or restored. The message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished backup: its file, size in bytes, rows by table and events by log as they were read back from it."""

    path: Path
    size: int
    rows: Mapping[str, int]
    events: Mapping[str, int] = field(default_factory=dict)


def database_file() -> Path:
    """The SQLite file of this instance. Raises BackupError on another database."""
    database = settings.DATABASES["default"]
    if database["ENGINE"] != "django.db.backends.sqlite3":
        raise BackupError(
            "This instance keeps its data in PostgreSQL. Back it up with pg_dump, and the data folder beside it."
        )
    return Path(database["NAME"])


def backup(target: Path, *, at: datetime) -> Backup:
    """Writes a backup of the running instance to `target` (a .tar.gz), then restores it elsewhere and counts its rows and events.

    SQLite's own online copy gives one consistent state while others write; meanwhile no event store changes. Raises BackupError when
    there is nothing to back up, the file exists already, or what was read back differs from what was written.
    """
    source = database_file()
    if not source.exists():
        raise BackupError(
            f"There is no database at {source} yet, so there is nothing to back up. Start the instance once."
        )
    if target.exists():
        raise BackupError(f"{target} exists already. Name another file, or move it away.")
    with tempfile.TemporaryDirectory(dir=source.parent) as scratch:
        folder = Path(scratch)
        _copy(source, folder)
        held = _held(folder)
        (folder / MANIFEST).write_text(json.dumps({"made": at.isoformat(), **held}, indent=1))
        part = target.with_name(target.name + ".part")
        with tarfile.open(part, "w:gz", compresslevel=3) as archive:
            for name in sorted(os.listdir(folder)):
                archive.add(folder / name, arcname=name)
        part.chmod(0o600)
        if _read_back(part) != held:
            part.unlink()
            raise BackupError(
                "The backup read back differs from the database, so it was not kept. Check the disk and try again."
            )
        part.rename(target)
    return Backup(target, target.stat().st_size, held["rows"], held["events"])


def restore(archive: Path, *, replace: bool, at: datetime) -> Backup:
    """Puts a backup in place of the instance's data. What was there is moved aside, never deleted.

    Raises BackupError when the instance runs, when data would be replaced without `replace`, or when the backup is not whole.
    """
    target = database_file()
    pid = running()
    if pid is not None:
        raise BackupError(f"The instance runs (process {pid}). Stop it with Ctrl-C, then restore.")
    if target.exists() and not replace:
        raise BackupError(
            f"There is a database at {target}. Say --replace to move it aside and put the backup in its place."
        )
    held = _read_back(archive)
    data = Path(settings.DATA)
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        folder = Path(scratch)
        _unpack(archive, folder)
        if target.exists() or any((data / name).exists() for name in FOLDERS):
            _move_aside(target, target.parent / f"before-restore-{at:%Y%m%d-%H%M%S}")
        shutil.move(folder / DATABASE, target)
        for name in (*FOLDERS, *KEYS):
            if (folder / name).exists():
                shutil.move(folder / name, data / name)
    return Backup(archive, archive.stat().st_size, held["rows"], held["events"])


def _move_aside(database: Path, aside: Path) -> None:
    aside.mkdir()
    files = [database.with_name(database.name + end) for end in ("", "-wal", "-shm")]
    for path in (*files, *(Path(settings.DATA) / name for name in (*FOLDERS, *KEYS))):
        if path.exists():
            shutil.move(path, aside / path.name)


def _copy(source: Path, folder: Path) -> None:
    """Database, events and keys, as they belong together."""
    data = Path(settings.DATA)
    with all_still(data / EVENTS) as logs:
        with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(folder / DATABASE)) as copy:
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            # written anew in the order of keys: as they lie, pages tell in which order answers of an open round came
            copy.execute("VACUUM")
        for key in logs:
            copy_log(data / EVENTS / key, folder / EVENTS / key)
        copy_observations(data / OBSERVATIONS, folder / OBSERVATIONS)
    for name in KEYS:
        if (data / name).exists():
            shutil.copy2(data / name, folder / name)


def _held(folder: Path) -> dict[str, Any]:
    """Rows by table, events by log, observations by behaviour, and what identifies each file of theirs. Raises BackupError for what is
    damaged."""
    try:
        events, observations = counted(folder / EVENTS), counted_observations(folder / OBSERVATIONS)
    except (ValueError, OSError) as error:
        raise BackupError(f"The events in it are damaged: {error} Use an older backup.") from error
    files = {name: value for part in FOLDERS for name, value in _digests(folder, part).items()}
    return {"rows": count_rows(folder / DATABASE), "events": events, "observations": observations, "files": files}


def _digests(folder: Path, part: str) -> dict[str, str]:
    """Of the files of one part; those of the events by their path within it, as backups have them since the first."""
    return {name if part == EVENTS else f"{part}/{name}": value for name, value in digests(folder / part).items()}


def count_rows(database: Path) -> dict[str, int]:
    """Rows by table of a sound database. Raises BackupError when SQLite's own check finds it damaged."""
    with closing(sqlite3.connect(database)) as connection:
        verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
        if verdict != "ok":
            raise BackupError(f"The database in it is damaged: {verdict}. Use an older backup.")
        names = [
            row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        ]
        quoted = [name for name in names if not name.startswith("sqlite_")]
        return {name: connection.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in quoted}  # noqa: S608 - names are the schema's own


def _unpack(archive: Path, folder: Path) -> None:
    try:
        with tarfile.open(archive) as packed:
            names = set(packed.getnames())
            known = {DATABASE, MANIFEST, *FOLDERS, *KEYS}
            if not {DATABASE, MANIFEST} <= names or any(name.partition("/")[0] not in known for name in names):
                raise BackupError(
                    f"{archive} is not a backup of Commonground. Name a file that `commonground backup` made."
                )
            packed.extractall(folder, filter="data")
    except (tarfile.TarError, OSError, EOFError) as error:
        raise BackupError(f"{archive} cannot be read: {error}. Use another backup.") from error


def _read_back(archive: Path) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        _unpack(archive, folder)
        promised = {"events": {}, "observations": {}, "files": {}, **json.loads((folder / MANIFEST).read_text())}
        held = _held(folder)
        if any(promised[what] != value for what, value in held.items()):
            raise BackupError(f"{archive} holds other rows than its list says. Use another backup.")
        return held
