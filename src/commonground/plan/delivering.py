"""What somebody delivers, for their own page."""

from datetime import date, timedelta

from commonground.access.actor import Actor
from commonground.programs.models import Activity, Program

AHEAD, BEHIND, MOST = timedelta(weeks=4), timedelta(weeks=2), 6


def to_deliver(actor: Actor, program: Program, day: date) -> list[tuple[Activity, bool]]:
    """What they deliver in the next four weeks or have not confirmed, and lately confirmed; with whether it waits for their word."""
    if actor.person is None or not actor.may("activities.confirm"):
        return []
    rows = Activity.objects.visible_to(actor).filter(program=program, deliverer=actor.person).exclude(state="dropped")
    found = []
    for row in rows.exclude(start=None).order_by("start", "pk"):
        waits = row.waits_for_word(day)
        running = row.delivered_on is None and row.start is not None and row.start <= day + AHEAD
        lately = row.delivered_on is not None and row.delivered_on >= day - BEHIND
        if waits or running or lately:
            found.append((row, waits))
    return found[:MOST]
