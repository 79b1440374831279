"""Forms of rounds of nominations and of choosing champions. Saving is done by verbs; the forms only ask."""

from datetime import date, timedelta
from typing import Any

from django import forms

from commonground.coalition.nominations import LONGEST, Nomination
from commonground.coalition.selections import COVERS
from commonground.organization.fields import unit_choices
from commonground.programs.forms import OfProgramForm
from commonground.ui.forms import Form, LongSelectMany

MOST_CHAMPIONS = 500
STEPS = [("1", "the people who look to them"), ("2", "these, and the people who look to these")]


class NominationForm(OfProgramForm):
    """What is asked, of whom, from when until when."""

    units = forms.TypedMultipleChoiceField(
        label="Units that are asked",
        required=False,
        coerce=int,
        widget=LongSelectMany(attrs={"multiple": True, "size": 7}),
        help_text="Each with all below it. None chosen: everybody. They may name anybody who works here.",
    )

    class Meta:
        model = Nomination
        fields = ("question", "units", "opens_on", "closes_on")
        labels = {"question": "What is asked", "opens_on": "First day", "closes_on": "Last day"}
        help_texts = {
            "question": "In these words people have named those whose news spread; change them only for a reason.",
            "closes_on": f"At most {LONGEST} days after the first. Two weeks are usual.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("units", unit_choices(self.day, self.actor))

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        first, last = values.get("opens_on"), values.get("closes_on")
        if first and last and not timedelta(0) <= last - first <= timedelta(days=LONGEST):
            self.add_error("closes_on", f"Give a day from the first day on, at most {LONGEST} days later.")
        return values


class CancelForm(Form):
    why = forms.CharField(
        label="Why",
        max_length=300,
        widget=forms.Textarea,
        help_text="The journal keeps it. Who named whom is deleted at once.",
    )


class SelectionForm(Form):
    """How many champions, reached how, and what must be covered."""

    count = forms.IntegerField(label="How many champions", min_value=1, max_value=MOST_CHAMPIONS)
    steps = forms.ChoiceField(label="Whom a champion reaches", choices=STEPS, widget=forms.RadioSelect, initial="1")
    cover = forms.MultipleChoiceField(
        label="At least one champion in",
        choices=list(COVERS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="As far as somebody there was named often enough.",
    )
    spread = forms.BooleanField(
        label="Good however it spreads",
        required=False,
        initial=True,
        help_text="Nobody knows how people take things up from one another: proposed is the choice that falls short least under each "
        "model, and by how much is shown. Else those who reach most. It takes a minute where there are many.",
    )

    def __init__(self, *args: Any, could: int, hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.could = could
        self.fields["count"].help_text = hint or f"{could:,} could be chosen."

    def clean_count(self) -> int:
        count: int = self.cleaned_data["count"]
        if count > self.could:
            raise forms.ValidationError(f"{count:,} is more than the {self.could:,} who could be chosen. Choose fewer.")
        return count


def usual_days(today: date) -> dict[str, date]:
    return {"opens_on": today, "closes_on": today + timedelta(days=14)}
