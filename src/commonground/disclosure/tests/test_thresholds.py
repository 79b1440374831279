"""Thresholds go up, with a reason, and never down."""

import pytest
from tests.cast import AT, Cast

from commonground.disclosure.models import DisclosureError, Threshold
from commonground.disclosure.thresholds import threshold_of
from commonground.journal.models import Entry, Version


def test_the_house_has_its_own(db: None) -> None:
    """GLOSSARY: 5 for scores, 8 for pace and ownership, 10 for doubts and comments."""
    assert [threshold_of(kind) for kind in ("scores", "pace", "ownership", "comments")] == [5, 8, 8, 10]
    with pytest.raises(KeyError):
        threshold_of("moods")


def test_it_is_raised_with_a_reason_and_never_lowered(cast: Cast) -> None:
    alice = cast.alice.actor
    row = Threshold.objects.raise_to("pace", 12, why="Agreed with the council", by=alice, at=AT)
    assert threshold_of("pace") == 12
    entry = Entry.objects.about(row).get()
    assert entry.values.data is not None
    assert (entry.verb, entry.values.data["why"], entry.values.data["before"], entry.values.data["after"]) == (
        "raised a threshold", "Agreed with the council", 8, 12,
    )  # fmt: skip
    for people in (12, 11, 8, 0, -3, 1001):
        with pytest.raises(DisclosureError, match="can only go up"):
            Threshold.objects.raise_to("pace", people, why="Agreed", by=alice, at=AT)
    with pytest.raises(DisclosureError, match="Say why"):
        Threshold.objects.raise_to("pace", 20, why="  ", by=alice, at=AT)
    with pytest.raises(DisclosureError, match="cannot be raised in this version"):
        Threshold.objects.raise_to("ownership", 20, why="Agreed", by=alice, at=AT)
    assert threshold_of("pace") == 12


def test_a_row_below_the_houses_own_does_not_count(db: None) -> None:
    Threshold.objects.create(kind="pace", people=3)
    assert threshold_of("pace") == 8


def test_on_the_page(cast: Cast) -> None:
    frank = cast.client_of("frank")
    address = "/northlight/released/threshold/pace/"
    assert frank.get(address).status_code == 200
    refused = frank.post(address, {"people": 8, "why": "no"})
    assert (refused.status_code, "can only go up" in refused.content.decode()) == (422, True)
    assert frank.post(address, {"people": 9, "why": ""}).status_code == 422
    answer = frank.post(address, {"people": 9, "why": "Agreed with the council"}, follow=True)
    assert "9 people at least" in answer.content.decode()
    assert threshold_of("pace") == 9
    assert frank.get("/northlight/released/threshold/ownership/").status_code == 404
    assert cast.client_of("bob").post(address, {"people": 20, "why": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("kind", "then"), [("scores", "keep the threshold with which they opened"), ("comments", "earlier ones too")]
)
def test_scores_and_comments_too_with_what_becomes_of_earlier_ones(cast: Cast, kind: str, then: str) -> None:
    address = f"/northlight/released/threshold/{kind}/"
    frank = cast.client_of("frank")
    assert then in frank.get(address).content.decode()
    assert then in frank.post(address, {"people": 15, "why": "Agreed"}, follow=True).content.decode()
    assert threshold_of(kind) == 15


def test_guidelines_look_again_after_it(cast: Cast) -> None:
    before = Version.objects.now()
    Threshold.objects.raise_to("pace", 12, why="Agreed", by=cast.alice.actor, at=AT)
    after = Version.objects.now()
    assert {table for table, number in after.items() if number != before.get(table)} == {
        "behaviours",
        "forecasts",
        "pace",
    }
