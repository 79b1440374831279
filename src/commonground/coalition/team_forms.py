"""Forms of the team. Saving is done by verbs; the forms only ask."""

from typing import Any

from django import forms

from commonground.access.actor import Actor
from commonground.analysis.coalition.advice import QUESTION, STEPS
from commonground.coalition.team import REASONS
from commonground.organization.fields import PersonField
from commonground.ui.forms import Form

NOT_SAID = ("", "Not said")


class SomebodyForm(Form):
    person = PersonField(label="Who")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].actor = actor  # type: ignore[attr-defined]  # PersonField, which forms do not know


class WishForm(SomebodyForm):
    on = forms.ChoiceField(
        label="What then",
        choices=[("fix", "On the team, whatever else"), ("leave", "Not on the team")],
        widget=forms.RadioSelect,
        initial="leave",
    )
    reason = forms.ChoiceField(
        label="Why not, if it is to be said", choices=[NOT_SAID, *list(REASONS.items())[1:]], required=False
    )
    words = forms.CharField(
        label="In other words",
        max_length=200,
        required=False,
        help_text="Only change leads read this; it does not stand in the journal.",
    )


class DivergenceForm(Form):
    divergence = forms.TypedChoiceField(
        label=QUESTION,
        choices=[(str(value), f"{short}: {words}") for value, short, words in STEPS],
        widget=forms.RadioSelect,
        coerce=int,
    )
