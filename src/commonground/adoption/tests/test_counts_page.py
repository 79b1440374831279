"""Counting by hand: entering a week, correcting, removing, listing, and what is never shown."""

import csv
import io
import re
from datetime import date

import pytest
from tests.cast import Cast

from commonground.adoption.models import Behaviour, Count, Observing
from commonground.adoption.tests.made import behaviour

WEEK = "2026-08-31"


@pytest.fixture
def counted(cast: Cast) -> Behaviour:
    return behaviour(cast.program, "B1", "answer in the first call", source="count")


def at(row: Behaviour) -> str:
    return f"/northlight/pace/{row.pk}/counts/"


def test_a_week_is_entered_for_units_and_all(cast: Cast, counted: Behaviour) -> None:
    water = cast.units["water"].pk
    alice = cast.alice.client()
    asked = {"week": "2026-09-03", "all.new": "30", "all.old": "10", "all.people": "25"}
    answer = alice.post(
        at(counted),
        {**asked, f"{water}.new": "4", f"{water}.old": "0", f"{water}.neither": "2", f"{water}.people": "9"},
    )
    assert answer.status_code == 302
    rows = Count.objects.values_list("unit", "week", "new", "old", "neither", "people")
    assert set(rows) == {
        (None, date(2026, 8, 31), 30, 10, 0, 25),
        (water, date(2026, 8, 31), 4, 0, 2, 9),
    }
    assert Observing.objects.filter(behaviour=counted).exists()


def test_it_is_corrected_by_entering_it_again(cast: Cast, counted: Behaviour) -> None:
    alice = cast.alice.client()
    alice.post(at(counted), {"week": WEEK, "all.new": "30", "all.old": "10", "all.people": "25"})
    page = alice.get(f"{at(counted)}?week={WEEK}").content.decode()
    assert 'name="all.new" value="30"' in page
    answer = alice.post(at(counted), {"week": WEEK, "all.new": "31", "all.old": "10", "all.people": "25"}, follow=True)
    assert "0 added, 1 changed" in answer.content.decode()
    assert Count.objects.get().new == 31


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"all.new": "many", "all.old": "1"}, "is no whole number"),
        ({"all.new": "-3", "all.old": "1"}, "is no whole number"),
        ({"all.neither": "3"}, "0 is an answer"),
        ({"all.new": "0", "all.old": "0"}, "A week without any occasion needs no line"),
        ({"all.new": "3", "all.old": "0", "all.people": "0"}, "Somebody must have had an occasion"),
        ({}, "No number was given yet"),
    ],
)
def test_what_is_wrong_is_said_in_its_line(cast: Cast, counted: Behaviour, typed: dict[str, str], said: str) -> None:
    page = cast.alice.client().post(at(counted), {"week": WEEK, **typed})
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not Count.objects.exists()


def test_what_was_typed_stays_where_something_is_wrong(cast: Cast, counted: Behaviour) -> None:
    page = cast.alice.client().post(at(counted), {"week": WEEK, "all.new": "7", "all.old": "x"}).content.decode()
    assert 'name="all.new" value="7"' in page
    assert 'name="all.old" value="x"' in page


def test_a_count_of_too_few_people_is_kept_and_never_shown(cast: Cast, counted: Behaviour) -> None:
    alice, water = cast.alice.client(), cast.units["water"].pk
    alice.post(at(counted), {"week": WEEK, f"{water}.new": "6137", f"{water}.old": "4821", f"{water}.people": "4"})
    page = alice.get(f"{at(counted)}?week={WEEK}").content.decode()
    assert "fewer than 8 people" in page
    assert not re.search(r"6,?137|4,?821", page)
    rows = list(csv.DictReader(io.StringIO(_body(alice.get(f"{at(counted)}?format=csv")))))
    assert [(row["unit"], row["new"], row["note"]) for row in rows] == [("Water", "", "fewer people than are shown")]


def test_without_people_the_head_count_decides(cast: Cast, counted: Behaviour) -> None:
    """The cast has one person in Water: a count of it is not shown. The whole may be."""
    alice, water = cast.alice.client(), cast.units["water"].pk
    alice.post(
        at(counted), {"week": WEEK, f"{water}.new": "6137", f"{water}.old": "1", "all.new": "5219", "all.old": "3"}
    )
    page = alice.get(at(counted)).content.decode()
    assert "6,137" not in page
    assert "5,219" in page


def _body(answer: object) -> str:
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def test_it_is_removed_and_put_back(cast: Cast, counted: Behaviour) -> None:
    alice = cast.alice.client()
    alice.post(at(counted), {"week": WEEK, "all.new": "30", "all.old": "10", "all.people": "25"})
    row = Count.objects.get()
    page = alice.post(f"/northlight/pace/counts/{row.pk}/remove/", follow=True).content.decode()
    assert not Count.objects.exists()
    back = re.search(r'action="(/northlight/pace/counts/put-back/\d+/)"', page)
    assert back is not None
    assert cast.carol.client().post(back[1]).status_code == 404, "only who wrote it reads a single count in the journal"
    assert alice.post(back[1]).headers["Location"] == at(counted)
    assert Count.objects.get().new == 30


def test_an_odd_week_in_the_address_is_last_week(cast: Cast, counted: Behaviour) -> None:
    for week in ("soon", "9999-99-99", "0001-01-01", "3000-01-01"):
        assert cast.alice.client().get(f"{at(counted)}?week={week}").status_code == 200


def test_others_may_not_see_counts(cast: Cast, counted: Behaviour) -> None:
    for name in ("bob", "dan", "frank", "charlie"):
        assert cast.client_of(name).get(at(counted)).status_code == 404
