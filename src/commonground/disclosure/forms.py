"""The form that raises a threshold."""

from typing import Any

from django import forms

from commonground.disclosure.models import MOST
from commonground.ui.forms import Form


class RaiseForm(Form):
    """holds: the threshold that holds now."""

    people = forms.IntegerField(label="People behind each result, at least", max_value=MOST)
    why = forms.CharField(
        label="Why",
        max_length=300,
        widget=forms.Textarea,
        help_text="Such as: agreed with the works council on 3 March. The journal keeps it.",
    )

    def __init__(self, *args: Any, holds: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].help_text = f"It is {holds} now, and can only go up: what was withheld must stay so."
        self.fields["people"].initial = holds + 1
