"""Reads what went out to customers as rows of facts: counts by message and channel, no contact."""

from django.db.models import F, Sum

from commonground.analysis import facts
from commonground.communication.models import Message, Sending
from commonground.guidance.reading import Reading


def sendings(reading: Reading) -> list[facts.Sending]:
    """Lists that were taken, by message and channel. One about a change counts in the views that count that change."""
    told = Message.objects.filter(program=reading.program).of_view(reading.stages).values("pk")
    rows = Sending.objects.out().filter(program=reading.program, message__in=told).order_by("message__key", "channel")
    sums = rows.values_list("message__key", "channel").annotate(
        stood=Sum(F("counted") - F("left_out")), out=Sum("sent"), back=Sum("bounced")
    )
    return [facts.Sending(*row) for row in sums]
