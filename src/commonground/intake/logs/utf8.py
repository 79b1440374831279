"""A stream of bytes in any encoding as one of UTF-8, without byte order marks and NUL bytes, a piece at a time."""

import codecs
import io
from collections.abc import Callable
from typing import Final

from commonground.intake import encodings
from commonground.intake.logs.opening import HEAD, Bytes, read_fully, refused_as_log

_UTF_8: Final = ("utf-8", "utf-8-sig")
_LEAST: Final = 65_536
Warn = Callable[[str, str], None]


class Utf8(io.RawIOBase):
    """Reads `raw` as UTF-8.

    The encoding is that of the first bytes; a file that is ASCII so far and then turns out to be in another one is read in that from there
    on. quotes: how many quotation marks went by. warn takes why and remedy of what was odd.
    """

    def __init__(self, raw: Bytes, file: str, warn: Warn) -> None:
        self._raw, self._file, self._warn = raw, file, warn
        self._head = read_fully(raw, HEAD)
        with refused_as_log():
            found = encodings.decode(_whole_lines(self._head), file)
        self.encoding = "utf-8" if found.encoding in _UTF_8 else found.encoding
        if found.guessed and self.encoding not in ("utf-16", "utf-32", "utf-16-le", "utf-16-be"):
            self._warn_of_guess()
        self._head = self._head.removeprefix(codecs.BOM_UTF8)
        self._decoder = codecs.getincrementaldecoder(self.encoding)("strict" if self.encoding == "utf-8" else "replace")
        self._ascii = True
        self._nothing_yet = True
        self.quotes = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """About as many bytes as asked for; none at the end."""
        wanted = max(size, _LEAST) if size >= 0 else -1
        while True:
            chunk, self._head = (self._head, b"") if self._head else (self._raw.read(wanted), b"")
            text = self._as_utf8(chunk)
            if self._nothing_yet and text:
                text, self._nothing_yet = text.removeprefix(codecs.BOM_UTF8), False
            if text or not chunk:
                self.quotes += text.count(b'"')
                return text

    def _as_utf8(self, chunk: bytes) -> bytes:
        if self.encoding == "utf-8":
            text = self._checked(chunk)
        else:
            read = self._decoder.decode(chunk, not chunk)
            if "\ufffd" in read:
                self._warn_of_loss()
            text = read.encode("utf-8", "replace")
        if b"\x00" in text:
            self._warn(
                "The file holds NUL bytes, as a broken export leaves them.", "They were left out: look over the rows."
            )
            text = text.replace(b"\x00", b"")
        return text

    def _checked(self, chunk: bytes) -> bytes:
        """Bytes that should be UTF-8, as they are if they are."""
        if self._ascii and chunk.isascii():
            return chunk
        if self._ascii and self._turns_out_to_be_another(chunk):
            return self._decoder.decode(chunk, False).encode("utf-8", "replace")
        self._ascii = False
        try:
            return self._decoder.decode(chunk, not chunk).encode()
        except UnicodeDecodeError:
            self._warn_of_loss()
            kept = self._decoder.getstate()[0]
            self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
            return self._decoder.decode(kept + chunk, not chunk).encode()

    def _turns_out_to_be_another(self, chunk: bytes) -> bool:
        try:
            codecs.getincrementaldecoder("utf-8")().decode(chunk, False)
        except UnicodeDecodeError:
            with refused_as_log():
                found = encodings.decode(chunk, self._file)
            if found.encoding in _UTF_8:
                return False
            self.encoding = found.encoding
            self._decoder = codecs.getincrementaldecoder(self.encoding)("replace")
            self._warn_of_guess()
            return True
        return False

    def _warn_of_guess(self) -> None:
        self._warn(
            f"The letters were read as {self.encoding}, which is a guess.", "If a name looks wrong, save as UTF-8."
        )

    def _warn_of_loss(self) -> None:
        self._warn(
            f"Some letters are not readable as {self.encoding} and stand as “\ufffd”.",
            "Save the log as UTF-8 and give it again.",
        )


def _whole_lines(head: bytes) -> bytes:
    """The head without a last line that may be cut within a letter."""
    if len(head) < HEAD:
        return head
    if b"\x00" in head[:4000]:
        return head[: len(head) // 4 * 4]
    return head[: head.rfind(b"\n") + 1] or head
