from datetime import timedelta

import pytest

from commonground.analysis.facts import Acknowledgement, Path, Process, Role, Stage
from commonground.guidance.tests.made import DAY, crowd, facts, found, subjects

HOLDERS = crowd(3, role="clerk")


def clerk(days: int = 10, **fields):
    return Role("clerk", "Clerk", effective=DAY + timedelta(days=days), **{"fate": "change", **fields})


def test_one_finding_a_role_with_the_count_and_no_names():
    done = [Acknowledgement("clerk", "x0", acknowledged=DAY)]
    finding = found("ROLE-01", facts(people=HOLDERS, roles=[clerk()], acknowledgements=done))[0]
    assert finding.what.startswith(
        "2 of 3 holders of the role Clerk, which changes on 1 Dec 2026, have not acknowledged"
    )
    assert "Person" not in finding.what + finding.evidence


@pytest.mark.parametrize(("days", "expected"), [(31, []), (30, ["role:clerk"]), (-5, ["role:clerk"])])
def test_it_is_looked_for_thirty_days_before_the_date(days, expected):
    given = facts(people=HOLDERS, roles=[clerk(days)])
    assert subjects("ROLE-01", given) == expected
    assert subjects("ROLE-01", given, days_before=60) == ["role:clerk"]


def test_reading_is_not_yet_acknowledging():
    rows = [Acknowledgement("clerk", person.id, read=DAY) for person in HOLDERS]
    assert subjects("ROLE-01", facts(people=HOLDERS, roles=[clerk()], acknowledgements=rows)) == ["role:clerk"]
    rows = [row._replace(acknowledged=DAY) for row in rows]
    assert subjects("ROLE-01", facts(people=HOLDERS, roles=[clerk()], acknowledgements=rows)) == []


def test_a_role_that_changes_is_written_down_twice():
    assert subjects("ROLE-02", facts(roles=[clerk(definition_before="types")])) == ["role:clerk"]
    assert subjects("ROLE-02", facts(roles=[clerk(definition_before="types", definition_after="visits")])) == []
    assert subjects("ROLE-02", facts(roles=[clerk(fate="keep")])) == []


def test_people_whose_role_ends_are_owed_a_next_one():
    ends = [clerk(fate="end")]
    paths = [Path("x0", "clerk", "new_role", "agent"), Path("x1", "clerk", "leaving"), Path("x2", "clerk", "open")]
    finding = found("ROLE-03", facts(people=HOLDERS, roles=ends, paths=paths))[0]
    assert "1 of 3 holders has no next role yet" in finding.what
    assert (
        subjects(
            "ROLE-03", facts(people=HOLDERS, roles=ends, paths=[*paths[:2], Path("x2", "clerk", "new_role", "agent")])
        )
        == []
    )
    assert subjects("ROLE-03", facts(people=HOLDERS, roles=[clerk()], paths=[])) == []


@pytest.mark.parametrize(
    ("stage", "late"),
    [
        (Stage("process", "p", in_force=DAY), True),
        (Stage("process", "p", told=DAY, in_force=DAY), False),
        (Stage("process", "p", told=DAY + timedelta(days=1), in_force=DAY), True),
        (Stage("process", "p", in_force=DAY + timedelta(days=9)), False),
        (Stage("role", "clerk", told=DAY, shown=DAY), True),
        (Stage("role", "clerk", told=DAY, line_spoke=DAY, shown=DAY), False),
    ],
)
def test_the_talk_comes_first(stage, late):
    given = facts(stages=[stage], processes=[Process("p", "Open the account")], roles=[clerk()])
    assert subjects("ROLE-04", given) == ([f"{stage.kind}:{stage.id}"] if late else [])
