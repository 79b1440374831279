"""Forms of the search for a new way. Saving is done by verbs; the forms only ask."""

from typing import Any

from django import forms

from commonground.access.actor import Actor
from commonground.organization.fields import PersonField
from commonground.organization.models import Person
from commonground.programs.models import Program
from commonground.realignment.solutions import Solution
from commonground.ui.forms import Form, LongCheckboxes
from commonground.workflows.models import Workflow


class OpenForm(Form):
    workflow = forms.ModelChoiceField(queryset=Workflow.objects.none(), empty_label=None)
    question = forms.CharField(
        label="The question", widget=forms.Textarea, help_text="As those who do the work would ask it.", max_length=2000
    )
    options = forms.CharField(
        label="Options so far", widget=forms.Textarea, required=False, help_text="One a line.", max_length=4000
    )

    def __init__(self, *args: Any, program: Program, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Workflow.objects.visible_to(actor).filter(program=program)
        self.offer("workflow", rows)


class QuestionForm(Form):
    question = OpenForm.base_fields["question"]
    options = OpenForm.base_fields["options"]


class InviteForm(Form):
    person = PersonField(label="Whom to invite")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].actor = actor  # type: ignore[attr-defined]


class HoursForm(Form):
    hours = forms.FloatField(
        label="Hours a week", required=False, min_value=0.25, max_value=60, help_text="Empty: not agreed yet."
    )


class SessionForm(Form):
    on = forms.DateField(label="Day")
    people = forms.ModelMultipleChoiceField(
        label="Who was there",
        queryset=Person.objects.none(),
        widget=LongCheckboxes,
        required=False,
        help_text="Those with a seat. Give somebody a seat first if they are missing.",
    )
    words = forms.CharField(label="What it was about", required=False, max_length=300)

    def __init__(self, *args: Any, solution: Solution, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Person.objects.filter(seats__solution=solution).distinct().order_by("name")
        self.offer("people", rows)

    def clean_people(self) -> Any:
        people = self.cleaned_data["people"]
        if not people:
            raise forms.ValidationError("Say who was there: a session takes at least one person.")
        return people


class ContributionForm(Form):
    """What somebody brought in. Who works on the search writes for any seat holder; a seat holder for themselves."""

    person = forms.ModelChoiceField(label="Whose it is", queryset=Person.objects.none(), empty_label=None)
    on = forms.DateField(label="Day")
    words = forms.CharField(label="What was brought in", widget=forms.Textarea, max_length=4000)

    def __init__(self, *args: Any, solution: Solution, only: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Person.objects.filter(seats__solution=solution).distinct().order_by("name")
        if only is not None:
            del self.fields["person"]
        else:
            self.offer("person", rows)


class OutcomeForm(Form):
    came_of_it = forms.CharField(
        label="What came of it",
        max_length=300,
        help_text="Used, partly used, or why not: whoever brought it in reads this.",
    )


class DecisionForm(Form):
    decision = forms.CharField(label="The decision, in words", widget=forms.Textarea, max_length=4000)
    on = forms.DateField(label="Decided on")


class FreeForm(Form):
    on = forms.DateField(label="Free from")
