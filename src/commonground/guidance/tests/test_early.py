from datetime import date

from commonground.analysis.facts import Engagement, Milestone
from commonground.guidance.tests.made import facts, subjects

RAISED = Milestone("first_raised", actual=date(2026, 2, 1))
CHOSEN = Milestone("technology_chosen", actual=date(2026, 9, 1))
SALES = Engagement(date(2026, 2, 20), "head of sales", "influencer", outside_it=True)
BOARD = Engagement(date(2026, 8, 1), "the board", "board")


def test_somebody_outside_it_is_engaged_within_thirty_days():
    assert subjects("EARLY-01", facts(milestones=[RAISED])) == ["milestone:first_raised"]
    assert subjects("EARLY-01", facts(milestones=[RAISED], engagements=[SALES])) == []
    late = SALES._replace(on=date(2026, 3, 4))
    assert subjects("EARLY-01", facts(milestones=[RAISED], engagements=[late])) == ["milestone:first_raised"]
    assert subjects("EARLY-01", facts(milestones=[RAISED], engagements=[late]), days=31) == []
    inside = SALES._replace(outside_it=False)
    assert subjects("EARLY-01", facts(milestones=[RAISED], engagements=[inside])) == ["milestone:first_raised"]


def test_the_thirty_days_are_given_first():
    assert subjects("EARLY-01", facts(milestones=[RAISED], as_of=date(2026, 2, 20))) == []


def test_board_and_influencers_come_before_the_technology():
    assert subjects("EARLY-01", facts(milestones=[CHOSEN], engagements=[SALES, BOARD])) == []
    assert subjects("EARLY-01", facts(milestones=[CHOSEN], engagements=[SALES])) == ["milestone:technology_chosen"]
    after = BOARD._replace(on=date(2026, 9, 2))
    assert subjects("EARLY-01", facts(milestones=[CHOSEN], engagements=[SALES, after])) == [
        "milestone:technology_chosen"
    ]
