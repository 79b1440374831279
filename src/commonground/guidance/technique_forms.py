"""The form of a technique of one's own."""

from typing import Any

from django import forms

from commonground.analysis.plan.kinds import KINDS, LABELS
from commonground.analysis.practices import PRACTICES
from commonground.guidance.own_techniques import OwnTechnique
from commonground.guidance.parts import PRACTICES as NAMES
from commonground.guidance.techniques import CAUSES, SYMPTOMS
from commonground.guidance.techniques.technique import MOST_HOURS
from commonground.programs.forms import OfProgramForm
from commonground.ui.forms import LongCheckboxes

LINES = forms.Textarea(attrs={"rows": "3"})


class OwnTechniqueForm(OfProgramForm):
    """What it is, when it fits, how it is done, and what was seen of it here."""

    symptoms = forms.MultipleChoiceField(
        required=False,
        label="Answers what you see",
        choices=[(one.key, one.words) for one in SYMPTOMS.values()],
        widget=LongCheckboxes,
    )
    causes = forms.MultipleChoiceField(
        required=False, label="When this stands behind a no", choices=list(CAUSES.items()), widget=LongCheckboxes
    )
    practice = forms.ChoiceField(
        choices=[(code, f"{code} · {NAMES[code]}" if code in NAMES else code) for code in PRACTICES]
    )
    activity_kind = forms.ChoiceField(
        label="What kind of activity", choices=[(kind, LABELS[kind].capitalize()) for kind in KINDS]
    )

    class Meta:
        model = OwnTechnique
        fields = (
            *("name", "summary", "fits", "not_when", "steps", "works", "risks", "measures", "seen"),
            *("symptoms", "causes", "practice", "activity_kind", "effort"),
        )
        labels = {
            "summary": "In one sentence",
            "fits": "When it fits",
            "not_when": "When it does not",
            "steps": "Steps",
            "works": "How it works",
            "measures": "What to measure",
            "seen": "What was seen here so far",
            "effort": "Hours of work to try it once",
        }
        help_texts = {
            "name": "What you would call it to a colleague.",
            "fits": "One reason a line.",
            "not_when": "One reason a line.",
            "steps": "One step a line, in order.",
            "risks": "One a line.",
            "measures": "One a line, such as: share of the new way, four weeks before and after.",
            "seen": "Of groups, with period and counts. Never of a person.",
        }
        widgets = dict.fromkeys(("fits", "not_when", "steps", "risks", "measures", "seen"), LINES)

    def clean_effort(self) -> float:
        hours = float(self.cleaned_data["effort"])
        if not 0 < hours <= MOST_HOURS:
            raise forms.ValidationError(f"Give the hours of work, more than 0 and up to {MOST_HOURS:,.0f}.")
        return hours

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        self.instance.symptoms, self.instance.causes = values.get("symptoms", []), values.get("causes", [])
        return values
