"""Forms of sponsors and of what they visibly do. Saving is done by verbs; the forms only ask."""

from typing import Any

from django import forms

from commonground.coalition.acts import KIND_LABELS
from commonground.coalition.models import Act, Sponsor
from commonground.organization.fields import PersonField, UnitField
from commonground.programs.forms import OfProgramForm
from commonground.ui.forms import Form


class SponsorForm(OfProgramForm):
    person = PersonField(label="Who")
    unit = UnitField(required=False, empty_label="the whole program", label="Stands for")

    class Meta:
        model = Sponsor
        fields = ["person", "unit", "words", "start", "end"]
        labels = {"words": "Their part in it", "start": "From", "end": "Until before"}
        help_texts = {
            "words": "As people call it: “executive sponsor”, “owner of the customer office”.",
            "end": "Empty while no end is set.",
        }

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        start, end = values.get("start"), values.get("end")
        if start and end and end <= start:
            self.add_error("end", "It ends before it begins. Choose a later day.")
        return values


class EndForm(Form):
    on = forms.DateField(label="First day without them")
    why = forms.CharField(label="Why", max_length=200, required=False, help_text="Stands in the journal.")


class ActForm(OfProgramForm):
    """One short form for what was done and for what is to come: the day says which."""

    kind = forms.ChoiceField(label="What", choices=list(KIND_LABELS.items()))
    unit = UnitField(required=False, empty_label="everywhere, for all", label="Where")
    person = PersonField(label="Who")

    class Meta:
        model = Act
        fields = ["kind", "unit", "on", "words", "person"]
        labels = {"on": "When", "words": "In a few words"}
        help_texts = {
            "on": "A day to come plans it.",
            "words": "If you like: what was decided, what was answered. Everybody who works on the program can read it.",
        }

    def __init__(self, *args: Any, for_others: bool, **kwargs: Any) -> None:
        """for_others: whether somebody else's act may be noted; else it is one's own."""
        super().__init__(*args, **kwargs)
        if not for_others:
            del self.fields["person"]


class DoneForm(OfProgramForm):
    class Meta:
        model = Act
        fields = ["on", "words"]
        labels = {"on": "Done on", "words": "In a few words"}
