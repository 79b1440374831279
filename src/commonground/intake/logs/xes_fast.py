"""XES read at speed: a stretch of whole traces in the plain way that nearly all tools write it, checked to the last byte.

Between the values of such a stretch stand very few different marks (`"/>\\n<string key="org:resource" value="`). Each mark is held once
against a strict grammar, every value's place is known from the quotes, and the marks' order from the codes of the marks. What holds is
well-formed, and means what expat would report; anything else is left to expat (`None`), so both give the same answer.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from commonground.intake.logs.xes_part import MOST_TEXT, Part, Want

MOST_MARKS = 5000  # different ones in a stretch
_B: Final = "[ \\t\\r\\n]*+"
_BB: Final = "[ \\t\\r\\n]++"
_TYPES: Final = "string|date|int|float|boolean|id"
_OPENS: Final = (
    rf"(?P<trace>{_B}<trace{_B}>)?(?P<event>{_B}<event{_B}>)?{_B}<(?P<type>{_TYPES}){_BB}"
    rf'key{_B}={_B}"(?P<key>[^"<&\x00-\x1f]++)"{_BB}value{_B}={_B}"'
)
_CLOSES: Final = (
    rf'"{_B}(?:/>|>{_B}</(?P<close>{_TYPES}){_B}>)(?P<event_end>{_B}</event{_B}>)?(?P<trace_end>{_B}</trace{_B}>)?'
)
_MARK: Final = re.compile((_CLOSES + _OPENS).encode())
_FIRST: Final = re.compile(_OPENS.encode())
_LAST: Final = re.compile(_CLOSES.encode())
_REFERENCE: Final = re.compile(rb"&(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});")
_NAMED: Final = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'"}
_ANY_REFERENCE: Final = re.compile(r"&[^;]+;")
_LOG, _TRACE, _EVENT, _SAME = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands between two values: where the value before it lies and where the one behind it, and what that is called.

    before: _SAME when the two lie in the same trace or event. closes: type of the closing tag of the value before, if it has one.
    """

    before: int
    after: int
    opens_trace: bool
    opens_event: bool
    type: bytes
    closes: bytes
    key: str
    less: int  # how many "<"
    blanks: int  # how many tabs and ends of lines


Marks = dict[bytes, Mark | None]
Ints = NDArray[np.int64]


def read_plain(stretch: bytes, want: Want, known: Marks, *, first_event: int, first_trace: int) -> Part | None:
    """A stretch that begins and ends between two traces, or None when only expat can tell what it holds.

    known: marks met before; it grows. The stretch is UTF-8.
    """
    data = np.frombuffer(stretch, np.uint8)
    quotes = np.flatnonzero(data == ord('"'))
    if len(quotes) == 0 or len(quotes) % 4 or not _legal_text(stretch):
        return None
    if np.diff(quotes).max() > MOST_TEXT:
        return None
    pieces = _pieces(stretch, quotes)
    coded = pieces.take(pa.array(np.arange(0, len(pieces), 2, dtype=np.int32))).dictionary_encode()
    marks = _marks(coded.dictionary.cast(pa.binary()).to_pylist(), known)
    if marks is None:
        return None
    codes = coded.indices.to_numpy()
    places = _places(marks, codes)
    if places is None or not _only_in_marks(data, marks, codes):
        return None
    references = int(np.count_nonzero(data == ord("&")))
    if references and not _good_references(stretch, references):
        return None
    return _part(pieces, marks, places, want, bool(references), first_event, first_trace)


def _legal_text(stretch: bytes) -> bool:
    """Whether it is UTF-8 without the two characters above the controls that XML has not; the controls are counted later."""
    if stretch.isascii():
        return True
    if b"\xef\xbf\xbe" in stretch or b"\xef\xbf\xbf" in stretch:
        return False
    try:
        stretch.decode()
    except UnicodeDecodeError:
        return False
    return True


def _pieces(stretch: bytes, quotes: Ints) -> pa.Array:
    """The stretch cut at the quotes of values: mark, value, mark, …, value, mark. Marks hold the quotes. Nothing is copied."""
    ends = np.empty(len(quotes) // 2 + 2, np.int32)
    ends[0], ends[-1] = 0, len(stretch)
    ends[1:-1:2] = quotes[2::4] + 1
    ends[2:-1:2] = quotes[3::4]
    return pa.Array.from_buffers(pa.string(), len(ends) - 1, [None, pa.py_buffer(ends), pa.py_buffer(stretch)])


def _marks(texts: list[bytes], known: Marks) -> list[Mark] | None:
    """The marks of a stretch in the order of their codes; None when one of them is not plain."""
    if len(texts) > MOST_MARKS:
        return None
    if len(known) > 2 * MOST_MARKS:
        known.clear()
    found = []
    for text in texts:
        if text not in known:
            known[text] = _mark(text)
        mark = known[text]
        if mark is None:
            return None
        found.append(mark)
    return found


def _mark(text: bytes) -> Mark | None:
    for form in (_MARK, _FIRST, _LAST):
        if (match := form.fullmatch(text)) is not None:
            told: dict[str, Any] = match.groupdict()
            levels = _levels(told, form is _FIRST, form is _LAST)
            if levels is None:
                return None
            blanks = sum(map(text.count, (b"\t", b"\r", b"\n")))
            key = (told.get("key") or b"").decode()
            opens = bool(told.get("trace")), bool(told.get("event"))
            return Mark(
                *levels, *opens, told.get("type") or b"", told.get("close") or b"", key, text.count(b"<"), blanks
            )
    return None


def _levels(told: Mapping[str, Any], first: bool, last: bool) -> tuple[int, int] | None:
    """Where the values before and behind a mark lie; None when its tags cannot follow one another."""
    level = _LOG if first else _EVENT if told.get("event_end") else _TRACE if told.get("trace_end") else None
    if level is None:
        if last or told.get("trace"):
            return None
        return (_TRACE, _EVENT) if told.get("event") else (_SAME, _SAME)
    before = level
    for tag, needs, then in (
        ("event_end", _EVENT, _TRACE),
        ("trace_end", _TRACE, _LOG),
        ("trace", _LOG, _TRACE),
        ("event", _TRACE, _EVENT),
    ):
        if told.get(tag):
            if level != needs:
                return None
            level = then
    return (before, level) if (level == _LOG) == last else None


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """For each value of a stretch, in order: the code of the mark before it, where it lies, in which event and trace."""

    codes: NDArray[np.int32]
    level: NDArray[np.int8]
    event: Ints
    trace: Ints
    trace_of_event: NDArray[np.int32]
    traces: int


def _places(marks: list[Mark], codes: NDArray[np.int32]) -> Places | None:
    """None when the marks do not follow one another as a row of whole traces."""
    before = np.array([mark.before for mark in marks], np.int8)[codes]
    after = np.array([mark.after for mark in marks], np.int8)[codes]
    moves = np.flatnonzero(before != _SAME)
    if len(moves) < 2 or moves[0] != 0 or moves[-1] != len(codes) - 1:
        return None
    if before[0] != _LOG or after[-1] != _LOG or (before[moves[1:]] != after[moves[:-1]]).any():
        return None
    if not _closed(marks, codes):
        return None
    opens_event = np.array([mark.opens_event for mark in marks])[codes]
    event = np.cumsum(opens_event) - 1
    trace = np.cumsum(np.array([mark.opens_trace for mark in marks])[codes]) - 1
    level = np.repeat(after[moves], np.diff(moves, append=len(codes)))
    trace_of_event = trace[opens_event].astype(np.int32)
    return Places(codes[:-1], level[:-1], event[:-1], trace[:-1], trace_of_event, int(trace[-1]) + 1)


def _closed(marks: list[Mark], codes: NDArray[np.int32]) -> bool:
    """Whether closing tags are those of the values before them."""
    kinds = sorted({mark.type for mark in marks})
    place = {kind: at for at, kind in enumerate(kinds)}
    closes = np.array([place.get(mark.closes, -2) if mark.closes else -1 for mark in marks])
    at = np.flatnonzero(closes[codes] != -1)
    opened = np.array([place[mark.type] for mark in marks])
    return bool((closes[codes[at]] == opened[codes[at - 1]]).all())


def _only_in_marks(data: NDArray[np.uint8], marks: list[Mark], codes: NDArray[np.int32]) -> bool:
    """Whether no value holds "<", and neither a control character nor one that XML would turn into a blank."""
    times = np.bincount(codes, minlength=len(marks))
    less = int(times @ np.array([mark.less for mark in marks]))
    blanks = int(times @ np.array([mark.blanks for mark in marks]))
    return bool(np.count_nonzero(data == ord("<")) == less and np.count_nonzero(data < ord(" ")) == blanks)


def _good_references(stretch: bytes, count: int) -> bool:
    found = _REFERENCE.findall(stretch)
    return len(found) == count and all(_meaning(text.decode()) is not None for text in set(found))


def _meaning(reference: str) -> str | None:
    """The character that a reference stands for; None for one that XML does not allow."""
    if reference in _NAMED:
        return _NAMED[reference]
    body = reference[2:-1]
    code = int(body[1:], 16) if body.startswith("x") else int(body)
    legal = code in {9, 10, 13} or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
    return chr(code) if legal else None


def _part(
    pieces: pa.Array,
    marks: list[Mark],
    places: Places,
    want: Want,
    references: bool,
    first_event: int,
    first_trace: int,
) -> Part:
    def column(key: str, level: int, of: Ints, count: int) -> pa.Array:
        called = np.array([mark.key == key for mark in marks])
        at = np.flatnonzero(called[places.codes] & (places.level == level))
        texts = _texts(pieces, at, of[at], count)
        return _resolved(texts) if references else texts

    events = len(places.trace_of_event)
    return Part(
        places.trace_of_event,
        {key: column(key, _EVENT, places.event, events) for key in want.of_events},
        {key: column(key, _TRACE, places.trace, places.traces) for key in want.of_traces},
        places.traces,
        first_event,
        first_trace,
    )


def _texts(pieces: pa.Array, at: Ints, of: Ints, count: int) -> pa.Array:
    """One text for each of `count` events or traces; the last one where several were told."""
    if len(at) == count and (of == np.arange(count)).all():
        return pieces.take(pa.array(2 * at + 1))
    where = np.full(count, -1)
    where[of] = 2 * at + 1
    return pieces.take(pa.array(where, mask=where < 0))


def _resolved(texts: pa.Array) -> pa.Array:
    """Texts with their references replaced by what they stand for."""
    if not pc.any(pc.match_substring(texts, "&")).as_py():
        return texts
    coded = texts.dictionary_encode()
    plain = [
        _ANY_REFERENCE.sub(lambda found: _meaning(found.group()) or "", text) if "&" in text else text
        for text in coded.dictionary.to_pylist()
    ]
    return pa.array(plain, pa.string()).take(coded.indices)
