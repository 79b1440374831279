"""On which channel a person, or a group of people, is best reached inside; and how an audience splits over a message's channels."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple, Self

from django.core.cache import cache
from django.db import models
from django.db.models import Case, Count, Q, QuerySet, Value, When

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.analysis.plan.audience import TOUCHED, text_of
from commonground.communication.audiences import people_in, people_of
from commonground.communication.messages import INSIDE_CHANNELS, Message
from commonground.journal.models import Version
from commonground.organization.models import Assignment, Person
from commonground.programs.models import OfProgram, Program

MAIL = "email"
KEPT_FOR: Final = 60 * 60
COUNTED_FROM: Final = ("messages", "people", "units", "roles", "processes", "does", "role_changes", "paths", "stages")


class PreferredChannelQuerySet(Gated["PreferredChannel"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those who plan messages: of groups all, of people those whom they may see; and everybody their own."""
        own = Q(person=actor.person) if actor.person is not None else Q(pk__in=())
        if not actor.may("messages.view"):
            return self.filter(own)
        return self.filter(own | Q(person=None) | Q(person__in=Person.objects.visible_to(actor).values("pk")))


class PreferredChannel(OfProgram):
    """The channel on which a person, or all of a group, are best reached. audience: of the group, as a message has it."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="preferred_channels")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="preferred_channels"
    )
    unit = models.ForeignKey("organization.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    audience = models.JSONField(default=dict, blank=True)
    channel = models.CharField(max_length=10, choices=list(INSIDE_CHANNELS.items()))
    note = models.CharField(max_length=200, blank=True)

    objects = PreferredChannelQuerySet.as_manager()
    word, facts = "a preferred channel", ("messages",)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "person"],
                condition=Q(person__isnull=False),
                name="preferred_channel_of_a_person_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.whom}: {self.get_channel_display()}"

    @property
    def whom(self) -> str:
        """A person by name, or a group by what it has in common."""
        if self.person is not None:
            return self.person.name
        named = self.unit.periods.filter(end=None).values_list("name", flat=True).first() if self.unit else ""
        parts = [named or str(self.unit or ""), text_of(self.audience or {})]
        return "; ".join(part for part in parts if part) or "everybody"

    @property
    def narrow(self) -> tuple[int, int]:
        """What says more of somebody wins: a person over a group, more attributes over fewer, then what was said last."""
        return (len(self.audience or {}) + (self.unit_id is not None), self.pk)


class Split(NamedTuple):
    """An audience over the channels of a message. people: in all; by: channel → people; without: whom none of them reaches by itself;

    with_mail: who have an e-mail address at all; languages: language → people, empty where none is noted.
    """

    people: int
    by: dict[str, int]
    without: int
    with_mail: int
    languages: dict[str, int]


def over_channels(rows: QuerySet[Assignment], message: Message, day: date) -> QuerySet[Any]:
    """The rows of an audience, each with the `channel` on which it hears a message: the preferred one if the message uses it, else

    e-mail if the message uses it and there is an address, else talk, then print, then what else it uses; empty for none.
    """
    groups = PreferredChannel.objects.filter(program=message.program_id, person=None)
    own = PreferredChannel.objects.filter(program=message.program_id, person__isnull=False)
    used: Sequence[str] = [name for name in INSIDE_CHANNELS if name in message.channels]
    able = ~Q(person__email="")
    ways = [_way(Q(person__in=own.filter(channel=name).values("person")), name, able) for name in used]
    for one in sorted(groups, key=lambda one: one.narrow, reverse=True):
        if one.channel in used:
            there = people_in(message.program, one.unit, one.audience or {}, day)
            ways.append(_way(Q(pk__in=there.values("pk")), one.channel, able))
    rest = next((name for name in ("talk", "print", "meeting", "screen", "intranet") if name in used), "")
    last = [_way(Q(), MAIL, able)] if MAIL in used else []
    field = models.CharField(max_length=10)
    return rows.annotate(channel=Case(*ways, *last, default=Value(rest), output_field=field))


def split_of(message: Message, day: date, actor: Actor) -> Split:
    """`split` of a message's own audience, as somebody may see it; kept by the versions of what it was counted from."""
    if message.pk is None:
        return split(people_of(message, day, actor), message, day)
    versions = Version.objects.now()
    whose = actor.user if (message.audience or {}).get(TOUCHED) else ""
    parts = ["messages.split", message.pk, day.isoformat(), whose, *(versions.get(table, 0) for table in COUNTED_FROM)]
    key = ":".join(str(part) for part in parts)
    found: Split | None = cache.get(key)
    if found is None:
        found = split(people_of(message, day, actor), message, day)
        cache.set(key, found, KEPT_FOR)
    return found


def _way(which: Q, channel: str, able: Q) -> When:
    return When(which & able if channel == MAIL else which, then=Value(channel))


def split(rows: QuerySet[Assignment], message: Message, day: date) -> Split:
    """How many of an audience hear a message on which of its channels, and in which languages."""
    found = over_channels(rows, message, day)
    counted = (
        found.order_by()
        .values_list("channel", "language")
        .annotate(number=Count("pk"), mail=Count("pk", filter=~Q(person__email="")))
    )
    by: dict[str, int] = {}
    languages: dict[str, int] = {}
    with_mail = 0
    for channel, language, number, mail in counted:
        by[channel] = by.get(channel, 0) + number
        languages[language] = languages.get(language, 0) + number
        with_mail += mail
    without = by.pop("", 0)
    ordered = {name: by[name] for name in INSIDE_CHANNELS if name in by}
    return Split(sum(ordered.values()) + without, ordered, without, with_mail, dict(sorted(languages.items())))
