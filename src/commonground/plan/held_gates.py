"""What gates hold of a person: what they decided and filed, and the conditions that they see to."""

from collections.abc import Iterator

from commonground.access.holdings import Held
from commonground.accounts.models import User
from commonground.organization.models import Person
from commonground.plan.gate_evidence import Condition, Evidence
from commonground.plan.gates import GateMove


def held_on(person: Person | None, user: User) -> list[Held]:
    """Their moves, their evidence and their conditions, oldest first. user is not needed here."""
    return [
        Held(
            "gates",
            "What you decided, filed or see to at gates between phases",
            list(_rows(person)) if person is not None else [],
            "Written by yourself, by a change lead, or brought by a sheet. Everybody who works on the program and auditors can read it.",
        )
    ]


def _rows(person: Person) -> Iterator[dict[str, object]]:
    for move in GateMove.objects.filter(person=person).select_related("gate__unit").order_by("pk"):
        yield {"gate": str(move.gate), "what": move.said, "words": move.words, "day": move.on}
    for shown in Evidence.objects.filter(filed_by=person).select_related("gate__unit").order_by("pk"):
        yield {"gate": str(shown.gate), "what": str(shown), "words": shown.words, "day": shown.on}
    for one in Condition.objects.filter(owner=person).select_related("gate__unit").order_by("pk"):
        yield {"gate": str(one.gate), "what": "a condition that you see to", "words": one.words, "day": one.due}
