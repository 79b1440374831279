"""What is done with one voice, each a small form or a click: give, answer, accept, complete, publish, set aside, open again, take back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.accounts.models import User
from commonground.programs.middleware import program_of
from commonground.programs.pages import ask, do
from commonground.ui.forms import Form
from commonground.voice import working
from commonground.voice.forms import GiveForm, WordsForm
from commonground.voice.models import Voice
from commonground.voice.views import may_take, may_work

Verb = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Asked:
    """A step that asks for words. field: what the verb calls them; begins_with: the column whose words stand there already."""

    verb: Verb
    title: str
    question: str
    label: str
    hint: str
    button: str
    done: str
    field: str = "words"
    begins_with: str = ""
    needed: bool = True


WORDS: Final[Mapping[str, Asked]] = {
    "answer": Asked(
        working.answer,
        "Answer",
        "What is the answer?",
        "The answer",
        "A published voice’s answer is read by all; an author without a name reads it with the code.",
        "Answer",
        "Answered.",
        begins_with="answer",
    ),
    "accept": Asked(
        working.accept,
        "Accept the idea",
        "What is being done now, and who does it?",
        "What you want to say with it",
        "Its author and, once published, all read this.",
        "Accept it",
        "The idea is being done.",
        begins_with="answer",
        needed=False,
    ),
    "complete": Asked(
        working.complete,
        "What came of it",
        "What came of the idea?",
        "What came of it",
        "In a sentence or two, with what is different now.",
        "Say it",
        "Done, and said what came of it.",
        begins_with="came_of_it",
    ),
    "close": Asked(
        working.close,
        "Set it aside",
        "Why is there nothing to answer?",
        "Why",
        "Its author reads this.",
        "Set it aside",
        "Set aside. It can be opened again.",
        field="why",
    ),
    "publish": Asked(
        working.publish,
        "Publish",
        "In which words may all read it?",
        "Words that all may read",
        "The author’s own. Leave out names and what tells who it is.",
        "Publish",
        "All can read it now.",
        begins_with="public_words",
    ),
    "write-back": Asked(
        working.write_back,
        "Write to the author",
        "What do you want to ask or tell?",
        "Your words",
        "The author alone reads this.",
        "Send",
        "Sent. An author without a name finds it with the code.",
    ),
}
CLICKS: Final[Mapping[str, tuple[Verb, str]]] = {
    "hand-back": (working.hand_back, "Nobody has it now."),
    "reopen": (working.reopen, "It waits again. What was said stays to be read."),
    "unpublish": (working.unpublish, "It is off the public page."),
    "read": (working.mark_read, "Noted: read."),
}
OWN: Final = {"reply": working.reply}


@gate("voices.view")
def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One step with a voice. 404 for a step that is not the actor's, and for one that does not exist."""
    actor, program = actor_of(request), program_of(request)
    row = Voice.objects.select_related("owner", "topic").get_for(actor, program=program, pk=pk)
    back = reverse("voice:voice", kwargs={"program": program.slug, "pk": pk})
    if step in {"reply", "withdraw"}:
        return _own(request, row, actor, step, back)
    if step == "take":
        return _take(request, row, actor, back)
    if not may_work(actor, row):
        raise Http404
    who = {"by": actor, "at": timezone.now()}
    if step in CLICKS:
        if request.method != "POST":
            return HttpResponse(status=405)
        verb, done = CLICKS[step]
        return do(request, lambda: _said(done, verb(row, **who)), back=back)
    if step == "give":
        return _give(request, row, who, back)
    if step not in WORDS or (step == "publish" and not actor.may("voices.triage")):
        raise Http404
    return _words(request, row, WORDS[step], who, back)


def _said(done: str, _: None) -> str:
    return done


def _crumbs(request: HttpRequest, back: str) -> list[tuple[str, str]]:
    return [("Voices", reverse("voice:list", kwargs={"program": program_of(request).slug})), ("One voice", back)]


def _words(request: HttpRequest, row: Voice, asked: Asked, who: Mapping[str, Any], back: str) -> HttpResponse:
    initial = getattr(row, asked.begins_with) if asked.begins_with else ""
    if asked.begins_with == "public_words":
        initial = initial or row.words
    form = WordsForm(
        request.POST or None, label=asked.label, hint=asked.hint, needed=asked.needed, initial={"words": initial}
    )

    def save(given: dict[str, Any]) -> str:
        asked.verb(row, **{asked.field: given["words"]}, **who)
        return asked.done

    return ask(
        request,
        form,
        save,
        title=asked.title,
        question=asked.question,
        back=back,
        crumbs=_crumbs(request, back),
        label=asked.button,
    )


def _give(request: HttpRequest, row: Voice, who: Mapping[str, Any], back: str) -> HttpResponse:
    initial = {"owner": row.owner_id or who["by"].user, "due": row.due or working.due_for(row, timezone.localdate())}
    form = GiveForm(request.POST or None, voice=row, initial=initial)

    def save(given: dict[str, Any]) -> str:
        working.give(row, owner=given["owner"], due=given["due"], **who)
        return f"It is with {given['owner']} now."

    return ask(
        request,
        form,
        save,
        title="Give it to somebody",
        question="Who takes it on, and by when?",
        back=back,
        crumbs=_crumbs(request, back),
        label="Give it to them",
    )


def _take(request: HttpRequest, row: Voice, actor: Actor, back: str) -> HttpResponse:
    if not may_take(actor, row):
        raise Http404
    if request.method != "POST":
        return HttpResponse(status=405)
    owner = User.objects.get(pk=actor.user)

    def act() -> str:
        working.give(
            row, owner=owner, due=row.due or working.due_for(row, timezone.localdate()), by=actor, at=timezone.now()
        )
        return "It is with you now."

    return do(request, act, back=back)


class SureForm(Form):
    """Nothing to fill in: what is asked is to be sure."""


def _own(request: HttpRequest, row: Voice, actor: Actor, step: str, back: str) -> HttpResponse:
    """What only the author does, or whoever carried it."""
    if row.withdrawn or not Voice.objects.mine(actor).filter(pk=row.pk).exists():
        raise Http404
    who: dict[str, Any] = {"by": actor, "at": timezone.now()}
    if step == "reply":
        form: Form = WordsForm(
            request.POST or None, label="What you want to add", hint="Those who work on it read this."
        )
    else:
        form = SureForm(request.POST if request.method == "POST" else None)

    def save(given: dict[str, Any]) -> str:
        if step == "reply":
            working.reply(row, words=given["words"], **who)
            return "Sent."
        working.withdraw(row, **who)
        return "Your words are erased. What was answered stays."

    texts = {
        "reply": ("Write again", "What do you want to add?", "Send"),
        "withdraw": (
            "Take your words back",
            "Your words and what you wrote again are erased for good. What was answered stays.",
            "Erase my words",
        ),
    }
    title, question, label = texts[step]
    return ask(
        request, form, save, title=title, question=question, back=back, crumbs=_crumbs(request, back), label=label
    )
