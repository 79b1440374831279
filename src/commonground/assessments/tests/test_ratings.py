"""Impacts rated from two sides: the group's view stands beside the program's, and where they differ stands first."""

from typing import Any

import pytest
from django.urls import reverse
from tests.cast import Cast

from commonground.assessments.ratings import GROUP, PROGRAM, Impact, ImpactRating, two_sided
from commonground.assessments.tests.asked import AT, DAY
from commonground.journal.models import Entry
from commonground.programs.register import CannotError


def impact(cast: Cast, what: str, unit: str | None = "billing", role: str | None = None) -> Impact:
    row = Impact(
        key=Impact.new_key(),
        what=what,
        unit=cast.units[unit] if unit else None,
        role=cast.roles[role] if role else None,
    )
    return cast.program.add(row, by=cast.alice.actor, at=AT)


def rate(cast: Cast, row: Impact, side: str, value: int, **more: Any) -> ImpactRating:
    values = {"value": value, "words": "As it is.", "speaker": "Dan", "on": DAY, **more}
    return row.rate(values, side=side, by=cast.alice.actor, at=AT)


def test_what_differs_by_two_stands_first_then_what_one_side_has_not_rated(cast: Cast) -> None:
    same, near, missing, far = (impact(cast, what) for what in ("same", "near", "missing", "far"))
    for row, ours, theirs in ((same, 3, 3), (near, 3, 4), (far, 2, 5)):
        rate(cast, row, PROGRAM, ours)
        rate(cast, row, GROUP, theirs)
    rate(cast, missing, PROGRAM, 1)
    found = two_sided(cast.alice.actor, cast.program)
    assert [one.impact.what for one in found] == ["far", "missing", "same", "near"]
    assert [one.apart for one in found] == [3, None, 0, 1]
    assert [one.differs for one in found] == [True, False, False, False]


def test_a_later_rating_counts_and_the_earlier_one_stays(cast: Cast) -> None:
    row = impact(cast, "far")
    rate(cast, row, GROUP, 5)
    rate(cast, row, GROUP, 3)
    found = two_sided(cast.alice.actor, cast.program)[0]
    assert found.group is not None
    assert (found.group.value, [old.value for old in found.earlier]) == (3, [5])


def test_what_several_said_needs_as_many_as_the_threshold(cast: Cast) -> None:
    row = impact(cast, "far")
    with pytest.raises(CannotError, match="at least 5"):
        rate(cast, row, GROUP, 4, people=4)
    assert rate(cast, row, GROUP, 4, people=5).people == 5


def test_a_unit_manager_rates_for_the_group_of_their_units_alone(cast: Cast) -> None:
    ours, theirs = impact(cast, "ours"), impact(cast, "theirs", "contact")
    role = impact(cast, "of a role", None, "billing_clerk")
    seen = {one.impact.what for one in two_sided(cast.dan.actor, cast.program)}
    assert seen == {"ours", "of a role"}
    client = cast.dan.client()
    given = {"value": "4", "words": "Most of the week.", "speaker": "Dan", "on": "2026-09-14", "people": ""}
    address = lambda row, side: reverse("assessments:rate-impact", args=[cast.program.slug, row.pk, side])  # noqa: E731 - short
    assert client.post(address(ours, "group"), given).status_code == 302
    assert client.post(address(role, "group"), given).status_code == 302
    assert client.post(address(ours, "program"), given).status_code == 404
    assert client.post(address(theirs, "group"), given).status_code == 404
    assert client.get(reverse("assessments:add-impact", args=[cast.program.slug])).status_code == 404
    assert ImpactRating.objects.filter(side=GROUP).count() == 2


def test_the_form_does_not_show_what_the_other_side_said(cast: Cast) -> None:
    row = impact(cast, "far")
    rate(cast, row, PROGRAM, 2, words="Hardly anything moves.")
    page = cast.dan.client().get(reverse("assessments:rate-impact", args=[cast.program.slug, row.pk, "group"]))
    assert page.status_code == 200
    assert "Hardly anything moves." not in page.content.decode()


def test_a_rating_can_be_removed_and_put_back(cast: Cast) -> None:
    row = impact(cast, "far")
    made = rate(cast, row, GROUP, 5)
    client = cast.alice.client()
    assert client.post(reverse("assessments:remove-impactrating", args=[cast.program.slug, made.pk])).status_code == 302
    assert not ImpactRating.objects.exists()
    entry = Entry.objects.filter(verb__startswith="removed").latest("pk")
    client.post(reverse("assessments:put-back-impactrating", args=[cast.program.slug, entry.pk]))
    assert ImpactRating.objects.get().value == 5
    assert ImpactRating.objects.get().impact == row


def test_an_impact_that_was_rated_stays(cast: Cast) -> None:
    row = impact(cast, "far")
    rate(cast, row, GROUP, 5)
    with pytest.raises(CannotError, match="was rated"):
        row.remove(by=cast.alice.actor, at=AT)


def test_the_page_and_its_file(cast: Cast) -> None:
    row = impact(cast, "Closing day is promised by the contact centre")
    rate(cast, row, PROGRAM, 2)
    rate(cast, row, GROUP, 5, people=9)
    address = reverse("assessments:impacts", kwargs={"program": cast.program.slug})
    page = cast.alice.client().get(address).content.decode()
    assert "One group sees more change than the program does" in page
    assert "middle of 9 people" in page
    text = b"".join(cast.alice.client().get(address + "?format=csv")).decode()
    assert "Billing,2,5,3" in text
    assert cast.erin.client().get(address).status_code == 404
    empty = cast.alice.client().get(address + "?show=one").content.decode()
    assert "None of them" in empty
