"""Forms of the realignment. Saving is done by verbs; the forms only ask."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q

from commonground.access.actor import Actor
from commonground.accounts.models import User
from commonground.analysis.facts import HOLDER_FATES, PROCESS_FATES, ROLE_FATES
from commonground.organization.fields import PeopleField, PersonField, RoleField, UnitField, ask_all
from commonground.realignment.fates import HOLDER_LABELS
from commonground.realignment.gains import KIND_LABELS
from commonground.ui.forms import Form

PROCESS_WORDS = {
    "keep": "keep: it stays as it is",
    "reshape": "reshape: it is done in another way",
    "move": "move: another unit does it",
    "merge": "merge: it becomes part of another process",
    "automate": "automate: a machine does it",
    "eliminate": "eliminate: it is no longer needed",
    "create": "create: it is new",
}
ROLE_WORDS = {
    "keep": "keep: it stays as it is",
    "change": "change: it gets a new definition",
    "merge": "merge: it becomes part of another role",
    "end": "end: it is no longer needed",
    "create": "create: it is new",
}
SIZES = {
    -3: "loses much (−3)",
    -2: "loses some (−2)",
    -1: "loses a little (−1)",
    1: "gains a little (+1)",
    2: "gains some (+2)",
    3: "gains much (+3)",
}


class Asking(Form):
    """Knows who asks and the day, and offers what the actor may see."""

    def __init__(self, *args: Any, actor: Actor, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_all(self.fields, actor, day)


class ProcessFateForm(Asking):
    fate = forms.ChoiceField(
        label="What is to become of it", choices=[("", ""), *((fate, PROCESS_WORDS[fate]) for fate in PROCESS_FATES)]
    )
    words = forms.CharField(
        label="In a sentence that those who do it can read",
        help_text="It stands on their own page once they are told. Say what will be different, not what was wrong.",
        max_length=300,
        required=False,
    )
    effective = forms.DateField(label="From which day", required=False)
    to_unit = UnitField(label="Unit that will do it", required=False, empty_label="the same as today")
    to_owners = PeopleField(
        label="Who will answer for it",
        required=False,
        help_text="One a line: full name, employee number or e-mail. Empty: as today.",
    )


class RoleFateForm(Asking):
    fate = forms.ChoiceField(
        label="What is to become of it", choices=[("", ""), *((fate, ROLE_WORDS[fate]) for fate in ROLE_FATES)]
    )
    effective = forms.DateField(label="From which day", required=False)
    definition_after = forms.CharField(
        label="Its definition afterwards",
        help_text="What it decides, whom it leads, what it knows and whom it meets. What differs is marked on the page.",
        widget=forms.Textarea(attrs={"rows": "10"}),
        required=False,
    )


class PathForm(Asking):
    fate = forms.ChoiceField(
        label="What is to become of this person’s place",
        choices=[
            ("", ""),
            *zip(
                HOLDER_FATES,
                ("stays in the same role", "goes to a new role", "is still open", "is leaving"),
                strict=True,
            ),
        ],
    )
    to_role = RoleField(label="New role", required=False, empty_label="none")
    to_unit = UnitField(label="New unit", required=False, empty_label="the same as today")
    to_manager = PersonField(label="New manager", required=False)
    effective = forms.DateField(label="From which day", required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("fate") == "new_role" and not values.get("to_role") and "to_role" not in self.errors:
            self.add_error("to_role", f"A path to a {HOLDER_LABELS['new_role']} names that role.")
        return values


class GainForm(Asking):
    kind = forms.ChoiceField(label="Of what", choices=list(KIND_LABELS.items()))
    size = forms.TypedChoiceField(label="How much", coerce=int, choices=list(SIZES.items()), initial=-1)
    words = forms.CharField(
        label="In words",
        help_text="As it would follow “You give up …” or “You gain …”: “choosing the first visit”.",
        max_length=300,
        required=False,
    )
    unit = UnitField(label="Only for holders in", required=False, empty_label="all units")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("kind") == "other" and not (values.get("words") or "").strip():
            self.add_error("words", "What they lose or gain in their own words needs these words.")
        return values


class OfferForm(Form):
    words = forms.CharField(
        label="What is offered in return",
        help_text="Something they can hold you to. Empty takes the offer back.",
        max_length=300,
        required=False,
    )
    on = forms.DateField(label="Offered on")


class ConversationForm(Asking):
    on = forms.DateField(label="Offered on")
    offered_by = PersonField(label="By whom")


class ReaderForm(Form):
    """One user by name, sign-in name or e-mail. Cleans `reader` to a User."""

    reader = forms.CharField(label="Name a reader", help_text="Name, sign-in name or e-mail of somebody with access.")

    def clean_reader(self) -> User:
        text = str(self.cleaned_data["reader"]).strip()
        users = User.objects.filter(is_active=True)
        found = list(users.filter(Q(username=text) | Q(name__iexact=text) | Q(email__iexact=text))[:2])
        if len(found) != 1:
            why = "fits several people" if found else "has no access"
            raise forms.ValidationError(f"“{text}” {why}. Give the sign-in name, or give access first.")
        user: User = found[0]
        return user
