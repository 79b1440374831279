"""A champion's or team member's own page: whom they carry, what is open around them, what to say, and what came of what they raised."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from commonground.access.actor import Actor
from commonground.coalition.champion_views import unit_names
from commonground.coalition.meetings import HoursUsed, Meeting
from commonground.coalition.models import Champion
from commonground.guidance.reach_results import peers_of
from commonground.organization.models import Assignment, Unit
from commonground.programs.models import Program
from commonground.ui.words import day as written_day
from commonground.ui.words import number, plural
from commonground.voice.keys import monday_of
from commonground.voice.models import Topic, Voice
from commonground.voice.open_doubts import OpenDoubts, open_doubts, own_unit
from commonground.voice.states import ANSWERED, COMPLETED, HEARD, KINDS
from commonground.voice.voices import VoiceQuerySet

ANSWERS: Final = 3
RAISED: Final = 5
READ: Final = 5


class Peer(NamedTuple):
    """Somebody whom one carries: who, and where they work."""

    pk: int
    name: str
    unit_pk: int | None
    unit: str
    shift: str
    location: str


@dataclass(frozen=True)
class Peers:
    """Those of one unit and shift."""

    where: str
    people: Sequence[Peer]


class Said(NamedTuple):
    """A public answer: what was asked, in words that all may read, and what was answered. topic, voice: which of the two it is."""

    asked: str
    answer: str
    on: date
    topic: int | None
    voice: int | None


@dataclass(frozen=True)
class MyPeers:
    """The whole page. place: as champion; listed: None where one carries nobody, or nothing is counted yet."""

    place: Champion | None
    listed: int | None
    groups: Sequence[Peers]
    doubts: OpenDoubts
    answers: Sequence[Said]
    raised: Sequence[Voice]
    week: HoursUsed | None
    weeks: Sequence[HoursUsed]
    met: Meeting | None
    ahead: Sequence[Meeting]


def my_peers(actor: Actor, program: Program, day: date, place: Champion | None) -> MyPeers:
    """place: as champion, where they are one."""
    keys = peers_of(actor, program)
    groups = _groups(actor, keys or [], day)
    weeks = list(HoursUsed.objects.visible_to(actor).filter(champion=place, week__lte=day)[:4]) if place else []
    monday = monday_of(day)
    meetings = Meeting.objects.visible_to(actor).of(program)
    return MyPeers(
        place=place,
        listed=len(keys) if keys is not None else None,
        groups=groups,
        doubts=open_doubts(actor, _unit(actor, place, groups, day), day, program=program),
        answers=answers(actor, program),
        raised=list(
            Voice.objects.of(program).mine(actor).select_related("topic").order_by("-raised_on", "pk")[:RAISED]
        ),
        week=next((one for one in weeks if one.week == monday), None),
        weeks=weeks,
        met=meetings.held(day).first(),
        ahead=list(meetings.filter(on__gt=day).order_by("on")[:2]),
    )


def _unit(actor: Actor, place: Champion | None, groups: Sequence[Peers], day: date) -> int | None:
    """The unit around which doubts are asked for: where most of their peers work, else of the group they are to carry, else their own."""
    units = Counter(one.unit_pk for group in groups for one in group.people if one.unit_pk)
    if units:
        return units.most_common(1)[0][0]
    key = place.cell.get("unit") if place is not None else None
    named = Unit.objects.filter(key=key).values_list("pk", flat=True).first() if key else None
    return named or own_unit(actor, day)


def _groups(actor: Actor, keys: Sequence[str], day: date) -> list[Peers]:
    """The peers by unit and shift, in order of name. Few enough for one query: nobody's hours hold thousands."""
    rows = Assignment.objects.visible_to(actor).on(day).filter(person__key__in=keys)
    found = list(
        rows.values_list("person", "person__name", "unit", "shift", "location").order_by("person__name", "person")
    )
    names = unit_names([unit for _, _, unit, *_ in found], day)
    groups: dict[str, dict[int, Peer]] = {}
    for person, name, unit, shift, location in found:
        peer = Peer(person, name, unit, names.get(unit or 0, "no unit recorded"), shift, location)
        groups.setdefault(_where(peer), {}).setdefault(person, peer)
    return [Peers(where, list(people.values())) for where, people in sorted(groups.items())]


def _where(peer: Peer) -> str:
    shift = peer.shift if not peer.shift or "shift" in peer.shift.casefold() else f"{peer.shift} shift"
    return ", ".join(part for part in (peer.unit, shift, peer.location) if part)


def answers(actor: Actor, program: Program) -> list[Said]:
    """The newest public answers to questions, doubts and fears: of topics and of single voices, in the words that all may read."""
    public = Voice.objects.of(program).filter(published=True, kind__in=HEARD).visible_to(actor)
    topics = Topic.objects.visible_to(actor).filter(program=program, answered_on__isnull=False).exclude(answer="")
    found = [
        Said(one.name, one.answer, _on(one.answered_on), one.pk, None)
        for one in topics.order_by("-answered_on")[:ANSWERS]
    ]
    found += [
        Said(one.public_words, one.answer, _on(one.answered_on), None, one.pk)
        for one in _answered(public).order_by("-answered_on", "pk")[:ANSWERS]
    ]
    return sorted(found, key=lambda one: one.on, reverse=True)[:ANSWERS]


def _answered(rows: VoiceQuerySet) -> VoiceQuerySet:
    """Those with an answer of their own."""
    return rows.filter(state__in=(ANSWERED, COMPLETED), answered_on__isnull=False).exclude(answer="")


def _on(day: date | None) -> date:
    return day or date.min


def title(page: MyPeers) -> str:
    """Whom one carries, and what waits around them."""
    if page.listed is None or not page.listed:
        return "You carry nobody yet"
    said = f"You carry {plural(page.listed, 'person,people')}"
    waiting = page.doubts.waiting
    if not waiting:
        return said
    return f"{said}; {number(waiting)} {'question or doubt waits' if waiting == 1 else 'questions and doubts wait'} around you"


def why_nobody(page: MyPeers, asked: bool) -> tuple[str, str]:
    """A title and what to do about it, where one carries nobody."""
    if asked:
        return (
            "You are asked to be a champion",
            "Say yes, no, or that you would rather talk first: the question stands under “For me”.",
        )
    if page.place is not None and not page.place.hours_per_week:
        return (
            "Your hours are not agreed yet",
            "Nobody carries without time for it. Ask the change lead to agree hours with your manager; then your peers stand here.",
        )
    if page.listed == 0:
        return (
            "Nobody around you has been told of a change yet",
            "Once people of your group are told what changes for them, those whom you carry stand here.",
        )
    return (
        "Nobody is with you yet",
        "Here stand the people whom a champion or a team member carries: with a yes, with hours, and once something has been told.",
    )


def context(actor: Actor, page: MyPeers) -> dict[str, Any]:
    """What the template needs beside the page itself."""
    return {
        "mine": page,
        "title": title(page),
        "doubt_weeks": list(page.doubts.weeks)[-8:],
        "readable": _readable(actor, page.doubts),
    }


def _readable(actor: Actor, doubts: OpenDoubts) -> list[dict[str, str]]:
    """The words of those that wait and may be read, dated by week: a day would point at somebody."""
    rows = list(doubts.voices.filter(withdrawn=False).order_by("raised_on", "pk")[:READ])
    own = set(Voice.objects.in_confidence(actor).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    return [
        {
            "words": row.words if row.pk in own else row.public_words,
            "kind": KINDS[row.kind],
            "when": f"week of {written_day(monday_of(row.raised_on))}",
        }
        for row in rows
    ]
