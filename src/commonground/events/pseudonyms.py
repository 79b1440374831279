"""Pseudonyms of persons in event logs, made at the door with a key of the instance, so that no name of a person reaches the disk.

Whoever holds the key and a list of names can find out who is who: a pseudonym hides a person from readers of the store and of pages,
not from those who run the instance.
"""

import base64
import hashlib
import os
import secrets
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

KEY_FILE, KEY_BYTES = "pseudonym_key", 32


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """Answers under which name a person stands in the event store. key: 16 to 64 bytes; another key gives other pseudonyms."""

    key: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if not 16 <= len(self.key) <= 64:
            raise ValueError(f"The key of pseudonyms has {len(self.key)} bytes. It needs 16 to 64.")

    def of(self, text: str) -> str:
        """“p” and 16 letters or digits, from a keyed BLAKE2b (RFC 7693) of 80 bits.

        Unicode forms of one text (NFKC), capitals and blanks around it make no difference, so that “ABC12” of one system and
        “abc12 ” of another are the same person.
        """
        plain = unicodedata.normalize("NFKC", text).strip().casefold()
        digest = hashlib.blake2b(plain.encode(), digest_size=10, key=self.key, person=b"person").digest()
        return "p" + base64.b32encode(digest).decode().lower()

    def subkey(self, use: str) -> bytes:
        """16 bytes derived from the key for one other use, as the hash of cases. They say nothing about the key."""
        return hashlib.blake2b(use.encode(), digest_size=16, key=self.key, person=b"subkey").digest()


def instance_key(data_folder: Path) -> bytes:
    """The key of this instance: 32 bytes in `pseudonym_key`, made once, readable by its owner alone.

    It belongs into every backup: with another key, later parts of a log would not join their cases and persons.
    """
    path = data_folder / KEY_FILE
    if not path.exists():
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
