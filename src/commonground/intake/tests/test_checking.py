"""References, missing values and rows that say a thing twice."""

from datetime import date

import pytest

from commonground.intake.problems import BadInput
from commonground.intake.references import Index
from commonground.intake.tests.sheets import read, said


def people_known() -> Index:
    index = Index()
    index.add(["1", "2", "3"], ["Ana Silva", "Ben Okoro", "Ben Okoro"], ["ana@u.example", "ben@u.example", ""])
    return index


@pytest.mark.parametrize(
    "value", ["1", "ana@u.example", "ANA@U.example", "Ana Silva", "silva, ana", " Ana  Silva ", "1.0"]
)
def test_a_person_is_referred_to_by_id_email_or_name(value: str) -> None:
    checked = read("processes", f'id,name,owner\np1,Billing,"{value}"\n', references={"people": people_known()})
    assert (checked.rows[0].answers_for, checked.problems) == (("1",), [])


@pytest.mark.parametrize("value", ["1;2", "1; ben@u.example", "Ana Silva|2", "ana@u.example, ben@u.example"])
def test_several_people_in_one_cell(value: str) -> None:
    checked = read("processes", f'id,name,owner\np1,Billing,"{value}"\n', references={"people": people_known()})
    assert checked.rows[0].answers_for == ("1", "2")


def test_a_name_of_two_people_is_no_reference() -> None:
    checked = read("processes", "id,name,owner\np1,Billing,Ben Okoro\n", references={"people": people_known()})
    assert (checked.rows, said(checked.problems)) == ([], [(2, "owner", "Ben Okoro")])
    assert "2 people: 2, 3" in checked.problems[0].why


def test_a_reference_that_matches_nobody_names_who_looks_like_it() -> None:
    checked = read("processes", "id,name,owner\np1,Billing,Anna Silva\n", references={"people": people_known()})
    assert "Ana Silva looks like it" in checked.problems[0].why
    assert checked.rows == []


def test_a_reference_into_another_table_says_which() -> None:
    units = Index()
    units.add(["B"], ["Billing"])
    known = {"people": people_known(), "units": units}
    checked = read("processes", "id,name,owner\np1,Invoices,B\n", references=known)
    assert "the id of one of the units" in checked.problems[0].why


def test_units_given_by_name_only_are_units_of_that_id_whatever_their_case() -> None:
    checked = read("people", "id,name,unit\n1,Ana,Billing\n2,Ben,billing \n3,Cleo,Metering\n")
    assert [row.unit for row in checked.rows] == ["Billing", "Billing", "Metering"]
    assert [tuple(unit)[:2] for unit in checked.implied["units"]] == [("Billing", "Billing"), ("Metering", "Metering")]


def test_needed_values_that_are_missing() -> None:
    checked = read("people", "id,name\n1,Ana\n,Ben\n3,\n")
    assert said(checked.problems, "error") == [(3, "id", None), (4, "name", None)]
    assert checked.numbers == [2]


def test_a_needed_column_that_is_missing_is_one_sentence() -> None:
    with pytest.raises(
        BadInput, match=r"^does.csv has no column for process of does in row 1; its headers are person, x\."
    ):
        read("does", "person,x\n1,2\n")


def test_rows_of_one_id_may_follow_one_another_but_not_overlap() -> None:
    text = (
        "id,name,unit,from,to\n1,Ana,A,2020-01-01,2021-01-01\n1,Ana,B,2021-01-01,\n"
        "2,Ben,A,2020-01-01,2021-06-01\n2,Ben,B,2021-01-01,\n"
    )
    checked = read("people", text)
    assert said(checked.problems, "error") == [(5, "id", "2")]
    assert "row 4 holds from 2020-01-01 to 2021-06-01, this one from 2021-01-01 without end" in checked.problems[-1].why
    assert [(row.unit, row.start) for row in checked.rows if row.id == "1"] == [
        ("A", date(2020, 1, 1)),
        ("B", date(2021, 1, 1)),
    ]


def test_a_long_period_overlaps_all_that_start_within_it() -> None:
    text = "id,name,from,to\n1,A,2020-01-01,2030-01-01\n1,A,2021-01-01,2022-01-01\n1,A,2023-01-01,2024-01-01\n"
    assert said(read("units", text).problems) == [(3, "id", "1"), (4, "id", "1")]


def test_the_same_row_again_is_left_out_and_another_of_its_key_is_kept_out() -> None:
    checked = read("processes", "id,name\n1,Billing\n1,Billing\n1,Invoices\n")
    assert [(problem.row, problem.severity) for problem in checked.problems] == [(3, "warning"), (4, "error")]
    assert len(checked.rows) == 1


def test_an_end_before_the_start_and_an_end_that_is_no_end() -> None:
    checked = read("people", "id,name,from,to\n1,Ana,2021-01-01,2020-01-01\n2,Ben,2020-01-01,9999-12-31\n")
    assert said(checked.problems, "error") == [(2, "to", "2020-01-01")]
    assert [row.end for row in checked.rows] == [None]


def test_days_that_can_be_read_in_two_ways_are_one_question_and_the_answer_settles_it() -> None:
    text = "id,name,from\n1,Ana,03/04/2024\n2,Ben,05/06/2024\n3,Cleo,\n"
    asked = read("people", text)
    assert said(asked.problems, "error") == [(2, "from", "03/04/2024")]
    assert asked.numbers == [4]
    assert read("people", text, prefer="month first").rows[0].start == date(2024, 3, 4)


def test_three_layouts_in_one_column_name_row_value_and_remedy() -> None:
    checked = read("people", "id,name,from\n1,A,2024-01-15\n2,B,2024-01-16\n3,C,17/01/2024\n4,D,01/18/2024\n")
    errors = [(one.row, one.value, one.remedy) for one in checked.problems if one.severity == "error"]
    assert errors == [(4, "17/01/2024", "Write 2024-01-17."), (5, "01/18/2024", "Write 2024-01-18.")]


def test_stages_refer_to_what_their_kind_says() -> None:
    processes = Index()
    processes.add(["p1"], ["Billing"])
    known = {"people": people_known(), "processes": processes}
    checked = read(
        "stages", "kind,id,told\nprocess,Billing,2024-01-02\npath,Ana Silva,\nprocess,1,\n", references=known
    )
    assert [row.id for row in checked.rows] == ["p1", "1"]
    assert said(checked.problems) == [(4, "id", "1")]


def test_ids_that_a_program_wrote_as_decimals_are_whole() -> None:
    checked = read("people", "id,name,manager\n100.0,Ana,\n101.0,Ben,100.0\n")
    assert [(row.id, row.manager) for row in checked.rows] == [("100", None), ("101", "100")]
