"""A backup holds the event store as the database knows it, and the key of pseudonyms; it is read back, and restored whole."""

import shutil
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from commonground.adoption.stored import Held, Made, shelf
from commonground.analysis.pace.observations import Observations
from commonground.config import backup, serving
from commonground.config.backup import BackupError
from commonground.events.pseudonyms import Pseudonyms, instance_key
from commonground.events.rows import Rows
from commonground.events.store import Store
from commonground.events.tests.made import Event, pieces, told

AT = datetime(2026, 9, 14, 8, tzinfo=UTC)
FIRST = [Event(str(n % 7), "called", n, "Erin") for n in range(40)]
LATER = [Event(str(n % 9), "visited", 100 + n, "Dan") for n in range(30)]


def use(monkeypatch: pytest.MonkeyPatch, data: Path) -> None:
    databases = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": data / "commonground.sqlite3"}}
    for module in (backup, serving):
        monkeypatch.setattr(module, "settings", SimpleNamespace(DATA=data, DATABASES=databases))


def store_of(data: Path) -> Store:
    return Store(data / "events" / "requests", Pseudonyms(instance_key(data)))


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    data = tmp_path / "data"
    data.mkdir()
    use(monkeypatch, data)
    with closing(sqlite3.connect(data / "commonground.sqlite3")) as connection:
        connection.execute("CREATE TABLE logs (name TEXT)")
        connection.commit()
    store = store_of(data)
    store.deliver("first", pieces(FIRST), digest="1")
    store.rebuild(["first"])
    return data


def test_restored_on_another_machine_the_log_goes_on(
    instance: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = told(store_of(instance).blocks())
    made = backup.backup(tmp_path / "copy.tar.gz", at=AT)
    assert made.events == {"requests": 40}
    new = tmp_path / "new"
    new.mkdir()
    use(monkeypatch, new)
    assert backup.restore(made.path, replace=False, at=AT).events == {"requests": 40}
    assert told(store_of(new).blocks()) == held
    assert (new / "pseudonym_key").stat().st_mode & 0o777 == 0o600
    for data in (instance, new):  # later parts join the same cases and persons, and what was brought can be undone
        store = store_of(data)
        store.deliver("later", pieces(LATER), digest="2")
        assert store.rebuild(["first", "later"]).cases == 9
    assert told(store_of(new).blocks()) == told(store_of(instance).blocks())
    store_of(new).rebuild(["later"])


def test_restoring_moves_events_and_key_aside(instance: Path, tmp_path: Path) -> None:
    made = backup.backup(tmp_path / "copy.tar.gz", at=AT)
    held, key = told(store_of(instance).blocks()), instance_key(instance)
    store_of(instance).rebuild([])
    (instance / "pseudonym_key").write_text("ab" * 32)
    backup.restore(made.path, replace=True, at=AT)
    assert told(store_of(instance).blocks()) == held
    assert instance_key(instance) == key
    aside = instance / "before-restore-20260914-080000"
    assert (aside / "pseudonym_key").read_text() == "ab" * 32
    assert list(store_of(aside).blocks()) == []


def test_events_without_a_database_are_moved_aside_too(instance: Path, tmp_path: Path) -> None:
    made = backup.backup(tmp_path / "copy.tar.gz", at=AT)
    (instance / "commonground.sqlite3").unlink()
    backup.restore(made.path, replace=False, at=AT)
    assert len(told(store_of(instance).blocks())) == 40
    assert (instance / "before-restore-20260914-080000" / "events" / "requests" / "current.json").exists()


def test_a_file_that_is_being_taken_over_meanwhile_stays_out(instance: Path, tmp_path: Path) -> None:
    store = store_of(instance)

    def meanwhile() -> Iterator[Rows]:
        yield from pieces(LATER)
        backup.backup(tmp_path / "copy.tar.gz", at=AT)

    with store.at_work():
        store.deliver("later", meanwhile(), digest="2")
    with tarfile.open(tmp_path / "copy.tar.gz") as archive:
        names = archive.getnames()
    assert "events/requests/deliveries/first/about.json" in names
    assert not [name for name in names if "later" in name or name.endswith((".lock", ".part"))]


@pytest.mark.parametrize("lost", ["store-1/events.parquet", "deliveries/first", "deliveries/first/names.parquet"])
def test_a_backup_that_lacks_events_is_refused(instance: Path, tmp_path: Path, lost: str) -> None:
    made = backup.backup(tmp_path / "copy.tar.gz", at=AT)
    with tarfile.open(made.path) as archive:
        archive.extractall(tmp_path / "out", filter="data")
    path = tmp_path / "out" / "events" / "requests" / lost
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    with tarfile.open(tmp_path / "broken.tar.gz", "w:gz") as archive:
        for part in sorted((tmp_path / "out").iterdir()):
            archive.add(part, arcname=part.name)
    with pytest.raises(BackupError, match=r"The events in it are damaged|holds other rows than its list says"):
        backup.restore(tmp_path / "broken.tar.gz", replace=True, at=AT)
    assert len(told(store_of(instance).blocks())) == 40


def test_a_store_that_is_damaged_makes_no_backup(instance: Path, tmp_path: Path) -> None:
    store = store_of(instance)
    (store.folder / "store-1" / "events.parquet").write_bytes(b"not a Parquet file")
    with pytest.raises(BackupError, match="The events in it are damaged"):
        backup.backup(tmp_path / "copy.tar.gz", at=AT)
    assert not (tmp_path / "copy.tar.gz").exists()


def test_what_was_observed_of_behaviours_goes_with_it(
    instance: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody = np.zeros(3, np.int32)
    rows = Observations(
        np.arange(3, dtype=np.int32), nobody, nobody, nobody + 1, nobody, nobody, ("p1", "p2", "p3"), ("7",)
    )
    shelf(instance, 1, 3).write(Held(rows, Made(log=1, generation=1, rule="")))
    made = backup.backup(tmp_path / "copy.tar.gz", at=AT)
    new = tmp_path / "new"
    new.mkdir()
    use(monkeypatch, new)
    backup.restore(made.path, replace=False, at=AT)
    held = shelf(new, 1, 3).read()
    assert held is not None
    assert held.observations.persons == rows.persons


def test_damaged_observations_are_found(instance: Path, tmp_path: Path) -> None:
    place = shelf(instance, 1, 3)
    place.folder.mkdir(parents=True)
    place.path.write_bytes(b"PAR1 and no more")
    with pytest.raises(BackupError, match="The observations of behaviour 1/3 cannot be read"):
        backup.backup(tmp_path / "copy.tar.gz", at=AT)
