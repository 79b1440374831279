"""Times are what `datetime` and `zoneinfo` say they are, in every layout, and never guessed for a single value."""

# ruff: noqa: DTZ001 - local times without a zone are what is read

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.intake.logs import times, zones
from commonground.intake.problems import BadInput

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
WHENS = st.datetimes(datetime(1971, 1, 1), datetime(2069, 12, 31))


def micros(when: datetime) -> int:
    return (when - EPOCH) // timedelta(microseconds=1)


def one(text: str, layout: str | None = None, zone: str = "UTC") -> datetime | None:
    values, known = times.read(pa.array([text]), layout or times.layout_of([text]) or times.YEAR_FIRST, zone)
    return EPOCH + timedelta(microseconds=int(values[0])) if known[0] else None


SAME = datetime(2025, 3, 31, 14, 30, 5, 120_000, tzinfo=UTC)
TO_THE_MINUTE = SAME.replace(second=0, microsecond=0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-03-31T14:30:05.12Z", SAME),
        ("2025-03-31 15:30:05.120000+01:00", SAME),
        ("2025-03-31T16:30:05,120999999+0200", SAME + timedelta(microseconds=999)),
        ("2025-03-31 14:30", TO_THE_MINUTE),
        ("2025/3/31 2:30 PM", TO_THE_MINUTE),
        ("2025-03-31", TO_THE_MINUTE.replace(hour=0, minute=0)),
        ("2025-03-31T16:30:05.12+02:00[Europe/Berlin]", SAME),
        ("20250331T143000", TO_THE_MINUTE),
        ("20250331143000", TO_THE_MINUTE),
        ("31.03.2025 14:30", TO_THE_MINUTE),
        ("31.3.25, 14:30 Uhr", TO_THE_MINUTE),
        ("31/03/2025 14h30", TO_THE_MINUTE),
        ("03/31/2025 2:30 p.m.", TO_THE_MINUTE),
        ("3-31-25 02:30pm", TO_THE_MINUTE),
        ("Mon, 31 Mar 2025 14:30:00 GMT", TO_THE_MINUTE),
        ("31. März 2025 14:30", TO_THE_MINUTE),
        ("March 31st, 2025 2:30 PM", TO_THE_MINUTE),
        ("1743431400", TO_THE_MINUTE),
        ("1743431405.12", SAME),
        ("1743431405120", SAME),
        ("1743431405120000", SAME),
        ("1743431405120000000", SAME),
        ("45747.604166666664", TO_THE_MINUTE),
        ("12/31/2025 12:00 AM", datetime(2025, 12, 31, tzinfo=UTC)),
        ("12/31/2025 12:00 PM", datetime(2025, 12, 31, 12, tzinfo=UTC)),
    ],
)
def test_layouts_that_tools_write(text: str, expected: datetime) -> None:
    assert one(f" {text} ") == expected


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2025-02-30", "2025-13-01", "31.02.2025", "2025-03-31 25:00", "2025-03-31 14:61", "12", "1.5",
             "2025-03-31 14:30 PM", "0000-00-00 00:00:00", "2025-03-31x", "x2025-03-31", "99999999999999999999"],
)  # fmt: skip
def test_what_is_no_time(text: str) -> None:
    assert times.layout_of([text]) is None


LAYOUTS: list[tuple[str, str, Callable[[datetime], datetime]]] = [
    ("%Y-%m-%dT%H:%M:%S.%f", times.YEAR_FIRST, lambda when: when),
    ("%Y-%m-%d %H:%M:%S", times.YEAR_FIRST, lambda when: when.replace(microsecond=0)),
    ("%d.%m.%Y %H:%M", times.DAY_FIRST, lambda when: when.replace(second=0, microsecond=0)),
    ("%d/%m/%y %H:%M:%S", times.DAY_FIRST, lambda when: when.replace(microsecond=0)),
    ("%m/%d/%Y %I:%M %p", times.MONTH_FIRST, lambda when: when.replace(second=0, microsecond=0)),
    ("%m-%d-%Y", times.MONTH_FIRST, lambda when: datetime(when.year, when.month, when.day)),
    ("%d %B %Y %H:%M:%S", times.NAMED, lambda when: when.replace(microsecond=0)),
    ("%a %b %d, %Y %H:%M", times.NAMED, lambda when: when.replace(second=0, microsecond=0)),
    ("%Y%m%d%H%M%S", times.RUN_TOGETHER, lambda when: when.replace(microsecond=0)),
]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(WHENS, min_size=1, max_size=30),
    st.sampled_from(LAYOUTS),
    st.sampled_from(["UTC", "Europe/Berlin", "America/St_Johns"]),
)
def test_a_column_reads_back_as_strptime_would(
    whens: list[datetime], how: tuple[str, str, Callable[[datetime], datetime]], zone: str
) -> None:
    written, layout, kept = how
    texts = [when.strftime(written) for when in whens]
    read, known = times.read(pa.array(texts), layout, zone)
    assert known.all()
    assert read.tolist() == [micros(kept(when).replace(tzinfo=ZoneInfo(zone))) for when in whens]
    assert times.layout_of(texts) in {layout, times.EITHER}


def test_quick_and_thorough_reading_of_iso_agree() -> None:
    texts = ["2025-03-31T14:30:05.12Z", "2025-03-31 16:30:05+02:00", "2025-07-01 00:00:00.000001-03:30"]
    quick, _ = times.read(pa.array(texts), times.YEAR_FIRST, "UTC")
    thorough, known = times.read(pa.array([*texts, "2025-01-01", "nonsense"]), times.YEAR_FIRST, "UTC")
    assert quick.tolist() == thorough[:3].tolist()
    assert known.tolist() == [True, True, True, True, False]


@pytest.mark.parametrize(
    ("texts", "layout"),
    [
        (["01/02/2025", "03/04/2025"], None),
        (["01/02/2025", "13/04/2025"], times.DAY_FIRST),
        (["01/02/2025", "04/13/2025"], times.MONTH_FIRST),
        (["13/04/2025", "04/13/2025"], None),
        (["01.02.2025", "03.04.2025"], times.DAY_FIRST),
        (["02/02/2025", "03/03/2025"], times.DAY_FIRST),
        (["01/02/2025", "99/99/2025"], None),
    ],
)
def test_the_whole_column_tells_days_from_months(texts: list[str], layout: str | None) -> None:
    assert times.day_order(pa.array([text]) for text in texts).layout == layout


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.datetimes(datetime(1975, 1, 1), datetime(2035, 1, 1)), min_size=1, max_size=40),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca", "Pacific/Apia"]),
)  # fmt: skip
def test_local_clocks_are_those_of_zoneinfo(whens: list[datetime], zone: str) -> None:
    local = np.array([micros(when.replace(tzinfo=UTC)) for when in whens], np.int64)
    assert zones.to_utc(local, zone).tolist() == [micros(when.replace(tzinfo=ZoneInfo(zone))) for when in whens]


def test_local_clocks_on_the_days_they_turn() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    whens = [
        datetime(*day, hour, minute)
        for day in ((2025, 3, 30), (2025, 10, 26))
        for hour in range(24)
        for minute in (0, 30, 59)
    ]
    local = np.array([micros(when.replace(tzinfo=UTC)) for when in whens], np.int64)
    assert zones.to_utc(local, "Europe/Berlin").tolist() == [micros(when.replace(tzinfo=berlin)) for when in whens]


def test_a_zone_that_is_none() -> None:
    with pytest.raises(BadInput, match="“Mars/Olympus” is no time zone"):
        zones.zone_of("Mars/Olympus")


def test_days_alone_begin_at_midnight_of_the_zone() -> None:
    assert one(date(2025, 7, 1).isoformat(), zone="Europe/Berlin") == datetime(2025, 6, 30, 22, tzinfo=UTC)
