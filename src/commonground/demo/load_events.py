"""Brings the made event log into the demo as a real one is brought: file by file, each on its agreement, then measured."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings

from commonground.access.actor import Actor
from commonground.accounts.models import User, actor_for
from commonground.demo.events import Part, demo_rows
from commonground.demo.events_clock import closed_on
from commonground.demo.moments import moment
from commonground.demo.world import World
from commonground.events.models import Delivery, Log
from commonground.intake.log_preview import Tally, counted, summary
from commonground.intake.log_uploads import units_known
from commonground.intake.references import Index
from commonground.programs.models import Program
from commonground.workflows import seeing
from commonground.workflows.measuring import measure_log

NAME = "Work of Northlight"
LEAD = "maren"
BEGUN, BROUGHT = -27, (-26, -25)  # the files of this half-year are brought last, on the demo's day
MAPPING = {
    "case": "Case",
    "activity": "Activity",
    "time": "Time",
    "person": "Person",
    "unit": "Unit",
    "product_line": "Product line",
    "channel": "Channel",
}
# what a look at a file keeps of its broken rows and doubts: these have none
NOTHING_KEPT_OUT: dict[str, Any] = {"kept_out": 0, "kept_listed": 0, "sorts": [], "doubts": [], "same_as": None}


def load_events(world: World, *, events: int, seed: int, at: datetime) -> Log:
    """Makes the log with about so many events, looks it over for the large program, whose work it tells, and measures it.

    at: the clock. Afterwards pages show its figures; the guidelines are to be run by whoever calls.
    """
    parts = demo_rows(world, events=events, seed=seed, zone=settings.TIME_ZONE)
    lead = _lead()
    log = Log.objects.begin(NAME, by=lead, at=moment(world.days.on(BEGUN)))
    log.set_week(
        days=log.days,
        opens=log.opens,
        closes=log.closes,
        closed_on=closed_on(world.days),
        by=lead,
        at=moment(world.days.on(BEGUN), 9, 5),
    )
    days = dict(zip(sorted({part.until for part in parts}), BROUGHT, strict=False))
    when: Mapping[Part, datetime] = {
        part: moment(world.days.on(days[part.until]), 10) if part.until in days else at for part in parts
    }
    units = units_known()
    for part in sorted(parts, key=lambda one: (one.until, one.source)):
        if part.events:
            _bring(log, part, units, by=lead, at=when[part])
    log.refresh_from_db()
    program = Program.objects.get(slug=world.programs[0][0].slug)
    seeing.refresh(program, log, lambda: log.store().blocks(), at=at)
    measure_log(log, at=at)
    return log


def _lead() -> Actor:
    user = User.objects.select_related("person").get(username=LEAD)
    return actor_for(user, person=user.person.pk)


def _bring(log: Log, part: Part, units: Index, *, by: Actor, at: datetime) -> None:
    own_id = {"id": "Entry"} if part.has_ids else {}
    digest = hashlib.sha256(f"{part.name} {part.events} {part.first}".encode()).hexdigest()
    row: Delivery = Delivery.objects.bring(
        log,
        file=part.name,
        source=part.source,
        digest=digest,
        by=by,
        at=at,
        mapping={**MAPPING, **own_id},
    )
    row.agree(part.agreement, on=part.agreed_on, by=by, at=at)
    tally, joined = Tally(), log.store().standing().joined
    standing = row.take_over(counted(part.pieces(), tally), by=by, at=at)
    row.summary |= summary(tally, units) | NOTHING_KEPT_OUT | {"joined": max(standing.joined - joined, 0)}
    row.save(update_fields=["summary"])
