"""Times in a column of text: one layout for the whole column, never a guess for a single value. A whole column is read at once."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from commonground.intake.logs.zones import DAY, MINUTE, SECOND, to_utc

YEAR_FIRST, RUN_TOGETHER, DAY_FIRST, MONTH_FIRST, NAMED = (
    "year first", "run together", "day first", "month first", "month by name",
)  # fmt: skip
SECONDS, MILLIS, MICROS, NANOS, SERIAL = (
    "seconds since 1970", "milliseconds since 1970", "microseconds since 1970", "nanoseconds since 1970",
    "days since 1900",
)  # fmt: skip
EITHER: Final = "day or month first"
EXAMPLES: Final = {
    YEAR_FIRST: "2025-03-31 14:30", RUN_TOGETHER: "20250331143000", DAY_FIRST: "31.03.2025 14:30",
    MONTH_FIRST: "03/31/2025 2:30 PM", NAMED: "31 March 2025 14:30", SECONDS: "1743431400", MILLIS: "1743431400000",
    MICROS: "1743431400000000", NANOS: "1743431400000000000", SERIAL: "45747.6042",
}  # fmt: skip
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar jänner janvier janv januari enero ene",
            "feb february februar februari février fevrier févr fév febrero",
            "mar march märz mär mrz maart mrt mars marzo",
            "apr april avril avr abril abr",
            "may mai mei mayo",
            "jun june juni juin junio",
            "jul july juli juillet juil julio",
            "aug august augustus août aout agosto ago",
            "sep sept september septembre septiembre",
            "oct october okt oktober octobre octubre",
            "nov november novembre noviembre",
            "dec december dez dezember décembre déc diciembre dic",
        ),
        1,
    )
    for name in names.split()
}
_CLOCK = r"(?P<H>\d{1,2})[:.h](?P<M>\d{2})(?:[:.](?P<S>\d{2})(?:[.,:](?P<f>\d{1,12}))?)?\s*(?P<p>[AaPp]\.?[Mm]\.?)?(?:\s?Uhr)?"
_ZONE = r"\s*(?P<z>[Zz]|UTC|GMT|(?:UTC|GMT)?[+-]\d{2}(?::?\d{2})?)?(?:\s?[\[(][\w/+ -]+[\])])?"
_END = rf"(?:(?:T|t|,?\s+|,|\s*-\s+){_CLOCK}{_ZONE})?$"
_WEEKDAY = r"^(?:\pL{2,10}\.?,?\s+)?"
_PATTERNS: Final = {
    YEAR_FIRST: (
        rf"^(?P<y>\d{{4}})[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}})(?:(?:T|t|,?\s+|,){_CLOCK.replace('[:.h](?P<M>', '(?:[:.h](?P<M>', 1)}"
        rf")?{_ZONE})?$",
    ),
    RUN_TOGETHER: (
        r"^(?P<y>(?:19|20)\d{2})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])"
        rf"(?:[T ]?(?P<H>\d{{2}}):?(?P<M>\d{{2}})(?::?(?P<S>\d{{2}})(?:[.,]?(?P<f>\d{{1,9}}))?)?{_ZONE})?$",
    ),
    EITHER: (
        rf"^(?P<a>\d{{1,2}})(?P<mark>\s?[-/. ]\s?)(?P<b>\d{{1,2}})\s?[-/. ]\s?(?P<y>\d{{4}}|\d{{2}}){_END}",
    ),
    NAMED: (
        rf"{_WEEKDAY}(?P<d>\d{{1,2}})(?:st|nd|rd|th|er)?\.?[-/\s]*(?:de |of )?(?P<n>\pL+)\.?[-/\s,]*(?:de |del )?"
        rf"(?P<y>\d{{4}}|\d{{2}}){_END}",
        rf"^(?:(?:[Mm]on|[Tt]ue|[Ww]ed|[Tt]hu|[Ff]ri|[Ss]at|[Ss]un)[a-z]*\.?,?\s+)?(?P<n>\pL+)\.?[-/\s]*(?P<d>\d{{1,2}})"
        rf"(?:st|nd|rd|th)?[-/\s,]+(?P<y>\d{{4}}|\d{{2}}){_END}",
    ),
    SECONDS: (r"^(?P<s>[1-3]\d{9}|[2-9]\d{8})(?:[.,](?P<f>\d{1,12}))?$",),
    MILLIS: (r"^(?P<s>[1-3]\d{12}|[5-9]\d{11})(?:\.0*)?$",),
    MICROS: (r"^(?P<s>[1-3]\d{15}|[5-9]\d{14})(?:\.0*)?$",),
    NANOS: (r"^(?P<s>[1-3]\d{18}|[5-9]\d{17})(?:\.0*)?$",),
    SERIAL: (r"^(?P<s>(?:3[6-9]|4\d|5[0-4])\d{3})(?:[.,](?P<f>\d{1,15}))?$",),
}  # fmt: skip
_DAY_AND_MONTH: Final = r"^(?P<a>\d{1,2})(?P<mark>\s?[-/. ]\s?)(?P<b>\d{1,2})\s?[-/. ]"
_DAY_AT_MOST: Final = 12  # letters up to behind the month
_IN_WORDS_OF_TIMES: Final = frozenset({YEAR_FIRST, DAY_FIRST, MONTH_FIRST, EITHER, NAMED})
_PER_UNIT: Final = {MILLIS: (1000, 1), MICROS: (1, 1), NANOS: (1, 1000)}
Texts = Any  # an Arrow array of strings
Ints = NDArray[np.int64]


def layout_of(values: Sequence[str]) -> str | None:
    """The layout of a sample of values: the one that most have, if at least half do. `EITHER` for days or months first alike."""
    told = [value for value in values if value]
    if not told:
        return None
    layout, share = _most(trimmed(pa.array(told, pa.string())))
    return layout if share * 2 >= 1 else None


def plainly(values: Sequence[str]) -> bool:
    """Whether all of several values are times in a layout that nothing else has."""
    told = [value for value in values if value]
    if not told:
        return False
    layout, share = _most(trimmed(pa.array(told, pa.string())))
    return share == 1 and layout in _IN_WORDS_OF_TIMES


class Order(NamedTuple):
    """How many days of a column tell that the day stands first, how many that the month does, and how many leave it open."""

    day_first: int = 0
    month_first: int = 0
    open: int = 0

    @property
    def layout(self) -> str | None:
        """None when the column does not tell, or tells both."""
        if (self.day_first and self.month_first) or (self.open and not self.day_first and not self.month_first):
            return None
        return MONTH_FIRST if self.month_first else DAY_FIRST


def day_order(pieces: Iterable[Texts]) -> Order:
    """Whether a column has its days or its months first, from all of its values.

    Only a value in which one of the two makes a day tells; points are told as days first, since nobody writes months first with them. One
    whose day is its month tells nothing and leaves nothing open.
    """
    order = Order()
    for piece in pieces:
        days = pc.utf8_slice_codeunits(trimmed(piece), 0, _DAY_AT_MOST)  # few, however many times there are
        one = pc.extract_regex(pc.unique(days), _DAY_AND_MONTH)
        a, b = _ints(one, "a"), _ints(one, "b")
        points = _filled(pc.fill_null(pc.equal(pc.utf8_trim_whitespace(pc.struct_field(one, "mark")), "."), False))
        may_day, may_month = (a > 0) & (a < 32) & (b > 0) & (b < 13), (b > 0) & (b < 32) & (a > 0) & (a < 13) & ~points
        tells_day, tells_month = may_day & ~may_month, may_month & ~may_day
        both = may_day & may_month & (a != b)
        order = Order(*(old + int(more.sum()) for old, more in zip(order, (tells_day, tells_month, both), strict=True)))
    return order


def read(texts: Texts, layout: str, zone: str) -> tuple[Ints, NDArray[np.bool_]]:
    """The values in a layout as microseconds since 1970 UTC, and which of them were read; shapes (n,).

    zone: where clocks without one stand. Fractions of a second beyond the microsecond are cut.
    """
    if layout == YEAR_FIRST and (quick := _read_iso(texts, zone)) is not None:
        return quick
    texts = trimmed(texts)
    micros = np.zeros(len(texts), np.int64)
    known = np.zeros(len(texts), np.bool_)
    for pattern in _PATTERNS[EITHER if layout in (DAY_FIRST, MONTH_FIRST) else layout]:
        parts = pc.extract_regex(texts, pattern)
        if parts.null_count == len(parts):
            continue
        values, read_here = _from_parts(parts, layout, zone)
        micros[read_here & ~known] = values[read_here & ~known]
        known |= read_here
    return micros, known


def trimmed(texts: Texts) -> Texts:
    """Texts without blanks around them."""
    return pc.utf8_trim_whitespace(texts)


def _most(texts: Texts) -> tuple[str | None, float]:
    """The layout that most values have, told from each other by `read`; its share of them."""
    best, most = None, 0
    for layout in _PATTERNS:
        tried = [DAY_FIRST, MONTH_FIRST] if layout == EITHER else [layout]
        counts = [int(read(texts, one, "UTC")[1].sum()) for one in tried]
        if max(counts) > most:
            most = max(counts)
            best = layout if layout != EITHER else (day_order([texts]).layout or EITHER)
        if most == len(texts):
            break
    return best, most / len(texts)


def _read_iso(texts: Texts, zone: str) -> tuple[Ints, NDArray[np.bool_]] | None:
    """The quick way for a column in which all values have a zone, or none; None when that is not so."""
    for kind, localised in ((pa.timestamp("us", "UTC"), False), (pa.timestamp("us"), True)):
        try:
            read_all = texts.cast(kind)
        except pa.ArrowInvalid:
            continue
        known = _filled(read_all.is_valid())
        micros = _filled(pc.fill_null(read_all.cast(pa.int64()), 0))
        return (to_utc(micros, zone) if localised else micros), known
    return None


def _from_parts(parts: Any, layout: str, zone: str) -> tuple[Ints, NDArray[np.bool_]]:
    known = _filled(parts.is_valid())
    if layout in _PER_UNIT:
        times, divided = _PER_UNIT[layout]
        return _ints(parts, "s") * times // divided, known
    if layout == SECONDS:
        return _ints(parts, "s") * SECOND + _fraction(parts), known
    if layout == SERIAL:
        days = _ints(parts, "s") - 25_569
        share = _filled(pc.fill_null(pc.cast(_or(parts, "f", "0", "0."), pa.float64()), 0.0))
        return to_utc(days * DAY + np.rint(share * 86_400_000).astype(np.int64) * 1000, zone), known
    return _from_calendar(parts, layout, zone, known)


def _from_calendar(parts: Any, layout: str, zone: str, known: NDArray[np.bool_]) -> tuple[Ints, NDArray[np.bool_]]:
    first, second = {DAY_FIRST: ("a", "b"), MONTH_FIRST: ("b", "a")}.get(layout, ("d", "m"))
    day = _ints(parts, first)
    month = _months(pc.struct_field(parts, "n")) if layout == NAMED else _ints(parts, second)
    year = _years(parts)
    known = known & (month > 0) & (month < 13) & (day > 0) & (day < 32) & (year > 0)
    year, month, day = (np.where(known, values, 1) for values in (year, month, day))
    months = (year - 1970) * 12 + month - 1
    date = months.astype("M8[M]").astype("M8[D]") + (day - 1)
    known &= date.astype("M8[M]").astype(np.int64) == months
    clock, ticks = _clock(parts)
    known &= ticks
    local = date.astype(np.int64) * DAY + clock
    ahead, has_zone = _offsets(pc.struct_field(parts, "z"))
    known &= abs(ahead) < DAY
    return np.where(has_zone, local - ahead, to_utc(np.where(known, local, 0), zone)), known


def _years(parts: Any) -> Ints:
    """Years of four digits as they stand; of two digits those from 1970 to 2069."""
    texts = pc.struct_field(parts, "y")
    year = _ints(parts, "y")
    short = _filled(pc.fill_null(pc.less(pc.utf8_length(texts), 4), False))
    return np.where(short, year + np.where(year < 70, 2000, 1900), year)


def _clock(parts: Any) -> tuple[Ints, NDArray[np.bool_]]:
    """Microseconds since midnight, and which clocks can show it."""
    hours, minutes, seconds = (_ints(parts, name) for name in ("H", "M", "S"))
    fine = (hours < 24) & (minutes < 60) & (seconds < 60)
    if any(parts.type.field(at).name == "p" for at in range(parts.type.num_fields)):
        half = pc.utf8_lower(_or(parts, "p", ""))
        told, afternoon = _filled(pc.not_equal(half, "")), _filled(pc.starts_with(half, "p"))
        fine &= ~told | ((hours > 0) & (hours < 13))
        hours = np.where(told, hours % 12 + np.where(afternoon, 12, 0), hours)
    return (hours * 60 + minutes) * MINUTE + seconds * SECOND + _fraction(parts), fine


def _offsets(zones: Texts) -> tuple[Ints, NDArray[np.bool_]]:
    """How far each value is ahead of UTC in microseconds, and which have a zone at all."""
    coded = pc.fill_null(zones, "").dictionary_encode()
    each = np.array([_ahead(text) for text in coded.dictionary.to_pylist()], np.int64)
    has = np.array([bool(text) for text in coded.dictionary.to_pylist()], np.bool_)
    codes = _filled(coded.indices)
    return each[codes], has[codes]


def _ahead(text: str) -> int:
    match = re.search(r"([+-])(\d{2}):?(\d{2})?$", text)
    if not match:
        return 0
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    return (-minutes if match[1] == "-" else minutes) * MINUTE


def _months(names: Texts) -> Ints:
    coded = pc.fill_null(names, "").dictionary_encode()
    each = np.array([_MONTHS.get(name.casefold(), 0) for name in coded.dictionary.to_pylist()], np.int64)
    return np.asarray(each[_filled(coded.indices)], np.int64)


def _fraction(parts: Any) -> Ints:
    """The digits behind the second as microseconds."""
    digits = pc.utf8_slice_codeunits(pc.utf8_rpad(_or(parts, "f", "0"), 6, "0"), 0, 6)
    return _filled(pc.cast(digits, pa.int64()))


def _ints(parts: Any, name: str) -> Ints:
    """A part of the values as numbers, 0 where it is not there."""
    return _filled(pc.cast(_or(parts, name, "0"), pa.int64()))


def _or(parts: Any, name: str, instead: str, before: str = "") -> Texts:
    """A part of the values as text, `instead` where it is empty or not there, with something before it."""
    part = pc.fill_null(pc.struct_field(parts, name), "")
    part = pc.if_else(pc.equal(part, ""), instead, part)
    return pc.binary_join_element_wise(before, part, "") if before else part


def _filled(array: Any) -> NDArray[Any]:
    """An Arrow array without nulls for numpy."""
    return np.asarray(array.to_numpy(zero_copy_only=False))
