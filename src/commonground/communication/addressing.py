"""Who stands on which list: every contact of a message once, on the cheapest channel of its set that they have and did not refuse.

Preparing writes a list down, approving looks whether it is still the same, taking leaves out whoever refuses by then. Nobody is added
after the approval: whoever comes later waits for a further list.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef

from commonground.access.actor import Actor
from commonground.analysis.communication.reach import BITS, CHANNELS, MASKS, Costs, best_channel, together, union
from commonground.communication import messages
from commonground.communication.contacts import Contact, ContactQuerySet, counts_of
from commonground.communication.messages import Message
from commonground.communication.prices import prices_of
from commonground.communication.sendings import (
    APPROVED,
    BOUNCED,
    DROPPED,
    LISTED,
    PREPARED,
    STATES,
    TAKEN,
    Addressed,
    Sending,
)
from commonground.communication.sendings import (
    CHANNELS as CHANNEL_NAMES,
)
from commonground.programs.register import CannotError
from commonground.realignment.stages import day_of

AT_ONCE: Final = 500
READY: Final = (messages.APPROVED, messages.OUT)


def channel_by_mask(channels: Iterable[str], costs: Costs) -> dict[int, str]:
    """Mask → the cheapest of these channels that whoever has the mask can be reached on. What none of them reaches is not in it."""
    asked = set(channels)
    known = [channel for channel in CHANNELS if channel in asked]
    found = {mask: best_channel(mask, known, costs) for mask in range(1, MASKS)}
    return {mask: channel for mask, channel in found.items() if channel is not None}


def table_of(message: Message) -> dict[int, str]:
    """The same for the channels of a message, by the prices of its program."""
    return channel_by_mask(message.channels, prices_of(message.program_id))


def contacts_of(message: Message) -> ContactQuerySet:
    """The customers whom a message is for, reached or not."""
    rows: ContactQuerySet = Contact.objects.filter(program=message.program_id)
    segments = _segments(message)
    return rows.filter(segment__in=segments) if segments else rows


def _free(message: Message, but: Sending | None = None) -> ContactQuerySet:
    """Those of them who stand on no list of it. What bounced stands on none. but: a list that is looked at as if it were not there."""
    there = Addressed.objects.filter(message=message, contact=OuterRef("pk"))
    if but is not None:
        there = there.exclude(sending=but)
    return contacts_of(message).filter(~Exists(there))


def _second_try(message: Message, but: Sending | None = None) -> dict[int, int]:
    """Contact → the bits that are left to them, where the message bounced and nothing else is under way to them.

    but: a list that is looked at as if it were not there.
    """
    back = Addressed.objects.filter(message=message, outcome=BOUNCED).values_list("contact", "sending__channel")
    tried: dict[int, int] = {}
    for contact, channel in back:
        tried[contact] = tried.get(contact, 0) | BITS[channel]
    if not tried:
        return {}
    there = Addressed.objects.filter(message=message).exclude(outcome=BOUNCED)
    if but is not None:
        there = there.exclude(sending=but)
    busy = set(there.values_list("contact", flat=True))
    rows = contacts_of(message).filter(addressed__message=message, addressed__outcome=BOUNCED).distinct()
    masks = rows.values_list("pk", "mask")
    return {pk: mask & ~tried[pk] for pk, mask in masks if pk in tried and pk not in busy}


def to_come(message: Message) -> dict[str, int]:
    """Channel → contacts who would stand on a list of it that is prepared now. From counts, but for those on its lists."""
    table = table_of(message)
    found: dict[str, int] = {}
    for mask, many in _free_by_mask(message).items():
        if mask in table:
            found[table[mask]] = found.get(table[mask], 0) + many
    for mask in _second_try(message).values():
        if mask in table:
            found[table[mask]] = found.get(table[mask], 0) + 1
    return {channel: found[channel] for channel in CHANNELS if found.get(channel)}


def _free_by_mask(message: Message) -> dict[int, int]:
    """Mask → contacts of the message who stand on none of its lists."""
    segments = _segments(message)
    found = together(counts_of(message.program_id, segments or None).values())
    there = Addressed.objects.filter(message=message).order_by()
    if segments:
        there = there.filter(contact__segment__in=segments)
    for mask, many in there.values_list("contact__mask").annotate(many=Count("contact", distinct=True)):
        found[mask] = found.get(mask, 0) - many
    return found


def _on_it(message: Message, channel: str, but: Sending | None = None) -> set[int]:
    """The contacts who stand on a list that is prepared now."""
    table = table_of(message)
    masks = [mask for mask, best in table.items() if best == channel]
    free = set(_free(message, but).filter(mask__in=masks).order_by().values_list("pk", flat=True))
    return free | {pk for pk, mask in _second_try(message, but).items() if table.get(mask) == channel}


def prepare(message: Message, channel: str, *, by: Actor, at: datetime) -> Sending:
    """Writes down who gets a message on a channel. Raises CannotError where the message is not approved, or nobody is to get it."""
    _refuse_unready(message)
    if channel not in message.channels or channel not in BITS:
        raise CannotError(f"“{message}” does not go by {_name(channel)}. Add the channel to the message first.")
    waiting = Sending.objects.filter(message=message, channel=channel, state__in=(PREPARED, APPROVED)).first()
    if waiting is not None:
        raise CannotError(
            f"There is a list for {_name(channel)} already: it {_said(waiting)}. Drop it to make it anew."
        )
    with transaction.atomic():
        contacts = sorted(_on_it(message, channel))
        if not contacts:
            raise CannotError(
                f"Nobody is left to whom “{message}” goes by {_name(channel)}: each has it already, or gets it on a cheaper channel."
            )
        row = Sending(program=message.program, message=message, channel=channel, counted=len(contacts))
        row.prepared_on, row.prepared_by_id = day_of(at), by.user
        row.save(force_insert=True)
        Addressed.objects.bulk_create(
            (Addressed(sending=row, message=message, contact_id=pk) for pk in contacts), batch_size=AT_ONCE
        )
        row.write("prepared a sending", by=by, at=at, channel=channel, counted=row.counted)
    return row


def changed_since(row: Sending) -> tuple[int, int]:
    """How many a list made now would hold more, and how many fewer, than it was prepared with."""
    now = _on_it(row.message, row.channel, but=row)
    then = set(row.contacts.values_list("contact", flat=True))
    gone = row.counted - len(then)  # contacts that were erased
    return len(now - then), len(then - now) + gone


def approve(row: Sending, *, counted: int, by: Actor, at: datetime) -> None:
    """Says that it goes to so many. counted: as whoever approves has seen it.

    Raises CannotError for whoever prepared it, for another count, and where a list made now would not be this one.
    """
    if not by.may("sendings.approve"):
        raise CannotError(f"“{row}” is approved by a change lead or a customer lead.")
    if row.state != PREPARED:
        raise CannotError(f"“{row}” {_said(row)}, so it cannot be approved.")
    row.refuse_own(by)
    _refuse_unready(row.message)
    if counted != row.counted:
        raise CannotError(f"You were shown {counted:,}, and “{row}” goes to {row.counted:,}. Look again.")
    with transaction.atomic():
        more, fewer = changed_since(row)
        if more or fewer:
            raise CannotError(
                f"The count has changed since “{row}” was prepared with {row.counted:,}: {more:,} came, {fewer:,} left. "
                "Prepare it anew, then approve what it is now."
            )
        row.state, row.approved_on, row.approved_by_id = APPROVED, day_of(at), by.user
        row.save(update_fields=["state", "approved_on", "approved_by"])
        row.write("approved the count of a sending", by=by, at=at, channel=row.channel, counted=row.counted)


def prepare_anew(row: Sending, *, by: Actor, at: datetime) -> Sending:
    """Drops a list that waits and prepares it as it is now."""
    with transaction.atomic():
        row.drop(by=by, at=at)
        return prepare(row.message, row.channel, by=by, at=at)


def take(row: Sending, *, by: Actor, at: datetime) -> None:
    """The list is handed out to be sent. Whoever refuses by now, or lost the address, is left out; nobody is added.

    Raises CannotError before its count is approved, while the message tells of a change that is not told, and where nobody is left.
    """
    if row.state != APPROVED:
        raise CannotError(f"“{row}” {_said(row)}. A list is taken once its count is approved.")
    _refuse_unready(row.message)
    with transaction.atomic():
        bit = BITS[row.channel]
        there = row.contacts.annotate(has=F("contact__mask").bitand(bit)).filter(has=bit)
        kept = set(there.values_list("contact", flat=True)) & set(
            contacts_of(row.message).filter(addressed__sending=row).values_list("pk", flat=True)
        )
        if not kept:
            raise CannotError(f"Nobody is left on “{row}”: all of them refused it since, or have no address. Drop it.")
        gone = [pk for pk, contact in row.contacts.values_list("pk", "contact") if contact not in kept]
        for start in range(0, len(gone), AT_ONCE):
            Addressed.objects.filter(pk__in=gone[start : start + AT_ONCE]).delete()
        row.left_out = row.counted - len(kept)
        row.state, row.taken_on, row.taken_by_id = TAKEN, day_of(at), by.user
        row.save(update_fields=["left_out", "state", "taken_on", "taken_by"])
        row.write("took the list of a sending", by=by, at=at, channel=row.channel, counted=len(kept))
        if row.message.state == messages.APPROVED:
            row.message.move_to(messages.OUT, by=by, at=at)


def give_back(row: Sending, *, by: Actor, at: datetime) -> None:
    """The way back from taking a list that was not sent. Raises CannotError once something came back of it."""
    if row.state != TAKEN or row.contacts.exclude(outcome=LISTED).exists():
        raise CannotError(f"“{row}” {_said(row)} and something came back of it, so the list cannot be given back.")
    with transaction.atomic():
        row.state, row.taken_on, row.taken_by_id = APPROVED, None, None
        row.counted, row.left_out = row.on_it, 0
        row.save(update_fields=["state", "taken_on", "taken_by", "counted", "left_out"])
        row.write("gave the list of a sending back", by=by, at=at, channel=row.channel, counted=row.counted)


def now_on(row: Sending) -> ContactQuerySet:
    """The contacts of a list that was taken, as it may be sent now: those of whom nothing came back and who still agree.

    Every file of a list, and every letter and fax sheet, is made from this. Raises CannotError before it is taken.
    """
    if row.state != TAKEN:
        raise CannotError(f"“{row}” {_said(row)}. Its list is there once its count is approved and it is taken.")
    rows: ContactQuerySet = Contact.objects.on(row.channel)
    return rows.filter(addressed__sending=row, addressed__outcome=LISTED)


def languages_of(row: Sending) -> Mapping[str, int]:
    """Language → contacts of a list; "" where it is not known."""
    rows = Contact.objects.filter(addressed__sending=row).order_by().values_list("language")
    return dict(rows.annotate(many=Count("pk")))


def reached_by(message: Message) -> tuple[int, int]:
    """How many of those whom a message is for at least one of its channels reaches; and how many they are."""
    counts = together(counts_of(message.program_id, _segments(message) or None).values())
    return union(counts, (channel for channel in message.channels if channel in BITS)), sum(counts.values())


def _segments(message: Message) -> list[int]:
    return list(message.segments.order_by().values_list("pk", flat=True))


def _refuse_unready(message: Message) -> None:
    if message.is_inside:
        raise CannotError(f"“{message}” is for people inside. Lists are made of messages to customers.")
    if message.state not in READY:
        raise CannotError(
            f"“{message}” is {messages.STATES[message.state]}. Its words are approved first; then lists are made of it."
        )
    message.refuse_untold()


def _name(channel: str) -> str:
    return CHANNEL_NAMES.get(channel, channel)


def _said(row: Sending) -> str:
    return STATES[row.state] if row.state == PREPARED else f"is {STATES[row.state]}"


__all__ = [
    "DROPPED",
    "approve",
    "changed_since",
    "contacts_of",
    "give_back",
    "languages_of",
    "now_on",
    "prepare",
    "prepare_anew",
    "reached_by",
    "table_of",
    "take",
    "to_come",
]
