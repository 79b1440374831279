"""Forms about people with access."""

from datetime import date
from typing import Any

from django import forms

from commonground.access import roles
from commonground.access.actor import Actor
from commonground.accounts.forms import NewPasswordForm, new_password
from commonground.accounts.models import User
from commonground.organization.fields import UnitField, ask_all, one_of
from commonground.organization.models import Person
from commonground.ui.forms import Form

# being an employee follows from who one is in the organization and is not given
GIVEN = [(role, label) for role, label in roles.LABELS.items() if role != roles.EMPLOYEE]


class ThePerson(forms.CharField):
    """Somebody of the roster, named exactly: whoever manages access need not be able to look through it."""

    def clean(self, value: Any) -> Person | None:
        text = super().clean(value)
        if not text:
            return None
        return one_of(Person.objects.all(), text)


class InviteForm(Form):
    """Somebody who gets access."""

    person = ThePerson(
        label="Who they are in the organization",
        required=False,
        max_length=254,
        help_text="Employee number, e-mail or full name. Empty for somebody from outside.",
    )
    name = forms.CharField(
        label="Name", max_length=200, required=False, help_text="Empty: as the organization calls them."
    )
    username = forms.RegexField(
        r"^[\w.@+-]+\Z",
        label="Sign-in name",
        max_length=150,
        error_messages={
            "required": "Choose a sign-in name.",
            "invalid": "Use letters, figures and . @ + - _ only, without spaces.",
        },
    )
    email = forms.EmailField(label="E-mail", required=False)
    role = forms.ChoiceField(
        label="Role",
        required=False,
        choices=[("", "none beyond being an employee"), *[(r, w) for r, w in GIVEN if r != roles.MANAGER]],
        help_text="More roles, and the units of a unit manager, can be given afterwards.",
    )

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=name).exists():
            raise forms.ValidationError(f"Somebody signs in as “{name}” already. Choose another name.")
        return name

    def clean_person(self) -> Person | None:
        person: Person | None = self.cleaned_data["person"]
        if person is not None and person.user_id is not None:
            raise forms.ValidationError("This person has access already. Look for them in the list.")
        return person

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if not answers.get("name") and not answers.get("person") and "person" not in self.errors:
            self.add_error("name", "Write a name for somebody who is not on the roster.")
        return answers


class GrantForm(Form):
    """A role, and for a unit manager the unit."""

    role = forms.ChoiceField(
        label="Role", choices=[("", "–"), *GIVEN], error_messages={"required": "Choose the role to give."}
    )
    unit = UnitField(label="Unit, with all below it", required=False, help_text="For a unit manager only.")

    def __init__(self, data: Any = None, *, actor: Actor, day: date) -> None:
        super().__init__(data)
        if actor.sees_content:
            ask_all(self.fields, actor, day)
        else:
            # units are content, which the technical administrator does not see
            del self.fields["unit"]
            self.offer("role", [("", "–"), *(choice for choice in GIVEN if choice[0] != roles.MANAGER)])
            self.fields["role"].help_text = "A unit manager’s units are entrusted by a change lead."

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if answers.get("role") == roles.MANAGER and not answers.get("unit"):
            self.add_error("unit", "Choose the unit that this manager is trusted with.")
        elif answers.get("role") != roles.MANAGER:
            answers["unit"] = None
        return answers


class PersonOfForm(Form):
    person = ThePerson(
        label="Who they are in the organization",
        required=False,
        max_length=254,
        help_text="Employee number, e-mail or full name. Empty: nobody of the roster.",
    )


class SetPasswordForm(NewPasswordForm):
    """A password that somebody is given, to be changed by them."""

    new = new_password(label="New password", error_messages={"required": "Write the new password."})
