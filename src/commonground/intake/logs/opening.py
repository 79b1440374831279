"""Opening a log: plain or gzipped, what kind of file it is, and what is plainly no log."""

import gzip
import io
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from commonground.intake import encodings
from commonground.intake.logs.look import Kind
from commonground.intake.problems import BadInput

HEAD: Final = 256_000
_GZIP: Final = b"\x1f\x8b"
_PARQUET: Final = b"PAR1"
_MARKS: Final = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8"))
Bytes = Any  # a stream of bytes with read(size)
_AS_CSV: Final = "Save the log as CSV, Parquet or XES and give that file."


@contextmanager
def opened(path: Path, name: str) -> Iterator[Bytes]:
    """The bytes of a file, unpacked when it is gzipped. Raises BadInput, also for what goes wrong while it is read."""
    if path.is_dir():
        raise BadInput(f"{name} is a folder, not a file. Name the log that lies in it.")
    try:
        file = path.open("rb")
    except (OSError, ValueError):  # ValueError: a NUL in the path
        raise BadInput(f"{name} cannot be opened. Check that the file is there and may be read.") from None
    with file:
        try:
            if _starts_with(file, _GZIP):
                with gzip.open(file) as unpacked:
                    yield unpacked
            else:
                yield file
        except (EOFError, zlib.error, gzip.BadGzipFile):
            raise BadInput(
                f"{name} is a gzip file that is cut off or broken. Pack or copy it again, and give it anew."
            ) from None
        except OSError as error:
            raise BadInput(
                f"{name} cannot be read: {error.strerror or error}. Copy it again, and give it anew."
            ) from None


def head_of(path: Path, name: str, size: int = HEAD) -> bytes:
    """The first bytes, unpacked."""
    with opened(path, name) as file:
        return read_fully(file, size)


def read_fully(file: Bytes, size: int) -> bytes:
    """As many bytes as asked for, unless the file ends before."""
    parts = []
    while size > 0 and (part := file.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def kind_of(path: Path, name: str) -> Kind:
    """Which reader a file is for, told by its first bytes. Raises BadInput for an empty one and for other things than logs."""
    head = head_of(path, name, 4096)
    if head.startswith(_PARQUET):
        return "parquet"
    if _is_xml(head) or (_by_name(name) and head.lstrip().startswith(b"<")):
        return "xes"
    if not head.strip(b"\x00 \t\r\n"):
        raise BadInput(f"{name} is empty. Give a log with a row of headers and rows below it.")
    if head.startswith(b"PK\x03\x04"):
        raise BadInput(f"{name} is a workbook or a ZIP archive. {_AS_CSV}")
    if head.startswith(_GZIP):
        raise BadInput(f"{name} is packed twice. Unpack it once and give that file.")
    with refused_as_log():
        encodings.refuse_other_things(head, name)
    return "csv"


@contextmanager
def refused_as_log() -> Iterator[None]:
    """What refuses a sheet refuses a log, with the remedy of a log."""
    try:
        yield
    except BadInput as error:
        raise BadInput(str(error).split(". Save")[0] + f". {_AS_CSV}") from None


def _by_name(name: str) -> bool:
    return name.casefold().removesuffix(".gz").endswith((".xes", ".xml"))


def _is_xml(head: bytes) -> bool:
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            head = head[len(mark) :].decode(encoding, "ignore").encode()
    if head.startswith((b"<\x00", b"\x00<")):
        head = head.replace(b"\x00", b"")
    start = head.lstrip()[:200]
    return start.startswith((b"<?xml", b"<log", b"<!--", b"<!DOCTYPE log"))


def _starts_with(file: Bytes, mark: bytes) -> bool:
    start = file.read(len(mark))
    file.seek(0)
    return bool(start == mark)


class Prefixed(io.RawIOBase):
    """A stream that gives some bytes first and then those of another; from any thread, until it is told to end."""

    def __init__(self, first: bytes, rest: Bytes) -> None:
        self._first, self._rest = first, rest
        self._one_at_a_time, self._ended = threading.Lock(), False
        self.over = threading.Event()  # whoever reads was told the end

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        with self._one_at_a_time:
            part = b"" if self._ended else self._next(size)
            if not part:
                self.over.set()
            return part

    def end(self) -> None:
        """Gives nothing more, once what is being read now was given."""
        with self._one_at_a_time:
            self._ended = True

    def _next(self, size: int) -> bytes:
        if self._first:
            cut = len(self._first) if size < 0 else size
            part, self._first = self._first[:cut], self._first[cut:]
            return part + self._rest.read() if size < 0 else part
        return bytes(self._rest.read(size))
