"""XES read by expat, piece by piece: every legal way to write it, and a sentence for whatever is not legal.

Document types are refused as a whole: with them go entities, so neither expansion bombs nor files from elsewhere are possible.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, NoReturn
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

import numpy as np
import pyarrow as pa

from commonground.intake.logs.xes_part import MOST_TEXT, Part, Want
from commonground.intake.problems import BadInput

ATTRIBUTES: Final = frozenset({"string", "date", "int", "float", "boolean", "id", "list", "container"})
ABOUT_LOG: Final = frozenset({"extension", "global", "classifier"})
TRACE_END: Final = b"</trace>"
DEEPEST = 64
LONGEST_MARK = 16 << 20  # bytes of one tag or comment: expat holds it whole
MOST_WAITING = 250_000  # events of a trace that wait for its end: what it says of itself may stand below them
REMEDY = "Export the log again as XES and give that file."
_BLANKS = " \t\r\n"
_BETWEEN = "\x01"  # parts a namespace from a name; no name can hold it
_NOTHING, _LOG, _TRACE, _EVENT = range(4)


class Root:
    """The first element of a file: what a parser that begins later must know of it."""

    def __init__(self) -> None:
        self.prefixes: list[tuple[str | None, str]] = []
        self.space: str | None = None
        self.plain = False  # its name has no prefix, so plain names below are of its namespace

    def opening(self) -> bytes:
        """A tag with the same namespaces, on one line."""
        told = "".join(f" xmlns{':' + prefix if prefix else ''}={quoteattr(uri)}" for prefix, uri in self.prefixes)
        return f"<log{told}>".encode("ascii", "xmlcharrefreplace")


class ExpatReader:
    """Takes bytes, gives parts.

    A new reader begins at the first byte of a file; one made with `later` goes on behind the end of a trace. want: None takes all.
    """

    def __init__(self, name: str, want: Want | None, *, events: int = 0, traces: int = 0) -> None:
        self.name, self.want = name, want
        self.root = Root()
        self.encoding: str | None = None
        self.events, self.traces = events, traces  # read before those that wait
        self.lines = 0
        self.extensions: dict[str, str] = {}  # address of an extension → its prefix
        self._begin(None)

    def later(self, *, lines: int, events: int, traces: int) -> "ExpatReader":
        """A reader for what stands behind the end of a trace further below, behind so many ends of lines, events and traces."""
        other = ExpatReader(self.name, self.want, events=events, traces=traces)
        other._begin(self.encoding or "utf-8")
        opening = self.root.opening()
        other._parser.Parse(opening, False)
        other.root, other.encoding, other.extensions = self.root, self.encoding, self.extensions
        other.lines, other._fed = lines, len(opening)
        return other

    def _begin(self, encoding: str | None) -> None:
        self._level, self._inside = _NOTHING, 0
        self._fed, self._trace_end = 0, -1
        self._rows: list[dict[str, str]] = []
        self._trace_of: list[int] = []
        self._traces: list[dict[str, str]] = []
        self._given_out = False  # whether events of the open trace went out before its end
        self._names: dict[str, str] = {}
        parser = self._parser = expat.ParserCreate(encoding, _BETWEEN)
        parser.buffer_text = True
        parser.XmlDeclHandler = self._declared
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._doctype
        parser.StartNamespaceDeclHandler = self._namespace
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text

    # -- bytes in

    def feed(self, data: bytes, *, last: bool = False) -> None:
        """Raises BadInput at the first place that is not legal."""
        try:
            self._parser.Parse(data, last)
        except expat.ExpatError as error:
            self._broken(error)
        except (LookupError, ValueError) as error:
            self._refuse(f"its encoding is not known or not what it says ({error})")
        self._fed += len(data)
        if self._fed - self._parser.CurrentByteIndex > LONGEST_MARK:
            self._refuse("one tag or comment is longer than 16 MB")

    @property
    def behind_trace(self) -> bool:
        """Whether the last byte fed ended a trace, in the plain way that `TRACE_END` has."""
        return self._level == _LOG and not self._inside and self._trace_end + len(TRACE_END) == self._fed

    def _broken(self, error: expat.ExpatError) -> NoReturn:
        why = expat.errors.messages.get(error.code, "") or str(error)
        known = {
            expat.errors.XML_ERROR_NO_ELEMENTS: "it ends before it begins",
            expat.errors.XML_ERROR_UNCLOSED_TOKEN: "it is cut off within a tag, or a tag is not closed",
            expat.errors.XML_ERROR_TAG_MISMATCH: "a closing tag does not match the one that it should close",
            expat.errors.XML_ERROR_DUPLICATE_ATTRIBUTE: "a tag tells the same thing twice",
            expat.errors.XML_ERROR_BAD_CHAR_REF: "it has a reference to a character that XML does not allow",
            expat.errors.XML_ERROR_UNDEFINED_ENTITY: "it names an entity that is not defined",
            expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT: "something stands behind the end of the log",
            expat.errors.XML_ERROR_INVALID_TOKEN: "a character stands where XML does not allow it",
            expat.errors.XML_ERROR_UNKNOWN_ENCODING: "its encoding is not known",
            expat.errors.XML_ERROR_INCORRECT_ENCODING: "its encoding is not what it says",
            expat.errors.XML_ERROR_PARTIAL_CHAR: "it is cut off within a character",
        }
        if why == expat.errors.XML_ERROR_NO_ELEMENTS and self._level:
            why = "it is cut off: the log is not closed"
        self._refuse(known.get(why, why), line=error.lineno)

    def _refuse(self, why: str, *, line: int | None = None, remedy: str = REMEDY) -> NoReturn:
        place = (self._parser.CurrentLineNumber if line is None else line) + self.lines
        raise BadInput(f"{self.name} cannot be read as XES: in line {place:,} {why}. {remedy}")

    # -- what expat reports

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        self.encoding = encoding

    def _doctype(self, *_: object) -> None:
        self._refuse("it declares a document type or entities, which can hide harm", remedy="Export it without them.")

    def _namespace(self, prefix: str | None, uri: str | None) -> None:
        if self._level == _NOTHING:
            self.root.prefixes.append((prefix, uri or ""))

    def _start(self, qualified: str, told: dict[str, str]) -> None:
        name = self._names.get(qualified) or self._name(qualified)
        if self._level == _LOG and not self._inside and name == "trace":
            self._level, self._given_out = _TRACE, False
            self._traces.append({})
        elif self._level == _TRACE and not self._inside and name == "event":
            self._level = _EVENT
            self._rows.append({})
            self._trace_of.append(len(self._traces) - 1)
        elif self._level == _NOTHING:
            self._begin_log(name)
        else:
            self._attribute(name, told)

    def _attribute(self, name: str, told: dict[str, str]) -> None:
        """Whatever else may stand in a log, a trace or an event."""
        self._inside += 1
        if self._inside > DEEPEST:
            self._refuse(f"attributes stand in one another more than {DEEPEST} deep")
        if name in ATTRIBUTES:
            key, value = told.get("key"), told.get("value")
            if key is None:
                self._refuse(f"<{name}> has no key")
            if max(len(key), len(value or "")) > MOST_TEXT:
                self._refuse(f"an attribute is longer than {MOST_TEXT:,} characters")
            if self._inside == 1 and value is not None and self._level >= _TRACE:
                self._keep(key, value)
        elif self._inside == 1 and self._level == _LOG and name in ABOUT_LOG:
            if name == "extension":
                self.extensions[told.get("uri", "")] = told.get("prefix", "")
        elif not (name == "values" and self._inside > 1):
            where = ("file", "log", "trace", "event")[self._level] if self._inside == 1 else "attribute"
            self._refuse(f"<{name[:60]}> stands in the {where}, where XES has no such thing")

    def _keep(self, key: str, value: str) -> None:
        if self._level == _EVENT:
            if self.want is None or key in self.want.of_events:
                self._rows[-1][key] = value
        elif self.want is None or key in self.want.of_traces:
            if self._given_out:
                self._refuse(f"a trace tells its {key[:60]} below more than {MOST_WAITING:,} of its events")
            self._traces[-1][key] = value

    def _end(self, _name: str) -> None:
        if self._inside:
            self._inside -= 1
            return
        if self._level == _TRACE:
            self._trace_end = self._parser.CurrentByteIndex
        self._level -= 1

    def _text(self, text: str) -> None:
        if text.strip(_BLANKS):
            self._refuse(f"text stands between the tags (“{text.strip(_BLANKS)[:40]}”)")

    def _name(self, qualified: str) -> str:
        space, _, name = qualified.rpartition(_BETWEEN)
        if self._level == _NOTHING:
            self.root.space = space
            self.root.plain = any(prefix is None and uri == space for prefix, uri in self.root.prefixes) or not space
        elif space != self.root.space:
            return f"{space}:{name}"
        if len(self._names) < 1000:
            self._names[qualified] = name
        return name

    def _begin_log(self, name: str) -> None:
        if name != "log":
            self._refuse(f"it begins with <{name[:60]}> and not with <log>, so it is XML but no event log")
        self._level = _LOG

    # -- parts out

    def take(self, most_waiting: int = 0) -> Part | None:
        """The events of whole traces that wait, and of an open trace when they are very many; None when there are none.

        most_waiting: how many are very many, if not as many as usual.
        """
        open_trace = self._level >= _TRACE
        rows, traces = len(self._rows) - (self._level == _EVENT), len(self._traces)
        if open_trace:
            before = bisect_left(self._trace_of, traces - 1)
            if rows - before < (most_waiting or MOST_WAITING):
                rows, traces = before, traces - 1
            else:
                self._given_out = True
        if not traces:
            return None
        part = self._part(rows, traces)
        gone = min(traces, len(self._traces) - open_trace)
        self._rows, self._traces = self._rows[rows:], self._traces[gone:]
        self._trace_of = [trace - gone for trace in self._trace_of[rows:]]
        self.events, self.traces = self.events + rows, self.traces + gone
        return part

    def _part(self, rows: int, traces: int) -> Part:
        want = self.want or Want(_keys(self._rows[:rows]), _keys(self._traces[:traces]))
        return Part(
            np.array(self._trace_of[:rows], np.int32),
            {key: _column(self._rows[:rows], key) for key in want.of_events},
            {key: _column(self._traces[:traces], key) for key in want.of_traces},
            traces,
            self.events,
            self.traces,
        )


def _column(rows: Sequence[dict[str, str]], key: str) -> pa.Array:
    return pa.array([row.get(key) for row in rows], pa.string())


def _keys(rows: Sequence[dict[str, str]]) -> frozenset[str]:
    return frozenset(key for row in rows for key in row)
