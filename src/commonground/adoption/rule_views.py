"""The page of a rule: which events are occasions, when one went the new or the old way, and what that makes of the log."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.adoption.behaviour_views import behaviour_of, crumbs_of
from commonground.adoption.forms import PasteForm
from commonground.adoption.library import ready_of
from commonground.adoption.models import Behaviour
from commonground.adoption.rule_words import as_toml, asked, clauses, from_toml, sentences
from commonground.adoption.tasks import ask_observing
from commonground.adoption.trying import Tried, names_of, tried
from commonground.analysis.pace.rule import Rule, RuleError
from commonground.events.models import Log, LogError
from commonground.journal.models import Entry
from commonground.organization.fields import unit_choices
from commonground.programs.middleware import program_of
from commonground.programs.register import CannotError
from commonground.ui.asked import id_asked
from commonground.ui.words import day as written_day

LARGEST_FILE = 64 * 1024
MISSING = (
    (("occasion",), "Nothing says yet which events are occasions. Choose their activities, or a channel."),
    (("new", "old"), "Now choose what shows that one went the new way, and what shows the old way."),
)


@dataclass(frozen=True)
class Before:
    """A rule that held before, as it stands in the journal."""

    entry: int
    words: str
    sentences: tuple[str, ...]
    rule: Mapping[str, Any]


@gate("pace.change")
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Which events are occasions, and which went the new way or the old?"""
    actor = actor_of(request)
    row = behaviour_of(request, actor, pk)
    log = _log_asked(request, row)
    if request.GET.get("format") == "toml" and row.rule:
        return _download(row)
    said: Mapping[str, Any] = row.rule
    paste, wrong = PasteForm(), ""
    if request.method == "POST":
        do = request.POST.get("do", "")
        if do == "before":
            return _put_back(request, row, actor)
        if do == "read":
            paste = PasteForm(request.POST, request.FILES)
            said, wrong = _pasted(paste, row)
        else:
            said = asked(request.POST, row.name)
        if do == "save":
            wrong = _saved(row, said, log, actor)
            if not wrong:
                messages.success(request, "The rule is kept. What the log tells by it is measured now.")
                return redirect(_here(request, pk))
    values = _page(request, row, log, said, wrong) | {"paste": paste, "before": _before(row, actor)}
    refused = bool(wrong) and request.POST.get("do") in ("save", "read")
    return render(request, "adoption/rule.html", values, status=422 if refused else 200)


def _here(request: HttpRequest, pk: int) -> str:
    return reverse("adoption:rule", kwargs={"program": program_of(request).slug, "pk": pk})


def _log_asked(request: HttpRequest, row: Behaviour) -> Log | None:
    """The log that is chosen on the page, else the behaviour's own, else the only one there is."""
    wanted = id_asked((request.POST if request.method == "POST" else request.GET).get("log", ""))
    logs = Log.objects.filter(generation__gt=0)
    found = logs.filter(pk=wanted).first() if wanted else row.log
    if found is None:
        some = list(logs[:2])
        found = some[0] if len(some) == 1 else None
    return found


def _page(request: HttpRequest, row: Behaviour, log: Log | None, said: Mapping[str, Any], wrong: str) -> dict[str, Any]:
    program, actor = program_of(request), actor_of(request)
    offered, fault = _offered(log)
    tried_rule, read, why = _tried(said, log)
    units = [name.strip() for _, name in unit_choices(timezone.localdate(), actor)]
    return {
        "behaviour": row,
        "log": log,
        "logs": list(Log.objects.filter(generation__gt=0).values_list("pk", "name")),
        "clauses": clauses(said, offered, units),
        "sentences": sentences(read) if read else (),
        "toml": as_toml(read.written()) if read else "",
        "tried": tried_rule,
        "wrong": wrong,
        "why": wrong or fault or why,
        "ready": ready_of(row.ready),
        "saved": bool(row.rule),
        "changed": read is not None and read.written() != {**row.rule, "name": read.name},
        "crumbs_before": crumbs_of(row, program),
        "here": _here(request, row.pk),
        "can_import_logs": actor.may("events.import"),
    }


def _offered(log: Log | None) -> tuple[Mapping[str, Any], str]:
    """What the log calls things, or why that cannot be said."""
    if log is None:
        return {}, ""
    try:
        return names_of(log), ""
    except (LogError, ValueError) as error:
        return {}, str(error)


def _tried(said: Mapping[str, Any], log: Log | None) -> tuple[Tried | None, Rule | None, str]:
    """What the rule makes of the log; the rule as it was read; why there is nothing."""
    if not said.keys() - {"name"}:
        return None, None, "Nothing is chosen yet. Begin with the activities that are occasions."
    if missing := next((words for parts, words in MISSING if not any(part in said for part in parts)), ""):
        return None, None, missing
    try:
        read = Rule.read(said)
    except RuleError as error:
        return None, None, str(error)
    if log is None:
        return None, read, ""
    try:
        return tried(read, log), read, ""
    except (LogError, ValueError) as error:
        return None, read, str(error)


def _saved(row: Behaviour, said: Mapping[str, Any], log: Log | None, actor: Actor) -> str:
    """Keeps the rule. Returns what stands against it, empty when it is kept."""
    now = timezone.now()
    try:
        row.set_rule(said, log=log, by=actor, at=now)
    except CannotError as refused:
        return str(refused)
    ask_observing(row, at=now)
    return ""


def _pasted(paste: PasteForm, row: Behaviour) -> tuple[Mapping[str, Any], str]:
    """The rule of a file or text, not kept yet; or why it is not read, and the rule as it was."""
    if not paste.is_valid():
        return row.rule, "The rule is too long to be read."
    file = paste.cleaned_data["file"]
    try:
        text = file.read(LARGEST_FILE).decode() if file else paste.cleaned_data["text"]
        return from_toml(text).written(), ""
    except UnicodeDecodeError:
        return row.rule, "The file is not text in UTF-8. Save it so, and bring it again."
    except RuleError as error:
        return row.rule, str(error)


def _download(row: Behaviour) -> HttpResponse:
    answer = HttpResponse(as_toml({**row.rule, "name": row.name}), content_type="application/toml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{slugify(row.name)[:60] or "rule"}.toml"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _before(row: Behaviour, actor: Actor) -> Before | None:
    """The rule that held last before this one, where the actor may read the journal of it."""
    entries = Entry.objects.visible_to(actor).about(row).select_related("values").order_by("-pk")
    for entry in entries[:20]:
        kept = ((entry.values.data or {}).get("before") or {}).get("rule") if hasattr(entry, "values") else None
        if kept and kept != row.rule:
            try:
                read = Rule.read(kept)
            except RuleError:
                continue
            return Before(entry.pk, f"until {written_day(timezone.localdate(entry.at))}", sentences(read), kept)
    return None


def _put_back(request: HttpRequest, row: Behaviour, actor: Actor) -> HttpResponse:
    """The rule before holds again; this one stays in the journal and can be put back in its turn."""
    before = _before(row, actor)
    if before is None or str(before.entry) != request.POST.get("entry"):
        messages.error(request, "That rule no longer is the one before. Nothing was changed.")
    else:
        wrong = _saved(row, before.rule, row.log, actor)
        messages.add_message(
            request, messages.ERROR if wrong else messages.SUCCESS, wrong or "The rule before holds again."
        )
    return redirect(_here(request, row.pk))
