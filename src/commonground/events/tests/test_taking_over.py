"""Files of events brought to a log: taken over on an agreement, undone, set aside; each journaled, none naming a person."""

import errno
import json
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from tests.cast import AT, Cast

from commonground.events.models import READ, REFUSED, TAKEN, UNDONE, WORKING, Delivery, Log, LogError, store_folder
from commonground.events.rows import Rows
from commonground.events.tests.made import Event, pieces, told
from commonground.journal.models import Entry, Values

pytestmark = pytest.mark.django_db
CALLS = [Event(str(n % 4), "called", n, "Erin.Meyer", "Billing") for n in range(12)]
VISITS = [Event(str(n % 5), "visited", 100 + n, "Dan.Smith", "Water") for n in range(10)]


def brought(log: Log, name: str, cast: Cast, *, agreement: str = "Agreed with the works council") -> Delivery:
    return Delivery.objects.bring(
        log, file=f"{name}.csv", source="CRM", digest=name * 4, by=cast.alice.actor, at=AT, agreement=agreement
    )


@pytest.fixture
def log(cast: Cast) -> Log:
    return Log.objects.begin("Service requests", by=cast.alice.actor, at=AT)


def test_a_log_begins_with_the_usual_week_and_no_events(log: Log, cast: Cast) -> None:
    assert (log.days, log.opens, log.closes, log.closed_on) == ([0, 1, 2, 3, 4], 480, 960, [])
    assert list(log.store().blocks()) == []
    assert Entry.objects.filter(verb="began an event log").count() == 1
    with pytest.raises(LogError, match="There is an event log “service requests” already"):
        Log.objects.begin("service requests ", by=cast.alice.actor, at=AT)
    with pytest.raises(LogError, match="no name yet"):
        Log.objects.begin(" ", by=cast.alice.actor, at=AT)


def test_two_logs_never_share_a_folder(log: Log, cast: Cast) -> None:
    other = Log.objects.begin("Service: requests", by=cast.alice.actor, at=AT)
    assert other.key != log.key
    log.store().folder.mkdir(parents=True)
    log.delete()
    assert Log.objects.begin("Service requests", by=cast.alice.actor, at=AT).key not in (log.key, other.key)


def test_taken_over_joins_what_stands_and_is_journaled(log: Log, cast: Cast) -> None:
    words = list[str]()
    for name, events in (("calls", CALLS), ("visits", VISITS)):
        brought(log, name, cast).take_over(pieces(events), by=cast.alice.actor, at=AT, on_progress=words.append)
    log.refresh_from_db()
    assert (log.generation, log.cases, log.events, log.people) == (2, 5, 22, 2)
    assert log.first == datetime(1970, 1, 1, tzinfo=UTC)
    assert log.last == datetime(1970, 1, 1, 0, 1, 49, tzinfo=UTC)
    assert len(told(log.store().blocks())) == 22
    assert words[0] == "4 rows read"
    row = log.deliveries.standing().get(file="visits.csv")
    assert (row.state, row.progress, row.summary["taken"]["events"]) == (TAKEN, "", 10)
    entry = Entry.objects.filter(verb="took over a file of events").last()
    assert entry is not None
    data = Values.objects.get(entry=entry).data
    assert data is not None
    assert (data["file"], data["events"], data["agreement"]) == ("visits.csv", 10, "Agreed with the works council")
    everything = json.dumps([values.data for values in Values.objects.all()]).lower()
    assert "smith" not in everything
    assert "meyer" not in everything


def test_without_an_agreement_nothing_is_taken_over(log: Log, cast: Cast) -> None:
    row = brought(log, "calls", cast, agreement=" ")
    with pytest.raises(LogError, match=r"“calls.csv” has no agreement or reason yet\. Say who agreed"):
        row.take_over(pieces(CALLS), by=cast.alice.actor, at=AT)
    with pytest.raises(LogError, match="no agreement"):
        row.agree("", on=None, by=cast.alice.actor, at=AT)
    assert not log.store().places()
    row.agree("Agreed with the works council", on=date(2026, 9, 1), by=cast.alice.actor, at=AT)
    row.take_over(pieces(CALLS), by=cast.alice.actor, at=AT)
    assert log.deliveries.standing().count() == 1


def test_the_same_file_is_not_taken_over_twice(log: Log, cast: Cast) -> None:
    first, second = brought(log, "calls", cast), brought(log, "calls", cast)
    first.take_over(pieces(CALLS), by=cast.alice.actor, at=AT)
    with pytest.raises(
        LogError, match=r"stands in “Service requests” already: it was taken over as “calls\.csv” on 2026-09-14"
    ):
        second.take_over(pieces(CALLS), by=cast.alice.actor, at=AT)
    with pytest.raises(LogError, match=r"is taken over\. Bring it again"):
        first.take_over(pieces(CALLS), by=cast.alice.actor, at=AT)
    first.undo(by=cast.alice.actor, at=AT)
    second.take_over(pieces(CALLS), by=cast.alice.actor, at=AT)
    assert Log.objects.get().events == 12


def test_undone_is_as_never_brought(log: Log, cast: Cast) -> None:
    rows = [brought(log, name, cast) for name in ("calls", "visits")]
    rows[0].take_over(pieces(CALLS), by=cast.alice.actor, at=AT)
    held = told(log.store().blocks())
    rows[1].take_over(pieces(VISITS), by=cast.alice.actor, at=AT)
    rows[1].undo(by=cast.alice.actor, at=AT, why="The wrong year")
    assert told(log.store().blocks()) == held
    assert log.store().places() == {rows[0].place}
    assert rows[1].state == UNDONE
    log.refresh_from_db()
    assert (log.generation, log.events) == (3, 12)
    with pytest.raises(LogError, match="is undone; only a file that was taken over can be undone"):
        rows[1].undo(by=cast.alice.actor, at=AT)
    rows[0].undo(by=cast.alice.actor, at=AT)
    log.refresh_from_db()
    assert (log.events, log.first) == (0, None)


def test_set_aside_before_it_is_taken_over(log: Log, cast: Cast) -> None:
    row = brought(log, "calls", cast)
    row.set_aside(by=cast.alice.actor, at=AT)
    assert row.state == REFUSED
    with pytest.raises(LogError, match="is set aside; only a file that was not taken over"):
        row.set_aside(by=cast.alice.actor, at=AT)


def broken() -> Iterator[Rows]:
    yield from pieces(CALLS[:8])
    raise ValueError("Row 10 has no time.")


def test_a_file_that_breaks_off_leaves_everything_as_it_was(log: Log, cast: Cast) -> None:
    row = brought(log, "calls", cast)
    with pytest.raises(ValueError, match="Row 10"):
        row.take_over(broken(), by=cast.alice.actor, at=AT)
    row.refresh_from_db()
    assert (row.state, log.store().places()) == (READ, set())
    assert Entry.objects.filter(verb="took over a file of events").count() == 0
    row.take_over(pieces(CALLS), by=cast.alice.actor, at=AT)
    assert len(told(log.store().blocks())) == 12


def test_a_database_that_refuses_leaves_the_store_as_it_was(
    log: Log, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought(log, "calls", cast).take_over(pieces(CALLS), by=cast.alice.actor, at=AT)
    row = brought(log, "visits", cast)

    def full(*_: object, **__: object) -> None:
        raise OSError("database or disk is full")

    monkeypatch.setattr("commonground.events.models.record", full)
    with pytest.raises(LogError, match="database or disk is full"):
        row.take_over(pieces(VISITS), by=cast.alice.actor, at=AT)
    found = Log.objects.get()
    assert (found.generation, found.events) == (1, 12)
    assert len(told(found.store().blocks())) == 12
    row.refresh_from_db()
    assert row.state == READ


def test_a_file_without_events_is_refused(log: Log, cast: Cast) -> None:
    with pytest.raises(LogError, match="has no event, so there is nothing to take over"):
        brought(log, "none", cast).take_over(iter([]), by=cast.alice.actor, at=AT)


def test_one_at_a_time(log: Log, cast: Cast) -> None:
    one, other = brought(log, "calls", cast), brought(log, "visits", cast)
    refused = list[str]()

    def meanwhile() -> Iterator[Rows]:
        yield from pieces(CALLS)
        try:
            other.take_over(pieces(VISITS), by=cast.alice.actor, at=AT)
        except LogError as error:
            refused.append(str(error))

    one.take_over(meanwhile(), by=cast.alice.actor, at=AT)
    assert refused == [
        "Another file of “Service requests” is being taken over or undone now. Wait until that is done, then try again."
    ]
    assert other.state == READ
    other.take_over(pieces(VISITS), by=cast.alice.actor, at=AT)
    assert threading.active_count() < 10


def test_who_was_cut_off_can_begin_again_and_leaves_nothing(log: Log, cast: Cast) -> None:
    row = brought(log, "calls", cast)
    Delivery.objects.filter(pk=row.pk).update(state=WORKING)
    log.store().deliver("left-behind", pieces(VISITS), digest="x")
    row.take_over(pieces(CALLS), by=cast.alice.actor, at=AT)
    assert log.store().places() == {row.place}


def test_a_lost_key_is_told_and_never_made_anew_over_events(log: Log, cast: Cast) -> None:
    brought(log, "calls", cast).take_over(pieces(CALLS), by=cast.alice.actor, at=AT)
    key = store_folder().parent / "pseudonym_key"
    kept = key.read_text()
    key.unlink()
    with pytest.raises(LogError, match="The key of pseudonyms, pseudonym_key in the data folder, is gone"):
        log.store()
    assert Log.objects.put_right() == []
    assert not key.exists()
    key.write_text(kept)
    assert len(told(log.store().blocks())) == 12


def test_only_a_store_that_was_left_behind_is_put_right(log: Log, cast: Cast) -> None:
    assert Log.objects.put_right() == []  # nothing was ever taken over
    brought(log, "calls", cast).take_over(pieces(CALLS), by=cast.alice.actor, at=AT)
    assert Log.objects.put_right() == []
    (log.store().folder / "current.json").unlink()
    assert Log.objects.put_right() == [log]
    log.refresh_from_db()
    assert log.store().standing().generation == log.generation
    assert len(told(log.store().blocks())) == 12


def test_a_store_that_was_lost_is_put_right(log: Log, cast: Cast) -> None:
    brought(log, "calls", cast).take_over(pieces(CALLS), by=cast.alice.actor, at=AT)
    (store_folder() / log.key / "current.json").unlink()
    assert list(log.store().blocks()) == []
    assert log.put_right().events == 12
    assert len(told(log.store().blocks())) == 12


def test_a_file_whose_events_are_gone_from_the_disk_is_said_and_can_be_undone(log: Log, cast: Cast) -> None:
    first, second = brought(log, "calls", cast), brought(log, "visits", cast)
    for row, events in ((first, CALLS), (second, VISITS)):
        row.take_over(pieces(events), by=cast.alice.actor, at=AT)
    log.store().forget(first.place)
    third = brought(log, "bills", cast)
    with pytest.raises(
        LogError, match=r"The events of “calls.csv” are no longer in the store .* Undo that file and bring it again"
    ):
        third.take_over(pieces(CALLS), by=cast.alice.actor, at=AT)
    assert Log.objects.get().events == sum(len(block) for block in log.store().blocks()) == 22
    first.undo(by=cast.alice.actor, at=AT)
    assert third.take_over(pieces(CALLS), by=cast.alice.actor, at=AT).events == 22
    for row in (second, third):
        log.store().forget(row.place)
    Log.objects.update(generation=99)
    Log.objects.put_right()  # the instance still starts


def test_a_full_disk_is_said(log: Log, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "Error writing bytes to file")

    row = brought(log, "calls", cast)
    monkeypatch.setattr("commonground.events.sorted_file.Writer.write", full)
    with pytest.raises(
        LogError, match=r"could not take the events of “Service requests”: No space left on device\. What held"
    ):
        row.take_over(pieces(CALLS), by=cast.alice.actor, at=AT)
    monkeypatch.undo()
    assert row.take_over(pieces(CALLS), by=cast.alice.actor, at=AT).events == 12


def test_the_working_week(log: Log, cast: Cast) -> None:
    def week(**values: object) -> None:
        given = {"days": [0, 1], "opens": 420, "closes": 900} | values
        log.set_week(**given, by=cast.alice.actor, at=AT)

    week(days=[1, 0, 1], closed_on=[date(2026, 12, 25), date(2026, 1, 1)])
    log.refresh_from_db()
    assert (log.days, log.opens, log.closes, log.closed_on) == ([0, 1], 420, 900, ["2026-01-01", "2026-12-25"])
    week(days=[0, 1], closed_on=[date(2026, 1, 1), date(2026, 12, 25)])
    assert Entry.objects.filter(verb="set the working week of an event log").count() == 1
    for bad in ({"days": []}, {"days": [7]}):
        with pytest.raises(LogError, match="at least one day from Monday to Sunday"):
            week(**bad)
    for bad in ({"opens": 900}, {"closes": 1441}, {"opens": -1}):
        with pytest.raises(LogError, match="ends before it begins"):
            week(**bad)


def test_who_may_look(log: Log, cast: Cast) -> None:
    brought(log, "calls", cast)
    for who in ("alice", "frank"):
        assert Log.objects.visible_to(getattr(cast, who).actor).count() == 1
        assert Delivery.objects.visible_to(getattr(cast, who).actor).count() == 1
    for who in ("erin", "grace", "dan"):
        assert not Log.objects.visible_to(getattr(cast, who).actor).exists()
        assert not Delivery.objects.visible_to(getattr(cast, who).actor).exists()
