"""The program line as a page: works from the first day, states the goal, says what breaks the order."""

from datetime import date

import pytest
from django.urls import reverse
from tests.cast import AT, Cast

from commonground.analysis.plan.line import LANES
from commonground.communication.models import Panel
from commonground.journal.models import Entry, Version
from commonground.plan.models import Phase
from commonground.programs.models import Activity, Milestone, Program, Strategy
from commonground.realignment.models import RoleFate


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


def test_what_is_late_is_told_with_how_long(cast: Cast) -> None:
    cast.program.add(Milestone(kind="team_seated", planned=date(2026, 1, 5)), by=cast.alice.actor, at=AT)
    page = cast.alice.client().get(address(cast) + "?as_of=2026-02-02").content.decode()
    assert "1 thing has a day that has passed" in page
    assert "4 weeks ago" in page


def test_every_lane_stands_there_before_any_system_is_chosen(cast: Cast) -> None:
    cast.program.add(Milestone(kind="first_raised", actual=date(2026, 1, 12)), by=cast.alice.actor, at=AT)
    page = cast.erin.client().get(address(cast)).content.decode()
    for lane in LANES.values():
        assert lane in page
    assert "nothing with a day yet" in page


def test_a_unit_shows_its_own_and_what_is_for_all(cast: Cast) -> None:
    water, billing = cast.units["water"], cast.units["billing"]
    for unit, day in ((water, date(2027, 1, 1)), (billing, date(2027, 2, 2)), (None, date(2027, 3, 3))):
        cast.program.add(Milestone(kind="cut_over", unit=unit, planned=day), by=cast.alice.actor, at=AT)
    text = cast.alice.client().get(address(cast) + f"?format=csv&unit={water.pk}").getvalue().decode()
    assert "2027-01-01" in text
    assert "2027-03-03" in text
    assert "2027-02-02" not in text


def test_phases_panels_and_activities_stand_in_their_lanes(cast: Cast) -> None:
    keep = {"by": cast.alice.actor, "at": AT}
    cast.program.add(Phase(number=1, entered_on=date(2026, 2, 1)), **keep)
    Panel.begin(cast.program, {"name": "Evening", "start": date(2026, 3, 1)}, [], **keep)
    cast.program.add(Activity(key="a", kind="thanks", start=date(2026, 4, 1), state="running"), **keep)
    page = cast.bob.client().get(address(cast)).content.decode()
    assert "phase 1</b>: customer-aware but fragmented" in page
    text = cast.bob.client().get(address(cast) + "?format=csv").getvalue().decode()
    assert "Customers with us,Evening" in text
    assert "Reinforcement,thanks" in text


def test_no_role_stands_on_a_line_that_hangs_on_a_wall_before_it_is_told(cast: Cast) -> None:
    keep = {"by": cast.alice.actor, "at": AT}
    RoleFate.objects.create(
        program=cast.program,
        role=cast.roles["billing_clerk"],
        fate="end",
        effective=date(2027, 1, 1),
        drafted_by=cast.alice.user,
    )
    cast.program.add(Milestone(kind="first_raised", actual=date(2026, 1, 12)), **keep)
    text = cast.alice.client().get(address(cast) + "?format=csv").getvalue().decode()
    assert "Billing clerk" not in text
    RoleFate.objects.update(stage="told", told_on=date(2026, 9, 1), shown_on=date(2026, 9, 1))
    assert "Billing clerk ends" in cast.alice.client().get(address(cast) + "?format=csv").getvalue().decode()
