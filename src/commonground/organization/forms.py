"""Forms that change the organization. Each asks from which day it holds."""

from datetime import date
from typing import Any

from django import forms

from commonground.access.actor import Actor
from commonground.organization.fields import PersonField, RoleField, UnitField, ask_all
from commonground.organization.models import Level
from commonground.ui.forms import Form

REQUIRED_DAY = {"required": "Say from which day it holds.", "invalid": "Write the day as 2026-09-14."}
FRONT = [("", "not known"), ("yes", "yes"), ("no", "no")]


class Dated(Form):
    """The base: fields that look at the organization are filled for an actor and a day."""

    def __init__(self, data: Any = None, *, actor: Actor, day: date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        ask_all(self.fields, actor, day)
        if "on" in self.fields:
            self.fields["on"].initial = day


class FrontField(forms.TypedChoiceField):
    """Yes, no, or not known."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=FRONT,
            coerce=lambda text: text == "yes",
            empty_value=None,
            required=False,
            help_text="Front office: daily contact with customers.",
            **kwargs,
        )


def day_field(label: str = "From") -> forms.DateField:
    return forms.DateField(
        label=label, error_messages=REQUIRED_DAY, help_text="Days gone by and days to come are both fine."
    )


def why_field() -> forms.CharField:
    return forms.CharField(label="Why", required=False, max_length=300, help_text="Kept in the journal.")


class PlaceForm(Dated):
    """Where somebody works, as what and for whom."""

    unit = UnitField(label="Unit", required=False)
    manager = PersonField(label="Manager", required=False)
    role = RoleField(label="Role", required=False)
    level = forms.ModelChoiceField(
        label="Level", queryset=Level.objects.all(), required=False, help_text="Only where the role does not say it."
    )
    location = forms.CharField(label="Location", required=False, max_length=120)
    shift = forms.CharField(label="Shift", required=False, max_length=60)
    language = forms.CharField(label="Language", required=False, max_length=60)
    front_office = FrontField(label="Front office")
    on = day_field()
    why = why_field()

    def place(self) -> dict[str, Any]:
        """What was answered, as the verbs take it."""
        return {name: value for name, value in self.cleaned_data.items() if name in PLACE}


PLACE = ("unit", "manager", "role", "level", "location", "shift", "language", "front_office")


class HireForm(PlaceForm):
    """Somebody who begins."""

    key = forms.CharField(label="Employee number", max_length=120, error_messages={"required": "Give them a number."})
    name = forms.CharField(label="Name", max_length=200, error_messages={"required": "Write their name."})
    email = forms.EmailField(label="E-mail", required=False)
    field_order = ("name", "key", "email")


class LeaveForm(Dated):
    on = day_field("First day on which they work here no longer")
    why = why_field()


class PersonNameForm(Dated):
    name = forms.CharField(label="Name", max_length=200, error_messages={"required": "Write their name."})
    email = forms.EmailField(label="E-mail", required=False)


class UnitForm(Dated):
    name = forms.CharField(label="Name", max_length=200, error_messages={"required": "Name the unit."})
    key = forms.CharField(
        label="Id", max_length=120, help_text="As your sheets call it.", error_messages={"required": "Give it an id."}
    )
    parent = UnitField(label="Below", required=False)
    business_unit = forms.BooleanField(label="It is a business unit", required=False)
    product_line = forms.CharField(label="Product line", required=False, max_length=120)
    on = day_field()


class UnitNameForm(Dated):
    name = forms.CharField(label="Name", max_length=200, error_messages={"required": "Name the unit."})
    business_unit = forms.BooleanField(label="It is a business unit", required=False)
    product_line = forms.CharField(label="Product line", required=False, max_length=120)
    on = day_field()


class UnitMoveForm(Dated):
    parent = UnitField(label="Below", required=False, help_text="Empty: at the top.")
    on = day_field()


class UnitMergeForm(Dated):
    into = UnitField(label="Into", error_messages={"required": "Choose the unit it becomes a part of."})
    on = day_field()


class UnitCloseForm(Dated):
    on = day_field("First day on which it is no longer there")


class RoleForm(Dated):
    name = forms.CharField(label="Name", max_length=200, error_messages={"required": "Name the role."})
    level = forms.ModelChoiceField(label="Level", queryset=Level.objects.all(), required=False)
    front_office = FrontField(label="Front office")
    definition = forms.CharField(
        label="Definition",
        widget=forms.Textarea,
        required=False,
        help_text="What it answers for, decides and does, in the words of those who hold it.",
    )
    on = day_field()

    def words(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("name", "level", "front_office", "definition")}


class NewRoleForm(RoleForm):
    key = forms.CharField(
        label="Id", max_length=120, help_text="As your sheets call it.", error_messages={"required": "Give it an id."}
    )
    field_order = ("name", "key")


class LevelsForm(Dated):
    names = forms.CharField(
        label="Levels, from the top down",
        widget=forms.Textarea(attrs={"rows": "8"}),
        help_text="One on each line.",
        error_messages={"required": "Name at least one level."},
    )
