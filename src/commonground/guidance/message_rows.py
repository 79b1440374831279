"""Reads messages as rows of facts. One that tells of a change counts in the views that count that change."""

from commonground.analysis import facts
from commonground.analysis.facts.messages import EVERY_UNIT
from commonground.communication.models import Message
from commonground.guidance.reading import Reading


def messages(reading: Reading) -> list[facts.Message]:
    """Messages in order of their keys."""
    rows = Message.objects.filter(program=reading.program).of_view(reading.stages).order_by("key")
    found = []
    for row in rows.select_related("unit", "sender", "cut_over__unit").prefetch_related("segments"):
        cut = row.cut_over
        found.append(
            facts.Message(
                id=row.key,
                title=row.title,
                side=row.side,
                audience=row.audience_words or None,
                segments=tuple(one.key for one in row.segments.all()),
                unit=row.unit.key if row.unit else None,
                sender_kind=row.sender_kind,
                sender=row.sender.key if row.sender else None,
                channels=tuple(row.channels),
                start=row.start,
                end=row.end,
                state=row.state,
                about_my_work=row.about_my_work,
                cut_over=(cut.unit.key if cut.unit else EVERY_UNIT) if cut else None,
            )
        )
    return found
