"""Reads the talks of cascades as rows of facts. Those of a message about a change count in the views that count that change."""

from commonground.analysis import facts
from commonground.analysis.communication.cascade import holder_of
from commonground.communication.models import Cascade, CascadeStep, Message
from commonground.guidance.reading import Reading

FIELDS = (
    "pk",
    "above",
    "left_out",
    "cascade__message__key",
    "unit__key",
    "deliverer__key",
    "deputy__key",
    "opens",
    "closes",
    "delivered_on",
)


def steps(reading: Reading) -> list[facts.Step]:
    """The talks of cascades that have begun; the people of one that is left out hear in the one above, so its days stand for it."""
    told = Message.objects.filter(program=reading.program).of_view(reading.stages).exclude(state="dropped").values("pk")
    begun = Cascade.objects.filter(program=reading.program, message__in=told).exclude(state="proposed").values("pk")
    rows = list(CascadeStep.objects.filter(cascade__in=begun).order_by("cascade", "depth", "pk").values_list(*FIELDS))
    holder = holder_of({row[0]: (row[1], row[2]) for row in rows})
    of = {row[0]: row for row in rows}
    found = []
    for row in rows:
        _, _, _, _, _, deliverer, deputy, opens, closes, delivered = of[holder[row[0]]]
        found.append(facts.Step(row[3], row[4], deputy or deliverer, opens, closes, delivered))
    return found
