"""Forms of the champions' pages. Saving is done by verbs; the forms only ask."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q

from commonground.access.actor import Actor
from commonground.coalition.champions import ASKED, ATTRIBUTES, SOURCES, VOLUNTEER
from commonground.coalition.meetings import HOURS_OF_A_WEEK, MOST_CONTACTS
from commonground.coalition.models import Champion
from commonground.organization.fields import PersonField
from commonground.organization.models import Assignment, Level, Person, UnitPeriod
from commonground.programs.models import Program
from commonground.realignment.given_time import MOST_HOURS
from commonground.ui.forms import Form, LongCheckboxes, LongSelect

LABELS = {"unit": "Unit", "level": "Level", "location": "Site", "shift": "Shift", "language": "Language"}
HINT = "Of those whom they carry. Empty: their own."
OWN = "their own"
BY_HAND = {name: SOURCES[name] for name in (ASKED, VOLUNTEER)}  # named by colleagues is who was, in a round


class GroupFields(Form):
    """Which group is carried: a choice for each attribute that the program tells groups by; empty is one's own."""

    def __init__(self, *args: Any, attributes: list[str], day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.attributes = attributes
        for name in attributes:
            self.fields[name] = forms.ChoiceField(
                label=LABELS[name],
                help_text=HINT,
                required=False,
                choices=[("", OWN), *values_of(name, day)],
                widget=LongSelect,
            )

    def cell(self) -> dict[str, str]:
        """What was chosen: attribute → value."""
        return {name: self.cleaned_data[name] for name in self.attributes if self.cleaned_data.get(name)}


def values_of(name: str, day: date) -> list[tuple[str, str]]:
    """What an attribute can be on a day, as (value of the register, words)."""
    if name == "unit":
        rows = UnitPeriod.objects.on(day).order_by("name")
        return list(rows.values_list("unit__key", "name"))
    if name == "level":
        return [(level, level) for level in Level.objects.order_by("rank").values_list("name", flat=True)]
    found = Assignment.objects.on(day).exclude(**{name: ""}).order_by(name).values_list(name, flat=True).distinct()
    return [(value, value) for value in found]


class AskForm(GroupFields):
    person = PersonField(label="Whom to ask")
    source = forms.ChoiceField(label="How you came to them", choices=list(BY_HAND.items()), initial=ASKED)
    hours = forms.FloatField(
        label="Hours a week", required=False, min_value=0.25, max_value=MOST_HOURS, help_text="Empty: not agreed yet."
    )
    why = forms.CharField(
        label="Why they", required=False, max_length=300, help_text="For you and for them. Nobody else reads it."
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].actor = actor  # type: ignore[attr-defined]  # a field of ours that asks who looks


class GroupForm(GroupFields):
    """Which group a champion carries."""


class HoursForm(Form):
    hours = forms.FloatField(
        label="Hours a week", required=False, min_value=0.25, max_value=MOST_HOURS, help_text="Empty: not agreed yet."
    )


class EndForm(Form):
    on = forms.DateField(label="Their last day is the one before")


class RotateForm(Form):
    to = PersonField(label="Who follows")
    on = forms.DateField(label="From")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].actor = actor  # type: ignore[attr-defined]  # a field of ours that asks who looks


class MeetingForm(Form):
    on = forms.DateField(label="Day", help_text="A day ahead plans it: champions see it on their page.")
    people = forms.ModelMultipleChoiceField(
        label="Who was there",
        queryset=Person.objects.none(),
        widget=LongCheckboxes,
        required=False,
        help_text="Champions of this program. For one ahead leave it empty.",
    )
    words = forms.CharField(label="What it is about", required=False, max_length=300)

    def __init__(self, *args: Any, program: Program, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        serving = Champion.objects.of(program).serving(day).values("person")
        there = [person.pk for person in self.initial.get("people") or []]  # also who serves no longer
        self.offer("people", Person.objects.filter(Q(pk__in=serving) | Q(pk__in=there)).order_by("name"))


class GroupsForm(Form):
    attributes = forms.MultipleChoiceField(
        label="Groups differ by",
        choices=[(name, LABELS[name]) for name in ATTRIBUTES],
        widget=forms.CheckboxSelectMultiple,
        help_text="A group is everybody who is alike in all of these and touched by the change.",
    )
    minutes = forms.FloatField(
        label="Minutes a week that one person takes",
        min_value=1,
        max_value=600,
        help_text="Talking, answering, being there. Five minutes are what a talk of twenty takes every month.",
    )
    hours = forms.FloatField(
        label="Hours a week that a champion usually gives",
        min_value=0.25,
        max_value=40,
        help_text="From this it is counted how many are needed; of a team member’s week as much is for their peers.",
    )


class WeekForm(Form):
    """A champion's week, in two numbers."""

    hours = forms.FloatField(label="Hours this week", min_value=0, max_value=HOURS_OF_A_WEEK)
    contacts = forms.IntegerField(label="People talked with", min_value=0, max_value=MOST_CONTACTS, required=False)
    words = forms.CharField(
        label="A note for yourself", required=False, max_length=300, help_text="Nobody but you reads it."
    )
