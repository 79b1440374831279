"""Who named whom cannot be read from the database after the choice, all files beside it, and one backup made while the round was open.

The attacker knows the program, and everybody's id; the same attack reads every tie of a round that is kept plainly.
"""

import hashlib
import hmac
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import played

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Seen:
    """What lies in the data folder afterwards, the backup unpacked in it, and what only the witness knows: ties, key, the round."""

    folder: Path
    ties: list[tuple[int, int]]
    key: bytes
    round: int
    log: str

    def files(self) -> dict[str, bytes]:
        return played.files_in(self.folder)


def play(folder: Path, how: str) -> Seen:
    said, log = played.play("tests.named_round", folder, how)
    ties = [(one, two) for one, two in said["ties"]]
    return Seen(folder, ties, bytes.fromhex(said["key"]), said["round"], log)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    return play(tmp_path_factory.mktemp("kept"), "kept")


@pytest.fixture(scope="module")
def naive(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    return play(tmp_path_factory.mktemp("naive"), "naive")


def rows(database: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(database)) as file:
        return file.execute(sql).fetchall()


def pseudonyms(seen: Seen, person: int) -> Iterator[str]:
    """What a namer may be called in a row: plainly, hashed, and under every key that lies in a file."""
    for said in (f"{person}", f"{seen.round}:{person}"):
        yield said
        yield hashlib.sha256(said.encode()).hexdigest()
        for name, content in seen.files().items():
            if "sqlite" not in name:
                for key in (content, content.strip(), hmac.digest(content.strip(), b"who", "sha256")):
                    yield hmac.new(key, said.encode(), hashlib.sha256).hexdigest()


def ties_read(seen: Seen) -> set[tuple[int, int]]:
    """Ties that the attacker reads from the backup: whose row it is, and whose number stands in it."""
    held = rows(seen.folder / "unpacked" / "commonground.sqlite3", "SELECT who, sealed FROM coalition_ballot")
    people = [
        int(str(pk)) for (pk,) in rows(seen.folder / "commonground.sqlite3", "SELECT id FROM organization_person")
    ]
    whose = {name: person for person in people for name in pseudonyms(seen, person)}
    found = set()
    for who, sealed in held:
        assert isinstance(sealed, bytes)
        for colleague in people:
            if str(who) in whose and colleague.to_bytes(8) in sealed:
                found.add((whose[str(who)], colleague))
    return found


def test_the_backup_tells_how_many_took_part_and_no_more(kept: Seen) -> None:
    held = rows(kept.folder / "unpacked" / "commonground.sqlite3", "SELECT who, sealed FROM coalition_ballot")
    assert len(held) == len(kept.ties) // 2 + 1
    assert len({len(bytes(sealed)) for _, sealed in held}) == 1
    assert len({bytes(sealed) for _, sealed in held}) == len(held), "equal namings look different"
    assert ties_read(kept) == set()


def test_the_same_attack_reads_every_tie_that_is_kept_plainly(naive: Seen) -> None:
    assert ties_read(naive) == set(naive.ties[: len(naive.ties) // 2 + 1])


def test_after_the_choice_the_key_is_nowhere_and_nothing_is_left(kept: Seen) -> None:
    assert not list((kept.folder / "nominations").iterdir())
    assert not (kept.folder / "unpacked" / "nominations").exists()
    for name, content in kept.files().items():
        assert kept.key not in content, name
        assert kept.key.hex().encode() not in content, name
    database = kept.folder / "commonground.sqlite3"
    for table in ("coalition_ballot", "coalition_candidate"):
        assert rows(database, f"SELECT COUNT(*) FROM {table}") == [(0,)]  # noqa: S608 - two names of ours
    assert rows(database, "SELECT chosen FROM coalition_selection") == [("[]",)]
    assert rows(database, "SELECT COUNT(*) FROM coalition_champion") == [(1,)]


def test_with_the_key_it_could_be_read(kept: Seen) -> None:
    """So that what protects it is the key, and it is clear against whom: who has the whole server while the round is open."""
    who = hmac.digest(kept.key, b"who", "sha256")
    names = {hmac.new(who, f"{kept.round}:{one}".encode(), hashlib.sha256).hexdigest() for one, _ in kept.ties}
    held = rows(kept.folder / "unpacked" / "commonground.sqlite3", "SELECT who FROM coalition_ballot")
    assert {str(one) for (one,) in held} <= names


def test_no_log_and_no_file_names_who_was_looked_for(kept: Seen) -> None:
    assert "champions/name" not in kept.log
    assert not any(str(path).endswith(".log") and b"name" in path.read_bytes() for path in kept.folder.rglob("*"))
