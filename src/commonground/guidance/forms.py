"""What is asked when a finding is worked."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q

from commonground.access import policy
from commonground.access.actor import Actor
from commonground.accounts.models import User
from commonground.organization.fields import UnitField, ask_all
from commonground.organization.models import Person
from commonground.ui.forms import Form


class AssignForm(Form):
    """Whom a finding is given to: somebody who works on the program, or a person of the organization by number, e-mail or name."""

    to = forms.ModelChoiceField(
        User.objects.none(), label="To", required=False, empty_label="Somebody else, named below"
    )
    person = forms.CharField(
        label="Somebody else",
        required=False,
        help_text="Their number, e-mail or full name; they need no access to this page.",
    )
    due = forms.DateField(label="By when", required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = User.objects.filter(is_active=True, grants__role__in=policy.VERBS["findings.work"])
        to = self.fields["to"]
        assert isinstance(to, forms.ModelChoiceField)  # noqa: S101 - declared above
        to.queryset = allowed.distinct().order_by("name")
        if actor.user and "to" not in self.initial:
            self.initial["to"] = actor.user

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        words = (given.get("person") or "").strip()
        if words:
            given["chosen"] = self._person(words)
        elif given.get("to"):
            given["chosen"] = given["to"]
        else:
            self.add_error("to", "Nobody is named: choose somebody, or write a name below.")
        return given

    def _person(self, words: str) -> Person | None:
        found = list(Person.objects.filter(Q(key=words) | Q(email__iexact=words) | Q(name__iexact=words))[:2])
        if len(found) == 1:
            return found[0]
        what = f"Nobody is called “{words}”" if not found else f"Several people are called “{words}”"
        self.add_error("person", f"{what}: give their number or e-mail.")
        return None


class DismissForm(Form):
    """Why something can wait, and until when."""

    reason = forms.CharField(
        label="Why can this wait?", widget=forms.Textarea, help_text="Everybody who sees the finding can read it."
    )
    until = forms.DateField(label="Until", required=False, help_text="Empty: 30 days. Then it comes back by itself.")


class ActivityForm(Form):
    """An activity that is to answer a finding."""

    words = forms.CharField(label="What is to be done", max_length=300, widget=forms.Textarea)
    start = forms.DateField(label="From", required=False)
    end = forms.DateField(label="To", required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("start") and given.get("end") and given["end"] < given["start"]:
            self.add_error("end", "It ends before it begins: name a later day.")
        return given


class ForUnitForm(Form):
    """For which unit a value is to hold, and for those below it; for the whole program where none is chosen."""

    unit = UnitField(required=False, empty_label="the whole program", label="For")

    def __init__(self, *args: Any, actor: Actor, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_all(self.fields, actor, day)
