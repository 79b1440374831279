"""Logs in any dialect read back as they were written; what is broken is told in a sentence or kept out, and never a traceback."""

# ruff: noqa: DTZ001 - local times without a zone are what is read

import csv
import gzip
import io
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonground.events.rows import Rows
from commonground.intake.logs import opening, text
from commonground.intake.logs.reading import KeptOut, Options, look, read_log
from commonground.intake.problems import BadInput

HEAD = "case;activity;person;time\n"
BODY = "1;a;Bob;2020-01-01 10:00\n1;b;Ann;2020-01-01 11:00\n"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def told(pieces: Sequence[Rows], column: str) -> list[Any]:
    return [value for piece in pieces for value in getattr(piece, column).to_pylist()]


def whens(pieces: Sequence[Rows]) -> list[datetime]:
    return [EPOCH + timedelta(microseconds=int(one)) for piece in pieces for one in piece.time]


def rows(pieces: Sequence[Rows]) -> list[int]:
    return [int(one) for piece in pieces for one in piece.row]


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def written(content: str | bytes, name: str = "log.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return written


Write = Callable[..., Path]

LETTERS = st.characters(codec="utf-8", categories=("L", "N", "P", "S"), exclude_characters="\ufffd")
VALUES = st.text(st.one_of(LETTERS, st.sampled_from(' ;,|\t"\n')), min_size=1, max_size=12).filter(
    lambda value: value.strip() not in {"", "?", "EMPTY"}
)
MAYBE = st.one_of(VALUES, st.sampled_from(["", "?", " EMPTY "]))
TIMES = st.datetimes(datetime(1999, 1, 1), datetime(2030, 1, 1)).map(lambda when: when.replace(second=0, microsecond=0))
ROWS = st.lists(st.tuples(VALUES, VALUES, MAYBE, MAYBE, TIMES), min_size=1, max_size=25)
LAYOUTS = {"%Y-%m-%d %H:%M": None, "%d.%m.%Y %H:%M": None, "%d/%m/%Y %H:%M": True, "%m/%d/%Y %I:%M %p": False}
DIALECTS = st.fixed_dictionaries(
    {
        "delimiter": st.sampled_from(",;\t|"),
        "quoting": st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
        "lineterminator": st.sampled_from(["\n", "\r\n"]),
    }
)


def refusal(path: Path, kept_out: KeptOut | None) -> str | None:
    """The sentence with which a file is refused; None when it is read."""
    try:
        look(path)
        for piece in read_log(path, kept_out=kept_out):
            assert piece.case.null_count == piece.activity.null_count == 0
            assert len(piece.case) == len(piece.activity) == len(piece.row) == len(piece)
    except BadInput as error:
        return str(error)
    return None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    made=ROWS,
    dialect=DIALECTS,
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
    layout=st.sampled_from(list(LAYOUTS)),
    order=st.permutations([0, 1, 2, 3, 4]),
    packed=st.booleans(),
)
def test_any_dialect_reads_back(
    made: list[Any], dialect: dict[str, Any], encoding: str, layout: str, order: list[int], packed: bool, write: Write
) -> None:
    headers = ["Case ID", "Activity", "Resource", "Department", "Timestamp"]
    out = io.StringIO()
    writer = csv.writer(out, **dialect)
    writer.writerow([headers[at] for at in order])
    for row in made:
        cells = [*row[:4], row[4].strftime(layout)]
        writer.writerow([cells[at] for at in order])
    content = out.getvalue().encode(encoding)
    path = write(gzip.compress(content) if packed else content)
    pieces = list(read_log(path, options=Options(day_first=LAYOUTS[layout])))
    assert told(pieces, "case") == [row[0].strip() for row in made]
    assert told(pieces, "activity") == [row[1].strip() for row in made]
    for place, column in ((2, "person"), (3, "unit")):
        expected = [None if row[place].strip() in {"", "?", "EMPTY"} else row[place].strip() for row in made]
        assert told(pieces, column) == expected
    assert whens(pieces) == [row[4].replace(tzinfo=UTC) for row in made]
    assert rows(pieces) == list(range(2, len(made) + 2))


BROKEN = [
    ("", "is empty"),
    ("\n \n\n", "is empty"),
    (HEAD, "has headers and no rows below them"),
    (BODY, "The first row looks like data"),
    ("a;b;c\n1;2;3\n", r"does not show .* “a”, “b”, “c”.*--case HEADER and --activity HEADER and --time HEADER"),
    ("case\n1\n", "has 1 column"),
    (HEAD + BODY + "1;c;Bob;yesterday\n", "row 4, column time: “yesterday” is not a time"),
    (HEAD + BODY + "\n\n" + "1;c;Bob;2020-02-30\n", "row 6, column time: “2020-02-30” is not a time"),
    (HEAD + BODY + ";c;Bob;2020-01-01\n", "row 4, column case: The row has no case."),
    (HEAD + BODY + "1; ? ;Bob;2020-01-01\n", "row 4, column activity: The row has no activity, only “[?]”"),
    (HEAD + BODY + "1;c;Bob\n", "row 4: The row has 3 cells where the headers are 4"),
    (HEAD + "1;c;Bob;2020-01-01;x;y\n" + BODY, "row 2: The row has 6 cells where the headers are 4"),
    (HEAD + BODY + '1;"c;Bob;2020-01-01\n' + BODY, "a quotation mark in row 4 that is never closed"),
    (HEAD + BODY + '1;c;Bob;"2020-01-01\n' + BODY, "a quotation mark in row 4|row 4, column time"),
    ("case;activity;time;note\n1;a;2020-01-01;x\n1;b;2020-01-01;\"y\n1;c;2020-01-01;z\n", "a quotation mark in row 3"),
    (HEAD + "1;a;B;03/04/2020\n1;b;C;05/06/2020\n", "does not tell whether its days or its months.*--day-first or --month-first"),
    (HEAD + "1;a;B;13/04/2020\n1;b;C;04/13/2020\n", "holds days first and months first"),
    (HEAD + "1;a;B;soon\n1;b;C;later\n", "the column time does not hold times in a layout that is known, such as “soon”"),
    (gzip.compress((HEAD + BODY * 900).encode())[:-40], "is a gzip file that is cut off or broken"),
    (gzip.compress(gzip.compress(b"abc", mtime=0), mtime=0), "is packed twice"),
    (b"PK\x03\x04" + b"x" * 99, "is a workbook or a ZIP archive. Save the log as CSV, Parquet or XES"),
    (b"%PDF-1.7 ...", "is a PDF document, not a table. Save the log as CSV, Parquet or XES"),
    (bytes(range(256)) * 40, "holds no readable text"),
    ('{"events": []}', "is a JSON document"),
    (b"PAR1" + b"x" * 99 + b"PAR1", "is a Parquet file that is cut off or broken"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "sentence"), BROKEN)
def test_what_cannot_be_read_is_told_in_a_sentence(content: str | bytes, sentence: str, write: Write) -> None:
    with pytest.raises(BadInput, match=f"(?s)^log.csv.*({sentence})"):
        list(read_log(write(content)))


def test_what_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"missing\.csv cannot be opened"):
        look(tmp_path / "missing.csv")
    with pytest.raises(BadInput, match="is a folder"):
        look(tmp_path)


def test_broken_rows_are_kept_out_and_counted(write: Write, tmp_path: Path) -> None:
    bad = ";x;y;2020-01-01\n1;;y;2020-01-01\n1;x;=y;=never\n1;x\n"
    kept_out = KeptOut(keep=6)
    pieces = list(read_log(write(HEAD + BODY + bad * 3 + ";;;\n\n" + BODY), kept_out=kept_out))
    assert rows(pieces) == [2, 3, 18, 19]
    assert (kept_out.rows, len(kept_out.problems)) == (12, 6)
    assert kept_out.columns == {"case": 3, "activity": 3, "time": 3, "": 3}
    kept_out.write(tmp_path / "problems.csv")
    lines = list(csv.DictReader((tmp_path / "problems.csv").read_text("utf-8-sig").splitlines()))
    assert len(lines) == 6
    assert all(not (line["value"] or "").startswith("=") for line in lines)


def test_rows_keep_their_numbers_across_blocks(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "BLOCK", 400)
    lines = [
        "1;a\n" if at % 7 == 3 else "\n" if at % 11 == 5 else f"c{at};a;Bob;2020-01-01 10:00\n" for at in range(600)
    ]
    kept_out = KeptOut()
    pieces = list(read_log(write(HEAD + "".join(lines)), kept_out=kept_out))
    assert len(pieces) > 10
    assert [f"c{row - 2}" for row in rows(pieces)] == told(pieces, "case")
    assert [problem.row for problem in kept_out.problems] == [at + 2 for at in range(600) if at % 7 == 3]


FAR_OFF = ["0001-01-01", "9999-12-31T23:59:59-12:00", "9999-12-31"]


@pytest.mark.parametrize("kind", ["csv", "parquet", "xes"])
def test_days_that_stand_for_none_are_kept_out(kind: str, tmp_path: Path) -> None:
    """What systems write for “not yet” or “never”: no calendar of any zone goes on from there."""
    dates = [*FAR_OFF, "2025-03-31T14:30:00"]
    path, zone = tmp_path / f"log.{kind}", Options(zone="Europe/Berlin")
    if kind == "csv":
        path.write_text("case,activity,time\n" + "".join(f"1,called,{when}\n" for when in dates))
    elif kind == "parquet":
        micros = [-62_135_596_800_000_000, 253_402_343_999_000_000, None, 1_743_431_400_000_000]
        whole = {"case": ["1"] * 4, "activity": ["called"] * 4, "time": pa.array(micros, pa.timestamp("us"))}
        pq.write_table(pa.table(whole), path)
    else:
        events = "".join(
            f'<event><string key="concept:name" value="called"/><date key="time:timestamp" value="{when}"/></event>'
            for when in dates
        )
        path.write_text(f'<log><trace><string key="concept:name" value="1"/>{events}</trace></log>')
    kept_out = KeptOut()
    assert whens(list(read_log(path, options=zone, kept_out=kept_out))) == [datetime(2025, 3, 31, 12, 30, tzinfo=UTC)]
    assert kept_out.rows == 3
    assert "2 " in kept_out.problems[0].why
    assert "9998" in kept_out.problems[0].why


def test_whoever_leaves_a_long_log_early_leaves_nobody_reading_it(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Arrow reads ahead on a thread of its own: one that still did when Python ended hung it, or aborted it, instead of exit code 2."""
    monkeypatch.setattr(text, "BLOCK", 4096)
    path = write("case,activity,time\n1,called,soon\n" + "1,called,2025-03-31 14:30\n" * 40_000)
    inside = set[object]()
    read = opening.Prefixed.read

    def slowly(stream: opening.Prefixed, size: int = -1) -> bytes:
        inside.add(token := object())
        time.sleep(0.2)
        part = read(stream, size)
        inside.discard(token)
        return part

    monkeypatch.setattr(opening.Prefixed, "read", slowly)
    with pytest.raises(BadInput, match="row 2"):
        list(read_log(path, kept_out=KeptOut(strict=True)))
    assert not inside


def test_a_case_may_be_called_na_or_null(write: Write) -> None:
    names = ["NA", "null", "nan", "None", "#N/A", "-", "NaN", "true", "0012", "1.0"]
    pieces = list(read_log(write(HEAD + "".join(f"{name};{name};{name};2020-01-01\n" for name in names))))
    assert told(pieces, "case") == told(pieces, "activity") == told(pieces, "person") == names


def test_other_words_may_stand_for_missing_values(write: Write) -> None:
    path = write(HEAD + "1;a;n/a;2020-01-01\n1;b;?;2020-01-02\n1;c;;2020-01-02\n")
    assert told(list(read_log(path, options=Options(missing=("n/a",)))), "person") == [None, "?", None]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16-le", "utf-8"])
def test_letters_of_old_exports(encoding: str, write: Write) -> None:
    body = HEAD + "1;Prüfung;Jörg Müller;2020-01-01\n1;Ablehnung;Käthe Groß;2020-01-02\n"
    assert told(list(read_log(write(body.encode(encoding)))), "person") == ["Jörg Müller", "Käthe Groß"]


def test_letters_that_first_show_far_down(write: Write) -> None:
    kept_out = KeptOut()
    content = (HEAD + BODY * 20_000).encode() + "2;a;Jörg Müller;2020-01-01\n".encode("cp1252")
    assert told(list(read_log(write(content), kept_out=kept_out)), "person")[-1] == "Jörg Müller"
    assert "cp1252" in kept_out.warnings[0].why


def test_odd_beginnings_and_ends(write: Write) -> None:
    for content, numbers in (
        ("sep=;\r\n" + HEAD + BODY, [3, 4]),
        ("Export of cases\n\n" + HEAD + BODY, [4, 5]),
        (HEAD + BODY.replace("\n", ";\n"), [2, 3]),
        ((HEAD + BODY).replace("\n", "\r"), [2, 3]),
        ((HEAD + BODY).replace("Ann", "A\0nn"), [2, 3]),
        ("\ufeff" + HEAD + BODY.rstrip("\n"), [2, 3]),
        (HEAD + "".join(f"{at};{line}\n" for at, line in enumerate(BODY.splitlines())), [2, 3]),
    ):
        pieces = list(read_log(write(content)))
        assert (rows(pieces), told(pieces, "person")) == (numbers, ["Bob", "Ann"])


def test_a_stray_quotation_mark_is_warned_of(write: Write) -> None:
    kept_out = KeptOut()
    list(read_log(write(HEAD + '1;"a;Bob;2020-01-01\n' + BODY * 2 + '1;x";Bob;2020-01-01\n'), kept_out=kept_out))
    assert "stray quotation mark" in kept_out.warnings[0].why
    assert kept_out.warnings[0].row == 2


def test_clocks_apart_from_their_days_are_warned_of(write: Write) -> None:
    kept_out = KeptOut()
    list(read_log(write("case,activity,date,time\n1,a,2020-01-01,10:00\n1,b,2020-01-01,9:30 PM\n"), kept_out=kept_out))
    assert [(one.column, one.severity) for one in kept_out.warnings] == [("time", "warning")]
    assert "beside the days of date" in kept_out.warnings[0].why


def test_the_order_of_days_may_be_told_by_the_last_row(write: Write) -> None:
    path = write(HEAD + "1;a;B;03/04/2020 10:00\n" * 20_000 + "1;a;B;25/04/2020 10:00\n")
    assert whens(list(read_log(path)))[0] == datetime(2020, 4, 3, 10, tzinfo=UTC)
    assert look(path).open_questions == ()
    doubtful = write(HEAD + "1;a;B;03/04/2020 10:00\n")
    assert look(doubtful).open_questions == ("day_order",)
    assert whens(list(read_log(doubtful, options=Options(day_first=False)))) == [datetime(2020, 3, 4, 10, tzinfo=UTC)]


def test_a_look_asks_for_what_it_does_not_find(write: Write) -> None:
    first = look(write("foo;activity;time\n1;a;2020-01-01\n2;a;2020-01-01\n"))
    assert (first.kind, first.open_questions, first.samples["foo"]) == ("csv", ("case",), ("1", "2"))
    pieces = list(
        read_log(
            write("foo;activity;time\n1;a;2020-01-01\n"),
            mapping={"case": "foo", "activity": "activity", "time": "TIME"},
        )
    )
    assert (told(pieces, "case"), pieces[0].person) == (["1"], None)


WHEN = datetime(2020, 7, 1, 10, tzinfo=UTC)
TYPED = [
    (pa.array([WHEN], pa.timestamp("ns", "Europe/Berlin")), WHEN),
    (pa.array([WHEN.replace(tzinfo=None)], pa.timestamp("ms")), WHEN - timedelta(hours=2)),
    (pa.array([date(2020, 7, 1)]), WHEN.replace(hour=0) - timedelta(hours=2)),
    (pa.array([int(WHEN.timestamp() * 1000)]), WHEN),
    (pa.array([WHEN.timestamp()]), WHEN),
    (pa.array(["2020-07-01T10:00:00Z"]), WHEN),
    (pa.array(["2020-07-01 12:00"]).dictionary_encode(), WHEN),
    (pa.array(["01.07.2020 12:00"], pa.large_string()), WHEN),
]


@pytest.mark.parametrize(("times", "expected"), TYPED)
@pytest.mark.parametrize("packed", [False, True])
def test_parquet_of_any_types(times: pa.Array, expected: datetime, packed: bool, write: Write) -> None:
    table = pa.table(
        {
            "case": pa.array([12.0]),
            "activity": pa.array([b"call"]),
            "resource": pa.array(["  Bob "]).dictionary_encode(),
            "unit": pa.array([7], pa.int16()),
            "channel": pa.array([None], pa.null()),
            "nested": pa.array([[1]]),
            "timestamp": times,
        }
    )
    out = io.BytesIO()
    pq.write_table(table, out)
    path = write(gzip.compress(out.getvalue()) if packed else out.getvalue(), "log.parquet")
    pieces = list(read_log(path, options=Options(zone="Europe/Berlin")))
    values = [told(pieces, column) for column in ("case", "activity", "person", "unit")]
    assert values == [["12"], ["call"], ["Bob"], ["7"]]
    assert (whens(pieces), rows(pieces)) == ([expected], [1])
    with pytest.raises(BadInput, match="holds list"):
        list(read_log(path, mapping={"case": "nested", "activity": "activity", "time": "timestamp"}))


PLAIN = (HEAD + BODY * 20).replace("Ann", '"A; ""n""\nn"').encode()
PARQUET = io.BytesIO()
pq.write_table(
    pa.table({"case": ["1", "2"] * 40, "activity": ["a"] * 80, "time": pa.array(range(80), pa.timestamp("us"))}),
    PARQUET,
)
SEEDS = [
    PLAIN,
    PLAIN.decode().encode("utf-16"),
    gzip.compress(PLAIN),
    PARQUET.getvalue(),
    gzip.compress(PARQUET.getvalue()),
]
BITS = st.sampled_from(
    [
        b'"',
        b"\n",
        b"\r",
        b"\0",
        b";",
        b",",
        b"\xff",
        b"99999999999999999999",
        b"-1",
        b"9999-12-31",
        b"=",
        b"\xef\xbb\xbf",
    ]
)
EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 30), st.one_of(BITS, st.binary(max_size=6))), min_size=1, max_size=8
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.sampled_from(SEEDS), edits=EDITS, cut=st.floats(0, 1), strict=st.booleans())
def test_broken_bytes_give_rows_or_a_sentence(
    seed: bytes, edits: list[tuple[float, int, bytes]], cut: float, strict: bool, write: Write
) -> None:
    content = bytearray(seed)
    for place, removed, put in edits:
        at = int(place * len(content))
        content[at : at + removed] = put
    path = write(bytes(content[: int(len(content) * min(1.0, cut * 2))]))
    sentence = refusal(path, KeptOut(strict=strict))
    assert sentence is None or (sentence.startswith(path.name) and sentence.endswith("."))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=300))
def test_any_bytes_give_rows_or_a_sentence(content: bytes, write: Write) -> None:
    sentence = refusal(write(content), None)
    assert sentence is None or (sentence.startswith("log.csv") and sentence.endswith("."))
