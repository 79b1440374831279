"""EARLY-02 and EARLY-03: late training and notices, and notices that nobody can answer."""

from datetime import date

from commonground.analysis.facts import Activity, Milestone, Person, Process, TakesPart, Unit
from commonground.guidance.guidelines import run
from commonground.guidance.tests.made import DAY, facts, subjects

CHOSEN = Milestone("technology_chosen", actual=date(2026, 6, 1))
TRAINING = Activity("t", "training course", start=date(2026, 9, 1), hours=60)
WORKSHOP = Activity("w", "workshop", start=date(2026, 3, 1), hours=40)
PEOPLE = [Person("a", "Ann", "North"), Person("b", "Bea", "South")]
PROCESSES = [Process("p", "P", "North", ("a",), fate="move"), Process("q", "Q", "South", ("b",), fate="move")]
UNITS = [Unit("all", "All"), Unit("North", "North", "all"), Unit("South", "South", "all")]
NOTICE = Activity("n", "newsletter", "North", start=date(2026, 11, 1), end=date(2026, 11, 2), state="done")


def effort(*rows: Activity, milestones=(CHOSEN,), **parameters: float) -> list[str]:
    return subjects("EARLY-02", facts(activities=rows, milestones=milestones), **parameters)


def test_more_than_sixty_of_a_hundred_hours_are_too_many() -> None:
    assert effort(TRAINING, WORKSHOP) == []  # sixty of a hundred
    assert effort(TRAINING._replace(hours=61), WORKSHOP._replace(hours=39)) == ["program:effort"]
    assert effort(TRAINING, WORKSHOP, share=0.5) == ["program:effort"]


def test_what_it_asks_of_people_is_effort_too() -> None:
    asks = TRAINING._replace(hours=20, hours_per_person=2.0, people=30)  # 80 hours
    assert effort(asks, WORKSHOP) == ["program:effort"]


def test_early_training_and_talks_are_not_late_and_what_was_dropped_is_no_effort() -> None:
    assert effort(TRAINING._replace(start=date(2026, 5, 31))) == []
    assert effort(WORKSHOP._replace(start=date(2026, 9, 1))) == []
    assert effort(TRAINING._replace(state="dropped"), WORKSHOP) == []


def test_without_a_choice_the_first_cut_over_says_what_is_late() -> None:
    cut_over = Milestone("cut_over", planned=date(2026, 11, 30))  # late from 1 September on
    assert effort(TRAINING, milestones=[cut_over]) == ["program:effort"]
    assert effort(TRAINING._replace(start=date(2026, 8, 31)), milestones=[cut_over]) == []


def test_without_hours_or_days_it_is_not_checked() -> None:
    for given in (
        facts(activities=[TRAINING._replace(hours=None)], milestones=[CHOSEN]),
        facts(activities=[TRAINING], milestones=[Milestone("first_raised", actual=DAY)]),
    ):
        assert run(given, select=["EARLY-02"]).checked == ()


def notices(*rows: Activity, takes_part=()) -> list[str]:
    tables = {"people": PEOPLE, "processes": PROCESSES, "units": UNITS, "activities": rows}
    return subjects("EARLY-03", facts(**tables, takes_part=takes_part))


def test_a_unit_that_only_gets_notices_is_named_and_no_other() -> None:
    assert notices(NOTICE) == ["unit:North"]
    assert notices(NOTICE._replace(unit=None)) == ["unit:North", "unit:South"]


def test_a_talk_or_a_session_in_which_somebody_of_the_unit_was_is_an_answer() -> None:
    talk = NOTICE._replace(id="w", kind="listening session")
    assert notices(NOTICE, talk) == []
    assert notices(NOTICE, talk._replace(unit="South")) == ["unit:North"]
    assert notices(NOTICE, takes_part=[TakesPart("s", "a", date(2026, 11, 3), "session")]) == []
    assert notices(NOTICE, takes_part=[TakesPart("s", "b", date(2026, 11, 3), "session")]) == ["unit:North"]


def test_a_notice_of_more_than_sixty_days_ago_or_one_ahead_is_none() -> None:
    assert notices(NOTICE._replace(start=date(2026, 9, 1), end=date(2026, 9, 22))) == []
    assert notices(NOTICE._replace(start=date(2026, 9, 1), end=date(2026, 9, 23))) == ["unit:North"]
    assert notices(NOTICE._replace(start=date(2026, 12, 1), end=None, state="planned")) == []
    assert notices(NOTICE._replace(state="planned")) == []  # nobody says that it took place
