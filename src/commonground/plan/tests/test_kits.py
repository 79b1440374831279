"""A plan is copied by the days from a day that counts; one step undoes it, unless something was changed since."""

from datetime import date, timedelta

import pytest
from tests.cast import AT, Cast

from commonground.plan.kits import Row, copy, day_for, keep, row_of
from commonground.plan.models import PlanTemplate
from commonground.programs.models import Activity
from commonground.programs.register import CannotError

CUT = date(2026, 10, 5)  # a Monday


def test_days_are_counted_from_the_day_and_a_weekend_goes_to_the_monday() -> None:
    first = Activity(kind="train", start=CUT - timedelta(days=14), end=CUT - timedelta(days=12), hours_per_person=2)
    first.audience = {"level": "Staff", "location": "Harbour", "unit": "BIL"}
    row = row_of(first, CUT)
    assert (row.days, row.long, row.audience, row.weeks) == (-14, 2, {"level": "Staff"}, "2 weeks before")
    assert day_for(row, date(2027, 3, 1)) == date(2027, 2, 15)
    assert day_for(row, date(2027, 3, 6)) == date(2027, 2, 22)  # counted from a Saturday
    assert day_for(Row("talk"), CUT) is None


def test_a_copy_has_no_hands_and_is_undone_in_one_step(cast: Cast) -> None:
    values = {
        "unit": cast.units["billing"],
        "owner": cast.dan.person,
        "start": CUT - timedelta(days=7),
        "state": "done",
    }
    told = Activity(key="A1", kind="involve", words="Round", delivered_on=CUT, **values)
    cast.program.add(told, by=cast.alice.actor, at=AT)
    row = row_of(told, CUT)
    made = copy(cast.program, [(row, CUT)], unit=cast.units["contact"], source="Billing", by=cast.alice.actor, at=AT)
    new = Activity.objects.exclude(pk=told.pk).get()
    assert (new.unit, new.owner, new.state, new.delivered_on, new.start) == (
        cast.units["contact"],
        None,
        "planned",
        None,
        CUT,
    )
    assert made.undo(by=cast.alice.actor, at=AT) == 1
    assert list(Activity.objects.all()) == [told]
    with pytest.raises(CannotError, match="undone already"):
        made.undo(by=cast.alice.actor, at=AT)


def test_what_was_changed_since_stays(cast: Cast) -> None:
    rows = [(Row("train", "One"), CUT), (Row("train", "Two"), None)]
    made = copy(cast.program, rows, unit=None, source="A template", by=cast.alice.actor, at=AT)
    Activity.objects.get(words="Two").change({"owner": cast.dan.person}, by=cast.alice.actor, at=AT)
    with pytest.raises(CannotError, match="“Two” was changed since"):
        made.undo(by=cast.alice.actor, at=AT)
    assert Activity.objects.count() == 2


def test_nothing_ticked_makes_nothing(cast: Cast) -> None:
    with pytest.raises(CannotError, match="Nothing is ticked"):
        copy(cast.program, [], unit=None, source="x", by=cast.alice.actor, at=AT)
    with pytest.raises(CannotError, match="no activity to keep"):
        keep(cast.program, "x", [], by=cast.alice.actor, at=AT)


def test_a_template_is_kept_shown_renamed_and_removed(cast: Cast) -> None:
    row = Row("train", "Own cases", days=-14, long=1, hours_per_person=2.5)
    kit = keep(cast.program, "Before a cut-over", [row], by=cast.alice.actor, at=AT)
    assert PlanTemplate.objects.get().activities == [row]
    alice, page = cast.alice.client(), "/northlight/plan/templates/"
    assert "2 weeks before" in alice.get(page).content.decode()
    assert alice.post(f"{page}{kit.pk}/", {"name": "Billing's way"}).status_code == 302
    assert PlanTemplate.objects.get().name == "Billing's way"
    alice.post(f"{page}{kit.pk}/remove/")
    assert not PlanTemplate.objects.exists()
