"""The talks of a cascade, proposed from the reporting line of a day, brought up to date as people move, and stored."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.core.cache import cache
from django.db import transaction

from commonground.access.actor import Actor
from commonground.analysis.communication.cascade import Lines, Member, Talk, propose
from commonground.communication.audiences import people_of
from commonground.communication.cascade_steps import give_window
from commonground.communication.cascades import Cascade, CascadeStep, Hearer
from commonground.communication.messages import Message
from commonground.journal.models import Version
from commonground.organization.models import Assignment, Person, UnitPeriod
from commonground.organization.tree import leads_on
from commonground.programs.register import CannotError

BATCH: Final = 1000
KEPT_FOR: Final = 60 * 60


def lines_on(day: date) -> Lines:
    """Everybody who works here on a day, for whom and where: the whole register, so only when talks are made."""
    rows = Assignment.objects.on(day).values_list("person", "unit", "manager")
    members = {person: Member(person, unit, manager) for person, unit, manager in rows}
    leads = {unit: lead for unit, (lead, _) in leads_on(day).items()}
    return Lines(members, leads, dict(UnitPeriod.objects.on(day).values_list("unit", "parent")))


def audience_on(message: Message, day: date) -> set[int]:
    """The people of a message's audience on a day."""
    return set(people_of(message, day).values_list("person", flat=True))


def begin(message: Message, *, first: Person, day: date, by: Actor, at: datetime, **values: Any) -> Cascade:
    """Proposes the talks of a message from who begins. values: opens, days, rule, questions.

    Raises CannotError for a message to customers, one that has a cascade already, and an audience of nobody.
    """
    if not message.is_inside:
        raise CannotError(f"“{message}” goes to customers. A cascade is for messages inside.")
    if Cascade.objects.filter(message=message).exists():
        raise CannotError(f"“{message}” has a cascade already. Open that one.")
    with transaction.atomic():
        row = Cascade(program=message.program, message=message, first=first, **values)
        row.save()
        talks = _build(row, day)
        row.write("proposed a cascade", by=by, at=at, first=first.name, talks=talks, opens=row.opens)
    return row


def build_again(row: Cascade, *, day: date, by: Actor, at: datetime) -> int:
    """Proposes the talks anew from the reporting line of a day; deputies stay. Returns how many there are. Only before it is started."""
    if not row.is_proposed:
        raise CannotError(f"The {row} has begun, so its talks stand. Bring it up to date instead.")
    with transaction.atomic():
        named = row.steps.exclude(deputy=None).values_list("deliverer", "unit", "deputy")
        deputies = {(deliverer, unit): deputy for deliverer, unit, deputy in named}
        row.steps.all().delete()
        talks = _build(row, day)
        for (deliverer, unit), deputy in deputies.items():
            row.steps.filter(deliverer=deliverer, unit=unit).update(deputy=deputy)
        row.write("proposed the talks of a cascade anew", by=by, at=at, talks=talks)
    return talks


def drop(row: Cascade, *, by: Actor, at: datetime) -> None:
    """Takes a proposal away. Raises CannotError once it has begun."""
    if not row.is_proposed:
        raise CannotError(f"The {row} has begun, so it stays to be read. End it instead.")
    with transaction.atomic():
        row.write("dropped the proposal of a cascade", by=by, at=at, talks=row.steps.count())
        row.delete()


def _build(row: Cascade, day: date) -> int:
    assert row.first_id is not None  # noqa: S101 - whoever proposes names who begins
    talks = propose(audience_on(row.message, day), row.first_id, lines_on(day))
    if not talks:
        raise CannotError(
            "Nobody but who begins is in the audience of this message today, so there is no talk to hold. Look at whom it is for."
        )
    _store(row, talks)
    row.built_on = day
    row.save(update_fields=["built_on"])
    return len(talks)


def _store(row: Cascade, talks: Sequence[Talk]) -> None:
    """Writes talks, those above first, since those below point to them."""
    made: dict[int, CascadeStep] = {}
    for depth in sorted({talk.depth for talk in talks}):
        level = [talk for talk in talks if talk.depth == depth]
        steps = [_step(row, talk, made[talk.above] if talk.above is not None else None) for talk in level]
        CascadeStep.objects.bulk_create(steps, batch_size=BATCH)
        made.update({talk.number: step for talk, step in zip(level, steps, strict=True)})
    hearers = [
        Hearer(step=made[talk.number], person_id=person, carries=carries)
        for talk in talks
        for people, carries in ((talk.hearers, False), (talk.carriers, True))
        for person in people
    ]
    Hearer.objects.bulk_create(hearers, batch_size=BATCH)


def _step(row: Cascade, talk: Talk, above: CascadeStep | None) -> CascadeStep:
    return CascadeStep(
        cascade=row,
        above=above,
        depth=talk.depth,
        unit_id=talk.unit,
        deliverer_id=talk.deliverer,
        of_line=talk.of_line,
        people=len(talk.hearers),
        carriers=len(talk.carriers),
    )


def newcomers(row: Cascade, day: date) -> set[int]:
    """Who is in the audience on a day and for whom no talk is, who begins left out: those that came after the talks were made."""
    known = set(Hearer.objects.filter(step__cascade=row, carries=False).values_list("person", flat=True))
    return audience_on(row.message, day) - known - {row.first_id or 0}


def how_many_new(row: Cascade, day: date) -> int:
    """How many `newcomers` there are, counted by the database and kept by the versions of what it is counted from."""
    versions = Version.objects.now()
    numbers = (versions.get(table, 0) for table in ("people", "units", "roles", "stages", "messages", "steps"))
    key = ":".join(["communication.new", str(row.pk), day.isoformat(), *map(str, numbers)])
    found: int | None = cache.get(key)
    if found is None:
        known = Hearer.objects.filter(step__cascade=row, carries=False).values("person")
        rows = people_of(row.message, day).exclude(person__in=known).exclude(person=row.first_id)
        found = rows.values("person").distinct().count()
        cache.set(key, found, KEPT_FOR)
    return found


def catch_up(row: Cascade, *, day: date, by: Actor, at: datetime) -> int:
    """Puts those who came since into a talk of their line that is still to come, or into a new one. Returns how many they are."""
    new = newcomers(row, day)
    if not new or row.first_id is None:
        return 0
    with transaction.atomic():
        changed = _no_longer_only_carry(row, new)
        still = {(one.deliverer_id, one.unit_id): one for one in row.steps.filter(delivered_on=None, left_out=False)}
        heard_in = dict(Hearer.objects.filter(step__cascade=row).values_list("person", "step"))
        for talk in propose(new, row.first_id, lines_on(day)):
            carries = {**dict.fromkeys(talk.hearers, False), **dict.fromkeys(talk.carriers, True)}
            missing = [person for person in carries if person not in heard_in]
            if not missing:
                continue
            step = still.setdefault((talk.deliverer, talk.unit), _new_step(row, talk, heard_in.get(talk.deliverer, 0)))
            step.save()
            Hearer.objects.bulk_create(
                [Hearer(step=step, person_id=one, carries=carries[one]) for one in missing], batch_size=BATCH
            )
            heard_in.update(dict.fromkeys(missing, step.pk))
            changed.add(step.pk)
        _count(changed)
        row.write("brought a cascade up to date", by=by, at=at, people=len(new))
    return len(new)


def _no_longer_only_carry(row: Cascade, new: Collection[int]) -> set[int]:
    """Who only carried it before and belongs to the audience now keeps the talk in which they hear. Returns those talks."""
    rows = Hearer.objects.filter(step__cascade=row, carries=True, person__in=new)
    steps = set(rows.values_list("step", flat=True))
    rows.update(carries=False)
    return steps


def _new_step(row: Cascade, talk: Talk, above: int) -> CascadeStep:
    """A talk that was not there before, below the one in which its deliverer hears."""
    parent = row.steps.filter(pk=above).first()
    step = _step(row, talk, parent)
    step.depth = parent.depth + 1 if parent else 0
    give_window(step)
    return step


def _count(steps: Iterable[int]) -> None:
    """Counts anew whom talks are for."""
    for step in CascadeStep.objects.filter(pk__in=list(steps)):
        step.people = step.hearers.filter(carries=False).count()
        step.carriers = step.hearers.filter(carries=True).count()
        step.save(update_fields=["people", "carriers"])
