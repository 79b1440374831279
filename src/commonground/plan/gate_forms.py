"""Forms of gates: a decision, evidence, conditions and wanted values. Saving is done by verbs; the forms only ask."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms

from commonground.analysis.plan.criteria import HOURS, MET, NOT_MET, SHARE, YES, Criterion, criteria_of
from commonground.analysis.plan.gates import BY_KEY, DECISIONS
from commonground.organization.fields import PersonField
from commonground.plan.gate_evidence import Condition
from commonground.programs.forms import OfProgramForm
from commonground.ui.forms import Form

HUNDRED: Final = 100
UNITS: Final = {SHARE: "%", HOURS: "working hours"}


class DecideForm(Form):
    move = forms.ChoiceField(
        label="The decision", choices=[(key, BY_KEY[key].label) for key in DECISIONS], widget=forms.RadioSelect
    )
    words = forms.CharField(
        label="The reason", widget=forms.Textarea, help_text="In a sentence or two that others can read in a year."
    )
    body = forms.CharField(
        label="Decided with", max_length=200, required=False, help_text="The board, a meeting; empty if by you alone."
    )
    on = forms.DateField(label="Decided on")


class TakeBackForm(Form):
    words = forms.CharField(label="The reason", widget=forms.Textarea)


class EvidenceForm(Form):
    criterion = forms.ChoiceField(label="It answers")
    answer = forms.ChoiceField(
        label="What it shows",
        choices=[(MET, "yes, it is so"), (NOT_MET, "not yet")],
        widget=forms.RadioSelect,
        required=False,
        help_text="Where there is a number, the number says it.",
    )
    value = forms.FloatField(
        label="The number, if there is one",
        required=False,
        min_value=0,
        help_text="Percent for a share, working hours for a time.",
    )
    on = forms.DateField(label="As of", help_text="The day on which it was so.")
    words = forms.CharField(
        label="What shows it", max_length=500, widget=forms.Textarea, help_text="What was looked at, how many, by whom."
    )
    place = forms.CharField(
        label="Where it can be looked up", max_length=300, required=False, help_text="A file, a minute, an address."
    )

    def __init__(self, *args: Any, number: int, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        self.asked: Mapping[str, Criterion] = {one.key: one for one in criteria_of(number)}
        self.offer("criterion", [(key, one.question) for key, one in self.asked.items()])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        criterion, value = self.asked.get(values.get("criterion", "")), values.get("value")
        if criterion is not None and value is not None:
            if criterion.unit == YES:
                self.add_error("value", "This is answered by yes or not yet. Leave the number empty.")
            elif criterion.unit == SHARE:
                if value > HUNDRED:
                    self.add_error("value", "A share is at most 100 percent.")
                values["value"] = value / HUNDRED
        if value is None and not values.get("answer"):
            self.add_error("answer", "Say whether it shows that it is so, or give the number.")
        values["answer"] = values.get("answer") or NOT_MET
        if values.get("on") and values["on"] > self.day:
            self.add_error("on", "This day has not come yet. File the evidence of a day that has been.")
        return values


class ConditionForm(OfProgramForm):
    owner = PersonField(label="Who sees to it")

    class Meta:
        model = Condition
        fields = ["words", "criterion", "owner", "due"]
        labels = {"words": "What has to be done", "criterion": "For which criterion", "due": "Until"}
        help_texts = {"criterion": "Empty if it is for none of them."}

    def __init__(self, *args: Any, number: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = criteria_of(number or (self.instance.gate.number if self.instance.pk else 0))
        self.offer("criterion", [("", "none of them"), *((one.key, one.question) for one in asked)])


class MetForm(Form):
    on = forms.DateField(label="Met on")
    words = forms.CharField(label="What shows it", max_length=300, required=False)


class WantedForm(Form):
    """The wanted values of a gate: one field for each criterion that a value answers. Shares in percent."""

    def __init__(self, *args: Any, number: int, wanted: Mapping[str, float], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = {one.key: one for one in criteria_of(number) if one.unit != YES}
        for key, one in self.asked.items():
            scale = HUNDRED if one.unit == SHARE else 1
            bound = "At most" if one.at_most else "At least"
            usual = f"{one.wanted[number] * scale:g}"
            self.fields[key] = forms.FloatField(
                label=one.question,
                min_value=0,
                max_value=HUNDRED if one.unit == SHARE else None,
                initial=f"{wanted[key] * scale:g}",
                help_text=f"{bound}, in {UNITS.get(one.unit, 'number')}. Usual is {usual}.",
            )

    @property
    def values(self) -> dict[str, float]:
        """Criterion → wanted value, as the pure functions take it."""
        found = {}
        for key, one in self.asked.items():
            value = self.cleaned_data[key]
            found[key] = value / HUNDRED if one.unit == SHARE else value
        return found
