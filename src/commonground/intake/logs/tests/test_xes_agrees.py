"""The quick reader and expat give one answer, and it is what was written: for made logs, for broken ones, and as pm4py reads them."""

import gzip
import random
import string
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from time import monotonic

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonground.intake.logs.tests.xes_files import Trace, odd, plain, read_by, rows_of, short_stretches

__all__ = ["short_stretches"]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NASTY = st.text(
    st.one_of(
        st.sampled_from("<>&\"'\t\n\r ;#\u00a0\ufeffäé€😀\u2028\x7f\x85"),
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
    ),
    max_size=12,
)
WORDS = NASTY.map(lambda text: f"w{text}w")  # blanks around a text go, and what stands for missing is missing
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
EVENTS = st.fixed_dictionaries(
    {"concept:name": WORDS, "time:timestamp": MOMENTS.map(datetime.isoformat)},
    optional={"org:resource": WORDS, "org:group": WORDS, "channel": WORDS, "note": NASTY},
)
TRACES = st.builds(
    Trace,
    st.fixed_dictionaries({"concept:name": WORDS}, optional={"product line": WORDS}),
    st.lists(EVENTS, max_size=4).map(tuple),
)
LOGS = st.lists(TRACES, min_size=1, max_size=8).filter(lambda traces: any(trace.events for trace in traces))
MAPPING = {
    "case": "case:concept:name",
    "activity": "concept:name",
    "time": "time:timestamp",
    "person": "org:resource",
    "unit": "org:group",
    "channel": "channel",
    "product_line": "case:product line",
}
ANY = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def written(traces: list[Trace]) -> list[tuple[object, ...]]:
    """The rows that a log must give, worked out from what it was made of."""
    rows: list[tuple[object, ...]] = []
    for trace in traces:
        for event in trace.events:
            micros = (datetime.fromisoformat(event["time:timestamp"]) - EPOCH) // timedelta(microseconds=1)
            told = (
                trace.told["concept:name"],
                event["concept:name"],
                event.get("org:resource"),
                event.get("org:group"),
            )
            rows.append((len(rows) + 1, micros, *told, trace.told.get("product line"), event.get("channel"), None))
    return rows


def wholly(traces: list[Trace]) -> dict[str, str]:
    """The mapping, without columns that no row has: a header that is nowhere is refused."""
    keys = {key for trace in traces for event in trace.events for key in event}
    keys |= {f"case:{key}" for trace in traces if trace.events for key in trace.told}
    return {column: header for column, header in MAPPING.items() if header in keys}


@ANY
@given(LOGS, st.booleans())
def test_a_log_reads_as_it_was_written(
    tmp_path: Path, short_stretches: list[bool], traces: list[Trace], packed: bool
) -> None:
    path = tmp_path / "made.xes"
    path.write_bytes(gzip.compress(plain(traces)) if packed else plain(traces))
    for at_speed in (True, False):
        assert rows_of(path, at_speed=at_speed, mapping=wholly(traces))[0] == written(traces)


@ANY
@given(LOGS, st.randoms(use_true_random=False))
def test_odd_ways_to_write_it_read_the_same(
    tmp_path: Path, short_stretches: list[bool], traces: list[Trace], chance: random.Random
) -> None:
    path = tmp_path / "odd.xes"
    path.write_bytes(odd(traces, chance))
    for at_speed in (True, False):
        assert rows_of(path, at_speed=at_speed, mapping=wholly(traces))[0] == written(traces)


def made(traces: int = 40, seed: int = 3) -> list[Trace]:
    """A small log like those that tools write."""
    chance = random.Random(seed)
    log = []
    at = datetime(2025, 1, 6, 8, tzinfo=UTC)
    for number in range(traces):
        events = []
        for _ in range(chance.randrange(1, 5)):
            at += timedelta(seconds=chance.randrange(1, 90_000))
            events.append(
                {
                    "concept:name": chance.choice(["register", "check & decide", "pay <out>", "Prüfung"]),
                    "org:resource": chance.choice(["Sue", "Mike", "Zoë", ""]),
                    "time:timestamp": at.isoformat(timespec="milliseconds"),
                }
            )
        log.append(Trace({"concept:name": f"case {number}"}, tuple(events)))
    return log


def test_plain_logs_are_read_at_speed(tmp_path: Path, short_stretches: list[bool]) -> None:
    path = tmp_path / "plain.xes"
    path.write_bytes(plain(made()))
    rows_of(path)
    assert len(short_stretches) > 5
    assert all(short_stretches)


def test_a_plain_log_goes_on_at_speed_behind_an_odd_place(tmp_path: Path, short_stretches: list[bool]) -> None:
    data = (
        plain(made())
        .replace(b'value="case 7"', b"value='case 7'")
        .replace(b'value="case 20"/>', b'value="case 20"/><!-- </trace> -->')
    )
    path = tmp_path / "plain.xes"
    path.write_bytes(data)
    assert read_by(path, at_speed=True) == read_by(path, at_speed=False)
    assert {True, False} == set(short_stretches)
    assert short_stretches[-1]


def test_pm4py_reads_the_same(tmp_path: Path, short_stretches: list[bool], recwarn: pytest.WarningsRecorder) -> None:
    """pm4py 2.7, iterparse."""
    pm4py = import_module("pm4py")

    path = tmp_path / "made.xes"
    path.write_bytes(plain(made()))
    frame = pm4py.read_xes(str(path), variant="iterparse")
    times = [moment.to_pydatetime() for moment in frame["time:timestamp"]]
    theirs = list(zip(times, frame["case:concept:name"], frame["concept:name"], frame["org:resource"], strict=True))
    ours = [(EPOCH + timedelta(microseconds=row[1]), row[2], row[3], row[4] or "") for row in rows_of(path)[0]]
    assert ours == theirs


PIECES = [
    *(bytes([byte]) for byte in range(0, 256, 9)),
    *(letter.encode() for letter in string.printable),
    b"<", b">", b"&", b'"', b"/", b" ", b"=",
    b"</trace>", b"<trace>", b"</event>", b"<event>", b"</log>", b"<log>", b"&amp;", b"&#0;", b"&#10;", b"&#xD800;", b"<!--", b"-->",
    b"<![CDATA[", b"]]>", b"<?x ?>", b'"/>', b"''", b'""', b"\xef\xbf\xbe", b"\xed\xa0\x80", b"\xc3", b"\xf4\x90\x80\x80", b"&lt;", b"&x;",
    b'<string key="concept:name" value="x"/>', b"<string key='a'/>", b"<!DOCTYPE a>", b"<values>", b'<list key="a"></list>', b"\r\n",
    b"<a:b/>", b"</string>", b'<date key="time:timestamp" value="2025-01-01"/>', b"<trace/>", b"\x00", b"<event/>", b'xmlns="a"',
]  # fmt: skip


def broken(data: bytes, chance: random.Random) -> bytes:
    """The file with a few places or lines changed."""
    if not chance.randrange(3):
        lines = data.splitlines(keepends=True)
        for _ in range(chance.choice([1, 1, 2, 3])):
            one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
            lines[one : one + chance.randrange(3)] = lines[other : other + chance.randrange(3)]
        return b"".join(lines)
    for _ in range(chance.choice([1, 1, 1, 2, 4])):
        at, length = chance.randrange(len(data)), chance.choice([0, 0, 1, 1, 2, 8, 40])
        kind = chance.randrange(6)
        piece = (
            chance.choice(PIECES)
            if kind < 4
            else b""
            if kind == 4
            else data[(start := chance.randrange(len(data))) : start + 90]
        )
        data = data[:at] + piece + data[at + length :]
    return data if chance.randrange(20) else data[: chance.randrange(len(data))]


def test_broken_files_get_one_answer_from_both(tmp_path: Path, short_stretches: list[bool]) -> None:
    """Bytes of a good file are changed for some seconds: never anything but rows, problems or a sentence, and the same from both."""
    chance = random.Random(20260914)
    good, path = plain(made(12)), tmp_path / "broken.xes"
    ends = monotonic() + 8
    refused = tried = 0
    while monotonic() < ends or tried < 300:
        data = broken(good, chance)
        path.write_bytes(data)
        quickly, slowly = read_by(path, at_speed=True), read_by(path, at_speed=False)
        assert quickly == slowly, data
        tried += 1
        refused += isinstance(quickly, str)
    assert tried / 10 < refused < tried * 9 / 10
    assert {True, False} == set(short_stretches)
