"""The works council's page, how long each thing is kept, and the privacy pack."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from commonground.access.gate import actor_of, gate
from commonground.access.retention import Keeping
from commonground.disclosure.clearing import Retention, RetentionError, days_of, due, rules
from commonground.journal.reading import in_words
from commonground.programs.middleware import program_of
from commonground.reports.asking import waiting_since
from commonground.reports.pack import pack_of
from commonground.reports.pack_written import as_html, as_markdown
from commonground.reports.privacy import NEVER, privacy_of
from commonground.ui.forms import Form
from commonground.ui.words import plural


@gate("privacy.view")
@require_safe
def page(request: HttpRequest) -> HttpResponseBase:
    """What is held on people and why, what was released to whom, and how long is it kept?"""
    actor, program = actor_of(request), program_of(request)
    found = privacy_of(program, actor, timezone.localdate())
    values = {
        "privacy": found,
        "raisings": in_words(found.raisings, actor, program.slug),
        "never": NEVER,
        "may_change": actor.may("retention.change"),
        "requests": waiting_since(actor, program),
    }
    return render(request, "reports/privacy.html", values)


class KeepingForm(Form):
    """days: how long; empty, where the rule allows it: not removed by itself."""

    days = forms.IntegerField(label="Kept for so many days", required=False)
    why = forms.CharField(
        label="Why",
        max_length=300,
        help_text="Such as: agreed with the works council on 3 March. The journal keeps it.",
    )

    def __init__(self, *args: Any, rule: Keeping, holds: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["days"]
        field.required, field.initial = rule.days_default is not None, holds
        usual = f"{rule.days_default:,} is usual." if rule.days_default else "Leave it empty: not removed by itself."
        field.help_text = f"From {rule.least:,} to {rule.most:,}. {usual}"


@gate("retention.change")
def keeping(request: HttpRequest, rule: str) -> HttpResponse:
    """How long is this to be kept, and what would go? `?days=` looks without changing anything."""
    actor, slug, today = actor_of(request), program_of(request).slug, timezone.localdate()
    found = next((one for one in rules() if one.key == rule), None)
    if found is None:
        raise Http404
    holds = days_of(found)
    form = KeepingForm(request.POST or None, rule=found, holds=holds)

    def save(values: dict[str, Any]) -> str:
        keep: dict[str, Any] = {"today": today, "by": actor, "at": timezone.now()}
        if not Retention.objects.set_days(found, values["days"], why=values["why"], **keep):
            return "It is kept as long as before."
        went = _many(due(found, values["days"], today))
        return f"Kept {_long(values['days'])} from now on. The next run removes {went}."

    looked = _looked(request, found)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, save(form.cleaned_data))
        except RetentionError as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(f"{reverse('reports:privacy', kwargs={'program': slug})}#keeping")
    values = {
        "rule": found,
        "form": form,
        "now": f"It is kept {_long(holds)} now; a run today would remove {_many(due(found, holds, today))}.",
        "looked": looked if looked is not None else holds or found.least,
        "would": None
        if looked is None
        else f"With {plural(looked, 'day')}: {_many(due(found, looked, today))} would go.",
    }
    return render(request, "reports/keeping.html", values, status=422 if form.is_bound else 200)


def _looked(request: HttpRequest, rule: Keeping) -> int | None:
    """The days of a dry look, where they lie within the rule's bounds."""
    asked = request.GET.get("days", "")
    return int(asked) if asked.isdecimal() and len(asked) < 6 and rule.least <= int(asked) <= rule.most else None


def _many(count: int) -> str:
    return plural(count, "thing") if count else "nothing"


def _long(days: int | None) -> str:
    return "until somebody removes it" if days is None else plural(days, "day")


@gate("privacy.view")
@require_safe
def pack(request: HttpRequest) -> HttpResponseBase:
    """The privacy pack: to print, or with `?format=md` or `html` as a file."""
    actor, program = actor_of(request), program_of(request)
    made = pack_of(privacy_of(program, actor, timezone.localdate()))
    asked, name = request.GET.get("format", ""), f"privacy-pack-{program.slug}-{made.day:%Y-%m-%d}"
    if asked == "md":
        return _file(as_markdown(made), f"{name}.md", "text/markdown")
    if asked == "html":
        return _file(as_html(made), f"{name}.html", "text/html")
    return render(request, "reports/pack.html", {"pack": made})


def _file(text: str, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
