"""Every guideline says what ends its findings, and it does: the finding is gone, and no other of the same code has come."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from commonground.analysis.facts import Facts, Person
from commonground.guidance.guidelines import CATALOGUE, run
from commonground.guidance.guidelines.remedies.changing import replaced, with_rows, with_somebody
from commonground.guidance.reference import built_in
from commonground.guidance.tests.generated import given_facts
from commonground.guidance.tests.made import DAY, crowd, facts
from commonground.intake.folder import read_folder

EXAMPLES = Path(__file__).parents[4] / "examples"
OFTEN = 30  # examples of facts for each guideline
CODES = [one.code for one in built_in()]


def assert_remedied(code: str, facts: Facts) -> int:
    """Applies the remedy of each finding; how many there were."""
    one = CATALOGUE[code]
    assert one.remedy is not None, (
        f"{code} does not say what ends its findings: give it a remedy (guidelines/remedies)."
    )
    before = run(facts, select=[code]).findings
    for finding in before:
        after = {other.subject for other in run(one.remedy(facts, finding), select=[code]).findings}
        assert finding.subject not in after, f"{code} {finding.subject} is still there: {finding.what}"
        assert after <= {other.subject for other in before}, f"{code} {finding.subject}: its remedy opens another"
    return len(before)


@pytest.mark.slow
@pytest.mark.parametrize("code", CODES)
def test_a_remedy_ends_its_finding_and_opens_none_of_the_same_code(code):
    @settings(max_examples=OFTEN, deadline=None, suppress_health_check=list(HealthCheck))
    @given(given_facts(CATALOGUE[code]))
    def holds(given_: Facts):
        assert_remedied(code, given_)

    holds()


@pytest.mark.parametrize("folder", ["northlight", "smallest", "counted"])
def test_so_do_remedies_over_the_sheets_of_the_examples(folder):
    given_ = read_folder(EXAMPLES / folder, DAY).facts
    assert sum(assert_remedied(code, given_) for code in CODES) >= 5


def test_a_change_leaves_the_facts_that_it_was_given():
    before = facts(people=crowd(2))
    after = with_rows(replaced(before, "people", Person, lambda row: None if row.id == "x0" else row), "seats")
    assert [row.id for row in after.rows("people")] == ["x1"]
    assert len(before.rows("people")) == 2
    assert (after.has("seats"), before.has("seats")) == (True, False)
    assert replaced(before, "seats", Person, lambda row: row) is before


def test_somebody_is_who_is_here_else_a_new_colleague():
    left = Person("old", "Old", end=DAY)
    assert with_somebody(facts(people=[left, *crowd(2)]))[1] == "x0"
    after, person = with_somebody(facts(people=[left, *crowd(1)]), but=["x0"])
    assert person in {row.id for row in after.rows("people")} - {"x0", "old"}
    assert with_somebody(facts())[0].tables == {}
