"""Settings refuse a bad value by name, at start-up."""

import sqlite3
from pathlib import Path

import pytest

from commonground.config import environment
from commonground.config.environment import BadSettingError


def test_a_flag_says_yes_or_no(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMONGROUND_HTTPS", "On")
    assert environment.flag("COMMONGROUND_HTTPS", default=False) is True
    monkeypatch.setenv("COMMONGROUND_HTTPS", "0")
    assert environment.flag("COMMONGROUND_HTTPS", default=True) is False
    monkeypatch.delenv("COMMONGROUND_HTTPS")
    assert environment.flag("COMMONGROUND_HTTPS", default=True) is True


def test_a_flag_that_is_neither_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMONGROUND_HTTPS", "perhaps")
    with pytest.raises(BadSettingError, match="COMMONGROUND_HTTPS is “perhaps”"):
        environment.flag("COMMONGROUND_HTTPS", default=False)


def test_a_folder_that_cannot_be_made_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("COMMONGROUND_DATA", str(tmp_path / "file" / "below"))
    with pytest.raises(BadSettingError, match="COMMONGROUND_DATA names"):
        environment.data_folder()


def test_the_key_is_made_once_and_is_private(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("COMMONGROUND_SECRET_KEY", raising=False)
    first = environment.secret_key(tmp_path)
    assert environment.secret_key(tmp_path) == first
    assert len(first) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_a_short_key_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COMMONGROUND_SECRET_KEY", "short")
    with pytest.raises(BadSettingError, match="has 5 characters"):
        environment.secret_key(tmp_path)


def test_what_is_deleted_is_overwritten(tmp_path, settings):
    """A voice that is taken back is gone from the file; FAST, the other choice, would leave it on pages that are free by then."""
    begin = str(settings.DATABASES["default"]["OPTIONS"]["init_command"])
    left = {}
    for way in ("ON", "FAST"):
        path = tmp_path / way
        database = sqlite3.connect(path)
        database.executescript(begin.replace("secure_delete=ON", f"secure_delete={way}"))
        database.execute("CREATE TABLE voice (id INTEGER PRIMARY KEY, words TEXT)")
        database.executemany("INSERT INTO voice VALUES (?, ?)", [(n, f"afraid of {n} " * 800) for n in range(50)])
        database.commit()
        database.execute("DELETE FROM voice WHERE id < 40")
        database.commit()
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()
        left[way] = path.read_bytes().count(b"afraid of 7 ")
    assert left["ON"] == 0 < left["FAST"]
