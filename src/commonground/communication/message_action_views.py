"""Adding and changing messages, their words in each language, and every step from draft to out."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from commonground.access.gate import actor_of, gate
from commonground.communication import mailing, writing
from commonground.communication.message_forms import MessageForm, PreferredForm, WordsForm
from commonground.communication.messages import (
    APPROVED,
    CUSTOMERS,
    DRAFT,
    INSIDE,
    OUT,
    STATES,
    Message,
    MessageText,
)
from commonground.communication.preferred import PreferredChannel
from commonground.communication.previews import preview
from commonground.organization.models import Assignment
from commonground.outbox.way import way
from commonground.programs import pages
from commonground.programs.middleware import program_of
from commonground.programs.row_views import Kind, register_urls
from commonground.ui.words import plural

ASKED = ("title", "unit", "start", "end", "cut_over", "purpose")  # what an address may begin a new message with
PREFERRED = Kind(
    PreferredChannel,
    PreferredForm,
    "preferred channel",
    "preferred",
    "On which channel is somebody, or a whole group, best reached?",
    space="communication",
    above=("Messages", "messages"),
)


def page_of(request: HttpRequest, row: Message) -> str:
    return reverse("communication:message", kwargs={"program": program_of(request).slug, "pk": row.pk})


def plan_of(request: HttpRequest) -> str:
    return reverse("communication:messages", kwargs={"program": program_of(request).slug})


def row_of(request: HttpRequest, pk: int) -> Message:
    """The message of an address, as far as who asks may see it."""
    rows = Message.objects.select_related("unit", "sender", "cut_over", "role_fate", "process_fate", "program")
    return rows.get_for(actor_of(request), program=program_of(request), pk=pk)


@gate("messages.change")
def add(request: HttpRequest) -> HttpResponse:
    actor, program = actor_of(request), program_of(request)
    side = CUSTOMERS if request.GET.get("side") == CUSTOMERS else INSIDE
    initial: dict[str, Any] = {name: request.GET[name] for name in ASKED if name in request.GET}
    if "topic" in request.GET:
        initial["topics"] = [request.GET["topic"]]
    initial["sender_kind"] = "line" if side == INSIDE else "customer_lead"
    form = MessageForm(
        request.POST or None, program=program, actor=actor, day=timezone.localdate(), side=side, initial=initial
    )
    made: list[Message] = []

    def save(values: dict[str, Any]) -> str:
        segments, topics = values.pop("segments", ()), values.pop("topics", ())
        row = writing.begin(program, values, segments=segments, topics=topics, by=actor, at=timezone.now())
        made.append(row)
        return f"“{row}” is a draft. Now write its words."

    return pages.ask(
        request,
        form,
        save,
        title="Plan a message" if side == INSIDE else "Plan a message to customers",
        question="Who should hear what, from whom, when and on which channel?",
        back=plan_of(request),
        crumbs=[("Messages", plan_of(request))],
        label="Plan it",
        to=lambda: reverse("communication:words", kwargs={"program": program.slug, "pk": made[0].pk}),
    )


@gate("messages.change")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    actor, program, row = actor_of(request), program_of(request), row_of(request, pk)
    form = MessageForm(request.POST or None, instance=row, program=program, actor=actor, day=timezone.localdate())
    title = str(row)

    def save(values: dict[str, Any]) -> str:
        segments, topics = values.pop("segments", None), values.pop("topics", None)
        was = Message.objects.filter(pk=row.pk).values_list("state", flat=True).get()
        differed = writing.put_right(row, values, segments=segments, topics=topics, by=actor, at=timezone.now())
        if not differed:
            return "Nothing was different, so nothing was changed."
        again = " It is a draft again: nobody has approved it as it is now." if was != row.state == DRAFT else ""
        return f"Changed: {row}.{again}"

    return pages.ask(
        request,
        form,
        save,
        title=title,
        question="Who should hear what, from whom, when and on which channel?",
        back=page_of(request, row),
        crumbs=[("Messages", plan_of(request)), (title, page_of(request, row))],
    )


@gate("messages.change")
def words(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The words in one language, looked at as they are written: `look` in what is sent answers only what could be said otherwise."""
    actor, row = actor_of(request), row_of(request, pk)
    asked = request.GET.get("language", "")
    known = row.texts.filter(language__iexact=asked).first() if asked else row.texts.first()
    language = known.language if known is not None else asked or usual_language(request)
    initial = {"language": language, "subject": known.subject if known else "", "body": known.body if known else ""}
    form = WordsForm(request.POST or None, initial=initial)
    values: dict[str, Any] = {"row": row, "form": form, "texts": list(row.texts.all()), "language": language}
    got = request.POST if request.method == "POST" else initial
    values |= _looked(row, str(got.get("subject", "")), str(got.get("body", "")), str(got.get("language", "")))
    if request.method != "POST":
        return render(request, "communication/message_words.html", values)
    if "look" in request.POST:
        return render(request, "communication/message_words.html", values)
    if not form.is_valid():
        return render(request, "communication/message_words.html", values, status=422)

    def act() -> str:
        given = form.cleaned_data
        differed = row.say(given["language"], given["subject"], given["body"], by=actor, at=timezone.now())
        return "The words are kept." if differed else "Nothing was different, so nothing was changed."

    return pages.do(request, act, back=page_of(request, row))


def _looked(row: Message, subject: str, body: str, language: str) -> dict[str, Any]:
    found, long = writing.looked_at(subject[:200], body[:20_000], language)
    text = MessageText(message=row, language=language, subject=subject, body=body)
    sms = preview(row, text, "sms") if "sms" in row.channels else None
    return {"remarks": found, "long": long, "sms": sms, "letters": len(body)}


def usual_language(request: HttpRequest) -> str:
    """The language that most people of the organization speak, as the register calls it."""
    today = timezone.localdate()
    rows = Assignment.objects.visible_to(actor_of(request)).on(today).exclude(language="")
    return rows.values_list("language", flat=True).first() or "English"


SAYS = {
    "draft": "“{}” is a draft again.",
    "in_review": "“{}” waits for somebody else to read and approve it.",
    "out": "“{}” is out.",
    "done": "“{}” is done.",
    "dropped": "“{}” is dropped. It can be taken up again.",
}


@gate("messages.change")
@require_POST
def set_state(request: HttpRequest, pk: int, state: str) -> HttpResponse:
    """A step that those take who write messages; approving is a page of its own."""
    row = row_of(request, pk)
    if state not in STATES or (state == APPROVED and row.state != OUT):
        raise Http404

    def act() -> str:
        row.move_to(state, by=actor_of(request), at=timezone.now())
        return SAYS.get(state, "“{}” is approved and no longer out.").format(row)

    return pages.do(request, act, back=page_of(request, row))


@gate("messages.approve")
@require_POST
def approve(request: HttpRequest, pk: int, answer: str) -> HttpResponse:
    """Somebody else read it: yes, or back to whoever writes it."""
    row = row_of(request, pk)
    if answer not in ("yes", "no"):
        raise Http404

    def act() -> str:
        row.move_to(APPROVED if answer == "yes" else DRAFT, by=actor_of(request), at=timezone.now())
        return f"“{row}” is approved." if answer == "yes" else f"“{row}” is a draft again."

    return pages.do(request, act, back=page_of(request, row))


@gate("messages.change")
def send(request: HttpRequest, pk: int) -> HttpResponseBase:
    """How many get it by e-mail now, whether mail leaves at all, and the button that sends it."""
    actor, row = actor_of(request), row_of(request, pk)
    if request.method == "POST":

        def act() -> str:
            given = request.POST.get("counted", "")
            counted = int(given) if given.isdecimal() else -1
            number = mailing.send(row, counted=counted, by=actor, at=timezone.now())
            dry = "" if way() is not None else " No mail server is set here, so it waits there until one is."
            return f"{plural(number, 'mail')} went into the queue.{dry}"

        return pages.do(request, act, back=page_of(request, row))
    day = timezone.localdate()
    count = mailing.to_mail(row, day) if row.is_inside else None
    values: dict[str, Any] = {"row": row, "count": count, "dry": way() is None, "why_not": why_not(row)}
    if count is not None:
        people = "One person gets" if count.people == 1 else f"{count.people:,} people get"
        values |= {"preview": preview(row, row.text_in(""), "email"), "title": f"{people} it by e-mail"}
    return render(request, "communication/message_send.html", values)


def why_not(row: Message) -> str:
    """The sentence that says why it cannot be sent now; empty when it can."""
    try:
        mailing.refuse_unready(row)
    except ValueError as refused:
        return str(refused)
    return ""


patterns: list[URLPattern] = [
    path("messages/add/", add, name="add-message"),
    path("messages/<int:pk>/change/", edit, name="edit-message"),
    path("messages/<int:pk>/words/", words, name="words"),
    path("messages/<int:pk>/set/<slug:state>/", set_state, name="set-message"),
    path("messages/<int:pk>/approve/<slug:answer>/", approve, name="approve-message"),
    path("messages/<int:pk>/send/", send, name="send-message"),
    *register_urls(PREFERRED, "messages.change", "messages"),
]
