"""What became of a finding: what people did, out of the journal, and what happened by itself."""

from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from commonground.access.actor import Actor
from commonground.guidance.models import Finding, Turn
from commonground.journal.models import Entry, Reader
from commonground.ui.words import day


class Line(NamedTuple):
    """One line of “what has been done”."""

    on: date
    words: str


def history(finding: Finding, actor: Actor) -> list[Line]:
    """The newest first. Everybody who sees a finding reads who took it on and why it was put aside; sealed entries their readers alone."""
    lines = [Line(turn.on, str(turn)) for turn in Turn.objects.filter(finding=finding)]
    named = Exists(Reader.objects.filter(entry=OuterRef("pk"), user_id=actor.user or 0))
    entries = Entry.objects.about(finding).filter(Q(sealed=False) | named).select_related("values").order_by("-pk")
    for entry in entries:
        data = entry.values.data or {}
        lines.append(Line(entry.at.date(), _words(entry.verb, data)))
    return sorted(lines, key=lambda line: line.on, reverse=True)


def _words(verb: str, data: dict[str, str]) -> str:
    who = data.get("by", "somebody whose name was erased")
    if verb in {"assigned", "handed on"}:
        to = data.get("to", "somebody")
        return f"{who} took it on" if to == who else f"{who} gave it to {to}"
    if verb == "dismissed":
        return f"{who} put it aside until {day(data.get('until', 'later'))}: {data.get('why', '')}"
    if verb == "planned an activity":
        return f"{who} planned: {data.get('activity', '')}"
    if verb == "took an activity back":
        return f"{who} took back: {data.get('activity', '')}"
    return f"{who} {verb} it"
