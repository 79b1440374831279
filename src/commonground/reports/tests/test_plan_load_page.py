"""The load: too much stands first, a look moves nothing, moving makes it fall; copies and counts on their pages."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.cast import AT, Cast

from commonground.guidance.refresh import refresh
from commonground.organization.models import Person
from commonground.plan.models import Capacity
from commonground.programs.models import Activity, Milestone
from commonground.realignment.models import RoleFate

PAGE = "/northlight/plan/load/"


def next_month() -> date:
    """The first Tuesday of next month."""
    first = (timezone.localdate().replace(day=1) + timedelta(days=32)).replace(day=1)
    return first + timedelta(days=(1 - first.weekday()) % 7)


@pytest.fixture
def full(cast: Cast) -> Cast:
    """Twelve people in Billing who have four hours a month, and three things of three hours each next month."""
    for number in range(10):
        Person.objects.hire(f"c{number}", name=f"Clerk {number}", on=date(2025, 1, 1), by=cast.alice.actor, at=AT,
                            unit=cast.units["billing"], role=cast.roles["billing_clerk"])  # fmt: skip
    cast.program.add(Capacity(hours=4), by=cast.alice.actor, at=AT)
    for number, words in enumerate(("Course", "Visit", "Practice")):
        values = {"unit": cast.units["billing"], "hours_per_person": 3, "start": next_month() + timedelta(days=number)}
        cast.program.add(Activity(key=f"A{number}", kind="train", words=words, **values), by=cast.alice.actor, at=AT)
    refresh(cast.program, timezone.localdate(), timezone.now())
    return cast


def text(cast: Cast, address: str, who: str = "alice") -> str:
    answer = cast.client_of(who).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_too_much_stands_first_and_moving_two_makes_it_fall(full: Cast) -> None:
    page = text(full, PAGE)
    assert "One unit is asked for more than there is room for" in page
    assert "9 hours" in page
    assert "Two moves and nothing is too much" in page
    later = next_month() + timedelta(weeks=4)
    while later.month == next_month().month:
        later += timedelta(weeks=1)
    asked = f"?move=A0:{later}&move=A1:{later + timedelta(days=1 + 28)}"
    looked = text(full, PAGE + asked)
    assert "Nothing is moved yet" in looked
    assert Activity.objects.get(key="A0").start == next_month()
    alice = full.alice.client()
    done = alice.post(f"{PAGE}move/", {"move": [f"A0:{later}", f"A1:{later + timedelta(days=29)}"]}, follow=True)
    assert "Two activities moved: from 60 hours too much to 0." in done.content.decode()
    assert "No unit is asked for more than it has room for" in done.content.decode()


def test_a_move_that_cannot_be_is_said_and_not_made(full: Cast) -> None:
    assert "can no longer begin on that day" in text(full, f"{PAGE}?move=A0:2020-01-06")
    assert "One unit is asked" in text(full, f"{PAGE}?move=A0:soon&move=none:2027-01-01")
    assert (
        "move" not in full.frank.client().get(PAGE).content.decode().split('id="grid"')[1].split("</section>")[1][:200]
    )
    assert full.frank.client().post(f"{PAGE}move/").status_code == 404


def test_before_the_first_run_the_page_says_so(cast: Cast) -> None:
    assert "after the first run" in text(cast, "/northlight/plan/audience/")


def test_the_csv_tells_every_cell(full: Cast) -> None:
    lines = b"".join(full.alice.client().get(f"{PAGE}?format=csv").streaming_content).decode().splitlines()
    assert lines[1] == f"Billing,12,{next_month():%Y-%m},9.0,4.0,yes"


def test_small_groups_are_not_counted_on_a_screen(full: Cast) -> None:
    address = "/northlight/plan/audience/"
    unit = full.units["billing"].pk
    assert "12 people" in text(full, f"{address}?unit={unit}&hours_per_person=2")
    assert "24 hours together" in text(full, f"{address}?unit={unit}&hours_per_person=2")
    assert "Fewer than 8 people" in text(full, f"{address}?unit={unit}&level=Manager")
    assert "Nobody of this unit" in text(full, f"{address}?unit={unit}&shift=night")
    assert full.erin.client().get(address).status_code == 404


def test_a_plan_is_copied_to_another_unit_by_its_cut_over_and_undone(full: Cast) -> None:
    cut, theirs = next_month() + timedelta(weeks=4), next_month() + timedelta(weeks=10)
    for unit, day in (("billing", cut), ("water", theirs)):
        row = Milestone(kind="cut_over", unit=full.units[unit], planned=day)
        full.program.add(row, by=full.alice.actor, at=AT)
    copy, asked = "/northlight/plan/copy/", {"from": full.units["billing"].pk, "to": full.units["water"].pk}
    alice = full.alice.client()
    page = alice.get(copy, asked).content.decode()
    assert "What Billing did, for Water" in page
    assert "4 weeks before" in page
    course = Activity.objects.get(key="A0")
    alice.post(copy, {**asked, "take": [course.pk], f"start-{course.pk}": ""})
    new = Activity.objects.get(unit=full.units["water"])
    assert (new.words, new.start, new.owner) == ("Course", next_month() + timedelta(weeks=6), None)
    alice.post(f"{copy}1/undo/")
    assert not Activity.objects.filter(unit=full.units["water"]).exists()


def test_who_is_touched_by_a_draft_is_counted_for_those_who_may_see_it(full: Cast) -> None:
    """The whole count is stored for each view; a reader of what was told gets no more than that."""
    address = f"/northlight/plan/audience/?unit={full.units['billing'].pk}&touched=on"
    role = full.roles["billing_clerk"]
    RoleFate.objects.draft(role, program=full.program, fate="end", by=full.alice.actor, at=AT)
    refresh(full.program, timezone.localdate(), timezone.now())
    assert "11 people" in text(full, address, "alice")
    assert "Nobody of this unit" in text(full, address, "bob")
