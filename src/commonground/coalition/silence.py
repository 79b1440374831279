"""When nothing of a sponsor has been seen for a while: they are told, alone, days before others can read of it.

`tell` runs once a night (`silence_tasks.py`). Where nobody can tell them, since they have neither an account nor an address here, the
change lead is asked to, from the day on which others may know.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from commonground.access.actor import OPERATOR, Actor
from commonground.coalition.acts import Act
from commonground.coalition.sponsors import Sponsor
from commonground.journal.recording import record
from commonground.organization.models import Assignment, Person
from commonground.outbox.models import Message
from commonground.outbox.secrets import NothingToSend
from commonground.outbox.way import way
from commonground.programs.models import Program
from commonground.ui.words import day as written_day

MAIL: Final = "personal"
TOLD_AFTER: Final = timedelta(days=30)
OTHERS_AFTER: Final = timedelta(days=45)
SUBJECT: Final = "A note for you alone"
BODY: Final = "{words}\n\n{link}\n"


@dataclass(frozen=True)
class Quiet:
    """A sponsor of whom nothing was seen since a day. since: None for never, where nobody wrote down since when they are sponsor."""

    person: Person
    since: date | None
    rows: tuple[Sponsor, ...]

    @property
    def told(self) -> date | None:
        """The day on which they were told of this silence; None where they know of none, or of an earlier one alone."""
        days = [row.told_on for row in self.rows if row.told_on and (self.since is None or row.told_on >= self.since)]
        return max(days, default=None)

    def lasts(self, day: date) -> int | None:
        """For how many days."""
        return (day - self.since).days if self.since else None

    def is_for_others(self, day: date) -> bool:
        """Whether it is so long that others may know of it."""
        return self.since is None or day - self.since >= OTHERS_AFTER


def quiet(program: Program, day: date, *, person: int | None = None) -> list[Quiet]:
    """Sponsors who work here and of whom nothing was seen for 30 days; of one person alone where one is given."""
    rows = Sponsor.objects.on(day).filter(program=program).select_related("person__user").order_by("pk")
    rows = rows.filter(person__in=Assignment.objects.on(day).values("person"))
    if person is not None:
        rows = rows.filter(person=person)
    by_person: dict[int, list[Sponsor]] = {}
    for row in rows:
        by_person.setdefault(row.person_id, []).append(row)
    if not by_person:
        return []
    last = Act.objects.filter(person__in=by_person).last_of(program, day)
    found = [_quiet(mine, last.get(one)) for one, mine in by_person.items()]
    return [one for one in found if one.since is None or day - one.since >= TOLD_AFTER]


def _quiet(rows: list[Sponsor], last: date | None) -> Quiet:
    starts = [row.start for row in rows]
    begun = None if None in starts else min(day for day in starts if day is not None)
    return Quiet(rows[0].person, max((day for day in (begun, last) if day is not None), default=None), tuple(rows))


def tell(program: Program, day: date, *, at: datetime) -> int:
    """Tells each quiet sponsor who does not know yet: on their own page, and by mail where mail is on. Returns how many."""
    told = 0
    for one in quiet(program, day):
        user = one.person.user
        reached = (user is not None and user.is_active) or (bool(one.person.email) and way() is not None)
        if one.told is None and reached:
            note_told(one, day, by=OPERATOR, at=at)
            told += 1
    return told


def note_told(one: Quiet, day: date, *, by: Actor, at: datetime) -> None:
    """Writes down that they know of it, for themselves alone to read, and sends the word where it can be sent."""
    readers = [user for user in (one.person.user_id, by.user) if user is not None]
    with transaction.atomic():
        Sponsor.objects.filter(pk__in=[row.pk for row in one.rows]).update(told_on=day)
        record(
            "told a sponsor of their silence",
            one.rows[0],
            by=by,
            at=at,
            values={"told": day},
            facts=Sponsor.facts,
            readers=readers,
        )
        if by == OPERATOR and one.person.email:
            slug = one.rows[0].program.slug
            # with a reference, so that the page of mail shows its recipient to nobody
            Message.objects.queue(
                MAIL, one.person.email, SUBJECT, BODY, program=slug, secret=f"sponsor:{one.rows[0].pk}", at=at
            )


def resolve(secret: str) -> Mapping[str, str]:
    """What the mail says, at the moment of sending. Raises NothingToSend once something was seen, or they are sponsor no longer."""
    row = Sponsor.objects.filter(pk=secret.partition(":")[2] or 0).select_related("program", "person").first()
    if row is None or row.told_on is None or row.end is not None:
        raise NothingToSend("It is no longer so.")
    if Act.objects.filter(program=row.program_id, person=row.person_id, planned=False, on__gte=row.told_on).exists():
        raise NothingToSend("It is no longer so.")
    link = f"{settings.ADDRESS}{reverse('coalition:add-act', kwargs={'program': row.program.slug})}"
    last = Act.objects.filter(program=row.program_id, person=row.person_id, planned=False).order_by("-on").first()
    since = f"since {written_day(last.on)}" if last else "yet"
    words = (
        f"No visible act of yours for {row.program} is noted {since}. Perhaps something was done and not written down: one line is "
        f"enough. Or plan the next: an hour in a unit, an answer to a doubt. Only you are told of this now; others can read of a longer "
        "silence later."
    )
    return {"words": words, "link": link}
