"""`commonground import events FILE`: looked at, taken over on an agreement, refused in a sentence."""

import json
import os
from pathlib import Path

import pytest
from django.conf import settings
from typer.testing import CliRunner

from commonground.cli import app
from commonground.events.models import TAKEN, Delivery, Log
from tests.cast import Cast

REAL = Path(os.environ.get("COMMONGROUND_REAL_DATA", "../shared/data"))
LOG = "Vorgang,Schritt,Wann,Wer,Abteilung\nNA,ask,2026-03-02 09:00,Pete,Desk\nNA,answer,2026-03-03 10:00,Sue,Billing\n"
SAID = ("--log", "Orders", "--source", "CRM", "--agreement", "Works agreement 14, § 3")
COLUMNS = ("--case", "Vorgang", "--activity", "Schritt", "--time", "Wann", "--person", "Wer", "--unit", "Abteilung")
run = CliRunner()


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "steps.csv"
    path.write_text(LOG)
    return path


def asked(file: Path, *options: str) -> tuple[int, str, str]:
    result = run.invoke(app, ["import", "events", str(file), *options])
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("file", "rows", "cases", "people", "units"),
    [
        ("receipt/receipt.csv", 8577, 1434, 48, 9),
        ("running_example/running-example.csv", 42, 6, 6, 0),
        ("running_example/running-example.xes", 42, 6, 6, 0),
    ],
)
def test_real_logs_hold_what_their_description_says(file: str, rows: int, cases: int, people: int, units: int) -> None:
    if not (REAL / file).exists():
        pytest.skip(f"{file} is not there: name the folder of real data in COMMONGROUND_REAL_DATA")
    code, out, _ = asked(REAL / file, "--preview", "--json")
    found = json.loads(out)
    assert (code, found["rows"], found["events"], found["cases"]) == (0, rows, rows, cases)
    assert (found["people"], found["units"], found["problems"]) == (people, units, [])


@pytest.mark.real_data
def test_a_list_of_opportunities_is_told_from_a_log() -> None:
    file = REAL / "crm_sales_opportunities/sales_pipeline.csv"
    if not file.exists():
        pytest.skip(f"{file} is not there: name the folder of real data in COMMONGROUND_REAL_DATA")
    code, _, err = asked(file, "--preview", "--time", "engage_date")
    assert code == 1, "500 opportunities have no such date"
    assert "Every case has one row only" in err


def test_a_preview_needs_no_agreement_and_writes_nothing(db: None, log: Path) -> None:
    code, out, _ = asked(log, "--preview", "--json", *COLUMNS)
    found = json.loads(out)
    assert (code, found["rows"], found["cases"], found["people"]) == (0, 2, 1, 2)
    assert found["period"] == {"first": "2026-03-02T09:00:00+00:00", "last": "2026-03-03T10:00:00+00:00"}
    assert found["columns"]["case"] == "Vorgang"
    assert not Log.objects.exists()
    assert "Pete" not in out


def test_a_file_is_taken_over_where_it_lies_and_joins_its_log(cast: Cast, log: Path) -> None:
    code, out, err = asked(log, *SAID, *COLUMNS, "--agreed-on", "2026-03-12", "--as", "alice", "--json")
    assert code == 0, err
    found = json.loads(out)
    assert (found["events"], found["cases"], found["log"], found["stands"]) == (
        2,
        1,
        "Orders",
        {"events": 2, "cases": 1},
    )
    row = Delivery.objects.get()
    assert (row.state, row.agreement, row.agreed_on.isoformat(), row.by) == (
        TAKEN, "Works agreement 14, § 3", "2026-03-12", cast.alice.user,
    )  # fmt: skip
    assert log.read_text() == LOG, "a file on the server stays where it is"
    assert not (Path(settings.DATA) / "imports" / row.place / "file").exists()
    later = log.with_name("later.csv")
    later.write_text(LOG + "8,ask,soon,Pete,Desk\n8,ask,2026-03-04 09:00,Pete,Desk\n")
    code, out, _ = asked(later, *SAID, *COLUMNS, "--log", " orders ")
    assert code == 1, "a row was kept out"
    assert "row 4, Wann" in out
    assert "“Orders” now holds 3 events of 2 cases." in out
    assert Log.objects.get().events == 3


@pytest.mark.parametrize(
    ("options", "answer"),
    [
        ((), "Say on whose agreement"),
        (("--agreement", "yes"), "with --log and --source"),
        ((*SAID, "--preview", "--commit"), "not both"),
        ((*SAID, "--agreed-on", "soon"), "--agreed-on soon is not a day"),
        ((*SAID, "--case", "nothing"), "nothing"),
        ((*SAID, *COLUMNS, "--as", "nobody"), "There is no user nobody"),
    ],
)
def test_what_is_missing_is_a_sentence_and_nothing_is_written(
    cast: Cast, log: Path, options: tuple[str, ...], answer: str
) -> None:
    code, out, err = asked(log, *options)
    assert (code, out) == (2, "")
    assert answer in err
    assert "Traceback" not in err
    assert not Log.objects.exists()
    assert not Delivery.objects.exists()


def test_a_file_that_is_not_there_and_one_that_was_taken_over_are_sentences(cast: Cast, log: Path) -> None:
    assert asked(log.with_name("none.csv"), *SAID)[0] == 2
    asked(log, *SAID, *COLUMNS)
    code, _, err = asked(log, *SAID, *COLUMNS)
    assert code == 2
    assert "stands in “Orders” already" in err
    assert Log.objects.get().events == 2
