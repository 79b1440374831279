"""Event logs: which there are, what was delivered to each, on whose agreement, and how its working week runs.

The events themselves lie in the event store (`store.py`), not in the database; here stands what is known about them. A log belongs to
the instance, as the organization does: which workflows it tells of is said by `workflows`.
"""

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from itertools import chain, count
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

from django.conf import settings
from django.db import models, transaction
from django.utils.text import slugify

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.events.locking import AtWorkError
from commonground.events.pseudonyms import LostKeyError, Pseudonyms, instance_key
from commonground.events.rows import Rows
from commonground.events.store import Delivered, Progress, Standing, Store
from commonground.journal.recording import record

READ, WORKING, TAKEN, UNDONE, REFUSED = "read", "working", "taken", "undone", "refused"
DAY_MINUTES, WORKING_DAYS = 24 * 60, (0, 1, 2, 3, 4)
STATES = {
    READ: "looked over, not taken over yet",
    WORKING: "under way",
    TAKEN: "taken over",
    UNDONE: "undone",
    REFUSED: "set aside",
}


class LogError(ValueError):
    """Something that cannot be done with an event log. The message says which, how it stands, and what to do."""


def store_folder() -> Path:
    """Where the events of all logs lie, a folder each."""
    return Path(settings.DATA) / "events"


class LogQuerySet(Gated["Log"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those who may look at event logs: what they hold and on whose agreement. Measured figures are shown by `workflows`."""
        return self if actor.may("events.view") else self.none()

    def begin(self, name: str, *, by: Actor, at: datetime) -> "Log":
        """Begins an empty log with the usual working week. Raises LogError when the name is empty or another log has it."""
        name = name.strip()
        if not name:
            raise LogError("The event log has no name yet. Say what it tells of, as “Service requests”.")
        if self.filter(name__iexact=name).exists():
            raise LogError(f"There is an event log “{name}” already. Bring the file to it, or choose another name.")
        with transaction.atomic():
            log = self.create(name=name, key=self._free_key(name), days=list(WORKING_DAYS))
            record("began an event log", log, by=by, at=at)
        return log

    def put_right(self) -> list["Log"]:
        """Makes stores anew that do not hold what the database says, as after the machine went down; those at work now are left."""
        found = []
        for log in self.filter(generation__gt=0):
            with suppress(
                LogError, ValueError
            ):  # ValueError: what lies on the disk is not whole; its own page says so when it is asked
                if log.store().standing().generation != log.generation:
                    log.put_right()
                    found.append(log)
        return found

    def _free_key(self, name: str) -> str:
        """A key that no log has, and under which no events lie from a log that was removed."""
        base = slugify(name)[:40] or "log"
        keys = chain([base], (f"{base}-{number}" for number in count(2)))
        return next(key for key in keys if not (self.filter(key=key).exists() or (store_folder() / key).exists()))


class Log(models.Model):
    """An event log: one or several sources whose cases belong together.

    days: working days, Monday is 0. opens, closes: of a working day, in minutes from midnight in the instance's time zone.
    closed_on: days without work, as ISO dates. generation: counts the states of its store; 0 while it is empty. cases, events,
    people, first, last: of what stands in the store now.
    """

    key = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    days = models.JSONField(default=list)
    opens = models.PositiveSmallIntegerField(default=8 * 60)
    closes = models.PositiveSmallIntegerField(default=16 * 60)
    closed_on = models.JSONField(default=list)
    generation = models.PositiveIntegerField(default=0)
    cases = models.BigIntegerField(default=0)
    events = models.BigIntegerField(default=0)
    people = models.BigIntegerField(default=0)
    first = models.DateTimeField(null=True)
    last = models.DateTimeField(null=True)

    objects = LogQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def store(self) -> Store:
        """Where its events lie. Raises LogError when the key is gone that they were coded with."""
        try:
            return Store(store_folder() / self.key, Pseudonyms(instance_key(Path(settings.DATA))))
        except LostKeyError as error:
            raise LogError(str(error)) from error

    def set_week(
        self, *, days: Iterable[int], opens: int, closes: int, closed_on: Iterable[date] = (), by: Actor, at: datetime
    ) -> None:
        """Says when people work: days (Monday is 0), from and to in minutes after midnight, days without work.

        Raises LogError for a week without a working day, or a day that ends before it begins.
        """
        wanted = sorted(set(days))
        if not wanted or not set(wanted) <= set(range(7)):
            raise LogError(f"The working week of “{self}” needs at least one day from Monday to Sunday.")
        if not 0 <= opens < closes <= DAY_MINUTES:
            raise LogError(
                f"The working day of “{self}” ends before it begins. Give two times of one day, the earlier one first."
            )
        week = {
            "days": wanted,
            "opens": opens,
            "closes": closes,
            "closed_on": sorted({day.isoformat() for day in closed_on}),
        }
        before = {name: getattr(self, name) for name in week}
        if week == before:
            return
        with transaction.atomic():
            for name, value in week.items():
                setattr(self, name, value)
            self.save(update_fields=list(week))
            record("set the working week of an event log", self, by=by, at=at, values={"before": before, "after": week})

    def put_right(self) -> Standing:
        """Makes the store anew from the files that stand; for a store that was lost, or left behind when the machine went down."""
        with self._at_work() as store:
            return self._restate(store, self._standing_places(), lambda _: None)

    @contextmanager
    def _at_work(self) -> Iterator[Store]:
        """The store, for one at a time. What was left there by a file that does not stand is removed."""
        store = self.store()
        try:
            with store.at_work():
                for place in store.places() - self._standing_places():
                    store.forget(place)
                yield store
        except AtWorkError as error:
            raise LogError(
                f"Another file of “{self}” is being taken over or undone now. Wait until that is done, then try again."
            ) from error
        except OSError as error:
            why = os.strerror(error.errno) if error.errno else str(error)
            raise LogError(
                f"The disk of this instance could not take the events of “{self}”: {why}. What held before holds. Make room, or have the "
                "disk looked at, then try again."
            ) from error

    def _standing_places(self) -> set[str]:
        return set(self.deliveries.standing().values_list("place", flat=True))

    def _restate(self, store: Store, places: Collection[str], change: Callable[[Standing], None]) -> Standing:
        """Rebuilds the store from these places; what is known of the log and `change` are written in one transaction with it."""
        lost = self.deliveries.filter(place__in=set(places) - store.places())
        if lost:
            raise LogError(
                f"The events of {' and '.join(f'“{one}”' for one in lost)} are no longer in the store of “{self}”. Undo that file and "
                "bring it again, or restore a backup."
            )
        with store.rebuilt(sorted(places)) as standing, transaction.atomic():
            self.generation, self.cases, self.events = standing.generation, standing.cases, standing.events
            self.people = standing.people
            self.first, self.last = (moment(standing.first), moment(standing.last)) if standing.events else (None, None)
            self.save(update_fields=["generation", "cases", "events", "people", "first", "last"])
            change(standing)
        return standing


class DeliveryQuerySet(Gated["Delivery"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("events.view") else self.none()

    def standing(self) -> Self:
        """Those whose events are in the store."""
        return self.filter(state=TAKEN)

    def bring(
        self, log: Log, *, file: str, source: str, digest: str, by: Actor, at: datetime, **known: Any
    ) -> "Delivery":
        """Begins with a file that was looked over. known: place, mapping, options, summary, agreement as they are known by then."""
        known.setdefault("place", uuid4().hex)
        return self.create(log=log, file=file[:200], source=source[:120], digest=digest, by_id=by.user, at=at, **known)


class Delivery(models.Model):
    """One file of events brought to a log, from looking it over to taking it over, and perhaps undoing it.

    source: the system it comes from, as “CRM” or “dispatch”. mapping: column of ours → header of theirs. options: missing values,
    order of day and month, time zone. agreement: the agreement or reason that allows it, in words, without which nothing is taken
    over. summary: what was found, for the pages. place: the folder of the file, and of its coded events in the store.
    """

    log = models.ForeignKey(Log, on_delete=models.CASCADE, related_name="deliveries")
    source = models.CharField(max_length=120)
    file = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    place = models.CharField(max_length=32, unique=True)
    state = models.CharField(max_length=10, choices=list(STATES.items()), default=READ)
    mapping = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    agreement = models.TextField(blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    summary = models.JSONField(default=dict)
    progress = models.CharField(max_length=80, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file

    @property
    def state_words(self) -> str:
        return STATES[self.state]

    def agree(self, words: str, *, on: date | None, by: Actor, at: datetime) -> None:
        """Notes who agreed that this file is used, or the reason that allows it. Raises LogError for no words."""
        if not words.strip():
            raise self._lacks_agreement()
        self.agreement, self.agreed_on = words.strip(), on
        with transaction.atomic():
            self.save(update_fields=["agreement", "agreed_on"])
            record("noted the agreement for a file of events", self, by=by, at=at, values={"agreement": self.agreement})

    def take_over(
        self, pieces: Iterable[Rows], *, by: Actor, at: datetime, on_progress: Progress | None = None
    ) -> Standing:
        """Writes the file's events to the store, and joins them with what stands there.

        Raises LogError without an agreement or reason, for a file that stands there already or has no event, and while another file of
        the log is under way. Whatever goes wrong, what held before holds; the file can be taken over again.
        """
        with self.log._at_work() as store:
            self.refresh_from_db()
            self._refuse_what_cannot_be_taken()
            self._note(state=WORKING, progress="")
            try:
                told = self._delivered(store, pieces, on_progress)
                places = {*self.log._standing_places(), self.place}
                return self.log._restate(store, places, lambda _: self._taken(told, by=by, at=at))
            except BaseException:
                store.forget(self.place)
                self._note(state=READ, progress="")
                raise

    def undo(self, *, by: Actor, at: datetime, why: str = "") -> Standing:
        """Makes the store anew without this file, as if it had never come. Raises LogError unless it was taken over."""
        with self.log._at_work() as store:
            self.refresh_from_db()
            if self.state != TAKEN:
                raise LogError(f"“{self}” is {self.state_words}; only a file that was taken over can be undone.")

            def undone(_: Standing) -> None:
                self._note(state=UNDONE, ended_at=at)
                record("undid a file of events", self, by=by, at=at, why=why, values=self._values())

            standing = self.log._restate(store, self.log._standing_places() - {self.place}, undone)
            store.forget(self.place)
            return standing

    def set_aside(self, *, by: Actor, at: datetime, why: str = "") -> None:
        """Lets a file go that was not taken over. Raises LogError when it was, or is being taken over now."""
        with self.log._at_work():
            self.refresh_from_db()
            if self.state not in (READ, WORKING):
                raise LogError(f"“{self}” is {self.state_words}; only a file that was not taken over can be set aside.")
            with transaction.atomic():
                self._note(state=REFUSED, ended_at=at, progress="")
                record("set a file of events aside", self, by=by, at=at, why=why, values=self._values())

    def _refuse_what_cannot_be_taken(self) -> None:
        if self.state not in (READ, WORKING):  # under way, but nobody holds the lock: whoever was at it was cut off
            raise LogError(f"“{self}” is {self.state_words}. Bring it again, if it is to be taken over now.")
        if not self.agreement.strip():
            raise self._lacks_agreement()
        same = self.log.deliveries.standing().filter(digest=self.digest).first()
        if same is not None:
            raise LogError(
                f"“{self}” stands in “{self.log}” already: it was taken over as “{same}” on {same.at:%Y-%m-%d}. Set this one aside, "
                "or undo that one first if it is to be read in another way."
            )

    def _lacks_agreement(self) -> LogError:
        return LogError(f"“{self}” has no agreement or reason yet. Say who agreed that it is used, or why it may be.")

    def _delivered(self, store: Store, pieces: Iterable[Rows], on_progress: Progress | None) -> Delivered:
        def tell(words: str) -> None:
            self._note(progress=words[:80])
            if on_progress is not None:
                on_progress(words)

        told = store.deliver(
            self.place, pieces, digest=self.digest, source=self.source, file=self.file, on_progress=tell
        )
        if not told.events:
            raise LogError(f"“{self}” has no event, so there is nothing to take over. Look at what its columns mean.")
        return told

    def _taken(self, told: Delivered, *, by: Actor, at: datetime) -> None:
        self.summary |= {"taken": asdict(told)}
        self._note(state=TAKEN, progress="", ended_at=at, summary=self.summary)
        record("took over a file of events", self, by=by, at=at, values=self._values())

    def _values(self) -> dict[str, Any]:
        """What the journal keeps: never a person."""
        told = self.summary.get("taken", {})
        period = [moment(told[end]).isoformat() for end in ("first", "last")] if told else []
        return {
            "log": self.log.name,
            "file": self.file,
            "source": self.source,
            "events": told.get("events", 0),
            "period": period,
            "agreement": self.agreement,
        }

    def _note(self, **values: Any) -> None:
        for name, value in values.items():
            setattr(self, name, value)
        type(self).objects.filter(pk=self.pk).update(**values)


def moment(microseconds: int) -> datetime:
    """A time of the store as a date and time in UTC."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
