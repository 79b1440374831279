"""What is proposed for the week: a working day that comes in time, and somebody who may know and is not whom it is about."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import Cast

from commonground.guidance.tests.test_folding import put, standing
from commonground.guidance.week import Step, proposed_day, steps, technique_for
from commonground.realignment.models import ProcessFate

__all__ = ["standing"]

URL = "/northlight/"
SATURDAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("severity", "today", "effective", "day"),
    [
        ("error", SATURDAY, None, date(2026, 11, 27)),  # within a week: the Friday
        ("error", date(2026, 11, 23), None, date(2026, 11, 30)),
        ("warn", SATURDAY, None, date(2026, 12, 4)),
        ("error", SATURDAY, date(2026, 11, 25), date(2026, 11, 25)),
        ("error", SATURDAY, date(2026, 11, 1), date(2026, 11, 27)),  # a day that has passed binds no more
        ("warn", SATURDAY, date(2026, 11, 22), SATURDAY),  # no working day is left
    ],
)
def test_the_day_is_in_time(severity: str, today: date, effective: date | None, day: date) -> None:
    assert proposed_day(severity, today, effective) == day


@given(
    st.sampled_from(["error", "warn", "note"]),
    st.dates(date(2026, 1, 1), date(2028, 1, 1)),
    st.none() | st.integers(0, 40),
)
def test_the_day_is_never_after_the_change_nor_past(severity: str, today: date, until: int | None) -> None:
    effective = None if until is None else today + timedelta(days=until)
    day = proposed_day(severity, today, effective)
    assert day >= today
    assert effective is None or day <= effective
    assert day.weekday() < 5 or day == today


def proposed(cast: Cast, *rows: object) -> dict[str, Step]:
    found = steps(list(rows), cast.alice.actor, cast.program, timezone.localdate())
    return {step.finding.code: step for step in found}


def test_the_lead_of_the_unit_is_asked(standing: Cast) -> None:
    [row] = put(standing, "PROC-02", 1, unit=standing.units["billing"])
    assert proposed(standing, row)["PROC-02"].ask == "ask Dan Dahl, who leads Billing"
    page = standing.client_of("alice").get(URL).content.decode()
    assert "Ask Dan Dahl, who leads Billing, by" in page


def test_nobody_is_asked_to_see_to_their_own_case(standing: Cast) -> None:
    process = standing.things["billing_process"]  # Dan answers for it
    [row] = put(standing, "MNGR-01", 1, unit=standing.units["billing"], thing=process.pk)
    assert "Dan Dahl" not in proposed(standing, row)["MNGR-01"].ask


def test_who_may_not_know_yet_is_not_asked(standing: Cast) -> None:
    fate = ProcessFate.objects.create(
        program=standing.program, process=standing.things["billing_process"], fate="move", stage="draft"
    )
    fate.readers.add(standing.alice.user)
    [row] = put(
        standing,
        "PROC-02",
        1,
        unit=standing.units["billing"],
        thing=fate.process_id,
        view="draft",
        scope="process",
    )
    assert "Dan Dahl" not in proposed(standing, row)["PROC-02"].ask


def test_what_somebody_has_is_left_to_them(standing: Cast) -> None:
    [row] = put(standing, "PROC-02", 1, unit=standing.units["billing"])
    row.assign(to=standing.carol.user, by=standing.alice.actor, at=timezone.now())
    assert proposed(standing, row)["PROC-02"] == Step(row, technique=technique_for("PROC-02"))


def test_the_day_of_the_change_bounds_the_day_on_the_page(standing: Cast) -> None:
    today = timezone.localdate()
    soon = today + timedelta(days=1)
    process = standing.things["billing_process"]
    ProcessFate.objects.create(program=standing.program, process=process, fate="move", stage="told", effective=soon)
    [row] = put(standing, "PROC-02", 1, unit=standing.units["billing"], thing=process.pk)
    day = proposed(standing, row)["PROC-02"].by
    assert day is not None
    assert today <= day <= soon
