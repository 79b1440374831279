"""What the coalition asks of somebody on their own page: to name colleagues, and whether they would be a champion."""

from dataclasses import dataclass
from datetime import date

from commonground.access.actor import Actor
from commonground.coalition.champions import NOMINATED, Champion
from commonground.coalition.naming import asking, has_opted_out
from commonground.coalition.nominations import Nomination
from commonground.programs.models import Program


@dataclass(frozen=True)
class AskedOfMe:
    """What waits for somebody. round: the one in which they may name colleagues. champion: the question whether they would be one.

    named: several colleagues have named them, and that is all they learn. out: nobody can name them. can_be_named: they may say so.
    """

    round: Nomination | None
    champion: Champion | None
    named: bool
    out: bool
    can_be_named: bool

    @property
    def anything(self) -> bool:
        return self.round is not None or self.champion is not None or self.can_be_named


def asked_of(actor: Actor, program: Program, day: date) -> AskedOfMe:
    """What waits for the actor on a day."""
    if actor.person is None:
        return AskedOfMe(None, None, named=False, out=False, can_be_named=False)
    waiting = Champion.objects.visible_to(actor).of(program).asked(day).filter(person=actor.person).first()
    return AskedOfMe(
        asking(actor, program, day),
        waiting,
        named=waiting is not None and waiting.source == NOMINATED,
        out=has_opted_out(actor),
        can_be_named=actor.may("nominations.name"),
    )
