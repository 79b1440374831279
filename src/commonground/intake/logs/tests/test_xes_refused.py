"""What is no XES is refused with a sentence that tells the line, never with a traceback, and never half read in silence."""

import gzip
import re
import tracemalloc
from pathlib import Path

import pytest

from commonground.intake.logs.kept_out import KeptOut
from commonground.intake.logs.look import Options
from commonground.intake.logs.tests.xes_files import Trace, plain, read_by, rows_of, short_stretches
from commonground.intake.logs.xes import look_xes, read_xes
from commonground.intake.problems import BadInput

__all__ = ["short_stretches"]
EVENT = (
    b'<event><string key="concept:name" value="pay"/><date key="time:timestamp" value="2025-03-31T10:00:00Z"/></event>'
)
TRACE = b'<trace><string key="concept:name" value="7"/>' + EVENT + b"</trace>"
GOOD = b"<log>\n" + b"\n".join([TRACE] * 20) + b"\n</log>"
HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'
BOMB = b'<!DOCTYPE log [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>\n'


def with_last(old: bytes, new: bytes) -> bytes:
    """The good log with one place of its last trace changed."""
    start = GOOD.rindex(b"<trace>")
    assert old in GOOD[start:]
    return GOOD[:start] + GOOD[start:].replace(old, new, 1)


REFUSED = {
    "expansion bomb": (HEAD + BOMB + GOOD.replace(b"pay", b"&b;"), "document type"),
    "bomb that is not used": (HEAD + BOMB + GOOD, "document type"),
    "external entity": (HEAD + b'<!DOCTYPE log [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + GOOD.replace(b"pay", b"&x;"), "document type"),
    "parameter entity": (HEAD + b'<!DOCTYPE log [<!ENTITY % x SYSTEM "http://x.invalid/x.dtd"> %x;]>' + GOOD, "document type"),
    "external document type": (HEAD + b'<!DOCTYPE log SYSTEM "http://x.invalid/log.dtd">' + GOOD, "document type"),
    "document type without entities": (HEAD + b"<!DOCTYPE log>" + GOOD, "document type"),
    "entity that is not defined": (with_last(b"pay", b"&nbsp;"), "entity"),
    "lone ampersand": (with_last(b"pay", b"bread & butter"), "line 21"),
    "less-than in a value": (with_last(b"pay", b"a < b"), "line 21"),
    "reference to no character": (with_last(b"pay", b"&#0;"), "reference"),
    "reference to a control": (with_last(b"pay", b"&#x1F;"), "reference"),
    "reference to half a character": (with_last(b"pay", b"&#xD800;"), "reference"),
    "control character": (with_last(b"pay", b"p\x01ay"), "line 21"),
    "null": (with_last(b"pay", b"p\x00ay"), "line 21"),
    "invalid UTF-8": (with_last(b"pay", b"p\xc3y"), "line 21"),
    "surrogate in UTF-8": (with_last(b"pay", b"p\xed\xa0\x80y"), "line 21"),
    "no character in UTF-8": (with_last(b"pay", b"p\xef\xbf\xbey"), "line 21"),
    "letters of another encoding": (HEAD + with_last(b"pay", b"Pr\xfcfung"), "line 22"),
    "unknown encoding": (b'<?xml version="1.0" encoding="Klingon"?>' + GOOD, "encoding"),
    "UTF-16 said, UTF-8 given": (b'<?xml version="1.0" encoding="UTF-16"?>' + GOOD, "encoding"),
    "log not closed": (GOOD.removesuffix(b"</log>"), "cut off"),
    "cut within a tag": (GOOD[:-30], "line 21"),
    "cut within a value": (GOOD[: GOOD.rindex(b"pay") + 1], "line 21"),
    "event not closed": (with_last(b"</event>", b""), "line 21"),
    "event closed twice": (with_last(b"</event>", b"</event></event>"), "line 21"),
    "wrong nesting": (with_last(b"</event></trace>", b"</trace></event>"), "closing tag"),
    "attribute closed as another": (with_last(b'"pay"/>', b'"pay"></int>'), "closing tag"),
    "told twice in a tag": (with_last(b'value="pay"', b'value="pay" value="pay"'), "twice"),
    "key told twice in a tag": (with_last(b'value="pay"', b'value="pay" key="a"'), "twice"),
    "no quotes": (with_last(b'value="pay"', b"value=pay"), "line 21"),
    "no blank between": (with_last(b'" value="pay"', b'"value="pay"'), "line 21"),
    "no key": (with_last(b'key="concept:name" ', b""), "no key"),
    "text between events": (with_last(b"</event>", b"</event>hello"), "hello"),
    "text in CDATA": (with_last(b"</event>", b"</event><![CDATA[hello]]>"), "hello"),
    "no-break space between events": (with_last(b"</event>", "</event>\u00a0".encode()), "text"),
    "text behind the log": (GOOD + b"hello", "line 22"),
    "two roots": (GOOD + GOOD, "behind the end"),
    "event outside a trace": (GOOD.replace(b"</log>", EVENT + b"</log>"), "<event> stands in the log"),
    "trace in a trace": (with_last(b"<trace>", b"<trace><trace></trace>"), "<trace> stands in the trace"),
    "event in an event": (with_last(b"</event>", b"<event></event></event>"), "<event> stands in the event"),
    "trace in an attribute": (with_last(b'"pay"/>', b'"pay"><trace/></string>'), "<trace> stands in the attribute"),
    "unknown element": (with_last(b"</event>", b"<colour/></event>"), "<colour> stands in the event"),
    "element of another namespace": (with_last(b"</event>", b'<x:y xmlns:x="urn:x"/></event>'), "stands in the event"),
    "prefix that is not declared": (with_last(b"</event>", b"<x:y/></event>"), "line 21"),
    "comment not closed": (with_last(b"</event>", b"</event><!-- "), "line"),
    "two hyphens in a comment": (with_last(b"</event>", b"</event><!-- a -- b -->"), "line 21"),
    "declaration further below": (with_last(b"<trace>", b'<?xml version="1.0"?><trace>'), "line 21"),
    "nested too deep": (with_last(b"</event>", b'<list key="a">' * 200 + b"</list>" * 200 + b"</event>"), "deep"),
    "XML of another kind": (b"<html><body/></html>", "no event log"),
    "only a declaration": (HEAD, "XES"),
    "no XML": (b"case,activity,time\n1,pay,2025-03-31\n", "XES"),
    "nothing": (b"", "XES"),
    "no events": (b"<log><trace/></log>", "no events"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused(tmp_path: Path, short_stretches: list[bool], name: str) -> None:
    data, word = REFUSED[name]
    path = tmp_path / "broken.xes"
    path.write_bytes(data)
    told = set()
    for at_speed in (True, False):
        with pytest.raises(BadInput) as refused:
            list(read_xes(path, at_speed=at_speed))
        told.add(str(refused.value))
    assert len(told) == 1
    sentence = told.pop()
    assert sentence.startswith("broken.xes ")
    assert word in sentence
    assert re.search(r"\. .*\.$", sentence), sentence


@pytest.mark.parametrize(
    ("length", "why"), [(1_100_000, "longer than 1,000,000 characters"), (18 << 20, "longer than 16 MB")]
)
def test_a_text_without_an_end_is_not_held(tmp_path: Path, length: int, why: str) -> None:
    path = tmp_path / "broken.xes"
    path.write_bytes(with_last(b"pay", b"x" * length))
    with pytest.raises(BadInput, match=why):
        list(read_xes(path))


def test_the_good_log_is_read(tmp_path: Path, short_stretches: list[bool]) -> None:
    path = tmp_path / "good.xes"
    path.write_bytes(GOOD)
    assert len(rows_of(path)[0]) == 20
    assert True in short_stretches


@pytest.mark.parametrize("damage", ["cut", "changed", "trailing"])
def test_damaged_gzip_is_refused(tmp_path: Path, damage: str) -> None:
    events = [{"concept:name": str(n), "time:timestamp": f"2025-03-31T10:00:{n % 60:02}Z"} for n in range(9000)]
    packed = gzip.compress(plain([Trace({}, (event,)) for event in events]))
    damaged = {
        "cut": packed[:-20],
        "changed": packed[:5000] + bytes(40) + packed[5040:],
        "trailing": packed + b"rubbish",
    }[damage]
    path = tmp_path / "broken.xes.gz"
    path.write_bytes(damaged)
    with pytest.raises(BadInput, match=r"broken\.xes\.gz (cannot be|is a gzip file)"):
        list(read_xes(path))


def test_a_small_file_that_unpacks_to_very_much_is_not_held(tmp_path: Path) -> None:
    """40 MB of blanks in 40 kB: they pass through and are refused at the end."""
    path = tmp_path / "blanks.xes.gz"
    with gzip.open(path, "wb") as file:
        file.write(b"<log>")
        for _ in range(40):
            file.write(b" " * 1_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(BadInput, match="cut off"):
            look_xes(path)
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be opened"):
        look_xes(tmp_path / "none.xes")


def test_events_that_cannot_be_read_are_kept_out_and_told(tmp_path: Path) -> None:
    """By number in the file, as the first is 1."""
    events = (
        {"concept:name": "pay", "time:timestamp": "2025-03-31T10:00:00Z"},
        {"concept:name": "pay", "time:timestamp": "yesterday"},
        {"concept:name": "pay"},
        {"time:timestamp": "2025-03-31T10:00:00Z"},
        {"concept:name": "?", "time:timestamp": "2025-03-31T10:00:00Z"},
        {"concept:name": "pay", "time:timestamp": "2025-02-30T10:00:00Z"},
        {"concept:name": "ship", "time:timestamp": "2025-03-31T10:00:00Z"},
    )
    path = tmp_path / "log.xes"
    path.write_bytes(plain([Trace({"concept:name": "1"}, events)]))
    found, kept_out = rows_of(path)
    assert [(row[0], row[3]) for row in found] == [(1, "pay"), (7, "ship")]
    assert kept_out.rows == 5
    assert [(problem.row, problem.column, problem.value) for problem in kept_out.problems] == [
        (2, "time:timestamp", "yesterday"),
        (3, "time:timestamp", None),
        (4, "concept:name", None),
        (5, "concept:name", None),
        (6, "time:timestamp", "2025-02-30T10:00:00Z"),
    ]
    with pytest.raises(BadInput, match=r"row 2, column time:timestamp: “yesterday” is no time"):
        list(read_xes(path))


def test_times_that_may_be_read_in_two_ways_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "log.xes"
    path.write_bytes(
        plain([Trace({"concept:name": "1"}, ({"concept:name": "pay", "time:timestamp": "03/04/2025 10:00"},))])
    )
    assert look_xes(path).open_questions == ("day_order",)
    with pytest.raises(BadInput, match="day or their month first"):
        list(read_xes(path))
    assert [row[1] for row in rows_of(path, options=Options(day_first=True))[0]] == [1743674400_000_000]  # 3 April 2025


def test_a_header_that_is_nowhere_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "good.xes"
    path.write_bytes(GOOD)
    asked = {"case": "case:concept:name", "activity": "concept:name", "time": "time:timestamp", "unit": "org:grp"}
    with pytest.raises(BadInput, match="org:grp"):
        list(read_xes(path, mapping=asked, kept_out=KeptOut()))


def test_nothing_but_one_sentence_is_told_of_what_a_file_asks_to_open(
    tmp_path: Path, short_stretches: list[bool]
) -> None:
    """No file that an entity names is opened: its words are nowhere."""
    secret, path = tmp_path / "secret.txt", tmp_path / "asks.xes"
    secret.write_text("the secret")
    path.write_bytes(
        b'<!DOCTYPE log [<!ENTITY x SYSTEM "' + str(secret).encode() + b'">]>' + GOOD.replace(b"pay", b"&x;")
    )
    assert "secret" not in str(read_by(path, at_speed=True))


def test_what_a_trace_of_very_many_events_tells_below_them_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Below fewer events it holds for them all."""
    named = b'<string key="concept:name" value="7"/>'
    path = tmp_path / "below.xes"
    path.write_bytes(b"<log><trace>" + EVENT * 300 + named + b"</trace></log>")
    assert {row[2] for row in rows_of(path)[0]} == {"7"}
    monkeypatch.setattr("commonground.intake.logs.xes_expat.MOST_WAITING", 100)
    monkeypatch.setattr("commonground.intake.logs.xes_stream.FIRST_STRETCH", 4000)
    monkeypatch.setattr("commonground.intake.logs.xes_stream.STRETCH", 4000)
    with pytest.raises(BadInput, match="tells its concept:name below"):
        list(read_xes(path))
