"""Forms of phases. Saving is done by verbs; the forms only ask."""

from typing import Any

from django import forms

from commonground.organization.fields import UnitField
from commonground.plan.phases import Phase
from commonground.programs.forms import OfProgramForm
from commonground.ui.forms import Form


class PhaseForm(OfProgramForm):
    unit = UnitField(
        required=False, empty_label="the whole program", label="For", help_text="A unit, where it has dates of its own."
    )

    class Meta:
        model = Phase
        fields = ["number", "unit", "planned_from", "planned_to", "note"]
        labels = {"number": "Phase", "planned_from": "Planned from", "planned_to": "Until before"}
        help_texts = {"planned_to": "Empty while no end is in sight."}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        number, unit = values.get("number"), values.get("unit")
        same = Phase.objects.filter(program=self.program, number=number or 0, unit=unit)
        if same.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("This phase has its dates already. Change those that are there.")
        start, end = values.get("planned_from"), values.get("planned_to")
        if start and end and end <= start:
            self.add_error("planned_to", "It ends before it begins. Choose a later day.")
        return values


class EnterForm(Form):
    on = forms.DateField(label="Began on", help_text="The day since which people there work so.")
