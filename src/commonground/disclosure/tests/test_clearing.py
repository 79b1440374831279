"""Retention: nothing younger than its days is removed, missed days are caught up, and every run stands in the journal."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import Cast

from commonground.access.daily import next_run
from commonground.access.retention import Keeping, edge
from commonground.disclosure import clearing
from commonground.disclosure.clearing import Retention, RetentionError, clear, days_of, due, next_removal, rules
from commonground.disclosure.tasks import RUNS_AT, clear_task, keep_clearing
from commonground.journal.models import Entry

TODAY = date(2026, 9, 14)
AT = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def rule_over(days: list[date], *, key: str = "test.things", keeps: int | None = 10) -> Keeping:
    """A rule over a list of days, as a table would hold them."""

    def run(before: date, _: datetime) -> int:
        old = [day for day in days if day < before]
        days[:] = [day for day in days if day >= before]
        return len(old)

    return Keeping(
        key, "Things, since then", keeps, lambda before: sum(day < before for day in days), run, "why", most=400
    )


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> list[Keeping]:
    found: list[Keeping] = []
    monkeypatch.setattr(clearing, "rules", lambda: tuple(found))
    return found


@given(days=st.lists(DAYS, max_size=30), keeps=st.integers(1, 400), today=DAYS)
def test_nothing_younger_than_its_days_is_removed_and_nothing_older_stays(
    days: list[date], keeps: int, today: date
) -> None:
    before, rule = list(days), rule_over(days)
    expected = due(rule, keeps, today)
    assert rule.run(edge(today, keeps), AT) == expected
    assert all((today - day).days <= keeps for day in days)
    assert sorted(days) == sorted(day for day in before if (today - day).days <= keeps)


@given(days=st.lists(DAYS, max_size=20), keeps=st.integers(1, 400), today=DAYS)
def test_the_next_removal_is_the_first_day_on_which_a_run_would_remove_something(
    days: list[date], keeps: int, today: date
) -> None:
    days = [day for day in days if day <= today]
    rule = rule_over(days)
    found = next_removal(rule, keeps, today)
    if found is None:
        assert not days
        return
    assert due(rule, keeps, found) > 0
    assert found == today or due(rule, keeps, found - timedelta(days=1)) == 0


@pytest.mark.django_db
def test_days_on_which_nothing_ran_are_caught_up(only: list[Keeping]) -> None:
    days = [TODAY - timedelta(days=back) for back in range(30)]
    only.append(rule_over(days))
    [done] = clear(today=TODAY, at=AT)
    assert (done.removed, len(days)) == (19, 11)
    [later] = clear(today=TODAY + timedelta(days=5), at=AT + timedelta(days=5))
    assert (later.removed, len(days)) == (5, 6)
    row = Retention.objects.get(key="test.things")
    assert (row.removed, row.in_all, row.removed_on) == (5, 24, TODAY + timedelta(days=5))
    assert row.next_on == TODAY + timedelta(days=6)


@pytest.mark.django_db
def test_a_second_run_of_a_day_removes_nothing_and_each_run_is_journaled(only: list[Keeping]) -> None:
    only.append(rule_over([TODAY - timedelta(days=11)]))
    clear(today=TODAY, at=AT)
    assert clear(today=TODAY, at=AT)[0].removed == 0
    first, second = Entry.objects.filter(verb="removed what had grown old").order_by("pk")
    assert first.values.data["removed"] == {"test.things": 1}
    assert second.values.data["in_all"] == 0


@pytest.mark.django_db
def test_a_rule_that_fails_stops_no_other_and_is_told(only: list[Keeping]) -> None:
    def breaks(_: date, __: datetime) -> int:
        raise OSError("the disk is full")

    days = [TODAY - timedelta(days=11)]
    only += [Keeping("test.broken", "Broken", 5, lambda _: 0, breaks, "why"), rule_over(days)]
    broken, whole = clear(today=TODAY, at=AT)
    assert (broken.failed, whole.removed, days) == ("OSError: the disk is full", 1, [])
    assert "full" in Retention.objects.get(key="test.broken").failed


@pytest.mark.django_db
def test_a_rule_without_days_removes_nothing(only: list[Keeping]) -> None:
    days = [date(2000, 1, 1)]
    only.append(rule_over(days, keeps=None))
    assert clear(today=TODAY, at=AT)[0].removed == 0
    assert days
    assert Retention.objects.get().next_on is None


def test_days_are_changed_with_a_reason_within_bounds_and_back(cast: Cast) -> None:
    rule, by = rule_over([TODAY - timedelta(days=8)]), {"by": cast.frank.actor, "at": AT, "today": TODAY}
    rows = Retention.objects.all()
    assert rows.set_days(rule, 7, why="agreed with the works council", **by)
    assert (days_of(rule), due(rule, days_of(rule), TODAY)) == (7, 1)
    assert not rows.set_days(rule, 7, why="again", **by)
    entry = Entry.objects.get(verb="changed how long something is kept")
    assert (entry.values.data["before"], entry.values.data["after"]) == (10, 7)
    for days, why in ((0, "x"), (401, "x"), (None, "x"), (20, " ")):
        with pytest.raises(RetentionError):
            rows.set_days(rule, days, why=why, **by)
    assert rows.set_days(rule, 10, why="back", **by)
    assert days_of(rule) == 10


@pytest.mark.django_db
def test_every_folder_gives_rules_that_can_be_asked() -> None:
    found = rules()
    assert {"intake.sheets", "journal.words", "accounts.sign_ins", "guidance.findings"} <= {rule.key for rule in found}
    for rule in found:
        assert rule.due(edge(TODAY, 1)) == 0
        assert rule.days_default is None or rule.least <= rule.days_default <= rule.most
        assert rule.words
        assert rule.why.endswith(".")


@pytest.mark.django_db
def test_the_next_night_is_asked_for_once() -> None:
    keep_clearing(AT)
    keep_clearing(AT + timedelta(minutes=5))
    row = DBTaskResult.objects.get(task_path=clear_task.module_path)
    assert (row.status, row.run_after) == (TaskResultStatus.READY, datetime(2026, 9, 15, 3, 30, tzinfo=UTC))
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    clear_task.func()
    assert DBTaskResult.objects.filter(status=TaskResultStatus.READY).count() == 1
    assert Entry.objects.filter(verb="removed what had grown old").count() == 3


def test_the_run_is_on_the_clock_of_the_instance() -> None:
    assert next_run(RUNS_AT, datetime(2026, 9, 14, 3, 29, tzinfo=UTC)) == datetime(2026, 9, 14, 3, 30, tzinfo=UTC)
    assert next_run(RUNS_AT, datetime(2026, 9, 14, 3, 30, tzinfo=UTC)) == datetime(2026, 9, 15, 3, 30, tzinfo=UTC)
