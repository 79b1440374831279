"""The pages that need no sign-in: saying something at a point, and following it with one's code.

They neither read nor write a session, set no cookie and name nobody who may be signed in: whoever reads over a shoulder, a log or the
database finds no link. There is no token against forged requests either, for it would need a cookie: nothing here acts for an account.
"""

from datetime import date
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from commonground.access.gate import open_to_all
from commonground.access.throttling import Throttle, address_of
from commonground.access.unlogged import unlogged
from commonground.programs.models import Program
from commonground.programs.register import CannotError
from commonground.ui.words import day as written_day
from commonground.voice import working
from commonground.voice.forms import FollowForm, SayForm, WordsForm
from commonground.voice.keys import new_code
from commonground.voice.models import Point, Voice
from commonground.voice.states import ACCEPTED, CLOSED, COMPLETED, KINDS, LABELS, WAITING
from commonground.voice.views import SHAPES
from commonground.voice.where import places_on
from commonground.voice.working import ANSWER_WITHIN

# the frame of a page shows who is signed in, and takes messages off the session: neither belongs on these pages
NO_TRACE: Final = {"actor": None, "rail": None, "messages": (), "program": None, "links": {"start": "/"}}
RAISING: Final = Throttle(most=40, in_all=400)
FOLLOWING: Final = Throttle(most=60, in_all=1000)
BUSY = "Much is being written just now. Wait ten minutes, then send it again: your words still stand below."


def on_paper(name: str, **words: str) -> str:
    """A whole address as people type it from paper: it begins as links in mail do, whoever looks at the page by which way."""
    return f"{settings.ADDRESS}{reverse(name, kwargs=words)}"


def raise_once(program: Program, code: str, day: date, said: dict[str, Any]) -> str:
    """Raises a voice without a name and answers its author's code: the one that came with the page, or another where that has a voice."""
    known = Voice.objects.by_code(code) if code else None
    if not code or (known is not None and known.words != said["words"]):
        code = new_code()
    Voice.objects.raise_anonymously(program, code=code, day=day, **said)
    return code


def instead(status: int) -> HttpResponse:
    """What stands in the place of a page that is not there, or has failed."""
    return HttpResponse(render_to_string(f"{status}.html", NO_TRACE), status=status)


def thanks(request: HttpRequest, code: str, *, again: str) -> HttpResponse:
    """Shows the code, once. No redirect: the code would have to be kept for the next request."""
    return render(
        request,
        "voice/thanks.html",
        {**NO_TRACE, "code": code, "follow": on_paper("voice_open:follow"), "again": again},
    )


@open_to_all
@csrf_exempt
@never_cache
@unlogged(instead)
def say(request: HttpRequest, code: str) -> HttpResponse:
    """Says something at a point, without a name."""
    point = get_object_or_404(Point.objects.select_related("program"), code=code.lower())
    if point.closed_on is not None:
        return render(request, "voice/say_closed.html", {**NO_TRACE, "point": point}, status=410)
    day = timezone.localdate()
    places = places_on(day)
    unit = places.by(point.unit_id)
    form = SayForm(request.POST or None, unit_name=places.name(point.unit_id), initial={"code": new_code()})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            if RAISING.allows(address_of(request), timezone.now()):
                given = form.cleaned_data
                kept = None if given.get("without_unit") or unit is None else point.unit
                said = {"kind": given["kind"], "words": given["words"], "unit": kept}
                mine = raise_once(point.program, given["code"], day, said)
                return thanks(request, mine, again=request.path)
            form.add_error(None, BUSY)
            status = 429
    values = {
        **NO_TRACE,
        "form": form,
        "point": point,
        "program_name": point.program.name,
        "unit_name": places.name(point.unit_id),
    }
    return render(request, "voice/say.html", values, status=status)


@open_to_all
@csrf_exempt
@never_cache
@unlogged(instead)
def follow(request: HttpRequest) -> HttpResponse:
    """Reads the answer with a code, writes again, or takes the words back. The code travels in the form, never in an address."""
    form = FollowForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _asks(request, form, 422 if form.is_bound else 200)
    if not FOLLOWING.allows(address_of(request), timezone.now()):
        form.add_error("code", "Too many codes were tried. Wait ten minutes, then try again.")
        return _asks(request, form, 429)
    row = Voice.objects.by_code(form.cleaned_data["code"])
    if row is None:
        form.add_error(
            "code", "There is nothing under this code. Look at each sign; after its time a voice is removed for good."
        )
        return _asks(request, form, 422)
    written, done = WordsForm(label="Write again", hint="Those who work on it read this."), ""
    try:
        written, done = _act(request, row, written)
    except CannotError as refused:
        written = WordsForm(request.POST, label="Write again", hint="Those who work on it read this.")
        written.add_error("words", str(refused))
    return render(
        request, "voice/followed.html", {**NO_TRACE, **_followed(row, form.cleaned_data["code"], written, done)}
    )


def _asks(request: HttpRequest, form: FollowForm, status: int) -> HttpResponse:
    return render(request, "voice/follow.html", {**NO_TRACE, "form": form}, status=status)


def _act(request: HttpRequest, row: Voice, written: WordsForm) -> tuple[WordsForm, str]:
    """What the author asked for beside reading: the form as it then stands, and what was done."""
    asked, day = request.POST.get("act", ""), timezone.localdate()
    if asked == "reply" and not row.withdrawn:
        form = WordsForm(request.POST, label="Write again", hint="Those who work on it read this.")
        if not form.is_valid():
            return form, ""
        working.reply_by_code(row, words=form.cleaned_data["words"], day=day)
        return written, "Sent. Look here again in some days."
    if asked == "withdraw" and not row.withdrawn:
        if request.POST.get("sure") != "yes":
            return written, "Nothing was taken back: tick the box first, since it cannot be undone."
        working.withdraw_by_code(row, day=day)
        return written, "Your words are erased."
    return written, ""


def _followed(row: Voice, code: str, written: WordsForm, done: str) -> dict[str, Any]:
    places = places_on(timezone.localdate())
    return {
        "voice": row,
        "heading": _heading(row),
        "code": code,
        "kind": KINDS[row.kind],
        "unit": places.name(row.unit_id),
        "state": LABELS[row.state],
        "mark": SHAPES[row.state],
        "replies": row.replies.all(),
        "form": written,
        "done": done,
    }


def _heading(row: Voice) -> str:
    if row.withdrawn:
        return "Your words are erased"
    if row.state in WAITING:
        return f"Your words wait for an answer, due by {written_day(row.due or row.raised_on + ANSWER_WITHIN)}"
    if row.state == CLOSED:
        return "It was set aside; read why"
    return {ACCEPTED: "Your idea is being done", COMPLETED: "Your idea is done"}.get(row.state, "Here is the answer")
