"""A folder or a workbook of sheets becomes facts."""

from datetime import date
from pathlib import Path

import pytest

from commonground.analysis.tables import TABLES
from commonground.intake.folder import FolderRead, read_folder, table_of
from commonground.intake.problems import BadInput, errors
from commonground.intake.writing import write_csv, write_xlsx

DAY = date(2026, 3, 1)
PEOPLE = "id,name,email,unit,manager\n1,Ana,ana@u.example,B,\n2,Ben,ben@u.example,M,1\n"


def folder(at: Path, **files: str) -> FolderRead:
    for name, text in files.items():
        (at / f"{name}.csv").write_text(text, encoding="utf-8")
    return read_folder(at, DAY)


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("people", "people"),
        ("01_processes", "processes"),
        ("People 2025-03", "people"),
        ("Role Changes", "role_changes"),
        ("RoleChanges", "role_changes"),
        ("employees", "people"),
        ("Departments (final)", "units"),
        ("takes-part", "takes_part"),
        ("job_history", None),
        ("locations", None),
        ("", None),
    ],
)
def test_which_table_a_name_means(name: str, table: str | None) -> None:
    found = table_of(name)
    assert (found and found[0]) == table


def test_every_table_is_found_by_its_own_name() -> None:
    assert {name: table_of(name) for name in TABLES} == {name: (name, 0) for name in TABLES}


def test_sheets_speak_of_one_another(tmp_path: Path) -> None:
    read = folder(
        tmp_path,
        people=PEOPLE,
        units="id;name\nB;Billing\nM;Metering\n",
        processes="id,name,owner,department\np1,Invoices,Ana,Billing\np2,Reading,ben@u.example,M\n",
        does="process,person\nInvoices,Ben\n",
    )
    assert read.problems == []
    assert sorted(read.facts) == ["does", "people", "processes", "units"]
    assert [(row.answers_for, row.unit) for row in read.facts.rows("processes")] == [(("1",), "B"), (("2",), "M")]
    assert tuple(read.facts.rows("does")[0]) == ("p1", "2")
    assert read.facts.as_of == DAY


def test_what_has_no_sheet_is_absent_and_an_empty_sheet_is_there(tmp_path: Path) -> None:
    read = folder(tmp_path, people=PEOPLE, seats="solution,person\n")
    assert sorted(read.facts) == ["people", "seats"]
    assert not read.facts.has("units")
    assert read.facts.rows("seats") == []


def test_units_of_two_sheets_without_a_sheet_of_units_are_the_same_in_any_case(tmp_path: Path) -> None:
    read = folder(tmp_path, people="id,name,unit\n1,Ana,Billing\n", processes="id,name,unit\np,P,BILLING\n")
    assert read.facts.rows("processes")[0].unit == "Billing"


def test_names_beside_ids_of_one_sheet_are_known_in_another(tmp_path: Path) -> None:
    read = folder(
        tmp_path,
        people="id,name,department id,department name\n1,Ana,60,Billing\n",
        processes="id,name,unit\np,P,Billing\n",
    )
    assert read.facts.rows("processes")[0].unit == "60"


def test_a_path_of_units_in_a_sheet_of_people_is_a_table_of_units(tmp_path: Path) -> None:
    read = folder(
        tmp_path,
        people="id,name,Org Level 1,Org Level 2\n1,Ana,Utility,Billing\n",
        processes="id,name,unit\np,P,billing\n",
    )
    assert [(row.id, row.parent) for row in read.facts.rows("units")] == [("Utility", None), ("Billing", "Utility")]
    assert read.facts.rows("processes")[0].unit == "Billing"


def test_a_reference_across_sheets_that_matches_nothing_keeps_its_row_out(tmp_path: Path) -> None:
    read = folder(tmp_path, people=PEOPLE, processes="id,name,owner\np1,A,Nobody\np2,B,1\n")
    assert [(one.file, one.row, one.column, one.value) for one in errors(read.problems)] == [
        ("processes.csv", 2, "owner", "Nobody")
    ]
    assert [row.id for row in read.facts.rows("processes")] == ["p2"]


def test_a_file_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "processes.csv").write_bytes(b"%PDF-1.4")
    (tmp_path / "notes.csv").write_text("a,b\n", encoding="utf-8")
    (tmp_path / "~$people.xlsx").write_bytes(b"lock")
    read = folder(tmp_path, people=PEOPLE)
    assert sorted(read.facts) == ["people"]
    assert [(one.file, one.severity) for one in read.problems] == [("notes.csv", "warning"), ("processes.csv", "error")]


def test_of_two_files_for_one_table_the_better_named_is_read(tmp_path: Path) -> None:
    read = folder(tmp_path, employees="id,name\n9,Zed\n", people=PEOPLE)
    assert [row.id for row in read.facts.rows("people")] == ["1", "2"]
    assert [(one.file, one.severity) for one in read.problems] == [("employees.csv", "warning")]


def test_one_workbook_will_do(tmp_path: Path) -> None:
    sheets = [("People", ["id", "name"], [["1", "Ana"]]), ("Processes", ["id", "name", "owner"], [["p", "P", "Ana"]])]
    (tmp_path / "all.xlsx").write_bytes(write_xlsx(sheets))
    for path in (tmp_path, tmp_path / "all.xlsx"):
        read = read_folder(path, DAY)
        assert sorted(read.facts) == ["people", "processes"]
        assert read.facts.rows("processes")[0].answers_for == ("1",)


@pytest.mark.parametrize("there", [False, True])
def test_a_folder_without_sheets_is_refused_in_a_sentence(tmp_path: Path, there: bool) -> None:
    path = tmp_path if there else tmp_path / "nowhere"
    with pytest.raises(BadInput, match="people.csv" if there else "not there"):
        read_folder(path, DAY)


def test_written_facts_are_read_back_as_they_were(tmp_path: Path) -> None:
    first = folder(
        tmp_path, people=PEOPLE, units="id,name\nB,Billing\nM,Metering\n", processes="id,name,owner\np,P,1;2\n"
    )
    again = tmp_path / "again"
    again.mkdir()
    for table in first.facts:
        headers = [column.header for column in TABLES[table].columns]
        rows = [["; ".join(v) if isinstance(v, tuple) else v for v in row] for row in first.facts.rows(table)]
        (again / f"{table}.csv").write_bytes(write_csv(headers, rows))
    assert read_folder(again, DAY).facts.tables == first.facts.tables


def test_a_sheet_of_a_few_roles_keeps_nobody_out(tmp_path: Path) -> None:
    read = folder(
        tmp_path,
        people=PEOPLE.replace("manager", "manager,role").replace(",B,", ",B,,Clerk"),
        roles="id,name\nR1,Planner\n",
    )
    assert [row.role for row in read.facts.rows("people")] == ["Clerk", None]
    assert [row.id for row in read.facts.rows("roles")] == ["R1", "Clerk"]
    assert [(one.value, one.severity) for one in read.problems if one.column == "role"] == [("Clerk", "warning")]
