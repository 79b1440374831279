"""Forms of the program line. Saving is done by verbs; the forms only ask."""

from datetime import date
from typing import Any

from django import forms

from commonground.access.actor import Actor
from commonground.organization.fields import UnitField, ask_all
from commonground.programs.models import Engagement, Milestone, Program, Strategy
from commonground.ui.forms import Form, ModelForm


class GoalForm(Form):
    goal = forms.CharField(
        label="The goal, in the words you use in front of everybody",
        help_text="If there will be fewer posts, say so here, and how many. People find out anyway; better from you.",
        widget=forms.Textarea,
        max_length=4000,
    )
    goal_stated_on = forms.DateField(label="Stated on", help_text="The day on which everybody could first hear it.")


class OfProgramForm(ModelForm):
    """Knows the program, who asks and the day, and offers units of that day and people whom the actor may see."""

    def __init__(self, *args: Any, program: Program, actor: Actor, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.program, self.actor, self.day = program, actor, day
        ask_all(self.fields, actor, day, row=self.instance)


class StrategyForm(OfProgramForm):
    class Meta:
        model = Strategy
        fields = ["statement", "customer_need", "agreed_on", "order"]
        labels = {"statement": "What we will do for customers", "customer_need": "The customer need behind it"}
        help_texts = {"order": "Lower numbers stand first.", "agreed_on": "Empty while it is still being talked over."}


class MilestoneForm(OfProgramForm):
    unit = UnitField(required=False, empty_label="the whole program", label="For")

    class Meta:
        model = Milestone
        fields = ["kind", "unit", "planned", "actual", "note"]
        labels = {"kind": "Milestone", "actual": "Reached on"}
        help_texts = {"actual": "Empty while it is ahead."}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        same = Milestone.objects.filter(program=self.program, kind=values.get("kind"), unit=values.get("unit"))
        if values.get("kind") and same.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("This milestone stands on the line already. Change the one that is there.")
        if not values.get("planned") and not values.get("actual"):
            raise forms.ValidationError("Give at least one day: when it is planned, or when it was reached.")
        return values


class EngagementForm(OfProgramForm):
    class Meta:
        model = Engagement
        fields = ["on", "who", "kind", "outside_it", "what"]
        labels = {"on": "Day", "who": "With whom", "outside_it": "From outside IT", "what": "What it was about"}
        help_texts = {
            "who": "A name, or a body such as “the board”.",
            "what": "A few words, never who was for or against.",
        }
