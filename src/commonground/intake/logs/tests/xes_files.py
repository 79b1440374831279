"""XES files for tests: a made log written in the plain way or in odd ways that are legal all the same."""

import random
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from commonground.events.rows import Rows
from commonground.intake.logs import xes, xes_stream
from commonground.intake.logs.kept_out import KeptOut
from commonground.intake.logs.xes import read_xes
from commonground.intake.logs.xes_part import Want
from commonground.intake.logs.xes_stream import parts
from commonground.intake.problems import BadInput

COLUMNS = ("case", "activity", "person", "unit", "product_line", "channel", "id")
Event = dict[str, str]


@dataclass(frozen=True)
class Trace:
    """told: attributes of the trace; events: attributes of each."""

    told: dict[str, str]
    events: tuple[Event, ...]


def plain(traces: list[Trace], *, encoding: str = "UTF-8") -> bytes:
    """As ProM, Disco or pm4py write it."""
    lines = [
        f'<?xml version="1.0" encoding="{encoding}" ?>',
        '<log xes.version="1.0" xmlns="http://www.xes-standard.org/">',
    ]
    lines.append('\t<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>')
    for trace in traces:
        lines.append("\t<trace>")
        lines += [f"\t\t{attribute(key, value)}" for key, value in trace.told.items()]
        for event in trace.events:
            lines.append("\t\t<event>")
            lines += [f"\t\t\t{attribute(key, value)}" for key, value in event.items()]
            lines.append("\t\t</event>")
        lines.append("\t</trace>")
    return "\n".join([*lines, "</log>", ""]).encode(encoding)


def attribute(key: str, value: str, quote: str = '"') -> str:
    blanks = {"\n": "&#10;", "\r": "&#xD;", "\t": "&#9;", quote: "&quot;" if quote == '"' else "&apos;"}
    kind = "date" if key == "time:timestamp" else "string"
    return f"<{kind} key={quote}{escape(key, blanks)}{quote} value={quote}{escape(value, blanks)}{quote}/>"


def odd(traces: list[Trace], chance: random.Random) -> bytes:
    """The same log, each tag in some legal way."""

    def gap() -> str:
        return chance.choice(
            ["", "", " ", "\r\n", "\t\t\n", "<!-- </trace> <event> -->", "<?do </trace> ?>", "<![CDATA[ \n ]]>"]
        )

    def tag(key: str, value: str) -> str:
        quote = chance.choice("\"'")
        text = attribute(key, value, quote)
        kind = text[1 : text.index(" ")]
        inside = chance.choice(
            [
                "",
                "<int key='a' value='1'/>",
                "<list key='b'><values><string key='concept:name' value='no'/></values></list>",
            ]
        )
        return chance.choice(
            [
                text,
                text.replace(" value=", "\n  value =\t"),
                text.replace("/>", " />"),
                f"{text[:-2]}>{gap()}{inside}</{kind} >",
            ]
        )

    body = ["<?xml version='1.0'?>", gap().replace("<![CDATA[ \n ]]>", ""), "<log>", gap()]
    for trace in traces:
        body += ["<trace>", gap(), *(tag(*item) for item in trace.told.items())]
        for event in trace.events:
            items = [tag(*item) for item in event.items()]
            body += [gap(), chance.choice(["<event>", "<event >", "<event id='1'>"]), *items, gap(), "</event>"]
        body += [gap(), chance.choice(["</trace>", "</trace >"]), gap(), chance.choice(["", "<trace/>"])]
    return "".join([*body, "</log>"]).encode()


def rows_of(path: Path, *, at_speed: bool = True, **asked: object) -> tuple[list[tuple[object, ...]], KeptOut]:
    """Each row as (row, time, case, activity, …), and what was kept out."""
    kept_out = KeptOut()
    found: list[tuple[object, ...]] = []
    for rows in read_xes(path, kept_out=kept_out, at_speed=at_speed, **asked):
        found += as_tuples(rows)
    return found, kept_out


def as_tuples(rows: Rows) -> list[tuple[object, ...]]:
    columns = [getattr(rows, name) for name in COLUMNS]
    lists = [column.to_pylist() if column is not None else [None] * len(rows) for column in columns]
    return list(zip(rows.row.tolist(), rows.time.tolist(), *lists, strict=True))


WANT = Want(frozenset({"concept:name", "org:resource", "time:timestamp"}), frozenset({"concept:name"}))


def read_by(path: Path, *, at_speed: bool) -> object:
    """Each event with its place, its trace's and their texts; or the sentence with which the file is refused."""
    found: list[tuple[object, ...]] = []
    try:
        for part in parts(path, path.name, WANT, at_speed=at_speed):
            traces = part.of_traces["concept:name"].to_pylist()
            texts = zip(*(part.of_events[key].to_pylist() for key in sorted(WANT.of_events)), strict=True)
            for place, (trace, told) in enumerate(zip(part.trace_of.tolist(), texts, strict=True)):
                found.append((part.first_event + place, part.first_trace + trace, traces[trace], told))
    except BadInput as refused:
        return str(refused)
    return found


@pytest.fixture
def short_stretches(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Stretches so short that small files have several, and a first look that leaves the rest to them.

    The list gets, for each stretch tried at speed, whether it was read so.
    """
    tried: list[bool] = []
    quick = xes_stream.read_plain

    def noting(*args: object, **more: object) -> object:
        part = quick(*args, **more)
        tried.append(part is not None)
        return part

    monkeypatch.setattr(xes, "AT_ONCE", 200)
    monkeypatch.setattr(xes, "LOOKED_AT", 1)
    monkeypatch.setattr(xes_stream, "FIRST_STRETCH", 150)
    monkeypatch.setattr(xes_stream, "STRETCH", 600)
    monkeypatch.setattr(xes_stream, "read_plain", noting)
    return tried
