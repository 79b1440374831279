"""Pseudonyms of persons in event logs, made at the door with a key of the instance, so that no name of a person reaches the disk.

Whoever holds the key and a list of names can find out who is who: a pseudonym hides a person from readers of the store and of pages,
not from those who run the instance.
"""

import base64
import hashlib
import os
import secrets
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

KEY_FILE, KEY_BYTES = "pseudonym_key", 32
CODED = (
    "events/*/current.json",
    "observations/*/*/observations.parquet",
)  # where pseudonyms stand, below the data folder
ROOT = 17  # the part of a pseudonym that stays the same in capitals


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """Answers under which name a person stands in the event store. key: 16 to 64 bytes; another key gives other pseudonyms."""

    key: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if not 16 <= len(self.key) <= 64:
            raise ValueError(f"The key of pseudonyms has {len(self.key)} bytes. It needs 16 to 64.")

    def of(self, text: str) -> str:
        """“p” and 20 letters or digits, from keyed BLAKE2b (RFC 7693): 16 for the person, 4 for the way they are written.

        Unicode forms of one text (NFKC) and blanks around it make no difference. Capitals make one in the last four only: a log has as
        many persons here as wherever else it is counted, and `finder` still finds them however they are written.
        """
        plain = unicodedata.normalize("NFKC", text).strip()
        return f"{self._root(plain)}{self._hash(plain, b'spelling')[:4]}"

    def finder(self, persons: Iterable[str]) -> Callable[[str], Sequence[str]]:
        """Of these pseudonyms, those who may be the one known as a text, in capitals or not: asked for one text after the other."""
        of_root: dict[str, list[str]] = {}
        for person in persons:
            of_root.setdefault(person[:ROOT], []).append(person)
        return lambda text: of_root.get(self._root(unicodedata.normalize("NFKC", text).strip()), ())

    def _root(self, plain: str) -> str:
        return f"p{self._hash(plain.casefold(), b'person')}"

    def _hash(self, plain: str, use: bytes) -> str:
        digest = hashlib.blake2b(plain.encode(), digest_size=10, key=self.key, person=use).digest()
        return base64.b32encode(digest).decode().lower()

    def subkey(self, use: str) -> bytes:
        """16 bytes derived from the key for one other use, as the hash of cases. They say nothing about the key."""
        return hashlib.blake2b(use.encode(), digest_size=16, key=self.key, person=b"subkey").digest()


class LostKeyError(ValueError):
    """The key is gone that events were coded with. The message says what to do."""


def instance_key(data_folder: Path) -> bytes:
    """The key of this instance: 32 bytes in `pseudonym_key`, made once, readable by its owner alone.

    It belongs into every backup: with another key, later parts of a log would not join their cases and persons. Raises
    LostKeyError when it is gone while events are there that were coded with it.
    """
    path = data_folder / KEY_FILE
    if not path.exists():
        if any(any(data_folder.glob(coded)) for coded in CODED):
            raise LostKeyError(
                f"The key of pseudonyms, {path.name} in the data folder, is gone, and the events there were coded with it. "
                "Bring it back from a backup; with a new one later parts would not join their cases."
            )
        _make(path)
    return bytes.fromhex(path.read_text().strip())


def _make(path: Path) -> None:
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    part.touch(mode=0o600)
    part.write_text(secrets.token_bytes(KEY_BYTES).hex())
    try:
        os.link(part, path)  # not a rename: of two processes that make it at once, the first one's key stays
    except FileExistsError:
        pass
    finally:
        part.unlink()
