"""Where the thing lives that a finding is about."""

from collections.abc import Mapping
from typing import Any, Final

from django.urls import NoReverseMatch, reverse

from commonground.access.actor import Actor
from commonground.communication.models import CascadeStep, Message
from commonground.guidance.models import Finding
from commonground.programs.models import Program
from commonground.voice.models import Topic, Voice

# kind of subject → name of its page, and whether the page is of one thing
PAGES: Final = {
    "process": ("realignment:process-fate", "Look at the process"),
    "handoff": ("workflows:workflow", "Look at the workflow"),
    "workflow": ("workflows:workflow", "Look at the workflow"),
    "role": ("realignment:role", "Look at the role"),
    "unit": ("organization:unit", "Look at the unit"),
    "cell": ("organization:unit", "Look at the unit"),
    "seat": ("realignment:solution", "Look at the search"),
    "owner": ("organization:person", "Look at who answers for it"),
    "manager": ("organization:person", "Look at the person"),
    "champion": ("organization:person", "Look at the champion"),
    "path": ("organization:person", "Look at the person"),
    "behaviour": ("adoption:behaviour", "Look at the behaviour"),
    "behaviour_unit": ("adoption:behaviour", "Look at the behaviour"),
    "voice": ("voice:voice", "Look at the voice"),
    "topic": ("voice:topic", "Look at the topic"),
    "activity": ("plan:activity", "Look at the activity"),
    "message": ("communication:message", "Look at the message"),
    "sending": ("communication:outgoing", "Look at what went out"),
    "talk": ("communication:talk", "Look at the talk"),
}
WHOLE: Final = {
    "segment": ("communication:reach", "Look at the reach"),
    "milestone": ("programs:line", "Look at the program line"),
    "hiccup": ("communication:hiccups", "Look at the hiccup plans"),
    "phase": ("communication:collaboration", "Look at what customers do with us"),
    "program:method": ("guidance:library", "Look at the library"),
    "program:effort": ("plan:board", "Look at the plan"),
    "program:closed": ("plan:load", "Look at the load"),
    "program": ("realignment:solutions", "Look at the searches"),
    "program:team": ("coalition:team", "Look at the team"),
    "program:champions": ("coalition:champions", "Look at the champions"),
    "program:budget": ("plan:budget", "Look at the budget"),
    "practice": ("plan:budget", "Look at the budget"),
    "program:training": ("plan:training", "Look at the training"),
    "training": ("plan:training", "Look at the training"),
    "program:sponsor": ("coalition:sponsors", "Look at the sponsors"),
    "sponsor": ("coalition:sponsors", "Look at the sponsors"),
    "log_activity": ("workflows:proposals", "Look at what the log knows"),
    "level": ("reports:ownership", "Look at the grid"),
    "behaviours": ("adoption:pace", "Look at the pace"),
    "source": ("adoption:sources", "Look at the sources"),
    "voices": ("voice:list", "Look at the voices"),
    "perceptions": ("realignment:perceptions", "Look at what was raised to you"),
    "amount_of_change": ("assessments:amount", "Look at the amount of change"),
}
GATED: Final[Mapping[str, type[Any]]] = {
    "voice": Voice,
    "topic": Topic,
    "message": Message,
    "sending": Message,
    "talk": CascadeStep,
}  # whose page is not open to all who see findings


OPEN_TO: Final = {"plan:budget": "budget.view"}  # page → the verb without which it is not there


def link_of(finding: Finding, program: Program, actor: Actor | None = None) -> tuple[str, str]:
    """Address and words of a link to the subject; both empty when it has no page. actor: who asks, where a page is not open to all."""
    gated = GATED.get(finding.kind) if actor is not None else None
    if gated is not None and not gated.objects.visible_to(actor).filter(pk=finding.thing).exists():
        return "", ""
    whole = WHOLE.get(f"{finding.kind}:{finding.subject}") or WHOLE.get(finding.kind)
    name, words = PAGES.get(finding.kind) or whole or ("", "")
    if actor is not None and name in OPEN_TO and not actor.may(OPEN_TO[name]):
        return "", ""
    kwargs: dict[str, str | int] = {"program": program.slug}
    if finding.kind in PAGES:
        if finding.thing is None:
            return "", ""
        kwargs["pk"] = finding.thing
    try:
        return (reverse(name, kwargs=kwargs), words) if name else ("", "")
    except NoReverseMatch:
        return "", ""
