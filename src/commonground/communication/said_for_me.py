"""For somebody's own page: the cut-overs of these days at which customers may ask anybody, with what we say then."""

from datetime import date, timedelta

from commonground.access.actor import Actor
from commonground.communication.hiccups import NO, HiccupPlan
from commonground.programs.models import Program

AHEAD = timedelta(days=7)


def to_say(actor: Actor, program: Program, day: date) -> list[HiccupPlan]:
    """Plans that are ready, from a week before their days until these are over; those that run now first."""
    rows = HiccupPlan.objects.visible_to(actor).filter(program=program, ready_on__lte=day).exclude(noticed=NO)
    near = [one for one in rows.select_related("cut_over") if one.is_live(day) or one.is_live(day + AHEAD)]
    return sorted(near, key=lambda one: (not one.is_live(day), one.pk))
