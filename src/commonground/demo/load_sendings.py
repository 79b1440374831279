"""Puts lists to customers into the database as they stand: who is on each, who approved it, what came back."""

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import F

from commonground.analysis.communication.reach import BITS
from commonground.communication.models import Addressed, Contact, Letterhead, Message, Sending
from commonground.communication.sendings import BOUNCED, LISTED, PREPARED, TAKEN
from commonground.demo import sendings as story
from commonground.demo.sendings import Listed
from commonground.demo.story import SLUG
from commonground.demo.world import World
from commonground.programs.models import Program


def load_sendings(program: Program, world: World, users: Mapping[str, int]) -> None:
    """Writes what went out to Northlight's customers. After contacts and messages."""
    if program.slug != SLUG:
        return
    Letterhead.objects.create(program=program, **story.SENDER)
    keys = dict(Contact.objects.filter(program=program).values_list("ref", "pk"))
    for one in story.LISTS:
        _load(program, one, world, users, keys)


def _load(program: Program, one: Listed, world: World, users: Mapping[str, int], keys: Mapping[str, int]) -> None:
    message, day = Message.objects.get(program=program, key=one.message), world.days.on(one.prepared)
    contacts = [keys[each.ref] for each in story.on(one)]
    row = Sending(program=program, message=message, channel=one.channel, state=one.state, counted=len(contacts))
    row.prepared_on, row.prepared_by_id = day, users[one.prepares]
    if one.state != PREPARED:
        row.approved_on, row.approved_by_id = day, users[one.approves]
    if one.state == TAKEN:
        row.taken_on, row.taken_by_id = day + timedelta(days=1), users[one.prepares]
    row.save()
    came = zip(contacts, story.outcomes(one, len(contacts)), strict=True)
    made = [
        Addressed(
            sending=row, message=message, contact_id=pk, outcome=outcome, on=row.taken_on if outcome != LISTED else None
        )
        for pk, outcome in came
    ]
    Addressed.objects.bulk_create(made, batch_size=2000)
    if one.state == TAKEN:
        row.count_again()
        back = Addressed.objects.filter(sending=row, outcome=BOUNCED).values("contact")
        bit = BITS[one.channel]
        Contact.objects.filter(pk__in=back).update(bounced_once=F("bounced_once").bitor(bit))
