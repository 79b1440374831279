from datetime import timedelta

from commonground.analysis.facts import Activity
from commonground.guidance.tests.made import DAY, facts, found, subjects

WEEK = timedelta(weeks=1)


def plan(*rows: Activity):
    return facts(activities=rows)


def test_what_should_be_over_or_begun_is_found():
    over = Activity("a", "Course", start=DAY - 4 * WEEK, end=DAY - 2 * WEEK, state="running")
    begun = Activity("b", "Talk", start=DAY - 2 * WEEK, end=DAY + WEEK, state="planned")
    assert subjects("PHAS-03", plan(over, begun)) == ["activity:a", "activity:b"]
    assert found("PHAS-03", plan(over))[0].what == "Course should be over, and nobody says that it was delivered"


def test_what_is_in_time_confirmed_or_dropped_passes():
    given = plan(
        Activity("a", "Course", start=DAY - 2 * WEEK, end=DAY + WEEK, state="running"),
        Activity("b", "Talk", start=DAY - 4 * WEEK, end=DAY - 3 * WEEK, state="done", delivered=DAY - 3 * WEEK),
        Activity("c", "Walk", start=DAY - 4 * WEEK, end=DAY - 3 * WEEK, state="dropped"),
        Activity("d", "Some day"),
    )
    assert subjects("PHAS-03", given) == []


def test_a_week_is_given_and_can_be_set():
    given = plan(Activity("a", "Course", start=DAY - timedelta(days=6), state="running"))
    assert subjects("PHAS-03", given) == []
    assert subjects("PHAS-03", given, days=3) == ["activity:a"]


def test_done_without_a_word_counts_where_words_are_given():
    done = Activity("a", "Course", start=DAY - 4 * WEEK, state="done")
    assert subjects("PHAS-03", plan(done)) == []  # nobody confirms anything here
    other = Activity("b", "Talk", start=DAY - 4 * WEEK, state="done", delivered=DAY - 4 * WEEK)
    assert subjects("PHAS-03", plan(done, other)) == ["activity:a"]
