"""What is done with a cascade and its talks: started, held, taken back, given to a deputy, left out, asked after.

Functions over a row, each one transaction with its journal entry. A talk opens when the one above was held, or by days.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.urls import reverse

from commonground.access.actor import Actor
from commonground.analysis.communication.cascade import BY_DAYS, Window, holder_of, window_at
from commonground.communication.cascades import PROPOSED, RUNNING, Cascade, CascadeStep, Hearer
from commonground.communication.messages import APPROVED, OUT
from commonground.organization.models import Assignment, Person
from commonground.outbox.models import Message as Mail
from commonground.programs.register import CannotError
from commonground.realignment.stages import day_of
from commonground.ui.words import day as written_day


def awaited_by(person: int) -> set[int]:
    """The messages of which a talk is still to come for somebody: nobody reads on a screen what their line is about to say.

    Whose own talk is left out waits for the one above, and no longer.
    """
    rows = Hearer.objects.filter(person=person, step__cascade__state=RUNNING, step__delivered_on=None)
    found = rows.select_related("step__cascade", "step__above")
    return {one.step.cascade.message_id for one in found if not holder(one.step).is_held}


def holder(step: CascadeStep) -> CascadeStep:
    """The talk in which the people of a step hear: its own, or the nearest above that is not left out."""
    while step.left_out and step.above is not None:
        step = step.above
    return step


def give_window(step: CascadeStep) -> None:
    """Opens the window of a talk that can begin now, and closes that of one that cannot. The caller saves."""
    row = step.cascade
    step.opens = step.closes = None
    if not row.is_running:
        return
    if row.rule == BY_DAYS:
        step.opens, step.closes = window_at(step.depth, row.opens, row.days)
        return
    above = holder(step.above) if step.above is not None else None
    start = row.opens if above is None else above.delivered_on
    if start is not None:
        step.opens, step.closes = Window(*window_at(0, max(start, row.opens), row.days))


def start(row: Cascade, *, by: Actor, at: datetime) -> int:
    """Begins it: the windows open that can, and their deliverers are written to. The message is out from now on. Returns how many open."""
    if not row.is_proposed:
        raise CannotError(f"The {row} has begun already.")
    row.refuse_start()
    with transaction.atomic():
        row.put("started a cascade", by=by, at=at, state=RUNNING, started_on=day_of(at))
        if row.message.state == APPROVED:
            row.message.move_to(OUT, by=by, at=at)
        return _open(row.steps.filter(left_out=False, delivered_on=None).select_related("above"), row, at)


def take_back_start(row: Cascade, *, by: Actor, at: datetime) -> None:
    """The way back from a start. Raises CannotError once a talk was held."""
    if not row.is_running:
        raise CannotError(f"The {row} is not under way.")
    if row.steps.held().exists():
        raise CannotError("A talk was held already, so the cascade goes on. End it where the rest is not to be told.")
    with transaction.atomic():
        row.steps.update(opens=None, closes=None, asked_on=None)
        row.put("took back the start of a cascade", by=by, at=at, state=PROPOSED, started_on=None)
        if row.message.state == OUT:
            row.message.move_to(APPROVED, by=by, at=at)


def confirm(step: CascadeStep, *, on: date, heard: int | None, note: str = "", by: Actor, at: datetime) -> int:
    """Says that a talk was held on a day, and how many of its people were there. The talks below open. Returns how many open now.

    Raises CannotError for a day to come, for more people than it is for, before the cascade began, and for whoever does not hold it.
    """
    _refuse(step, on, heard, by, at)
    with transaction.atomic():
        speaker = step.deputy or step.deliverer
        step.put(
            "said that a talk was held",
            by=by,
            at=at,
            delivered_on=on,
            delivered_by=speaker,
            heard=heard,
            note=note.strip()[:300],
        )
        return _open(below(step), step.cascade, at)


def _refuse(step: CascadeStep, on: date, heard: int | None, by: Actor, at: datetime) -> None:
    if not step.may_confirm(by):
        raise CannotError("This talk is held by somebody else. They say so on their own page.")
    if step.cascade.is_proposed:
        raise CannotError("The cascade has not begun, so no talk can have been held. Start it first.")
    if step.left_out:
        raise CannotError("This talk is left out: its people hear in the one above. Take it in again first.")
    if on > day_of(at):
        raise CannotError(f"{written_day(on)} has not come yet. Name the day on which it was held.")
    if heard is not None and heard > step.people + step.carriers:
        raise CannotError(
            f"The talk is for {step.people + step.carriers} people, so {heard} of them cannot have been there."
        )


def take_back(step: CascadeStep, *, by: Actor, at: datetime) -> None:
    """The way back from a confirmation that was a slip: windows that it opened close again."""
    if not step.may_confirm(by):
        raise CannotError("This talk is held by somebody else. They can take their word back.")
    with transaction.atomic():
        step.put(
            "took back that a talk was held", by=by, at=at, delivered_on=None, delivered_by=None, heard=None, note=""
        )
        for one in below(step).filter(delivered_on=None):
            give_window(one)
            one.save(update_fields=["opens", "closes"])


def below(step: CascadeStep) -> QuerySet[CascadeStep]:
    """The talks that wait for this one, those below one that is left out among them."""
    known = step.cascade.steps.values_list("pk", "above", "left_out")
    rows = {pk: (above, left_out) for pk, above, left_out in known}
    held_by = holder_of(rows)
    wanted = [pk for pk, (above, out) in rows.items() if not out and above is not None and held_by[above] == step.pk]
    return step.cascade.steps.filter(pk__in=wanted).select_related("above", "cascade__message")


def _open(steps: Iterable[CascadeStep], row: Cascade, at: datetime) -> int:
    """Opens what can begin now and was closed, and writes to those who hold it."""
    opened = []
    for step in steps:
        step.cascade = row
        before = step.opens
        give_window(step)
        if step.delivered_on is None and step.opens is not None and before is None:
            opened.append(step)
    CascadeStep.objects.bulk_update(opened, ["opens", "closes"], batch_size=500)
    write_to(row, opened, at=at)
    return len(opened)


def write_to(row: Cascade, steps: Iterable[CascadeStep], *, at: datetime) -> int:
    """Queues a mail to the deliverer of each talk, once a person. The words of the message are not in it. Returns how many."""
    people = Person.objects.in_bulk({pk for step in steps if (pk := step.deputy_id or step.deliverer_id) is not None})
    slug = row.program.slug
    link = f"{settings.ADDRESS}{reverse('communication:my-talks', kwargs={'program': slug})}"
    until: dict[Person, date] = {}
    for step in steps:
        person = people.get(step.deputy_id or step.deliverer_id or 0)
        if person is not None and person.email and step.closes is not None:
            until[person] = min(step.closes, until.get(person, step.closes))
    mails = [
        {
            "kind": "talk",
            "to": person.email,
            "subject": "A talk with your team is due",
            "body": f"“{row.message.title}” goes from team to team by talks. Yours is to be held by "
            f"{written_day(closes - timedelta(days=1))}. What to say, and where to note that it was held:\n\n{link}\n",
            "program": slug,
        }
        for person, closes in until.items()
    ]
    Mail.objects.queue_many(mails, at=at)
    return len(mails)


def ask_late(row: Cascade, *, by: Actor, at: datetime) -> tuple[int, int]:
    """Writes to those whose window is over, nobody twice a day. Returns to how many, and of how many talks nobody has an address."""
    day = day_of(at)
    late = row.steps.late(day).exclude(asked_on=day).select_related("deputy", "deliverer")
    steps = list(late)
    reached = [step for step in steps if step.speaker is not None and step.speaker.email]
    if not steps:
        return 0, 0
    with transaction.atomic():
        sent = write_to(row, reached, at=at)
        CascadeStep.objects.filter(pk__in=[step.pk for step in reached]).update(asked_on=day)
        row.write("asked after talks that are late", by=by, at=at, mails=sent)
    return sent, len(steps) - len(reached)


def name_deputy(step: CascadeStep, person: Person | None, *, why: str, by: Actor, at: datetime) -> bool:
    """Somebody else holds the talk; None gives it back to the line. Raises CannotError once it was held, or for who does not work here."""
    _refuse_held(step)
    if person is not None and not Assignment.objects.on(day_of(at)).filter(person=person).exists():
        raise CannotError(f"{person} does not work here today. Choose somebody who does.")
    if person is not None and person.pk == step.deliverer_id:
        person = None
    verb = "named a deputy for a talk" if person is not None else "gave a talk back to the line"
    return step.put(verb, by=by, at=at, why=why, deputy=person)


def leave_out(step: CascadeStep, *, why: str, by: Actor, at: datetime) -> None:
    """It is not held on its own: its people hear in the talk above. Raises CannotError for one at the top, and once it was held."""
    _refuse_held(step)
    if step.above_id is None:
        raise CannotError("This talk stands at the top, so nobody above could hold it. Name a deputy instead.")
    with transaction.atomic():
        step.put("left a talk out", by=by, at=at, why=why, left_out=True, opens=None, closes=None)
        _move_windows(step, at)


def take_in(step: CascadeStep, *, by: Actor, at: datetime) -> None:
    """The way back from leaving a talk out."""
    with transaction.atomic():
        step.put("took a talk in again", by=by, at=at, left_out=False)
        give_window(step)
        step.save(update_fields=["opens", "closes"])
        _move_windows(step, at)


def _move_windows(step: CascadeStep, at: datetime) -> None:
    """The talks below wait for another one now."""
    for one in step.cascade.steps.filter(above=step, delivered_on=None, left_out=False).select_related("above"):
        give_window(one)
        one.save(update_fields=["opens", "closes"])


def count_question(step: CascadeStep) -> None:
    """One more question was written down in this talk. Which, is known to nobody here: voices keep no trace of a team."""
    CascadeStep.objects.filter(pk=step.pk).update(handed_on=F("handed_on") + 1)


def _refuse_held(step: CascadeStep) -> None:
    if step.is_held and step.delivered_on is not None:
        raise CannotError(f"This talk was held on {written_day(step.delivered_on)}. Take that back first.")
