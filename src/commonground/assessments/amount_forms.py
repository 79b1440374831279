"""Forms of the amount of change and of impacts. Saving is done by verbs; the forms only ask."""

from datetime import date
from typing import Any

from django import forms

from commonground.assessments.amount import DECISIONS, ConcurrentChange, DivergenceRating, Hours
from commonground.assessments.ratings import WORDS, Impact
from commonground.organization.fields import RoleField, UnitField, unit_choices
from commonground.organization.models import Unit
from commonground.programs.forms import OfProgramForm
from commonground.ui.forms import Form, LongSelectMany


class DivergenceForm(OfProgramForm):
    outside = forms.BooleanField(
        label="This person has no part in the program",
        error_messages={
            "required": "Ask somebody who has no part in the program: those inside see it as smaller than it is."
        },
    )

    class Meta:
        model = DivergenceRating
        fields = ["rater", "role", "value", "reason", "on"]
        labels = {"rater": "Who rates", "role": "Where they stand", "value": "How far it departs", "on": "Day"}
        help_texts = {
            "rater": "By name. They see it on this page.",
            "role": "Such as: head of audit; professor of another house; shop steward.",
            "reason": "In their words: what in the change goes with, and what goes against, how this house works.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["outside"].initial = True

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        values.pop("outside", None)
        return values


class HoursForm(OfProgramForm):
    unit = UnitField(required=False, empty_label="the whole", label="Unit")
    free = forms.FloatField(min_value=0, max_value=100_000, label="Free hours a week, all its people together")
    asked = forms.FloatField(
        min_value=0,
        max_value=100_000,
        initial=0,
        label="Hours a week that the change asks for, beside seats",
        help_text="Meetings, training, trying things out. Hours of seats in searches are added by themselves.",
    )

    class Meta:
        model = Hours
        fields = ["unit", "free", "asked", "source", "on"]
        labels = {"source": "Where that is known from", "on": "As of"}
        help_texts = {"source": "Such as: the unit's manager; the duty plan of May."}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        same = Hours.objects.filter(program=self.program, unit=values.get("unit")).exclude(pk=self.instance.pk)
        if "unit" in values and same.exists():
            raise forms.ValidationError("Hours of this unit are written down already. Change those.")
        return values


class ConcurrentForm(OfProgramForm):
    units = forms.MultipleChoiceField(
        required=False, widget=LongSelectMany(attrs={"multiple": True}), help_text="None chosen: all of them."
    )

    class Meta:
        model = ConcurrentChange
        fields = ["name", "start", "end", "units"]
        labels = {"name": "What changes there", "start": "From", "end": "Until"}
        help_texts = {"end": "Empty while no end is known."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = dict(Unit.objects.visible_to(self.actor).values_list("pk", "key"))
        offered = [(keys[pk], name) for pk, name in unit_choices(self.day, self.actor) if pk in keys]
        known = {key for key, _ in offered}
        gone = [(key, key) for key in self.instance.units or [] if key not in known]
        self.offer("units", [*offered, *gone])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("start") and values.get("end") and values["end"] < values["start"]:
            self.add_error("end", "It ends before it begins. Give a later day.")
        return values


class DecisionForm(Form):
    decision = forms.ChoiceField(choices=DECISIONS, widget=forms.RadioSelect, label="The change is made")
    words = forms.CharField(
        max_length=2000,
        widget=forms.Textarea,
        label="What was decided",
        help_text="What is done now, what later, what not at all.",
    )
    reasons = forms.CharField(max_length=2000, widget=forms.Textarea, label="Reasons")
    decided_by = forms.CharField(max_length=200, label="Who decided", help_text="By name, or the body: “the board”.")
    decided_on = forms.DateField(label="Decided on")

    def __init__(self, *args: Any, lacking: list[str], day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        self.fields["decided_on"].initial = day
        reasons = self.fields["reasons"]
        reasons.required = bool(lacking)
        reasons.help_text = (
            f"Needed, because {'; '.join(lacking)}." if lacking else "Not needed by any rule, good to have in a year."
        )

    def clean_decided_on(self) -> date:
        on: date = self.cleaned_data["decided_on"]
        if on > self.day:
            raise forms.ValidationError("That day is still ahead. Write the decision down once it is taken.")
        return on


class TakeBackForm(Form):
    why = forms.CharField(
        max_length=300, label="Why it holds no longer", help_text="It stays on the page, with this reason."
    )


class ImpactForm(OfProgramForm):
    unit = UnitField(required=False, empty_label="every unit", label="Unit")
    role = RoleField(required=False, empty_label="all roles", label="Role")

    class Meta:
        model = Impact
        fields = ["what", "unit", "role"]
        labels = {"what": "What changes for them"}
        help_texts = {"what": "In a few words, and only what has been told already: the unit's managers read it."}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not values.get("unit") and not values.get("role"):
            raise forms.ValidationError("Choose a unit or a role: an impact is rated by those whom it concerns.")
        return values


class RatingForm(Form):
    value = forms.TypedChoiceField(choices=WORDS, coerce=int, widget=forms.RadioSelect, label="How large is it?")
    words = forms.CharField(max_length=300, label="In words", help_text="What makes it so large, or so small.")
    speaker = forms.CharField(max_length=200, label="Who says so")
    people = forms.IntegerField(
        required=False,
        min_value=2,
        max_value=100_000,
        label="How many were asked",
        help_text="Where this is the middle of what several said: at least the threshold. Empty where one person speaks for the group.",
    )
    on = forms.DateField(label="Day")

    def __init__(self, *args: Any, group: bool, day: date, speaker: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = day
        self.fields["speaker"].initial = speaker
        self.fields["speaker"].help_text = (
            "Who speaks for the group, by name: the unit's manager or somebody the group chose. Or “the group”, where several were asked."
            if group
            else "Who of the program."
        )
        if not group:
            del self.fields["people"]
