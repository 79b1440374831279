"""The list of voices, one of them, what is one's own, what was said and answered, and the figures."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.journal.models import Entry
from commonground.programs.middleware import as_of, program_of
from commonground.ui.asked import id_asked
from commonground.ui.csv_response import csv_response
from commonground.ui.words import day as written_day
from commonground.ui.words import plural
from commonground.voice.figures import AGES, Figures, age_words, board, pledge
from commonground.voice.forms import WordsForm
from commonground.voice.listing import LATEST, ORDER, SHOWN, Filters, age, counts_of, statement
from commonground.voice.models import Reply, Topic, Voice
from commonground.voice.open_doubts import open_doubts, own_unit
from commonground.voice.states import ACCEPTED, ANSWERED, COMPLETED, KINDS, MANY, PUBLIC, WAITING, steps_from
from commonground.voice.tabs import tabs_of
from commonground.voice.voices import VoiceQuerySet
from commonground.voice.where import Places, places_on

HEADER = (
    "reference",
    "kind",
    "raised",
    "unit",
    "how",
    "state",
    "owner",
    "due",
    "words",
    "topic",
    "answered",
    "answer",
    "came_of_it",
)
SHAPES = {
    "open": "watch",
    "assigned": "note",
    "accepted": "part",
    "answered": "good",
    "completed": "good",
    "closed": "none",
}


@gate("voices.view")
def voices(request: HttpRequest) -> HttpResponseBase:
    """Which voices wait, since when, and who has them? For whoever does not work on them: what was said and answered."""
    actor, program, day = actor_of(request), program_of(request), timezone.localdate()
    if not actor.may("voices.work"):
        return redirect("voice:said", program=program.slug)
    filters, places = Filters.of(request.GET), places_on(day)
    seen = Voice.objects.of(program).visible_to(actor)
    own = Voice.objects.in_confidence(actor)
    narrowed = filters.narrowed(seen, day, own=own)
    rows = filters.shown(narrowed, actor).select_related("owner", "topic", "author", "raised_by")
    if request.GET.get("format") == "csv":
        lines = _lines(rows.order_by("raised_on", "pk"), set(own.values_list("pk", flat=True)), places)
        return csv_response(f"voices-{program.slug}", HEADER, lines)
    page = ORDER.page(rows, request.GET.get("after", ""))
    may_read = set(own.filter(pk__in=[row.pk for row in page.rows]).values_list("pk", flat=True))
    counts = counts_of(narrowed, actor)
    values = {
        "title": statement(seen, day),
        "tabs": tabs_of(actor, program),
        "page": page,
        "lines": [line_of(row, day, places, own=row.pk in may_read) for row in page.rows],
        "filters": filters,
        "choices": [(show, label, counts[show or "wait"]) for show, label in SHOWN.items()],
        "kinds": MANY,
        "places": places,
        "new": counts["new"],
        "any": seen.exists(),
        "may_triage": actor.may("voices.triage"),
    }
    return render(request, "voice/voices.html", values)


def line_of(row: Voice, day: Any, places: Places, *, own: bool) -> dict[str, Any]:
    """A voice as a line of a list. own: whether its author's own words may be read."""
    days = age(row.raised_on, day)
    late = row.state in WAITING and (days > 14 or bool(row.due and row.due < day))
    return {
        "voice": row,
        "words": (row.words if own else row.public_words) or "Its author took these words back.",
        "kind": KINDS[row.kind],
        "unit": places.name(row.unit_id),
        "days": days if row.state in WAITING else None,
        "mark": "act" if late else SHAPES[row.state],
        "mark_words": "Overdue" if late else row.get_state_display().capitalize(),
        "due": f"to be answered by {written_day(row.due)}" if row.due and row.state in WAITING else "",
        "new": row.triaged_on is None and row.state in WAITING,
    }


def _lines(rows: VoiceQuerySet, own: set[int], places: Places) -> Iterator[tuple[Any, ...]]:
    for row in rows.iterator(500):
        yield (
            row.reference,
            row.kind,
            row.raised_on,
            places.name(row.unit_id),
            row.get_way_display(),
            row.get_state_display(),
            row.owner,
            row.due,
            row.words if row.pk in own else row.public_words,
            row.topic,
            row.answered_on,
            row.said,
            row.outcome,
        )


@gate("voices.view")
def voice(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What was said, how does it stand, and what came of it?"""
    actor, program, day = actor_of(request), program_of(request), timezone.localdate()
    row = Voice.objects.select_related("owner", "topic", "author", "raised_by", "workflow").get_for(
        actor, program=program, pk=pk
    )
    own = Voice.objects.in_confidence(actor).filter(pk=pk).exists()
    works = may_work(actor, row)
    mine = Voice.objects.mine(actor).filter(pk=pk).exists()
    line = line_of(row, day, places_on(day), own=own)
    values = {
        "line": line,
        "title": title_of(row, line["days"]),
        "voice": row,
        "own": own,
        "works": works,
        "mine": mine,
        "may_triage": actor.may("voices.triage"),
        "may_take": may_take(actor, row),
        "steps": {step.name for step in steps_from(row.state, row.kind, owned=row.owner_id is not None)}
        if works
        else set(),
        "replies": Reply.objects.visible_to(actor).filter(voice=row).select_related("user") if own else (),
        "answer_form": WordsForm(
            initial={"words": row.answer}, label="Your answer", hint=_who_reads(row), auto_id="answer_%s"
        ),
        "entries": Entry.objects.visible_to(actor).about(row).select_related("values").order_by("-pk")[:20]
        if own
        else (),
    }
    return render(request, "voice/voice.html", values)


def title_of(row: Voice, days: int | None) -> str:
    """The statement of its page: “A fear that has waited 19 days”."""
    if row.withdrawn:
        how = "whose words were taken back"
    elif row.state in WAITING:
        how = f"that has waited {plural(days, 'day')}" if days else "that was raised today"
    else:
        how = {
            ACCEPTED: "that is being done",
            ANSWERED: "that has an answer",
            COMPLETED: "that is done",
        }.get(row.state, "that was set aside")
    kind = KINDS[row.kind]
    return f"{kind[0].upper()}{kind[1:]} {how}"


def _who_reads(row: Voice) -> str:
    who = (
        "All read it beside the public words"
        if row.published
        else "Its author alone reads it, until the voice is published"
    )
    return f"{who}. An author without a name reads it with the code."


def may_work(actor: Actor, row: Voice) -> bool:
    """Who triages all works on all; others on what was given to them."""
    return actor.may("voices.triage") or (row.owner_id == actor.user and actor.user is not None)


def may_take(actor: Actor, row: Voice) -> bool:
    """Whether somebody who works on voices may take on one that nobody has and that they may read."""
    return actor.may("voices.work") and row.owner_id is None and row.state in WAITING and not row.withdrawn


@gate("voices.view")
def mine(request: HttpRequest) -> HttpResponseBase:
    """What came of what I said?"""
    actor, program, day = actor_of(request), program_of(request), timezone.localdate()
    rows = Voice.objects.of(program).mine(actor).select_related("owner", "topic").order_by("-raised_on", "pk")
    places = places_on(day)
    lines = [line_of(row, day, places, own=True) for row in rows[:200]]
    heard = sum(1 for one in lines if one["voice"].state in {ANSWERED, COMPLETED, ACCEPTED})
    title = _mine_statement(len(lines), heard)
    return render(request, "voice/mine.html", {"lines": lines, "title": title, "tabs": tabs_of(actor, program)})


def _mine_statement(count: int, heard: int) -> str:
    if not count:
        return "Nothing with your name yet"
    if count == 1:
        return f"You said one thing, and it {'has an answer' if heard else 'waits for an answer'}"
    if not heard:
        return f"You said {count} things; none has an answer yet"
    return f"You said {count} things; {'all have' if heard == count else 'one has' if heard == 1 else f'{heard} have'} an answer"


@gate("voices.view")
def said(request: HttpRequest) -> HttpResponseBase:
    """What was said, and what came of it? For everybody."""
    actor, program, day = actor_of(request), program_of(request), timezone.localdate()
    filters, places = Filters.of(request.GET), places_on(day)
    found = board(program, day)
    public = Voice.objects.of(program).filter(published=True, state__in=PUBLIC).visible_to(actor)
    rows = filters.narrowed(public, day).select_related("topic", "author", "raised_by")
    if request.GET.get("format") == "csv":
        return csv_response(f"said-and-answered-{program.slug}", PUBLIC_HEADER, _public_lines(rows, places))
    single = rows.exclude(topic__answered_on__isnull=False)
    after = request.GET.get("after", "")
    page = LATEST.page(single.filter(answered_on__isnull=False), after)
    first = page.is_first
    values = {
        "title": _said_statement(found.whole),
        "tabs": tabs_of(actor, program),
        "pledge": pledge(found.whole),
        "topics": _topics(actor, program.pk, rows, filters) if first else [],
        "page": page,
        "answered": [public_line(row, places) for row in page.rows],
        "open": [public_line(row, places) for row in single.filter(answered_on=None).order_by("-raised_on", "pk")[:60]]
        if first
        else [],
        "filters": filters,
        "kinds": MANY,
        "places": places,
    }
    return render(request, "voice/said.html", values)


PUBLIC_HEADER = ("kind", "unit", "words", "credit", "state", "answered", "answer", "came_of_it")


def _public_lines(rows: VoiceQuerySet, places: Places) -> Iterator[tuple[Any, ...]]:
    for row in rows.order_by("-answered_on", "pk").iterator(500):
        unit, state = places.name(row.unit_id), row.get_state_display()
        yield (row.kind, unit, row.public_words, row.credit, state, row.answered_on, row.said, row.outcome)


def public_line(row: Voice, places: Places) -> dict[str, Any]:
    """A published voice as all may read it: never its author's own words, its day, or a unit of few people."""
    unit = places.name(row.unit_id)
    whose = (
        f"{KINDS[row.kind]} of {row.credit}" if row.credit else f"{KINDS[row.kind]}{f' from {unit}' if unit else ''}"
    )
    return {"voice": row, "whose": whose, "mark": SHAPES[row.state]}


def _topics(actor: Actor, program: int, rows: VoiceQuerySet, filters: Filters) -> list[dict[str, Any]]:
    """Answered topics, the latest first, each with some of its published voices and how many it serves."""
    topics = Topic.objects.visible_to(actor).filter(program=program, answered_on__isnull=False)
    if filters.narrows:
        topics = topics.filter(pk__in=rows.exclude(topic=None).values("topic"))
    found = list(topics.order_by("-answered_on", "-pk")[:60])
    words: dict[int | None, list[str]] = {}
    for topic, text in rows.filter(topic__in=found).order_by("pk").values_list("topic", "public_words"):
        words.setdefault(topic, []).append(text)
    counts: dict[int | None, int] = {}
    for topic in Voice.objects.filter(topic__in=found, withdrawn=False).values_list("topic", flat=True):
        counts[topic] = counts.get(topic, 0) + 1
    return [{"topic": one, "words": words.get(one.pk, [])[:3], "count": counts.get(one.pk, 0)} for one in found]


def _said_statement(whole: Figures) -> str:
    if not whole.raised:
        return "Nobody has said anything yet; you can be the first"
    so_far = f"{plural(whole.raised, 'voice')} so far"
    if whole.answered == whole.raised:
        return f"{so_far}, and {'it has an answer' if whole.raised == 1 else 'each has an answer'}"
    waits = "one waits" if whole.waiting == 1 else f"{whole.waiting} wait"
    return f"{so_far}, {plural(whole.answered, 'answer')}; {waits}"


@gate("voices.view")
def figures(request: HttpRequest) -> HttpResponseBase:
    """How long do voices wait, what share is answered, and where?"""
    program, day = program_of(request), as_of(request)
    found = board(program, day)
    rows = [found.whole, *found.by_kind, *found.by_unit, *([found.no_unit] if found.no_unit else [])]
    ages = [age_words(*one) for one in AGES]
    if request.GET.get("format") == "csv":
        header = ("of", "raised", "waiting", "answered", "share_answered", "median_days", "oldest_days", *ages)
        lines = (
            (one.name, one.raised, one.waiting, one.answered, one.share, one.days, one.oldest, *one.ages)
            for one in rows
        )
        return csv_response(f"voices-figures-{program.slug}", header, lines)
    values = {
        "found": found,
        "ages": ages,
        "title": _figures_statement(found.whole),
        "most": max(found.whole.ages, default=0),
    }
    values["tabs"] = tabs_of(actor_of(request), program)
    values["waits"] = list(zip(ages, found.whole.ages, strict=True))
    values |= _around(request)
    return render(request, "voice/figures.html", values)


def _around(request: HttpRequest) -> dict[str, Any]:
    """What waits around the unit that is asked for, else around one's own; empty for who may not work on voices."""
    actor, day = actor_of(request), as_of(request)
    places = places_on(day)
    if not actor.may("voices.work") or not places.told:
        return {}
    unit = id_asked(request.GET.get("unit", "")) or own_unit(actor, day)
    doubts = open_doubts(actor, unit, day, program=program_of(request))
    return {"doubts": doubts, "told_units": places.told, "least": places.least}


def _figures_statement(whole: Figures) -> str:
    if not whole.raised:
        return "Nobody has said anything yet"
    if whole.share is not None and whole.answered == whole.raised:
        return (
            f"All {plural(whole.raised, 'voice')} have an answer" if whole.raised > 1 else "The one voice has an answer"
        )
    half = f", half of them within {whole.days:.0f} days" if whole.days is not None else ""
    return f"{whole.answered} of {plural(whole.raised, 'voice')} have an answer{half}"
