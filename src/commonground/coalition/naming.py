"""Naming colleagues, changing one's mind, and not wishing to be named. Nothing of it is journaled: no `by` and no `at` may be kept."""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from django.db import models, transaction
from django.db.models import Q

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.assessments.in_days import CLOSED, OPEN
from commonground.coalition.ballots import MOST, Ballot, Box, NoKeyError
from commonground.coalition.nominations import Candidate, Nomination
from commonground.organization.models import Assignment, Person, PersonQuerySet
from commonground.organization.periods import in_force_on
from commonground.programs.models import Program
from commonground.programs.register import CannotError

LETTERS: Final = 2  # the fewest of a name that is looked for
FOUND: Final = 8  # people shown at once


class OptOutQuerySet(Gated["OptOut"]):
    def visible_to(self, actor: Actor) -> "OptOutQuerySet":
        """Everybody their own, and nobody anybody else's."""
        return self.filter(person=actor.person) if actor.person is not None else self.none()


class OptOut(models.Model):
    """Somebody who does not wish to be named. Without a day: when they said so is nobody's business."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+", primary_key=True)

    objects = OptOutQuerySet.as_manager()


class Named(NamedTuple):
    """Somebody as they stand on the naming page."""

    pk: int
    name: str
    unit: str


def asking(actor: Actor, program: Program, day: date) -> Nomination | None:
    """The round that asks the actor on a day; None where none does."""
    if not actor.may("nominations.name") or actor.person is None:
        return None
    rows = Nomination.objects.filter(program=program, state=OPEN, opens_on__lte=day, closes_on__gte=day)
    return next((row for row in rows if row.asks(actor.person, day)), None)


def nameable(person: int, day: date) -> PersonQuerySet:
    """Whom somebody may name: who works here on the day, but not themselves, not their own manager, nobody who does not wish it."""
    managers = Assignment.objects.on(day).filter(person=person, manager__isnull=False).values("manager")
    here = Assignment.objects.on(day).values("person")
    return (
        Person.objects.filter(pk__in=here)
        .exclude(pk=person)
        .exclude(pk__in=managers)
        .exclude(pk__in=OptOut.objects.values("person"))
    )


def found(person: int, text: str, day: date, *, named: Sequence[int] = ()) -> tuple[list[Named], bool]:
    """Colleagues whose name or number holds every word that was written, and whether there are more than are shown."""
    words = text.split()
    if sum(map(len, words)) < LETTERS:
        return [], False
    rows = nameable(person, day).exclude(pk__in=named)
    for word in words[:5]:
        rows = rows.filter(Q(name__icontains=word) | Q(key__iexact=word))
    pks = list(rows.order_by("name", "pk").values_list("pk", flat=True)[: FOUND + 1])
    return shown(pks[:FOUND], day), len(pks) > FOUND


def shown(people: Sequence[int], day: date) -> list[Named]:
    """These people by name, with the unit in which each works on the day."""
    rows = Person.objects.filter(pk__in=people).order_by("name", "pk")
    periods = in_force_on(day, "unit__periods__")
    units = dict(
        Assignment.objects.on(day).filter(periods, person__in=people).values_list("person", "unit__periods__name")
    )
    return [Named(pk, name, units.get(pk) or "") for pk, name in rows.values_list("pk", "name")]


def named_by(row: Nomination, person: int) -> frozenset[int]:
    """Whom somebody has named in a round, for themselves alone. Raises NoKeyError when nobody can read it any more."""
    gone = set(OptOut.objects.values_list("person", flat=True))
    return Box(row).of(person) - gone


def name(row: Nomination, person: int, colleague: int, day: date) -> None:
    """Names a colleague. Raises CannotError when the round is over, the colleague cannot be named, or as many are named as may be."""
    with transaction.atomic():
        box = _open(row, person, day)
        now = box.of(person)
        if colleague in now:
            return
        if not nameable(person, day).filter(pk=colleague).exists():
            raise CannotError("This person cannot be named. Look for another colleague.")
        if len(now) >= MOST:
            raise CannotError(f"You have named {MOST} colleagues, and that is as many as may be. Take one off first.")
        box.keep(person, [*now, colleague])


def withdraw(row: Nomination, person: int, colleague: int | None, day: date) -> None:
    """Takes a colleague off again; None: all of them."""
    with transaction.atomic():
        box = _open(row, person, day)
        box.keep(person, [] if colleague is None else sorted(box.of(person) - {colleague}))


def _open(row: Nomination, person: int, day: date) -> Box:
    held = Nomination.objects.select_for_update().get(pk=row.pk)
    if not held.takes_answers(day) or not held.asks(person, day):
        raise CannotError("This round is over, so nothing can be changed in it any more. It is kept as it was.")
    return _box(held)


def _box(row: Nomination) -> Box:
    try:
        return Box(row)
    except NoKeyError as gone:
        raise CannotError(
            "This round cannot take names any more: the instance was restored from a backup. A change lead can open another one."
        ) from gone


def set_opt_out(person: int, *, out: bool) -> None:
    """Nobody can name them from now on, and what they were named is deleted, also in rounds that are closed; or they can be named again."""
    with transaction.atomic():
        if not out:
            OptOut.objects.filter(person=person).delete()
            return
        OptOut.objects.get_or_create(person_id=person)
        Candidate.objects.filter(person=person).delete()
        for row in Nomination.objects.select_for_update().filter(state__in=(OPEN, CLOSED)):
            try:
                Box(row).drop(person)
            except NoKeyError:  # nobody can read them, so nothing can come of them
                Ballot.objects.filter(nomination=row).delete()


def has_opted_out(actor: Actor) -> bool:
    return OptOut.objects.visible_to(actor).exists()
