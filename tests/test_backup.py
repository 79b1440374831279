"""Backup while running, verified by restoring; restore moves aside and refuses what is not whole."""

import io
import os
import sqlite3
import tarfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from commonground.config import backup, serving
from commonground.config.backup import BackupError

AT = datetime(2026, 9, 14, 8, tzinfo=UTC)


def use(monkeypatch: pytest.MonkeyPatch, data: Path, engine: str) -> None:
    databases = {"default": {"ENGINE": f"django.db.backends.{engine}", "NAME": data / "commonground.sqlite3"}}
    for module in (backup, serving):
        monkeypatch.setattr(module, "settings", SimpleNamespace(DATA=data, DATABASES=databases))


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    data = tmp_path / "data"
    data.mkdir()
    use(monkeypatch, data, "sqlite3")
    (data / "secret_key").write_text("k" * 40)
    with closing(sqlite3.connect(data / "commonground.sqlite3")) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE people (name TEXT)")
        connection.executemany("INSERT INTO people VALUES (?)", [(f"person {number}",) for number in range(1000)])
        connection.commit()
    return data


def names(data: Path) -> list[str]:
    with closing(sqlite3.connect(data / "commonground.sqlite3")) as connection:
        return [row[0] for row in connection.execute("SELECT name FROM people ORDER BY rowid")]


def test_a_backup_taken_while_others_write_restores_whole(instance: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(instance / "commonground.sqlite3")) as writer:
        writer.execute("INSERT INTO people VALUES ('not committed')")
        made = backup.backup(tmp_path / "copy.tar.gz", at=AT)
        writer.commit()
    assert made.rows == {"people": 1000}
    assert made.size > 0
    put = backup.restore(tmp_path / "copy.tar.gz", replace=True, at=AT)
    assert put.rows == made.rows
    assert names(instance) == [f"person {number}" for number in range(1000)]


def test_restoring_moves_what_was_there_aside(instance: Path, tmp_path: Path) -> None:
    backup.backup(tmp_path / "copy.tar.gz", at=AT)
    with closing(sqlite3.connect(instance / "commonground.sqlite3")) as connection:
        connection.execute("DELETE FROM people")
        connection.commit()
    backup.restore(tmp_path / "copy.tar.gz", replace=True, at=AT)
    assert len(names(instance)) == 1000
    assert names(instance / "before-restore-20260914-080000") == []
    assert (instance / "secret_key").read_text() == "k" * 40


def test_restoring_over_data_wants_a_word(instance: Path, tmp_path: Path) -> None:
    backup.backup(tmp_path / "copy.tar.gz", at=AT)
    with pytest.raises(BackupError, match="Say --replace"):
        backup.restore(tmp_path / "copy.tar.gz", replace=False, at=AT)


def test_restoring_under_a_running_instance_is_refused(instance: Path, tmp_path: Path) -> None:
    backup.backup(tmp_path / "copy.tar.gz", at=AT)
    serving.pid_path().write_text(str(os.getpid()))
    with pytest.raises(BackupError, match="Stop it with Ctrl-C"):
        backup.restore(tmp_path / "copy.tar.gz", replace=True, at=AT)


def test_an_existing_file_is_not_overwritten(instance: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.tar.gz").write_text("mine")
    with pytest.raises(BackupError, match="exists already"):
        backup.backup(tmp_path / "copy.tar.gz", at=AT)
    assert (tmp_path / "copy.tar.gz").read_text() == "mine"


@pytest.mark.parametrize("keep", [0.0, 0.3, 0.9])
def test_a_backup_cut_short_is_refused_and_nothing_is_touched(instance: Path, tmp_path: Path, keep: float) -> None:
    made = backup.backup(tmp_path / "copy.tar.gz", at=AT)
    whole = made.path.read_bytes()
    made.path.write_bytes(whole[: int(len(whole) * keep)])
    with pytest.raises(BackupError):
        backup.restore(made.path, replace=True, at=AT)
    assert len(names(instance)) == 1000


def test_an_archive_with_other_files_is_refused(instance: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.tar.gz"
    with tarfile.open(target, "w:gz") as archive:
        for name in ("commonground.sqlite3", "manifest.json", "../outside"):
            archive.addfile(tarfile.TarInfo(name), io.BytesIO(b""))
    with pytest.raises(BackupError, match="is not a backup of Commonground"):
        backup.restore(target, replace=True, at=AT)


def test_postgresql_is_told_its_own_way(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use(monkeypatch, tmp_path, "postgresql")
    with pytest.raises(BackupError, match="pg_dump"):
        backup.database_file()
