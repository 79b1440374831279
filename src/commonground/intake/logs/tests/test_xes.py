"""What an XES file is read as: the choices that the standard leaves, encodings, and a textbook log against its CSV."""

import csv
import gzip
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from commonground.intake.logs.look import Options
from commonground.intake.logs.tests.xes_files import Trace, as_tuples, plain, rows_of
from commonground.intake.logs.xes import look_xes, read_xes

AT = "2025-03-31T10:00:00+02:00"
MICROS = 1743408000_000_000  # 2025-03-31 08:00 UTC
REAL = Path(os.environ.get("COMMONGROUND_REAL_DATA", "../shared/data")) / "running_example"
STANDARD = {"case": "case:concept:name", "activity": "concept:name", "time": "time:timestamp"}


def event(name: str = "pay", **more: str) -> dict[str, str]:
    return {
        "concept:name": name,
        "time:timestamp": AT,
        **{key.replace("__", ":"): value for key, value in more.items()},
    }


def log(tmp_path: Path, *traces: Trace, name: str = "log.xes") -> Path:
    path = tmp_path / name
    path.write_bytes(plain(list(traces)))
    return path


def raw(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "log.xes"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.real_data
def test_the_running_example_is_its_csv() -> None:
    """A textbook log (van der Aalst, Process Mining) in both forms; 6 cases, 42 events as ../shared/data/README.md says."""
    if not REAL.is_dir():
        pytest.skip(f"{REAL} is not there: name the folder of real data in COMMONGROUND_REAL_DATA")
    with (REAL / "running-example.csv").open(encoding="utf-8", newline="") as file:
        told = list(csv.DictReader(file))
    found, kept_out = rows_of(REAL / "running-example.xes")
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    assert [(row[2], row[3], row[4], epoch + timedelta(microseconds=row[1])) for row in found] == [
        (
            row["case:concept:name"],
            row["concept:name"],
            row["org:resource"],
            datetime.fromisoformat(row["time:timestamp"]),
        )
        for row in told
    ]
    assert (len(found), len({row[2] for row in found}), kept_out.rows, kept_out.warnings) == (42, 6, 0, [])


def test_a_look_tells_headers_meanings_and_samples(tmp_path: Path) -> None:
    told = {"org__resource": "Sue", "org__group": "Billing", "lifecycle__transition": "complete", "channel": "mail"}
    traces = [
        Trace({"concept:name": str(n), "product line": "Gas"}, (event(**told), event("ship", **told))) for n in range(9)
    ]
    look = look_xes(log(tmp_path, *traces))
    assert look.kind == "xes"
    assert dict(look.found) == STANDARD | {
        "person": "org:resource", "unit": "org:group", "product_line": "case:product line", "channel": "channel"
    }  # fmt: skip
    assert set(look.headers) == {*look.found.values(), "lifecycle:transition"}
    assert look.samples["concept:name"] == ("pay", "ship")
    assert look.samples["case:concept:name"] == ("0", "1", "2", "3", "4")
    assert look.open_questions == ()


def test_every_column_is_read(tmp_path: Path) -> None:
    told = {"org__resource": "Sue", "org__group": " Billing ", "identity__id": "a-1", "channel": "?"}
    found, _ = rows_of(
        log(tmp_path, Trace({"concept:name": "NA", "product line": "Gas"}, (event(**told), event("ship"))))
    )
    assert found == [
        (1, MICROS, "NA", "pay", "Sue", "Billing", "Gas", None, "a-1"),
        (2, MICROS, "NA", "ship", None, None, "Gas", None, None),
    ]


def test_texts_are_coded_once_each(tmp_path: Path) -> None:
    path = log(
        tmp_path,
        Trace({"concept:name": "1"}, (event(), event(" pay"), event("ship"))),
        Trace({"concept:name": " 1"}, (event(),)),
    )
    (rows,) = read_xes(path)
    assert rows.activity.dictionary.to_pylist() == ["pay", "ship"]
    assert rows.case.dictionary.to_pylist() == ["1"]
    assert [row[2:4] for row in as_tuples(rows)] == [("1", "pay"), ("1", "pay"), ("1", "ship"), ("1", "pay")]


def test_traces_without_a_name_are_cases_of_their_place(tmp_path: Path) -> None:
    traces = (
        Trace({}, (event(), event())),
        Trace({"concept:name": "7"}, (event(),)),
        Trace({"concept:name": "?"}, (event(),)),
    )
    found, kept_out = rows_of(log(tmp_path, *traces))
    assert [row[2] for row in found] == ["trace 1 (no name)", "trace 1 (no name)", "7", "trace 3 (no name)"]
    assert [problem.why for problem in kept_out.warnings] == ["2 traces have no name."]
    assert kept_out.rows == 0


def test_values_of_globals_are_not_given_to_events(tmp_path: Path) -> None:
    """The standard: they are what a writer fills in; files have placeholders there."""
    text = plain([Trace({"concept:name": "1"}, (event(),))]).decode()
    told = '<global scope="event"><string key="org:resource" value="resource"/></global>'
    look = look_xes(raw(tmp_path, text.replace("\t<trace>", told + "<trace>", 1)))
    assert "person" not in look.found
    assert "org:resource" not in look.headers


def test_standard_extensions_are_known_whatever_their_prefix(tmp_path: Path) -> None:
    base = "http://www.xes-standard.org/"
    path = raw(
        tmp_path,
        f"<log>"
        f'<extension name="Concept" prefix="c" uri="{base}concept.xesext"/><extension name="Time" prefix="t" uri="{base}time.xesext"/>'
        f'<extension name="Organizational" prefix="o" uri="{base}org.xesext"/>'
        f'<trace><string key="c:name" value="1"/><event>'
        f'<string key="c:name" value="pay"/><date key="t:timestamp" value="{AT}"/>'
        f'<string key="o:resource" value="Sue"/></event></trace></log>',
    )
    look = look_xes(path)
    assert dict(look.found) == {
        "case": "case:c:name",
        "activity": "c:name",
        "time": "t:timestamp",
        "person": "o:resource",
    }
    assert rows_of(path)[0] == [(1, MICROS, "1", "pay", "Sue", None, None, None, None)]


def test_start_and_complete_are_two_rows_and_said(tmp_path: Path) -> None:
    told = ("start", "COMPLETE")
    events = tuple(event(lifecycle__transition=stage, concept__instance="5") for stage in told)
    path = log(tmp_path, Trace({"concept:name": "1"}, events))
    found, kept_out = rows_of(path)
    assert [row[3] for row in found] == ["pay", "pay"]
    assert [problem.column for problem in kept_out.warnings] == ["lifecycle:transition"]
    assert "id" not in look_xes(path).found  # the two share their instance


def test_an_id_that_repeats_is_no_id(tmp_path: Path) -> None:
    twice = log(tmp_path, Trace({"concept:name": "1"}, (event(identity__id="a"), event(identity__id="a"))))
    assert "id" not in look_xes(twice).found
    once = log(tmp_path, Trace({"concept:name": "1"}, (event(identity__id="a"), event(identity__id="b"))))
    assert look_xes(once).found["id"] == "identity:id"


def test_other_columns_can_be_named(tmp_path: Path) -> None:
    path = log(
        tmp_path,
        *(Trace({"concept:name": str(n), "office": "North"}, (event(Step="a", boss="Zoë"),)) for n in range(3)),
    )
    found, _ = rows_of(
        path, mapping={**STANDARD, "activity": "step", "unit": "case:office", "person": "boss", "channel": ""}
    )
    assert found[2] == (3, MICROS, "2", "a", "Zoë", "North", None, None, None)


def test_a_header_that_first_stands_far_below_can_be_named(tmp_path: Path) -> None:
    traces = [Trace({"concept:name": str(n)}, (event(),) * 100) for n in range(50)]
    path = log(tmp_path, *traces, Trace({"concept:name": "last"}, (event(rare="here"),)))
    assert "rare" not in look_xes(path).headers
    found, _ = rows_of(path, mapping={**STANDARD, "unit": "rare"})
    assert found[-1][5] == "here"


def test_an_event_may_tell_what_its_trace_does_not(tmp_path: Path) -> None:
    """Tools that make XES from tables write `case:NAME` at each event."""
    traces = (
        Trace({}, (event(case__concept__name="9"),)),
        Trace({"concept:name": "1"}, (event(case__concept__name="8"),)),
    )
    assert [row[2] for row in rows_of(log(tmp_path, *traces))[0]] == ["9", "1"]


def test_times_without_a_zone_are_in_the_one_that_is_said(tmp_path: Path) -> None:
    told = ("2025-03-31T10:00:00", "2025-03-31T10:00:00.1234567+00:00", "2025-01-31T10:00:00Z")
    path = log(
        tmp_path, *(Trace({"concept:name": "1"}, ({"concept:name": "pay", "time:timestamp": at},)) for at in told)
    )
    found, _ = rows_of(path, options=Options(zone="Europe/Berlin"))
    assert [row[1] for row in found] == [MICROS, MICROS + 7_200_123_456, 1738317600_000_000]


def test_one_trace_of_very_many_events_is_not_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("commonground.intake.logs.xes_expat.MOST_WAITING", 100)
    monkeypatch.setattr("commonground.intake.logs.xes_stream.FIRST_STRETCH", 4000)
    monkeypatch.setattr("commonground.intake.logs.xes_stream.STRETCH", 4000)
    path = log(tmp_path, Trace({}, tuple(event(str(n)) for n in range(1000))), Trace({"concept:name": "b"}, (event(),)))
    pieces = list(read_xes(path))
    assert len(pieces) > 3
    found = [row for rows in pieces for row in as_tuples(rows)]
    assert [row[:4] for row in found] == [
        *((n + 1, MICROS, "trace 1 (no name)", str(n)) for n in range(1000)),
        (1001, MICROS, "b", "pay"),
    ]


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("UTF-8", "utf-8"),
        ("UTF-8", "utf-8-sig"),
        ("UTF-16", "utf-16"),
        ("ISO-8859-1", "latin-1"),
        ("windows-1252", "cp1252"),
    ],
)
@pytest.mark.parametrize("traces", [3, 2000])
def test_encodings(tmp_path: Path, declared: str, encoding: str, traces: int) -> None:
    """The long ones are read in several stretches, of which those in plain letters go at speed."""
    names = [f"case {n}" if 500 < n < 1900 else f"Fäll {n}" for n in range(traces)]
    text = plain([Trace({"concept:name": name}, (event(),)) for name in names]).decode().replace("UTF-8", declared)
    assert [row[2] for row in rows_of(raw(tmp_path, text, encoding))[0]] == names


def test_gzip_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "log.xes"
    path.write_bytes(gzip.compress(plain([Trace({"concept:name": "1"}, (event(),))])))
    assert len(rows_of(path)[0]) == 1


def test_prefixed_names_and_attributes_within_attributes(tmp_path: Path) -> None:
    path = raw(
        tmp_path,
        f"""<?xml version='1.0'?><x:log xmlns:x='http://www.xes-standard.org/'><x:classifier name='a' keys='b'/><x:trace>
        <x:string key='concept:name' value='1'><x:string key='concept:name' value='inner'/></x:string>
        <x:container key='c'><x:int key='concept:name' value='5'/></x:container>
        <x:event><x:string value='pay' key='concept:name'/><x:date key='time:timestamp' value='{AT}'/></x:event></x:trace></x:log>""",
    )
    assert rows_of(path)[0] == [(1, MICROS, "1", "pay", None, None, None, None, None)]
