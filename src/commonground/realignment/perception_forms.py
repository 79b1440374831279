"""Forms of how a change is felt: about what, to whom, and words only if the person wants."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q

from commonground.accounts.models import User
from commonground.organization.fields import PersonField
from commonground.realignment.forms import Asking
from commonground.realignment.perceptions import KIND_WORDS, MOST_LETTERS
from commonground.ui.forms import Form

SOMEBODY_ELSE = "else"


def _words() -> forms.CharField:
    return forms.CharField(
        label="In your words, only if you want",
        help_text="Only the one you choose reads it. It is deleted when you let the matter rest or take it back.",
        widget=forms.Textarea(attrs={"rows": "6"}),
        max_length=MOST_LETTERS,
        required=False,
    )


class RaiseForm(Form):
    """readers: (id, name and why they are proposed) of those who are likely; anybody with access may be named instead."""

    kind = forms.ChoiceField(label="It is about", choices=list(KIND_WORDS.items()))
    to = forms.ChoiceField(label="Who is to read it")
    somebody = forms.CharField(
        label="Somebody else",
        help_text="Name, sign-in name or e-mail of anybody who can sign in here.",
        max_length=254,
        required=False,
    )
    words = _words()

    def __init__(self, *args: Any, readers: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(user), words) for user, words in readers]
        self.offer("to", [("", ""), *choices, (SOMEBODY_ELSE, "somebody else, named below")])

    def clean(self) -> dict[str, Any]:
        """`to` becomes a User."""
        values = super().clean() or {}
        chosen, named = values.get("to"), str(values.pop("somebody", "") or "").strip()
        if chosen == SOMEBODY_ELSE or (named and not chosen):
            values["to"] = self._named(named)
        elif chosen:
            values["to"] = User.objects.filter(is_active=True, pk=int(chosen)).first()
        if values.get("to") is None and not self.errors:
            self.add_error("to", "Choose one person: nobody else will read it.")
        return values

    def _named(self, text: str) -> User | None:
        if not text:
            self.add_error("somebody", "Write whom you mean.")
            return None
        users = User.objects.filter(is_active=True)
        found = list(users.filter(Q(username=text) | Q(name__iexact=text) | Q(email__iexact=text))[:2])
        if len(found) != 1:
            why = "fits several people" if found else "is nobody who can sign in here"
            self.add_error("somebody", f"“{text}” {why}. Give the sign-in name or the e-mail.")
            return None
        user: User = found[0]
        return user


class SayForm(Form):
    words = _words()


class OfferForm(Asking):
    person = PersonField(label="To whom")
    kind = forms.ChoiceField(label="It is about", choices=list(KIND_WORDS.items()))
