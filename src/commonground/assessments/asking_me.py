"""Which rounds ask somebody now. Whether they answered is known nowhere, so a round asks until it is over."""

from datetime import date

from commonground.access.actor import Actor
from commonground.assessments.rounds import Round
from commonground.programs.models import Program


def rounds_asking(actor: Actor, program: Program, day: date) -> list[Round]:
    """Rounds of a program that invited the actor and can be answered on the day, the one that ends first at the head."""
    if actor.person is None:
        return []
    rows = Round.objects.open_on(day).filter(program=program, invitations__person=actor.person)
    return list(rows.order_by("closes_on", "pk"))
