"""Activities: delivered is confirmed by the deliverer; what was delivered is not moved; managers speak for their own units."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.cast import AT, Cast

from commonground.journal.models import Entry
from commonground.plan.models import Blackout, Capacity
from commonground.plan.moves import move_all
from commonground.programs.models import Activity
from commonground.programs.register import CannotError

DAY = date(2026, 9, 7)
ADDRESS = "/northlight/plan/"


@pytest.fixture
def talk(cast: Cast) -> Activity:
    values = {"kind": "train", "words": "Own cases", "unit": cast.units["billing"], "deliverer": cast.erin.person}
    return cast.program.add(Activity(key="A1", start=DAY, state="running", **values), by=cast.alice.actor, at=AT)


def test_the_deliverer_confirms_and_may_take_it_back(cast: Cast, talk: Activity) -> None:
    talk.confirm(on=DAY, by=cast.erin.actor, at=AT)
    talk.refresh_from_db()
    assert (talk.delivered_on, talk.delivered_by, talk.state) == (DAY, cast.erin.person, "done")
    assert Entry.objects.filter(verb="confirmed delivery").count() == 1
    talk.take_back(by=cast.erin.actor, at=AT)
    talk.refresh_from_db()
    assert (talk.delivered_on, talk.state) == (None, "running")


def test_nobody_confirms_what_another_delivers_nor_a_day_to_come(cast: Cast, talk: Activity) -> None:
    with pytest.raises(CannotError, match="delivered by somebody else"):
        talk.confirm(on=DAY, by=cast.charlie.actor, at=AT)
    with pytest.raises(CannotError, match="has not come yet"):
        talk.confirm(on=date(2027, 1, 1), by=cast.erin.actor, at=AT)


def test_an_employee_sees_and_confirms_what_they_deliver_and_nothing_else(cast: Cast, talk: Activity) -> None:
    other = cast.program.add(Activity(key="A2", kind="talk"), by=cast.alice.actor, at=AT)
    erin = cast.erin.client()
    assert erin.get(f"{ADDRESS}activity/{talk.pk}/").status_code == 200
    assert erin.get(f"{ADDRESS}activity/{other.pk}/").status_code == 404
    assert erin.get(ADDRESS).status_code == 404
    assert "Own cases" in erin.get("/northlight/for-me/").content.decode()
    assert erin.post(f"{ADDRESS}activity/{talk.pk}/delivered/", {"back": "for-me"}).status_code == 302
    talk.refresh_from_db()
    assert talk.delivered_on == DAY
    assert cast.charlie.client().post(f"{ADDRESS}activity/{talk.pk}/delivered/").status_code == 404


def test_what_was_delivered_is_not_moved_and_then_nothing_else_is(cast: Cast, talk: Activity) -> None:
    other = cast.program.add(Activity(key="A2", kind="talk", start=DAY), by=cast.alice.actor, at=AT)
    talk.confirm(on=DAY, by=cast.erin.actor, at=AT)
    with pytest.raises(CannotError, match="so its days stand"):
        move_all([(other, DAY + timedelta(7)), (talk, DAY + timedelta(7))], by=cast.alice.actor, at=AT)
    other.refresh_from_db()
    assert other.start == DAY


def test_moving_keeps_how_long_it_takes(cast: Cast, talk: Activity) -> None:
    talk.change({"end": DAY + timedelta(days=3)}, by=cast.alice.actor, at=AT)
    talk.shift(DAY + timedelta(days=14), by=cast.alice.actor, at=AT)
    talk.refresh_from_db()
    assert (talk.start, talk.end) == (DAY + timedelta(days=14), DAY + timedelta(days=17))


def test_the_form_keeps_the_audience_as_one_value(cast: Cast) -> None:
    form = {"kind": "involve", "words": "Round", "state": "planned", "level": "Staff", "touched": "on",
            "role": cast.roles["billing_clerk"].pk, "hours_per_person": "2", "start": "2026-10-05"}  # fmt: skip
    alice = cast.alice.client()
    assert alice.post(f"{ADDRESS}activity/add/", form).status_code == 302
    row = Activity.objects.get()
    assert row.audience == {"level": "Staff", "role": "billing-clerk", "touched": "yes"}
    assert row.hours_per_person == 2
    form.pop("touched")
    assert alice.post(f"{ADDRESS}activity/{row.pk}/change/", {**form, "role": ""}).status_code == 302
    row.refresh_from_db()
    assert row.audience == {"level": "Staff"}


def test_a_manager_says_what_their_own_units_have_room_for(cast: Cast) -> None:
    dan = cast.dan.client()
    assert dan.post(f"{ADDRESS}capacity/add/", {"unit": cast.units["billing"].pk, "hours": "4"}).status_code == 302
    row = Capacity.objects.get()
    assert dan.post(f"{ADDRESS}capacity/{row.pk}/change/", {"unit": "", "hours": "4"}).status_code == 422
    assert dan.post(f"{ADDRESS}capacity/add/", {"unit": cast.units["water"].pk, "hours": "4"}).status_code == 422
    whole = cast.program.add(Blackout(start=DAY, end=DAY + timedelta(2)), by=cast.alice.actor, at=AT)
    dan.post(f"{ADDRESS}blackout/{whole.pk}/remove/")
    assert Blackout.objects.count() == 1
    assert Capacity.objects.count() == 1
    assert cast.carol.client().get(f"{ADDRESS}capacity/add/").status_code == 404


def test_the_board_says_what_is_late_and_whose(cast: Cast, talk: Activity) -> None:
    today = timezone.localdate()
    talk.change({"start": today - timedelta(days=9), "owner": cast.alice.person}, by=cast.alice.actor, at=AT)
    page = cast.alice.client().get(ADDRESS).content.decode()
    assert "One activity is late; it is yours" in page
    assert "One activity is late; it is not yours" in cast.bob.client().get(ADDRESS).content.decode()
    frank = cast.frank.client()
    assert "Own cases" in frank.get(ADDRESS).content.decode()
    for way in ("activities/", "calendar/", "time-line/"):
        assert "Own cases" in frank.get(f"{ADDRESS}{way}?month={talk.start:%Y-%m}").content.decode()


def test_the_table_filters_sorts_and_is_taken_along(cast: Cast, talk: Activity) -> None:
    cast.program.add(Activity(key="A2", kind="briefing", unit=cast.units["water"]), by=cast.alice.actor, at=AT)
    alice = cast.alice.client()
    assert "Own cases" not in alice.get(f"{ADDRESS}activities/?kind=communicate").content.decode()
    assert (
        "Own cases" in alice.get(f"{ADDRESS}activities/?unit={cast.units['customers'].pk}&sort=-hours").content.decode()
    )
    lines = b"".join(alice.get(f"{ADDRESS}activities/?format=csv").streaming_content).decode().splitlines()
    assert lines[1].startswith("A2,briefing,,WAT,")
    assert len(lines) == 3
    old = alice.get("/northlight/program/activities/?state=done")
    assert (old.status_code, old.headers["Location"]) == (302, f"{ADDRESS}activities/?state=done")


def test_a_calendar_address_is_ones_own_and_ends_when_it_is_renewed(cast: Cast, talk: Activity) -> None:
    erin, nobody = cast.erin.client(), cast.client_of("anonymous")
    first = _address(erin.post(f"{ADDRESS}calendar/feed/").content.decode())
    text = nobody.get(first).content.decode()
    assert "SUMMARY:Own cases\r\n" in text
    assert "DTSTART;VALUE=DATE:20260907\r\n" in text
    second = _address(erin.post(f"{ADDRESS}calendar/feed/").content.decode())
    assert nobody.get(first).status_code == 404
    assert nobody.get(second).status_code == 200
    others = _address(cast.charlie.client().post(f"{ADDRESS}calendar/feed/").content.decode())
    assert "Own cases" not in nobody.get(f"{others}?all=1").content.decode()
    erin.post(f"{ADDRESS}calendar/feed/", {"stop": "1"})
    assert nobody.get(second).status_code == 404


def _address(page: str) -> str:
    start = page.index("/northlight/plan/calendar/", page.index('id="address"'))
    return page[start : page.index('"', start)]
