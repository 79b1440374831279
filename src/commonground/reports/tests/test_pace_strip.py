"""The pace on the home page is what the pages of the pace show; without behaviours, or for those who may not, there is nothing of it."""

import pytest
from django.utils import timezone
from tests.cast import Cast

from commonground.adoption.benefits import Amount, Total
from commonground.adoption.lines import lines_of
from commonground.adoption.models import Behaviour, Benefit
from commonground.adoption.tests.made import behaviour, full, late, paced, sparse, withheld
from commonground.guidance.context import marks_for
from commonground.guidance.models import Finding
from commonground.guidance.tests.test_folding import put, standing
from commonground.reports.pace_strip import Strip, strip_of, summed

__all__ = ["standing"]
URL = "/northlight/"


@pytest.fixture
def two(standing: Cast) -> tuple[Behaviour, Behaviour]:
    """A behaviour that is measured, and one that is not yet."""
    rows = behaviour(standing.program, "a", "Log the visit"), behaviour(standing.program, "b", "Share the plan")
    paced(rows[0], full(), at=timezone.now())
    return rows


def strip(cast: Cast, name: str = "alice") -> Strip | None:
    now = timezone.now()
    return strip_of(getattr(cast, name).actor, cast.program, timezone.localdate(now), now)


def test_its_lines_are_those_of_the_pace(standing: Cast, two: tuple[Behaviour, ...]) -> None:
    page = standing.client_of("alice").get(URL)
    shown, today = page.context["strip"], timezone.localdate()
    lines = lines_of(standing.alice.actor, standing.program, today, today=today, now=timezone.now())
    assert [(line.behaviour, line.now, line.due) for line in shown.lines] == [
        (line.behaviour, line.now, line.due) for line in lines
    ]
    assert shown.lead is not None
    assert shown.lead.behaviour == two[0]
    text = page.content.decode()
    for words in ("Work done the new way", "Each month of delay costs", "Log the visit", "Share the plan", shown.said):
        assert words in text
    assert shown.said
    assert f"<b>{shown.lead.now.new:.0%}".replace("%", " %") in text.replace("\u00a0", " ")


def test_without_a_behaviour_nothing_of_it_stands_there(standing: Cast) -> None:
    page = standing.client_of("alice").get(URL)
    assert page.context["strip"] is None
    assert "Work done the new way" not in page.content.decode()


@pytest.mark.parametrize("pace", [sparse(), withheld()])
def test_too_little_is_said_and_no_figure_leads(standing: Cast, pace: object) -> None:
    paced(behaviour(standing.program, "a", "Log the visit"), pace, at=timezone.now())
    found = strip(standing)
    assert found is not None
    assert found.said == "" or found.lead is not None
    text = standing.client_of("alice").get(URL).content.decode()
    assert "Log the visit" in text


def test_what_only_counts_log_ins_does_not_lead(standing: Cast) -> None:
    paced(behaviour(standing.program, "a", "Sign in", vanity=True), full(), at=timezone.now())
    paced(behaviour(standing.program, "b", "Log the visit", order=2), late(), at=timezone.now())
    found = strip(standing)
    assert found is not None
    assert found.lead is not None
    assert found.lead.behaviour.name == "Log the visit"


def test_who_may_not_see_the_pace_sees_none(cast: Cast) -> None:
    paced(behaviour(cast.program, "a", "Log the visit"), full(), at=timezone.now())
    assert strip(cast, "grace") is None
    assert strip(cast, "erin") is None


def test_money_is_added_up_by_currency_and_other_units_never(standing: Cast, two: tuple[Behaviour, ...]) -> None:
    """Two behaviours in euro, one of them in francs besides: 10 + 5 euro a month, ends added."""

    class Line:
        def __init__(self, *totals: Total) -> None:
            self.totals = totals

    euro = Total("€", 1, None, Amount("€", 10.0, 4.0, 15.0), None)
    rows = [
        Line(euro),
        Line(Total("€", 2, None, Amount("€", 5.0, 1.0, 9.0), None), Total("CHF", 1, None, Amount("CHF", 3.0), None)),
        Line(Total("€", 1, None, None, None)),
        Line(),
    ]
    costs = {cost.amount.unit: cost for cost in summed(rows)}
    assert costs["€"].amount == Amount("€", 15.0, 5.0, 24.0)
    assert costs["€"].of == 2
    assert costs["CHF"].amount == Amount("CHF", 3.0, None, None)


def test_search_finds_behaviours_and_benefits(standing: Cast, two: tuple[Behaviour, ...]) -> None:
    Benefit.objects.create(
        program=standing.program, behaviour=two[0], name="Visits saved", unit_words="visits", per_occasion=0.2
    )

    def found(name: str) -> dict[str, list[str]]:
        page = standing.client_of(name).get("/northlight/search/", {"q": "visit"})
        return {hits.title: [hit.name for hit in hits.rows] for hits in page.context["found"]}

    assert found("alice")["Behaviours"] == ["Log the visit"]
    assert found("alice")["Benefits"] == ["Visits saved"]
    assert found("erin").keys().isdisjoint({"Behaviours", "Benefits"})


def test_the_rail_counts_the_same_whether_a_page_knew_it_or_not(standing: Cast) -> None:
    put(standing, "PROC-02", 2, unit=standing.units["billing"])
    actor = standing.alice.actor
    seen = Finding.objects.of(standing.program).visible_to(actor)
    assert marks_for(actor, standing.program, seen) == marks_for(actor, standing.program) != {}
