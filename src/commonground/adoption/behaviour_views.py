"""Adding and changing a behaviour: its words, where it is seen, what is wanted and by when."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.adoption.forms import BehaviourForm
from commonground.adoption.library import Ready, ready_of
from commonground.adoption.models import FROM_LOG, Behaviour
from commonground.adoption.tasks import ask_observing
from commonground.events.models import Log
from commonground.programs import pages
from commonground.programs.middleware import program_of
from commonground.programs.models import Program, key_for
from commonground.programs.row_views import Kind, crumbs_to, page_of

BEHAVIOUR = Kind(
    Behaviour,
    BehaviourForm,
    "behaviour",
    "pace",
    "Which one thing is to be done in a new way, where is that seen, and by when is it wanted?",
    space="adoption",
    above=("Pace", "pace"),
    shown="behaviour",
)


@gate("pace.change")
def add_behaviour(request: HttpRequest) -> HttpResponse:
    """A new behaviour, empty or begun from one of the library (?ready=key)."""
    actor, program = actor_of(request), program_of(request)
    ready = ready_of(request.GET.get("ready", ""))
    form = BehaviourForm(
        request.POST or None,
        program=program,
        actor=actor,
        day=timezone.localdate(),
        initial=begun(ready) if ready else {},
    )
    made: list[Behaviour] = []

    def save(values: dict[str, Any]) -> str:
        row = form.save(commit=False)
        row.key, row.ready = key_for("B"), ready.key if ready else ""
        if ready and values["source"] == FROM_LOG:
            row.rule = {**ready.rule, "name": row.name}
        made.append(program.add(row, by=actor, at=timezone.now()))
        ask_observing(made[0], at=timezone.now())
        follows = " Now say which events are occasions." if _needs_a_rule(made[0]) else ""
        return f"Added: {row}.{follows}"

    return pages.ask(
        request,
        form,
        save,
        title="Add a behaviour",
        question=BEHAVIOUR.question,
        back=reverse("adoption:library", kwargs={"program": program.slug}),
        crumbs=[("Pace", page_of(BEHAVIOUR, program))],
        label="Add it",
        to=lambda: where_next(program, made[0]),
    )


def begun(ready: Ready) -> dict[str, Any]:
    """What the form begins with out of the library; the log where there is but one."""
    logs = list(Log.objects.filter(events__gt=0).values_list("pk", flat=True)[:2])
    words = {name: getattr(ready, name) for name in ("name", "new_words", "old_words", "occasion_words", "vanity")}
    return words | ({"log": logs[0]} if len(logs) == 1 else {})


def _needs_a_rule(row: Behaviour) -> bool:
    return row.source == FROM_LOG


def where_next(program: Program, row: Behaviour) -> str:
    """To the rule where a log is read, to the counts where somebody counts."""
    name = "adoption:rule" if _needs_a_rule(row) else "adoption:counts"
    return reverse(name, kwargs={"program": program.slug, "pk": row.pk})


def measured_anew(row: Behaviour) -> None:
    """Asks for it, whatever was changed: what needs no new reading is not read again. A fault before says nothing any more."""
    ask_observing(row, at=timezone.now())


def crumbs_of(row: Behaviour, program: Program) -> list[tuple[str, str]]:
    return crumbs_to(BEHAVIOUR, program, row)


def behaviour_of(request: HttpRequest, actor: Actor, pk: int) -> Behaviour:
    """The behaviour of the address, its log and owner fetched with it; 404 when it is not the actor's to see."""
    rows = Behaviour.objects.select_related("log", "owner")
    return rows.get_for(actor, program=program_of(request), pk=pk)
