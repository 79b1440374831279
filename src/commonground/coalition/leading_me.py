"""What somebody who leads finds on their own page: that nothing of theirs was seen for a while, and what they plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from commonground.access import roles
from commonground.access.actor import Actor
from commonground.coalition.models import Act, Sponsor
from commonground.coalition.silence import Quiet, quiet
from commonground.programs.models import Program


@dataclass(frozen=True)
class LeadingMe:
    """quiet: their own silence, which nobody else is told of yet. planned: their acts to come, the next first. last: their last act."""

    quiet: Quiet | None
    planned: Sequence[Act]
    last: Act | None


def leading_me(actor: Actor, program: Program, day: date) -> LeadingMe | None:
    """What stands there for a sponsor or a manager; None for everybody else."""
    if actor.person is None or not actor.may("acts.log"):
        return None
    sponsors = Sponsor.objects.visible_to(actor).on(day).filter(program=program, person=actor.person).exists()
    if not sponsors and not actor.has(roles.SPONSOR, roles.MANAGER):
        return None
    mine = Act.objects.visible_to(actor).filter(program=program, person=actor.person).select_related("person")
    found = quiet(program, day, person=actor.person) if sponsors else []
    planned = list(mine.filter(planned=True).order_by("on", "pk")[:5])
    return LeadingMe(found[0] if found else None, planned, mine.done(day).first())
