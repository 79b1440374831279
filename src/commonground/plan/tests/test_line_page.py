"""The program line as a page: works from the first day, states the goal, says what breaks the order."""

from datetime import date

import pytest
from django.urls import reverse
from tests.cast import AT, Cast

from commonground.journal.models import Entry, Version
from commonground.programs.models import Milestone, Program, Strategy


def address(cast: Cast, name: str = "line", **kwargs: object) -> str:
    return reverse(f"programs:{name}", kwargs={"program": cast.program.slug, **kwargs})


def test_is_useful_on_day_one_with_nothing_in_it(cast: Cast) -> None:
    Program.objects.filter(pk=cast.program.pk).update(goal="", goal_stated_on=None)
    Strategy.objects.all().delete()
    page = cast.alice.client().get(address(cast)).content.decode()
    for step in ("State the goal", "Log who was engaged first", "Bring two sheets"):
        assert step in page


def test_states_the_goal_in_its_words_and_with_its_day(cast: Cast) -> None:
    response = cast.alice.client().post(
        address(cast, "goal"), {"goal": "Sixty posts fewer by 2028.", "goal_stated_on": "2026-02-02"}
    )
    assert response.status_code == 302
    page = cast.erin.client().get(address(cast)).content.decode()
    assert "Sixty posts fewer by 2028." in page
    assert "2 Feb 2026" in page
    entry = Entry.objects.get(verb="stated the goal")
    assert entry.values.data["before"]["goal"].startswith("Answer customers")


def test_says_that_technology_came_before_workflows(cast: Cast) -> None:
    for kind, actual in (("strategy_agreed", date(2026, 2, 1)), ("technology_chosen", date(2026, 3, 1))):
        cast.program.add(Milestone(kind=kind, actual=actual), by=cast.alice.actor, at=AT)
    page = cast.bob.client().get(address(cast)).content.decode()
    assert "Technology was chosen before the workflows were agreed" in page
    cast.program.add(Milestone(kind="workflows_agreed", actual=date(2026, 2, 20)), by=cast.alice.actor, at=AT)
    assert "was chosen before" not in cast.bob.client().get(address(cast)).content.decode()


@pytest.mark.parametrize("name", ["erin", "frank"])
def test_engagements_are_not_for_everybody(cast: Cast, name: str) -> None:
    assert "Who was engaged" not in cast.client_of(name).get(address(cast)).content.decode()
    assert cast.client_of(name).get(address(cast, "engagements")).status_code == 404


def test_the_technical_administrator_sees_no_content(cast: Cast) -> None:
    assert cast.grace.client().get(address(cast)).status_code == 404


def test_comes_as_csv(cast: Cast) -> None:
    cast.program.add(
        Milestone(kind="cut_over", unit=cast.units["billing"], planned=date(2027, 1, 1)), by=cast.alice.actor, at=AT
    )
    text = cast.alice.client().get(address(cast) + "?format=csv").getvalue().decode()
    assert "Cut-over,Billing,2027-01-01,,planned" in text


def test_a_milestone_bumps_its_table(cast: Cast) -> None:
    before = Version.objects.now().get("milestones", 0)
    cast.program.add(Milestone(kind="cut_over", planned=date(2027, 1, 1)), by=cast.alice.actor, at=AT)
    assert Version.objects.now()["milestones"] == before + 1
