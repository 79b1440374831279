"""Tables that an empty database gets from the models are those that the migrations make; an interrupted first start is gone on with."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

BRING = "from commonground.config.tables import bring_up_to_date as act"
MIGRATE = "from django.core.management import call_command\ndef act(): call_command('migrate', verbosity=0)"
INTERRUPTED = "from commonground.config.tables import make_tables as act"


@contextmanager
def made(folder: Path, *ways: str) -> Iterator[sqlite3.Connection]:
    """The database after these ways, one process each."""
    folder.mkdir(exist_ok=True)
    for way in ways:
        environment = {
            **os.environ,
            "COMMONGROUND_DATA": str(folder),
            "DJANGO_SETTINGS_MODULE": "commonground.config.settings",
            "PYTHONPATH": "src",
        }
        subprocess.run(
            [sys.executable, "-c", f"import django\ndjango.setup()\n{way}\nact()"], env=environment, check=True
        )
    with closing(sqlite3.connect(folder / "commonground.sqlite3")) as database:
        yield database


def described(database: sqlite3.Connection) -> dict[str, object]:
    """Table → its columns, indexes, keys and checks, without regard to the order in which they were made."""
    found: dict[str, object] = {}
    for name, text in database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'"):
        columns = {row[1:] for row in database.execute(f"PRAGMA table_info({name})")}
        keys = {row[2:] for row in database.execute(f"PRAGMA foreign_key_list({name})")}
        indexes = set()
        for _, index, unique, _, partial in database.execute(f"PRAGMA index_list({name})"):
            on = tuple(row[2] for row in database.execute(f"PRAGMA index_info({index})"))
            indexes.add((on, unique, partial, "" if index.startswith("sqlite_") else index))
        found[name] = (columns, keys, indexes, text.count("CHECK"), text.count("AUTOINCREMENT"))
    return found


@pytest.mark.slow
def test_both_ways_make_the_same_tables(tmp_path: Path) -> None:
    with made(tmp_path / "once", BRING) as at_once, made(tmp_path / "steps", MIGRATE) as by_steps:
        assert described(at_once) == described(by_steps)
        for question in (
            "SELECT app, name FROM django_migrations",
            "SELECT app_label, model FROM django_content_type",
            "SELECT codename FROM auth_permission",
        ):
            assert set(at_once.execute(question)) == set(by_steps.execute(question)) != set()


@pytest.mark.slow
def test_an_interrupted_first_start_is_gone_on_with(tmp_path: Path) -> None:
    with made(tmp_path / "whole", BRING) as whole, made(tmp_path / "later", INTERRUPTED, BRING, BRING) as later:
        assert described(whole) == described(later)
