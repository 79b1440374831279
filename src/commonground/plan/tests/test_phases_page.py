"""Phases as a page: planned, begun in their order, taken back, removed and put back."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.cast import AT, Cast

from commonground.journal.models import Entry, Version
from commonground.plan.models import Phase
from commonground.programs.register import CannotError

PAGE = "/northlight/program/phases/"
ONE = "/northlight/program/phase/"


def add(cast: Cast, number: int, **more: object) -> Phase:
    return cast.program.add(Phase(number=number, **more), by=cast.alice.actor, at=AT)


def text(cast: Cast, who: str, address: str = PAGE) -> str:
    answer = cast.client_of(who).get(address)
    assert answer.status_code == 200
    return answer.getvalue().decode() if answer.streaming else answer.content.decode()


def test_an_empty_page_says_how_to_begin_and_everybody_may_read_it(cast: Cast) -> None:
    assert "Plan the first phase" in text(cast, "alice")
    page = text(cast, "erin")
    assert "No phase has a date yet" in page
    assert "phase/add/" not in page


def test_a_phase_is_planned_once_and_begins(cast: Cast) -> None:
    alice, today = cast.alice.client(), timezone.localdate()
    given = {"number": 1, "unit": "", "planned_from": today - timedelta(days=9), "planned_to": "", "note": ""}
    assert alice.post(f"{ONE}add/", given).status_code == 302
    assert alice.post(f"{ONE}add/", given).status_code == 422  # twice
    row = Phase.objects.get()
    assert "its first day has passed" in text(cast, "erin")
    assert alice.post(f"{ONE}{row.pk}/began/", {"on": today + timedelta(days=1)}).status_code == 422
    assert alice.post(f"{ONE}{row.pk}/began/", {"on": today}).status_code == 302
    assert "The program is in phase one, customer-aware but fragmented" in text(cast, "erin")
    alice.post(f"{ONE}{row.pk}/not-begun/")
    row.refresh_from_db()
    assert row.entered_on is None


def test_phases_begin_in_their_order(cast: Cast) -> None:
    first, second = add(cast, 1), add(cast, 2)
    keep = {"by": cast.alice.actor, "at": AT}
    with pytest.raises(CannotError, match="phase 1 has not begun yet"):
        second.enter(date(2026, 3, 1), **keep)
    before = Version.objects.now()["phases"]
    first.enter(date(2026, 2, 1), **keep)
    with pytest.raises(CannotError, match="began on 1 Feb 2026, after 1 Jan 2026"):
        second.enter(date(2026, 1, 1), **keep)
    second.enter(date(2026, 3, 1), **keep)
    assert Version.objects.now()["phases"] == before + 2
    with pytest.raises(CannotError, match="phase 2 has begun already"):
        first.take_back(**keep)


def test_a_unit_has_dates_of_its_own_and_goes_its_own_way(cast: Cast) -> None:
    day = date(2026, 3, 1)
    for number in (1, 2):
        add(cast, number, entered_on=day)
    add(cast, 2, unit=cast.units["water"])
    assert "two, team-oriented, customer-intimate; one unit is not there yet" in text(cast, "bob")
    assert 'Water,2,"team-oriented' in text(cast, "bob", f"{PAGE}?format=csv")


def test_who_is_no_lead_changes_nothing(cast: Cast) -> None:
    row = add(cast, 1)
    for name in ("bob", "carol", "dan"):
        assert cast.client_of(name).post(f"{ONE}{row.pk}/began/", {"on": "2026-03-01"}).status_code == 404


def test_removed_it_is_put_back(cast: Cast) -> None:
    row, alice = add(cast, 1, note="We know each house"), cast.alice.client()
    alice.post(f"{ONE}{row.pk}/remove/")
    assert "Put it back" in text(cast, "alice")
    alice.post(f"{ONE}put-back/{Entry.objects.get(verb='removed a phase').pk}/")
    assert Phase.objects.get().note == "We know each house"
