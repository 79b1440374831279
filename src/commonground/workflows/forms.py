"""Forms of the register of work. Saving is done by verbs; the forms only ask."""

from datetime import date
from typing import Any

from django import forms

from commonground.access.actor import Actor
from commonground.organization.fields import PersonField, UnitField, ask_all
from commonground.programs.forms import OfProgramForm
from commonground.programs.models import Program, Strategy
from commonground.ui.forms import Form, LongSelect
from commonground.workflows.models import Handoff, Process, Workflow


class WorkflowForm(OfProgramForm):
    class Meta:
        model = Workflow
        fields = ["name", "customer_need", "serves", "median_lead_working_hours"]
        labels = {
            "customer_need": "The customer need it answers",
            "serves": "Which part of the strategy it serves",
            "median_lead_working_hours": "Median lead time, working hours",
        }
        help_texts = {
            "median_lead_working_hours": "From the customer’s call to the answer. Empty until it is measured."
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("serves", Strategy.objects.filter(program=self.program))


class ProcessForm(OfProgramForm):
    unit = UnitField(required=False, empty_label="not known yet")

    class Meta:
        model = Process
        fields = ["name", "workflow", "unit", "product_line", "open_work", "data", "order"]
        labels = {
            "open_work": "Work that is open in it",
            "data": "Data that it keeps",
            "order": "Place in the workflow",
        }
        help_texts = {"order": "Lower numbers come first."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("workflow", Workflow.objects.filter(program=self.program))


class HandoffForm(OfProgramForm):
    class Meta:
        model = Handoff
        fields = [
            "from_process",
            "to_process",
            "carries",
            "when",
            "median_wait_working_hours",
            "cases",
            "ping_pong_cases",
        ]
        labels = {
            "from_process": "From",
            "to_process": "To",
            "when": "Which view",
            "median_wait_working_hours": "Median wait until the receiver begins, working hours",
            "cases": "Cases that this was measured on",
            "ping_pong_cases": "Cases that came back",
        }
        help_texts = {"carries": "What is handed on: work or information, and how, as “call note, by e-mail”."}

    def __init__(self, *args: Any, workflow: Workflow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workflow = workflow
        steps = Process.objects.visible_to(self.actor).filter(workflow=workflow)
        for name in ("from_process", "to_process"):
            self.fields[name].queryset = steps  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        one, two = values.get("from_process"), values.get("to_process")
        if one and one == two:
            self.add_error("to_process", "A hand-off leads to another process. Choose two different ones.")
        same = Handoff.objects.filter(workflow=self.workflow, from_process=one, to_process=two, when=values.get("when"))
        if one and two and same.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("This hand-off is recorded already. Change the one that is there.")
        if (values.get("ping_pong_cases") or 0) > (values.get("cases") or values.get("ping_pong_cases") or 0):
            self.add_error("ping_pong_cases", "More cases came back than there were. Check both numbers.")
        return values


class HolderForm(Form):
    person = PersonField(label="Who")
    start = forms.DateField(label="From", required=False, help_text="Empty: from the beginning.")


class EndForm(Form):
    end = forms.DateField(label="No longer from", help_text="The first day on which it does not hold any more.")


class ProposalForm(Form):
    """A process that a log proposes, before it is accepted."""

    name = forms.CharField(max_length=200, label="What it is called")
    workflow = forms.ModelChoiceField(Workflow.objects.none(), required=False, empty_label="none of these")
    called = forms.CharField(
        max_length=200, required=False, label="Or a new workflow called", help_text="It is added when you accept."
    )
    unit = UnitField(required=False, empty_label="not known yet", label="Where it is done")
    owner = PersonField(
        required=False,
        label="Who answers for it",
        help_text="Ask them first: nobody should learn from a screen what they answer for. Employee number, e-mail or full name.",
    )
    start = forms.DateField(required=False, label="From", help_text="The day from which they answer for it.")

    def __init__(self, *args: Any, program: Program, actor: Actor, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_all(self.fields, actor, day)
        self.offer("workflow", Workflow.objects.visible_to(actor).filter(program=program))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("workflow") and values.get("called"):
            self.add_error("called", "Choose a workflow that is there, or name a new one, not both.")
        if values.get("owner") and not values.get("start"):
            self.add_error("start", "Say from which day they answer for it.")
        return values


class SameProcessForm(Form):
    """Which process of the register an activity of a log is."""

    process = forms.ModelChoiceField(
        Process.objects.none(), widget=LongSelect, label="The process", empty_label="choose one"
    )

    def __init__(self, *args: Any, program: Program, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Process.objects.visible_to(actor).filter(program=program, planned_only=False).order_by("name", "pk")
        self.offer("process", rows)
