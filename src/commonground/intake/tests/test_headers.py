"""Headers of people's sheets find their column; those that rate an attitude are refused."""

import pytest

from commonground.analysis.tables import TABLES
from commonground.intake.attitudes import rates_attitude
from commonground.intake.headers import known_headers, match
from commonground.intake.problems import BadInput
from commonground.intake.tests.sheets import read

CHANGE_PLAN = (  # the headers of one product's sheet of people
    "FIRST NAME*,LAST NAME*,EMAIL ADDRESS*,JOB TITLE,ORG LEVEL 1,ORG LEVEL 2,ORG LEVEL 3,LOCATION,EMPLOYEE ID,"
    "REPORTING MANAGER (email),PREFERRED COMMUNICATION APPROACH,NOTES"
)


def mapped(table: str, headers: str) -> dict[str, str]:
    names = headers.split(",")
    found = match(TABLES[table], names)
    return {column: " + ".join(names[at] for at in places) for column, places in found.columns.items()}


def test_own_headers_of_every_sheet_are_themselves() -> None:
    for table in TABLES.values():
        headers = [column.header for column in table.columns]
        assert mapped(table.name, ",".join(headers)) == {header: header for header in headers}, table.name


def test_a_peers_sheet_of_people() -> None:
    assert mapped("people", CHANGE_PLAN) == {
        "id": "EMPLOYEE ID",
        "name": "FIRST NAME* + LAST NAME*",
        "email": "EMAIL ADDRESS*",
        "role": "JOB TITLE",
        "unit": "ORG LEVEL 1 + ORG LEVEL 2 + ORG LEVEL 3",
        "location": "LOCATION",
        "manager": "REPORTING MANAGER (email)",
    }


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ("Personalnummer,Name,Vorname,Abteilung,Vorgesetzter,Standort", ["Personalnummer", "Vorname + Name", "Abteilung", "Vorgesetzter"]),
        ("Matricule,Nom,Prénom,Service,Responsable,Lieu", ["Matricule", "Prénom + Nom", "Service", "Responsable"]),
        ("ID,Nombre completo,Departamento,Jefe", ["ID", "Nombre completo", "Departamento", "Jefe"]),
        ("Personeelsnummer,Naam,Afdeling,Leidinggevende", ["Personeelsnummer", "Naam", "Afdeling", "Leidinggevende"]),
        ("emp_id,display name,Dept.,reports to", ["emp_id", "display name", "Dept.", "reports to"]),
        ("Employee Number,Manager Name,Manager ID,Full Name,Department", ["Employee Number", "Full Name", "Department", "Manager ID"]),
    ],
)  # fmt: skip
def test_other_peoples_words(headers: str, expected: list[str]) -> None:
    found = mapped("people", headers)
    assert [found[column] for column in ("id", "name", "unit", "manager")] == expected


def test_name_and_first_name_where_the_name_is_whole() -> None:
    checked = read("people", "id,name,first name\n1,Ana Silva,Ana\n2,Ben Okoro,Ben\n")
    assert [row.name for row in checked.rows] == ["Ana Silva", "Ben Okoro"]


def test_a_path_of_units_becomes_a_tree() -> None:
    text = "id,name,Org Level 1,Org Level 2,Org Level 3\n1,A,Utility,Water,Crews\n2,B,Utility,Power,Crews\n3,C,Utility,Water,\n"
    checked = read("people", text)
    assert [row.unit for row in checked.rows] == ["Utility / Water / Crews", "Utility / Power / Crews", "Water"]
    assert {(unit.id, unit.name, unit.parent) for unit in checked.implied["units"]} == {
        ("Utility", "Utility", None),
        ("Water", "Water", "Utility"),
        ("Power", "Power", "Utility"),
        ("Utility / Water / Crews", "Crews", "Water"),
        ("Utility / Power / Crews", "Crews", "Power"),
    }


def test_names_beside_ids_name_what_is_only_referred_to() -> None:
    checked = read("people", "id,name,department_id,department_name,job_id,job_title\n1,Ana,60,Billing,C1,Clerk\n")
    assert [tuple(unit)[:2] for unit in checked.implied["units"]] == [("60", "Billing")]
    assert [tuple(role)[:2] for role in checked.implied["roles"]] == [("C1", "Clerk")]


def test_a_saved_mapping_wins_and_what_it_leaves_out_stays_out() -> None:
    headers = ["id", "name", "department", "squad", "site"]
    found = match(TABLES["people"], headers, saved={"Squad": "unit", "site": "", "department": ""})
    assert found.columns["unit"] == (3,)
    assert "location" not in found.columns
    assert found.unmapped == ("department", "site")
    assert match(TABLES["people"], headers, saved=found.saved(headers)) == found


def test_a_saved_mapping_to_no_column_of_ours_is_refused() -> None:
    with pytest.raises(BadInput, match="none of people"):
        match(TABLES["people"], ["id", "name"], saved={"name": "nickname"})


ATTITUDES = (
    "Support", "support_level", "Predisposition", "Sentiment", "Receptiveness", "Level of commitment", "Commitment",
    "Resistance", "Readiness", "Current State", "Leader State", "Buy-in", "Attitude towards CRM", "Loyalty", "Stimmung",
)  # fmt: skip


@pytest.mark.parametrize("header", ATTITUDES)
def test_columns_that_rate_an_attitude_are_refused_in_words_and_rows_stay(header: str) -> None:
    checked = read("people", f"id,name,{header}\n1,Ana,3\n2,Ben,1\n", saved={header: "level"})
    assert checked.mapping.refused == (header,)
    assert all(row.level is None for row in checked.rows)
    assert len(checked.rows) == 2
    problem = next(problem for problem in checked.problems if problem.column == header)
    assert (problem.row, problem.severity) == (1, "warning")
    assert "never taken in" in problem.why


def test_a_column_is_known_as_an_attitude_by_its_values() -> None:
    checked = read("people", "id,name,level\n1,Ana,supporter\n2,Ben,Resistant\n3,Cleo,neutral\n")
    assert checked.mapping.refused == ("level",)


@pytest.mark.parametrize("header", ["support team", "customer support", "level", "unit", "Standort", "supported by"])
def test_innocent_headers_are_not_refused(header: str) -> None:
    assert not rates_attitude(header, ["Billing", "neutral"])


def test_the_state_of_work_is_no_attitude() -> None:
    found = match(TABLES["processes"], ["id", "name", "current state"])
    assert (found.refused, found.unmapped) == ((), ("current state",))


def test_unmapped_columns_are_in_no_row() -> None:
    checked = read("people", "id,name,salary\n1,Ana,5000\n")
    assert checked.mapping.unmapped == ("salary",)
    assert "5000" not in repr(checked.rows)


def test_a_number_of_a_customer_is_no_header() -> None:
    """A table without known headers keeps its first row, and what stands below stays below."""
    assert known_headers(["C-3", "zugestellt"]) == 1
    assert known_headers(["C", "R", "Level 2"]) == 3
