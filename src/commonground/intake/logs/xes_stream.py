"""An XES file as parts: bytes in stretches, each read at speed where it is plain and by expat where it is not."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from commonground.intake.logs.opening import opened
from commonground.intake.logs.xes_expat import REMEDY, TRACE_END, ExpatReader
from commonground.intake.logs.xes_fast import Marks, read_plain
from commonground.intake.logs.xes_part import Part, Want
from commonground.intake.problems import BadInput

STRETCH: Final = 8 << 20
FIRST_STRETCH: Final = 1 << 16  # expat reads it: what a log tells of itself stands there
_PLAIN_ENCODINGS: Final = (None, "utf-8", "utf8")
_ASCII_ENCODINGS: Final = ("us-ascii", "ascii", "iso-8859-1", "latin-1", "latin1", "windows-1252")


def parts(path: Path, name: str, want: Want, *, at_speed: bool = True) -> Iterator[Part]:
    """The parts of a file in its order, with the wanted attributes alone. Raises BadInput at the first place that is not legal.

    at_speed: False leaves the whole file to expat; the answer is the same.
    """
    with opened(path, name) as file:
        yield from _Alternation(name, want, at_speed).parts(file)


def stretches(file: BinaryIO, most: int = 0) -> Iterator[tuple[bytes, bool]]:
    """The bytes of a file, cut behind ends of traces where there are any; with each whether it was cut so.

    most: bytes to read at once, and to wait for the end of a trace; 0 is as many as are quick.
    """
    most = most or STRETCH
    rest = b""
    size = FIRST_STRETCH
    while data := file.read(size):
        size = most
        rest += data
        cut = rest.rfind(TRACE_END) + len(TRACE_END)
        if cut >= len(TRACE_END):
            yield rest[:cut], True
            rest = rest[cut:]
        elif len(rest) >= most:
            cut = len(rest) - len(TRACE_END)
            yield rest[:cut], False
            rest = rest[cut:]
    if rest:
        yield rest, False


class _Alternation:
    """Whose turn it is. Between two traces, and only there, either reader may go on where the other stopped."""

    def __init__(self, name: str, want: Want, at_speed: bool) -> None:
        self.name, self.want, self.at_speed = name, want, at_speed
        self.begun = self.reader = ExpatReader(name, want)  # the first reader knows the beginning of the file
        self.reading = True  # whether expat is in the midst of something
        self.lines = self.events = self.traces = 0
        self.known: Marks = {}

    def parts(self, file: BinaryIO) -> Iterator[Part]:
        empty = True
        for stretch, whole in stretches(file):
            if empty:
                self.at_speed &= not stretch.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<"))
                empty = False
            part = self._quickly(stretch) if whole and not self.reading else None
            if part is None:
                part = self._by_expat(stretch, whole)
            self.lines += stretch.count(b"\n") + stretch.count(b"\r") - stretch.count(b"\r\n")
            if part is not None:
                yield part
        if empty:
            raise BadInput(f"{self.name} is empty. {REMEDY}")
        self._resume()
        self.reader.feed(b"", last=True)
        if (part := self.reader.take()) is not None:
            yield part

    def _quickly(self, stretch: bytes) -> Part | None:
        encoding = self.begun.encoding
        if encoding is not None and encoding.lower() in _ASCII_ENCODINGS and not stretch.isascii():
            return None
        part = read_plain(stretch, self.want, self.known, first_event=self.events, first_trace=self.traces)
        if part is not None:
            self.events, self.traces = self.events + len(part), self.traces + part.traces
        return part

    def _resume(self) -> None:
        if not self.reading:
            self.reader = self.begun.later(lines=self.lines, events=self.events, traces=self.traces)
            self.reading = True

    def _by_expat(self, stretch: bytes, whole: bool) -> Part | None:
        self._resume()
        self.reader.feed(stretch)
        part = self.reader.take()
        self.events, self.traces = self.reader.events, self.reader.traces
        self.reading = not (whole and self.at_speed and self.reader.behind_trace and self._plain_below())
        return part

    def _plain_below(self) -> bool:
        """Whether the beginning of the file allows the plain way: no prefix before the names, an encoding that keeps ASCII."""
        encoding = self.begun.encoding
        known = encoding is None or encoding.lower() in (*_PLAIN_ENCODINGS, *_ASCII_ENCODINGS)
        return known and self.begun.root.plain
