"""Raw pieces of a log as clean rows: blanks cut, missing values null, times as microseconds UTC, and what cannot be read kept out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from commonground.events.rows import OPTIONAL, Rows
from commonground.intake.logs import times
from commonground.intake.logs.kept_out import KeptOut
from commonground.intake.logs.look import NEEDED, Options
from commonground.intake.logs.raw import Raw
from commonground.intake.logs.zones import FIRST_YEAR, LAST_YEAR, in_range, to_utc
from commonground.intake.problems import Problem

Mask = NDArray[np.bool_]
_SHOWN: Final = 80
_MANY_LINES: Final = 3


@dataclass
class Cleaner:
    """Cleans the pieces of one log.

    found: our column → header. layout_for: asked once, with the first texts of times there are, for the layout of the whole column.
    """

    file: str
    found: Mapping[str, str]
    options: Options
    kept_out: KeptOut
    layout_for: Callable[[Any], str]
    layout: str | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self._missing = pa.array(sorted({"", *self.options.missing}), pa.string())

    def clean(self, raw: Raw) -> Rows | None:
        """The rows of a piece that are whole; None when there are none."""
        columns = {
            name: self._coded(raw.columns[name]) for name in ("case", "activity", *OPTIONAL) if name in raw.columns
        }
        self._warn_of_lines(raw, columns)
        micros, read, told = self._times(raw.columns["time"])
        has = {"case": _valid(columns["case"]), "activity": _valid(columns["activity"]), "time": read}
        if "id" in raw.columns:
            columns["id"] = self._told(raw.columns["id"])
        whole = has["case"] & has["activity"] & read
        if whole.all():
            return Rows(**columns, time=micros, row=raw.row)
        blank = ~(told | has["case"] | has["activity"])
        for name in OPTIONAL:
            blank &= ~_valid(columns[name]) if name in columns else True
        self._keep_out(raw, has, ~whole & ~blank)
        if not whole.any():
            return None
        mask = pa.array(whole)
        return Rows(
            **{name: _compact(array.filter(mask)) for name, array in columns.items()},
            time=micros[whole],
            row=raw.row[whole],
        )

    def _warn_of_lines(self, raw: Raw, columns: Mapping[str, Any]) -> None:
        """A cell of many lines is most likely a quotation mark that stands alone."""
        for name, values in columns.items():
            lines = pc.count_substring(values.dictionary, "\n") if name != "id" else None
            if lines is None or (pc.max(lines).as_py() or 0) < _MANY_LINES:
                continue
            at = np.flatnonzero(_filled(pc.greater_equal(lines.take(values.indices), _MANY_LINES)))[0]
            why = f"The cell runs over {lines[values.indices[int(at)].as_py()].as_py() + 1} lines, as a stray quotation mark makes it."
            remedy = "Look for a quotation mark at its beginning that should not be there."
            self.kept_out.warn(Problem(self.file, int(raw.row[at]), self.found[name], None, why, remedy, "warning"))

    def _coded(self, values: Any) -> Any:
        """A dictionary of text with each word once, no blanks around it and missing ones null."""
        words = values.dictionary
        bare = times.trimmed(words)
        missing = pc.is_in(bare, self._missing)
        if not pc.any(missing).as_py() and not words.null_count and bare.equals(words):
            return values
        once = pc.if_else(missing, pa.scalar(None, pa.string()), bare).dictionary_encode()
        return pa.DictionaryArray.from_arrays(once.indices.take(values.indices), once.dictionary)

    def _told(self, texts: Any) -> Any:
        """Text without blanks around it and missing values null."""
        bare = times.trimmed(texts)
        return pc.if_else(pc.is_in(bare, self._missing), pa.scalar(None, pa.string()), bare)

    def _times(self, values: Any) -> tuple[NDArray[np.int64], Mask, Mask]:
        """Microseconds, which were read, and which have anything at all."""
        if not pa.types.is_string(values.type):
            known = _valid(values)
            micros = typed_times(values, self.options.zone)
            return micros, known & in_range(micros), known
        texts = self._told(values)
        told = _valid(texts)
        if self.layout is None and told.any():
            self.layout = self.layout_for(texts)
        if self.layout is None:
            return np.zeros(len(texts), np.int64), told, told
        micros, known = times.read(texts, self.layout, self.options.zone)
        return micros, known & told & in_range(micros), told

    def _keep_out(self, raw: Raw, has: Mapping[str, Mask], broken: Mask) -> None:
        """The rows that lack something, in their order, each told by the first thing it lacks."""
        lacks = np.select([~has[name] for name in NEEDED], range(len(NEEDED)))
        rows = np.flatnonzero(broken)
        room = len(rows) if self.kept_out.strict else self.kept_out.room
        for at in rows[:room]:
            name = NEEDED[lacks[at]]
            cell = raw.columns[name].slice(int(at), 1)
            value = (cell if pa.types.is_dictionary(cell.type) else cell.cast(pa.string()))[0].as_py()
            self.kept_out.add(self._problem(int(raw.row[at]), name, value or ""))
        for place, beyond in enumerate(np.bincount(lacks[rows[room:]], minlength=len(NEEDED)).tolist()):
            if beyond:
                self.kept_out.add_uncounted(beyond, self.found[NEEDED[place]])

    def _problem(self, row: int, name: str, value: str) -> Problem:
        header = self.found[name]
        shown = value.strip()
        shown = shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…"
        told = name == "time" and shown not in self._missing.to_pylist()
        if told and (self.layout is None or self._is_far_off(shown)):
            why = (
                f"“{shown}” lies outside of the years {FIRST_YEAR} to {LAST_YEAR}, as a date that stands for none does."
            )
            return Problem(self.file, row, header, shown, why, "Give the event its time, or leave the row out.")
        if told:
            why = f"“{shown}” is not a time written as the column is ({self.layout}, such as {times.EXAMPLES[self.layout or '']})."
            return Problem(self.file, row, header, shown, why, "Write it like the others.")
        said = f", only “{shown}”, which stands for a missing value" if shown else ""
        return Problem(
            self.file, row, header, shown, f"The row has no {name}{said}.", "Fill it in, or leave the row out."
        )

    def _is_far_off(self, shown: str) -> bool:
        """Whether it is a time as the column has them, that no calendar can name."""
        return self.layout is not None and bool(times.read(pa.array([shown]), self.layout, self.options.zone)[1][0])


def typed_times(values: Any, zone: str) -> NDArray[np.int64]:
    """Arrow's times and days as microseconds UTC, 0 where null. Raises pa.ArrowInvalid for one that is out of range."""
    has_zone = pa.types.is_timestamp(values.type) and values.type.tz is not None
    if pa.types.is_date(values.type):
        values = values.cast(pa.timestamp("ms")) if pa.types.is_date64(values.type) else values.cast(pa.timestamp("s"))
    micros = values.cast(pa.timestamp("us", values.type.tz), safe=values.type.unit in ("s", "ms")).cast(pa.int64())
    filled = np.asarray(pc.fill_null(micros, 0).to_numpy(zero_copy_only=False))
    return filled if has_zone else to_utc(filled, zone)


def _compact(values: Any) -> Any:
    """A dictionary without the words that no row has any more."""
    return values.cast(pa.string()).dictionary_encode() if pa.types.is_dictionary(values.type) else values


def _filled(values: Any) -> Mask:
    return np.asarray(pc.fill_null(values, False).to_numpy(zero_copy_only=False))


def _valid(values: Any) -> Mask:
    return np.asarray(values.is_valid().to_numpy(zero_copy_only=False))
