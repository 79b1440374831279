"""`commonground import KIND FILE --preview`, and real rosters."""

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from commonground.cli import app
from commonground.intake.tests.test_writing import read_back
from tests.cast import Cast

REAL = Path(os.environ.get("COMMONGROUND_REAL_DATA", "../shared/data"))
real_data = pytest.mark.real_data
run = CliRunner()


def real(path: str) -> str:
    file = REAL / path
    if not file.exists():
        pytest.skip(f"{file} is not there: name the folder of real data in COMMONGROUND_REAL_DATA")
    return str(file)


def preview(kind: str, file: str, *options: str) -> dict[str, object]:
    result = run.invoke(app, ["import", kind, file, "--preview", "--json", *options])
    assert result.exit_code in (0, 1), result.output
    return json.loads(result.stdout) | {"exit code": result.exit_code}


@real_data
def test_a_real_roster_is_one_tree_with_nothing_but_warnings() -> None:
    answer = preview("people", real("hr_roster_oracle/employees.csv"))
    assert {key: answer[key] for key in ("rows", "people", "roots", "managers", "importable", "errors", "exit code")} == {
        "rows": 107, "people": 107, "roots": 1, "managers": 18, "importable": 107, "errors": 0, "exit code": 0,
    }  # fmt: skip
    problems = answer["problems"]
    assert set(problems[0]) == {"row", "column", "value", "why", "remedy", "severity"}
    assert {(one["column"], one["severity"]) for one in problems} == {
        ("email", "warning"),
        ("department_id", "warning"),
    }
    assert answer["unmapped"] == ["phone_number", "salary", "commission_pct"]


@real_data
def test_real_departments_and_jobs_are_units_and_roles() -> None:
    assert preview("units", real("hr_roster_oracle/departments.csv"))["importable"] == 27
    assert preview("roles", real("hr_roster_oracle/jobs.csv"))["importable"] == 19


@real_data
def test_a_real_roster_of_ids_alone() -> None:
    answer = preview("people", real("krackhardt_hightech/ht_reports_nodes.csv"))
    assert (answer["people"], answer["importable"], answer["roots"], answer["exit code"]) == (21, 21, None, 0)
    assert answer["named_only"] == {"units": 5}


@real_data
def test_a_real_roster_of_names_alone() -> None:
    answer = preview("people", real("crm_sales_opportunities/sales_teams.csv"))
    assert (answer["rows"], answer["importable"], answer["managers"], answer["people"]) == (35, 35, 6, 41)
    assert answer["named_only"] == {"people": 6, "units": 3}


@real_data
def test_ties_between_people_are_no_roster() -> None:
    result = run.invoke(app, ["import", "people", real("krackhardt_hightech/ht_reports_edges.csv"), "--preview"])
    assert result.exit_code == 2
    assert result.stderr.startswith("ht_reports_edges.csv has no column for id or name")


@pytest.fixture
def roster(tmp_path: Path) -> str:
    file = tmp_path / "staff.csv"
    file.write_text(
        "id,name,squad,manager,from,support\n1,Ana,A,,03/04/2024,high\n2,Ben,A,99,05/06/2024,low\n", encoding="utf-8"
    )
    return str(file)


def test_rows_kept_out_are_a_negative_answer_and_come_back_as_a_file(roster: str, tmp_path: Path) -> None:
    broken = tmp_path / "broken.csv"
    answer = preview("people", roster, "--first", "day", "--column", "squad=unit", "--problems", str(broken))
    assert (answer["exit code"], answer["errors"], answer["importable"], answer["refused"]) == (1, 1, 1, ["support"])
    assert answer["columns"]["unit"] == ["squad"]
    lines = broken.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "id,name,squad,manager,from,row,column,value,why,remedy"
    assert lines[1].startswith("2,Ben,A,99,05/06/2024,3,manager,99,")
    assert len(lines) == 2


def test_the_answer_in_words(roster: str) -> None:
    result = run.invoke(app, ["import", "people", roster, "--preview"])
    assert result.exit_code == 1
    for part in (
        "0 of 2 rows",
        "rates people's attitude",
        "matches no person",
        "day first or month first",
        "Left out, never stored: squad",
    ):
        assert part in result.output, part


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["people", "nowhere.csv"], "nowhere.csv cannot be opened"),
        (["persons of interest", "nowhere.csv"], "There is no kind of sheet called persons of interest"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_two(arguments: list[str], sentence: str) -> None:
    result = run.invoke(app, ["import", *arguments, "--preview", "--json"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(sentence)


def test_the_rows_of_a_preview_can_be_read_by_other_programs(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes("id;name\n1;Müller\n".encode("cp1252"))
    assert preview("people", str(file))["encoding"] == "cp1252"
    assert read_back("people", file.read_bytes(), "people.csv")[0].name == "Müller"


@pytest.fixture
def northlight(cast: Cast) -> Cast:
    return cast


def test_a_sheet_is_taken_over_by_command_and_exported_again(northlight: Cast, roster: str, tmp_path: Path) -> None:
    Path(roster).write_text("id,name,unit\np1,Mara Holm,Power\np2,Nils Berg,Grid\n", encoding="utf-8")
    result = run.invoke(app, ["import", "people", roster, "--commit", "--program", "northlight", "--as", "alice"])
    assert (result.exit_code, result.output) == (0, "people: 2 new, 0 changed, 0 unchanged, 0 kept out, 0 left\n")
    folder = tmp_path / "out"
    result = run.invoke(app, ["export", str(folder), "--as", "alice"])
    assert result.exit_code == 0
    assert "Mara Holm" in (folder / "people.csv").read_text(encoding="utf-8-sig")
    again = run.invoke(app, ["import", "people", str(folder / "people.csv"), "--commit", "--json"])
    assert {key: json.loads(again.stdout)["tables"][0][key] for key in ("new", "changed", "unchanged")} == {
        "new": 0, "changed": 0, "unchanged": 10,
    }  # fmt: skip


def test_a_sheet_with_rows_kept_out_is_not_taken_over_unless_one_says_so(northlight: Cast, roster: str) -> None:
    arguments = ["import", "people", roster, "--commit", "--first", "day"]
    refused = run.invoke(app, arguments)
    assert refused.exit_code == 2
    assert "Nothing was taken over" in refused.stderr
    taken = run.invoke(app, [*arguments, "--leave-out"])
    assert (taken.exit_code, taken.stdout) == (1, "people: 1 new, 0 changed, 0 unchanged, 1 kept out, 0 left\n")


def test_plans_need_somebody_who_may_read_them(northlight: Cast, tmp_path: Path) -> None:
    file = tmp_path / "processes.csv"
    file.write_text("id,name,fate\nq1,Fault report,automate\n", encoding="utf-8")
    result = run.invoke(app, ["import", "processes", str(file), "--commit"])
    assert result.exit_code == 2
    assert "--as" in result.stderr
    assert run.invoke(app, ["import", "processes", str(file), "--commit", "--as", "alice"]).exit_code == 0


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--program", "nowhere"], "There is no program nowhere"),
        (["--as", "nobody"], "There is no user nobody"),
        (["--from", "soon"], "--from soon is not a day"),
        (["--preview"], "Say either"),
    ],
)
def test_what_the_command_does_not_understand(northlight: Cast, roster: str, options: list[str], sentence: str) -> None:
    result = run.invoke(app, ["import", "people", roster, "--commit", *options])
    assert result.exit_code == 2
    assert sentence in result.stderr
