"""The rules of retention over the tables themselves: nothing younger than its days goes, nothing older stays, nothing in use is touched."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from axes.models import AccessLog
from django.contrib.sessions.models import Session
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as st
from pytest_django import Settings
from tests.cast import Cast

from commonground.access.actor import OPERATOR
from commonground.access.retention import edge
from commonground.accounts.models import User
from commonground.disclosure.clearing import rules
from commonground.guidance.models import Finding
from commonground.intake import uploads
from commonground.intake.committing import undo
from commonground.intake.models import COMMITTED, READ, REFUSED, WORKING, Change, Import
from commonground.journal.models import Values
from commonground.journal.recording import record, verify
from commonground.programs.models import Program
from commonground.programs.register import CannotError
from commonground.reports.asking import DataRequest

TODAY = date(2026, 9, 14)
BACK = st.lists(st.integers(0, 40), max_size=8)
Make = Callable[[int, datetime], None]
RULES = {rule.key: rule for rule in rules()}


def at(days_ago: int) -> datetime:
    return datetime(2026, 9, 14, 12, 0, tzinfo=UTC) - timedelta(days=days_ago)


def make_session(number: int, when: datetime) -> None:
    Session.objects.create(session_key=f"s{number}", session_data="", expire_date=when)


def make_sign_in(number: int, when: datetime) -> None:
    row = AccessLog.objects.create(username="erin", ip_address="127.0.0.1", user_agent=str(number))
    AccessLog.objects.filter(pk=row.pk).update(attempt_time=when)


def make_words(number: int, when: datetime) -> None:
    with transaction.atomic():
        record("did something", Program(pk=1, name=f"{number}"), by=OPERATOR, at=when)


def make_finding(number: int, when: datetime) -> None:
    Finding.objects.create(
        program=Program.objects.get(), code="OWN-01", kind="unit", subject=f"u{number}", key=f"k{number}", severity="warn",
        rank=1, part="ownership", what="x", first_seen=when.date(), last_seen=when.date(), ended_on=when.date(), state="ended",
    )  # fmt: skip


def make_request(number: int, when: datetime) -> None:
    DataRequest.objects.create(
        program=Program.objects.get(), user=User.objects.get(username="erin"), kind="erase", words=str(number),
        asked_at=when, ended_at=when, state="answered",
    )  # fmt: skip


LEFT: dict[str, tuple[Make, Callable[[], list[date]]]] = {
    "accounts.sessions": (make_session, lambda: [row.expire_date.date() for row in Session.objects.all()]),
    "accounts.sign_ins": (make_sign_in, lambda: [row.attempt_time.date() for row in AccessLog.objects.all()]),
    "journal.words": (
        make_words,
        lambda: [
            row.entry.at.date()
            for row in Values.objects.filter(erased=None, entry__verb="did something").select_related("entry")
        ],
    ),
    "guidance.findings": (make_finding, lambda: [row.ended_on for row in Finding.objects.all() if row.ended_on]),
    "reports.requests": (
        make_request,
        lambda: [row.ended_at.date() for row in DataRequest.objects.all() if row.ended_at],
    ),
}


@pytest.mark.parametrize("key", LEFT)
@given(back=BACK, days=st.integers(1, 30))
@tried(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_younger_than_its_days_goes_and_nothing_older_stays(
    cast: Cast, key: str, back: list[int], days: int
) -> None:
    rule, (make, left) = RULES[key], LEFT[key]
    with transaction.atomic():
        for number, ago in enumerate(sorted(back, reverse=True)):
            make(number, at(ago))
        before = edge(TODAY, days)
        expected = sum(ago > days for ago in back)
        assert rule.due(before) == expected
        assert rule.run(before, at(0)) == expected
        assert sorted(left()) == sorted(TODAY - timedelta(days=ago) for ago in back if ago <= days)
        assert rule.due(before) == rule.run(before, at(0)) == 0
        if key == "journal.words":
            assert verify().sound
        transaction.set_rollback(True)


def sheet(cast: Cast, days_ago: int, state: str = READ) -> Import:
    row = uploads.bring(cast.program, [("people.csv", b"id,name\n1,Erin\n")], by=cast.alice.actor, at=at(days_ago))
    Import.objects.filter(pk=row.pk).update(state=state)
    row.refresh_from_db()
    return row


def test_files_of_sheets_go_after_their_days_and_what_is_under_way_is_left(
    cast: Cast, tmp_path: Path, settings: Settings
) -> None:
    settings.DATA = tmp_path
    young, working, stopped, old = (
        sheet(cast, days, state) for days, state in ((3, READ), (9, WORKING), (20, WORKING), (9, READ))
    )
    for row in (young, working, stopped, old):  # bringing clears as well, so the files are put there again
        uploads.folder_of(row).mkdir(parents=True, exist_ok=True)
    Import.objects.filter(pk=old.pk).update(state=READ)
    Import.objects.filter(pk=stopped.pk).update(state=WORKING)
    rule = RULES["intake.sheets"]
    assert rule.due(edge(TODAY, 7)) == rule.run(edge(TODAY, 7), at(0)) == 2
    lying = {row.pk for row in (young, working, stopped, old) if uploads.folder_of(row).is_dir()}
    assert lying == {young.pk, working.pk}
    assert {row.pk for row in Import.objects.filter(state=REFUSED)} == {stopped.pk, old.pk}


def test_an_import_whose_changes_are_forgotten_says_why_it_cannot_be_undone(cast: Cast) -> None:
    row = Import.objects.create(
        program=cast.program,
        files=["people.csv"],
        state=COMMITTED,
        at=at(400),
        ended_at=at(400),
        summary={"plain": True},
    )
    Change.objects.create(batch=row, order=1, kind="organization.person", rows=[])
    assert RULES["intake.changes"].run(edge(TODAY, 365), at(0)) == 1
    row.refresh_from_db()
    with pytest.raises(CannotError, match="lies too far back"):
        undo(row, by=cast.alice.actor, at=at(0))
