"""Parts of an XES file as clean rows: which attribute is which column, missing values, times, and what is kept out and why."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from commonground.events.rows import OPTIONAL, Rows
from commonground.intake.logs import times
from commonground.intake.logs.kept_out import KeptOut
from commonground.intake.logs.look import Options
from commonground.intake.logs.xes_part import Part, Want
from commonground.intake.logs.zones import FIRST_YEAR, LAST_YEAR, in_range
from commonground.intake.problems import BadInput, Problem

OF_TRACE: Final = "case:"  # how headers tell attributes of traces from those of events, as other tools do
MOST_ROWS: Final = 250_000
Array = Any
Coded = Any  # dictionary<int32, string>


def wanted(mapping: Mapping[str, str], *further: str) -> Want:
    """The attributes that some headers stand for. An event may tell `case:NAME` itself, where its trace does not."""
    headers = {header for header in (*mapping.values(), *further) if header}
    of_traces = {header.removeprefix(OF_TRACE) for header in headers if header.startswith(OF_TRACE)}
    return Want(frozenset(headers), frozenset(of_traces))


def has_any(part: Part, header: str) -> bool:
    """Whether some event or trace of the part tells what the header stands for."""
    texts = [part.of_events[header]]
    if header.startswith(OF_TRACE):
        texts.append(part.of_traces[header.removeprefix(OF_TRACE)])
    return any(text.null_count < len(text) for text in texts)


class RowMaker:
    """Turns parts into rows.

    mapping: our column → header. lifecycle: the header that tells begin and end of a piece of work apart. Times are of the layout that the
    first part shows.
    """

    def __init__(
        self, name: str, mapping: Mapping[str, str], options: Options, kept_out: KeptOut, lifecycle: str
    ) -> None:
        self.name, self.mapping, self.options, self.kept_out = name, mapping, options, kept_out
        self.lifecycle = lifecycle
        self.layout: str | None = None
        self.unnamed = self._last_unnamed = 0
        self.stages: set[str] = set()

    def rows(self, part: Part) -> Iterator[Rows]:
        """The rows of a part, in its order, in pieces of at most 250,000."""
        texts = _decoded(_column(part, self.mapping["time"]))
        micros, known = times.read(texts, self._layout_of(texts), self.options.zone)
        known &= in_range(micros)
        case = self._cases(part)
        activity = self._clean(part, "activity")
        keep = self._kept(part, {"activity": activity, "case": case}, texts, known)
        at = np.arange(len(part), dtype=np.int64) + part.first_event + 1
        others = {column: self._clean(part, column) for column in OPTIONAL if column in self.mapping}
        own_id = (
            _missing_as_null(_decoded(_column(part, self.mapping["id"])), self.options)
            if "id" in self.mapping
            else None
        )
        self._see_stages(part)
        whole = bool(keep.all())
        places = np.flatnonzero(keep)
        for start in range(0, len(places), MOST_ROWS):
            here = places[start : start + MOST_ROWS]
            if whole and len(here) == len(part):
                yield Rows(case, activity, micros, at, **others, id=own_id)
            else:
                take = pa.array(here)
                cut = {column: texts.take(take) for column, texts in others.items()}
                cut_id = None if own_id is None else own_id.take(take)
                yield Rows(case.take(take), activity.take(take), micros[here], at[here], **cut, id=cut_id)

    def finish(self) -> None:
        """Says what is odd about the file as a whole; call it behind the last part."""
        if self.unnamed:
            why = f"{self.unnamed:,} traces have no name."
            self._warn(self.mapping["case"], why, "Each became a case of its own, named for its place in the file.")
        if {"start", "complete"} <= self.stages:
            why = "The log tells both when work began and when it was done, as two events each."
            self._warn(
                self.lifecycle,
                why,
                "Every event counts as a step. Export completions alone to count each piece of work once.",
            )

    def _warn(self, column: str, why: str, remedy: str) -> None:
        self.kept_out.warn(Problem(self.name, None, column, None, why, remedy, "warning"))

    def _clean(self, part: Part, column: str) -> Coded:
        return _coded(_missing_as_null(_column(part, self.mapping[column]), self.options))

    def _cases(self, part: Part) -> Coded:
        """The case of each event. A trace without a name gets one of its place in the file."""
        header = self.mapping["case"]
        cases = self._clean(part, "case")
        if not cases.null_count or not header.startswith(OF_TRACE):
            return cases
        without = np.unique(part.trace_of[np.asarray(cases.is_null())])
        new = without if part.first_trace + int(without[0]) + 1 != self._last_unnamed else without[1:]
        self.unnamed += len(new)
        self._last_unnamed = part.first_trace + int(without[-1]) + 1
        names: list[str | None] = [None] * part.traces
        for trace in without.tolist():
            names[trace] = f"trace {part.first_trace + trace + 1} (no name)"
        by_place = pa.array(names, pa.string()).take(pa.array(part.trace_of))
        return _coded(pc.coalesce(_decoded(cases), by_place))

    def _kept(
        self, part: Part, needed: Mapping[str, Coded], texts: Array, known: NDArray[np.bool_]
    ) -> NDArray[np.bool_]:
        """Which events have all that a row needs; the others go to `kept_out`, in their order."""
        lacking = {column: np.asarray(coded.is_null()) for column, coded in needed.items()}
        keep: NDArray[np.bool_] = known & ~lacking["activity"] & ~lacking["case"]
        for place in np.flatnonzero(~keep).tolist():
            column = next((column for column, lacks in lacking.items() if lacks[place]), "time")
            value = texts[place].as_py() if column == "time" else None
            self.kept_out.add(self._problem(part.first_event + place + 1, column, value))
        return keep

    def _problem(self, event: int, column: str, value: str | None) -> Problem:
        header = self.mapping[column]
        if column == "time" and value:
            shown = value if len(value) <= 60 else f"{value[:59]}…"
            why = f"“{shown}” is no time between the years {FIRST_YEAR} and {LAST_YEAR}."
            remedy = "Write it as 2025-03-31T14:30:00+02:00."
            return Problem(self.name, event, header, value, why, remedy)
        why, remedy = f"The event has no {header}.", "Give it one, or leave the event out."
        return Problem(self.name, event, header, value, why, remedy)

    def _layout_of(self, texts: Array) -> str:
        if self.layout is None:
            sample = [text for text in texts.slice(0, 1000).to_pylist() if text]
            self.layout = times.layout_of(sample) or times.YEAR_FIRST
            if self.layout == times.EITHER and self.options.day_first is None:
                where = f"{self.name}: the times of {self.mapping['time']} (“{sample[0]}”)"
                raise BadInput(f"{where} may have their day or their month first. Say which of the two.")
            if self.layout == times.EITHER:
                self.layout = times.DAY_FIRST if self.options.day_first else times.MONTH_FIRST
        return self.layout

    def _see_stages(self, part: Part) -> None:
        if len(self.stages) < 2 and self.lifecycle in part.of_events:
            stages = pc.unique(part.of_events[self.lifecycle]).to_pylist()
            self.stages |= {stage.casefold() for stage in stages if stage} & {"start", "complete"}


def _column(part: Part, header: str) -> Array:
    """The texts that a header stands for, one for each event: `string` or coded."""
    own = part.of_events[header]
    if not header.startswith(OF_TRACE):
        return own
    traces = part.of_traces[header.removeprefix(OF_TRACE)].dictionary_encode()
    codes = traces.indices.take(pa.array(part.trace_of))
    of_trace = pa.DictionaryArray.from_arrays(codes, traces.dictionary)
    if own.null_count == len(own):
        return of_trace
    return pc.coalesce(_decoded(of_trace), own)


def _missing_as_null(texts: Array, options: Options) -> Array:
    """Texts without blanks around them; null where they say that a value is missing."""
    if pa.types.is_dictionary(texts.type):
        clean = _missing_as_null(texts.dictionary, options)
        return pa.DictionaryArray.from_arrays(texts.indices, clean)
    clean = pc.utf8_trim_whitespace(texts)
    missing = pc.is_in(clean, pa.array(options.missing, pa.string()))
    return pc.if_else(missing, pa.scalar(None, pa.string()), clean)


def _coded(texts: Array) -> Coded:
    """Texts with one code each: no code for what is missing, no two codes for one text."""
    if not pa.types.is_dictionary(texts.type):
        return texts.dictionary_encode()
    again = texts.dictionary.dictionary_encode()
    if not again.null_count and len(again.dictionary) == len(again):
        return texts
    return pa.DictionaryArray.from_arrays(again.indices.take(texts.indices), again.dictionary)


def _decoded(texts: Array) -> Array:
    return texts.cast(pa.string()) if pa.types.is_dictionary(texts.type) else texts
