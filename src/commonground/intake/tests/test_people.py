"""The reporting line and the other questions that only a sheet of people raises."""

from hypothesis import given
from hypothesis import strategies as st

from commonground.intake.people import circles, summary
from commonground.intake.tests.sheets import read, said

IDS = "abcdefgh"


def test_a_circle_in_the_reporting_line_is_named() -> None:
    checked = read("people", "id,name,manager\n1,Ana,3\n2,Ben,1\n3,Cleo,2\n4,Dan,1\n5,Eve,\n")
    assert said(checked.problems, "error") == [(2, "manager", "3"), (3, "manager", "1"), (4, "manager", "2")]
    assert "Ana (1) → Cleo (3) → Ben (2) → Ana (1)" in checked.problems[-1].why
    assert [row.id for row in checked.rows] == ["4", "5"]


def test_a_circle_may_only_be_one_of_the_same_time() -> None:
    text = (
        "id,name,manager,from,to\n1,Ana,2,2020-01-01,2021-01-01\n1,Ana,,2021-01-01,\n"
        "2,Ben,,2020-01-01,2021-01-01\n2,Ben,1,2021-01-01,\n"
    )
    assert said(read("people", text).problems, "error") == []


@given(st.dictionaries(st.sampled_from(IDS), st.one_of(st.none(), st.sampled_from(IDS))))
def test_circles_are_exactly_those_people_who_come_back_to_themselves(managers: dict[str, str | None]) -> None:
    def comes_back(start: str) -> bool:
        at = managers.get(start)
        for _ in IDS:
            if at in (None, start):
                break
            at = managers.get(at)
        return at == start and managers.get(start) != start

    found = circles(managers)
    assert sorted(person for circle in found for person in circle) == sorted(filter(comes_back, managers))
    for circle in found:
        assert all(managers[one] == other for one, other in zip(circle, [*circle[1:], circle[0]], strict=True))


def test_a_person_who_is_their_own_manager() -> None:
    checked = read("people", "id,name,manager\n1,Ana,1\n2,Ben,1\n")
    assert said(checked.problems, "error") == [(2, "manager", "1")]
    assert "Ana (1) is their own manager" in checked.problems[-1].why


def test_a_manager_who_matches_nobody() -> None:
    checked = read("people", "id,name,manager\n1,Ana,\n2,Ben,99\n")
    assert said(checked.problems, "error") == [(3, "manager", "99")]
    assert summary(checked) == {"rows": 2, "people": 2, "roots": 1, "managers": 0}


def test_a_manager_that_means_another_column_says_which() -> None:
    text = "id,name,manager,job_id,badge no\n1,Ana,,J1,900\n2,Ben,J1,J2,901\n3,Cleo,900,J2,902\n"
    checked = read("people", text)
    whys = [problem.why for problem in checked.problems if problem.severity == "error"]
    assert "the column job_id" in whys[0]
    assert "the column badge no" in whys[1]


def test_managers_by_email_and_by_name() -> None:
    text = "id,name,email,manager\n1,Ana Silva,ana@u.example,\n2,Ben,ben@u.example,ANA@u.example\n3,Cleo,,Ana Silva\n"
    assert [row.manager for row in read("people", text).rows] == [None, "1", "1"]


def test_several_tops_are_a_warning_that_names_them() -> None:
    checked = read("people", "id,name,manager,unit\n1,Ana,,A\n2,Ben,,A\n3,Cleo,1,A\n")
    assert [(one.row, one.severity) for one in checked.problems] == [(1, "warning")]
    assert "2 people have no manager: Ana (1), Ben (2)" in checked.problems[0].why
    assert summary(checked)["roots"] == 2


def test_somebody_who_has_left_is_no_top() -> None:
    text = (
        "id,name,manager,unit,from,to\n1,Ana,,A,2020-01-01,\n2,Ben,,A,2020-01-01,2021-01-01\n3,Cleo,1,A,2020-01-01,\n"
    )
    checked = read("people", text)
    assert (checked.problems, summary(checked)["roots"]) == ([], 1)


def test_doubtful_emails_and_a_missing_unit_are_warnings_and_keep_nobody_out() -> None:
    text = "id,name,email,unit,manager\n1,Ana,SKING,A,\n2,Ben,ben@u,A,1\n3,Cleo,c@u.example,,1\n4,Dan,C@u.example,A,1\n"
    checked = read("people", text)
    assert said(checked.problems, "warning") == [
        (2, "email", "SKING"),
        (3, "email", "ben@u"),
        (4, "unit", None),
        (5, "email", "C@u.example"),
    ]
    assert "bare name" in checked.problems[0].why
    assert "Cleo (3) in row 4" in checked.problems[3].why
    assert len(checked.rows) == 4


def test_a_roster_by_name_alone_adds_the_managers_it_names() -> None:
    checked = read("people", "sales agent,manager,team\nAna Silva,Dora Ito,North\nBen Okoro,Dora Ito,North\n")
    assert [row.manager for row in checked.rows] == ["Dora Ito", "Dora Ito"]
    assert [person.id for person in checked.implied["people"]] == ["Dora Ito"]
    assert summary(checked) == {"rows": 2, "people": 3, "roots": 1, "managers": 1}


def test_a_roster_by_name_alone_does_not_add_a_misspelt_colleague() -> None:
    checked = read("people", "name,manager\nAnastasia Silva,\nBen Okoro,Anastasia Sylva\n")
    assert said(checked.problems, "error") == [(3, "manager", "Anastasia Sylva")]
    assert checked.implied.get("people", []) == []


def test_a_roster_without_names_or_managers_can_be_taken_over() -> None:
    checked = read("people", "id,dept\n1,4.0\n2,5.0\n")
    assert [(row.id, row.name, row.unit) for row in checked.rows] == [("1", "1", "4"), ("2", "2", "5")]
    assert summary(checked) == {"rows": 2, "people": 2, "roots": None, "managers": None}
