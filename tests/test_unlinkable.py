"""No answer can be tied to anybody by whoever has the whole database after the round is over, all logs, and one backup made in its middle.

Held against the hardest witness: one who knows in which order people answered, which no file tells. Every order that can be read out of the
files must then say no more about it than chance; and the same attacks succeed against a survey that is built plainly.
"""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests import linking, played
from tests.linking import Attack

pytestmark = pytest.mark.slow
ATTACKS = 10


@dataclass(frozen=True)
class Seen:
    """What the attacker has, and what the witness knows."""

    folder: Path
    told: list[dict[str, Any]]
    tokens: list[str]
    threshold: int
    half: int
    log: str

    @property
    def database(self) -> Path:
        return self.folder / "commonground.sqlite3"

    @property
    def backup(self) -> Path:
        return self.folder / "unpacked" / "commonground.sqlite3"

    def files(self) -> dict[str, bytes]:
        return played.files_in(self.folder)

    def digests(self) -> list[str]:
        return [sha256(f"commonground round {token}".encode()).hexdigest() for token in self.tokens]


def play(folder: Path, how: str) -> Seen:
    said, log = played.play("tests.answered_round", folder, how)
    return Seen(folder, **said, log=log)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    return play(tmp_path_factory.mktemp("kept"), "kept")


@pytest.fixture(scope="module")
def naive(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    return play(tmp_path_factory.mktemp("naive"), "naive")


def attacks(seen: Seen) -> list[Attack]:
    """Every order that the files give: keys and places in the file, at the end and in the backup, of answers and of tokens."""
    final, middle = seen.database.read_bytes(), seen.backup.read_bytes()
    by_key = linking.order_by_key(seen.database, seen.told)
    return [
        linking.by_order("keys at the end", by_key, ATTACKS),
        linking.by_matching("nth key to nth person", by_key, seen.told, ATTACKS),
        linking.by_order("places in the file at the end", linking.order_in_bytes(final, seen.told), ATTACKS),
        linking.by_pages("within pages at the end", _pages(final, seen), ATTACKS),
        linking.by_order("keys in the backup", linking.order_by_key(seen.backup, seen.told), ATTACKS),
        linking.by_order("places in the backup", linking.order_in_bytes(middle, seen.told), ATTACKS),
        linking.by_pages("within pages of the backup", _pages(middle, seen), ATTACKS),
        linking.by_matching(
            "places in the backup to persons", linking.order_in_bytes(middle, seen.told), seen.told, ATTACKS
        ),
        linking.by_order("tokens in the backup", linking.order_of_tokens(seen.backup, seen.digests(), None), ATTACKS),
        linking.by_order(
            "spent tokens in the backup", linking.order_of_tokens(seen.backup, seen.digests(), True), ATTACKS
        ),
    ]


def _pages(raw: bytes, seen: Seen) -> list[list[int]]:
    return linking.order_within_pages(raw, seen.told, linking.page_size(raw))


def test_every_answer_is_there_once_and_nowhere_else(kept: Seen) -> None:
    raw = kept.database.read_bytes()
    assert [len(linking.places(raw, linking.stored(one["values"]))) for one in kept.told] == [1] * len(kept.told)
    for name, content in kept.files().items():
        if name in {"commonground.sqlite3", "unpacked/commonground.sqlite3"}:
            continue
        assert not any(linking.stored(one["values"]) in content for one in kept.told), name
    middle = kept.backup.read_bytes()
    assert sum(bool(linking.places(middle, linking.stored(one["values"]))) for one in kept.told) == kept.half


def test_no_token_no_digest_and_no_key_is_left(kept: Seen) -> None:
    assert not list((kept.folder / "rounds").iterdir())
    assert not (kept.folder / "unpacked" / "rounds").exists()
    for name, content in kept.files().items():
        grouped = ["-".join(token[at : at + 4] for at in range(0, 20, 4)) for token in kept.tokens]
        assert not any(token.encode() in content for token in (*kept.tokens, *grouped)), name
        if not name.startswith("unpacked"):
            assert not any(digest.encode() in content for digest in kept.digests()), name
    assert not any(token in kept.log for token in kept.tokens)


def test_every_answer_fits_at_least_the_threshold_of_people(kept: Seen) -> None:
    """What the database says of an answer is its combination; all who were invited of it fit, whatever the backup says."""
    with closing(sqlite3.connect(kept.database)) as file:
        invited: Mapping[int, int] = dict(
            file.execute("SELECT combination_id, COUNT(*) FROM assessments_invited GROUP BY combination_id")
        )
        answered = file.execute("SELECT combination_id FROM assessments_answer").fetchall()
        tables = {name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        columns = {row[1] for row in file.execute("PRAGMA table_info(assessments_answer)")}
        ties = file.execute(
            "SELECT COUNT(*) FROM outbox_message WHERE kind = 'invitation' AND (recipient != '' OR secret != '')"
        )
        assert ties.fetchone() == (0,)
    assert len(answered) == len(kept.told)
    assert all(invited[combination] >= kept.threshold for (combination,) in answered)
    assert columns == {"id", "round_id", "combination_id", "values"}
    assert "assessments_token" in tables


def test_no_order_says_more_than_chance(kept: Seen, tmp_path: Path) -> None:
    """One in a hundred runs lies outside by chance alone; then the round is played once more, and must lie inside."""
    outside = [one for one in attacks(kept) if one.succeeds]
    if outside:
        outside = [one for one in attacks(play(tmp_path, "kept")) if one.succeeds]
    assert outside == []


def test_the_same_attacks_succeed_against_a_plain_survey(naive: Seen) -> None:
    found = {one.name: one for one in attacks(naive)}
    for name in (
        "keys at the end", "nth key to nth person", "places in the file at the end", "within pages at the end", "keys in the backup",
        "places in the backup",
    ):  # fmt: skip
        assert found[name].succeeds, name
    assert found["keys at the end"].correlation > 0.99
    assert found["nth key to nth person"].correlation > 100


def test_a_backup_that_copies_pages_as_they_lie_would_tell_the_order(tmp_path: Path) -> None:
    """Why the backup is written anew: until a page is full, its rows lie in the order in which they came, whatever their keys."""
    told = [{"values": {"said": f"{place:06d}"}} for place in range(60)]
    path = tmp_path / "pages.sqlite3"
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE a (id INTEGER PRIMARY KEY, v TEXT)")
        for place, one in enumerate(told):
            key = int.from_bytes(sha256(str(place).encode()).digest()[:7])
            file.execute("INSERT INTO a VALUES (?, ?)", (key, linking.stored(one["values"]).decode()))
        file.commit()
        raw = path.read_bytes()
        as_it_lies = linking.order_within_pages(raw, told, linking.page_size(raw))
        file.execute("VACUUM")
    raw = path.read_bytes()
    anew = linking.order_within_pages(raw, told, linking.page_size(raw))
    assert linking.by_pages("as it lies", as_it_lies, 1).correlation == 1.0
    assert not linking.by_pages("written anew", anew, 1).succeeds
