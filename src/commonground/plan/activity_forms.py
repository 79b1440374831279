"""Forms of activities, of their delivery, and of what there is room for."""

from typing import Any

from django import forms
from django.urls import reverse

from commonground.analysis.plan.kinds import KINDS, LABELS
from commonground.analysis.practices import PRACTICES
from commonground.assessments.models import Impact
from commonground.organization.fields import PersonField, UnitField
from commonground.plan.capacity import MOST_HOURS, Blackout, Capacity
from commonground.programs import techniques
from commonground.programs.audience_form import PLACES, AudienceForm
from commonground.programs.forms import OfProgramForm
from commonground.programs.models import Activity
from commonground.programs.register import CannotError
from commonground.ui.forms import Form, LongSelect


class ActivityForm(AudienceForm):
    """What is done, for whom, when, and in whose hands."""

    kind = forms.ChoiceField(label="What kind")
    unit = UnitField(required=False, empty_label="the whole program", label="For")
    touched = forms.BooleanField(required=False, label="Only those whom the change touches")
    owner = PersonField(required=False, label="In the hands of")
    deliverer = PersonField(
        required=False,
        label="Delivered by",
        help_text="Who holds it and says afterwards that it was delivered. Employee number, e-mail or full name.",
    )
    practice = forms.ChoiceField(
        required=False, choices=[("", "none in particular"), *((code, code) for code in PRACTICES)]
    )
    answers = forms.ChoiceField(required=False, label="Answers the impact")
    technique = forms.ChoiceField(
        required=False,
        label="Uses the technique",
        help_text="From the library. What was done with it stands on its page.",
        widget=LongSelect,
    )
    field_order = (
        *("words", "kind", "unit", "level", "role", *PLACES, "touched", "start", "end", "hours_per_person", "hours"),
        *("owner", "deliverer", "technique", "answers", "practice", "state", "note"),
    )

    class Meta:
        model = Activity
        fields = [
            *("kind", "words", "unit", "practice", "owner", "deliverer", "start", "end", "hours", "hours_per_person"),
            *("technique", "answers", "state", "note"),
        ]
        labels = {
            "words": "What is done",
            "hours": "Hours to prepare and hold it",
            "hours_per_person": "Hours it asks of each of them",
            "start": "From",
            "end": "Until before",
        }
        help_texts = {
            "words": "In a few words, for example: morning beside the booking screen.",
            "end": "The day after the last one. Empty where it takes one day.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = self.instance.kind or str(self.initial.get("kind") or "")
        kinds: list[tuple[str, str]] = [(kind, LABELS[kind].capitalize()) for kind in KINDS]
        self.offer("kind", kinds if not own or own in LABELS else [(own, own), *kinds])
        self.offer("technique", techniques.choices_for(self.program.pk, self.actor, kept=self.instance.technique))
        impacts = list(Impact.objects.visible_to(self.actor).filter(program=self.program).values_list("key", "what"))
        kept = self.instance.answers
        unseen = [(kept, "the one it answers today")] if kept and kept not in dict(impacts) else []
        self.offer("answers", [("", "none in particular"), *unseen, *impacts])

    @property
    def counted_at(self) -> str:
        """Where the people of what is chosen are counted."""
        return reverse("plan:audience", kwargs={"program": self.program.slug})

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("start") and values.get("end") and values["end"] <= values["start"]:
            self.add_error("end", "The end must come after the start. For one day, leave it empty.")
        for name in ("hours", "hours_per_person"):
            if (values.get(name) or 0) < 0:
                self.add_error(name, "Hours cannot be less than none.")
        values["audience"] = self.instance.audience = self.wanted(values)
        return values


class DeliveredForm(Form):
    on = forms.DateField(label="Delivered on", help_text="The last day, if it took several.")


class OfUnitsForm(OfProgramForm):
    """Of a row that a unit manager writes for their own units alone."""

    unit = UnitField(required=False, empty_label="every unit", label="For")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        unit = values.get("unit")
        try:
            self.instance.refuse_others(unit.pk if unit else None, self.actor)
        except CannotError as refused:
            self.add_error("unit", str(refused))
        if values.get("start") and values.get("end") and values["end"] <= values["start"]:
            self.add_error("end", "The end must come after the start. For one day, give the day after it.")
        return values


class CapacityForm(OfUnitsForm):
    class Meta:
        model = Capacity
        fields = ["unit", "hours", "start", "end"]
        labels = {"hours": "Hours that each person has in a month", "start": "From", "end": "Until before"}
        help_texts = {
            "hours": "For the change, beside the daily work. It holds for the units within too, unless they say otherwise.",
            "start": "Empty: since ever.",
            "end": "Empty: with no end.",
        }

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not 0 <= (values.get("hours") or 0) <= MOST_HOURS:
            self.add_error("hours", f"A month has room for 0 to {MOST_HOURS} hours of a person.")
        return values


class BlackoutForm(OfUnitsForm):
    class Meta:
        model = Blackout
        fields = ["unit", "start", "end", "why"]
        labels = {"start": "From", "end": "Until before", "why": "Why"}
        help_texts = {"why": "For example: year end, storm season, counting of stock."}


class NameForm(Form):
    name = forms.CharField(max_length=120, label="Name of the template")
