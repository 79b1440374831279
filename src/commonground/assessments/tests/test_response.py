"""How many answered while a round is open: groups of ten, 5 %, once a day."""

from datetime import timedelta

import pytest
from tests.cast import Cast

from commonground.assessments.answering import answer
from commonground.assessments.models import ResponseDay, Token
from commonground.assessments.response import response_on, rounded
from commonground.assessments.tests.answered import answered
from commonground.assessments.tests.asked import AT, DAY, opened, staffed, values_for


@pytest.mark.parametrize(
    ("part", "whole", "share"), [(0, 12, 0.1), (5, 40, 0.1), (7, 12, 0.6), (12, 12, 0.9), (29, 40, 0.7)]
)
def test_a_share_is_rounded_to_five_percent(part: int, whole: int, share: float) -> None:
    assert rounded(part, whole) == pytest.approx(share)


@pytest.mark.parametrize("invited", range(10, 200))
def test_that_nobody_or_everybody_has_answered_is_never_told(invited: int) -> None:
    """Otherwise a manager would know of each whether they have, and could ask those who have not."""
    assert rounded(0, invited) == rounded(1, invited)
    assert rounded(invited, invited) == rounded(invited - 1, invited)


def test_only_groups_of_ten_are_told_and_none_that_leaves_fewer_than_ten(cast: Cast) -> None:
    row = answered(cast, silent=9)
    found = response_on(row, DAY)
    assert found is not None
    assert all(one["invited"] >= 10 for one in found.data)
    assert {one["share"] * 20 % 1 for one in found.data} == {0}
    sizes = {one["label"]: one["invited"] for one in found.data}
    assert "Billing" in sizes
    assert "Water" not in sizes  # two of Water, and the crews below it: the difference would be fewer than ten


def test_it_is_made_once_a_day_and_never_live(cast: Cast) -> None:
    row = answered(cast, silent=20)
    before = response_on(row, DAY)
    for token in Token.objects.filter(round=row, spent=False).select_related("round"):
        answer(token, values_for(row))
    assert before is not None
    assert response_on(row, DAY) == before
    assert ResponseDay.objects.get().data == before.data
    after = response_on(row, DAY + timedelta(days=1))
    assert after is not None
    assert after.data[0]["share"] == 0.9


def test_before_the_first_day_and_after_the_end_none_is_made(cast: Cast) -> None:
    staffed(cast)
    row = opened(cast)
    assert response_on(row, DAY - timedelta(days=1)) is None
    row.state = "closed"
    assert response_on(row, AT.date()) is None
