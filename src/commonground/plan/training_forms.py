"""Forms of training. Saving is done by verbs; the forms only ask."""

from datetime import date
from typing import Any

from django import forms

from commonground.access.actor import Actor
from commonground.adoption.models import Behaviour
from commonground.organization.fields import PeopleField, PersonField, RoleField, UnitField, ask_all
from commonground.organization.models import Level
from commonground.plan.models import Module, Session
from commonground.programs.forms import OfProgramForm
from commonground.ui.forms import Form

MOST_HOURS = 400


class ModuleForm(OfProgramForm):
    behaviour = forms.ModelChoiceField(
        queryset=Behaviour.objects.none(),
        required=False,
        empty_label="none in particular",
        label="Helps to take the new way of",
        help_text="Then this page shows how far it is taken six, twelve and twenty-four months later.",
    )

    class Meta:
        model = Module
        fields = ["name", "hours", "format", "touches_crm", "behaviour", "cases"]
        labels = {
            "name": "What is learned",
            "hours": "Hours it takes",
            "format": "How",
            "touches_crm": "For those who will work in the CRM itself",
            "cases": "Cases of our own to practise on",
        }
        help_texts = {
            "touches_crm": "Leave it empty for what the others need: what changes for customers, and whom to hand on to.",
            "cases": "Real cases of the people who come: “the move of a family with two meters”. No customer’s name.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("behaviour", Behaviour.objects.visible_to(self.actor).filter(program=self.program))

    def clean_hours(self) -> float | None:
        hours: float | None = self.cleaned_data["hours"]
        if hours is not None and not 0 < hours <= MOST_HOURS:
            raise forms.ValidationError(f"A module takes more than 0 and at most {MOST_HOURS} hours.")
        return hours


class NeedForm(Form):
    """One of three groups, or nobody named: then it is for everyone."""

    role = RoleField(required=False, label="Holders of the role", empty_label="–")
    unit = UnitField(required=False, label="Or people of the unit and all below it", empty_label="–")
    level = forms.ModelChoiceField(
        queryset=Level.objects.none(), required=False, label="Or people at the level", empty_label="–",
        help_text="Choose one of the three. With none of them the module is for everyone.",
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_all(self.fields, actor, day)
        self.offer("level", Level.objects.visible_to(actor))


class SessionForm(OfProgramForm):
    trainer = PersonField(required=False, label="Who teaches it")

    class Meta:
        model = Session
        fields = ["on", "place", "language", "shift", "seats", "trainer"]
        labels = {"on": "Day", "place": "Where", "language": "In which language", "shift": "For which shift"}
        help_texts = {"seats": "Empty: as many as come.", "shift": "Empty: for any."}


class PlacesForm(Form):
    people = PeopleField(label="Who else", help_text="One a line: employee number, e-mail or full name.")

    def __init__(self, *args: Any, actor: Actor, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_all(self.fields, actor, day)
