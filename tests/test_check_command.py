"""`commonground check`: sheets in, findings out, exit codes 0, 1 and 2 (FORMATS)."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from commonground.cli import app

SMALLEST = Path(__file__).parents[1] / "examples" / "smallest"


def check(*words: object):
    return CliRunner().invoke(app, ["check", *map(str, words)])


def sheet(folder: Path, name: str, text: str) -> None:
    (folder / f"{name}.csv").write_text(text, encoding="utf-8")


def test_the_smallest_example_gives_findings_from_two_sheets():
    answer = check(SMALLEST, "--as-of", "2026-11-21")
    assert answer.exit_code == 1
    assert "▲ MNGR-01  Dieter Hahn answers for Open the account, which moves to Customer desk" in answer.stdout
    assert "12 findings: 6 to act on, 6 to watch; 7 guidelines checked over 12 people and 6 processes" in answer.stdout
    assert answer.stderr == ""


def test_json_is_one_object_with_the_promised_keys():
    answer = check(SMALLEST, "--json")
    told = json.loads(answer.stdout)
    assert {"findings", "not_checked", "checked"} <= told.keys()
    assert {row["code"] for row in told["findings"]} == {
        "MNGR-01",
        "MNGR-04",
        "PROC-01",
        "PROC-04",
        "TEAM-01",
        "TEAM-03",
    }
    assert {"code": "OWN-01", "missing": ["does"]} in told["not_checked"]


def test_select_and_ignore_take_codes_and_practices():
    told = json.loads(check(SMALLEST, "--json", "--select", "MNGR,PROC-01", "--ignore", "MNGR-01").stdout)
    assert told["checked"] == ["MNGR-04", "PROC-01"]
    assert told["not_checked"] == [
        {"code": "MNGR-02", "missing": ["paths.to_manager"]},
        {"code": "MNGR-03", "missing": ["roles"]},
        {"code": "MNGR-05", "missing": ["role_changes", "conversations"]},
    ]


def test_exit_code_is_0_without_anything_to_act_on():
    assert check(SMALLEST, "--select", "MNGR-04").exit_code == 0
    assert check(SMALLEST, "--select", "PROC-01").exit_code == 1


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--select", "NONE-01"], "No guideline is called NONE-01"),
        (["--as-of", "soon"], "--as-of soon is not a day"),
        (["--set", "OWN-03"], "CODE.name=number"),
        (["--set", "OWN-03.size=2"], "OWN-03 has no parameter size"),
        (["--guidelines", "/nowhere"], "/nowhere is not a folder"),
    ],
)
def test_words_that_do_not_fit_are_told_in_a_sentence(words, reason):
    answer = check(SMALLEST, *words)
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert reason in answer.stderr


def test_a_folder_without_sheets_is_told_in_a_sentence(tmp_path):
    answer = check(tmp_path)
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert len(answer.stderr.strip().splitlines()) == 1
    assert check(tmp_path / "none").exit_code == 2
    assert "Name the folder" in check().stderr


def test_a_parameter_set_on_the_command_line_changes_the_answer():
    told = json.loads(check(SMALLEST, "--json", "--select", "OWN-03", "--set", "OWN-03.processes=0").stdout)
    assert {row["subject"] for row in told["findings"]} == {"owner:2", "owner:5", "owner:7", "owner:10"}


def test_the_day_asked_about_counts(tmp_path):
    sheet(tmp_path, "people", "id,name,to\na,Ann,2026-06-01\n")
    sheet(tmp_path, "processes", "id,name,answers_for\np,P,a\n")
    assert check(tmp_path, "--select", "PROC-01", "--as-of", "2026-05-31").exit_code == 0
    assert check(tmp_path, "--select", "PROC-01", "--as-of", "2026-06-01").exit_code == 1


def test_problems_of_the_sheets_go_to_standard_error(tmp_path):
    sheet(tmp_path, "people", "id,name\na,Ann\n,Bo\n")
    sheet(tmp_path, "processes", "id,name,answers_for\np,P,a\n")
    answer = check(tmp_path, "--json")
    assert json.loads(answer.stdout)["findings"] == []
    assert "people.csv" in answer.stderr
    assert "row 3" in answer.stderr


def test_like_problems_are_told_once_with_their_number(tmp_path):
    sheet(tmp_path, "people", "id,name,email\na,Ann,ann\nb,Bo,bo\nc,Cy,cy\n")
    told = [line for line in check(tmp_path).stderr.splitlines() if "email" in line]
    assert len(told) == 1
    assert told[0].endswith("(2 more rows like it.)")


def test_a_seat_alone_does_not_end_mngr_01_and_a_session_does(tmp_path):
    sheet(tmp_path, "people", "id,name\na,Ann\n")
    sheet(tmp_path, "processes", "id,name,answers_for,workflow,fate\np,P,a,w,move\n")
    sheet(tmp_path, "workflows", "id,name\nw,Move in\n")
    sheet(tmp_path, "solutions", "id,workflow\ns,w\n")
    sheet(tmp_path, "seats", "solution,person\ns,a\n")
    assert check(tmp_path, "--select", "MNGR-01").exit_code == 1
    sheet(tmp_path, "takes_part", "solution,person,on,what\ns,a,2026-01-15,session\n")
    assert check(tmp_path, "--select", "MNGR-01", "--as-of", "2026-11-21").exit_code == 0


def test_counts_by_hand_give_findings_and_say_nothing_of_the_small_unit():
    answer = check(SMALLEST.parent / "counted", "--as-of", "2026-11-21", "--json")
    told = [(one["code"], one["subject"]) for one in json.loads(answer.stdout)["findings"]]
    assert told == [
        ("PACE-01", "behaviour:note-contact"),
        ("PACE-02", "behaviour:note-contact"),
        ("PACE-06", "source:Meter system"),
        ("PACE-03", "behaviour_unit:book-visit/Field"),
        ("PACE-05", "behaviour:book-visit"),
        ("REIN-02", "behaviour:book-visit"),
        ("REIN-02", "behaviour:note-contact"),
    ]
    assert "Meters" not in answer.stdout  # five people, who are in the sheet
    assert answer.stderr == ""


def test_the_list_of_guidelines():
    told = json.loads(check("--list", "--json").stdout)["guidelines"]
    promised = {"code", "statement", "why", "source", "severity", "parameters", "needs", "empty_means_none"}
    assert len(told) == 81
    assert all(promised <= one.keys() for one in told)
    assert "▲ MNGR-01  Who answers for a process" in check("--list").stdout
    assert check("--list", "--format", "csv", "--select", "MNGR").stdout.startswith(
        "code,severity,statement,needs\nMNGR-01,error,"
    )


def test_it_starts_without_django():
    code = (
        "import sys; from typer.testing import CliRunner; from commonground.cli import app; "
        f"CliRunner().invoke(app, ['check', {str(SMALLEST)!r}]); "
        "sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


PEOPLE = "id,name,unit\nann,Ann,East\nbo,Bo,West\n"
PROCESSES = "id,name,unit\np1,Open it,East\np2,Close it,West\n"


@pytest.fixture
def two_processes(tmp_path):
    """Two processes that nobody answers for, in two units."""
    sheet(tmp_path, "people", PEOPLE)
    sheet(tmp_path, "processes", PROCESSES)
    return tmp_path


def subjects(answer):
    return [row["subject"] for row in json.loads(answer.stdout)["findings"]]


def test_a_configuration_beside_the_sheets_says_what_the_words_leave_open(two_processes):
    (two_processes / "commonground.toml").write_text('as_of = 2026-11-30\nselect = ["PROC-01"]')
    told = json.loads(check(two_processes, "--json").stdout)
    assert (told["as_of"], told["checked"]) == ("2026-11-30", ["PROC-01"])
    told = json.loads(check(two_processes, "--json", "--as-of", "2026-12-01", "--select", "MNGR-04").stdout)
    assert (told["as_of"], told["checked"]) == ("2026-12-01", ["MNGR-04"])


def test_suppressions_are_counted_and_their_end_is_told(two_processes):
    other = two_processes / "strict.toml"
    other.write_text(
        """select = ["PROC-01"]
        [[suppress]]
        code = "PROC-01"
        subject = "process:p1"
        reason = "It closes."
        until = 2027-01-31
        [[suppress]]
        code = "PROC-01"
        subject = "process:p2"
        reason = "It moved."
        until = 2026-11-01
        [[suppress]]
        code = "PROC-01"
        subject = "process:p9"
        reason = "It was renamed."
        until = 2027-01-31
        """
    )
    words = (two_processes, "--config", other, "--as-of", "2026-11-21")
    told = json.loads(check(*words, "--json").stdout)
    assert [row["subject"] for row in told["findings"]] == ["process:p2"]
    assert [(row["subject"], row["reason"]) for row in told["suppressed"]] == [("process:p1", "It closes.")]
    assert [row["subject"] for row in told["suppressions_expired"]] == ["process:p2"]
    assert [row["subject"] for row in told["suppressions_unused"]] == ["process:p9"]
    text = check(*words).stdout
    assert "Suppressed (1)\n  PROC-01 process:p1: It closes. Until 31 Jan 2027." in text
    assert "PROC-01 process:p2: its day was 1 Nov 2026." in text
    assert "PROC-01 process:p9: nothing of the kind is found" in text


def test_a_suppression_without_a_reason_is_refused(two_processes):
    (two_processes / "commonground.toml").write_text(
        '[[suppress]]\ncode = "PROC-01"\nsubject = "process:p1"\nuntil = 2027-01-31'
    )
    answer = check(two_processes)
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert "suppression 1 (PROC-01 process:p1) gives no reason" in answer.stderr


def test_a_unit_is_shown_with_those_below_it(two_processes):
    words = (two_processes, "--select", "PROC-01", "--as-of", "2026-11-21", "--unit")
    assert subjects(check(*words, "east", "--json")) == ["process:p1"]
    assert "Shown is what belongs to east or a unit below it" in check(*words, "east").stdout
    answer = check(*words, "North")
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert "“North” is no unit here" in answer.stderr
