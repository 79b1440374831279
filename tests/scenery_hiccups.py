"""What stands on the stage of `scenery.py` for hiccup plans, the live page and what customers told us."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from commonground.communication.bringing_counts import bring, look
from commonground.communication.models import HiccupPlan, Promise, Signal, Told
from tests.cast import AT, Cast


def hiccups(at: Any, cast: Cast) -> None:
    """A plan that is ready, a promise, something that is counted with counts that stand and counts that wait, and a word of customers."""
    program, by, now = cast.program, cast.ivan.actor, timezone.now()
    today = timezone.localdate()
    plan = HiccupPlan.objects.create(
        program=program,
        name="Cut-over",
        noticed="yes",
        ready_on=today,
        watch_from=today,
        watch_until=today + timedelta(days=3),
    )
    promise = Promise.objects.create(program=program, plan=plan, promise="Nobody pays a late fee")
    signal = Signal.objects.create(program=program, plan=plan, name="Calls")
    day = datetime.combine(today, datetime.min.time())
    stands = bring(signal, "calls.csv", {day: 3}, by=by, at=now)
    waits = look(signal, "more.csv", {day: 4}, at=now)
    told = Told.objects.note(program, {"words": "The number on the letter is wrong"}, by=by, at=AT)
    at(
        "communication:hiccup-plan hiccup-ready hiccup-trial hiccup-script live front-office add-promise add-signal",
        pk=plan.pk,
    )
    at("communication:read-signal count-one", pk=signal.pk)
    at("communication:take-counts-back", pk=stands.pk)
    at("communication:told-voice told-improvement told-close told-open", pk=told.pk)
    for word, row in (("hiccupplan", plan), ("promise", promise), ("signal", signal), ("told", told)):
        at(f"communication:edit-{word} remove-{word}", pk=row.pk)
        at(f"communication:put-back-{word}", entry=1)
    at("intake:bring-counts-of", pk=signal.pk)
    at("intake:look-counts take-counts drop-counts", pk=waits.pk)
