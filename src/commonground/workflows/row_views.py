"""Forms of the register of work: workflows and processes, hand-offs, and who answers for or does a process."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from commonground.access.gate import actor_of, gate
from commonground.programs import pages
from commonground.programs.middleware import program_of
from commonground.programs.row_views import Kind
from commonground.workflows.forms import EndForm, HandoffForm, HolderForm, ProcessForm, WorkflowForm
from commonground.workflows.models import AnswersFor, Does, Handoff, Held, Process, Workflow

WORKFLOW = Kind(
    Workflow,
    WorkflowForm,
    "workflow",
    "list",
    "How does work flow from a customer’s need to its answer?",
    space="workflows",
    above=("Workflows", "list"),
    shown="workflow",
)
PROCESS = Kind(
    Process,
    ProcessForm,
    "process",
    "processes",
    "Which step of work is it, where is it done, and in which workflow?",
    space="workflows",
    above=("Workflows", "list"),
    shown="process",
)
HOLDS: dict[str, type[Held]] = {"answers-for": AnswersFor, "does": Does}
HOLD_TITLES = {"answers-for": "Name who answers for", "does": "Name who does"}


def _to(name: str, request: HttpRequest, pk: int) -> str:
    return reverse(f"workflows:{name}", kwargs={"program": program_of(request).slug, "pk": pk})


@gate("workflows.change")
def add_handoff(request: HttpRequest, pk: int) -> HttpResponse:
    actor, program = actor_of(request), program_of(request)
    workflow = Workflow.objects.get_for(actor, program=program, pk=pk)
    back = _to("workflow", request, pk)
    form = HandoffForm(request.POST or None, program=program, actor=actor, day=timezone.localdate(), workflow=workflow)

    def save(values: dict[str, Any]) -> str:
        row = form.save(commit=False)
        row.workflow = workflow
        return f"Added: {program.add(row, by=actor, at=timezone.now())}."

    return pages.ask(
        request,
        form,
        save,
        title="Add a hand-off",
        question="What goes from which process to which, and how long does it wait?",
        back=back,
        crumbs=[(workflow.name, back)],
        label="Add it",
    )


@gate("workflows.change")
def edit_handoff(request: HttpRequest, pk: int) -> HttpResponse:
    actor, program = actor_of(request), program_of(request)
    row = Handoff.objects.get_for(actor, program=program, pk=pk)
    back = _to("workflow", request, row.workflow_id)
    form = HandoffForm(
        request.POST or None,
        instance=row,
        program=program,
        actor=actor,
        day=timezone.localdate(),
        workflow=row.workflow,
    )

    def save(values: dict[str, Any]) -> str:
        return f"Changed: {row}." if row.change(values, by=actor, at=timezone.now()) else "Nothing was different."

    return pages.ask(
        request,
        form,
        save,
        title=str(row),
        question="What goes from which process to which, and how long does it wait?",
        back=back,
        crumbs=[(row.workflow.name, back)],
        remove=_to("remove-handoff", request, pk),
    )


@gate("workflows.change")
@require_POST
def remove_handoff(request: HttpRequest, pk: int) -> HttpResponse:
    row = Handoff.objects.get_for(actor_of(request), program=program_of(request), pk=pk)

    def act() -> str:
        row.remove(by=actor_of(request), at=timezone.now())
        return f"Removed the hand-off {row}. It can be put back at the foot of this page."

    return pages.do(request, act, back=_to("workflow", request, row.workflow_id))


@gate("workflows.change")
def add_holder(request: HttpRequest, pk: int, how: str) -> HttpResponse:
    """Names somebody who answers for a process or does it, from a day on."""
    actor, program = actor_of(request), program_of(request)
    process = Process.objects.get_for(actor, program=program, pk=pk)
    form = HolderForm(request.POST or None, initial={"start": timezone.localdate()})
    form.fields["person"].actor = actor  # type: ignore[attr-defined]
    back = _to("process", request, pk)

    def save(values: dict[str, Any]) -> str:
        name = process.name_answerer if how == "answers-for" else process.name_doer
        name(values["person"], start=values["start"], by=actor, at=timezone.now())
        return f"{values['person']} is named."

    return pages.ask(
        request,
        form,
        save,
        title=f"{HOLD_TITLES[how]} “{process}”",
        question="Who owns this work, and since when?",
        back=back,
        crumbs=[("Processes", reverse("workflows:processes", kwargs={"program": program.slug})), (process.name, back)],
        label="Name them",
    )


@gate("workflows.change")
def end_holder(request: HttpRequest, pk: int, how: str) -> HttpResponse:
    """Says from which day on somebody no longer answers for a process, or no longer does it."""
    row = _held(request, how, pk)
    back = _to("process", request, row.process.pk)

    def save(values: dict[str, date]) -> str:
        row.end_on(values["end"], by=actor_of(request), at=timezone.now())
        return f"Ended for {row.person}. A slip is put right on this page."

    return pages.ask(
        request,
        EndForm(request.POST or None, initial={"end": timezone.localdate()}),
        save,
        title=f"{row.person} and “{row.process}”",
        question="From which day on does it no longer hold?",
        back=back,
        crumbs=[(row.process.name, back)],
        label="End it",
    )


@gate("workflows.change")
@require_POST
def reopen_holder(request: HttpRequest, pk: int, how: str) -> HttpResponse:
    row = _held(request, how, pk)

    def act() -> str:
        row.reopen(by=actor_of(request), at=timezone.now())
        return f"{row.person} holds it on."

    return pages.do(request, act, back=_to("process", request, row.process.pk))


def _held(request: HttpRequest, how: str, pk: int) -> Held:
    rows: Any = HOLDS[how]._default_manager
    row: Held = rows.get_for(actor_of(request), process__program=program_of(request), pk=pk)
    return row
