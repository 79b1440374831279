"""The amount of change: what stands beside one another, decisions that stay, the milestone, the page."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from tests.cast import Cast

from commonground.assessments.amount import KIND, AmountDecision, ConcurrentChange, DivergenceRating, Hours, median
from commonground.assessments.culture import gap_of
from commonground.assessments.standing import Side, side_of
from commonground.assessments.tests.answered import told
from commonground.assessments.tests.asked import AT, DAY
from commonground.programs.models import Milestone
from commonground.programs.register import CannotError


def rate(cast: Cast, rater: str, value: int) -> None:
    row = DivergenceRating(rater=rater, role="audit", value=value, reason="As we have done it for long.", on=DAY)
    cast.program.add(row, by=cast.alice.actor, at=AT)


def hours(cast: Cast, free: float, asked: float, unit: str | None = None) -> None:
    row = Hours(unit=cast.units[unit] if unit else None, free=free, asked=asked, source="duty plan", on=DAY)
    cast.program.add(row, by=cast.alice.actor, at=AT)


def side(cast: Cast) -> Side:
    return side_of(cast.alice.actor, cast.program, DAY, gap_of(cast.alice.actor, cast.program))


def decide(cast: Cast, on: date = DAY, **more: Any) -> AmountDecision:
    values = {
        "decision": "staged",
        "words": "Billing later.",
        "reasons": "Too much at once.",
        "decided_by": "The board",
    }
    return AmountDecision.objects.decide(
        cast.program, **{**values, **more}, decided_on=on, figures=side(cast).figures(), by=cast.alice.actor, at=AT
    )


def milestone(cast: Cast) -> date | None:
    return Milestone.objects.get(program=cast.program, kind=KIND, unit=None).actual


def test_the_four_stand_beside_one_another(cast: Cast) -> None:
    told(cast, instrument="culture", purpose="culture", name="Culture", languages=["en"])
    rate(cast, "Anneke Brandt", 4)
    rate(cast, "Tomas Lind", 3)
    hours(cast, 40, 30)
    cast.program.add(
        ConcurrentChange(name="Outage system", start=DAY, end=None, units=["BIL"]), by=cast.alice.actor, at=AT
    )
    cast.program.add(
        ConcurrentChange(name="Past", start=DAY - timedelta(days=90), end=DAY - timedelta(days=1)),
        by=cast.alice.actor,
        at=AT,
    )
    found = side(cast)
    assert found.gap is not None
    assert found.gap.low is not None
    assert found.gap.high is not None
    assert found.gap.low <= found.gap.distance <= found.gap.high
    assert (found.divergence, found.raters, found.free, found.running) == (3.5, 2, 40, 1)
    assert not found.above_capacity
    assert found.lacking() == []
    page = cast.bob.client().get(reverse("assessments:amount", kwargs={"program": cast.program.slug})).content.decode()
    for words in ("Anneke Brandt", "Outage system", "duty plan", "Aitchison"):
        assert words in page


@pytest.mark.parametrize(("values", "middle"), [([], None), ([4], 4), ([1, 5, 4], 4), ([3, 4], 3.5)])
def test_the_middle_of_ratings(values: list[int], middle: float | None) -> None:
    assert median(values) == middle


def test_one_person_who_rates_twice_is_one(cast: Cast) -> None:
    rate(cast, "Anneke Brandt", 4)
    rate(cast, "anneke brandt ", 2)
    assert side(cast).raters == 1
    assert any("one person has rated" in words for words in side(cast).lacking())


def test_above_what_is_free_asks_for_reasons_and_then_says_so(cast: Cast) -> None:
    rate(cast, "Anneke Brandt", 4)
    rate(cast, "Tomas Lind", 3)
    hours(cast, 20, 30)
    with pytest.raises(CannotError, match="30 hours a week are asked and 20 are free"):
        decide(cast, reasons=" ")
    row = decide(cast)
    assert row.above_capacity
    assert row.figures["asked_hours_per_week"] == 30


def test_a_unit_above_its_own_hours_is_above_capacity_though_the_whole_is_not(cast: Cast) -> None:
    hours(cast, 100, 10, "contact")
    hours(cast, 5, 9, "billing")
    assert side(cast).above_capacity
    assert "Billing" in " ".join(side(cast).lacking())


def test_deciding_reaches_the_milestone_and_earlier_decisions_stay_as_they_were(cast: Cast) -> None:
    first = decide(cast)
    assert milestone(cast) == DAY
    rate(cast, "Anneke Brandt", 5)
    later = decide(cast, on=DAY + timedelta(days=30), decision="less")
    assert milestone(cast) == DAY
    assert AmountDecision.objects.count() == 2
    first.refresh_from_db()
    assert first.figures["divergence"] is None
    assert later.figures["divergence"] == 5


def test_a_decision_can_be_taken_back_with_a_reason_and_stays_readable(cast: Cast) -> None:
    first, later = decide(cast), decide(cast, on=DAY + timedelta(days=3))
    with pytest.raises(CannotError, match="why"):
        first.take_back(why="", on=DAY, by=cast.alice.actor, at=AT)
    first.take_back(why="The board met again.", on=DAY, by=cast.alice.actor, at=AT)
    assert milestone(cast) == later.decided_on
    later.take_back(why="And again.", on=DAY, by=cast.alice.actor, at=AT)
    assert milestone(cast) is None
    page = (
        cast.alice.client().get(reverse("assessments:amount", kwargs={"program": cast.program.slug})).content.decode()
    )
    assert "The board met again." in page


def test_it_is_taken_back_on_its_page_with_a_reason(cast: Cast) -> None:
    row, client = decide(cast), cast.alice.client()
    address = reverse("assessments:take-back-amount", args=[cast.program.slug, row.pk])
    assert client.post(address, {"why": ""}).status_code == 422
    assert "Taken back" in client.post(address, {"why": "A slip."}, follow=True).content.decode()
    row.refresh_from_db()
    assert row.taken_back_on is not None
    assert cast.carol.client().get(address).status_code == 404


def test_a_milestone_that_was_reached_otherwise_is_not_touched(cast: Cast) -> None:
    cast.program.add(Milestone(kind=KIND, actual=DAY - timedelta(days=200)), by=cast.alice.actor, at=AT)
    decide(cast).take_back(why="A slip.", on=DAY, by=cast.alice.actor, at=AT)
    assert milestone(cast) == DAY - timedelta(days=200)


def test_the_form_asks_for_reasons_only_where_something_lacks(cast: Cast) -> None:
    address = reverse("assessments:decide-amount", kwargs={"program": cast.program.slug})
    client = cast.bob.client()
    given = {"decision": "less", "words": "Half of it.", "decided_by": "The board", "decided_on": "2026-09-01"}
    refused = client.post(address, given)
    assert refused.status_code == 422
    assert "the culture has not been assessed" in refused.content.decode()
    assert client.post(address, {**given, "reasons": "It cannot wait."}).status_code == 302
    assert AmountDecision.objects.get().reasons == "It cannot wait."


def test_raters_have_no_part_in_the_program(cast: Cast) -> None:
    address = reverse("assessments:add-divergencerating", kwargs={"program": cast.program.slug})
    given = {"rater": "Anneke Brandt", "role": "audit", "value": "4", "reason": "It is far.", "on": "2026-09-01"}
    assert cast.alice.client().post(address, given).status_code == 422
    assert cast.alice.client().post(address, {**given, "outside": "on"}).status_code == 302
    assert (
        cast.alice.client().get(reverse("assessments:edit-divergencerating", args=[cast.program.slug, 1])).status_code
        == 200
    )


def test_who_may_read_and_who_may_decide(cast: Cast) -> None:
    page = reverse("assessments:amount", kwargs={"program": cast.program.slug})
    assert [cast.client_of(name).get(page).status_code for name in ("alice", "bob", "carol", "frank")] == [200] * 4
    assert [cast.client_of(name).get(page).status_code for name in ("dan", "erin", "grace")] == [404] * 3
    address = reverse("assessments:decide-amount", kwargs={"program": cast.program.slug})
    assert [cast.client_of(name).get(address).status_code for name in ("carol", "frank", "dan")] == [404] * 3
